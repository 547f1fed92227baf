"""Initialisms, designations, Roman numerals, addresses."""

from __future__ import annotations

import pytest

from audiogen import normalize
from audiogen.narration.languages.european.words import pronounceable, roman_value


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("I", 1), ("IV", 4), ("XIX", 19), ("ХХІ", 21), ("MCMXCIX", 1999), ("IIX", 0), ("VV", 0), ("", 0)],
)
def test_a_roman_numeral_is_read_in_either_alphabet_if_it_is_proper(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


@pytest.mark.parametrize(
    ("word", "shortest", "spoken"), [("UNIDO", 4, True), ("BIP", 4, False), ("BIP", 3, True), ("FMI", 3, False)]
)
def test_an_acronym_is_said_if_it_reads_like_a_word(word: str, shortest: int, spoken: bool) -> None:
    assert pronounceable(word, "AEIOU", shortest) is spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("de", "https://www.beispiel.de/a-b", "beispiel Punkt de Schrägstrich a Minus b"),
        ("es", "www.ejemplo.es", "ejemplo punto es"),
        ("uk", "https://gov.ua", "gov крапка ua"),
        ("fr", "l'A320neo", "l'A trois cent vingt neo"),
        ("pl", "T-72B3", "te siedemdziesiąt dwa be trzy"),
        ("de", "U.S.A.", "U S A."),
        ("de", "2 PCs", "zwei P Cs"),
        ("de", "x007y", "x null null sieben y"),
        ("de", "x123456y", "x hundertdreiundzwanzigtausendvierhundertsechsundfünfzig y"),
        ("de", "x1234567y", "x eins zwei drei vier fünf sechs sieben y"),
        ("de", "die DNS", "die D N S"),
        ("de", "Bspw. so", "Beispielsweise so"),
        ("de", "bspw. so", "beispielsweise so"),
        ("de", "Z.B. so", "Zum Beispiel so"),
        ("de", "Die AfD und die GmbH", "Die A F D und die G M B H"),
        ("de", "Der Lkw-Fahrer", "Der L K W-Fahrer"),
        ("de", "Hartz IV bleibt", "Hartz vier bleibt"),
        ("de", "Angaben in °C", "Angaben in Grad Celsius"),
        ("it", "il CdA di FdI", "il ci di a di effe di i"),
        ("pt", "o CHEGA e a SIC", "o CHEGA e a SIC"),
        ("uk", "ЗМІ і ДТЕК", "ЗМІ і ДТЕК"),
        ("ru", "СМИ и ВВП", "СМИ и вэ вэ пэ"),
        ("pl", "OIOM, WOŚP i GDDKiA", "OIOM, WOŚP i gie de de ka i a"),
        ("es", "el 8M y el 11-S", "el ocho eme y el once ese"),
        ("it", "ATTACCO RUSSO A KIEV", "Attacco russo a kiev"),
    ],
)
def test_what_is_no_word_is_said_in_words(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken
