"""Parses dates in pages, for machines and for people."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

#: First letters of month names: English and German, French, Spanish, Portuguese, Italian, Polish, Ukrainian,
#: Russian, Dutch, the Nordic languages, Czech, Turkish, Finnish, Hungarian, Romanian, Greek. The longest match
#: wins.
MONTHS = {
    1: "jan jän gen ene янв січ sty led oca tammi ian ιαν",
    2: "feb fév fev лют фев lut úno şub helmi φεβ",
    3: "mar mär mrz mrt maa бер мар bře maalis már μαρ",
    4: "apr avr abr квіт апр kwi dub nis huhti ápr απρ",
    5: "may mai mag mayo трав май мая maj maio mei kvě touko máj μαϊ μάι μαΐ",
    6: "jun juin giu juin czer черв июн čer haz kesä jún iun ιουν",
    7: "jul juil lug lip лип июл červenc tem heinä júl iul ιουλ",
    8: "aug aoû ago серп авг sie srp ağu elo αυγ",
    9: "sep set вер сен wrz zář eyl syys szep σεπ",
    10: "oct okt ott out жовт окт paź říj eki loka οκτ",
    11: "nov лист ноя lis kas marras noi νοε",
    12: "dec dez déc dic груд дек gru pros ara joulu des δεκ",
}
_STARTS = {start.casefold(): number for number, starts in MONTHS.items() for start in starts.split()}
_LONGEST_START = max(map(len, _STARTS))
ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|"
    r"[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?"
)
COMPACT = re.compile(r"\b(20[0-3]\d|19[89]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\b|T|\d{6}\b)")
STAMP = re.compile(r"^\d{10}(?:\d{3})?$")
DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|\.|º|er)?\s+(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
#: "2021. május 4.", "2021 May 4".
YEAR_FIRST = re.compile(r"\b(\d{4})\.?\s+([^\W\d_]{3,12})\.?\s+(\d{1,2})\b(?!\s*[:\d])")
#: Chinese, Japanese and Korean dates.
CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
SLASHED = re.compile(r"\b(\d{1,4})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b")
RFC = re.compile(r"^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4}")


def find_date(*texts: str | None) -> datetime | date | None:
    """Return the first date between 1990 and 2100 in *texts*; None if there is none.

    It is a `datetime` only if the text states a time of day.

    >>> find_date("", "Published 4 May 2021")
    datetime.date(2021, 5, 4)
    """
    for text in texts:
        found = _parse(text.strip()[:300]) if text else None
        if found is not None and 1990 <= found.year <= 2100:
            return found
    return None


def _parse(text: str) -> datetime | date | None:
    """Return the first date that one of the parsers finds in *text*."""
    for parse in (_iso, _rfc, _stamp, _cjk, _named, _slashed, _compact):
        try:
            found = parse(text)
        except (ValueError, OverflowError):
            continue
        if found is not None:
            return found
    return None


def _iso(text: str) -> datetime | date | None:
    """Parse an ISO 8601 date, with its time and zone if stated."""
    found = ISO.search(text)
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    if hour is None:
        return date(int(year), int(month), int(day))
    return datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))


def _zone(text: str | None) -> tzinfo | None:
    """Return the time zone of an ISO 8601 suffix; None without one."""
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _rfc(text: str) -> datetime | None:
    """Parse an RFC 5322 date."""
    return parsedate_to_datetime(text) if RFC.match(text) else None


def _stamp(text: str) -> datetime | None:
    """Parse a Unix timestamp in seconds or milliseconds."""
    if not STAMP.match(text):
        return None
    return datetime.fromtimestamp(int(text[:10]), tz=UTC)


def _cjk(text: str) -> date | None:
    """Parse a Chinese, Japanese or Korean date."""
    found = CJK.search(text)
    return date(*(int(part) for part in found.groups())) if found else None


def _named(text: str) -> date | None:
    """Return the first date with a month's name; of "4 May 2021 … June 5, 2022" the fourth of May."""
    found = []
    for pattern, day, month, year in ((MONTH_FIRST, 2, 1, 3), (DAY_FIRST, 1, 2, 3), (YEAR_FIRST, 3, 2, 1)):
        for match in pattern.finditer(text):
            if number := month_number(match[month]):
                found.append((match.start(), (int(match[year]), number, int(match[day]))))
    return date(*min(found)[1]) if found else None


def month_number(word: str) -> int:
    """Return the month that a word names, 1 to 12; 0 if it names none."""
    word = word.casefold()
    starts = (word[:size] for size in range(min(len(word), _LONGEST_START), 2, -1))
    return next((_STARTS[start] for start in starts if start in _STARTS), 0)


def _slashed(text: str) -> date | None:
    """Parse a date in figures with slashes, dots or hyphens.

    With slashes the month comes first unless it is over 12.
    """
    found = SLASHED.search(text)
    if not found:
        return None
    first, mark, second, last = found.groups()
    if len(first) == 4:
        return date(int(first), int(second), int(last))
    year = int(last) + (2000 if len(last) == 2 else 0)
    day, month = (first, second) if mark == "." or int(first) > 12 else (second, first)
    return date(year, int(month), int(day))


def _compact(text: str) -> date | None:
    """Parse a date of eight digits."""
    found = COMPACT.search(text)
    return date(*(int(part) for part in found.groups())) if found else None
