"""Times of day, from one to another, and what only looks like one."""

from __future__ import annotations

import pytest

from audiogen import normalize

TIMES = [
    ("de", "um 0.15 Uhr", "um null Uhr fünfzehn"),
    ("de", "um 18:30", "um achtzehn Uhr dreißig"),
    ("de", "ab 18:30", "ab achtzehn Uhr dreißig"),
    ("de", "18:30 Nachrichten", "achtzehn Uhr dreißig Nachrichten"),
    ("fr", "à 0h15", "à zéro heure quinze"),
    ("fr", "à 21h", "à vingt et une heures"),
    ("fr", "à 7 h 05", "à sept heures cinq"),
    ("es", "a las 0:15", "a las cero quince"),
    ("es", "a las 18:30 h", "a las dieciocho treinta horas"),
    ("es", "1 h 30 min", "una hora treinta"),
    ("es", "2h30", "dos horas treinta"),
    ("es", "a las 12:30 p. m. en Lima", "a las doce treinta del mediodía en Lima"),
    ("it", "alle 0.15", "alle zero e quindici"),
    ("it", "dall'1 di notte", "dall'una di notte"),
    ("it", "alle ore 9.30", "alle ore nove e trenta"),
    ("pt", "à 1h30", "à uma hora e trinta"),
    ("pt", "5 h", "cinco horas"),
    ("uk", "о 00:15", "о нуль п'ятнадцять"),
    ("uk", "о 8 годині", "о восьмій годині"),
    ("uk", "о 8 ранку", "о восьмій ранку"),
    ("uk", "на 19 годину", "на дев'ятнадцяту годину"),
    ("uk", "за 8 годин", "за вісім годин"),
    ("uk", "на 14:30", "на чотирнадцяту тридцять"),
    ("ru", "в 00:15", "в ноль пятнадцать"),
    ("ru", "в 5 утра", "в пять утра"),
    ("ru", "к 21:00", "к двадцати одному часам"),
    ("pl", "o 0:15", "o zero piętnaście"),
    ("pl", "na 14.30", "na czternastą trzydzieści"),
    ("pl", "o 8 rano", "o ósmej rano"),
    ("pl", "do 22 w nocy", "do dwudziestej drugiej w nocy"),
    ("pl", "o 8 osób", "o osiem osób"),
]


HOURS = [
    ("de", "9:00–18:00 Uhr", "neun Uhr bis achtzehn Uhr"),
    ("de", "8.15–9.45 Uhr", "acht Uhr fünfzehn bis neun Uhr fünfundvierzig"),
    ("fr", "8h-10h30", "huit heures à dix heures trente"),
    ("fr", "de 9h à 17h", "de neuf heures à dix-sept heures"),
    ("es", "de 9:00 a 14:00", "de nueve a catorce"),
    ("pt", "9h-17h", "nove horas a dezassete horas"),
    ("uk", "8:00–10:30", "з восьмої до десятої тридцять"),
    ("uk", "з 8:00–10:30", "з восьмої до десятої тридцять"),
    ("ru", "8:00–10:30", "с восьми до десяти тридцати"),
    ("ru", "от 8:00–10:30", "от восьми до десяти тридцати"),
    ("pl", "8:00–10:30", "od ósmej do dziesiątej trzydzieści"),
    ("pl", "od 8:00–10:30", "od ósmej do dziesiątej trzydzieści"),
    ("pl", "w godz. 9–17", "w godzinach od dziewiątej do siedemnastej"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), TIMES, ids=[f"{tag} {text}" for tag, text, _ in TIMES])
def test_a_time_is_said_in_words(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), HOURS, ids=[f"{tag} {text}" for tag, text, _ in HOURS])
def test_hours_from_to_are_said(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken
