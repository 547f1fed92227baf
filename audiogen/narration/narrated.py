"""The text that is narrated for a block: without marks of notes, and with powers and formulas in words.

The written text does not change. The narrated text has the written range of each of its characters, by which sentences
and words get their offsets in the written text.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(NamedTuple):
    """A range of the written text (offsets, end exclusive) and the text that replaces it in the narration."""

    start: int
    end: int
    narrated: str


class NarratedText(NamedTuple):
    """A narrated text, with the written text and the offsets in it."""

    text: str
    original: str
    #: For each character of `text`, the start and end of its range in the written text; None if both
    #: texts are the same.
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None
    #: Offsets in `text` at which a line ends, and with it a sentence.
    breaks: tuple[int, ...] = ()

    def written_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of `original` for a range of `text`, including marks after it that are not narrated."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            return self._written_offset(start), self._written_offset(start)
        return self.starts[start], self.ends[end - 1]

    def narrated_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of `text` for a range of `original`."""
        if self.starts is None:
            return start, end
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def written_sentence_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of `original` for a sentence's range of `text`, up to the beginning of the next sentence."""
        if self.starts is None:
            return start, end
        first = 0 if start == 0 else self._written_offset(start)
        return first, max(first, self._written_offset(end))

    def _written_offset(self, at: int) -> int:
        """Return the offset in `original` of the character at *at* in `text`; of the end if *at* is the end."""
        assert self.starts is not None
        return self.starts[at] if at < len(self.starts) else len(self.original)

    def part(self, start: int, end: int) -> NarratedText:
        """Return the part of `text` from *start* to *end*, with its part of `original`."""
        if self.starts is None or self.ends is None:
            inside = tuple(offset - start for offset in self.breaks if start < offset < end)
            return NarratedText(self.text[start:end], self.original[start:end], breaks=inside)
        first, last = self.written_sentence_range(start, end)
        return NarratedText(
            self.text[start:end],
            self.original[first:last],
            tuple(offset - first for offset in self.starts[start:end]),
            tuple(min(offset, last) - first for offset in self.ends[start:end]),
            tuple(offset - start for offset in self.breaks if start < offset < end),
        )


def apply_edits(text: str, edits: Iterable[Edit] = (), breaks: Iterable[int] = ()) -> NarratedText:
    """Return *text* after *edits*, which are in order and do not overlap.

    *breaks* are the offsets in *text* of line breaks that end a sentence.

    >>> apply_edits("a vote12 in May", [Edit(6, 8, "")]).text
    'a vote in May'
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for start, end, spoken in edits:
        parts += text[at:start], spoken
        starts += range(at, start)
        ends += range(at + 1, start + 1)
        starts += [start] * len(spoken)
        ends += [end] * len(spoken)
        at = end
    if not parts:
        return NarratedText(text, text, breaks=tuple(breaks))
    parts.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    offsets = tuple(bisect_left(starts, offset) for offset in breaks)
    return NarratedText("".join(parts), text, tuple(starts), tuple(ends), offsets)
