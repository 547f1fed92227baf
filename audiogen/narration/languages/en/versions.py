"""Rules for versions of software: "Python 3.11", "Ubuntu 24.04.1", "PyCharm 2023.3.2"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.en.numbers import cardinal, digits, year
from audiogen.narration.languages.en.parts import word_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re

_DATA = load_table(__file__, "versions.toml")
SOFTWARE, _DATED, _MEASURED = (words(_DATA[name]) for name in ("names", "dated", "measured"))
#: A name with a capital inside it, or a capitalised word inside the sentence.
_NAME = late(r"(?:[A-Za-z]+[a-z][A-Z]\w*|(?<=[\w,;][ ])[A-Z]\w+)\s\Z")


def say_part(part: str) -> str:
    """Return one part of a version, after its point, in words.

    >>> say_part("4"), say_part("04"), say_part("11"), say_part("6099")
    ('four', 'oh four', 'eleven', 'six zero nine nine')
    """
    if len(part) > 3:
        return digits(part)
    if part[0] == "0" and len(part) == 2 and part != "00":
        return f"oh {cardinal(int(part))}"
    return digits(part) if part[0] == "0" else cardinal(int(part))


def _version(match: re.Match[str]) -> str | None:
    """Return the version of a piece of software in words.

    None if no software is named, or if it is a decimal number.
    """
    first, *parts = match["version"].split(".")
    before = word_before(match)
    if word_after(match) in _MEASURED or before in _DATED:
        return None
    dated = len(first) == 4 and len(parts) == 2
    named = dated and search_before(match, _NAME)
    if before not in SOFTWARE and not named:
        return None
    spoken = year(int(first)) if first[:2] in ("19", "20") and len(first) == 4 else cardinal(int(first))
    return " point ".join([spoken, *map(say_part, parts)])


RULES = (
    Rule(
        "version of software", [DIGIT], r"(?P<version>\d{1,4}(?:\.\d{1,5}){1,3})(?![\w%°]|[.,/:]\d|-\d)", _version, "."
    ),
)
