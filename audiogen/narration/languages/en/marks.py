"""Rules for marks ("7/10"), stars, and tie-breaks in tennis."""

from __future__ import annotations

import re

from audiogen.narration.data import words
from audiogen.narration.languages.en.numbers import cardinal, number
from audiogen.narration.languages.en.parts import word_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import search_before
from audiogen.narration.rewriting import DIGIT, Rule

#: The usual top marks, for marks with decimals: "4.5/5".
_BEST = frozenset((4, 5, 6, 10, 20, 100))
#: Words that announce a mark.
_MARKED = late(
    r"\b(?:gave|gives?|given|giving|rat(?:e[sd]?|ing)|scor(?:e[sd]?|ing)|got|gets?|grad(?:e[sd]?|ing)|marks?|marked"
    r"|verdict|earn(?:s|ed)|receive[sd]|award(?:s|ed)?|holds?|average[sd]?|review)\b[^.;?!]{0,25}\Z",
    re.IGNORECASE,
)
#: Words after a fraction: "3/5 majority", "8/10 of an inch".
_PORTIONS = words(
    "of majority share inch inches mile miles cup cups teaspoon tablespoon second seconds acre acres ton tons ounce "
    "pint liter litre point points percent split scale time size"
)


def _mark(match: re.Match[str]) -> str | None:
    """Return "7/10" as "seven out of ten"; None if it may be a fraction or a date."""
    best, mark = int(match["best"]), match["mark"]
    if float(mark) > best or word_after(match) in _PORTIONS or not best:
        return None
    stars = match["stars"] or ""
    before = match.string[max(0, match.start() - 50) : match.start()]
    certain = stars or ("." in mark and best in _BEST) or (best == 10 and word_before(match) != "the")
    if not certain and not _MARKED.search(before):
        return None
    return f"{number(mark)} out of {cardinal(best)}{stars}"


_FULL, _EMPTY = "★⭐🌟✭✮", "☆✩⚝"
_ANY = _FULL + _EMPTY
#: The maximum number of stars of a rating; a longer row separates two texts.
_MAX_STARS = 5


def _stars(match: re.Match[str]) -> str | None:
    """Return a rating in stars in words; None for a single star and for a row of decoration."""
    full, empty = sum(sign in _FULL for sign in match[0]), sum(sign in _EMPTY for sign in match[0])
    half = " and a half" if match["half"] else ""
    if full + empty < 2 or full + empty > _MAX_STARS or (not full and half):
        return None
    outof = f" out of {cardinal(full + empty)}" if empty else ""
    return f"{cardinal(full)}{half}{outof} stars"


_SET = r"\d{1,2}[-–]\d{1,2}"
_TIE = r"\s?\(\d{1,2}(?:[-–/]\d{1,2})?\)"
_TIE_BREAK = late(rf"(?<!\d)(?:7[-–]6|6[-–]7){_TIE}")
_EACH = late(r"(\d+)[-–](\d+)(?:\s?\((\d+)(?:[-–/](\d+))?\))?")


def _sets(match: re.Match[str]) -> str | None:
    """Return the sets of a tennis match in words, with the points of tie-breaks; None without a tie-break."""
    if not _TIE_BREAK.search(match[0]):
        return None
    parts = []
    for games, others, points, more in _EACH.findall(match[0]):
        parts.append(f"{cardinal(int(games))} {cardinal(int(others))}")
        if points:
            parts.append(f"tie-break {cardinal(int(points))}" + (f" {cardinal(int(more))}" if more else ""))
    return ", ".join(parts)


#: Rules that are tried before other rules for figures.
FIRST_RULES = (
    Rule(
        "sets with a tie-break",
        [DIGIT],
        rf"{_SET}(?:{_TIE})?(?:,?\s{_SET}(?:{_TIE})?){{0,4}}(?![\w-])",
        _sets,
        "-",
    ),
)

#: A mark in letters; not "A- and B-roads", and not a word with a dash after it.
_GRADE = r"(?P<grade>[A-D])[-−](?=[,.;:!?)]|\s(?!(?:and|or|to)\s[A-Z]-)|\Z)"


def _grade(match: re.Match[str]) -> str | None:
    """Return "B-" in "a B- in maths" as "B minus"; None if no word announces a mark."""
    graded = search_before(match, _GRADED)
    return f"{match['grade']} minus" if graded else None


_GRADED = late(
    r"\b(?:an?|score|scored|grades?|graded|gets?|got|rat(?:ing|ed)|earn(?:s|ed)|marks?)\b[^.;!?]{0,24}\Z", re.IGNORECASE
)

RULES = (
    Rule("grade", ["a", "b", "c", "d"], _GRADE, _grade, "-"),
    Rule(
        "mark",
        [DIGIT],
        r"(?P<mark>\d{1,3}(?:\.\d{1,2})?)/(?P<best>\d{1,3})(?P<stars>\sstars?\b)?(?![\w/%]|\.\d)",
        _mark,
        "/ .",
    ),
    Rule(
        "stars",
        [*_ANY],
        rf"(?<![{_ANY}])(?<![{_ANY}][ ])[{_ANY}](?:[ ]?[{_ANY}])*(?P<half>[ ]?½)?",
        _stars,
    ),
)
