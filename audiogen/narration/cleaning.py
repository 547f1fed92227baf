"""Odd Unicode, made plain before any rule sees it, without losing where each character was written."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from audiogen.narration.late import late

#: One character for one: quotes, spaces, hyphens and the minus sign that look alike to a reader.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("’‘‛ʼʹ′´＇", "'"),
        **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r\v\f",
            " ",
        ),
        **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
        "\u2044": "/",
        "\u2012": "–",
        "\u2015": "—",
    }
)
#: Characters that nobody sees: zero-width ones, soft hyphens, direction marks, variation selectors, controls.
_UNSEEN = late(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f]"
)
#: Characters that are only another shape of plain ones (NFKC is safe there): ligatures, wide and mathematical letters,
#: subscripts, raised letters ("XIXᵉ", "20ᵗʰ"), Roman numerals of one character, squared units.
_SHAPES = (
    "\u02b0-\u02b3\u02b7\u02b8\u02e1-\u02e3\u1d43-\u1d5b"
    "\u2080-\u2089\u2090-\u209c\u2160-\u217f\u2460-\u2473\u3300-\u33ff\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff"
)
_ODD = late(rf"{_UNSEEN.pattern}|[{_SHAPES}]|[^\x00-\x7f][\u0300-\u036f]+|[A-Za-z][\u0300-\u036f]+")


class Cleaned(NamedTuple):
    """A text in plain characters.

    `offsets` gives for each character, and for the end, its offset in the written text; None if they are the same.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Find the written stretch of a cleaned one."""
        return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[end])


def clean(text: str) -> Cleaned:
    """Make *text* plain.

    >>> clean("It’s ﬁne").text
    "It's fine"
    """
    if text.isascii() and text.isprintable():
        return Cleaned(text)
    if _ODD.search(text) is None:
        return Cleaned(text.translate(_ALIKE))
    return _spread(text)


def _spread(text: str) -> Cleaned:
    """Replace odd characters; the offsets lead from each character of the result to the original text."""
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for odd in _ODD.finditer(text):
        parts.append(text[at : odd.start()])
        offsets.extend(range(at, odd.start()))
        plain = "" if _UNSEEN.fullmatch(odd[0]) else unicodedata.normalize("NFKC", odd[0])
        parts.append(plain)
        offsets.extend([odd.start()] * len(plain))
        at = odd.end()
    parts.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return Cleaned("".join(parts).translate(_ALIKE), tuple(offsets))
