"""Numbers that count, measure or compare: units, percentages, fractions, ranges, scores, ordinals, cardinals."""

from __future__ import annotations

import re

from audiogen.narration.data import load_table, pairs, words
from audiogen.narration.languages.en.money import MAGNITUDES
from audiogen.narration.languages.en.numbers import cardinal, digits, fraction, halves, number, ordinal
from audiogen.narration.languages.en.parts import DETERMINERS, NUMBER, TO, choice, stop_after, word_after, word_before
from audiogen.narration.rewriting import DIGIT, WORD, Rule

_DATA = load_table(__file__, "units.toml")
UNITS = {form: said.split(", ") for form, said in pairs(_DATA["units"]["lines"]).items()}
PER = pairs(_DATA["per"]["lines"])
#: Units that are said also without a number.
ALONE = tuple(_DATA["many"]["alone"].split())
#: What "5m" counts in millions rather than measures in meters.
MANY = words(_DATA["many"]["words"])
#: Words behind a quantity that are not what it measures: "walked 50km north".
NOT_MEASURED = words(_DATA["many"]["not_measured"])

_SIGNED = rf"(?P<sign>[-−–+±](?=[.\d])|[+±]\s(?=\d))?(?P<amount>{NUMBER}|\.\d+)"
_MAGNITUDE = r"(?:[ ](?P<magnitude>million|billion|trillion))?"
_UNIT = rf"(?P<unit>{choice(UNITS)})(?:/(?P<per>{choice(PER)}))?(?![\w²³])"
_SIGNS = {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus ", "±": "plus or minus ", "": ""}
#: Units of one letter that are also words or letters of ours: said only when they touch the number.
_SHORT = frozenset(["s", "l", "L", "V", "W", "J", "AU", "pp", "cal"])
#: Words that show that "in" was inches.
_INCHES = frozenset(["x", "by", "of", "deep", "thick", "tall", "wide", "long", "high"])


def sign_of(match: re.Match[str]) -> str:
    """Say the sign in the group of that name."""
    return _SIGNS[(match["sign"] or "").strip()]


def _unit(match: re.Match[str]) -> str | None:
    unit, per, amount = match["unit"], match["per"], match["amount"]
    if (unit in _SHORT and match["gap"] and not per) or (unit == "s" and "." not in amount):
        return None
    if unit in ("in", "in.") and not _inches(match):
        return None
    if unit == "m" and not match["gap"] and word_after(match) in MANY:
        return f"{sign_of(match)}{number(amount)} million"
    one, many = UNITS[unit]
    singular = (amount == "1" and not match["magnitude"]) or _attributive(match)
    said = f"{sign_of(match)}{number(amount)}"
    if match["until"]:
        said += f" to {number(match['until'])}"
    if match["magnitude"]:
        said += f" {match['magnitude']}"
    said += f" {one if singular or match['hyphen'] else many}"
    if per:
        said += f" per {PER[per]}"
    return said + (stop_after(match) if unit.endswith(".") else "")


def _inches(match: re.Match[str]) -> bool:
    """Tell inches from the word: "3 in. of rain", "a 10-in. wall", but not "1-in-100"."""
    if match["hyphen"]:
        return not match.string.startswith("-", match.end())
    return bool(match["per"]) or word_after(match) in _INCHES


def _attributive(match: re.Match[str]) -> bool:
    """Tell whether a quantity stands before what it measures: "155mm shells", "a 50 km race", "a 30-km-long river"."""
    if match.string[match.end() : match.end() + 1] == "-":
        return True
    if (match["gap"] and word_before(match) not in DETERMINERS) or match["unit"][0] in "%°ºp":
        return False
    after = word_after(match)
    return after[:1].islower() and after not in NOT_MEASURED and match.string[match.end() : match.end() + 1] == " "


def _feet_and_inches(match: re.Match[str]) -> str:
    feet = number(match["feet"])
    if match["mark"] or match["bare"]:
        return f"{feet} foot {number(match['inches'] or match['bare'])}"
    inches = f"{number(match['inches2'])} {'inch' if match['inches2'] == '1' else 'inches'}"
    return f"{feet} {'foot' if match['feet'] == '1' else 'feet'} {inches}{stop_after(match)}"


_POINTS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _coordinate(match: re.Match[str]) -> str:
    said = f"{sign_of(match)}{number(match['amount'])} degrees"
    if match["minutes"]:
        said += f" {number(match['minutes'])} minutes"
    if match["seconds"]:
        said += f" {number(match['seconds'])} seconds"
    return f"{said} {_POINTS[match['point']]}"


def _temperature(match: re.Match[str]) -> str | None:
    amount, until = match["amount"], match["until"]
    before = word_before(match)
    if ("." not in amount and int(amount.replace(",", "")) > 250) or before in _SEATS:
        return None
    if (
        match["gap"]
        and not match["sign"]
        and before not in _RANGES
        and match.string[match.start() - 1 : match.start()] != "("
    ):
        return None
    scale = "Celsius" if match["scale"] == "C" else "Fahrenheit"
    said = sign_of(match) + number(amount) + (f" to {number(until)}" if until else "")
    return f"{said} {'degree' if amount == '1' and not until else 'degrees'} {scale}"


_RANGES = frozenset(
    [
        "to",
        "of",
        "at",
        "around",
        "about",
        "reached",
        "hit",
        "near",
        "above",
        "below",
        "under",
        "over",
        "between",
        "and",
        "from",
    ]
)


def _scale(match: re.Match[str]) -> str | None:
    """Say "70 degrees F" in full."""
    if word_before(match) not in ("degree", "degrees"):
        return None
    return "Celsius" if match[0] == "C" else "Fahrenheit"


_SEATS = frozenset(
    [
        "gate",
        "seat",
        "row",
        "flat",
        "apartment",
        "room",
        "article",
        "block",
        "unit",
        "section",
        "annex",
        "grade",
        "tier",
        "class",
        "category",
        "building",
    ]
)


def _percent_range(match: re.Match[str]) -> str:
    return f"{sign_of(match)}{number(match['amount'])} to {number(match['until'])} percent"


def _range(match: re.Match[str]) -> str:
    if match["first"] == match["last"] == "50":
        return "fifty fifty"
    return f"{number(match['first'])} to {number(match['last'])}"


_MEASURED = re.compile(r"[a-z\d.]\s\Z")


def _unit_alone(match: re.Match[str]) -> str | None:
    """Say a unit without a number: "the speed in km/h", "per kWh"."""
    before = word_before(match)
    if before not in ("in", "per", "many", "of", "into", "to", "few", "several"):
        return None
    one, many = UNITS[match["unit"]]
    return (one if before == "per" else many) + (f" per {PER[match['per']]}" if match["per"] else "")


def _verses(match: re.Match[str]) -> str:
    return f"{number(match['chapter'])} {number(match['first'])} to {number(match['last'])}"


def _record(match: re.Match[str]) -> str:
    return f"{number(match['wins'])}, {number(match['losses'])} and {number(match['draws'])}"


def _average(match: re.Match[str]) -> str | None:
    """Say ".304" as "three oh four" behind what a batter does."""
    return halves(match["digits"]) if word_before(match) in _BATTING else None


_BATTING = frozenset(
    [
        "hit",
        "hits",
        "hitting",
        "batted",
        "batting",
        "bats",
        "bat",
        "slugging",
        "slugged",
        "average",
        "a",
        "to",
        "averaging",
    ]
)


def plural(words: str) -> str:
    """Say several of what ends in a number word or a letter.

    >>> plural("F sixteen"), plural("F one fifty"), plural("B fifty-six"), plural("F thirty-five A")
    ('F sixteens', 'F one fifties', 'B fifty-sixes', "F thirty-five A's")
    """
    if len(words) > 1 and words[-2] in " -":
        return words + "'s"
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


def _lawyers_ordinal(match: re.Match[str]) -> str | None:
    """Say "42d" and "the 2d", as American courts and old books write them."""
    if len(match["number"]) < 2 and word_before(match) not in ("the", "and"):
        return None
    return ordinal(int(match["number"]))


def _ordinal(match: re.Match[str]) -> str:
    value = int(match["number"].replace(",", ""))
    if match["ending"].lower() == "st" and (value % 10 != 1 or value % 100 == 11):
        return f"{cardinal(value)} stone"
    return ordinal(value) + (match["more"] or "")


#: Denominators that are said as a fraction; others are only where a whole number stands before ("5 3/8").
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100))


