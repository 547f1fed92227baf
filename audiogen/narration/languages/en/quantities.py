"""Numbers that count, measure or compare: units, percentages, fractions, ranges, scores, ordinals, cardinals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table
from audiogen.narration.languages.en.money import MAGNITUDES
from audiogen.narration.languages.en.numbers import cardinal, digits, fraction, number, ordinal
from audiogen.narration.languages.en.parts import NUMBER, TO, choice, stop_after
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    import re

_DATA = load_table(__file__, "units.toml")
UNITS: dict[str, list[str]] = _DATA["units"]
PER: dict[str, str] = _DATA["per"]

_SIGNED = rf"(?P<sign>[-−–+±]\s?(?=[.\d]))?(?P<amount>{NUMBER}|\.\d+)"
_MAGNITUDE = r"(?:[ ](?P<magnitude>million|billion|trillion))?"
_UNIT = rf"(?P<unit>{choice(UNITS)})(?:/(?P<per>{choice(PER)}))?(?![\w²³])"
_SIGNS = {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus ", "±": "plus or minus ", "": ""}
#: Units of one letter that are also words or letters of ours: said only when they touch the number.
_SHORT = frozenset("m s h g l L K V W J AU pp pts cal".split())


def sign_of(match: re.Match[str]) -> str:
    """Say the sign in the group of that name."""
    return _SIGNS[(match["sign"] or "").strip()]


def _unit(match: re.Match[str]) -> str | None:
    unit, per, amount = match["unit"], match["per"], match["amount"]
    if unit in _SHORT and match["gap"] and not per and unit not in ("m", "g", "h"):
        return None
    one, many = UNITS[unit]
    singular = amount == "1" and not match["magnitude"] or match.string[match.end() : match.end() + 1] == "-"
    said = f"{sign_of(match)}{number(amount)}"
    if match["until"]:
        said += f" to {number(match['until'])}"
    if match["magnitude"]:
        said += f" {match['magnitude']}"
    said += f" {one if singular or match['hyphen'] else many}"
    if per:
        said += f" per {PER[per]}"
    return said + (stop_after(match) if unit.endswith(".") else "")


def _percent_range(match: re.Match[str]) -> str:
    return f"{sign_of(match)}{number(match['amount'])} to {number(match['until'])} percent"


def _range(match: re.Match[str]) -> str:
    return f"{number(match['first'])} to {number(match['last'])}"


def _verses(match: re.Match[str]) -> str:
    return f"{number(match['chapter'])} {number(match['first'])} to {number(match['last'])}"


def _record(match: re.Match[str]) -> str:
    return f"{number(match['wins'])}, {number(match['losses'])} and {number(match['draws'])}"


def _ordinal(match: re.Match[str]) -> str:
    return ordinal(int(match["number"].replace(",", ""))) + (match["more"] or "")


#: Denominators that are said as a fraction; others are only where a whole number stands before ("5 3/8").
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100))


def _mixed(match: re.Match[str]) -> str | None:
    numerator, denominator = int(match["numerator"]), int(match["denominator"])
    if not 0 < numerator < denominator or denominator not in _DENOMINATORS:
        return None
    part = fraction(numerator, denominator).replace("one half", "a half")
    return f"{number(match['whole'])} and {part}"


def _fraction(match: re.Match[str]) -> str | None:
    numerator, denominator = int(match["numerator"]), int(match["denominator"])
    if denominator not in _DENOMINATORS or numerator > 2 * denominator:
        return None
    return fraction(numerator, denominator)


def _magnitude(match: re.Match[str]) -> str:
    return f"{sign_of(match)}{number(match['amount'])} {MAGNITUDES[match['magnitude']]}"


def _multiple(match: re.Match[str]) -> str:
    return f"{number(match['amount'])} times"


def _size(match: re.Match[str]) -> str:
    return f"{number(match['first'])} by {number(match['last'])}"


def _cardinal(match: re.Match[str]) -> str:
    amount = match["amount"]
    whole = amount.partition(".")[0]
    if len(whole) > 1 and whole[0] == "0" and "." not in amount:
        return sign_of(match) + digits(amount)
    return sign_of(match) + number(amount) + (" plus" if match["plus"] else "")


def _digits(match: re.Match[str]) -> str:
    return cardinal(int(match[0])) if len(match[0]) < 7 else digits(match[0])


RULES = (
    Rule(
        "percent from to",
        [DIGIT, "-", "±", "+"],
        rf"{_SIGNED}%?{TO}(?P<until>{NUMBER})\s?(?:%|pct\.?|per\s?cent|percent)(?!\w)",
        _percent_range,
    ),
    Rule(
        "quantity with a unit",
        [DIGIT, "-", "±", "+", "."],
        rf"{_SIGNED}(?:{TO}(?P<until>{NUMBER}))?{_MAGNITUDE}(?P<gap>\s)?(?P<hyphen>-)?{_UNIT}",
        _unit,
    ),
    Rule(
        "mixed number",
        [DIGIT],
        r"(?P<whole>\d+)[ -](?P<numerator>\d{1,2})[/⁄](?P<denominator>\d{1,3})(?![\w/])",
        _mixed,
    ),
    Rule("fraction", [DIGIT], r"(?P<numerator>\d{1,2})[/⁄](?P<denominator>\d{1,3})(?:ths|rds|nds|th|rd)?(?![\w/])", _fraction),
    Rule("ordinal", [DIGIT], r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?i:st|nd|rd|th)(?P<more>s)?(?!\w)", _ordinal),
    Rule("multiple", [DIGIT], rf"(?P<amount>{NUMBER})(?:x|×)(?!\w)", _multiple),
    Rule("size", [DIGIT], rf"(?P<first>{NUMBER})\s?[x×]\s?(?P<last>{NUMBER})(?!\w)", _size),
    Rule(
        "magnitude",
        [DIGIT, "-", "±", "+"],
        rf"{_SIGNED}\s?(?P<magnitude>{choice(m for m in MAGNITUDES if m not in ('mm', 'MM', 'm', 'b', 't', 'thousand'))})(?!\w)",
        _magnitude,
    ),
    Rule("verses", [DIGIT], rf"(?P<chapter>\d{{1,3}}):(?P<first>\d{{1,3}}){TO}(?P<last>\d{{1,3}})(?![\d:])", _verses),
    Rule("ratio", [DIGIT], rf"(?P<first>{NUMBER}):(?P<last>{NUMBER})(?!\w)", _range),
    Rule("record", [DIGIT], r"(?P<wins>\d{1,3})[-–](?P<losses>\d{1,3})[-–](?P<draws>\d{1,3})(?![\w-])", _record),
    Rule("from to", [DIGIT], rf"(?P<first>{NUMBER}){TO}(?P<last>{NUMBER})(?![\w])(?!-\d)", _range),
    Rule("cardinal", [DIGIT, "-", "±", "+", "."], rf"{_SIGNED}(?P<plus>\+(?!\s?\d))?(?![\d])", _cardinal),
    Rule("digits", [DIGIT], r"\d+", _digits),
)
