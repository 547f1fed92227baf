"""What an engine is given for an utterance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from audiogen.engines.marking import (
    Marked,
    marked,
    marked_for_espeak,
    mnemonics_of,
    part_of,
    pieces,
    sounds_of,
    stretches,
)
from audiogen.model import Pronunciation, Saying
from tests.engines.conftest import say

KYIV = Pronunciation(3, 10, Saying.IPA, "Kyiv", "ˈkiːjɪv", (("piper", "kˈijɪu"),))


def texts(spoken: str, *pronunciations: Pronunciation) -> list[str]:
    return [spoken[part.start : part.end] for part in stretches(say(spoken, pronunciations=pronunciations))]


def espeak(text: str, language: str, *pronunciations: Pronunciation, engine: str = "") -> str:
    inline = sounds_of(language, engine) if engine else mnemonics_of(language)
    return "".join(
        piece.text for _, piece in marked_for_espeak(say(text, pronunciations=pronunciations), language, 800, inline)
    )


def test_letters_are_found_in_a_script_without_pronunciations() -> None:
    assert texts("The F B I's plan A for M P's, Mister B Smith") == ["F B I's", "M P's"]


def test_pronunciations_include_the_ending_behind_them() -> None:
    assert texts("In kee-yiv's north", KYIV) == ["kee-yiv's"]
    assert texts("In kee-yivs north", KYIV) == ["kee-yiv"]


def test_a_pronunciation_that_does_not_fit_the_text_is_passed_over() -> None:
    assert texts("In", KYIV) == []
    assert texts("In kee-yiv", KYIV, Pronunciation(5, 8, Saying.LETTERS)) == ["kee-yiv"]


def test_espeak_and_piper_are_given_phonemes_inside_the_text() -> None:
    assert espeak("In kee-yiv's [x] F B I", "en", KYIV) == "In [[k'i:jIvz]] (x) F.B.I"
    assert espeak("In kee-yiv", "en", KYIV, engine="piper") == "In [[kˈijɪu]]"
    assert espeak("In kee-yiv", "en", KYIV, engine="other") == "In [[kˈiːjɪv]]"


def test_without_phonemes_the_spoken_text_is_given() -> None:
    given = marked_for_espeak(say("In kee-yiv [x]", pronunciations=(KYIV,)), "en", 800)
    assert [piece.text for _, piece in given] == ["In kee-yiv [x]"]


def test_english_sounds_are_not_given_to_voices_of_other_languages() -> None:
    assert espeak("In kee-yiv", "de", KYIV) == "In kee-yiv"


def test_a_letter_alone_is_said_by_its_name() -> None:
    assert espeak("An A ten", "en-US", Pronunciation(3, 4, Saying.LETTERS)) == "An [['eI]] ten"


def test_a_text_is_not_cut_inside_a_stretch() -> None:
    text = "Behind us the F B I A E A met."
    cut = list(pieces(text, stretches(say(text)), "en", 20))
    assert [piece.text for piece in cut] == ["Behind us the ", "F B I A E A met."]
    assert [(piece.offset, [part[:2] for part in piece.stretches]) for piece in cut] == [(0, []), (14, [(0, 11)])]


def test_a_stretch_longer_than_a_piece_is_plain_text() -> None:
    text = "F B I A E A"
    cut = list(pieces(text, stretches(say(text)), "en", 5))
    assert "".join(piece.text for piece in cut) == text
    assert all(not piece.stretches for piece in cut)


@given(st.lists(st.sampled_from(["F B I", "word", "of", "U S's", "A", ",", "[x]"]), max_size=12), st.integers(5, 40))
def test_places_in_what_is_given_lead_back(words: list[str], longest: int) -> None:
    text = " ".join(words)
    for piece in pieces(text, stretches(say(text)), "pl", longest):
        assert text[piece.offset : piece.offset + len(piece.text)] == piece.text
        given = marked(piece.text, piece.stretches, ["<" * 9] * len(piece.stretches))
        for place, character in enumerate(given.text):
            if character != "<":
                assert piece.text[given.spoken(place)] == character


def test_a_part_of_what_is_given_stands_for_the_whole_stretch() -> None:
    given = Marked("to [[xxxxxx]] it", ((3, 13, 3, 6),))
    assert given.spoken_span(5, 11) == (3, 6)
    assert given.spoken_span(0, 2) == (0, 2)
    assert given.spoken_span(14, 16) == (7, 9)


def test_a_part_of_an_utterance_keeps_its_pronunciations() -> None:
    whole = say("Now in kee-yiv, F B I", pronunciations=(Pronunciation(7, 14, Saying.IPA, "Kyiv", "ˈkiːjɪv"),))
    part = part_of(whole, 4, "in kee-yiv, ")
    assert [part.spoken[spoken.start : spoken.end] for spoken in part.pronunciations] == ["kee-yiv"]
    assert part_of(whole, 16, "F B I").pronunciations == ()
