"""Dates in words and figures, ranges of days and of years."""

from __future__ import annotations

import pytest

from audiogen import normalize

WORDS = [
    ("de", "am 3. Oktober", "am dritten Oktober"),
    ("de", "der 3. Oktober 1990", "der dritte Oktober neunzehnhundertneunzig"),
    ("de", "vom 3. bis zum 5. Mai", "vom dritten bis fünften Mai"),
    ("de", "am 2. und 3. Mai", "am zweiten und dritten Mai"),
    ("de", "am 12. Sept. 1998", "am zwölften September neunzehnhundertachtundneunzig"),
    ("fr", "le 1er mai 1968", "le premier mai mille neuf cent soixante-huit"),
    ("fr", "du 1er au 2 mai", "du premier au deux mai"),
    ("fr", "le lundi 3 mai", "le lundi trois mai"),
    ("es", "el 31 de enero", "el treinta y uno de enero"),
    ("es", "del 3 al 5 de mayo de 2024", "del tres al cinco de mayo de dos mil veinticuatro"),
    ("it", "l'11 settembre 2001", "l'undici settembre duemilauno"),
    ("it", "il 1° maggio", "il primo maggio"),
    ("it", "dall'8 al 10 giugno", "dall'otto al dieci giugno"),
    ("pt", "a 25 de abril de 1974", "a vinte e cinco de abril de mil novecentos e setenta e quatro"),
    ("pt-BR", "em 1 de maio", "em primeiro de maio"),
    ("uk", "24 серпня 1991 року", "двадцять четвертого серпня тисяча дев'ятсот дев'яносто першого року"),
    ("uk", "на 1 січня", "на перше січня"),
    ("uk", "з 6 на 7 жовтня", "з шостого на сьоме жовтня"),
    ("ru", "9 мая 1945 года", "девятого мая тысяча девятьсот сорок пятого года"),
    ("ru", "с 6 на 7 октября", "с шестого на седьмое октября"),
    ("ru", "по 15 мая", "по пятнадцатое мая"),
    ("pl", "5 stycznia 2001 roku", "piątego stycznia dwa tysiące pierwszego roku"),
    ("pl", "z 6 na 7 maja", "z szóstego na siódmy maja"),
    ("pl", "od 1 do 15 maja", "od pierwszego do piętnastego maja"),
    ("fr", "3 mai–15 juin", "trois mai au quinze juin"),
    ("fr", "mai–juin", "mai au juin"),
    ("fr", "pain–vin", "pain vin"),
    ("fr", "Mai – juin", "Mai, juin"),
    ("de", "3. Mai–15. Juni", "dritter Mai bis fünfzehnten Juni"),
]


FIGURES = [
    ("de", "am 3.10.1990", "am dritten Oktober neunzehnhundertneunzig"),
    ("de", "am 3.10.", "am dritten Oktober"),
    ("de", "2024-09-06", "sechster September zweitausendvierundzwanzig"),
    ("fr", "le 03/10/1990", "le trois octobre mille neuf cent quatre-vingt-dix"),
    ("es", "el 3/10/1990", "el tres de octubre de mil novecientos noventa"),
    ("it", "il 3.10.1990", "il tre ottobre millenovecentonovanta"),
    ("pt", "03/10/1990", "três de outubro de mil novecentos e noventa"),
    ("pt-BR", "na quinta (7/3)", "na quinta, sete de março"),
    ("uk", "24.02.2022", "двадцять четвертого лютого дві тисячі двадцять другого"),
    ("ru", "01.09.2004", "первого сентября две тысячи четвёртого"),
    ("pl", "3.10.1990", "trzeciego października tysiąc dziewięćset dziewięćdziesiątego"),
    ("de", "am 5.3.49", "am fünften März zweitausendneunundvierzig"),
    ("de", "am 5.3.50", "am fünften März neunzehnhundertfünfzig"),
    ("fr", "le 05/03/49", "le cinq mars deux mille quarante-neuf"),
    ("fr", "le 05/03/50", "le cinq mars mille neuf cent cinquante"),
    ("fr", "le 31/12/2020", "le trente et un décembre deux mille vingt"),
    ("fr", "le 32/12/2020", "le trente-deux slash douze deux mille vingt"),
    ("fr", "le 31/13/2020", "le trente et un slash treize deux mille vingt"),
    ("de", "am 31.12.99", "am einunddreißigsten Dezember neunzehnhundertneunundneunzig"),
]


