"""Replaces unusual Unicode characters by plain ones before the rules are applied, and keeps the original offsets."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from audiogen.narration.late import late

#: Characters that look like plain ones: quotes, spaces, hyphens and the minus sign. Each is replaced by one character.
_LOOKALIKES = str.maketrans(
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
#: Invisible characters: zero-width ones, soft hyphens, direction marks, variation selectors, controls.
_INVISIBLE = late(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f]"
)
#: Characters that are only another form of plain ones, so that NFKC is safe: ligatures, wide and mathematical letters,
#: subscripts, raised letters ("XIXᵉ", "20ᵗʰ"), Roman numerals of one character, squared units.
_SHAPES = (
    "\u02b0-\u02b3\u02b7\u02b8\u02e1-\u02e3\u1d43-\u1d5b"
    "\u2080-\u2089\u2090-\u209c\u2160-\u217f\u2460-\u2473\u3300-\u33ff\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff"
)
_UNUSUAL = late(rf"{_INVISIBLE.pattern}|[{_SHAPES}]|[^\x00-\x7f][\u0300-\u036f]+|[A-Za-z][\u0300-\u036f]+")


class PlainText(NamedTuple):
    """A text in plain characters, with the offset of each character, and of the end, in the written text.

    `offsets` is None if both texts have the same length.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def written_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in the written text that corresponds to a range of the plain text."""
        return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[end])


def to_plain(text: str) -> PlainText:
    """Return *text* with plain characters, and their offsets in it.

    >>> to_plain("It’s ﬁne").text
    "It's fine"
    """
    if text.isascii() and text.isprintable():
        return PlainText(text)
    if _UNUSUAL.search(text) is None:
        return PlainText(text.translate(_LOOKALIKES))
    return _replace_unusual(text)


def _replace_unusual(text: str) -> PlainText:
    """Return *text* with each unusual character replaced by none, one or several plain ones, and their offsets."""
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for odd in _UNUSUAL.finditer(text):
        parts.append(text[at : odd.start()])
        offsets.extend(range(at, odd.start()))
        plain = "" if _INVISIBLE.fullmatch(odd[0]) else unicodedata.normalize("NFKC", odd[0])
        parts.append(plain)
        offsets.extend([odd.start()] * len(plain))
        at = odd.end()
    parts.append(text[at:])
    offsets.extend(range(at, len(text) + 1))
    return PlainText("".join(parts).translate(_LOOKALIKES), tuple(offsets))
