"""Sums, percentages and measures, by one of another and in metres."""

from __future__ import annotations

import pytest

from audiogen import normalize

PER = [
    ("de", "12,50 €/m²", "zwölf Euro fünfzig pro Quadratmeter"),
    ("de", "120 Einwohner/km²", "hundertzwanzig Einwohner pro Quadratkilometer"),
    ("de", "6 l/100 km", "sechs Liter pro hundert Kilometer"),
    ("de", "pro km²", "pro Quadratkilometer"),
    ("de", "je kWh", "je Kilowattstunde"),
    ("de", "€/kWh", "Euro pro Kilowattstunde"),
    ("fr", "15 €/m²", "quinze euros par mètre carré"),
    ("fr", "par m²", "par mètre carré"),
    ("fr", "120 km/h", "cent vingt kilomètres à l'heure"),
    ("es", "40 l/m²", "cuarenta litros por metro cuadrado"),
    ("es", "habitantes por km²", "habitantes por kilómetro cuadrado"),
    ("it", "15 €/mq", "quindici euro per metro quadrato"),
    ("pt", "15 €/m²", "quinze euros por metro quadrado"),
    ("uk", "5 грн/кг", "п'ять гривень на кілограм"),
    ("uk", "60 км/год", "шістдесят кілометрів на годину"),
    ("ru", "10 л/100 км", "десять литров на сто километров"),
    ("ru", "человек на км²", "человек на квадратный километр"),
    ("ru", "100 руб./т", "сто рублей за тонну"),
    ("pl", "6 zł/l", "sześć złotych na litr"),
]


LENGTHS = [
    ("de", "1,80 m", "ein Meter achtzig"),
    ("de", "8,12 m", "acht Meter zwölf"),
    ("de", "Er ist 1,93 m groß.", "Er ist einen Meter dreiundneunzig groß."),
    ("de", "12,50 m", "zwölf Komma fünf null Meter"),
    ("fr", "1,80 m", "un mètre quatre-vingts"),
    ("fr", "2,05 m", "deux virgule zéro cinq mètres"),
    ("es", "1,75 m", "un metro setenta y cinco"),
    ("it", "2,35 m", "due metri e trentacinque"),
    ("pt", "1,80 m", "um metro e oitenta"),
    ("uk", "1,80 м", "одна ціла і вісім десятих метра"),
]


ONES = [
    ("de", "mit 1 Euro", "mit einem Euro"),
    ("de", "für 1 Euro", "für einen Euro"),
    ("de", "um 1 Prozent", "um ein Prozent"),
    ("de", "nach 1 km", "nach einem Kilometer"),
    ("de", "kostet 1,99 €", "kostet einen Euro neunundneunzig"),
    ("de", "101 Euro", "hundertein Euro"),
    ("es", "el 1 %", "el uno por ciento"),
    ("es", "el 91 %", "el noventa y uno por ciento"),
    ("it", "l'1%", "l'uno per cento"),
    ("pt", "1%", "um por cento"),
    ("fr", "1 t", "une tonne"),
    ("uk", "за 1 грн", "за одну гривню"),
    ("ru", "за 1 тонну", "за одну тонну"),
]


THOUSANDS = [
    ("pt", "2 mil pessoas", "duas mil pessoas"),
    ("pt", "200 mil mulheres", "duzentas mil mulheres"),
    ("pt", "2 mil soldados", "dois mil soldados"),
    ("pt", "2 mil milhões", "dois mil milhões"),
    ("es", "200 mil personas", "doscientas mil personas"),
    ("ru", "1 000 000 женщин", "один миллион женщин"),
    ("ru", "2 000 000 рублей", "два миллиона рублей"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), PER, ids=[f"{tag} {text}" for tag, text, _ in PER])
def test_a_unit_by_another_is_one(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), LENGTHS, ids=[f"{tag} {text}" for tag, text, _ in LENGTHS])
def test_metres_and_centimetres_are_said_as_people_measure_themselves(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), ONES, ids=[f"{tag} {text}" for tag, text, _ in ONES])
def test_one_agrees_with_what_it_counts(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), THOUSANDS, ids=[f"{tag} {text}" for tag, text, _ in THOUSANDS]
)
def test_thousands_let_the_gender_through(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken
