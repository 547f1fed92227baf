"""Rules for states after towns, parties of lawmakers, streets, house numbers and saints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, pairs, words
from audiogen.narration.languages.en.numbers import cardinal, digits, halves
from audiogen.narration.languages.en.parts import stop_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import choice, search_before
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    import re

_DATA = load_table(__file__, "places.toml")
_FORMS = {
    code: [name, *short.split()]
    for code, (name, short) in ((c, text.split(";")) for c, text in pairs(_DATA["states"]["lines"]).items())
}
POSTAL = {code: forms[0] for code, forms in _FORMS.items()}
ABBREVIATED = {short: forms[0] for forms in _FORMS.values() for short in forms[1:]}
STATES = {**POSTAL, **ABBREVIATED, **{name: name for name in POSTAL.values()}}
PARTIES: dict[str, str] = _DATA["parties"]
STREETS = pairs(_DATA["streets"]["lines"])
ANYWHERE = words(_DATA["sets"]["anywhere"])
_WORDS = words(_DATA["sets"]["words"])
_INTERJECTIONS = words(_DATA["sets"]["interjections"])

_PREPOSITIONS = words(_DATA["sets"]["prepositions"])

#: A name and a comma right before: "Galveston, ".
_TOWN = late(r"([A-Z][\w.'-]*),\s\Z")
#: A name right before: "Main ", "42nd ".
_NAME = late(r"(?:(?!(?:The|A|This|That)\s)[A-Z][\w'.-]*|\d+(?:st|nd|rd|th|d))\s\Z")


def _postal(match: re.Match[str]) -> str | None:
    """Return the state of a postal code after a town, with its ZIP code; None without a town or for another word."""
    town = search_before(match, _TOWN)
    code = match["code"]
    if town is None:
        return None
    aside = town[1] in _INTERJECTIONS or match.string[match.end() : match.end() + 1] in ("?", "!")
    if aside and code in _WORDS and not match["zip"]:
        return None
    zip_code = f" {digits(match['zip'])}" if match["zip"] else ""
    return POSTAL[code] + zip_code


def _abbreviated(match: re.Match[str]) -> str | None:
    """Return the state of an abbreviation such as "Calif." in full; None if no town or preposition comes before it."""
    if (
        match["state"] not in ANYWHERE
        and search_before(match, _TOWN) is None
        and word_before(match) not in _PREPOSITIONS
    ):
        return None
    return ABBREVIATED[match["state"]] + (f" {digits(match['zip'])}" if match["zip"] else stop_after(match))


#: Titles of lawmakers, after which "(R)" is a party.
_LAWMAKER = late(r"(?:Sens?|Reps?|Govs?|Senators?|Representatives?|Governors?|Congress\w+|Mayor)\b")


def _party_and_state(match: re.Match[str]) -> str | None:
    """Return the party and state of a politician, "(D-Calif.)", in words; None for other parentheses."""
    state, party = match["state"] or "", PARTIES.get(match["party"])
    if party is None or (state and state not in STATES):
        return None
    if not state and not _LAWMAKER.search(match.string, max(0, match.start() - 50), match.start()):
        return None
    spoken = party + (f" of {STATES[state]}" if state else "")
    if match["seat"]:
        spoken += f" {cardinal(int(match['seat']))}"
    if match["district"]:
        spoken += f", {match['district']}"
    text, end = match.string, match.end()
    if match[0].startswith("("):
        return f", {spoken}" + ("" if text[end : end + 1] in ",.;:?!" else ",")
    return spoken


def _street(match: re.Match[str]) -> str | None:
    """Return "St." or "Ave." after a name in full; None if it may have another meaning."""
    if match["dot"] and match.string.startswith(" of ", match.end()):  # "Ave. of the Americas"
        return STREETS.get(match["street"])
    name = search_before(match, _NAME)
    following = _QUARTER.sub("", match.string[match.end() : match.end() + 5])[:2]
    if name is None or (following[:1].isspace() and following[1:].isupper() and not _numbered(match)):
        return None
    # Without a full stop or a number only what closes a phrase is a street, and never what has other meanings.
    bare = not match["dot"] and match["street"].istitle() and not _numbered(match)
    if bare and (match["street"] in ("Dr", "Ct", "Pl", "Ter") or following[:1] not in ("", ",", ".", ";", ")")):
        return None
    return STREETS[match["street"].title()] + (stop_after(match) if match["dot"] else "")


#: The part of the city after a street: "K St. NW".
_QUARTER = late(r"\A\s[NS]\.?[EW]\b")
_HOUSE = late(r"\d\s(?:[NSEW]\.?\s)?(?:[A-Z][\w'.-]*\s|\d+(?:st|nd|rd|th)\s){1,4}\Z")


def _numbered(match: re.Match[str]) -> bool:
    """Return whether a house number comes before the street."""
    return search_before(match, _HOUSE) is not None


def _saint(match: re.Match[str]) -> str:
    """Return "Saint "."""
    return "Saint "


def _zip(match: re.Match[str]) -> str | None:
    """Return the ZIP code of "Austin, Texas 78701" digit by digit; None without a town, as in "in Texas 12000"."""
    town, comma, state = match.string[max(0, match.start() - 30) : match.start()].rpartition(", ")
    return digits(match["zip"]) if town and comma and state.rstrip() in _STATE_NAMES else None


_STATE_NAMES = frozenset(POSTAL.values()) | {"D.C."}


def _house(match: re.Match[str]) -> str:
    """Return a house number in words, in pairs of digits."""
    text = match["house"]
    return halves(text) if len(text) < 5 else digits(text)


_POINTS = {"N": "north", "S": "south", "E": "east", "W": "west"}
_COMPASS = {
    "N": "North",
    "S": "South",
    "E": "East",
    "W": "West",
    "NW": "Northwest",
    "NE": "Northeast",
    "SW": "Southwest",
    "SE": "Southeast",
}


def _quarter(match: re.Match[str]) -> str:
    """Return the point of the compass of a street in words."""
    return _COMPASS[match["point"].replace(".", "")]


_STREET_NAMES = choice([*STREETS, *STREETS.values(), "Way", "Alley", "Row"])
_SHORT_FORMS = {form.replace(".", " ").split()[0].lower() for form in ABBREVIATED}

RULES = (
    Rule(
        "party and state",
        ["(", *(party.lower() for party in PARTIES)],
        # Names are looked up: a pattern of all states takes long to compile.
        r"""\((?P<party>[A-Za-z]{1,3})
        (?:[.]?[-–—,][ ]?(?P<state>[A-Z][A-Za-z.]*(?:[ ][A-Z][a-z]+)*)
        (?:[ ](?P<district>\d+(?:st|nd|rd|th))|-(?P<seat>\d\d?))?)?\)""",
        _party_and_state,
    ),
    Rule(
        "party and state without brackets",
        [party.lower() for party in PARTIES],
        rf"(?P<party>{choice(PARTIES)})[-–](?P<state>{choice(STATES)})(?P<district>)(?:-(?P<seat>\d\d?))?(?!\w)",
        _party_and_state,
    ),
    Rule(
        "postal code",
        [code.lower() for code in POSTAL],
        r"(?P<code>[A-Z]{2})(?:\s(?P<zip>\d{5}(?:-\d{4})?))?(?![\w'&-])",
        _postal,
    ),
    Rule(
        "zip code",
        [DIGIT],
        r"(?P<zip>\d{5}(?:-\d{4})?)(?!\w|[.,]\d)",
        _zip,
        "end _a _A _o - ,",
    ),
    Rule(
        "state",
        _SHORT_FORMS,
        rf"(?P<state>{choice(ABBREVIATED)})(?:\s(?P<zip>\d{{5}}(?:-\d{{4}})?)(?![\w,]))?(?!\w)",
        _abbreviated,
    ),
    Rule("saint", ["st"], r"[Ss]t\.?\s(?=[A-Z][a-z])", lambda m: None if _numbered(m) else _saint(m)),
    Rule(
        "street",
        [street.lower() for street in STREETS],
        rf"(?P<street>{choice(STREETS)}|(?<=\d(?:st|nd|rd|th)\s)(?:st|ave|blvd))(?P<dot>\.)?(?!\w)",
        _street,
    ),
    Rule(
        "house number",
        [DIGIT],
        rf"(?P<house>\d{{1,5}})(?=\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z'.-]+\s){{1,3}}{_STREET_NAMES}(?!\w))",
        _house,
        "_A",
    ),
    Rule(
        "compass point",
        [WORD],
        r"(?P<point>[NS]?[NS][EW]|[NSEW])(?=\sof\s[A-Z]|\s(?:winds?|gales?|gusts?|breezes?|swells?)\b)",
        lambda m: "-".join(_POINTS[letter] for letter in m["point"]),
        "_a",
    ),
    Rule(
        "compass",
        [WORD],
        r"(?P<point>[NSEW]\.|N\.?W\.|N\.?E\.|S\.?W\.|S\.?E\.)(?=\s(?:(?:[A-Z][a-z]+\s){0,2}[A-Z][a-z]+|\d+(?:st|nd|rd|th))\s(?:[Ss]t|[Aa]ve|[Bb]lvd|[Rr]d|[Dd]r|Street|Avenue|Road|Drive|Boulevard)\b)",
        _quarter,
        ". end",
    ),
)