YEARS = [
    ("de", "1914–1918", "neunzehnhundertvierzehn bis neunzehnhundertachtzehn"),
    ("de", "2023/24", "zweitausenddreiundzwanzig vierundzwanzig"),
    ("fr", "2010-2015", "deux mille dix à deux mille quinze"),
    ("es", "1936-1939", "mil novecientos treinta y seis a mil novecientos treinta y nueve"),
    ("it", "2014-2022", "duemilaquattordici a duemilaventidue"),
    ("pt", "2010-2015", "dois mil e dez a dois mil e quinze"),
    ("uk", "2010–2015", "від дві тисячі десятого до дві тисячі п'ятнадцятого"),
    ("uk", "у 2014–2022 роках", "у дві тисячі чотирнадцятому-дві тисячі двадцять другому роках"),
    ("ru", "2010–2015", "от две тысячи десятого до две тысячи пятнадцатого"),
    ("ru", "в 2005–2006 годах", "в две тысячи пятом-две тысячи шестом годах"),
    ("pl", "2010–2015", "od dwa tysiące dziesiątego do dwa tysiące piętnastego"),
    ("fr", "1990–1990", "mille neuf cent quatre-vingt-dix à mille neuf cent quatre-vingt-dix"),
    ("de", "1990–1990", "neunzehnhundertneunzig neunzehnhundertneunzig"),
    ("de", "1990–1991", "neunzehnhundertneunzig bis neunzehnhunderteinundneunzig"),
    ("de", "1990–90", "neunzehnhundertneunzig neunzig"),
    ("de", "1990–91", "neunzehnhundertneunzig bis einundneunzig"),
    ("de", "1900–01", "neunzehnhundert bis eins"),
    ("de", "2023–24", "zweitausenddreiundzwanzig bis vierundzwanzig"),
    ("de", "1999–2199", "neunzehnhundertneunundneunzig bis zweitausendeinhundertneunundneunzig"),
    ("de", "1999–2200", "neunzehnhundertneunundneunzig zweitausendzweihundert"),
    ("de", "1899–99", "achtzehnhundertneunundneunzig neunundneunzig"),
    ("de", "1898–99", "achtzehnhundertachtundneunzig neunundneunzig"),
]


SHORT = [
    ("es", "el 12 de oct. de 1998", "el doce de octubre de mil novecientos noventa y ocho"),
    ("it", "2 set a 1", "due set a uno"),
    ("pt", "ganhou 2 set a 1", "ganhou dois set a um"),
    ("fr", "3 mars", "trois mars"),
    ("de", "Seit Feb. 2020", "Seit Februar zweitausendzwanzig"),
    ("de", "Jan. kam", "Jan. kam"),
    ("fr", "en janv. 2020", "en janvier deux mille vingt"),
    ("es", "en oct. de 2020", "en octubre de dos mil veinte"),
    ("es", "en feb. 2020", "en febrero de dos mil veinte"),
    ("pt", "em fev. 2020", "em fevereiro de dois mil e vinte"),
    ("it", "nel feb. 2020", "nel febbraio duemilaventi"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), WORDS, ids=[f"{tag} {text}" for tag, text, _ in WORDS])
def test_a_date_in_words_is_said(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), FIGURES, ids=[f"{tag} {text}" for tag, text, _ in FIGURES])
def test_a_date_in_figures_is_said_in_words(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), YEARS, ids=[f"{tag} {text}" for tag, text, _ in YEARS])
def test_years_from_to_are_said(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), SHORT, ids=[f"{tag} {text}" for tag, text, _ in SHORT])
def test_a_short_month_wants_its_stop_or_a_year(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken
