"""Roman numerals, where the words around them say that they are numerals."""

from __future__ import annotations

import re

from audiogen.narration.languages.en.numbers import cardinal, ordinal
from audiogen.narration.rewriting import WORD, Rule

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_PROPER = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
#: Words behind which a numeral counts: "World War II".
COUNTED = frozenset(
    "war chapter part volume act title article section phase type class book stage level super bowl appendix schedule "
    "vol no tier grade group category schedule division annex table figure lot unit scene round wave".split()
)


def value_of(numeral: str) -> int:
    """Read a Roman numeral; 0 where it is not a proper one.

    >>> value_of("LVIII"), value_of("IIX"), value_of("MCMXCIX")
    (58, 0, 1999)
    """
    if not numeral or not _PROPER.fullmatch(numeral):
        return 0
    values = [_VALUES[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


_BEFORE = re.compile(r"([^\W\d_][\w'-]*)\s\Z")


def _roman(match: re.Match[str]) -> str | None:
    before = _BEFORE.search(match.string, max(0, match.start() - 30), match.start())
    value = value_of(match["numeral"])
    if before is None or not value:
        return None
    word = before[1]
    if word.lower() in COUNTED and (word[0].isupper() or word.lower() in ("type", "stage", "phase", "chapter", "class", "part")):
        return cardinal(value)
    if not word[0].isupper() or value == 1 or len(match["numeral"]) == 1 and match["numeral"] not in "VX":
        return None
    if word.isupper():
        return None
    return f"the {ordinal(value)}"


RULES = (Rule("roman numeral", [WORD], r"(?P<numeral>[IVXLCDM]+)\b(?=(?:'s)?(?![\w'’-]))", _roman),)
