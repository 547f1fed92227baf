"""Words a voice is likely to get wrong."""

from __future__ import annotations

import pytest

from audiogen.narration.doubtful import doubtful_words
from audiogen.narration.lexicon import Lexicon, lexicon_of


def doubts(text: str, lexicon: Lexicon | None = None) -> dict[str, str]:
    return {doubt.written: doubt.kind for doubt in doubtful_words([text], lexicon or Lexicon())}


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("They went to Zaporizhzhia by car.", "Zaporizhzhia", "name"),
        ("The mayor, Rzeszów's first, spoke.", "Rzeszów", "name"),
        ("Nguyen spoke.", "Nguyen", "name"),
        ("The UNIDO report was read.", "UNIDO", "initialism"),
        ("They flew an eXTOL home.", "eXTOL", "word"),
        ("A Volkov-Petrenko deal was struck.", "Petrenko", "name"),
    ],
)
def test_names_and_acronyms_without_a_rule_are_listed(text: str, word: str, kind: str) -> None:
    assert doubts(text).get(word) == kind


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Springfield, Mr. Miller, met the FBI, NATO and UNESCO in Boston.",
        "McDonald and DeSantis, O'Neil and Smith-Jones spoke.",
        "It was a HUGE win, BREAKING all records.",
        "Mr. Brown is Iraqi; his wife is Israeli.",
    ],
)
def test_known_words_are_not_listed(text: str) -> None:
    assert doubts(text) == {}


def test_words_of_the_lexicon_are_not_listed() -> None:
    lexicon = lexicon_of([{"written": "Zaporizhzhia", "say": "zapo-REE-zha"}], "test")
    assert doubts("They went to Zaporizhzhia.", lexicon) == {}


def test_the_most_frequent_come_first_with_their_counts() -> None:
    found = doubtful_words(["Nguyen met Petrenko.", "Nguyen's plan, and Nguyen."], Lexicon())
    assert [(doubt.written, doubt.count) for doubt in found] == [("Nguyen", 3), ("Petrenko", 1)]


def test_each_is_shown_as_it_is_said_now() -> None:
    (found,) = doubtful_words(["The UNIDO report."], Lexicon())
    assert found.spoken == "Unido"
