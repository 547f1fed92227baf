"""Rules for dates, months, weekdays, years and decades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.en.numbers import cardinal, decade, ordinal, year
from audiogen.narration.languages.en.parts import TO, stop_after, word_after, word_before
from audiogen.narration.patterns import END, choice
from audiogen.narration.rewriting import DIGIT, WORD, Rule

if TYPE_CHECKING:
    import re

_CALENDAR = load_table(__file__, "calendar.toml")


def _by_form(names: dict[str, str]) -> dict[str, str]:
    """Return the full names by written form: the name in lower case and its abbreviations."""
    return {form: name for name, short in names.items() for form in (name.lower(), *short.split())}


#: Months and weekdays by every form they are written in, in lower case and without a full stop.
MONTHS = _by_form(_CALENDAR["months"])
WEEKDAYS = _by_form(_CALENDAR["weekdays"])
NAMES = tuple(_CALENDAR["months"])

#: A word where a month is looked for: one at the trigger is sure to be one, others are looked up, for a pattern of all
#: their names takes long to compile. It has a capital, or none if people are in a hurry (which only rules with a day
#: or year accept).
_MONTH = r"[A-Za-z]{3,9}\b\.?"
#: A month after the dash of a range, by its beginning.
_OTHER_MONTH = rf"(?=(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)){_MONTH}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1\d{3}|20\d{2}|[89]\d{2})"
_TH = r"(?i:\s?(?:st|nd|rd|th)(?!\w))?"
_COMMA_YEAR = rf"(?:(?P<comma>,?)\s+'?(?P<year>{_YEAR})(?!\d|[.,]\d|-\w|%))?"
_NOT_MORE = r"(?![\d:/%])(?![.,]\d)(?!\s?(?:%|percent|million|billion|trillion))"


def month_of(written: str) -> str | None:
    """Return the name of a month by any of its written forms; None for another word."""
    return MONTHS.get(written.rstrip(".").lower())


def _spoken_year(found: str | None) -> str:
    """Return a comma and the year in words, or "" if no year is written."""
    return f", {year(int(found))}" if found else ""


def _month_day(match: re.Match[str]) -> str | None:
    """Return "Sept. 6, 2021" in words; None for the words "may" and "march"."""
    month, day, until = match["month"], int(match["day"]), match["until"]
    if month.islower() and month in ("may", "march") and not match["year"] and not match["th"]:
        return None
    spoken = f"{month_of(month)} {ordinal(day)}"
    if until:
        other = f"{month_of(match['other']) or match['other']} " if match["other"] else ""
        spoken += f" to {other}{ordinal(int(until))}"
    return spoken + _spoken_year(match["year"])


def _day_month(match: re.Match[str]) -> str | None:
    """Return a date with the day first ("6 Sept. 2021") in words; None if the month is another word."""
    if (
        match["month"].islower()
        and not match["th"]
        and not match["year"]
        and match["month"].rstrip(".") in ("may", "march", "mar", "sun")
    ):
        return None
    month = month_of(match["month"])
    if month is None:
        return None
    article = "" if word_before(match) in ("the", "this", "that") else "the "
    spoken = f"{article}{ordinal(int(match['day']))}"
    if match["until"]:
        spoken += f" to the {ordinal(int(match['until']))}"
    stop = "" if match["year"] else stop_after(match)
    return f"{spoken} of {month}{_spoken_year(match['year'])}{stop}"


def _month_year(match: re.Match[str]) -> str | None:
    """Return a month and a year in words; None for the words "may" and "march"."""
    if match["month"].islower() and match["month"] in ("may", "march"):
        return None
    comma = "," if match["comma"] and word_before(match) == "of" else ""  # "the Fourth of July, 1976"
    of = " of" if match["of"] else ""
    return f"{month_of(match['month'])}{comma}{of} {year(int(match['year']))}" + (" to " if match["to"] else "")


def _month_alone(match: re.Match[str]) -> str | None:
    """Return the full name of an abbreviated month; None in lower case."""
    if not match[0][0].isupper():
        return None
    return f"{month_of(match['month'])}{stop_after(match)}"


def _weekday(match: re.Match[str]) -> str | None:
    """Return the full name of an abbreviated weekday before a date; None if no month follows."""
    if match["month"] and not month_of(match["month"]):
        return None
    return WEEKDAYS[match["day"].lower()] + (match["comma"] or match["comma2"] or "")


def _weekday_alone(match: re.Match[str]) -> str:
    """Return the full name of an abbreviated weekday."""
    return WEEKDAYS[match["day"].lower()] + stop_after(match)


def _weekday_in_context(match: re.Match[str]) -> str | None:
    """Return the full name of an abbreviation that is also a word, as in "until 6 p.m. Wed.".

    None without such a context.
    """
    return _weekday_alone(match) if word_before(match) in _WORDS_BEFORE_DAY else None


_WORDS_BEFORE_DAY = words("on until till by through late early next last p.m a.m pm am noon")


def _numeric(match: re.Match[str]) -> str | None:
    """Return "9/11/2001" or "31/12/1999" as a date.

    If both orders are possible, the month comes first. None if it is none.
    """
    first, second = int(match["first"]), int(match["second"])
    month, day = (second, first) if first > 12 >= second else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    full = match["year"]
    if len(full) == 2:
        full = ("20" if int(full) < 50 else "19") + full
    return f"{NAMES[month - 1]} {ordinal(day)}, {year(int(full))}"


#: Fixed expressions of two numbers with a slash.
_FAMOUS = {
    "9/11": "nine eleven",
    "24/7": "twenty-four seven",
    "7/7": "seven seven",
    "50/50": "fifty fifty",
    "20/20": "twenty twenty",
    "26/11": "twenty-six eleven",
}


def _short_date(match: re.Match[str]) -> str | None:
    """Return "9/11" and similar expressions in words, or a month and a day after a word of time; otherwise None."""
    if match[0] in _FAMOUS:
        return _FAMOUS[match[0]]
    month, day = int(match["month"]), int(match["day"])
    if word_before(match) not in ("on", "since", "until", "dated", "due") or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{NAMES[month - 1]} {ordinal(day)}"


def _iso(match: re.Match[str]) -> str | None:
    """Return an ISO date in words; None if month or day is out of range."""
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{NAMES[month - 1]} {ordinal(day)}, {year(int(match['year']))}"


def _iso_month(match: re.Match[str]) -> str | None:
    """Return "2023-07" as a month; None for "2003-07", which is a range of years."""
    if int(match["month"]) > int(match["year"][2:]):
        return None
    return f"{NAMES[int(match['month']) - 1]} {year(int(match['year']))}"


def _decade(match: re.Match[str]) -> str:
    """Return a decade in words, with the apostrophe of a possessive, and "to" before the end of a range."""
    digits = match["digits"]
    return decade(int(digits)) + ("'" if match["plural"] == "s'" else "") + (" to " if match["to"] else "")


def _short_year(match: re.Match[str]) -> str:
    """Return a two-digit year after an apostrophe in words."""
    number = int(match["year"])
    if not number:
        return "two thousand"
    return f"oh {cardinal(number)}" if number < 10 else cardinal(number)


#: Words after four digits that make them a count and not a year: "1200 people".
COUNTED = words(_CALENDAR["years"]["counted"])
#: Words after which four digits are always a year.
YEAR_AFTER = words(_CALENDAR["years"]["behind"])


def _year(match: re.Match[str]) -> str | None:
    """Return four digits as a year in words; None if they count something or are too far in the future."""
    number = int(match["year"])
    if number < 1100 and word_before(match) not in YEAR_AFTER:
        return None
    before, after = word_before(match), word_after(match)
    if number >= 2300 and before != "year":
        return None
    if number >= 2100 and (before not in _COMING or (after.islower() and after.endswith("s") and after not in _VERBS)):
        return None
    if before not in YEAR_AFTER and after:
        if after.lower() in COUNTED:
            return None
        if (
            after.islower()
            and after.endswith("s")
            and not after.endswith(("ss", "us", "is", "was", "has"))
            and before not in YEAR_AFTER
        ):
            return None
    return year(number) + ("'s" if match["possessive"] else "")


#: Words before a year in the far future.
_COMING = words("by in until before after year beyond around circa")
_VERBS = words("is was has this its")


def _year_range(match: re.Match[str]) -> str | None:
    """Return a range of years in words; None if the second is not later, or out of range."""
    first, last = match["first"], match["last"]
    if len(last) == 2:
        if last == "00" and first.endswith("99"):
            return f"{year(int(first))} to {year(int(first) + 1)}"
        if int(last) <= int(first[2:]):
            return None
        end = cardinal(int(last)) if int(last) >= 10 else year(int(first[:2] + last))
        return f"{year(int(first))} to {end}"
    if not 1000 <= int(last) <= 2199:
        return None
    return f"{year(int(first))} to {year(int(last))}"


def _season(match: re.Match[str]) -> str | None:
    """Return "2023/24", a season or school year, in words; None if the second year is not the next one."""
    if (int(match["first"]) + 1) % 100 != int(match["last"]):
        return None
    last = int(match["last"])
    return f"{year(int(match['first']))} {cardinal(last) if last >= 10 else year(int(match['first']) + 1)}"


def _of_era(match: re.Match[str]) -> str:
    """Return "44 B.C.", "1200-800 BC" or "A.D. 1066" in words; four digits are said as a year."""
    written = [match[group] for group in ("year", "until") if match[group]]
    years = [year(int(figures)) if len(figures) > 3 else cardinal(int(figures)) for figures in written]
    letters = " ".join(match["era"].replace(".", ""))
    if match["ahead"] is not None:
        return f"{letters} {' to '.join(years)}"
    return f"{' to '.join(years)} {letters}{stop_after(match)}"


_AD = r"A\.D\.|AD"
_ERA = rf"{_AD}|B\.C\.E\.|B\.C\.|BCE|BC|C\.E\.|CE"


_SHORT_DAYS = choice(form.title() for form in WEEKDAYS if len(form) < 6)

_SHORT_MONTHS = choice(form.title() for form in MONTHS if len(form) < 5 and form != "may")


def _days(match: re.Match[str]) -> str:
    """Return a range of weekdays in words."""
    return f"{WEEKDAYS[match['first'].lower()]} to {WEEKDAYS[match['last'].lower()]}{stop_after(match)}"


def _months(match: re.Match[str]) -> str:
    """Return a range of months in words."""
    return f"{month_of(match['first'])} to {month_of(match['last'])}{stop_after(match)}"


RULES = (
    Rule(
        "month and day",
        MONTHS,
        rf"""(?P<month>{_MONTH})\s+ (?P<day>{_DAY})(?P<th>{_TH})(?![\d])
        (?: {TO} (?:(?P<other>{_OTHER_MONTH})\s+)? (?P<until>{_DAY}){_TH})? {_COMMA_YEAR} {_NOT_MORE}""",
        _month_day,
    ),
    Rule(
        "month-day-year with hyphens",
        MONTHS,
        rf"(?P<month>{_MONTH})-(?P<day>{_DAY})(?P<th>)(?P<until>)(?P<other>)-(?P<year>{_YEAR}){END}",
        _month_day,
    ),
    Rule(
        "month and year",
        MONTHS,
        rf"(?P<month>{_MONTH})(?:(?P<comma>,)?\s+(?P<of>of\s+)?)(?P<year>{_YEAR})(?P<to>{TO}(?={_OTHER_MONTH}\s+{_YEAR}))?{_NOT_MORE}",
        _month_year,
    ),
    Rule(
        "month alone",
        MONTHS,
        r"(?P<month>[A-Z][a-z]{2,3})\.(?![\w])",
        _month_alone,
    ),
    Rule("weekdays from to", WEEKDAYS, rf"(?P<first>[A-Z][a-z]{{2,4}})\.?{TO}(?P<last>{_SHORT_DAYS})\.?(?!\w)", _days),
    Rule(
        "months from to",
        MONTHS,
        rf"(?P<first>(?!May)[A-Z][a-z]{{2,3}})\.?{TO}(?P<last>{_SHORT_MONTHS})\.?(?!\w|\s\d\d?\b)",
        _months,
    ),
    Rule("weekday at the end", WEEKDAYS, r"(?P<day>Wed|Sat|Sun)\.(?![\w-])", _weekday_in_context),
    Rule("weekday alone", WEEKDAYS, r"(?P<day>Mon|Tues?|Weds|Thur?s?|Fri)\.(?![\w-])", _weekday_alone),
    Rule(
        "weekday",
        WEEKDAYS,
        rf"""(?P<day>[A-Z][a-z]{{2,4}}) (?:
        \.(?P<comma2>,?)(?=[-–]|\s+(?:\d|(?:at|and|or|to|through|nights?|mornings?|evenings?)\b|{_SHORT_DAYS}))
        | \.?(?P<comma>,?)(?=\s+(?:\d\d?\s+)?(?P<month>{_MONTH})(?:\s+\d|\W|\Z)) )""",
        _weekday,
    ),
    Rule(
        "year of an era",
        [DIGIT],
        rf"(?P<ahead>(?!))?(?P<year>[1-9]\d{{0,3}})(?:{TO}(?P<until>[1-9]\d{{0,3}}))?\s(?P<era>{_ERA})(?![\w&])",
        _of_era,
        "_A - _o",
    ),
    Rule(
        "era and year",
        [WORD],
        rf"(?P<ahead>)(?P<era>{_AD})\s(?P<year>[1-9]\d{{0,3}})(?:{TO}(?P<until>[1-9]\d{{0,3}}))?(?![\w%])(?![.,:]\d)",
        _of_era,
        ". _0",
    ),
    Rule(
        "iso date",
        [DIGIT],
        rf"(?P<year>[12]\d{{3}})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?){END}",
        _iso,
        "- / .",
    ),
    Rule(
        "iso month",
        [DIGIT],
        r"(?P<year>19\d\d|20\d\d)-(?P<month>0[1-9]|1[0-2])(?![\w%-])(?![.,:/]\d)",
        _iso_month,
        "-",
    ),
    Rule(
        "numeric date",
        [DIGIT],
        rf"(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark)(?P<year>[12]\d{{3}}|(?<=/)\d\d){END}",
        _numeric,
        "/ . -",
    ),
    Rule(
        "day and month",
        [DIGIT],
        rf"""(?P<day>{_DAY})(?P<th>{_TH})(?: {TO} (?P<until>{_DAY}){_TH})? \s+ (?:of\s+(?=\w+\.?,?\s+\d))?
        (?P<month>{_MONTH})(?![\w]) {_COMMA_YEAR}""",
        _day_month,
        "_a _A x - _o",
    ),
    Rule("day without a year", [DIGIT], rf"(?P<month>\d\d?)/(?P<day>\d\d?){END}", _short_date, "/"),
    Rule(
        "decade",
        [DIGIT, "'"],
        r"'?(?P<digits>(?:1\d|20)\d0|[1-9]0)(?P<plural>'?s'?)(?!\w)(?P<to>[-–](?='?\d0s\b))?",
        _decade,
        "x '",
    ),
    Rule("short year", ["'"], r"'(?P<year>\d\d)(?!\w)(?!'\w)", _short_year),
    Rule(
        "years from to",
        [DIGIT],
        rf"(?P<first>1[1-9]\d\d|20\d\d){TO}(?P<last>\d{{4}}|\d\d)(?!\s?[%$€£])(?![\w])(?![.,:/-]\d)",
        _year_range,
        "- _o",
    ),
    Rule(
        "years until now",
        [DIGIT],
        r"(?P<first>1[5-9]\d\d|20\d\d)\s?[-–—]\s?(?P<now>present|today|now)(?![\w-])",
        lambda m: f"{year(int(m['first']))} to {m['now']}",
        "- _o",
    ),
    Rule("season", [DIGIT], r"(?P<first>19\d\d|20\d\d)/(?P<last>\d\d)(?![\w/])", _season, "/"),
    Rule(
        "year",
        [DIGIT],
        r"(?P<year>1\d{3}|20\d\d|2[1-9]\d\d)(?:(?P<possessive>'s)|(?![\w%°])(?![.,:/]\d)(?!-[a-z])(?!\s?(?:million|billion|trillion)))",
        _year,
        "end _a _A _0 _o - : / ' @ & o",
    ),
)
