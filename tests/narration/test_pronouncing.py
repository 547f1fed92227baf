"""Which stretches of what is said are letters."""

from __future__ import annotations

import pytest

from audiogen.model import Article, Block, Saying
from audiogen.narration import narrate
from audiogen.narration.entry import Entry
from audiogen.narration.lexicon import Lexicon
from audiogen.narration.script import Narration


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


@pytest.mark.parametrize(
    ("entry", "kinds"),
    [
        (Entry("Kyiv", ipa="ˈkijiu"), [Saying.IPA]),
        (Entry("Kyiv", letters=True), [Saying.LETTERS]),
        (Entry("Kyiv", say="kee-yiv"), [Saying.RESPELLED]),
        (Entry("Kyiv", word=True), []),
    ],
    ids=["ipa", "letters", "say", "word"],
)
def test_what_an_entry_of_the_word_list_says_is_told_by_its_kind(entry: Entry, kinds: list[Saying]) -> None:
    options = Narration(lexicons=(Lexicon({"Kyiv": entry}),))
    (utterance,) = narrate(Article(blocks=(Block("They met in Kyiv."),), language="en"), options).utterances
    assert [part.kind for part in utterance.pronunciations] == kinds
