"""What the patterns of the rules share: forms, and the words around a match."""

from __future__ import annotations

import re

import pytest

from audiogen.narration.languages.european.parts import (
    after_numerals,
    before_numerals,
    first_words,
    name_before,
    spread,
    stop_after,
    word_before,
    words_after,
)
from audiogen.narration.patterns import choice


def found(pattern: str, text: str) -> re.Match[str]:
    """Find *pattern* in *text*, where it must be."""
    match = re.search(pattern, text)
    assert match is not None
    return match


def test_the_longest_of_the_forms_is_taken_and_none_is_a_pattern() -> None:
    forms = choice(["m", "m²", "mm", "p.", "$"])
    assert re.match(forms, "m²") is not None
    assert found(forms, "m²")[0] == "m²"
    assert found(forms, "p.")[0] == "p."
    assert re.match(forms, "px") is None


def test_a_form_is_triggered_by_its_first_word_or_sign() -> None:
    assert first_words(["Dr. med.", "z. B.", "€", "US$"]) == {"dr", "z", "€", "us"}


def test_each_form_of_a_key_is_an_entry() -> None:
    assert spread({"млн, млн.": "мільйон"}) == {"млн": "мільйон", "млн.": "мільйон"}


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("bis zum 5. Mai", "zum", "zum"),
        ("Ludwig 5", "ludwig", "Ludwig"),
        ("Seit (5", "seit", ""),
        ("Ende, 5", "", ""),
        ("5", "", ""),
        ("ca. 5", "ca", ""),
        ("Jean-Paul 5", "jean-paul", "Jean-Paul"),
    ],
)
def test_the_word_before_is_the_one_that_only_space_or_an_opening_parts(text: str, word: str, name: str) -> None:
    assert (word_before(found("5", text)), name_before(found("5", text))) == (word, name)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5 große rote Äpfel", ["große", "rote", "Äpfel"]),
        ("5-köpfig", ["köpfig"]),
        ("5, dann", []),
        ("5 (fünf)", []),
        ("5 Tage.", ["Tage"]),
    ],
)
def test_the_words_behind_end_where_punctuation_comes(text: str, words: list[str]) -> None:
    assert words_after(found("5", text)) == words


@pytest.mark.parametrize(
    ("text", "numeral", "before", "behind"),
    [
        ("siglos XIX y XX cayeron", "XX", "siglos", "cayeron"),
        ("siglos XIX y XX cayeron", "XIX", "siglos", "cayeron"),
        ("XIX e XX secolo", "XIX", "", "secolo"),
        ("XIX–XX століть", "XIX", "", "століть"),
        ("in the XIX, XX", "XX", "the", ""),
        ("Karl V kam", "V", "Karl", "kam"),
    ],
)
def test_numerals_in_a_row_share_their_words(text: str, numeral: str, before: str, behind: str) -> None:
    match = found(rf"\b{numeral}\b", text)
    assert (before_numerals(match), after_numerals(match)) == (before, behind)


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("Brot usw.", "."),
        ('Brot usw."', "."),
        ("Brot usw. und Wein", ""),
        ("Brot usw. Dann ging er.", "."),
        ("Brot usw. Peter kam.", ""),
        ("Brot usw. dann", ""),
    ],
)
def test_the_stop_of_an_abbreviation_is_given_back_where_a_sentence_ended(text: str, stop: str) -> None:
    assert stop_after(found(r"usw\.", text), {"dann"}) == stop


def test_what_has_no_stop_gives_none_back() -> None:
    assert stop_after(found("usw", "Brot usw")) == ""


@pytest.mark.parametrize(("length", "kept"), [(80, 80), (81, 80)])
def test_a_word_after_is_read_to_its_eightieth_character(length: int, kept: int) -> None:
    """Where each sign of a text may be a fraction and all of them are one word, the time would grow with its square."""
    assert words_after(found("5", f"5 {'½' * length}")) == ["½" * kept]
