"""Which stretches of what is said are letters."""

from __future__ import annotations

import pytest

from audiogen.model import Article, Block, Saying
from audiogen.narration import narrate


def letters(text: str, language: str = "en") -> list[str]:
    (utterance,) = narrate(Article(blocks=(Block(text),), language=language)).utterances
    parts = [part for part in utterance.pronunciations if part.kind is Saying.LETTERS]
    return [utterance.spoken[part.start : part.end] for part in parts]


@pytest.mark.parametrize(
    ("written", "spelled"),
    [
        ("The FBI and the MPs met.", ["F B I", "M P"]),
        ("The U.S. Air Force and NATO met.", ["U S"]),
        ("An A-10 and a B-52 flew.", ["A", "B"]),
        ("I think plan A is right.", []),
        ("A I that was written so stays.", []),
        ("He read M&S news.", ["M", "S"]),
        ("“The IAEA’s office”, it said.", ["I A E A"]),
        ("No letters here.", []),
    ],
)
def test_letters_that_a_rule_has_parted_are_told(written: str, spelled: list[str]) -> None:
    assert letters(written) == spelled


def test_letters_of_another_language_are_told_as_well() -> None:
    assert letters("Das sagte die SPD am Montag.", "de") == ["S P D"]


def test_places_hold_where_a_word_of_another_script_is_written_in_latin_letters() -> None:
    assert letters("At Щукіно the FBI met.") == ["F B I"]
