"""Rules of German: ordinals with a full stop, rulers' numerals, decades, words that begin with numbers."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from audiogen.narration.data import words
from audiogen.narration.languages.de.german import NUMBERED, OPENING
from audiogen.narration.languages.european.forms import Form, read_number
from audiogen.narration.languages.european.parts import TO, name_before, stop_after, word_before, words_after
from audiogen.narration.languages.european.words import roman_value
from audiogen.narration.patterns import choice, search_before
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.languages.de.german import German

#: Words before a Roman numeral that are not a ruler's name: "im II. Weltkrieg".
_NOT_NAMES = words("im am zum vom der die das den dem des ein eine einer einem und oder seit bis")
_QUEENS = words("Elisabeth Elizabeth Katharina Margrethe Maria Anna Beatrix Isabella Christina")


def _ordinal(language: German, match: re.Match[str]) -> str | None:
    """Return "20." before a noun or adjective as an ordinal if the words around it leave no doubt; otherwise None."""
    before = word_before(match)
    after = words_after(match)
    number = int(match["number"]) if match["number"].isdecimal() else roman_value(match["number"])
    if not after or not number:
        return None
    strong: str | None = language.words["ordinal_endings"].get(after[0])
    if strong is None and not language.governs_ordinal(before):
        return None
    spoken = language.ordinal(number) + language.ending(match, "r" if strong is None else strong)
    return spoken.capitalize() if before == "als" and not after[0][0].isupper() else spoken


def _ordinal_alone(language: German, match: re.Match[str]) -> str | None:
    """Return "13." in "dem 13.," as an ordinal if the word before governs one; otherwise None."""
    before = word_before(match)
    return language.ordinal(int(match["number"])) + language.ending(match) if language.governs_ordinal(before) else None


def _ordinal_series(language: German, match: re.Match[str]) -> str | None:
    """Return the ordinals of a series with one ending, by the word before it: "am 2. und 3. Mai"; otherwise None."""
    after = words_after(match)
    strong: str | None = language.words["ordinal_endings"].get(
        after[0], "r" if after[0].lower() in language.months else None
    )
    if strong is None and not language.governs_ordinal(word_before(match)):
        return None
    ending = language.ending(match, strong or "")
    return re.sub(r"(\d+)\.", lambda number: language.ordinal(int(number[1])) + ending, match[0])


def _ruler(language: German, match: re.Match[str]) -> str | None:
    """Return a ruler's numeral in words: "der Vierzehnte"; after a preposition "dem Vierzehnten"; otherwise None."""
    value = roman_value(match["numeral"])
    name = name_before(match)
    if not value or not name[:1].isupper() or name.isupper() or name.lower() in NUMBERED | _NOT_NAMES:
        return None
    feminine = name in _QUEENS
    spoken, stop = language.ordinal(value).capitalize(), stop_after(match)
    found = search_before(match, _PREPOSITION)
    case = CASES_AFTER.get(found[1].lower(), "n") if found else "n"
    if name.endswith("s") and name not in _ENDING_IN_S:
        case, feminine = "g", name[:-1] in _QUEENS
    article = _ARTICLE[case][feminine]
    return f"{article} {spoken}{'n' if case in 'dg' or article == 'den' else ''}{stop}"


def _day_and_month(language: German, match: re.Match[str]) -> str:
    """Return "2.9." as a date."""
    return language.date_of(match, language.day(int(match["day"]), match), int(match["month"]), None)


def _street(match: re.Match[str]) -> str:
    """Return a street's name with "str." written out."""
    return match["name"] + match["str"].replace("tr", "traße")


def _decade(language: German, match: re.Match[str]) -> str:
    """Return a decade in words: "neunziger", "neunzehnhundertneunziger"."""
    number = int(match["number"])
    return (language.year(number) if number > 99 else language.cardinal(number)) + "er"


def _compound(language: German, match: re.Match[str]) -> str | None:
    """Return a word that begins with a number: "10-jährig", "5-köpfig"; a capitalised word keeps its hyphen."""
    number = language.cardinal(int(match["number"]))
    if number.endswith("eins"):
        number = number[:-1]
    word = match["word"]
    if word.lower().startswith(tuple(_TAILS)):
        return number + word.lower() if word[0].islower() else number.capitalize() + word.lower()
    return f"{number}-{word}"


#: The word before a name; a title may stand between them.
_PREPOSITION = re.compile(r"\b(\w+)\s+(?:(?:König|Königin|Kaiser|Zar|Papst)\s+)?(?:[A-ZÄÖÜ]\w+\s+){1,2}\Z")
CASES_AFTER = dict.fromkeys(("von", "unter", "mit", "nach", "bei", "zu", "vor"), "d")
CASES_AFTER |= dict.fromkeys(("für", "durch", "gegen", "ohne"), "a")
#: The article, masculine and feminine, by case.
_ARTICLE = {"n": ("der", "die"), "d": ("dem", "der"), "a": ("den", "die"), "g": ("des", "der")}
#: Names that end in -s also in the nominative: "Johannes XXIII.", not "Ludwigs XIV.".
_ENDING_IN_S = words(
    """
    Johannes Franziskus Pius Julius Claudius Nikolaus Markus Lukas Thomas Andreas Charles Louis Carlos James Augustus
    Tiberius Ramses Xerxes Dareios Philippus Jakobus Clemens Klemens Hans Matthias Tobias Elias Jonas
    """
)
#: Names joined with "str."; a selection, because a rule needs a list of the words that it starts at.
_STREETS = words(
    """
    haupt bahnhof schul garten dorf berg wald kirch linden ring friedrich goethe schiller markt post rhein wiesen park
    industrie mühlen brunnen schloss wilhelm leipziger berliner münchner hamburger bismarck mozart beethoven kaiser
    könig
    """
)
#: Word parts that follow a number.
_TAILS = words("jährig köpfig fach mal tägig stündig wöchig prozentig stellig stöckig monatig minütig teilig seitig")


