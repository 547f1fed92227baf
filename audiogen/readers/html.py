"""Reads HTML pages of any age and quality: returns all visible words in blocks, in order, with their evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.language.detection import choose_language
from audiogen.model import Article, Block, Evidence
from audiogen.readers.byline import Credits, find_credits
from audiogen.readers.carried import carried_paragraphs
from audiogen.readers.document import INLINED
from audiogen.readers.extractors import MOST_DEPTH, MOST_ELEMENTS, trafilatura_text, with_extractor_shares
from audiogen.readers.headline import find_headline, headline_index, without_capitals
from audiogen.readers.metadata import find_metadata, host
from audiogen.readers.shown import choose_authors, choose_date, find_shown, labelled_day, signed, signed_day
from audiogen.readers.styles import hidden_names
from audiogen.readers.tree import parse
from audiogen.readers.walk import MOST_BLOCKS, Walk

if TYPE_CHECKING:
    from lxml import html

    from audiogen.readers.metadata import Metadata

#: Maximum length of a page, in characters without embedded pictures: five times the largest news pages, which consist
#: mostly of scripts.
LONGEST = 10_000_000
#: Maximum number of tags of a page; the largest pages of articles have a thirtieth.
MOST_TAGS = 300_000
#: Comments of savers: `saved from url=(0042)https://…` (Microsoft's "mark of the web", which all browsers write), and
#: SingleFile's `Page saved with SingleFile`, `url: https://…`.
SAVED = re.compile(
    r"<!--\s*(?:saved from url=\(\d{4}\)|Page saved with SingleFile\b[^<>]{0,200}?\burl:\s*)(https?://[^\s<>]{1,2000})",
    re.I,
)
SAVED_WITHIN = 4000
#: Minimum ratio of a page's text to its JSON-LD body; below it, the scripts that fill the page have not run.
UNRENDERED = 0.3
#: Minimum length of a page's text, in characters; below it, the article may be in JSON for scripts.
UNSHOWN = 300


def read_html(document: str, url: str | None = None) -> Article:
    """Read a page into an article with all its blocks.

    Args:
        document: The whole page, decoded.
        url: The address that it was saved from, if the page does not state it.

    Raises:
        EmptyArticleError: There is no visible word in the page.
        UnsupportedSourceError: The page is too large for an article.
    """
    url = url or saved_from(document) or None
    document = INLINED.sub("data:,", document)
    tags = _bounded(document, url)
    root = parse(document)
    if root is None:
        raise EmptyArticleError(url or document[:60], "There is no element in the page.")
    metadata = find_metadata(root, url)
    walk = Walk(host(metadata.url), hidden_names(root))
    blocks = walk.over(root)
    if len(blocks) > MOST_BLOCKS:
        raise UnsupportedSourceError(
            metadata.url or document[:60], f"The page has more than {MOST_BLOCKS} lines; no article has so many."
        )
    blocks = _with_unrendered_body(blocks, metadata, root)
    if not blocks:
        raise EmptyArticleError(metadata.url or document[:60], "There is no visible text in the page.")
    trafilatura = trafilatura_text(root) if tags < 2 * MOST_ELEMENTS and walk.depth < MOST_DEPTH else ""
    texts_by_extractor = {"trafilatura": trafilatura, "json_ld": metadata.body, "description": metadata.description}
    blocks = with_extractor_shares(blocks, texts_by_extractor)
    headline = find_headline(metadata.titles, blocks, metadata.site)
    title = without_capitals(headline, metadata.titles, metadata.site)
    return _article(_with_visible(metadata, blocks, headline), blocks, title)


def saved_from(document: str) -> str:
    """Return the address in the comment that browsers and SingleFile add to a saved page, or "".

    >>> saved_from("<!-- saved from url=(0027)https://example.org/harbour -->")
    'https://example.org/harbour'
    """
    found = SAVED.search(document, 0, SAVED_WITHIN)
    return found[1] if found else ""


def _bounded(document: str, url: str | None) -> int:
    """Return the number of tags of a page; UnsupportedSourceError if it is too large to be read in reasonable time."""
    if len(document) > LONGEST:
        size = len(document) // 1_000_000
        raise UnsupportedSourceError(
            url or document[:60], f"The page has {size} million characters; no article is that long."
        )
    tags = document.count("<")
    if tags > MOST_TAGS:
        raise UnsupportedSourceError(url or document[:60], f"The page has {tags:,} tags; no article has so many.")
    return tags


def _with_visible(metadata: Metadata, blocks: list[Block], headline: str) -> Metadata:
    """Return the metadata with facts that are visible around the headline, where the metadata lacks them."""
    lines = [block.text for block in blocks]
    shown = find_shown(lines, headline_index(headline, blocks))
    elsewhere = metadata.groups or metadata.bylines
    authors = choose_authors(metadata.authors, shown.authors, elsewhere, site=metadata.site)
    published = choose_date(metadata.published, shown, structured_data_only=metadata.structured_data_only)
    seen = find_credits(lines) if not authors or published is None else Credits()
    modified = metadata.modified or shown.modified
    return replace(
        metadata,
        authors=authors or seen.authors or signed(lines) or shown.groups,
        published=published or seen.published or labelled_day(lines) or signed_day(lines, authors),
        modified=modified or seen.modified,
    )


def _with_unrendered_body(blocks: list[Block], metadata: Metadata, root: html.HtmlElement) -> list[Block]:
    """Return the blocks with the body from JSON-LD or from scripts' data, if the page shows much less than that."""
    shown = sum(len(block.text) for block in blocks)
    parts: list[str] = []
    if len(metadata.body) >= 500 and shown <= UNRENDERED * len(metadata.body):
        parts = metadata.body.split("\n")
    elif shown < UNSHOWN:
        parts = carried_paragraphs(root)
    evidence = Evidence(path=("body", "article", "p"), marks={"unrendered": 1.0, "json_ld": 1.0})
    return [*blocks, *(Block(part.strip(), evidence=evidence) for part in parts if part.strip())]


def _article(metadata: Metadata, blocks: list[Block], title: str) -> Article:
    """Return an article of metadata and blocks."""
    return Article(
        title=title,
        dek="",
        authors=metadata.authors,
        published=metadata.published,
        modified=metadata.modified,
        site=metadata.site,
        url=metadata.url,
        language=_language(metadata.language, blocks),
        image=metadata.image,
        blocks=tuple(blocks),
        format="html",
        signs=_signs(metadata),
        tags=metadata.tags,
    )


def _language(declared: str, blocks: list[Block]) -> str:
    """Return the language of the page, by the declared one and the blocks that may be prose."""
    return choose_language(declared, "\n".join(block.text for block in blocks if len(block.text) > 80))


def _signs(metadata: Metadata) -> dict[str, str]:
    """Return the evidence of the page as a whole: its types, and whether it is free to read."""
    signs = {"types": " ".join(sorted(metadata.types))}
    if metadata.free is not None:
        signs["free"] = "yes" if metadata.free else "no"
    return signs
