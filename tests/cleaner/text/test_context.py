"""Where the article is by an opinion of all lines, and what the opinion tells of each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.cleaner.text.context import find_span, span_features
from tests.cleaner.lines import OTHER, PARAGRAPH, THIRD, chances, lines

SHORT = "The first days"


@pytest.mark.parametrize(
    ("page", "chance", "span"),
    [
        ((PARAGRAPH, OTHER, THIRD), (0.9, 0.9, 0.9), (0, 2)),
        (("Home", PARAGRAPH, OTHER, "Contact"), (0.01, 0.9, 0.9, 0.01), (1, 2)),
        ((PARAGRAPH, "Share", OTHER), (0.9, 0.01, 0.9), (0, 2)),
        ((PARAGRAPH, *["Share", "Save", "Print"], OTHER), (0.9, 0.01, 0.01, 0.01, 0.9), (0, 4)),
        ((PARAGRAPH, OTHER, *["Links"] * 40, SHORT), (0.9, 0.9, *[0.01] * 40, 0.9), (0, 1)),
        ((SHORT, *["Links"] * 40, PARAGRAPH, OTHER), (0.9, *[0.01] * 40, 0.9, 0.9), (41, 42)),
        ((PARAGRAPH,), (0.9,), (0, 0)),
        ((PARAGRAPH, OTHER), (0.1, 0.1), (0, 0)),
    ],
    ids=[
        "all", "between menus", "over a nuisance", "over three", "not to a line far below", "not from one far above",
        "one line", "nothing likely",
    ],
)  # fmt: skip
def test_the_article_is_the_run_of_lines_that_are_likely(
    page: tuple[str, ...], chance: tuple[float, ...], span: tuple[int, int]
) -> None:
    assert find_span(chances(*chance), lines(*page)) == span


def test_a_long_line_holds_more_together_than_a_short_one() -> None:
    nuisances = ["Links"] * 12
    long = find_span(chances(0.99, *[0.01] * 12, 0.99), lines(PARAGRAPH, *nuisances, OTHER))
    short = find_span(chances(0.99, *[0.01] * 12, 0.99), lines(PARAGRAPH, *nuisances, SHORT))
    assert (long, short) == ((0, 13), (0, 0))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_article_begins_and_ends_within_the_capture(chance: list[float]) -> None:
    start, end = find_span(chances(*chance), lines(*[PARAGRAPH] * len(chance)))
    assert 0 <= start <= end < len(chance)


def test_a_line_sees_the_opinions_of_its_neighbours() -> None:
    seen = span_features(chances(0.1, 0.2, 0.3), lines("Home", PARAGRAPH, OTHER))
    assert seen["opinion +0"].tolist() == [0.1, 0.2, 0.3]
    assert seen["opinion -1"].tolist() == [0.0, 0.1, 0.2]
    assert seen["opinion +1"].tolist() == [0.2, 0.3, 0.0]
    assert seen["opinion +6"].tolist() == [0.0, 0.0, 0.0]


def test_a_line_sees_how_much_of_the_article_lies_before_and_after_it() -> None:
    seen = span_features(chances(0.5, 1.0, 0.5), lines(PARAGRAPH, OTHER, THIRD))
    assert seen["opinion so far"].tolist() == [0.0, 0.5, 1.5]
    assert seen["opinion to come"].tolist() == [1.5, 0.5, 0.0]


def test_a_line_sees_where_the_article_begins_and_ends() -> None:
    seen = span_features(chances(0.01, 0.9, 0.9, 0.01), lines("Home", PARAGRAPH, OTHER, "Contact"))
    assert seen["from start"].tolist() == [-1.0, 0.0, 1.0, 2.0]
    assert seen["to end"].tolist() == [2.0, 1.0, 0.0, -1.0]
    assert seen["inside"].tolist() == [0.0, 1.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("text", "share"),
    [("Ferry and harbour", 1.0), ("Ferry and bakery", 0.5), ("Bakery and butcher", 0.0), ("Ice", 0.0)],
    ids=["all", "half", "none", "words too short"],
)
def test_a_line_sees_how_much_of_the_articles_words_it_shares(text: str, share: float) -> None:
    seen = span_features(chances(0.9, 0.9, 0.1), lines(PARAGRAPH, OTHER, text))
    assert seen["shared"][2] == pytest.approx(share)


def test_a_line_does_not_share_words_with_itself() -> None:
    seen = span_features(chances(0.9, 0.9), lines("Seagulls everywhere over there", PARAGRAPH))
    assert seen["shared"][0] == 0.0


def test_every_column_has_a_figure_for_every_line() -> None:
    seen = span_features(chances(0.9, 0.1), lines(PARAGRAPH, "Contact"))
    assert {len(column) for column in seen.values()} == {2}
    assert all(np.isfinite(column).all() for column in seen.values())
