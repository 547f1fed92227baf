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


LOCALES = {
    "English, with its weekday": ("Wednesday, September 14, 2022", date(2022, 9, 14)),
    "English, shortened": ("Sept. 14, 2022", date(2022, 9, 14)),
    "English, day first": ("14 Sep 2022", date(2022, 9, 14)),
    "English, with of": ("the 14th of September, 2022", date(2022, 9, 14)),
    "English, capitals": ("SEPTEMBER 14, 2022", date(2022, 9, 14)),
    "English, with its hour": ("Sep 14, 2022, 4:30 p.m. ET", date(2022, 9, 14)),
    "German": ("Mittwoch, 14. September 2022, 16:30 Uhr", date(2022, 9, 14)),
    "German, shortened": ("14. Sept. 2022", date(2022, 9, 14)),
    "German, March": ("1. März 2022", date(2022, 3, 1)),
    "German, October": ("3. Oktober 2022", date(2022, 10, 3)),
    "German, May": ("1. Mai 2022", date(2022, 5, 1)),
    "Austrian January": ("6. Jänner 2022", date(2022, 1, 6)),
    "French": ("mercredi 14 septembre 2022 à 16 h 30", date(2022, 9, 14)),
    "French, first": ("1er août 2022", date(2022, 8, 1)),
    "French, December": ("24 décembre 2022", date(2022, 12, 24)),
    "French, July": ("14 juil. 2022", date(2022, 7, 14)),
    "Spanish": ("14 de septiembre de 2022", date(2022, 9, 14)),
    "Spanish, April": ("2 abril 2022", date(2022, 4, 2)),
    "Spanish, shortened": ("14 sept 2022", date(2022, 9, 14)),
    "Portuguese": ("14 de setembro de 2022", date(2022, 9, 14)),
    "Portuguese, February": ("1º de fevereiro de 2022", date(2022, 2, 1)),
    "Portuguese, May": ("3 de maio de 2022", date(2022, 5, 3)),
    "Portuguese, October": ("5 de outubro de 2022", date(2022, 10, 5)),
    "Italian": ("14 settembre 2022", date(2022, 9, 14)),
    "Italian, January": ("6 gennaio 2022", date(2022, 1, 6)),
    "Italian, June": ("2 giugno 2022", date(2022, 6, 2)),
    "Italian, August": ("15 agosto 2022", date(2022, 8, 15)),
    "Italian, December": ("25 dicembre 2022", date(2022, 12, 25)),
    "Polish": ("14 września 2022", date(2022, 9, 14)),
    "Polish, February": ("2 lutego 2022", date(2022, 2, 2)),
    "Polish, May": ("3 maja 2022", date(2022, 5, 3)),
    "Polish, July": ("22 lipca 2022", date(2022, 7, 22)),
    "Polish, August": ("15 sierpnia 2022", date(2022, 8, 15)),
    "Polish, November": ("11 listopada 2022", date(2022, 11, 11)),
    "Polish, December": ("6 grudnia 2022", date(2022, 12, 6)),
    "Ukrainian": ("14 вересня 2022 року", date(2022, 9, 14)),
    "Ukrainian, February": ("24 лютого 2022", date(2022, 2, 24)),
    "Ukrainian, August": ("24 серпня 2022", date(2022, 8, 24)),
    "Ukrainian, November": ("21 листопада 2022", date(2022, 11, 21)),
    "Russian": ("14 сентября 2022 г.", date(2022, 9, 14)),
    "Russian, May": ("9 мая 2022", date(2022, 5, 9)),
    "Russian, June": ("12 июня 2022", date(2022, 6, 12)),
    "Russian, shortened": ("14 сен 2022", date(2022, 9, 14)),
    "dots, with a short year": ("14.09.22", date(2022, 9, 14)),
    "slashes, American": ("9/14/2022", date(2022, 9, 14)),
    "slashes, European": ("14/9/2022", date(2022, 9, 14)),
    "a year first, with dots": ("2022.09.14", date(2022, 9, 14)),
    "without a zone": ("2022-09-14 16:30", datetime(2022, 9, 14, 16, 30)),
    "Greenwich by name": ("2022-09-14T16:30:00 GMT", datetime(2022, 9, 14, 16, 30, tzinfo=UTC)),
    "a short zone": ("2022-09-14T16:30+02", datetime(2022, 9, 14, 16, 30, tzinfo=timezone(timedelta(hours=2)))),
    "milliseconds": ("1663173000000", datetime(2022, 9, 14, 16, 30, tzinfo=UTC)),
    "inside a sentence": ("Posted by Ana Ruiz on September 14, 2022 at noon", date(2022, 9, 14)),
}
NO_DATES = {
    "a telephone number": "555-1234-567",
    "a version": "Version 3.11.7 of the tide tables",
    "a score": "They won 3:2 in 2022",
    "a year": "in the winter of 2022",
    "a month": "September 2022",
    "a month that is none": "14 Harbour 2022",
    "a day that is none": "31 June 2022",
    "a price": "$1,200 a month",
    "a clock": "4:30 p.m.",
    "a long number": "1663173000000000",
}


@pytest.mark.parametrize(("text", "expected"), LOCALES.values(), ids=LOCALES)
def test_dates_are_read_as_countries_write_them(text: str, expected: date) -> None:
    assert find_date(text) == expected


@pytest.mark.parametrize("text", NO_DATES.values(), ids=NO_DATES)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert find_date(text) is None


LANGUAGES = {
    "Czech June": "4. června 2021", "Czech July": "4. července 2021", "Dutch": "4 mei 2021", "Danish": "4. maj 2021",
    "Finnish": "4. toukokuuta 2021", "Turkish": "4 Mayıs 2021", "Turkish August": "4 Ağustos 2021",
    "Hungarian": "2021. május 4.", "Romanian": "4 noiembrie 2021", "Greek": "4 Μαΐου 2021", "Japanese": "2021年5月4日",
    "Korean": "2021년 5월 4일", "Norwegian": "4. desember 2021", "Swedish": "den 4 oktober 2021",
}  # fmt: skip
MONTHS_MEANT = {"Czech June": 6, "Czech July": 7, "Turkish August": 8, "Romanian": 11, "Norwegian": 12, "Swedish": 10}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_months_of_many_languages_are_known(language: str) -> None:
    assert find_date(LANGUAGES[language]) == date(2021, MONTHS_MEANT.get(language, 5), 4)


@pytest.mark.parametrize("text", ["2021 people 4", "4 gulls 2021", "2021年の5月", "2021 May 4:30"])
def test_a_number_beside_a_word_is_no_date(text: str) -> None:
    assert find_date(text) is None
