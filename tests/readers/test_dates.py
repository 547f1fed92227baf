from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from audiogen.readers.dates import find_date, month_number

CASES = {
    "ISO": ("2024-03-05", date(2024, 3, 5)),
    "ISO with its zone": (
        "2024-03-05T08:30:00+02:00",
        datetime(2024, 3, 5, 8, 30, tzinfo=timezone(timedelta(hours=2))),
    ),
    "ISO west of Greenwich": (
        "2024-03-05T08:30:00-0330",
        datetime(2024, 3, 5, 8, 30, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
    ),
    "ISO in UTC": ("2024-03-05T08:30:00.123Z", datetime(2024, 3, 5, 8, 30, tzinfo=UTC)),
    "mail": ("Tue, 05 Mar 2024 08:30:00 +0000", datetime(2024, 3, 5, 8, 30, tzinfo=UTC)),
    "seconds": ("1709627400", datetime(2024, 3, 5, 8, 30, tzinfo=UTC)),
    "month first": ("Published March 5, 2024 at noon", date(2024, 3, 5)),
    "day first": ("5 March 2024", date(2024, 3, 5)),
    "an ordinal": ("5th of March 2024", date(2024, 3, 5)),
    "German": ("5. März 2024", date(2024, 3, 5)),
    "French": ("5 février 2024", date(2024, 2, 5)),
    "Spanish": ("5 de enero de 2024", date(2024, 1, 5)),
    "Ukrainian": ("5 березня 2024", date(2024, 3, 5)),
    "Polish": ("5 października 2024", date(2024, 10, 5)),
    "dots": ("05.03.2024", date(2024, 3, 5)),
    "slashes": ("03/05/2024", date(2024, 3, 5)),
    "slashes that can only be day first": ("25/03/2024", date(2024, 3, 25)),
    "year first": ("2024/03/05", date(2024, 3, 5)),
    "dashes": ("03-05-2024", date(2024, 3, 5)),
    "the first of two": ("4 May 2021, changed June 5, 2022", date(2021, 5, 4)),
    "a zone that cannot be": ("2024-03-05T08:30:00+25:00", None),
    "compact": ("20240305", date(2024, 3, 5)),
    "no such day": ("2024-02-31", None),
    "too old for the web": ("1850-01-01", None),
    "words": ("yesterday", None),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_a_date_is_read_as_it_is_written(text: str, expected: object) -> None:
    assert find_date(text) == expected


def test_the_first_text_with_a_date_wins() -> None:
    assert find_date(None, "", "no date", "2024-03-05", "2020-01-01") == date(2024, 3, 5)


@pytest.mark.parametrize(("word", "number"), [("Sept", 9), ("mai", 5), ("липня", 7), ("word", 0)])
def test_months_are_known_by_their_beginnings(word: str, number: int) -> None:
    assert month_number(word) == number
