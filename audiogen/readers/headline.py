"""Chooses the headline from the page's metadata and its visible headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audiogen.model import Block

#: Separators of a headline and the site's name in a page's title.
SUFFIX = re.compile(r"\s+[|\-–—·•»:]\s+|\s*\|\s*")
#: Minimum score of a heading that equals the page's title, and of one that is similar; and minimum share of words
#: that the main heading shares with the title, which is often reworded for search engines.
CERTAIN, LIKELY, RELATED = 0.94, 0.6, 0.15
#: Maximum number of words of a main heading that differs from the title; longer ones are standfirsts.
LONGEST = 30
#: Minimum overlap of a heading with the title's words in the same order; headings of sections often repeat words of
#: the title in another order.
IN_ORDER = 0.8
#: Minimum number of words of a truncated title that a heading continues.
CUT = 5
#: A site's address in place of its name.
ADDRESS = re.compile(r"\A[\w-]+(?:\.[\w-]+)+\Z")
WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Choice:
    """A candidate for the headline with its score."""

    text: str
    score: float
    #: Whether it is of the first level or says the page's title in the title's own order.
    sure: bool


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without punctuation."""
    return WORDS.findall(text.casefold().replace("_", " "))


def find_headline(titles: Sequence[str], blocks: Sequence[Block], site: str = "") -> str:
    """Return the headline: the visible heading that is most similar to the page's titles.

    If there is no such heading, it is the page's title without the site's name, and if there is no title, the first
    heading.
    """
    headings = [found for found in _headings(blocks) if not titles or words(found[1].text) != words(site)]
    choices = [_choice(block, index, titles) for index, block in headings]
    best = max(choices, key=lambda choice: choice.score, default=None)
    if best is not None and best.score >= CERTAIN and best.sure:
        return best.text
    main = next((block.text for _, block in headings if _is_main(block, titles)), "")
    if main:
        return main
    if best is not None and best.score >= LIKELY and best.sure:
        return best.text
    if titles:
        return strip_site(titles[0], site)
    return choices[0].text if choices else ""


def without_capitals(headline: str, titles: Sequence[str], site: str = "") -> str:
    """Return a headline in capitals as one of *titles* writes the same words, if one does.

    >>> without_capitals("NASA LOOKS UP", ["NASA looks up | Quay Post"])
    'NASA looks up'
    """
    if not headline.isupper():
        return headline
    same = (title for title in (strip_site(title, site) for title in titles) if words(title) == words(headline))
    return next((title for title in same if not title.isupper()), headline)


def headline_index(headline: str, blocks: Sequence[Block]) -> int | None:
    """Return the index of the block with *headline*: the highest heading or line with it, or a main heading."""
    matches = [index for index, block in enumerate(blocks) if block.text == headline]
    mains = (index for index, block in enumerate(blocks) if _rank(block) == 1 and len(block.text.split()) > 2)
    return min(matches, key=lambda index: _rank(blocks[index]), default=next(mains, None))


def _rank(block: Block) -> int:
    """Return the level of a heading; 9 for other blocks."""
    return block.level if block.kind is BlockKind.HEADING else 9


def _headings(blocks: Sequence[Block]) -> Iterable[tuple[int, Block]]:
    """Yield the blocks that may be the headline, with their indexes."""
    for index, block in enumerate(blocks):
        evidence = block.evidence
        if evidence is None or len(block.text) > 400 or ADDRESS.match(block.text):
            continue
        if evidence.marks.get("hidden") or evidence.path[-1:] == ("title",):
            continue
        if block.kind is BlockKind.HEADING or (
            evidence.path and "title" in evidence.path[-1].lower() + evidence.path[-2:-1][0].lower()
            if len(evidence.path) > 1
            else False
        ):
            yield index, block


def _is_main(block: Block, titles: Sequence[str]) -> bool:
    """Return whether the block is a heading of the first level that is related to the page's titles."""
    heading = words(block.text)
    if block.kind is not BlockKind.HEADING or block.level != 1 or not 3 <= len(heading) <= LONGEST:
        return False
    linked = block.evidence is not None and block.evidence.link_density > 0.5
    return not linked and max((_overlap(heading, words(title)) for title in titles), default=0.0) >= RELATED


def _choice(block: Block, index: int, titles: Sequence[str]) -> _Choice:
    """Return a heading with its score from 0 to about 1.3: by overlap with the titles, level, and few links."""
    heading = words(block.text)
    if not heading:
        return _Choice(block.text, 0.0, sure=False)
    overlap = max((_overlap(heading, words(title)) for title in titles), default=0.0)
    rank = _rank(block)
    level = {1: 0.25, 2: 0.08, 3: 0.03}.get(rank, 0.0)
    linked = 0.1 if block.evidence and block.evidence.link_density > 0.5 else 0.0
    score = overlap + (level if overlap > 0.3 or not titles else level / 2) - linked - min(index, 500) * 1e-4
    return _Choice(block.text, score, sure=rank == 1 or overlap >= IN_ORDER or not titles)


def _overlap(heading: list[str], title: list[str]) -> float:
    """Return the share of words that heading and title have in common; a site's name after the title is ignored."""
    if not title:
        return 0.0
    joined, whole = f" {' '.join(heading)} ", f" {' '.join(title)} "
    if joined == whole:
        return 1.0
    if (whole.startswith(joined) and len(heading) > 1) or (joined.startswith(whole) and len(title) >= CUT):
        return 0.85
    if joined in whole and len(heading) > 2:
        return IN_ORDER
    common = len(set(heading) & set(title))
    return min(common / max(len(set(heading)), len(set(title)), 1), IN_ORDER - 0.01)


def strip_site(title: str, site: str = "") -> str:
    """Return a page's title without the site's name at its beginning or end.

    >>> strip_site("Bees are back | The Daily Hive", "The Daily Hive")
    'Bees are back'
    """
    parts = SUFFIX.split(title)
    if len(parts) < 2:
        return title
    name = words(site)
    if name and words(parts[-1]) and set(words(parts[-1])) <= set(name) | set(words("".join(name))):
        return title[: title.rfind(parts[-1])].rstrip(" |-–—·•»:")
    if name and words(parts[0]) == name:
        return title[title.find(parts[0]) + len(parts[0]) :].lstrip(" |-–—·•»:")
    if "|" in title and len(words(parts[-1])) <= 4 and len(words(parts[-1])) < len(words(parts[0])):
        return title[: title.rfind("|")].rstrip()
    return title