def _mixed(match: re.Match[str]) -> str | None:
    numerator, denominator = int(match["numerator"]), int(match["denominator"])
    if not 0 < numerator < denominator or denominator not in _DENOMINATORS:
        return None
    part = fraction(numerator, denominator).replace("one half", "a half")
    return f"{number(match['whole'])} and {part}{unit_behind(match, 1)}"


def unit_behind(match: re.Match[str], many: int) -> str:
    """Say the unit behind a fraction, where there is one: of one (0) or of many (1)."""
    unit = match["unit"]
    if not unit:
        return ""
    return f" {UNITS[unit][many]}" + (stop_after(match) if unit.endswith(".") else "")


#: Units that may stand behind a fraction; one of a single letter would be a guess.
_LONG_UNITS = [unit for unit in UNITS if unit.strip(".").isalpha() and len(unit) > 1 and unit[:2] != "in"]
UNIT_BEHIND = rf"(?:[ ](?P<unit>{choice(_LONG_UNITS)})(?!\w))?"


def _fraction(match: re.Match[str]) -> str | None:
    numerator, denominator = int(match["numerator"]), int(match["denominator"])
    if denominator not in _DENOMINATORS or numerator > 2 * denominator:
        return None
    return fraction(numerator, denominator) + unit_behind(match, 0)


