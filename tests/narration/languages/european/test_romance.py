"""Genders, Roman numerals and ordinals of the Romance languages."""

from __future__ import annotations

import pytest

from audiogen import normalize

GENDERS = [
    ("es", "21 chicas", "veintiuna chicas"),
    ("es", "21 problemas", "veintiún problemas"),
    ("es", "501 denuncias", "quinientas una denuncias"),
    ("es", "1 de cada 3", "uno de cada tres"),
    ("fr", "21 victimes", "vingt et une victimes"),
    ("fr", "81 familles", "quatre-vingt-une familles"),
    ("fr", "1 mort", "un mort"),
    ("it", "1 solo caso", "un solo caso"),
    ("it", "1 zaino", "uno zaino"),
    ("it", "1 persona", "una persona"),
    ("pt", "2 soldados e 2 crianças", "dois soldados e duas crianças"),
    ("pt", "302 páginas", "trezentas e duas páginas"),
    ("pt", "1.002 turistas", "mil e dois turistas"),
]


NUMERALS = [
    ("es", "siglos XIX y XX", "siglos diecinueve y veinte"),
    ("es", "siglo V", "siglo quinto"),
    ("es", "XXV aniversario", "vigésimo quinto aniversario"),
    ("es", "Juan XXIII", "Juan veintitrés"),
    ("es", "Fernando VII", "Fernando séptimo"),
    ("es", "parte II", "parte dos"),
    ("es", "tipo II", "tipo dos"),
    ("fr", "le XV de France", "le quinze de France"),
    ("fr", "XXe-XXIe siècles", "vingtième-vingt et unième siècles"),
    ("fr", "Ier siècle", "premier siècle"),
    ("fr", "Henri IV", "Henri quatre"),
    ("fr", "Partie II", "Partie deux"),
    ("it", "XIX e XX secolo", "diciannovesimo e ventesimo secolo"),
    ("it", "VIII secolo", "ottavo secolo"),
    ("it", "Umberto I", "Umberto primo"),
    ("it", "parte II", "parte seconda"),
    ("pt", "séculos XIX e XX", "séculos dezanove e vinte"),
    ("pt", "nos sécs. XIX e XX", "nos séculos dezanove e vinte"),
    ("es", "el s. XIX", "el siglo diecinueve"),
    ("it", "nel sec. XIX", "nel secolo diciannovesimo"),
    ("pt", "D. João VI", "dom João sexto"),
    ("pt", "I República", "primeira República"),
    ("pt", "parte II", "parte dois"),
    # What is no numeral: all of them X, a list in capitals, a pronoun.
    ("es", "cromosomas XX", "cromosomas equis equis"),
    ("it", "I ragazzi", "I ragazzi"),
    ("fr", "Vitamine D", "Vitamine D"),
]


ORDINALS = [
    ("es", "1.er puesto", "primer puesto"),
    ("es", "2.º y 3.º", "segundo y tercero"),
    ("es", "la 18.ª edición", "la decimoctava edición"),
    ("es", "el 13.º día", "el decimotercer día"),
    ("fr", "la 80e édition", "la quatre-vingtième édition"),
    ("fr", "le 2d tour", "le second tour"),
    ("fr", "la 1re fois", "la première fois"),
    ("fr", "2e et 3e", "deuxième et troisième"),
    ("it", "arrivato 2° al traguardo", "arrivato secondo al traguardo"),
    ("it", "arrivata 2° al traguardo", "arrivata seconda al traguardo"),
    ("it", "30° al sole", "trenta gradi al sole"),
    ("it", "al 90' minuto", "al novantesimo minuto"),
    ("it", "la 21ª edizione", "la ventunesima edizione"),
    ("pt", "art. 13.º", "artigo décimo terceiro"),
    ("pt", "2ª-feira", "segunda-feira"),
    ("pt", "a 400.ª sessão", "a quadringentésima sessão"),
]


DECADES = [
    ("fr", "les années 80", "les années quatre-vingt"),
    ("fr", "les années 1980", "les années mille neuf cent quatre-vingt"),
    ("fr", "80 ans", "quatre-vingts ans"),
    ("es", "los años 90", "los años noventa"),
    ("it", "gli anni '80", "gli anni ottanta"),
    ("it", "nel '68", "nel sessantotto"),
    ("pt", "os anos 90", "os anos noventa"),
]


NAMES = [
    ("fr", "Mme von der Leyen", "Madame von der Leyen"),
    ("fr", "M. le maire", "Monsieur le maire"),
    ("fr", "M. et Mme Martin", "Monsieur et Madame Martin"),
    ("es", "las CC. AA. piden", "las comunidades autónomas piden"),
    ("es", "Mª José", "María José"),
    ("fr", "Mme de La Tour", "Madame de La Tour"),
    ("fr", "St-Denis", "Saint-Denis"),
    ("fr", "le no 2 du parti", "le numéro deux du parti"),
    ("es", "el Sr. de la Fuente", "el señor de la Fuente"),
    ("es", "Gómez & Hijos", "Gómez e Hijos"),
    ("es", "Pérez & Hierro", "Pérez y Hierro"),
    ("es", "25-N", "veinticinco ene"),
    ("pt", "Prof.ª Ana", "professora Ana"),
    ("pt-BR", "o dep. Silva", "o deputado Silva"),
    ("it", "l'on. Verdi", "l'onorevole Verdi"),
    ("it", "la UIL e la CGIL", "la UIL e la ci gi i elle"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), GENDERS, ids=[f"{tag} {text}" for tag, text, _ in GENDERS])
def test_a_number_takes_the_gender_of_its_noun(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), NUMERALS, ids=[f"{tag} {text}" for tag, text, _ in NUMERALS]
)
def test_a_roman_numeral_is_said_by_what_it_numbers(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), ORDINALS, ids=[f"{tag} {text}" for tag, text, _ in ORDINALS]
)
def test_an_ordinal_in_figures_is_said(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), DECADES, ids=[f"{tag} {text}" for tag, text, _ in DECADES])
def test_a_decade_is_no_plural(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), NAMES, ids=[f"{tag} {text}" for tag, text, _ in NAMES])
def test_a_title_is_said_before_a_name_or_its_particle(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


MAGNITUDES = [
    ("fr", "3 M€", "trois millions d'euros"),
    ("fr", "3 M$", "trois millions de dollars"),
    ("es", "3 M€", "tres millones de euros"),
    ("pt", "3 M€", "três milhões de euros"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), MAGNITUDES)
def test_a_magnitude_is_joined_to_what_it_counts(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken
