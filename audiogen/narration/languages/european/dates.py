"""Dates: day before month, in words or in figures, with a range of days and with the year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audiogen.narration.languages.european.parts import TO, rule, stop_after
from audiogen.narration.patterns import END, choice, search_before
from audiogen.narration.rewriting import DIGIT, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.narration.languages.european.language import Language

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_YEAR = r"(?:1\d{3}|20\d{2}|[3-9]\d{2})(?![\d]|[.,]\d)"


def _date(language: Language, match: re.Match[str]) -> str | None:
    """Return a date in words if its month is written as a word; None if it is not a date."""
    month = language.months[(match["month"] or match["brief"]).lower()]
    year = int(match["year"]) if match["year"] else None
    if match["until"]:
        days = language.days(match, int(match["day"]), int(match["until"]))
    else:
        days = language.day(int(match["day"]), match)
    spoken = language.date_of(match, days, month, year)
    if match["on"]:  # "3 mai–15 juin"
        return f"{spoken} {_dates_to(language)} "
    return spoken + ("" if year else stop_after(match))


def _dates_to(language: Language) -> str:
    """Return the word for "to" between two dates, or between two numbers if dates have none of their own."""
    return str(language.calendar.get("dates_to", language.numbers["to"]))


def _months_joined(language: Language, match: re.Match[str]) -> str | None:
    """Return the spoken dash of "mai–juin"; None after any word that is not a month."""
    found = search_before(match, _WORD_TOUCHING)
    return f" {_dates_to(language)} " if found and found[0].lower() in language.months else None


_WORD_TOUCHING = re.compile(r"[^\W\d_]+\Z")


def _month(language: Language, match: re.Match[str]) -> str:
    """Return the full name of an abbreviated month that stands before a year."""
    separator = str(language.calendar.get("date_separator", "")).rstrip() if match["of"].isspace() else ""
    return language.month_names[language.months[match["brief"].lower()] - 1] + separator


def _figures(language: Language, match: re.Match[str]) -> str | None:
    """Return a date in figures, such as "6.9.2024", in words; None if day or month is out of range."""
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if len(match["year"]) == 2:
        year += 2000 if year < 50 else 1900
    return language.date_of(match, language.day(day, match), month, year)


def _year(language: Language, match: re.Match[str]) -> str | None:
    """Return four digits as a year, in the form that the context asks for; None if they are not a year."""
    year = int(match["year"])
    return language.year(year, language.context(match, year)) if language.is_year(match) else None


def _year_range(language: Language, match: re.Match[str]) -> str | None:
    """Return a range of years in words; the last year may be written with two digits ("1914–18")."""
    first, last = int(match["first"]), int(match["last"])
    form = language.context(match, last)
    inner = language.range_form(form)
    if len(match["last"]) == 2:
        if last <= first % 100 or not 1900 <= first < 2100:
            return None
        return language.range(language.year(first, inner), language.cardinal(last, inner), form)
    if not first < last < 2200:
        return None
    return language.range(language.year(first, inner), language.year(last, inner), form)


def dates(language: Language) -> Iterator[Rule]:
    """Yield the rules for dates and years."""
    calendar = language.calendar
    word = rf"(?:[ ](?P<yearword>{calendar['year_word']}))?" if "year_word" in calendar else ""
    day = rf"{_DAY}{calendar['day_mark']}(?:{calendar['of']})(?i:{choice(language.months)})"
    on = rf"(?P<on>{TO}(?={day}))?"
    yield rule("date", [DIGIT], _date_pattern(language) + rf"(?!\w|\s?%){word})?{on}", _date, language)
    names = choice(name.lower() for name in (*language.month_names, *language.months) if len(name) > 3)
    joined = rf"[ ]?[–—][ ]?(?=(?i:{names})(?!\w))"
    yield rule("dash between months", ["–", "—"], joined, _months_joined, language)
    brief = [form for form in language.months if form != language.month_names[language.months[form] - 1].lower()]
    month = rf"(?P<brief>(?i:{choice(brief)}))\.(?=(?P<of>{calendar['of_year']}){_YEAR})"
    if "year_words" not in calendar:
        yield rule("month and year", brief, month, _month, language)
    figures = rf"(?P<day>\d\d?)(?P<sep>[./-])(?P<month>\d\d?)(?P=sep)(?P<year>[12]\d{{3}}|(?<!-)\d\d){END}{word}"
    yield rule("date in figures", [DIGIT], figures, _figures, language)
    iso = rf"(?P<year>[12]\d{{3}})-(?P<month>\d\d)-(?P<day>\d\d){END}{word}"
    yield rule("iso date", [DIGIT], iso, _figures, language)
    years = rf"(?P<first>1[1-9]\d\d|20\d\d){TO}(?P<last>\d{{4}}|\d\d)(?!\s?[%$€£₴₽])(?!\w)(?![.,:/-]\d)"
    yield rule("years from to", [DIGIT], years, _year_range, language)
    yield rule("year", [DIGIT], r"(?P<year>1[1-9]\d\d)(?!\w)(?![.,:/]\d)", _year, language)


def _date_pattern(language: Language) -> str:
    """Return the pattern of a date up to its year; its last group is left open for the caller to close.

    Some abbreviated months are also words ("2 set a 1"), so these must have a full stop or a year.
    """
    calendar = language.calendar
    names = {name.lower() for name in language.month_names}
    brief = choice(form for form in language.months if form not in names)
    full = choice(form for form in language.months if form in names or len(form) > 5)
    of_year = rf"(?:{calendar['of_year']})"
    to = f"(?:{TO}|{calendar['to']})" if "to" in calendar else TO
    mark = calendar["day_mark"]
    return rf"""(?P<day>{_DAY})(?P<mark>{mark})(?:{to}(?P<until>{_DAY}){mark})?(?:{calendar["of"]})
        (?: (?P<brief>(?i:{brief}))\. | (?P<month>(?i:{full})(?!\w) | (?i:{brief})(?={of_year}{_YEAR})) )
        (?:{of_year}(?P<year>{_YEAR})"""
