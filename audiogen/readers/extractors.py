"""Marks blocks with the share that other extractors (trafilatura, JSON-LD) take for the article."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audiogen.model import Block, Evidence
from audiogen.readers.headline import words
from audiogen.readers.silenced import silenced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import html

#: Maximum number and depth of elements for trafilatura, which is recursive and copies the page.
MOST_ELEMENTS = 60_000
MOST_DEPTH = 150
#: Maximum number of blocks times the length of an extractor's text; it limits the time on enormous pages.
MOST_WORK = 1_000_000_000


def trafilatura_text(root: html.HtmlElement) -> str:
    """Return the article's text as trafilatura extracts it.

    "" if it fails or finds none. It changes the tree *root*.
    """
    from trafilatura.core import bare_extraction

    try:
        with silenced("trafilatura"):
            found = bare_extraction(root, with_metadata=False, fast=True, include_comments=False)
    except Exception:  # pages can break it in ways that it does not document
        return ""
    return str(getattr(found, "text", "") or "")


def with_extractor_shares(blocks: Iterable[Block], texts_by_extractor: dict[str, str]) -> list[Block]:
    """Return the blocks with marks for the extractors.

    The marks are the share of the block's text that each extractor's text contains, and how often the text is on the
    page.
    """
    blocks = list(blocks)
    reach = MOST_WORK // max(1, len(blocks))
    texts = {name: f" {' '.join(words(text))} "[:reach] for name, text in texts_by_extractor.items() if text}
    folded = [" ".join(words(block.text)) for block in blocks]
    often = Counter(folded)
    return [_with_shares(block, text, texts, often[text]) for block, text in zip(blocks, folded, strict=True)]


def _with_shares(block: Block, folded: str, texts: dict[str, str], often: int) -> Block:
    """Return a block with these marks; *folded* is its text as words, *texts* are those of the extractors."""
    evidence = block.evidence
    if evidence is None:
        return block
    marks = dict(evidence.marks)
    for name, text in texts.items():
        marks[name] = _share(folded, text)
    if often > 1:
        marks["repeated"] = float(often)
    noted = Evidence(evidence.path, evidence.link_density, marks, evidence.elements)
    return Block(block.text, block.kind, block.level, block.language, noted, block.spans)


def _share(folded: str, text: str) -> float:
    """Return the share of a block's text that *text* contains, in sixths of the block; 1 if all of it."""
    if not folded:
        return 0.0
    if f" {folded} " in text:
        return 1.0
    pieces = folded.split(" ")
    if len(pieces) < 12:
        return 0.0
    step = len(pieces) // 6
    parts = [" ".join(pieces[start : start + step]) for start in range(0, step * 6, step)]
    return round(sum(f" {part} " in text for part in parts) / len(parts), 2)
