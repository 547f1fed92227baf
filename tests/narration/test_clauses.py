"""Long sentences are broken at clauses, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.narration.clauses import split_clauses

LONG = (
    "The council met on a rainy evening; it talked until midnight, and the mayor, who had said nothing, left early "
    "because the bridge was closed. Nobody minded."
)


def test_a_short_text_is_left_whole() -> None:
    assert split_clauses("A short one.", 50) == ("A short one.",)


@pytest.mark.parametrize(
    ("limit", "first"),
    [
        (145, LONG.removesuffix(" Nobody minded.")),
        (60, "The council met on a rainy evening;"),
        (34, "The council met on a rainy"),
    ],
    ids=["sentence", "semicolon", "words"],
)
def test_the_best_break_is_taken(limit: int, first: str) -> None:
    assert split_clauses(LONG, limit)[0] == first


def test_a_clause_is_better_than_a_comma_of_a_list() -> None:
    text = "He bought apples, pears, plums, and he left the shop"
    assert split_clauses(text, 40) == ("He bought apples, pears, plums,", "and he left the shop")


def test_a_break_that_leaves_a_crumb_is_passed_over() -> None:
    assert split_clauses("No; he would not go there again for all the world", 40)[0] != "No;"


def test_a_word_longer_than_the_limit_is_cut() -> None:
    assert split_clauses("a" * 25, 10) == ("a" * 10, "a" * 10, "a" * 5)


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves nothing"):
        split_clauses("text", 0)


def test_nothing_has_no_clauses() -> None:
    assert split_clauses("  ", 10) == ()


@given(st.text(alphabet="ab ,;.:and", max_size=80), st.integers(1, 30))
def test_no_piece_is_too_long_and_no_letter_is_lost(text: str, limit: int) -> None:
    pieces = split_clauses(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
