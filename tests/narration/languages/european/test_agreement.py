"""Agreement: forms of nouns behind numbers, in Romance and Slavic languages."""

from __future__ import annotations

import pytest

from audiogen.narration.languages.es import LANGUAGE as SPANISH
from audiogen.narration.languages.european.forms import Form, Number, noun_of
from audiogen.narration.languages.fr import LANGUAGE as FRENCH
from audiogen.narration.languages.pl import LANGUAGE as POLISH
from audiogen.narration.languages.ru import LANGUAGE as RUSSIAN
from audiogen.narration.languages.uk import LANGUAGE as UKRAINIAN

HRYVNIA = noun_of("f гривня|гривні|гривень|гривні")
RUBLE = noun_of("m рубль|рубля|рублей|рубля")
ZLOTY = noun_of("m złoty|złote|złotych|złotego|złotym|złotymi|złotych")


@pytest.mark.parametrize(
    ("number", "case", "spoken"),
    [
        (1, "n", "одна гривня"),
        (1, "a", "одну гривню"),
        (2, "n", "дві гривні"),
        (11, "n", "одинадцять гривень"),
        (5, "g", "п'яти гривень"),
        (5, "d", "п'яти гривням"),
        (5, "i", "п'ятьма гривнями"),
        (5, "l", "п'яти гривнях"),
        (1000, "g", "тисячі гривень"),
        (200, "g", "двохсот гривень"),
    ],
)
def test_a_ukrainian_sum_is_declined(number: int, case: str, spoken: str) -> None:
    assert UKRAINIAN.counted(Number(number), HRYVNIA, Form(case)) == spoken


@pytest.mark.parametrize(
    ("number", "case", "spoken"),
    [
        (1, "n", "один рубль"),
        (3, "n", "три рубля"),
        (5, "g", "пяти рублей"),
        (5, "i", "пятью рублями"),
        (21, "g", "двадцати одного рубля"),
    ],
)
def test_a_russian_sum_is_declined(number: int, case: str, spoken: str) -> None:
    assert RUSSIAN.counted(Number(number), RUBLE, Form(case)) == spoken


@pytest.mark.parametrize(
    ("number", "case", "spoken"),
    [
        (1, "n", "jeden złoty"),
        (21, "n", "dwadzieścia jeden złotych"),
        (5, "i", "pięcioma złotymi"),
        (2, "g", "dwóch złotych"),
    ],
)
def test_a_polish_sum_is_declined(number: int, case: str, spoken: str) -> None:
    assert POLISH.counted(Number(number), ZLOTY, Form(case)) == spoken


@pytest.mark.parametrize("number", [1, 2, 3, 7, 21, 40, 100, 1991, 2000, 2024])
@pytest.mark.parametrize("case", "ngdail")
@pytest.mark.parametrize("gender", "mfnp")
def test_an_ordinal_has_every_form(number: int, case: str, gender: str) -> None:
    for language in (UKRAINIAN, RUSSIAN, POLISH):
        assert language.ordinal(number, Form(case, gender)).replace(" ", "").replace("'", "").isalpha()


@pytest.mark.parametrize(
    ("noun", "gender"), [("personas", "f"), ("días", "m"), ("canciones", "f"), ("euros", "m"), ("de", "")]
)
def test_the_gender_of_a_spanish_noun_is_read_off_its_ending(noun: str, gender: str) -> None:
    assert SPANISH.gender_of(noun) == gender


def test_french_counts_in_the_singular_below_two() -> None:
    million = noun_of("m million|millions")
    assert FRENCH.counted(Number(1, "5"), million) == "un virgule cinq million"
    assert FRENCH.many_of("deux millions", noun_of("m euro|euros")) == "deux millions d'euros"
