"""Number words of all languages, read back by a reader that knows nothing of what said them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.narration.languages.european.forms import Form, Number
from tests.narration.languages.european.numerals import value_of

if TYPE_CHECKING:
    from audiogen.narration.languages.european.language import Language

PACKS = ["de", "fr", "es", "it", "pt", "pt_br", "uk", "ru", "pl", "nl", "sv", "nb", "da", "cs", "tr"]
LANGUAGES: dict[str, Language] = {
    pack: import_module(f"audiogen.narration.languages.{pack}").LANGUAGE for pack in PACKS
}
#: Cases and genders in which a language says how many.
FORMS = {
    "de": [Form(case, gender) for case in "nad" for gender in "mfn"],
    **{pack: [Form("n", gender) for gender in ("", "m", "f")] for pack in ("fr", "es", "it", "pt", "pt_br")},
    **{pack: [Form(case, gender) for case in "ngdail" for gender in ("", "m", "f", "n")] for pack in ("uk", "ru")},
    "pl": [Form(case, gender) for case in "ngdail" for gender in ("", "m", "f", "n", "v")],
    "cs": [Form(case, gender) for case in "ngdail" for gender in ("", "m", "f", "n")],
    "tr": [Form()],
    **{pack: [Form("n", gender) for gender in ("", "m", "n")] for pack in ("nl", "sv", "nb", "da")},
}
#: Where the words of a number change: teens, tens, hundreds, thousands, and the seams between them.
SEAMS = [
    *range(131),
    *range(171, 200),
    *(hundred * 100 + rest for hundred in range(2, 10) for rest in (0, 1, 2, 18, 23, 80, 99)),
    *(1000, 1001, 1002, 1100, 1118, 1999, 2000, 2001, 2018, 3003, 5000, 11_000, 12_012, 18_018, 21_000, 22_002),
    *(80_000, 80_080, 100_000, 101_000, 118_018, 200_000, 201_001, 500_000, 999_999),
    *(10**6, 10**6 + 1, 2 * 10**6, 21 * 10**6, 80 * 10**6, 200 * 10**6, 10**9),
]


@pytest.mark.parametrize("pack", PACKS)
def test_a_number_is_said_in_words_that_mean_it_in_every_case_and_gender(pack: str) -> None:
    for number in SEAMS:
        for form in FORMS[pack]:
            spoken = LANGUAGES[pack].cardinal(number, form)
            assert value_of(spoken, pack) == number, (number, form, spoken)


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=40, deadline=None)
@given(number=st.integers(0, 10**9))
def test_no_two_numbers_are_said_alike(pack: str, number: int) -> None:
    """What is read back as the number it was said for is said for no other."""
    for form in FORMS[pack]:
        assert value_of(LANGUAGES[pack].cardinal(number, form), pack) == number


@pytest.mark.parametrize("pack", PACKS)
@settings(max_examples=25, deadline=None)
@given(number=st.integers(10**15, 10 ** (20)))
def test_a_number_beyond_counting_is_said_figure_by_figure(pack: str, number: int) -> None:
    language = LANGUAGES[pack]
    assert language.cardinal(number) == " ".join(language.cardinal(int(figure)) for figure in str(number))


@pytest.mark.parametrize("pack", ["de", "fr", "es", "it", "pt", "pt_br", "nl", "sv", "nb", "da"])
@settings(max_examples=40, deadline=None)
@given(whole=st.integers(0, 10**6), decimals=st.text("0123456789", min_size=1, max_size=6))
def test_a_decimal_is_its_whole_a_comma_and_what_is_behind_it(pack: str, whole: int, decimals: str) -> None:
    language = LANGUAGES[pack]
    before, comma, behind = language.decimal(Number(whole, decimals)).partition(f" {language.numbers['comma']} ")
    assert comma
    assert value_of(before, pack) == whole
    zeros = len(decimals) - len(decimals.lstrip("0"))
    if pack == "de" or len(decimals) > 3:
        assert [value_of(word, pack) for word in behind.split()] == [int(figure) for figure in decimals]
    elif zeros < len(decimals):
        assert value_of(behind.removeprefix(f"{language.cardinal(0)} " * zeros), pack) == int(decimals)


#: A number in the nominative, genitive, dative, accusative, instrumental and locative.
DECLENSIONS = {
    "uk": """
    0 | нуль | нуля | нулю | нуль | нулем | нулі
    1 m | один | одного | одному | один | одним | одному
    1 f | одна | однієї | одній | одну | однією | одній
    1 n | одне | одного | одному | одне | одним | одному
    2 m | два | двох | двом | два | двома | двох
    2 f | дві | двох | двом | дві | двома | двох
    3 m | три | трьох | трьом | три | трьома | трьох
    4 m | чотири | чотирьох | чотирьом | чотири | чотирма | чотирьох
    5 m | п'ять | п'яти | п'яти | п'ять | п'ятьма | п'яти
    7 m | сім | семи | семи | сім | сьома | семи
    8 m | вісім | восьми | восьми | вісім | вісьма | восьми
    11 m | одинадцять | одинадцяти | одинадцяти | одинадцять | одинадцятьма | одинадцяти
    21 f | двадцять одна | двадцяти однієї | двадцяти одній | двадцять одну | двадцятьма однією | двадцяти одній
    40 m | сорок | сорока | сорока | сорок | сорока | сорока
    50 m | п'ятдесят | п'ятдесяти | п'ятдесяти | п'ятдесят | п'ятдесятьма | п'ятдесяти
    90 m | дев'яносто | дев'яноста | дев'яноста | дев'яносто | дев'яноста | дев'яноста
    100 m | сто | ста | ста | сто | ста | ста
    200 m | двісті | двохсот | двомстам | двісті | двомастами | двохстах
    300 m | триста | трьохсот | трьомстам | триста | трьомастами | трьохстах
    400 m | чотириста | чотирьохсот | чотирьомстам | чотириста | чотирмастами | чотирьохстах
    500 m | п'ятсот | п'ятисот | п'ятистам | п'ятсот | п'ятьмастами | п'ятистах
    1000 m | тисяча | тисячі | тисячі | тисячу | тисячею | тисячі
    2000 m | дві тисячі | двох тисяч | двом тисячам | дві тисячі | двома тисячами | двох тисячах
    5000 f | п'ять тисяч | п'яти тисяч | п'яти тисячам | п'ять тисяч | п'ятьма тисячами | п'яти тисячах
    21000 m | двадцять одна тисяча | двадцяти однієї тисячі | двадцяти одній тисячі | двадцять одну тисячу \
| двадцятьма однією тисячею | двадцяти одній тисячі
    1000000 f | один мільйон | одного мільйона | одному мільйону | один мільйон | одним мільйоном | одному мільйоні
    5000000 m | п'ять мільйонів | п'яти мільйонів | п'яти мільйонам | п'ять мільйонів | п'ятьма мільйонами \
| п'яти мільйонах
    """,
    "ru": """
    0 | ноль | ноля | нолю | ноль | нолём | ноле
    1 m | один | одного | одному | один | одним | одном
    1 f | одна | одной | одной | одну | одной | одной
    1 n | одно | одного | одному | одно | одним | одном
    2 m | два | двух | двум | два | двумя | двух
    2 f | две | двух | двум | две | двумя | двух
    3 m | три | трёх | трём | три | тремя | трёх
    4 m | четыре | четырёх | четырём | четыре | четырьмя | четырёх
    5 m | пять | пяти | пяти | пять | пятью | пяти
    8 m | восемь | восьми | восьми | восемь | восемью | восьми
    11 m | одиннадцать | одиннадцати | одиннадцати | одиннадцать | одиннадцатью | одиннадцати
    21 f | двадцать одна | двадцати одной | двадцати одной | двадцать одну | двадцатью одной | двадцати одной
    40 m | сорок | сорока | сорока | сорок | сорока | сорока
    50 m | пятьдесят | пятидесяти | пятидесяти | пятьдесят | пятьюдесятью | пятидесяти
    80 m | восемьдесят | восьмидесяти | восьмидесяти | восемьдесят | восемьюдесятью | восьмидесяти
    90 m | девяносто | девяноста | девяноста | девяносто | девяноста | девяноста
    100 m | сто | ста | ста | сто | ста | ста
    200 m | двести | двухсот | двумстам | двести | двумястами | двухстах
    300 m | триста | трёхсот | трёмстам | триста | тремястами | трёхстах
    400 m | четыреста | четырёхсот | четырёмстам | четыреста | четырьмястами | четырёхстах
    500 m | пятьсот | пятисот | пятистам | пятьсот | пятьюстами | пятистах
    1000 m | тысяча | тысячи | тысяче | тысячу | тысячей | тысяче
    2000 m | две тысячи | двух тысяч | двум тысячам | две тысячи | двумя тысячами | двух тысячах
    21000 m | двадцать одна тысяча | двадцати одной тысячи | двадцати одной тысяче | двадцать одну тысячу \
| двадцатью одной тысячей | двадцати одной тысяче
    1000000 f | один миллион | одного миллиона | одному миллиону | один миллион | одним миллионом | одном миллионе
    2000000 f | два миллиона | двух миллионов | двум миллионам | два миллиона | двумя миллионами | двух миллионах
    """,
    "cs": """
    0 | nula | nuly | nule | nula | nulou | nule
    1 m | jeden | jednoho | jednomu | jeden | jedním | jednom
    1 f | jedna | jedné | jedné | jednu | jednou | jedné
    1 n | jedno | jednoho | jednomu | jedno | jedním | jednom
    2 m | dva | dvou | dvěma | dva | dvěma | dvou
    2 f | dvě | dvou | dvěma | dvě | dvěma | dvou
    3 m | tři | tří | třem | tři | třemi | třech
    4 m | čtyři | čtyř | čtyřem | čtyři | čtyřmi | čtyřech
    5 m | pět | pěti | pěti | pět | pěti | pěti
    9 m | devět | devíti | devíti | devět | devíti | devíti
    10 m | deset | deseti | deseti | deset | deseti | deseti
    21 f | dvacet jedna | dvaceti jedna | dvaceti jedna | dvacet jedna | dvaceti jedna | dvaceti jedna
    22 f | dvacet dva | dvaceti dvou | dvaceti dvěma | dvacet dva | dvaceti dvěma | dvaceti dvou
    100 m | sto | sto | sto | sto | sto | sto
    200 m | dvě stě | dvou set | dvěma stům | dvě stě | dvěma sty | dvou stech
    300 m | tři sta | tří set | třem stům | tři sta | třemi sty | třech stech
    500 f | pět set | pěti set | pěti stům | pět set | pěti sty | pěti stech
    2000 f | dva tisíce | dvou tisíc | dvěma tisícům | dva tisíce | dvěma tisíci | dvou tisících
    21000 m | dvacet jeden tisíc | dvaceti jeden tisíc | dvaceti jeden tisícům | dvacet jeden tisíc \
| dvaceti jeden tisíci | dvaceti jeden tisících
    1000000 m | milion | milionu | milionu | milion | milionem | milionu
    2000000 m | dva miliony | dvou milionů | dvěma milionům | dva miliony | dvěma miliony | dvou milionech
    """,
    "pl": """
    0 | zero | zera | zeru | zero | zerem | zerze
    1 m | jeden | jednego | jednemu | jeden | jednym | jednym
    1 f | jedna | jednej | jednej | jedną | jedną | jednej
    1 n | jedno | jednego | jednemu | jedno | jednym | jednym
    2 m | dwa | dwóch | dwóm | dwa | dwoma | dwóch
    2 f | dwie | dwóch | dwóm | dwie | dwiema | dwóch
    2 v | dwóch | dwóch | dwóm | dwóch | dwoma | dwóch
    3 m | trzy | trzech | trzem | trzy | trzema | trzech
    4 v | czterech | czterech | czterem | czterech | czterema | czterech
    5 m | pięć | pięciu | pięciu | pięć | pięcioma | pięciu
    5 v | pięciu | pięciu | pięciu | pięciu | pięcioma | pięciu
    12 m | dwanaście | dwunastu | dwunastu | dwanaście | dwunastoma | dwunastu
    20 m | dwadzieścia | dwudziestu | dwudziestu | dwadzieścia | dwudziestoma | dwudziestu
    21 m | dwadzieścia jeden | dwudziestu jeden | dwudziestu jeden | dwadzieścia jeden | dwudziestoma jeden \
| dwudziestu jeden
    22 f | dwadzieścia dwie | dwudziestu dwóch | dwudziestu dwóm | dwadzieścia dwie | dwudziestoma dwiema \
| dwudziestu dwóch
    100 m | sto | stu | stu | sto | stu | stu
    200 v | dwustu | dwustu | dwustu | dwustu | dwustu | dwustu
    500 m | pięćset | pięciuset | pięciuset | pięćset | pięciuset | pięciuset
    1000 m | tysiąc | tysiąca | tysiącowi | tysiąc | tysiącem | tysiącu
    2000 f | dwa tysiące | dwóch tysięcy | dwóm tysiącom | dwa tysiące | dwoma tysiącami | dwóch tysiącach
    5000 m | pięć tysięcy | pięciu tysięcy | pięciu tysiącom | pięć tysięcy | pięcioma tysiącami | pięciu tysiącach
    1000000 m | milion | miliona | milionowi | milion | milionem | milionie
    1000000000000 m | bilion | biliona | bilionowi | bilion | bilionem | bilionie
    """,
}
DECLINED = [
    pytest.param(pack, line, id=f"{pack} {line.split(' |')[0]}")
    for pack, table in DECLENSIONS.items()
    for line in map(str.strip, table.strip().splitlines())
]


@pytest.mark.parametrize(("pack", "line"), DECLINED)
def test_a_slavic_number_is_declined(pack: str, line: str) -> None:
    counted, *forms = line.split(" | ")
    number, _, gender = counted.partition(" ")
    assert [LANGUAGES[pack].cardinal(int(number), Form(case, gender)) for case in "ngdail"] == forms


ORDINALS = {
    "de": "1 erste, 3 dritte, 7 siebte, 8 achte, 12 zwölfte, 19 neunzehnte, 20 zwanzigste, 31 einunddreißigste, "
    "100 hundertste, 101 hunderterste, 113 hundertdreizehnte, 1000 tausendste",
    "fr": "1 premier, 2 deuxième, 4 quatrième, 5 cinquième, 9 neuvième, 11 onzième, 21 vingt et unième, "
    "70 soixante-dixième, 71 soixante et onzième, 80 quatre-vingtième, 81 quatre-vingt-unième, 100 centième, "
    "200 deux centième, 1000 millième",
    "es": "1 primero, 3 tercero, 7 séptimo, 9 noveno, 10 décimo, 11 undécimo, 12 duodécimo, 13 decimotercero, "
    "17 decimoséptimo, 18 decimoctavo, 20 vigésimo, 21 vigésimo primero, 40 cuadragésimo, 50 quincuagésimo, "
    "100 centésimo, 111 centésimo undécimo, 400 cuadringentésimo, 700 septingentésimo",
    "it": "1 primo, 3 terzo, 6 sesto, 10 decimo, 11 undicesimo, 18 diciottesimo, 21 ventunesimo, "
    "23 ventitreesimo, 28 ventottesimo, 33 trentatreesimo, 100 centesimo, 1000 millesimo",
    "pt": "1 primeiro, 3 terceiro, 9 nono, 11 décimo primeiro, 20 vigésimo, 50 quinquagésimo, 70 septuagésimo, "
    "100 centésimo, 400 quadringentésimo, 700 septingentésimo, 800 octingentésimo",
    "uk": "1 перший, 3 третій, 7 сьомий, 20 двадцятий, 23 двадцять третій, 40 сороковий, 90 дев'яностий, 100 сотий, "
    "200 двохсотий, 500 п'ятисотий, 1000 тисячний, 2000 двохтисячний, 1991 тисяча дев'ятсот дев'яносто перший",
    "ru": "1 первый, 2 второй, 3 третий, 7 седьмой, 8 восьмой, 23 двадцать третий, 40 сороковой, 90 девяностый, "
    "100 сотый, 300 трёхсотый, 1000 тысячный, 2000 двухтысячный, 1917 тысяча девятьсот семнадцатый",
    "nl": "1 eerste, 2 tweede, 3 derde, 8 achtste, 9 negende, 12 twaalfde, 19 negentiende, 20 twintigste, "
    "21 eenentwintigste, 32 tweeëndertigste, 100 honderdste, 101 honderdeerste, 103 honderdderde, 1000 duizendste",
    "sv": "1 första, 2 andra, 3 tredje, 4 fjärde, 7 sjunde, 8 åttonde, 12 tolfte, 18 artonde, 20 tjugonde, "
    "21 tjugoförsta, 30 trettionde, 100 hundrade, 101 hundraförsta, 1000 tusende",
    "nb": "1 første, 2 andre, 6 sjette, 7 sjuende, 8 åttende, 12 tolvte, 13 trettende, 20 tjuende, 21 tjueførste, "
    "30 trettiende, 100 hundrede, 103 hundre og tredje, 113 hundre og trettende, 1000 tusende, 1000000 en millionte",
    "da": "1 første, 2 anden, 3 tredje, 11 ellevte, 13 trettende, 20 tyvende, 21 enogtyvende, 30 tredivte, "
    "40 fyrretyvende, 50 halvtredsindstyvende, 60 tresindstyvende, 75 femoghalvfjerdsindstyvende, "
    "80 firsindstyvende, 90 halvfemsindstyvende, 103 hundrede og tredje, 1000 tusinde",
    "cs": "1 první, 2 druhý, 3 třetí, 10 desátý, 20 dvacátý, 21 dvacátý první, 90 devadesátý, 100 stý, 125 stý "
    "dvacátý pátý, 200 dvoustý, 500 pětistý, 1000 tisící, 2000 dvoutisící",
    "tr": "1 birinci, 3 üçüncü, 4 dördüncü, 9 dokuzuncu, 10 onuncu, 19 on dokuzuncu, 21 yirmi birinci, 30 otuzuncu, "
    "40 kırkıncı, 100 yüzüncü, 101 yüz birinci, 1000 bininci",
    "pl": "1 pierwszy, 2 drugi, 3 trzeci, 6 szósty, 12 dwunasty, 20 dwudziesty, 23 dwudziesty trzeci, "
    "50 pięćdziesiąty, 100 setny, 200 dwusetny, 1000 tysięczny, 2000 dwutysięczny, "
    "1989 tysiąc dziewięćset osiemdziesiąty dziewiąty",
}
ORDERED = [
    pytest.param(pack, int(number), said, id=f"{pack} {number}")
    for pack, table in ORDINALS.items()
    for number, _, said in (row.partition(" ") for row in table.split(", "))
]


@pytest.mark.parametrize(("pack", "number", "spoken"), ORDERED)
def test_a_place_is_named_as_the_dictionaries_have_it(pack: str, number: int, spoken: str) -> None:
    assert LANGUAGES[pack].ordinal(number, Form("n", "m")) == spoken


@pytest.mark.parametrize("pack", PACKS)
def test_no_two_places_are_said_alike(pack: str) -> None:
    spoken = [LANGUAGES[pack].ordinal(number, Form("n", "m")) for number in range(1, 1000)]
    assert len(set(spoken)) == len(spoken)


@pytest.mark.parametrize("pack", ["es", "it", "pt", "uk", "ru", "pl"])
def test_a_place_has_a_feminine(pack: str) -> None:
    for number in [*range(1, 100), 100, 200, 1000]:
        masculine, feminine = (LANGUAGES[pack].ordinal(number, Form("n", gender)) for gender in "mf")
        assert masculine.split()[-1] != feminine.split()[-1]
        assert feminine.endswith(("a", "а", "я"))


#: The last word of an ordinal in the six cases, by language, number and gender.
DECLINED_ORDINALS = [
    ("uk", 3, "m", "третій третього третьому третій третім третьому"),
    ("uk", 3, "f", "третя третьої третій третю третьою третій"),
    ("uk", 3, "p", "треті третіх третім треті третіми третіх"),
    ("uk", 90, "p", "дев'яності дев'яностих дев'яностим дев'яності дев'яностими дев'яностих"),
    ("uk", 21, "n", "перше першого першому перше першим першому"),
    ("ru", 3, "m", "третий третьего третьему третий третьим третьем"),
    ("ru", 3, "f", "третья третьей третьей третью третьей третьей"),
    ("ru", 2, "f", "вторая второй второй вторую второй второй"),
    ("ru", 80, "p", "восьмидесятые восьмидесятых восьмидесятым восьмидесятые восьмидесятыми восьмидесятых"),
    ("pl", 2, "m", "drugi drugiego drugiemu drugi drugim drugim"),
    ("pl", 3, "f", "trzecia trzeciej trzeciej trzecią trzecią trzeciej"),
    ("pl", 5, "n", "piąte piątego piątemu piąte piątym piątym"),
    ("pl", 90, "p", "dziewięćdziesiąte dziewięćdziesiątych dziewięćdziesiątym dziewięćdziesiąte dziewięćdziesiątymi "
     "dziewięćdziesiątych"),
]  # fmt: skip


@pytest.mark.parametrize(("pack", "number", "gender", "forms"), DECLINED_ORDINALS)
def test_a_slavic_place_is_declined(pack: str, number: int, gender: str, forms: str) -> None:
    language = LANGUAGES[pack]
    assert [language.ordinal(number, Form(case, gender)).split()[-1] for case in "ngdail"] == forms.split()


COMPOUNDS = {
    "uk": "1 одно, 2 дво, 3 три, 4 чотири, 5 п'яти, 8 восьми, 11 одинадцяти, 22 двадцятидво, 35 тридцятип'яти, "
    "40 сорока, 90 дев'яносто, 100 сто, 155 стоп'ятдесятип'яти, 300 трьохсот, 1000 тисячо",
    "ru": "1 одно, 2 двух, 3 трёх, 4 четырёх, 5 пяти, 8 восьми, 21 двадцатиодно, 35 тридцатипяти, 40 сорока, "
    "90 девяносто, 100 сто, 155 стопятидесятипяти, 300 трёхсот, 1000 тысяче",
    "cs": "1 jedno, 2 dvou, 3 tří, 4 čtyř, 5 pěti, 9 devíti, 12 dvanácti, 20 dvaceti, 45 čtyřicetipěti, 100 sto, "
    "200 dvouset, 1000 tisíci",
    "pl": "1 jedno, 2 dwu, 3 trzy, 4 cztero, 5 pięcio, 8 ośmio, 12 dwunasto, 21 dwudziestojedno, 35 trzydziestopięcio, "
    "100 stu, 155 stupięćdziesięciopięcio, 200 dwustu, 300 trzystu, 400 czterystu, 500 pięciuset, 1000 tysiąc",
}
JOINED = [
    pytest.param(pack, int(number), said, id=f"{pack} {number}")
    for pack, table in COMPOUNDS.items()
    for number, _, said in (row.partition(" ") for row in table.split(", "))
]


@pytest.mark.parametrize(("pack", "number", "spoken"), JOINED)
def test_a_number_inside_a_slavic_word_has_its_own_form(pack: str, number: int, spoken: str) -> None:
    assert LANGUAGES[pack].prefix_form(number) == spoken


@pytest.mark.parametrize("pack", ["uk", "ru", "pl"])
def test_no_word_begins_with_nothing_or_with_thousands(pack: str) -> None:
    assert [LANGUAGES[pack].prefix_form(number) for number in (0, 1001, 2000)] == [None, None, None]
