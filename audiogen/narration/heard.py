"""The text of a block as it is narrated: without marks of notes, with powers and formulas in words.

The written text stays as it is. What is heard knows where each of its characters is written, so that sentences and
words keep their places in it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(NamedTuple):
    """A range of the written text (offsets, end exclusive) and the text that is narrated in its place."""

    start: int
    end: int
    heard: str


class Heard(NamedTuple):
    """A text as it is narrated, with the written text that it was made from."""

    text: str
    original: str
    #: For each character of `text`, the start and end of its range in the written text; None if both
    #: texts are the same.
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None
    #: Offsets in `text` at which a line ends, and with it a sentence.
    breaks: tuple[int, ...] = ()

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Convert a range of `text` to a range of `original`, including marks after it that are not narrated."""
        if self.starts is None or self.ends is None:
            return start, end
        if start >= end:
            return self._begin(start), self._begin(start)
        return self.starts[start], self.ends[end - 1]

    def heard(self, start: int, end: int) -> tuple[int, int]:
        """Convert a range of `original` to a range of `text`."""
        if self.starts is None:
            return start, end
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def covered(self, start: int, end: int) -> tuple[int, int]:
        """Convert a sentence's offsets in `text` to offsets in `original`, up to the beginning of the next sentence."""
        if self.starts is None:
            return start, end
        first = 0 if start == 0 else self._begin(start)
        return first, max(first, self._begin(end))

    def _begin(self, at: int) -> int:
        """Return the offset in `original` of the character at *at* in `text`; of the end if *at* is the end."""
        assert self.starts is not None
        return self.starts[at] if at < len(self.starts) else len(self.original)

    def part(self, start: int, end: int) -> Heard:
        """Return the part of `text` from *start* to *end*, with its part of `original`."""
        if self.starts is None or self.ends is None:
            inside = tuple(offset - start for offset in self.breaks if start < offset < end)
            return Heard(self.text[start:end], self.original[start:end], breaks=inside)
        first, last = self.covered(start, end)
        return Heard(
            self.text[start:end],
            self.original[first:last],
            tuple(offset - first for offset in self.starts[start:end]),
            tuple(min(offset, last) - first for offset in self.ends[start:end]),
            tuple(offset - start for offset in self.breaks if start < offset < end),
        )


def heard_text(text: str, edits: Iterable[Edit] = (), breaks: Iterable[int] = ()) -> Heard:
    """Apply *edits*, which are in order and do not overlap, to a text.

    *breaks* are offsets in *text*.

    >>> heard_text("a vote12 in May", [Edit(6, 8, "")]).text
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
        return Heard(text, text, breaks=tuple(breaks))
    parts.append(text[at:])
    starts += range(at, len(text))
    ends += range(at + 1, len(text) + 1)
    offsets = tuple(bisect_left(starts, offset) for offset in breaks)
    return Heard("".join(parts), text, tuple(starts), tuple(ends), offsets)
