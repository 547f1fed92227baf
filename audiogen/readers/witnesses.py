"""Second opinions on what the article is, noted on each block for the cleaner: trafilatura's and JSON-LD's."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audiogen.model import Block, Evidence
from audiogen.readers.headline import words
from audiogen.readers.silenced import silenced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import html

#: trafilatura walks pages recursively and copies them; above these its opinion is not asked for.
MOST_ELEMENTS = 60_000
MOST_DEPTH = 150
#: Characters searched in all, blocks times the length of an opinion; only enormous pages come near.
MOST_WORK = 1_000_000_000


def trafilatura_text(root: html.HtmlElement) -> str:
    """Return the article's text as trafilatura finds it; "" if it finds none. It changes the tree."""
    from trafilatura.core import bare_extraction

    try:
        with silenced("trafilatura"):
            found = bare_extraction(root, with_metadata=False, fast=True, include_comments=False)
    except Exception:  # a foreign library on a foreign page: where it fails, it is no witness
        return ""
    return str(getattr(found, "text", "") or "")


def with_witnesses(blocks: Iterable[Block], opinions: dict[str, str]) -> list[Block]:
    """Mark on each block its share of each opinion, and how often its text occurs on the page."""
    blocks = list(blocks)
    reach = MOST_WORK // max(1, len(blocks))
    texts = {name: f" {' '.join(words(text))} "[:reach] for name, text in opinions.items() if text}
    folded = [" ".join(words(block.text)) for block in blocks]
    often = Counter(folded)
    return [_noted(block, text, texts, often[text]) for block, text in zip(blocks, folded, strict=True)]


def _noted(block: Block, folded: str, texts: dict[str, str], often: int) -> Block:
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
    """Return the share of a block's sixths that stand in *text*; 1 where the whole of it does."""
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
