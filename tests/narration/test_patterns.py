"""Signs and numerals that patterns of many languages share."""

from __future__ import annotations

import re
import unicodedata

import pytest

from audiogen.narration.patterns import VULGAR, roman_value, search_before

TENS = (("X", "IX", "V", "IV", "I"), ("C", "XC", "L", "XL", "X"), ("M", "CM", "D", "CD", "C"))


@pytest.mark.parametrize(("sign", "parts"), VULGAR.items())
def test_a_sign_of_a_fraction_has_the_value_that_unicode_gives_it(sign: str, parts: tuple[int, int]) -> None:
    assert parts[0] / parts[1] == pytest.approx(unicodedata.numeric(sign))


def numeral(number: int) -> str:
    """Write a number below 4,000 in Roman numerals, digit by digit."""
    text = "M" * (number // 1000)
    for power in (2, 1, 0):
        _, nine, five, four, one = TENS[power]
        digit = number // 10**power % 10
        text += {9: nine, 4: four}.get(digit) or five * (digit >= 5) + one * (digit % 5)
    return text


def test_every_proper_numeral_has_its_value() -> None:
    assert [roman_value(numeral(number)) for number in range(1, 4000)] == list(range(1, 4000))


@pytest.mark.parametrize("text", ["IIX", "IC", "VV", "MMMM", "XIVI", "ABC", ""])
def test_what_is_no_proper_numeral_has_none(text: str) -> None:
    assert roman_value(text) == 0


def test_what_stands_right_before_a_match_is_found() -> None:
    pattern = re.compile(r"[a-z]+ \Z")
    for text, found in (("ab 5", "ab "), ("ab, 5", None), ("5", None), ("a" * 59 + " 5", "a" * 59 + " ")):
        match = re.search("5", text)
        assert match is not None
        before = search_before(match, pattern)
        assert (before and before[0]) == found, text
