"""A small table is said row by row with its headings; a larger one is announced."""

from __future__ import annotations

import pytest

from audiogen.cleaner import clean
from audiogen.model import BlockKind, Reason
from tests.cleaner.pages import make_article


def table(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def cells(*texts: str, tag: str = "td") -> str:
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)


def texts_of(markup: str) -> list[str]:
    return [block.text for block in clean(make_article(markup)).blocks if block.kind is BlockKind.STAND_IN]


HEAD = cells("Day", "Tide", tag="th")
TABLES = {
    "with headings": (
        table(HEAD, cells("Monday", "4.1"), cells("Tuesday", "4.3")),
        ["Day: Monday; Tide: 4.1.", "Day: Tuesday; Tide: 4.3."],
    ),
    "without headings": (
        table(cells("Monday", "4.1"), cells("Tuesday", "4.3")),
        ["Monday: 4.1.", "Tuesday: 4.3."],
    ),
    "an empty cell": (
        table(cells("Day", "Tide", "Wind", tag="th"), cells("Monday", "", "north"), cells("Tuesday", "4.3", "")),
        ["Day: Monday; Wind: north.", "Day: Tuesday; Tide: 4.3."],
    ),
    "headings in front of the rows": (
        table(
            cells("", "Low", "High", tag="th"),
            cells("Monday", tag="th") + cells("1.2", "4.1"),
            cells("Tuesday", tag="th") + cells("1.3", "4.3"),
        ),
        ["Monday; Low: 1.2; High: 4.1.", "Tuesday; Low: 1.3; High: 4.3."],
    ),
    "cells that end in their own signs": (
        table(cells("Day:", "Tide?", tag="th"), cells("Monday.", "High!"), cells("Tuesday", "Low")),
        ["Day: Monday; Tide?: High!", "Day: Tuesday; Tide?: Low."],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), TABLES.values(), ids=TABLES)
def test_a_small_table_is_said_row_by_row(markup: str, expected: list[str]) -> None:
    assert texts_of(markup) == expected


def test_its_cells_stay_in_the_ledger() -> None:
    article = clean(make_article(TABLES["with headings"][0]))
    kept = [entry.block.text for entry in article.removed if entry.reason is Reason.TABLE]
    assert kept == ["Day", "Tide", "Monday", "4.1", "Tuesday", "4.3"]


@pytest.mark.parametrize(("count", "is_read"), [(12, True), (13, False)])
def test_a_table_of_many_rows_is_announced(count: int, is_read: bool) -> None:
    rows = [cells(f"Day {number}", f"{number}.5") for number in range(count)]
    expected = count if is_read else 1
    assert len(texts_of(table(HEAD, *rows))) == expected


@pytest.mark.parametrize(("count", "is_read"), [(4, True), (5, False)])
def test_a_table_of_many_columns_is_announced(count: int, is_read: bool) -> None:
    rows = [cells(*(f"{row}.{column}" for column in range(count))) for row in range(3)]
    assert (texts_of(table(*rows)) == ["A table with 3 rows is in the article."]) is not is_read


def test_a_table_of_links_is_announced() -> None:
    rows = [cells(f"<a href='/{n}'>Harbour {n}</a>", f"<a href='/t{n}'>Tides {n}</a>") for n in range(3)]
    assert texts_of(table(*rows)) == ["A table with 3 rows is in the article."]


@pytest.mark.parametrize(("words", "is_read"), [(30, True), (31, False)])
def test_a_table_with_a_long_cell_among_figures_is_announced(words: int, is_read: bool) -> None:
    long = " ".join(["17.5"] * words)
    assert (len(texts_of(table(HEAD, cells("Monday", long), cells("Tuesday", "4.3")))) == 2) is is_read
