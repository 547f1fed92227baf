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


def test_what_is_least_like_english_comes_first_with_its_count_and_where_it_stands() -> None:
    found = doubtful_words(["Nguyen met Garrelton.", "Xqvoth, said Nguyen, and Nguyen’s plan."], Lexicon())
    assert [(doubt.written, doubt.count) for doubt in found] == [("Xqvoth", 1), ("Garrelton", 1), ("Nguyen", 3)]
    assert found[0].context == "Xqvoth, said Nguyen, and Nguyen’s plan."
    assert found[0].surprise > found[1].surprise


def test_a_long_line_is_cut_between_words() -> None:
    line = "word " * 20 + "Xqvoth" + " word" * 20
    (found,) = doubtful_words([f"Before.\n{line}\nAfter."], Lexicon())
    assert found.context.startswith("…word ")
    assert found.context.endswith(" word…")
    assert len(found.context) < 100


def test_each_is_shown_as_it_is_said_now() -> None:
    (found,) = doubtful_words(["The UNIDO report."], Lexicon())
    assert found.spoken == "Unido"


KINDS = [
    ("The UNIDOX report.", {"UNIDOX": "initialism"}),
    ("The UNIDOXI report.", {}),
    ("The UXQZ report.", {"UXQZ": "initialism"}),
    ("The UXQ report.", {}),
    ("A xqvo there.", {"xqvo": "word"}),
    ("A xqv there.", {}),
    ("It was. Harbour lights.", {}),
    ("At the Zzyzx quay.", {"Zzyzx": "name"}),
]


@pytest.mark.parametrize(("text", "found"), KINDS, ids=[text for text, _ in KINDS])
def test_a_doubtful_word_has_its_length(text: str, found: dict[str, str]) -> None:
    assert doubts(text) == found


def test_a_short_text_is_given_whole() -> None:
    (found,) = doubtful_words(["In the end they met Xqvoth."], Lexicon())
    assert found.context == "In the end they met Xqvoth."
