"""Cases and genders, read off the words around a number."""

from __future__ import annotations

import pytest

from audiogen import normalize

SINGULAR = [
    ("uk", "у 21 випадку", "у двадцяти одному випадку"),
    ("uk", "у 21 області", "у двадцяти одній області"),
    ("uk", "у 21 країні", "у двадцяти одній країні"),
    ("uk", "близько 21 людини", "близько двадцяти однієї людини"),
    ("uk", "до 1 людини", "до однієї людини"),
    ("uk", "з 1 дитиною", "з однією дитиною"),
    ("uk", "через 31 день", "через тридцять один день"),
    ("uk", "через 1 хвилину", "через одну хвилину"),
    ("uk", "31 країна", "тридцять одна країна"),
    ("uk", "1 життя", "одне життя"),
    ("uk", "41 зіткнення", "сорок одне зіткнення"),
    ("ru", "в 21 области", "в двадцати одной области"),
    ("ru", "в 31 случае", "в тридцати одном случае"),
    ("ru", "в 1 здание", "в одно здание"),
    ("ru", "до 21 женщины", "до двадцати одной женщины"),
    ("ru", "до 91 рубля", "до девяноста одного рубля"),
    ("ru", "с 21 игроком", "с двадцатью одним игроком"),
    ("ru", "с 1 женщиной", "с одной женщиной"),
    ("ru", "с 1 российской ракетой", "с одной российской ракетой"),
    ("ru", "через 1 неделю", "через одну неделю"),
    ("ru", "1 мужчина", "один мужчина"),
    ("ru", "21 российский солдат", "двадцать один российский солдат"),
    ("pl", "od 1 osoby", "od jednej osoby"),
    ("pl", "z 1 osobą", "z jedną osobą"),
    ("pl", "przez 1 minutę", "przez jedną minutę"),
    ("pl", "1 dziecko", "jedno dziecko"),
    ("pl", "1 mężczyzna", "jeden mężczyzna"),
]


COUNTED = [
    ("uk", "врятували 3 жінок", "врятували трьох жінок"),
    ("uk", "затримали 2 чоловіків", "затримали двох чоловіків"),
    ("uk", "знищили 2 мости", "знищили два мости"),
    ("uk", "2 нових закони", "два нових закони"),
    ("ru", "ранили 2 человек", "ранили двух человек"),
    ("ru", "задержали 3 мужчин", "задержали трёх мужчин"),
    ("ru", "ранили 22 человека", "ранили двадцать два человека"),
    ("ru", "построили 2 школы", "построили две школы"),
    ("ru", "2 мировых рекорда", "два мировых рекорда"),
    ("pl", "zatrzymano 3 mężczyzn", "zatrzymano trzech mężczyzn"),
    ("pl", "zatrzymano 4 podejrzanych", "zatrzymano czterech podejrzanych"),
    ("pl", "zatrzymano 3 osoby", "zatrzymano trzy osoby"),
    ("pl", "22 studentów", "dwudziestu dwóch studentów"),
    ("pl", "2 stodoły", "dwie stodoły"),
]


BELONGING = [
    ("uk", "лідери 27 країн", "лідери двадцяти семи країн"),
    ("uk", "жителі 5 сіл", "жителі п'яти сіл"),
    ("uk", "мешканці 3 міст", "мешканці трьох міст"),
    ("uk", "президенти 12 держав", "президенти дванадцяти держав"),
    ("uk", "учасники 5 років чекали", "учасники п'ять років чекали"),
    ("ru", "лидеры 27 стран", "лидеры двадцати семи стран"),
    ("ru", "представители 15 государств", "представители пятнадцати государств"),
    ("ru", "жители 3 сёл", "жители трёх сёл"),
    ("ru", "жители 5 дней ждали", "жители пять дней ждали"),
    ("pl", "liderzy 27 państw", "liderzy dwudziestu siedmiu państw"),
    ("pl", "mieszkańcy 5 wsi", "mieszkańcy pięciu wsi"),
]


PREPOSITIONS = [
    ("uk", "до 20 людей", "до двадцяти людей"),
    ("uk", "понад 100 людей", "понад сто людей"),
    ("uk", "між 5 країнами", "між п'ятьма країнами"),
    ("uk", "завдяки 3 країнам", "завдяки трьом країнам"),
    ("uk", "при 2 умовах", "при двох умовах"),
    ("uk", "за 1000 метрів", "за тисячу метрів"),
    ("uk", "до 0 градусів", "до нуля градусів"),
    ("ru", "о 5 погибших", "о пяти погибших"),
    ("ru", "об 11 пленных", "об одиннадцати пленных"),
    ("ru", "при 2 условиях", "при двух условиях"),
    ("ru", "к 5 утра", "к пяти утра"),
    ("ru", "между 2 странами", "между двумя странами"),
    ("ru", "через 1000 лет", "через тысячу лет"),
    ("ru", "с 2 млн до 3 млн рублей", "с двух миллионов до трёх миллионов рублей"),
    ("pl", "o 5 rannych", "o pięciu rannych"),
    ("pl", "przy 3 stołach", "przy trzech stołach"),
    ("pl", "między 2 krajami", "między dwoma krajami"),
    ("pl", "z 2 kobietami", "z dwiema kobietami"),
    ("pl", "dla 3 dzieci", "dla trzech dzieci"),
]


@pytest.mark.parametrize(
    ("language", "written", "spoken"), SINGULAR, ids=[f"{tag} {text}" for tag, text, _ in SINGULAR]
)
def test_one_takes_the_case_and_gender_its_noun_shows(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), COUNTED, ids=[f"{tag} {text}" for tag, text, _ in COUNTED])
def test_men_are_counted_in_the_genitive_where_something_is_done_to_them(
    language: str, written: str, spoken: str
) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), BELONGING, ids=[f"{tag} {text}" for tag, text, _ in BELONGING]
)
def test_a_number_follows_those_who_belong_to_what_is_counted_into_the_genitive(
    language: str, written: str, spoken: str
) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), PREPOSITIONS, ids=[f"{tag} {text}" for tag, text, _ in PREPOSITIONS]
)
def test_a_preposition_asks_for_its_case(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


ABBREVIATED = [
    ("uk", "зустрівся з ген. Залужним", "зустрівся з генералом Залужним"),  # told by the ending behind
    ("uk", "згідно з вул. Франка", "згідно з вулицею Франка"),  # told by the word before
    ("uk", "приїхав з м. Києва", "приїхав з міста Києва"),  # told by neither
]


@pytest.mark.parametrize(("language", "written", "spoken"), ABBREVIATED)
def test_an_abbreviation_behind_with_is_an_instrumental_where_something_tells_it(
    language: str, written: str, spoken: str
) -> None:
    assert normalize(written, language=language) == spoken
