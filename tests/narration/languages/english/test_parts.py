"""What the rules of English ask of the words around a match."""

from __future__ import annotations

import re

import pytest

from audiogen.narration.languages.en.designations import say_model
from audiogen.narration.languages.en.money import SIGNS, money
from audiogen.narration.languages.en.parts import stop_after, word_after, word_before
from audiogen.narration.languages.en.quantities import plural
from audiogen.narration.patterns import choice, roman_value


def found(text: str, pattern: str = "X\\.?") -> re.Match[str]:
    match = re.search(pattern, text)
    assert match is not None
    return match


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("in X", "in"),
        ("The X", "the"),
        ("(see X", "see"),
        ("U.S. X", "u.s"),
        ("X", ""),
        ("it's X", "it's"),
        ("a, X", "a"),
        ("5 X", ""),
    ],
)
def test_the_word_before(text: str, word: str) -> None:
    assert word_before(found(text)) == word


@pytest.mark.parametrize(
    ("text", "word"), [("X of", "of"), ("X-ray", "ray"), ("X, of", ""), ("X", ""), ("X 5", ""), ("X Boston", "Boston")]
)
def test_the_word_behind(text: str, word: str) -> None:
    assert word_after(found(text, "X")) == word


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("in X.", "."),
        ("in X. The end", "."),
        ('in X." The end', "."),
        ("in X. (The end)", "."),
        ("in X. of", ""),
        ("in X. Boston", ""),
        ("in X., of", ""),
        ("in X. 5", ""),
        ("in X", ""),
        ("in X. A&T", ""),
    ],
)
def test_the_full_stop_of_an_abbreviation_may_end_the_sentence_too(text: str, stop: str) -> None:
    assert stop_after(found(text)) == stop


def test_the_longest_choice_is_tried_first() -> None:
    match = re.match(choice(["m", "mm", "m²"]), "mm")
    assert match is not None
    assert match[0] == "mm"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("I", 1),
        ("IV", 4),
        ("IX", 9),
        ("XIV", 14),
        ("XL", 40),
        ("LVIII", 58),
        ("MCMXCIX", 1999),
        ("IIX", 0),
        ("VV", 0),
        ("", 0),
    ],
)
def test_roman_numerals_are_read(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("sixteen", "sixteens"),
        ("one fifty", "one fifties"),
        ("fifty-six", "fifty-sixes"),
        ("thirty-five A", "thirty-five A's"),
    ],
)
def test_several_of_a_number(words: str, many: str) -> None:
    assert plural(words) == many


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("16", "sixteen"),
        ("360", "three sixty"),
        ("777", "triple seven"),
        ("2.5", "two point five"),
        ("007", "zero zero seven"),
    ],
)
def test_numbers_of_models(text: str, spoken: str) -> None:
    assert say_model(text) == spoken


@pytest.mark.parametrize(
    ("amount", "magnitude", "sign", "attributive", "spoken"),
    [
        ("1", None, "$", False, "one dollar"),
        ("1.00", None, "£", False, "one pound"),
        ("2.01", None, "£", False, "two pounds and one penny"),
        ("0.50", None, "€", False, "fifty cents"),
        ("3", "bn", "€", True, "three billion euro"),
        ("5", None, "$", True, "five dollar"),
        ("1.5", None, "₿", False, "one point five bitcoin"),
    ],
)
def test_sums(amount: str, magnitude: str | None, sign: str, attributive: bool, spoken: str) -> None:
    assert money(amount, magnitude, SIGNS[sign], attributive) == spoken
