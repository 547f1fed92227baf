"""Edits by the markup inside a block: titles of abbreviations, machine-readable dates, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.model import SpanKind
from audiogen.narration.late import late
from audiogen.narration.narrated import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from audiogen.model import TextSpan

#: Most words of a title that expands an abbreviation; a longer one explains it.
MAX_TITLE_WORDS = 6
_PLAIN_TITLE = late(r"[^\W\d_][^\d<>@/|:;()]{2,60}")
_DATE = late(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})")
_DATETIME = late(r"(\d{4})-(\d\d)-(\d\d)(?![\d])")
_QUOTES = "\"'“”„‟‘’‚‛«»‹›"


def markup_edits(text: str, spans: Sequence[TextSpan], known: Callable[[str], bool]) -> Iterator[Edit]:
    """Yield the edits of the marked ranges of *text*.

    *known* returns whether the rules of the language or a lexicon expand an abbreviation.
    """
    for span in spans:
        if span.kind is SpanKind.ABBREVIATION:
            yield from _abbreviation_edits(text, span, known)
        elif span.kind is SpanKind.TIME:
            yield from _date_edits(text, span)
        elif span.kind is SpanKind.QUOTATION:
            yield from _quotation_edits(text, span)


def _abbreviation_edits(text: str, span: TextSpan, known: Callable[[str], bool]) -> Iterator[Edit]:
    """Yield the title as the replacement of an abbreviation, unless it is *known* or its initials are spelled."""
    short, title = text[span.start : span.end], " ".join(span.value.split())
    if not _PLAIN_TITLE.fullmatch(title) or len(title.split()) > MAX_TITLE_WORDS or len(title) <= len(short):
        return
    if short.rstrip("s.").isupper() or not _shortens(short, title) or known(short):
        return
    yield Edit(span.start, span.end, title)


def _shortens(short: str, title: str) -> bool:
    """Return whether *title* contains the letters of *short* in their order, the first one at its beginning.

    >>> _shortens("approx.", "approximately"), _shortens("kph", "kilometers per hour"), _shortens("lol", "a joke")
    (True, True, False)
    """
    letters = [letter for letter in short.lower() if letter.isalpha()]
    rest = iter(title.lower())
    return bool(letters) and title[:1].lower() == letters[0] and all(letter in rest for letter in letters)


def _date_edits(text: str, span: TextSpan) -> Iterator[Edit]:
    """Yield the machine-readable date as the replacement of a date in figures: in "03/04/2024", the order is open."""
    written = _DATE.fullmatch(text[span.start : span.end].strip())
    machine = _DATETIME.match(span.value.strip())
    if not written or not machine:
        return
    year, month, day = (int(part) for part in machine.groups())
    figures = {int(written[1]), int(written[3]), int(written[4])}
    if figures in ({year, month, day}, {year % 100, month, day}):
        yield Edit(span.start, span.end, machine[0])


def _quotation_edits(text: str, span: TextSpan) -> Iterator[Edit]:
    """Yield the quotation marks that browsers show around a `q` element, unless the text has some there."""
    around = text[max(0, span.start - 1) : span.start + 1] + text[span.end - 1 : span.end + 1]
    if not any(mark in _QUOTES for mark in around):
        yield Edit(span.start, span.start, '"')
        yield Edit(span.end, span.end, '"')
