"""Number words of English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen.narration.languages.en.numbers import (
    cardinal,
    decade,
    digits,
    fraction,
    halves,
    number,
    ordinal,
    year,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (21, "twenty-one"),
        (100, "one hundred"),
        (101, "one hundred one"),
        (999, "nine hundred ninety-nine"),
        (1000, "one thousand"),
        (1001, "one thousand one"),
        (12_345, "twelve thousand three hundred forty-five"),
        (1_000_000, "one million"),
        (1_000_001, "one million one"),
        (7_000_000_000, "seven billion"),
        (10**24, "one septillion"),
        (-5, "minus five"),
    ],
)
def test_cardinals(value: int, words: str) -> None:
    assert cardinal(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1, "first"),
        (2, "second"),
        (3, "third"),
        (4, "fourth"),
        (5, "fifth"),
        (8, "eighth"),
        (9, "ninth"),
        (12, "twelfth"),
        (20, "twentieth"),
        (21, "twenty-first"),
        (100, "one hundredth"),
        (1000, "one thousandth"),
        (1_000_000, "one millionth"),
    ],
)
def test_ordinals(value: int, words: str) -> None:
    assert ordinal(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1066, "ten sixty-six"),
        (1100, "eleven hundred"),
        (1776, "seventeen seventy-six"),
        (1900, "nineteen hundred"),
        (1901, "nineteen oh one"),
        (1999, "nineteen ninety-nine"),
        (2000, "two thousand"),
        (2001, "two thousand one"),
        (2009, "two thousand nine"),
        (2010, "twenty ten"),
        (2024, "twenty twenty-four"),
        (2100, "twenty-one hundred"),
        (79, "seventy-nine"),
        (476, "four seventy-six"),
    ],
)
def test_years(value: int, words: str) -> None:
    assert year(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1990, "nineteen nineties"),
        (1900, "nineteen hundreds"),
        (2000, "two thousands"),
        (2010, "twenty tens"),
        (60, "sixties"),
    ],
)
def test_decades(value: int, words: str) -> None:
    assert decade(value) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1,234.50", "one thousand two hundred thirty-four point five zero"),
        ("0.05", "zero point zero five"),
        (".5", "point five"),
        ("-3", "minus three"),
        ("+3", "three"),
        ("5.", "five"),
        ("1" * (28), " ".join(["one"] * (28))),
    ],
)
def test_numbers_as_they_are_written(text: str, words: str) -> None:
    assert number(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("360", "three sixty"),
        ("101", "one oh one"),
        ("300", "three hundred"),
        ("2788", "twenty-seven eighty-eight"),
        ("1500", "fifteen hundred"),
        ("2000", "two thousand"),
        ("1005", "one zero zero five"),
        ("055", "zero five five"),
        ("12", "twelve"),
    ],
)
def test_numbers_that_name_are_said_in_pairs(text: str, words: str) -> None:
    assert halves(text) == words


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        (1, 2, "one half"),
        (3, 2, "three halves"),
        (1, 4, "one quarter"),
        (2, 3, "two thirds"),
        (1, 100, "one hundredth"),
    ],
)
def test_fractions(numerator: int, denominator: int, words: str) -> None:
    assert fraction(numerator, denominator) == words


def test_digits_are_said_one_by_one() -> None:
    assert digits("50-05") == "five zero zero five"


@given(st.integers(0, 10**27 - 1))
def test_every_number_has_words_and_no_figure(value: int) -> None:
    words = cardinal(value)
    assert words.replace(" ", "").replace("-", "").isalpha()
    assert "  " not in words


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_different_numbers_have_different_words(one: int, other: int) -> None:
    assert (cardinal(one) == cardinal(other)) == (one == other)
    assert (ordinal(one) == ordinal(other)) == (one == other)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("1,00,000", "one lakh"),
        ("12,34,567", "twelve lakh thirty-four thousand five hundred sixty-seven"),
        ("100,000", "one hundred thousand"),
        ("1,234,567", "one million two hundred thirty-four thousand five hundred sixty-seven"),
    ],
)
def test_lakhs_are_said_where_they_are_written(written: str, spoken: str) -> None:
    assert number(written) == spoken
