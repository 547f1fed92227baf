"""What words say of a block: its terms, their weights, the outlet's name among them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.cleaner.models import HTML
from audiogen.cleaner.models.model import load
from audiogen.cleaner.models.word_weights import article_log_odds, log_odds_of_terms, terms, with_outlet


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Call now", {"^", "$", "call", "now", "^_call", "call_now", "now_$", "^^call_now_$", "$$^_call_now"}),
        ("", {"^", "$", "^_$", "^^$", "$$^"}),
        ("¡!", {"^", "!", "$", "^_!", "!_$", "^^!_$", "$$^_!"}),
    ],
    ids=["words", "nothing", "a sign"],
)
def test_a_text_has_its_words_their_pairs_and_its_ends(text: str, held: set[str]) -> None:
    assert terms(text) == held


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("It froze in 2024", "in_0"),
        ("The harbour’s ice", "harbour's"),
        ("READ MORE", "read_more"),
        ("Ready?", "?"),
        ("Read more »", "»"),
        ("© Northern Post", "©_northern"),
        ("Порт замёрз", "порт_замёрз"),
    ],
)
def test_terms_are_folded(text: str, term: str) -> None:
    assert term in terms(text)


@pytest.mark.parametrize(
    ("text", "names", "words"),
    [
        ("at acme we", ["acme"], "at HOUSE we"),
        ("the harbor ledger says", ["harborledger"], "the HOUSE says"),
        ("harbor ledger daily news", ["harborledgerdaily", "harborledger"], "HOUSE news"),
        ("the harbor is frozen", ["harborledger"], "the harbor is frozen"),
        ("one two three four", ["onetwothreefour"], "one two three four"),
        ("acme", ["acme"], "HOUSE"),
    ],
    ids=["a word", "two words", "the longest", "a part of it", "too many words", "all there is"],
)
def test_the_outlet_is_one_word_whatever_it_is_called(text: str, names: list[str], words: str) -> None:
    assert " ".join(with_outlet(text.split(), names)) == words


def test_the_outlet_is_known_within_a_text() -> None:
    assert "at_HOUSE" in terms("At Harbor-Ledger we print tides.", ("harborledger",))
    assert "at_harbor" in terms("At Harbor-Ledger we print tides.")


def test_the_log_odds_are_the_sum_of_the_weights_divided_by_the_root_of_the_number_of_terms() -> None:
    known = {"": 0.5, "ice": 1.0, "ferry": -3.0}
    assert log_odds_of_terms({"ice", "quay", "^", "$"}, known) == pytest.approx(0.5 + 1 / 2)
    assert log_odds_of_terms({"ice", "ferry", "^", "$"}, known) == pytest.approx(0.5 - 2 / 2)
    assert log_odds_of_terms(set(), known) == 0.5


@pytest.mark.parametrize(("weight", "most"), [(100.0, 4.0), (-100.0, -4.0)])
def test_the_log_odds_have_bounds(weight: float, most: float) -> None:
    assert log_odds_of_terms({"ice"}, {"": 0.0, "ice": weight}) == most


PLUGS = (
    "Contact us today to learn more about our services and schedule a free consultation.",
    "Sign up for our newsletter and get a free trial.",
    "Photo courtesy of the harbour office",
    "Check out our guide to learn more.",
)
PROSE = (
    "The harbour froze for the first time in thirty years, and no ferry left the quay that morning, officials said.",
    "“We had never seen it,” she said, “and my father had told me that he had.”",
)


@pytest.mark.parametrize("plug", PLUGS)
@pytest.mark.parametrize("prose", PROSE)
def test_plugs_lean_away_from_the_article(plug: str, prose: str) -> None:
    away, towards = article_log_odds([plug, prose], load(HTML).words)
    assert away < 0 < towards


def test_the_weights_are_numbers_of_words_that_say_something() -> None:
    known = load(HTML).words
    assert "" in known
    assert 500 < len(known) < 6000
    assert all(math.isfinite(weight) and (weight or not term) for term, weight in known.items())


@given(st.text(max_size=300), st.lists(st.text("abc", min_size=3, max_size=6), max_size=3))
def test_every_text_has_log_odds(text: str, names: list[str]) -> None:
    (found,) = article_log_odds([text], load(HTML).words, names)
    assert -4.0 <= found <= 4.0


def test_a_text_without_end_is_looked_at_in_part() -> None:
    assert len(terms("ice floe " * 100_000)) < 20
