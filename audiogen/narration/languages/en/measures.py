"""Rules for quantities with a unit, percentages, temperatures, coordinates, heights and sizes."""

from __future__ import annotations

import re
from functools import cache

from audiogen.narration.data import load_table, pairs, words
from audiogen.narration.languages.en.numbers import number
from audiogen.narration.languages.en.parts import DETERMINERS, NUMBER, TO, stop_after, word_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, Rule

_DATA = load_table(__file__, "units.toml")
UNITS = {form: spoken.split(", ") for form, spoken in pairs(_DATA["units"]["lines"]).items()}
PER = pairs(_DATA["per"]["lines"])
#: Units that may stand without a number.
ALONE = tuple(_DATA["many"]["alone"].split())
#: Nouns after "5m" that make it five million and not five meters.
MANY = words(_DATA["many"]["words"])
#: Words after a quantity that are not the measured thing: "walked 50km north".
NOT_MEASURED = words(_DATA["many"]["not_measured"])
#: A number with its sign.
SIGNED = rf"(?P<sign>[-−–+±](?=[.\d])|[+±]\s(?=\d))?(?P<amount>{NUMBER}|\.\d+)"
#: An "m" counts millions before one of these units: "1.4m km".
_OF_MILLIONS = r"(?:(?:sq|square|cu|cubic)[ ])?(?:km|kg|mi|kWh|MWh|GWh|TWh|ha|bbl|bpd|boe|oz|lb|lbs)[²³23]?(?!\w)"
_MAGNITUDE = rf"(?:[ ]?(?P<magnitude>million|billion|trillion|bn|mn|tn|(?<=\d)m(?=[ ]{_OF_MILLIONS})))?"
_SIZES = {"bn": "billion", "mn": "million", "m": "million", "tn": "trillion"}
_UNIT = rf"(?P<unit>{choice(UNITS)})(?:/(?P<per>{choice(PER)}))?(?![\w²³])"
_SIGNS = {"-": "minus ", "−": "minus ", "–": "minus ", "+": "plus ", "±": "plus or minus ", "": ""}
#: Short units that are also words or letters; they are units only without a space before them.
_SHORT = words("s t pc l L V W J AU pp cal")
#: Words after "in" that make it inches.
_INCHES = words("x by of deep thick tall wide long high")


def sign_of(match: re.Match[str]) -> str:
    """Return the sign in the group `sign` in words with a space after it, or ""."""
    return _SIGNS[(match["sign"] or "").strip()]


#: A quantity and the first letters, or the sign, after it.
_QUANTITY = late(rf"{SIGNED}(?:{TO}{NUMBER})?{_MAGNITUDE}\s?-?(?P<first>[^\W\d_]+|\S)", re.VERBOSE)


def _may_be_unit(text: str, start: int) -> bool:
    """Return whether the letters after a number begin a known unit; a quick check before the full pattern is tried."""
    found = _QUANTITY.match(text, start)
    return found is not None and found["first"] in _first_of_units()


@cache
def _first_of_units() -> frozenset[str]:
    """Return the first letters or signs of all units."""
    forms = late(r"[^\W\d_]+|\S")
    return frozenset(found[0] for unit in UNITS if (found := forms.match(unit)))


def _measure(match: re.Match[str]) -> str | None:
    """Return a quantity with its unit in words ("5 km/h", "3-4 m", "-5 dB").

    None if the letters are not a unit here.

    A single letter with a space before it is not a unit, and "in" is one only if the context shows it. "5m" is five
    million if it counts people or things.
    """
    unit, per, amount = match["unit"], match["per"], match["amount"]
    measured = unit in ("l", "L") and match.string.startswith(" of ", match.end())
    short = unit in _SHORT and match["gap"] and not per and not measured
    if (short and "." not in amount) or (unit == "s" and "." not in amount):
        return None
    if unit in ("in", "in.") and not _inches(match):
        return None
    many_more = match.string.startswith("+", match.end())
    if unit == "m" and not match["gap"] and (many_more or word_after(match) in MANY):
        return f"{sign_of(match)}{number(amount)} million"
    if unit == "m" and not match["gap"] and match.string.startswith(_COUNT_SUFFIXES, match.end()):
        return f"{sign_of(match)}{number(amount)} million"
    if unit.startswith("cal") and amount.startswith("."):  # a calibre
        return None
    one, many = UNITS[unit]
    singular = (amount == "1" and not match["magnitude"] and not match["until"]) or _attributive(match)
    spoken = f"{sign_of(match)}{number(amount)}"
    if match["until"]:
        spoken += f" to {number(match['until'])}"
    if match["magnitude"]:
        spoken += f" {_SIZES.get(match['magnitude'], match['magnitude'])}"
    spoken += f" {one if singular or match['hyphen'] else many}"
    if per:
        spoken += f" per {PER[per]}"
    return spoken + (stop_after(match) if match[0].endswith(".") else "")


