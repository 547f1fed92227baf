"""One text, written to spoken, with its alignment and its marks."""

from __future__ import annotations

import pytest

from audiogen.narration.packs import SILENT, Pack, load_pack
from audiogen.narration.rewriting import DIGIT, Rule
from audiogen.narration.speaking import say, spoken_and_aligned

PACK = load_pack("en") or SILENT


def tied(text: str, pack: Pack = PACK) -> list[tuple[str, str]]:
    """List the spoken words of *text* with the written ones they are tied to."""
    spoken, spans, _ = spoken_and_aligned(text, pack)
    return [(spoken[s.spoken_start : s.spoken_end], text[s.written_start : s.written_end]) for s in spans]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("It rained.", [("It", "It"), ("rained.", "rained.")], id="copied words"),
        pytest.param("on Sept. 6", [("on", "on"), ("September", "Sept. 6"), ("sixth", "Sept. 6")], id="a date"),
        pytest.param("$5 each", [("five", "$5"), ("dollars", "$5"), ("each", "each")], id="a sum"),
        pytest.param("the FBI", [("the", "the"), ("F", "FBI"), ("B", "FBI"), ("I", "FBI")], id="letters"),
        pytest.param("Dr. Lee", [("Doctor", "Dr."), ("Lee", "Lee")], id="a title"),
        pytest.param("a (b) c", [("a,", "a ("), ("b,", "b) "), ("c", "c")], id="brackets"),
        pytest.param("5% of", [("five", "5%"), ("percent", "5%"), ("of", "of")], id="a percentage"),
        pytest.param("A&E", [("A", "A&E"), ("and", "A&E"), ("E", "A&E")], id="letters and letters"),
        pytest.param("it’s 5", [("it's", "it’s"), ("five", "5")], id="a curly quote"),
        pytest.param("the ﬁrst", [("the", "the"), ("first", "ﬁrst")], id="a ligature"),
        pytest.param("soft\u00adly 5", [("softly", "soft\u00adly"), ("five", "5")], id="a soft hyphen"),
        pytest.param("over [12] there", [("over", "over"), ("there", "there")], id="a note's mark"),
        pytest.param("", [], id="nothing"),
        pytest.param("★", [], id="nothing heard"),
    ],
)
def test_spoken_words_are_tied_to_written_ones(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [(spoken, written.strip()) for spoken, written in tied(text)] == [(s, w.strip()) for s, w in pairs]


def test_a_word_of_two_stretches_is_tied_to_both() -> None:
    assert tied("155mm-wide")[-1] == ("millimeter-wide", "155mm-wide")


@pytest.mark.parametrize(
    ("text", "marks", "spoken"),
    [
        pytest.param("a (b) c", {"bracket": ";"}, "a; b; c", id="brackets"),
        pytest.param("a — b", {"dash": "..."}, "a... b", id="dashes"),
        pytest.param("a — b (c)", {"dash": "...", "bracket": ";"}, "a... b; c", id="both"),
        pytest.param("He said: go", {"colon": ","}, "He said, go", id="colons"),
        pytest.param("Well… no", {"ellipsis": ","}, "Well, no", id="dots"),
        pytest.param("a (b) c", {}, "a, b, c", id="the usual ones"),
    ],
)
def test_marks_of_pauses_can_be_chosen(text: str, marks: dict[str, str], spoken: str) -> None:
    assert spoken_and_aligned(text, PACK, marks=marks)[0] == spoken


def test_what_was_said_is_read_again_until_it_stays() -> None:
    assert say("€5WSJ") == say(say("€5WSJ"))


@pytest.mark.parametrize("text", ["  It cost $5.\n", "\tIt cost $5.", "It cost $5.   "])
def test_white_space_around_is_not_said(text: str) -> None:
    assert say(text) == "It cost five dollars."


@pytest.mark.parametrize("language", ["fi", "xx", ""])
def test_without_a_pack_words_and_numbers_are_left(language: str) -> None:
    assert say("Se maksaa 5 kr ★", language) == "Se maksaa 5 kr"


def test_another_grammar_may_go_before_the_packs() -> None:
    rule = Rule("seven", [DIGIT], "7", lambda match: "lucky")
    pack = Pack("xx", (rule,))
    assert spoken_and_aligned("7 or 8", PACK, pack.grammar)[0] == "lucky or 8"


def test_a_headline_in_capitals_is_tied_to_its_capitals() -> None:
    assert tied("FIRE KILLS 3") == [("Fire", "FIRE"), ("Kills", "KILLS"), ("three", "3")]
