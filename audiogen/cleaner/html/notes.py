"""Finds the notes at an article's end: blocks that begin with a mark which is also after a word further up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.model import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audiogen.model import Block

#: A mark after a word, and a mark at the beginning of a note, if no markup shows them.
BEHIND = re.compile(r"(?<=[\w.,;:!?”\"’)])(\*{1,3}|[†‡]{1,2}|\[\d{1,3}\])(?=[\s.,;:!?)]|\Z)")
LEADING = re.compile(r"(\*{1,3}|[†‡]{1,2}|\[\d{1,3}\])\s*(?=[^\W\d_])")
#: The text after a raised mark at a note's beginning; a chemical symbol would make it an isotope ("14C").
AFTER_MARK = re.compile(r"[\])]?(?:\s|[A-Z]?[a-z]{2}|[“\"])")
NUMBER = re.compile(r"\d{1,3}|[*†‡]{1,3}|[a-z]")
MARKS = (SpanKind.RAISED, SpanKind.NOTE)


def note_indexes(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the indexes of notes: blocks that begin with a mark which follows a word in a block before them."""
    seen: set[str] = set()
    indexes: set[int] = set()
    for index, block in enumerate(blocks):
        mark = _leading_mark(block)
        if mark and mark in seen:
            indexes.add(index)
        seen.update(_trailing_marks(block))
    return frozenset(indexes)


def _leading_mark(block: Block) -> str:
    """Return the mark at the beginning of a block; "" for none."""
    for span in block.spans[:3]:
        if span.start == 0 and span.kind in MARKS:
            mark = block.text[: span.end].strip("[]() .")
            if NUMBER.fullmatch(mark) and AFTER_MARK.match(block.text, span.end):
                return mark
    found = LEADING.match(block.text)
    return found[1].strip("[]") if found else ""


def _trailing_marks(block: Block) -> Iterator[str]:
    """Yield the marks of notes that directly follow a word in the block."""
    text = block.text
    for span in block.spans:
        if (
            span.kind in MARKS
            and span.start
            and not text[span.start - 1].isspace()
            and not text[span.end : span.end + 1].isalnum()
        ):
            yield text[span.start : span.end].strip("[]() .")
    if "*" in text or "†" in text or "‡" in text or "[" in text:
        yield from (found[1].strip("[]") for found in BEHIND.finditer(text))
