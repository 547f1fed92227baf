"""Rules of the Slavic languages: years, ordinals with an ending, centuries, and words that begin with numbers."""

from __future__ import annotations

import re
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.forms import Form
from audiogen.narration.languages.european.parts import stop_after, word_before, words_after
from audiogen.narration.languages.european.slavic import CASES
from audiogen.narration.languages.european.words import roman_value
from audiogen.narration.patterns import choice
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.languages.european.slavic import Slavic


def _years(language: Slavic, match: re.Match[str]) -> str | None:
    """Return a year or a range of years before the word for year in words ("2024 року", "у 2014–2022 рр.").

    Otherwise None.
    """
    written = match["word"]
    form = language.year_form(match, written)
    year, last = int(match["year"]), match["last"]
    if len(written) == 1 and not 1500 < year < 2100:
        return None  # "500 г" are grams
    if (
        form is None
        or year < 100
        or (not last and written in language.calendar["years_many"].split())
        or (form.case == "n" and year < 1000 and not last)
    ):
        return None
    if written.rstrip(".") in ("р", "г", "r") or written in language.calendar["years_short"].split():
        key = f"{form.case}p" if last else form.case
        word = language.calendar["year_forms"][key] + stop_after(match, language.openers)
    else:
        word = written
    if last:
        end = int(match["year"][:2] + last) if len(last) == 2 else int(last)
        return f"{language.year(year, form)}-{language.year(end, form)} {word}"
    return f"{language.year(year, form)} {word}"


def _year_alone(language: Slavic, match: re.Match[str]) -> str | None:
    """Return a year without the word for year in words: after a month, or after a preposition if no noun follows.

    Else None.
    """
    before, after, year = word_before(match), words_after(match), int(match["year"])
    if before in language.calendar["month_forms"].split():
        return language.year(year, Form("g"))
    if not 1900 <= year <= 2099:
        return None
    counts = bool(after) and after[0].lower() not in language.calendar["year_followers"].split()
    if before in language.calendar["in_year"].split():
        noun, ending = language.noun_after(match)
        return None if ending or (year % 100 == 0 and noun) else language.year(year, Form("l"))
    if language.governed(before) in ("g", "?") and before not in language.calendar["not_year"].split() and not counts:
        return language.year(year, Form("g"))
    return None


def _ordinal(language: Slavic, match: re.Match[str]) -> str | None:
    """Return "5-й", "90-х" or "1990-ті" in words: the form with the written ending that fits the next word best.

    Else None.
    """
    number, suffix = int(match["number"]), match["suffix"].lower()
    after = words_after(match)
    wanted = language.words["numbered"].get(after[0].lower(), "") if after else ""
    if suffix in language.calendar["cardinal_suffixes"].split() and 1 < number < 5:
        return language.cardinal(number, Form("g"))
    before = word_before(match)
    governed = "a" if before == "по" else language.governed(before).replace("?", "l")
    fitting = []
    for gender in ("m", "n", "f", "p"):
        for case in CASES:
            spoken = language.ordinal(number, Form(case, gender))
            if spoken.endswith(suffix):
                # "90-е" with no neuter noun after it are years.
                decade = gender == "p" and number % 10 == 0 and not (after and after[0].endswith(("о", "е")))
                sure = decade or (case in wanted.split(" ")[0] and wanted.endswith(gender))
                fitting.append((2 * sure + (case == governed), spoken))
    if fitting:
        return max(fitting, key=itemgetter(0))[1]
    for case in CASES[1:]:
        spoken = language.cardinal(number, Form(case))
        if spoken.endswith(suffix):
            return spoken
    return None


#: The cases of decades by the ending of their number: "1990-ті", "1990-х", "1990-м".
_DECADE = {"е": "n", "ті": "n", "і": "n", "х": "gl", "м": "d", "ми": "i"}


def _decade(language: Slavic, match: re.Match[str]) -> str | None:
    """Return "1990-х гг." in words, both words in the same case: locative after "в", otherwise genitive."""
    case = _DECADE[match["suffix"]]
    if case == "gl":
        case = "l" if language.governed(word_before(match)).replace("?", "l") == "l" else "g"
    number = language.ordinal(int(match["number"]), Form(case, "p"))
    return f"{number} {language.calendar['year_forms'][case + 'p']}{stop_after(match, language.openers)}"


def _century(language: Slavic, match: re.Match[str]) -> str | None:
    """Return "XX в." or "у XIX–XX ст." in words: in the case of the preposition, otherwise in the genitive."""
    values = [roman_value(match[group]) for group in ("numeral", "last") if match[group]]
    if not all(values):
        return None
    case = language.governed(word_before(match)).replace("?", "l")
    case = case if case in "gl" else "g"
    spoken = "-".join(language.ordinal(value, Form(case, language.calendar["century_gender"])) for value in values)
    return (
        f"{spoken} {language.calendar['century'][case + 'p' * (len(values) > 1)]}{stop_after(match, language.openers)}"
    )