def _times(language: German, match: re.Match[str]) -> str:
    """Return "3x" as "dreimal"."""
    return f"{language.cardinal(int(match['number']), Form(gender='m'))}mal"


def _whole(language: German, match: re.Match[str]) -> str:
    """Return the number of a sum without cents ("5,– €") in words."""
    return language.cardinal(int(match["number"]), Form(gender="m"))


def _percent(language: German, match: re.Match[str]) -> str:
    """Return "100%ig" as one word."""
    number = read_number(match["amount"], language.grouping)
    return language.quantity(number, Form(gender="m")).replace(" ", "").lower() + "prozentig" + match["ending"]


def _following(match: re.Match[str]) -> str:
    """Return "folgende" for "ff." and "f." in "S. 347 ff." and "§ 5 f."."""
    return "folgende" + stop_after(match)


def _first_hour(language: German, match: re.Match[str]) -> str | None:
    """Return the first time in "von 14.00 bis 16.30 Uhr", where only the last has "Uhr", in words."""
    return language.clock(match, int(match["hour"]), int(match["minute"]), "Uhr")


def _opening_hours(language: German, match: re.Match[str]) -> str | None:
    """Return "Mo–Fr 9–17 h" as hours of the day; None without a word that says so, for they may be a duration."""
    if not search_before(match, OPENING):
        return None
    first, last = (language.cardinal(int(match[group]), Form(gender="m")) for group in ("hour", "until"))
    return f"{first} bis {last} Uhr"


def _added_time(language: German, match: re.Match[str]) -> str:
    """Return "90.+3" before a minute in words: "in der neunzigsten plus drei Minute"."""
    ordinal = language.ordinal(int(match["number"])) + language.ending(match)
    return f"{ordinal} plus {language.cardinal(int(match['added']))}"


def special_rules(language: German) -> Iterator[Rule]:
    """Yield the rules of German, which are tried before the shared ones."""
    hour = r"(?P<hour>[01]?\d|2[0-4])[.:](?P<minute>[0-5]\d)(?=[ ](?:bis|und|oder)[ ]\d{1,2}(?:[.:]\d\d)?[ ]Uhr)"
    yield Rule("first of two times", [DIGIT], hour, partial(_first_hour, language))
    opening = rf"(?P<hour>1?\d){TO}(?P<until>1?\d|2[0-4])[ ]?h(?!\w)"
    yield Rule("opening hours", [DIGIT], opening, partial(_opening_hours, language))
    added = r"(?P<number>\d{2,3})\.[ ]?\+[ ]?(?P<added>\d{1,2})\.?(?=[ ]Min)"
    yield Rule("added time of a match", [DIGIT], added, partial(_added_time, language))
    yield Rule("medical help", [DIGIT], r"116[ ]?117(?!\d)", lambda match: language.digits(match[0]))
    yield Rule("following pages", ["f", "ff"], r"(?<=\d[ ])ff?\.(?!\w)", _following)
    yield Rule("ruler", [WORD], r"(?P<numeral>[IVX]+)\.?(?=[\s,;:)!?]|\Z)(?![ ][A-Z](?!\w))", partial(_ruler, language))
    yield Rule("decade", [DIGIT, "'"], r"'?(?P<number>(?:1[1-9]|20)\d0|[1-9]0)er\b", partial(_decade, language))
    series = r"\d{1,3}\.(?:(?:,|[ ](?:und|oder|bis|sowie|auf))[ ]\d{1,3}\.){1,6}(?=[ ](?!und|oder)[^\W\d_])"
    yield Rule("ordinals", [DIGIT], series, partial(_ordinal_series, language))
    tails = choice(_TAILS)
    figures = r"(?P<day>0?[1-9]|[12]\d|3[01])\.(?P<month>0?[1-9]|1[0-2])\.(?=[\s,;:)]|\Z)(?!\s*\d)"
    yield Rule("day and month in figures", [DIGIT], figures, partial(_day_and_month, language))
    yield Rule("times", [DIGIT], r"(?P<number>\d{1,3})[ ]?x(?=[ ][a-zäöü])", partial(_times, language))
    yield Rule("no cents", [DIGIT], r"(?P<number>\d{1,4}),[-–—]+(?=[ ]?(?:€|E))", partial(_whole, language))
    percent = r"(?P<amount>\d{1,3}(?:,\d{1,2})?)[ ]?%-?ig(?P<ending>\w{0,2})(?!\w)"
    yield Rule("percent in a word", [DIGIT], percent, partial(_percent, language))
    number = r"(?P<number>\d{1,4})"
    yield Rule("number in a word", [DIGIT], rf"{number}-?(?P<word>(?i:{tails})\w*)", partial(_compound, language))
    yield Rule(
        "number before a noun", [DIGIT], rf"{number}-(?P<word>[A-ZÄÖÜ][a-zäöüß]\w*)", partial(_compound, language)
    )
    streets = [f"{street}str" for street in _STREETS]
    yield Rule("street", streets, r"(?P<name>[A-ZÄÖÜ]\w*?)(?P<str>str)\.", _street)


def ordinal_rules(language: German) -> Iterator[Rule]:
    """Yield the rules for ordinals in figures, which are tried after dates and measures."""
    ordinal = r"(?P<number>\d{1,3}|[IVX]+)\.(?=[ ][^\W\d_])"
    yield Rule("ordinal", [DIGIT, WORD], ordinal, partial(_ordinal, language))
    yield Rule("ordinal alone", [DIGIT], r"(?P<number>\d{1,3})\.(?=[,;:)])", partial(_ordinal_alone, language))
