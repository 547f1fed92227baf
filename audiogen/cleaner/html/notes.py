"""Finds the notes at an article's end: blocks that begin with a mark that a word further up has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.model import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audiogen.model import Block

#: A mark behind a word, and one that a note begins with, where no markup tells them.
BEHIND = re.compile(r"(?<=[\w.,;:!?”\"’)])(\*{1,3}|[†‡]{1,2}|\[\d{1,3}\])(?=[\s.,;:!?)]|\Z)")
LEADING = re.compile(r"(\*{1,3}|[†‡]{1,2}|\[\d{1,3}\])\s*(?=[^\W\d_])")
#: What follows a raised mark that a note begins with; a symbol behind it makes an isotope ("14C").
AFTER_MARK = re.compile(r"[\])]?(?:\s|[A-Z]?[a-z]{2}|[“\"])")
NUMBER = re.compile(r"\d{1,3}|[*†‡]{1,3}|[a-z]")
MARKS = (SpanKind.RAISED, SpanKind.NOTE)


def note_indexes(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the notes: blocks that begin with a mark that follows a word in a block before them."""
    seen: set[str] = set()
    indexes: set[int] = set()
    for index, block in enumerate(blocks):
        mark = _leading(block)
        if mark and mark in seen:
            indexes.add(index)
        seen.update(_after(block))
    return frozenset(indexes)


def _leading(block: Block) -> str:
    for span in block.spans[:3]:
        if span.start == 0 and span.kind in MARKS:
            mark = block.text[: span.end].strip("[]() .")
            if NUMBER.fullmatch(mark) and AFTER_MARK.match(block.text, span.end):
                return mark
    found = LEADING.match(block.text)
    return found[1].strip("[]") if found else ""


def _after(block: Block) -> Iterator[str]:
    """Yield the marks of notes that follow a word of a block."""
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