def _compound(language: Slavic, match: re.Match[str]) -> str | None:
    """Return a word that begins with a number: "10-річний", "25-летие", "10–12-летние"."""
    parts = [language.prefix_form(int(match[group])) for group in ("first", "number") if match[group]]
    return "-".join(part for part in parts if part) + match["word"] if all(parts) else None


def _unit_in_a_word(language: Slavic, match: re.Match[str]) -> str | None:
    """Return "155-мм снаряди" as one adjective that agrees with the noun: "стоп'ятдесятип'ятиміліметрові".

    Otherwise None.
    """
    spoken, noun = language.prefix_form(int(match["number"])), match["noun"]
    endings: dict[str, str] = language.numbers["adjective_before"]
    ending = next(ending for pattern, ending in endings.items() if re.search(pattern, noun))
    return f"{spoken}{language.numbers['adjectives'][match['unit']]}{ending} {noun}" if spoken else None


def _percent(language: Slavic, match: re.Match[str]) -> str | None:
    """Return "10%-й" as an adjective in words; None if the ending is unknown."""
    stem, table = language.prefix_form(int(match["number"])), language.numbers["grammar"]
    ending = next((ending for ending in table["percent_endings"].split() if ending.endswith(match["word"])), None)
    return f"{stem}{table['percent_stem']}{ending}" if stem and ending else None


def _hour(language: Slavic, match: re.Match[str]) -> str | None:
    """Return the hour of "о 8 ранку" as an ordinal; None without a preposition of time."""
    before = word_before(match)
    case = language.numbers["hour_cases"].get(before)
    return language.ordinal(int(match["hour"]), Form(case, "f")) if case else None


def special_rules(language: Slavic) -> Iterator[Rule]:
    """Yield the rules of the Slavic languages, which are tried before the shared ones."""
    yield from _of_time(language)
    if "np" in language.calendar["year_forms"]:
        years = choice(language.calendar["years_short"].split())
        decade = rf"(?P<number>\d{{1,3}}0)[-–]?(?P<suffix>{choice(_DECADE)})[ ]?{years}(?!\w)"
        yield Rule("decade and its word", [DIGIT], decade, partial(_decade, language))
    suffixes = language.calendar["suffixes"]
    ordinal = rf"(?P<number>\d{{1,4}})[-–]?(?P<suffix>{suffixes})(?!\w)"
    yield Rule("ordinal", [DIGIT], ordinal, partial(_ordinal, language))
    compound = r"(?:(?P<first>\d{1,2})[-–])?(?P<number>\d{1,4})-(?P<word>[^\W\d_]{4,})"
    yield Rule("number in a word", [DIGIT], compound, partial(_compound, language))
    units = choice(language.numbers["adjectives"])
    unit = rf"(?P<number>\d{{1,4}})-(?P<unit>{units})[ ](?P<noun>[^\W\d_A-ZА-ЯҐЄІЇ]{{3,}})"
    yield Rule("unit in a word", [DIGIT], unit, partial(_unit_in_a_word, language))
    percent = r"(?P<number>\d{1,3})[ ]?%-(?P<word>[^\W\d_]{1,4})(?!\w)"
    yield Rule("percent in a word", [DIGIT], percent, partial(_percent, language))


def _of_time(language: Slavic) -> Iterator[Rule]:
    """Yield the rules for years, centuries and hours."""
    calendar = language.calendar
    forms = choice([*calendar["year_words"], *calendar["years_short"].split()])
    suffix = rf"(?:-(?:{calendar['year_suffix']}))?"
    years = rf"(?P<year>\d{{3,4}})(?:[ ]?[-–—][ ]?(?P<last>\d{{4}}|\d\d))?{suffix}[ ]?(?P<word>{forms})(?!\w)"
    yield Rule("year and its word", [DIGIT], years, partial(_years, language))
    year = r"(?P<year>1\d{3}|20\d\d)(?![\w%°])(?![.,:/–—-]\d)(?!-\w)(?![ ]\d)"
    yield Rule("year alone", [DIGIT], year, partial(_year_alone, language))
    numeral = r"[IVXХІ]+"
    century = rf"(?P<numeral>{numeral})(?:[ ]?[-–—][ ]?(?P<last>{numeral}))?[ ](?:{calendar['century_short']})"
    yield Rule("century", [WORD], century, partial(_century, language))
    if "day_part" in calendar:
        hour = rf"(?P<hour>1?[1-9]|10|2[0-4])(?=[ ](?:{calendar['day_part']})(?!\w))"
        yield Rule("hour", [DIGIT], hour, partial(_hour, language))