#: Forms of magnitudes that are units as well, or said already.
_AMBIGUOUS = frozenset(("mm", "MM", "m", "b", "t", "thousand"))


def _magnitude(match: re.Match[str]) -> str | None:
    if match[0] in ("4K", "8K"):  # pictures, rather than thousands
        return None
    if match["magnitude"].isupper() and word_after(match)[:1].isupper():  # "221B Baker Street"
        return None
    return f"{sign_of(match)}{number(match['amount'])} {MAGNITUDES[match['magnitude']]}"


def _multiple(match: re.Match[str]) -> str:
    return f"{number(match['amount'])} times"


def _size(match: re.Match[str]) -> str:
    unit = f" {UNITS[match['unit']][0 if _attributive(match) else 1]}" if match["unit"] else ""
    return " by ".join(number(part) for part in _SIDES.findall(match["sides"])) + unit


_SIDES = re.compile(NUMBER)


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
        "coordinate",
        [DIGIT, "-"],
        rf"""{_SIGNED}\s?[°º]\s?(?:(?P<minutes>\d{{1,2}}(?:\.\d+)?)\s?'\s?(?:(?P<seconds>\d{{1,2}}(?:\.\d+)?)\s?(?:"|'')\s?)?)?
        (?P<point>[NSEW])(?!\w)""",
        _coordinate,
        ". , o x _o",
    ),
    Rule(
        "feet and inches",
        [DIGIT],
        r"""(?P<feet>\d{1,2}) (?: (?P<mark>')\s?(?P<inches>\d{1,2})(?:"|'')?(?!\d)
        | ft\s(?P<bare>\d{1,2})(?![\w/%°-]|\s?(?:in|cm|m)\b|[.,:]\d)
        | \s?ft\.?\s?(?P<inches2>\d{1,2})\s?in(?:s|ches)?\b\.?(?!\w))""",
        _feet_and_inches,
        "' x _a",
    ),
    Rule(
        "temperature",
        [DIGIT, "-"],
        rf"{_SIGNED}(?:{TO}(?P<until>{NUMBER}))?(?P<gap>[ ])?(?P<scale>[CF])(?!\w|\.\w|['&-])",
        _temperature,
        "x . - _A _o",
    ),
    Rule(
        "percent from to",
        [DIGIT, "-", "±", "+"],
        rf"{_SIGNED}%?{TO}(?P<until>{NUMBER})\s?(?:%|pct\.?|per\s?cent|percent)(?!\w)",
        _percent_range,
        "- . , % _o",
    ),
    Rule(
        "quantity with a unit",
        [DIGIT, "-", "±", "+", "."],
        rf"{_SIGNED}(?:{TO}(?P<until>{NUMBER}))?{_MAGNITUDE}(?P<gap>\s)?(?P<hyphen>-)?{_UNIT}",
        _unit,
        "x . , - % o _a _A _o",
    ),
    Rule(
        "mixed number",
        [DIGIT],
        r"(?P<whole>\d+)[ -](?P<numerator>\d{1,2})[/⁄](?P<denominator>\d{1,3})(?:ths|rds|nds|th|rd)?(?![\w/])"
        + UNIT_BEHIND,
        _mixed,
        "_0 -",
    ),
    Rule(
        "fraction",
        [DIGIT],
        r"(?P<numerator>\d{1,2})[/⁄](?P<denominator>\d{1,3})(?:ths|rds|nds|th|rd)?(?![\w/])" + UNIT_BEHIND,
        _fraction,
        "/",
    ),
    Rule("scale", [WORD], r"[FC](?!\w|\.\w)", _scale, "end _a _A _o"),
    Rule("several", [DIGIT], r"(?P<number>\d{1,2})s(?!\w)", lambda m: plural(cardinal(int(m["number"]))), "x"),
    Rule("batting average", ["."], r"\.(?P<digits>\d{3})(?!\w)", _average),
    Rule(
        "ordinal",
        [DIGIT],
        r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<ending>(?i:st|nd|rd|th))(?P<more>s)?(?!\w)",
        _ordinal,
        "x ,",
    ),
    Rule("ordinal of lawyers", [DIGIT], r"(?P<number>\d*[23])d(?=\s[A-Za-z])", _lawyers_ordinal, "x"),
    Rule("multiple", [DIGIT], rf"(?P<amount>{NUMBER})(?:x|×)(?!\w)", _multiple, "x . , o"),
    Rule(
        "size",
        [DIGIT],
        rf"(?P<sides>{NUMBER}(?:\s?[x×]\s?{NUMBER}){{1,2}})(?:(?P<gap>\s)?(?P<unit>{choice(UNITS)}))?(?!\w)",
        _size,
        "x . , _a _o o",
    ),
    Rule(
        "magnitude",
        [DIGIT, "-", "±", "+"],
        rf"{_SIGNED}\s?(?P<magnitude>{choice(MAGNITUDES.keys() - _AMBIGUOUS)})(?!\w|\.\w)",
        _magnitude,
        "x . , _a _A",
    ),
    Rule(
        "verses", [DIGIT], rf"(?P<chapter>\d{{1,3}}):(?P<first>\d{{1,3}}){TO}(?P<last>\d{{1,3}})(?![\d:])", _verses, ":"
    ),
    Rule("ratio", [DIGIT], rf"(?P<first>{NUMBER}):(?P<last>{NUMBER})(?!\w)", _range, ": . ,"),
    Rule("record", [DIGIT], r"(?P<wins>\d{1,3})[-–](?P<losses>\d{1,3})[-–](?P<draws>\d{1,3})(?![\w-])", _record, "-"),
    Rule(
        "unit alone",
        [WORD, *(unit.lower() for unit in ALONE)],
        rf"(?P<unit>{choice(ALONE)})(?:/(?P<per>{choice(PER)}))?(?![\w'-])",
        _unit_alone,
    ),
    Rule("by", ["x"], r"x(?=\s\d)", lambda m: "by" if _MEASURED.search(m.string[: m.start()][-4:]) else None),
    Rule("from to", [DIGIT], rf"(?P<first>{NUMBER}){TO}(?P<last>{NUMBER})(?![\w])(?!-\d)", _range, "- . , _o"),
)

#: Tried when nothing else knows the digits: none is ever left.
LAST_RULES = (
    Rule("cardinal", [DIGIT, "-", "±", "+", "."], rf"{_SIGNED}(?P<plus>\+(?!\s?\d))?(?![\d])", _cardinal),
    Rule("digits", [DIGIT], r"\d+", _digits),
)