#: Suffixes after "1.3m" that make it millions and not meters.
_COUNT_SUFFIXES = ("-strong", "-odd", "-plus")


def _inches(match: re.Match[str]) -> bool:
    """Return whether "in" or "in." is inches: "3 in. of rain", "a 10-in. wall", but not "1-in-100"."""
    if match["hyphen"]:
        return not match.string.startswith("-", match.end())
    listed = match["unit"] == "in." and match.string[match.end() : match.end() + 1] in (",", ";", ")")
    goes_on = match["unit"] == "in." and _GOES_ON.match(match.string, match.end())
    return bool(match["per"] or goes_on) or listed or word_after(match) in _INCHES


#: A small letter after "in." shows that the full stop does not end a sentence.
_GOES_ON = late(r"\s[a-z]")


def _attributive(match: re.Match[str]) -> bool:
    """Return whether a quantity precedes the thing that it measures.

    Examples: "155mm shells", "a 50 km race", "a 30-km-long bay".
    """
    if match.string[match.end() : match.end() + 1] == "-":
        return True
    if (match["gap"] and word_before(match) not in DETERMINERS) or match["unit"][0] in "%°ºp":
        return False
    after = word_after(match)
    return after[:1].islower() and after not in NOT_MEASURED and match.string[match.end() : match.end() + 1] == " "


def _feet_and_inches(match: re.Match[str]) -> str:
    """Return a height or length in feet and inches in words."""
    feet = number(match["feet"])
    if match["mark"] or match["bare"]:
        return f"{feet} foot {number(match['inches'] or match['bare'])}"
    inches = f"{number(match['inches2'])} {'inch' if match['inches2'] == '1' else 'inches'}"
    return f"{feet} {'foot' if match['feet'] == '1' else 'feet'} {inches}{stop_after(match)}"


_POINTS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _coordinate(match: re.Match[str]) -> str:
    """Return a latitude or longitude in words."""
    spoken = f"{sign_of(match)}{number(match['amount'])} degrees"
    if match["minutes"]:
        spoken += f" {number(match['minutes'])} minutes"
    if match["seconds"]:
        spoken += f" {number(match['seconds'])} seconds"
    return f"{spoken} {_POINTS[match['point']]}"


def _temperature(match: re.Match[str]) -> str | None:
    """Return a temperature in Celsius or Fahrenheit in words; None if the C or F is not a scale."""
    amount, until = match["amount"], match["until"]
    before = word_before(match)
    if ("." not in amount and int(amount.replace(",", "")) > (600 if before in _RANGES else 250)) or before in SEATS:
        return None
    if (
        match["gap"]
        and not match["sign"]
        and before not in _RANGES
        and match.string[match.start() - 1 : match.start()] != "("
    ):
        return None
    scale = "Celsius" if match["scale"] == "C" else "Fahrenheit"
    spoken = sign_of(match) + number(amount) + (f" to {number(until)}" if until else "")
    return f"{spoken} {'degree' if amount == '1' and not until else 'degrees'} {scale}"


_RANGES = words("to of at around about reached hit near above below under over between and from")


def _scale(match: re.Match[str]) -> str | None:
    """Return "Celsius" or "Fahrenheit" for the letter in "70 degrees F"; otherwise None."""
    if word_before(match) not in ("degree", "degrees"):
        return None
    return "Celsius" if match[0] == "C" else "Fahrenheit"


#: Words after which a number and a letter are a place: "Flat 3B", "seat 12C".
SEATS = words(_DATA["many"]["seats"])


def _percent_range(match: re.Match[str]) -> str:
    """Return a range of percentages in words."""
    return f"{sign_of(match)}{number(match['amount'])} to {number(match['until'])} percent" + stop_after(match)


_MEASURED = late(r"[a-z\d.]\s\Z")


def _unit_alone(match: re.Match[str]) -> str | None:
    """Return a unit without a number in words ("the speed in km/h", "per kWh"); None if it may be another word."""
    before = word_before(match)
    always = match["unit"] in ("ppm", "ppb") or match["unit"][-1] in "²³"
    if not always and before not in ("in", "per", "many", "of", "into", "to", "few", "several"):
        return None
    one, many = UNITS[match["unit"]]
    around = match.string[max(0, match.start() - 2) : match.start()]
    if around in ("$/", "€/", "£/") or (around[-1:] == "/" and match["unit"][-1] in "²³"):  # "$/m²", not "ppm/ppb"
        return f"per {one}"
    return (one if before == "per" else many) + (f" per {PER[match['per']]}" if match["per"] else "")


def unit_after(match: re.Match[str], many: int) -> str:
    """Return the unit after a fraction in words, with a space before it; "" if there is none.

    *match* has a group "unit"; its full stop stays if it also ends the sentence. *many*: 0 singular, 1 plural.
    """
    unit = match["unit"]
    if not unit:
        return ""
    return f" {UNITS[unit][many]}" + (stop_after(match) if unit.endswith(".") else "")


