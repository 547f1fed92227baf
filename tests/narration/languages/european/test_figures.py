"""Ranges, scores, fractions, sizes and telephone numbers."""

from __future__ import annotations

import pytest

from audiogen import normalize

TELEPHONES = [
    ("fr", "01 42 68 53 00", "zéro un, quarante-deux, soixante-huit, cinquante-trois, zéro zéro"),
    ("fr", "01.42.68.53.00", "zéro un, quarante-deux, soixante-huit, cinquante-trois, zéro zéro"),
    ("fr", "+33 1 42 68 53 00", "plus trente-trois, un, quarante-deux, soixante-huit, cinquante-trois, zéro zéro"),
    ("de", "030/1234567", "null drei null, eins zwei drei vier fünf sechs sieben"),
    ("de", "0171 2345678", "null eins sieben eins, zwei drei vier fünf sechs sieben acht"),
    ("it", "06 1234567", "zero sei, uno due tre quattro cinque sei sette"),
    ("pl", "22 123 45 67", "dwa dwa, jeden dwa trzy, cztery pięć, sześć siedem"),
    ("uk", "044 123-45-67", "нуль чотири чотири, один два три, чотири п'ять, шість сім"),
    ("uk", "0 800 500 202", "нуль, вісім нуль нуль, п'ять нуль нуль, два нуль два"),
    ("ru", "8 800 555-35-35", "восемь, восемь ноль ноль, пять пять пять, три пять, три пять"),
    ("ru", "+7 495 123-45-67", "плюс семь, четыре девять пять, один два три, четыре пять, шесть семь"),
    # Groups of three behind a figure other than nothing are thousands.
    ("de", "1 200 000", "eine Million zweihunderttausend"),
    ("ru", "8 800 555", "восемь миллионов восемьсот тысяч пятьсот пятьдесят пять"),
]


SIZES = [
    ("de", "2 x 3 m", "zwei mal drei Meter"),
    ("de", "3x4", "drei mal vier"),
    ("es", "10 x 15 cm", "diez por quince centímetros"),
    ("pl", "2 x 3 m", "dwa na trzy metry"),
    ("uk", "3×4", "три на чотири"),
]


SCORES = [
    ("de", "Das Spiel endete 21:19.", "Das Spiel endete einundzwanzig zu neunzehn."),
    ("de", "0:3", "null zu drei"),
    ("pt", "acabou 2-2", "acabou dois a dois"),
    ("es", "50-50", "cincuenta cincuenta"),
    ("de", "50-50", "fünfzig fünfzig"),
    ("uk", "16:9", "шістнадцять на дев'ять"),
    ("pl", "2:0", "dwa do zera"),
    ("pt-BR", "ganhou de 2x0", "ganhou de dois a zero"),
    ("pt-BR", "Flamengo 2 x 1 Vasco", "Flamengo dois a um Vasco"),
    ("pt-BR", "foto 3x4", "foto três por quatro"),
]


FRACTIONS = [
    ("de", "1/2 Stunde", "eine halbe Stunde"),
    ("de", "nach 1/2 Stunde", "nach einer halben Stunde"),
    ("de", "1/2 Jahr", "ein halbes Jahr"),
    ("de", "für 1/2 Tag", "für einen halben Tag"),
    ("de", "2/3 der Stimmen", "zwei Drittel der Stimmen"),
    ("fr", "1/10e", "un dixième"),
    ("fr", "3/5e", "trois cinquièmes"),
    ("fr", "une note de 15/20", "une note de quinze sur vingt"),
    ("it", "8/10", "otto su dieci"),
    ("es", "la ley 39/2015", "la ley treinta y nueve dos mil quince"),
    ("uk", "до 1/8 фіналу", "до однієї восьмої фіналу"),
    ("uk", "понад 3/4 виборців", "понад три чверті виборців"),
    ("ru", "до 2/3 голосов", "до двух третей голосов"),
    ("ru", "в 1/4 финала", "в одну четвёртую финала"),
    ("ru", "в 2/3 случаев", "в двух третях случаев"),
    ("ru", "с 3/4 голосов", "с трёх четвертей голосов"),
    ("pl", "do 1/8 finału", "do jednej ósmej finału"),
    ("es", "Tel. 900 123 456", "Teléfono nueve cero cero, uno dos tres, cuatro cinco seis"),
    ("it", "costa 800 123 456 euro", "costa ottocento milioni centoventitremilaquattrocentocinquantasei euro"),
    ("nl", "Bel 0800-1234", "Bel nul acht nul nul, één twee drie vier"),
    ("ru", "на 1/4 меньше", "на одну четверть меньше"),
    ("ru", "1/4 финала", "одна четвёртая финала"),
    ("ru", "до 1/2 голосов", "до половины голосов"),
    ("ru", "в 2/5 случаев", "в двух пятых случаев"),
    ("uk", "з 1/2 голосів", "з половини голосів"),
    ("uk", "на 1/2 року", "на пів року"),
    ("cs", "o 3/4", "o tři čtvrtiny"),
    ("cs", "ve 3/4 případů", "ve třech čtvrtinách případů"),
    ("cs", "v 1/4 případů", "v jedné čtvrtině případů"),
    ("cs", "bez 1/2 bodu", "bez poloviny bodu"),
    ("cs", "s 2/3 poslanců", "s dvěma třetinami poslanců"),
    ("cs", "2/3 většinou", "dvoutřetinovou většinou"),
    ("cs", "3/5 většina", "třípětinová většina"),
    ("cs", "většinou 2/3 hlasů", "většinou dvou třetin hlasů"),
    ("pl", "wzrósł o 3/4", "wzrósł o trzy czwarte"),
    ("pl", "większością 2/3 głosów", "większością dwóch trzecich głosów"),
    ("pl", "do 1/2 głosów", "do połowy głosów"),
    ("pl", "na 1/2 roku", "na pół roku"),
    ("pl", "w 2/3 przypadków", "w dwóch trzecich przypadków"),
    ("es", "1/7", "uno siete"),
    ("fr", "15/20", "quinze sur vingt"),
    ("fr", "21/20", "vingt et un vingt"),
    ("fr", "20/20", "vingt sur vingt"),
    ("de", "Monitor 16:10", "Monitor sechzehn zu zehn"),
    ("de", "Monitor 21:9", "Monitor einundzwanzig zu neun"),
    ("fr", "9/10", "neuf sur dix"),
    ("fr", "100/100", "cent sur cent"),
    ("fr", "5/30", "cinq trente"),
    ("de", "15/20", "fünfzehn zwanzig"),
    ("fr", "2 1/2", "deux et un demi"),
    ("fr", "2 ½", "deux et un demi"),
    ("fr", "½", "un demi"),
    ("de", "3 1/7", "drei eins sieben"),
    ("it", "11/10", "undici dieci"),
]


