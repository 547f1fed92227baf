"""Helpers for the patterns of all languages: ends of numbers, alternations, Roman numerals, fraction characters.

All patterns are verbose ones: a space in them is written `[ ]` or `\\s`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.late import late
from audiogen.narration.rewriting import literal

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

#: The end of a number: no longer number or word goes on.
END = r"(?![\w])(?![.,:/]\d)"
#: Fraction characters like "½", as numerator and denominator.
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
}  # fmt: skip
#: An HTML tag in an article about HTML, whose brackets are not spoken.
TAG = r"</?(?P<name>[a-zA-Z][\w-]{0,20})(?:\s[\w-]{1,20}=[^<>]{0,100})?\s?/?>"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_PROPER = late(r"(?=.)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")


def choice(forms: Iterable[str]) -> str:
    """Return a pattern that matches any of the literal *forms*, the longest first.

    >>> choice(["km", "km²", "t."])
    '(?:km²|km|t\\\\.)'
    """
    return "(?:" + "|".join(literal(form) for form in sorted(forms, key=len, reverse=True)) + ")"


def roman_value(numeral: str) -> int:
    """Return the value of a Roman numeral in Latin capitals; 0 if it is not well-formed.

    >>> roman_value("LVIII"), roman_value("IIX"), roman_value("MCMXCIX")
    (58, 0, 1999)
    """
    if not _PROPER.fullmatch(numeral):
        return 0
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


#: How many characters before a match are searched.
_REACH = 60


def search_before(match: re.Match[str], pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return the match of *pattern* in the characters right before *match*; None if there is none."""
    return pattern.search(match.string, max(0, match.start() - _REACH), match.start())