#: Units that may follow a fraction; those of a single letter are too ambiguous.
_LONG_UNITS = [unit for unit in UNITS if unit.strip(".").isalpha() and len(unit) > 1 and unit[:2] != "in"]
UNIT_AFTER = rf"(?:[ ](?P<unit>{choice(_LONG_UNITS)})(?!\w))?"


def _size(match: re.Match[str]) -> str:
    """Return sides such as "3 x 4 m" in words; a product ("3 x 4 = 12") is said with "times"."""
    unit = f" {UNITS[match['unit']][0 if _attributive(match) else 1]}" if match["unit"] else ""
    unit += stop_after(match) if match[0].endswith(".") else ""
    separator = " times " if not unit and _EQUALS.match(match.string, match.end()) else " by "
    return separator.join(number(part) for part in _SIDES.findall(match["sides"])) + unit


_SIDES = late(NUMBER)
_EQUALS = late(r"\s?=")
_SIZE = late(rf"{NUMBER}\s?[x×]")


#: Maximum length, in characters, of a quotation that a mark of inches could close.
_MAX_QUOTATION = 400


def _marked_size(match: re.Match[str]) -> str | None:
    """Return sides with marks for inches or feet ('8" x 11"', "10' tall") in words.

    None if the mark closes a quotation.
    """
    if (
        match["quote"] is not None
        and match.string.count('"', max(0, match.start() - _MAX_QUOTATION), match.start()) % 2
    ):
        return None  # the end of a quotation
    sides = _SIDES.findall(match[0])
    one, many = ("inch", "inches") if match["mark"] == '"' else ("foot", "feet")
    return f"{' by '.join(map(number, sides))} {one if sides == ['1'] else many}"


_WEAPONS = "rifle|pistol|handgun|revolver|gun|round|bullet|weapon|shell|cartridge|firearm|ammunition|machine|semi"

RULES = (
    Rule(
        "coordinate",
        [DIGIT, "-"],
        rf"""{SIGNED}\s?[°º]\s?(?:(?P<minutes>\d{{1,2}}(?:\.\d+)?)\s?'\s?(?:(?P<seconds>\d{{1,2}}(?:\.\d+)?)\s?(?:"|'')\s?)?)?
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
        "size in marks",
        [DIGIT],
        rf"""{NUMBER}(?P<mark>['"]) (?: (?:\s?(?:[x×]|by)\s?{NUMBER}(?P=mark)){{1,2}}
        | (?=\s(?:tall|high|long|wide|deep|thick)\b) | (?<=[.]\d")(?P<quote>)(?=[\s,;.)]) )""",
        _marked_size,
        "' . , end",
    ),
    Rule(
        "temperature",
        [DIGIT, "-"],
        rf"{SIGNED}(?:{TO}(?P<until>{NUMBER}))?(?P<gap>[ ])?(?P<scale>[CF])(?!\w|\.\w|['&-])",
        _temperature,
        "x . - _A _o",
    ),
    Rule(
        "percent from to",
        [DIGIT, "-", "±", "+"],
        rf"{SIGNED}%?{TO}(?P<until>{NUMBER})\s?(?:%|pct\.?|per\s?cent|percent)(?!\w)",
        _percent_range,
        "- . , % _o",
    ),
    Rule(
        "quantity with a unit",
        [DIGIT, "-", "±", "+", "."],
        rf"{SIGNED}(?:{TO}(?P<until>{NUMBER}))?{_MAGNITUDE}(?P<gap>\s)?(?P<hyphen>-)?{_UNIT}",
        _measure,
        "x . , - % o _a _A _o",
        _may_be_unit,
    ),
    Rule("scale", ["c", "f"], r"[FC](?!\w|\.\w)", _scale, "end _a _A _o"),
    Rule(
        "size",
        [DIGIT],
        rf"(?P<sides>{NUMBER}(?:\s?[x×]\s?{NUMBER}){{1,2}})(?:(?P<gap>\s)?(?P<unit>{choice(UNITS)}))?(?!\w)",
        _size,
        "x . , _a _o o",
        lambda text, start: _SIZE.match(text, start),
    ),
    Rule(
        "unit alone",
        [unit.lower() for unit in ALONE],
        rf"(?P<unit>{choice(ALONE)})(?:/(?P<per>{choice(PER)}))?(?![\w'-])",
        _unit_alone,
    ),
    Rule("caliber", ["cal"], rf"(?<=\d[ -])cal\.?(?=[ ](?:{_WEAPONS})s?\b)", lambda m: "caliber"),
    Rule("by", ["x"], r"x(?=\s\d)", lambda m: "by" if _MEASURED.search(m.string[: m.start()][-4:]) else None),
)