RATES = [
    ("fr", "24h/24", "vingt-quatre heures sur vingt-quatre"),
    ("fr", "7j/7", "sept jours sur sept"),
    ("de", "24/7", "vierundzwanzig sieben"),
    ("de", "3x täglich", "dreimal täglich"),
    ("de", "5,- €", "fünf Euro"),
    ("de", "20,– Euro", "zwanzig Euro"),
    ("de", "0815", "null acht eins fünf"),
    ("de", "0", "null"),
    ("de", "05", "null fünf"),
    ("de", "0,5", "null Komma fünf"),
    ("de", "5+", "fünf plus"),
    ("de", "±5", "plus minus fünf"),
    ("de", "-5", "minus fünf"),
    ("de", "10⁻³", "zehn hoch minus drei"),
    ("de", "2⁸", "zwei hoch acht"),
    ("de", "3⁸", "drei"),
    ("de", "3⁻⁸", "drei hoch minus acht"),
    ("de", "10⁺³", "zehn hoch drei"),
    ("uk", "1,5+", "одна ціла і п'ять десятих плюс"),
    ("ru", "1,7 балла", "одна целая семь десятых балла"),
    ("fr", "50-51", "cinquante à cinquante et un"),
    ("es", "49-50", "cuarenta y nueve a cincuenta"),
]


HALVES = [
    ("uk", "1,5 року", "півтора року"),
    ("uk", "1,5 години", "півтори години"),
    ("uk", "2,5 години", "дві з половиною години"),
    ("uk", "у 1,5 раза", "у півтора раза"),
    ("ru", "1,5 года", "полтора года"),
    ("ru", "1,5 тонны", "полторы тонны"),
    ("ru", "2,5 минуты", "две с половиной минуты"),
    ("ru", "около 1,5 часа", "около полутора часа"),
    ("ru", "1,5-2 часа", "полтора-два часа"),
    ("ru", "3,7 балла", "три целых семь десятых балла"),
    ("pl", "1,5 godziny", "półtorej godziny"),
    ("pl", "2,5 roku", "dwa i pół roku"),
]


@pytest.mark.parametrize(
    ("language", "written", "spoken"), TELEPHONES, ids=[f"{tag} {text}" for tag, text, _ in TELEPHONES]
)
def test_a_telephone_number_is_said_as_its_country_does(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), SIZES, ids=[f"{tag} {text}" for tag, text, _ in SIZES])
def test_a_size_keeps_its_unit(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), SCORES, ids=[f"{tag} {text}" for tag, text, _ in SCORES])
def test_a_score_is_no_range(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), FRACTIONS, ids=[f"{tag} {text}" for tag, text, _ in FRACTIONS]
)
def test_a_fraction_takes_the_case_and_gender_around_it(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), RATES, ids=[f"{tag} {text}" for tag, text, _ in RATES])
def test_a_rate_that_never_stops_is_said_as_people_do(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), HALVES, ids=[f"{tag} {text}" for tag, text, _ in HALVES])
def test_a_half_is_said_before_what_it_counts(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


#: Numbers of more figures than Python reads as one.
LONGEST = {
    "figures": "7" * 5000,
    "thousands": "777.777," * 700,
    "spaced": "777 " * 1700,
    "half": "7" * 5000 + "½",
    "sum": "7" * 5000 + " €",
}


@pytest.mark.parametrize(
    "language", ["de", "fr", "es", "it", "pt", "nl", "pl", "cs", "ru", "uk", "sv", "nb", "da", "tr"]
)
@pytest.mark.parametrize("kind", LONGEST)
def test_a_number_of_thousands_of_figures_is_said(language: str, kind: str) -> None:
    assert not any(character.isdigit() for character in normalize(LONGEST[kind], language).replace("½", ""))
