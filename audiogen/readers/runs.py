"""Collects the text of a block and the inline elements that it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from audiogen.model import SpanKind
from audiogen.readers.elements import BOLD, ITALIC, VERBATIM

if TYPE_CHECKING:
    from audiogen.readers.markup import Meaning

#: Represents a line break until the white space of the text is collapsed.
LINE_BREAK = "\v"
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_WORD = re.compile(r"\S+")


class Inline(NamedTuple):
    """An open inline element, with the effects on its text of itself and the elements around it."""

    tag: str
    #: Its step of the path, whether its own attributes hide it, and whether it links to the page's own site.
    step: tuple[str, bool, bool]
    linked: bool
    internal: bool
    bold: bool
    italic: bool
    #: Whether it is displayed on a line of its own.
    apart: bool = False
    #: Whether it is invisible.
    unseen: bool = False
    #: Whether its text is literal.
    verbatim: bool = False
    #: The meaning of its text, the run in which it was opened, and the number of pieces of that run at that time.
    meaning: Meaning | None = None
    run: Run | None = None
    opened: int = 0

    @classmethod
    def inside(
        cls,
        around: Inline | None,
        tag: str,
        step: tuple[str, bool, bool],
        *,
        link: bool = False,
        apart: bool = False,
        unseen: bool = False,
    ) -> Inline:
        """Return an element inside another one, which passes on its links, typefaces and invisibility."""
        internal, bold, italic, verbatim = step[2], tag in BOLD, tag in ITALIC, tag in VERBATIM
        if around is None:
            return cls(tag, step, link, internal, bold, italic, apart, unseen, verbatim)
        return cls(
            tag,
            step,
            link or around.linked,
            internal or around.internal,
            bold or around.bold,
            italic or around.italic,
            apart,
            unseen or around.unseen,
            verbatim or around.verbatim,
        )


@dataclass(slots=True)
class Run:
    """The text of a block while it is collected."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    italic: int = 0
    total: int = 0
    #: Characters inside links to the page's own site.
    internal: int = 0
    links: int = 0
    #: Pictures since the last block's end, before the text began and after.
    before: int = 0
    inside: int = 0
    #: Steps of the inline elements that hold all of the text.
    common: list[tuple[str, bool, bool]] | None = None
    #: Indexes of the invisible pieces.
    unseen: list[int] = field(default_factory=list)
    #: Whether the text so far is a drop cap, the first letter of the next word.
    initial: bool = False
    #: Ranges of pieces (indexes, end exclusive) with a meaning from markup.
    marked: list[tuple[int, int, Meaning]] = field(default_factory=list)

    def close(self, inline: Inline) -> None:
        """Record the meaning of an inline element that ends in this run."""
        if inline.meaning is not None and inline.run is self:
            self.marked.append((inline.opened, len(self.pieces), inline.meaning))

    def break_line(self) -> None:
        """Add a line break."""
        self.pieces.append(LINE_BREAK)
        self.marked.append((len(self.pieces) - 1, len(self.pieces), (SpanKind.LINE_BREAK, "")))

    def add_unseen(self, text: str, inline: list[Inline]) -> None:
        """Add an invisible piece of text."""
        if not inline[-1].unseen:
            self.unseen.append(len(self.pieces))
        self.add(text, inline)

    def add(self, text: str, inline: list[Inline]) -> None:
        """Add a piece of text inside the *inline* elements, outermost first."""
        if inline and inline[-1].unseen:
            self.unseen.append(len(self.pieces))
        self.pieces.append(text)
        weight = len(text.strip())
        self.total += weight
        if not inline:
            self.common = []
            return
        within = inline[-1]
        self.linked += weight * within.linked
        self.internal += weight * within.internal
        self.bold += weight * within.bold
        self.italic += weight * within.italic
        if self.common is None:
            self.common = [one.step for one in inline]
        elif self.common:
            pairs = zip(self.common, inline, strict=False)
            same = next((i for i, (step, one) in enumerate(pairs) if step != one.step), len(inline))
            del self.common[same:]

    @property
    def text(self) -> str:
        """The visible text, or the invisible text if there is no other."""
        return "".join(self.shown())

    def shown(self) -> list[str]:
        """Return the pieces, "" for invisible ones unless all are invisible."""
        if not self.unseen:
            return self.pieces
        unseen = set(self.unseen)
        seen = ["" if index in unseen else piece for index, piece in enumerate(self.pieces)]
        return seen if any(map(str.isalnum, "".join(seen))) else self.pieces

    def marks(self) -> dict[str, float]:
        """Return the marks of the text.

        They are the shares that are bold, italic and linked within the site, and the numbers of links and pictures.
        """
        total = max(1, self.total)
        marks = {"bold": round(self.bold / total, 3), "italic": round(self.italic / total, 3)}
        if self.links:
            marks["links"] = float(self.links)
        if self.before:
            marks["pictures_before"] = float(self.before)
        if self.inside:
            marks["pictures_inside"] = float(self.inside)
        if self.internal:
            marks["own_links"] = round(self.internal / total, 3)
        return marks
