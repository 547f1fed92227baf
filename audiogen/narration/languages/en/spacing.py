"""Rules for thousands with a space between them: "12 400 homes", "€12 500", "1 250 000 copies"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import words
from audiogen.narration.languages.en.measures import UNITS
from audiogen.narration.languages.en.money import MAGNITUDES, SIGNS, attributive, money
from audiogen.narration.languages.en.numbers import number
from audiogen.narration.languages.en.parts import word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re

#: Words with a number of their own, which ends at the space: "Game 7 300 fans came", "aged 12 400 children".
_NAMED = words("number age aged room page game flight line route group class grade bus gate channel version day")
#: A capitalised word inside the sentence, or a month; the number after it belongs to it.
_NAME_BEFORE = late(r"[\w,;][ ][\"'(]*[A-Z][\w'.-]*[ ]\Z")
_COUNTED = late(r"[ ][a-z]|[.,;:!?)]|\Z|%")
_SPACED = late(r"\D?\d{1,3}(?: \d{3})+(?!\d)")
_GROUPS = r"(?P<amount>[1-9]\d{0,2}(?:[ ]\d{3})+(?:\.\d+)?)(?![\w/:-]|[., ]\d)"


def _match_spaced(text: str, start: int) -> object:
    """Return the match of a spaced number at *start*; a quick check before the full pattern is tried."""
    return _SPACED.match(text, start)


def _thousands(match: re.Match[str]) -> str | None:
    """Return a number with spaces between its thousands in words; None if they may be two numbers."""
    text, start = match.string, match.start()
    if word_before(match) in _NAMED or (start and text[start - 1] in "+-/"):
        return None
    if _NAME_BEFORE.search(text, max(0, start - 30), start) or not _COUNTED.match(text, match.end()):
        return None
    spoken = number(match["amount"].replace(" ", ""))
    unit = match["unit"]
    return f"{spoken} {UNITS[unit][1]}" if unit else spoken


def _sum(match: re.Match[str]) -> str:
    """Return a sum with spaces between its thousands in words."""
    return money(match["amount"].replace(" ", ""), match["magnitude"], SIGNS[match["sign"]], attributive(match))


_SQUARES = ("km2", "km²", "m2", "m²", "m3", "m³")
_SHORT = ("in", "s", "t", "l", "L", "V", "W", "J", "AU", "pc")
_LONG = [unit for unit in UNITS if (unit.isalpha() or unit in _SQUARES) and unit not in _SHORT]

RULES = (
    Rule(
        "spaced thousands",
        [DIGIT],
        rf"{_GROUPS}(?:[ ](?P<unit>{choice(_LONG)})(?![\w/'-]))?",
        _thousands,
        "_0",
        _match_spaced,
    ),
    Rule(
        "sum of spaced thousands",
        [*"$€£₹"],
        rf"(?P<sign>[$€£₹]){_GROUPS}(?:[ ](?P<magnitude>{choice(MAGNITUDES)})(?!\w))?",
        _sum,
        may=_match_spaced,
    ),
)
