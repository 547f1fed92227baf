"""Authors, dates, outlet and tags of a capture."""

from __future__ import annotations

import datetime

import pytest

from audiogen.readers.byline import find_credits

PARAGRAPH = (
    "The harbour froze in the third week of January, and no ferry left it for nine days in a row, the pilots said."
)
BODY = [PARAGRAPH] * 3


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (["By Ada Lind"], ("Ada Lind",)),
        (["by Ada Lind and Tom Berg March 5, 2024 4 min read"], ("Ada Lind", "Tom Berg")),
        (["Von Ada Lind"], ("Ada Lind",)),
        (["Ada Lind", "March 5, 2024"], ("Ada Lind",)),
        (["By Staff"], ()),
        (["Frozen Harbour", "Nothing else"], ()),
    ],
    ids=["by", "two and more", "von", "a name over a date", "staff", "no date, no name"],
)
def test_the_byline_names_the_authors(lines: list[str], authors: tuple[str, ...]) -> None:
    assert find_credits(["The harbour that froze", *lines, *BODY]).authors == authors


def test_words_of_the_text_are_no_name() -> None:
    body = [PARAGRAPH.replace("ferry", "harbour news")] * 3
    assert find_credits(["Harbour News", "March 5, 2024", *body]).authors == ()


def test_the_day_of_publication_is_told_from_that_of_an_update() -> None:
    found = find_credits(["Published March 5, 2024", "Updated March 7, 2024", *BODY])
    assert found.published == datetime.date(2024, 3, 5)
    assert found.modified == datetime.date(2024, 3, 7)


def test_dates_far_over_the_text_are_not_its_own() -> None:
    assert find_credits(["March 5, 2024", *["Menu"] * 30, *BODY]).published is None


@pytest.mark.parametrize(
    ("line", "site"),
    [
        ("© 2024 Northern Post. All rights reserved.", "Northern Post"),
        ("Copyright 2019-2024 Northern Post Ltd", "Northern Post"),
        ("© Northern Post 2024", "Northern Post"),
        ("© 2024 All rights reserved", ""),
        ("The pilots said so.", ""),
    ],
)
def test_the_copyright_line_names_the_outlet(line: str, site: str) -> None:
    assert find_credits([*BODY, line]).site == site


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        (["Tags: harbour, ice"], ("harbour", "ice")),
        (["Tags", "Harbour", "Ice", "And this is where the page goes on with its text."], ("Harbour", "Ice")),
        (["Topics of the week were many and the pilots spoke of all of them at length."], ()),
    ],
)
def test_tags_stand_in_a_line_or_under_a_head(lines: list[str], tags: tuple[str, ...]) -> None:
    assert find_credits([*BODY, *lines]).tags == tags


def test_a_page_without_text_tells_nothing() -> None:
    assert find_credits([]).authors == ()
    assert find_credits(["Menu"]).published is None
