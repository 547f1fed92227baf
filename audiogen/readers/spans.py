"""Computes the positions of marked ranges in a block's text after its white space is collapsed."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from audiogen.model import SpanKind, TextSpan
from audiogen.readers.runs import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audiogen.readers.markup import Meaning

#: Maximum number of spans of a block; lists of links and hostile pages have more.
MOST_SPANS = 2_000
_WORD = re.compile(r"\S+")


def text_spans(pieces: Sequence[str], marked: Iterable[tuple[int, int, Meaning]], shift: int = 0) -> list[TextSpan]:
    """Return the spans of the text of *pieces* for the *marked* ranges of pieces, moved by *shift* characters.

    The text is the pieces without invisible characters, with white space collapsed. Ranges without a visible character
    are omitted, except formulas. The time is linear in the length of the text.

    >>> text_spans(["In ", "20", "th", " place"], [(2, 3, (SpanKind.RAISED, ""))])[0].start
    5
    """
    collapsed = _Offsets([INVISIBLE.sub("", piece) for piece in pieces])
    spans = []
    for first, last, (kind, value) in list(marked)[:MOST_SPANS]:
        start, end = collapsed.between(first, last)
        if kind is SpanKind.LINE_BREAK:
            end = start + 1
            if not start > 0 or end >= collapsed.length:
                continue
        elif start >= end:
            if kind is not SpanKind.FORMULA:
                continue
            end = start
        spans.append(TextSpan(start + shift, end + shift, kind, value))
    return _without_parts_of_formulas(sorted(spans, key=lambda span: (span.start, -span.end)))


def _without_parts_of_formulas(spans: list[TextSpan]) -> list[TextSpan]:
    """Return the spans without those inside a formula: its powers, indexes and copies."""
    kept: list[TextSpan] = []
    formula: TextSpan | None = None
    for span in spans:
        if formula is not None and formula.start <= span.start and span.end <= formula.end:
            continue
        if span.kind is SpanKind.FORMULA:
            formula = span
            while kept and (kept[-1].start, kept[-1].end) == (span.start, span.end):
                kept.pop()
        kept.append(span)
    return kept


class _Offsets:
    """Offsets of pieces in the text, before and after white space is collapsed."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """Compute the offsets of the pieces and words before and after white space is collapsed."""
        self.offsets = [0]
        for piece in pieces:
            self.offsets.append(self.offsets[-1] + len(piece))
        self.raw = "".join(pieces)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.collapsed: list[int] = []
        at = 0
        for word in _WORD.finditer(self.raw):
            self.starts.append(word.start())
            self.ends.append(word.end())
            self.collapsed.append(at)
            at += word.end() - word.start() + 1
        self.length = max(0, at - 1)

    def between(self, first: int, last: int) -> tuple[int, int]:
        """Return start and end in the text of the pieces from *first* up to *last*, without surrounding white space.

        If the pieces have no visible characters, both are the end of the last word before them.
        """
        start, end = self.offsets[first], self.offsets[last]
        stretch = self.raw[start:end]
        if not stretch or stretch.isspace():
            end = self.collapsed_offset(start)
            return end, end
        start += len(stretch) - len(stretch.lstrip())
        return self.collapsed_offset(start, inside=True), self.collapsed_offset(
            end - len(stretch) + len(stretch.rstrip())
        )

    def collapsed_offset(self, offset: int, *, inside: bool = False) -> int:
        """Return the offset in the collapsed text; with *inside*, that of the character after *offset*."""
        if inside:
            word = bisect_right(self.starts, offset) - 1
            return self.collapsed[word] + offset - self.starts[word]
        word = bisect_right(self.starts, offset - 1) - 1 if offset else -1
        if word < 0:
            return 0
        return self.collapsed[word] + min(offset, self.ends[word]) - self.starts[word]
