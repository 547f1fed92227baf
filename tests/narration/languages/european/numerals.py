"""A reader of number words, written apart from what says them: the words of a number back to its value.

Each language is a table from a pattern of words, in every case and gender, to what they are worth. A word that no table
knows is an error, so that a form which does not exist is found as well as a wrong number.
"""

from __future__ import annotations

import re
from functools import cache

#: Patterns of words, and their value.
Words = dict[str, int]

_GERMAN: Words = {
    "null": 0,
    **{
        "eins|ein|eine|einen|einem|einer": 1,
        "zwei": 2,
        "drei": 3,
        "vier": 4,
        "fünf": 5,
        "sechs": 6,
        "sieben": 7,
        "acht": 8,
    },
    **{"neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "sechzehn": 16, "siebzehn": 17, "zwanzig": 20, "dreißig": 30},
    **{"vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90},
}
_FRENCH: Words = {
    "zéro": 0,
    **{"un|une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9},
    **{"dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16},
    **{"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatrevingt|quatrevingts": 80},
}
_ITALIAN: Words = {
    "zero": 0,
    **{"un|uno|una": 1, "due": 2, "tre|tré": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9},
    **{"dieci": 10, "undici": 11, "dodici": 12, "tredici": 13, "quattordici": 14, "quindici": 15, "sedici": 16},
    **{
        "diciassette": 17,
        "diciotto": 18,
        "diciannove": 19,
        "venti|vent": 20,
        "trenta|trent": 30,
        "quaranta|quarant": 40,
    },
    **{
        "cinquanta|cinquant": 50,
        "sessanta|sessant": 60,
        "settanta|settant": 70,
        "ottanta|ottant": 80,
        "novanta|novant": 90,
    },
}
_SPANISH: Words = {
    "cero": 0,
    **{"un[oa]?": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9},
    **{"diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciséis": 16},
    **{"diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "veintiún|veintiun[oa]": 21},
    **{"veintidós": 22, "veintitrés": 23, "veinticuatro": 24, "veinticinco": 25, "veintiséis": 26},
    **{"veintisiete": 27, "veintiocho": 28, "veintinueve": 29, "treinta": 30, "cuarenta": 40, "cincuenta": 50},
    **{"sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90, "cien|ciento": 100, "doscient[oa]s": 200},
    **{"trescient[oa]s": 300, "cuatrocient[oa]s": 400, "quinient[oa]s": 500, "seiscient[oa]s": 600},
    **{"setecient[oa]s": 700, "ochocient[oa]s": 800, "novecient[oa]s": 900},
}
_PORTUGUESE: Words = {
    "zero": 0,
    **{"uma?": 1, "dois|duas": 2, "três": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8, "nove": 9},
    **{"dez": 10, "onze": 11, "doze": 12, "treze": 13, "catorze": 14, "quinze": 15, "dez[ae]sseis": 16},
    **{"dez[ae]ssete": 17, "dezoito": 18, "dez[ae]nove": 19, "vinte": 20, "trinta": 30, "quarenta": 40},
    **{"cinquenta": 50, "sessenta": 60, "setenta": 70, "oitenta": 80, "noventa": 90, "cem|cento": 100},
    **{"duzent[oa]s": 200, "trezent[oa]s": 300, "quatrocent[oa]s": 400, "quinhent[oa]s": 500},
    **{"seiscent[oa]s": 600, "setecent[oa]s": 700, "oitocent[oa]s": 800, "novecent[oa]s": 900},
}
_RUSSIAN: Words = {
    "нол(ь|я|ю|ём|е)": 0,
    "од(ин|на|но|ну|ного|ной|ному|ним|ном)": 1,
    **{"дв(а|е|ух|ум|умя)": 2, "тр(и|ёх|ём|емя)": 3, "четыр(е|ёх|ём|ьмя)": 4, "пят(ь|и|ью)": 5, "шест(ь|и|ью)": 6},
    **{"сем(ь|и|ью)": 7, "вос(емь|ьми|емью)": 8, "девят(ь|и|ью)": 9, "десят(ь|и|ью)": 10},
    **{
        f"{stem}надцат(ь|и|ью)": value
        for value, stem in enumerate(["один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят"], start=11)
    },
    **{"двадцат(ь|и|ью)": 20, "тридцат(ь|и|ью)": 30, "сорока?": 40, "пят(ьдесят|идесяти|ьюдесятью)": 50},
    **{"шест(ьдесят|идесяти|ьюдесятью)": 60, "сем(ьдесят|идесяти|ьюдесятью)": 70},
    **{"вос(емьдесят|ьмидесяти|емьюдесятью)": 80, "девяност[оа]": 90, "ст[оа]": 100},
    **{"дв(ести|ухсот|умстам|умястами|ухстах)": 200, "тр(иста|ёхсот|ёмстам|емястами|ёхстах)": 300},
    "четыр(еста|ёхсот|ёмстам|ьмястами|ёхстах)": 400,
    **{f"{stem}(ьсот|исот|истам|ьюстами|истах)": 100 * n for n, stem in ((5, "пят"), (6, "шест"), (7, "сем"))},
    **{"вос(емьсот|ьмисот|ьмистам|емьюстами|ьмистах)": 800, "девят(ьсот|исот|истам|ьюстами|истах)": 900},
}
_UKRAINIAN: Words = {
    "нул(ь|я|ю|ем|і)": 0,
    "од(ин|на|не|ну|ного|нієї|ному|ній|ним|нією)": 1,
    **{"дв(а|і|ох|ом|ома)": 2, "тр(и|ьох|ьом|ьома)": 3, "чотир(и|ьох|ьом|ма)": 4, "п'ят(ь|и|ьма)": 5},
    **{"шіст(ь|ьма)|шести": 6, "сім|семи|сьома": 7, "вісім|восьми|вісьма": 8, "дев'ят(ь|и|ьма)": 9},
    **{
        f"{stem}надцят(ь|и|ьма)": value
        for value, stem in enumerate(["оди", "два", "три", "чотир", "п'ят", "шіст", "сім", "вісім", "дев'ят"], start=11)
    },
    **{"десят(ь|и|ьма)": 10, "двадцят(ь|и|ьма)": 20, "тридцят(ь|и|ьма)": 30, "сорока?": 40},
    **{f"{stem}десят(и|ьма)?": 10 * n for n, stem in ((5, "п'ят"), (6, "шіст"), (7, "сім"), (8, "вісім"))},
    **{"дев'яност[оа]": 90, "ст[оа]": 100, "дв(істі|охсот|омстам|омастами|охстах)": 200},
    **{"тр(иста|ьохсот|ьомстам|ьомастами|ьохстах)": 300, "чотир(иста|ьохсот|ьомстам|мастами|ьохстах)": 400},
    **{f"{stem}(сот|исот|истам|ьмастами|истах)": 100 * n for n, stem in ((5, "п'ят"), (9, "дев'ят"))},
    **{"шіст(сот|ьмастами)|шест(исот|истам|истах)": 600, "сімсот|сем(исот|истам|истах)|сьомастами": 700},
    "вісімсот|восьм(исот|истам|истах)|в[іо]сьмастами": 800,
}
_POLISH_TEENS = ("jede", "dwa", "trzy", "czter", "pięt", "szes", "siedem", "osiem", "dziewięt")
_POLISH: Words = {
    "zer(o|a|u|em|ze)": 0,
    "jed(en|na|no|ną|nego|nej|nemu|nym)": 1,
    **{"dw(a|ie|óch|óm|oma|iema)": 2, "trz(y|ech|em|ema)": 3, "czter(y|ech|em|ema)": 4, "pię(ć|ciu|cioma)": 5},
    **{"sześ(ć|ciu|cioma)": 6, "siedem|siedmi(u|oma)": 7, "osiem|ośmi(u|oma)": 8, "dziewię(ć|ciu|cioma)": 9},
    "dziesię(ć|ciu|cioma)": 10,
    **{
        f"{stem}(naście|nastu|nastoma)": value
        for value, stem in enumerate(
            ["jede", "dwa", "trzy", "czter", "pięt", "szes", "siedem", "osiem", "dziewięt"], start=11
        )
        if value != 12
    },
    "dwanaście|dwunast(u|oma)": 12,
    **{"dwadzieścia|dwudziest(u|oma)": 20, "trzydzie(ści|stu|stoma)": 30, "czterdzie(ści|stu|stoma)": 40},
    **{
        f"{stem}dziesi(ąt|ęciu|ęcioma)": 10 * value
        for value, stem in enumerate(["pięć", "sześć", "siedem", "osiem", "dziewięć"], start=5)
    },
    **{"st(o|u)": 100, "dwieście|dwustu": 200, "trzyst[au]": 300, "czteryst[au]": 400},
    **{"pię(ćset|ciuset)": 500, "sześ(ćset|ciuset)": 600, "sied(emset|miuset)": 700, "osiemset|ośmiuset": 800},
    "dziewię(ćset|ciuset)": 900,
}
_DUTCH: Words = {
    **{"nul": 0, "één|een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9},
    **{"tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16},
    **{"zeventien": 17, "achttien": 18, "negentien": 19, "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50},
    **{"zestig": 60, "zeventig": 70, "tachtig": 80, "negentig": 90},
}
_SWEDISH: Words = {
    **{"noll": 0, "ett|en|et": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9},
    **{"tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17},
    **{"arton": 18, "nitton": 19, "tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60},
    **{"sjuttio": 70, "åttio": 80, "nittio": 90},
}
_NORWEGIAN: Words = {
    **{"null": 0, "en|ett": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "åtte": 8, "ni": 9},
    **{"ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17},
    **{"atten": 18, "nitten": 19, "tjue": 20, "tretti": 30, "førti": 40, "femti": 50, "seksti": 60, "sytti": 70},
    **{"åtti": 80, "nitti": 90},
}
_DANISH: Words = {
    **{"nul": 0, "en|et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9},
    **{"ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17},
    **{"atten": 18, "nitten": 19, "tyve": 20, "tredive": 30, "fyrre": 40, "halvtreds": 50, "tres": 60},
    **{"halvfjerds": 70, "firs": 80, "halvfems": 90},
}
_CZECH: Words = {
    "nul(a|y|e|ou)": 0,
    "jed(en|na|no|noho|né|nomu|nu|ním|nou|nom)": 1,
    **{"dv(a|ě|ou|ěma)": 2, "t(ři|ří|řem|řemi|řech)": 3, "čtyř(i|em|mi|ech)?": 4, "pěti?": 5, "šesti?": 6, "sedmi?": 7},
    **{"osmi?": 8, "dev(ět|íti)": 9, "deset|deseti": 10},
    **{
        f"{stem}i?": value
        for value, stem in enumerate(
            ["jedenáct", "dvanáct", "třináct", "čtrnáct", "patnáct", "šestnáct", "sedmnáct", "osmnáct", "devatenáct"],
            start=11,
        )
    },
    **{"dvaceti?": 20, "třiceti?": 30, "čtyřiceti?": 40, "padesáti?": 50, "šedesáti?": 60, "sedmdesáti?": 70},
    **{"osmdesáti?": 80, "devadesáti?": 90, "sto": 100},
}
_TURKISH: Words = {
    **{"sıfır": 0, "bir": 1, "iki": 2, "üç": 3, "dört": 4, "beş": 5, "altı": 6, "yedi": 7, "sekiz": 8, "dokuz": 9},
    **{
        "on": 10,
        "yirmi": 20,
        "otuz": 30,
        "kırk": 40,
        "elli": 50,
        "altmış": 60,
        "yetmiş": 70,
        "seksen": 80,
        "doksan": 90,
    },
}

#: Hundreds that multiply what stands before them, thousands and more.
_SCALES: dict[str, Words] = {
    "de": {"hundert": 100, "tausend": 1000, "million|millionen": 10**6, "milliarde|milliarden": 10**9},
    "fr": {"cent|cents": 100, "mille": 1000, "million|millions": 10**6, "milliard|milliards": 10**9},
    "it": {"cento|cent": 100, "mille|mila": 1000, "milione|milioni": 10**6, "miliardo|miliardi": 10**9},
    "es": {"mil": 1000, "millón|millones": 10**6},
    "pt": {"mil": 1000, "milhão|milhões": 10**6, "bilhão|bilhões": 10**9},
    "ru": {"тысяч(а|у|и|е|ей|ам|ами|ах)?": 1000, "миллион\\w{0,3}": 10**6, "миллиард\\w{0,3}": 10**9},
    "uk": {"тисяч(а|у|і|ею|ам|ами|ах)?": 1000, "мільйон\\w{0,3}": 10**6, "мільярд\\w{0,3}": 10**9},
    "pl": {"tysi(ąc\\w{0,3}|ęcy)": 1000, "milion\\w{0,3}": 10**6, "miliard\\w{0,3}": 10**9},
    "cs": {
        "st(ě|a|ech|ům|y)|set": 100,
        "tisíc(e|ům|i|ích)?": 1000,
        "milion\\w{0,3}": 10**6,
        "miliar(d|da|dy|dě|dou|dám|dami|dách)": 10**9,
    },
    "tr": {"yüz": 100, "bin": 1000, "milyon": 10**6, "milyar": 10**9},
    "nl": {"honderd": 100, "duizend": 1000, "miljoen": 10**6, "miljard": 10**9},
    "sv": {"hundra": 100, "tusen": 1000, "miljon|miljoner": 10**6, "miljard|miljarder": 10**9},
    "nb": {"hundre": 100, "tusen": 1000, "million|millioner": 10**6, "milliard|milliarder": 10**9},
    "da": {"hundrede": 100, "tusind": 1000, "million|millioner": 10**6, "milliard|milliarder": 10**9},
}
_WORDS = {
    "de": _GERMAN,
    "fr": _FRENCH,
    "it": _ITALIAN,
    "es": _SPANISH,
    "pt": _PORTUGUESE,
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
    "pl": _POLISH,
    "cs": _CZECH,
    "tr": _TURKISH,
    "nl": _DUTCH,
    "sv": _SWEDISH,
    "nb": _NORWEGIAN,
    "da": _DANISH,
}
#: What joins number words and is worth nothing.
_JOINTS = {"de": "und", "fr": "et", "es": "y", "pt": "e", "nl": "en", "nb": "og", "da": "og"}
#: Languages that write a number in one word, or whose parts are parted by hyphens; their tables are plain words.
_RUN_TOGETHER = {"de", "fr", "it", "nl", "sv", "nb", "da"}
#: Languages whose word for a hundred counts hundreds, besides those.
_COUNTED_HUNDREDS = {"cs", "tr"}


@cache
def value_of(spoken: str, language: str) -> int:
    """Read the words of a number.

    Raises:
        ValueError: a word is none of the language's number words.
    """
    language = language[:2]
    value = thousands = group = 0
    for worth in _values(spoken.lower(), language):
        if worth == 100 and language in _RUN_TOGETHER | _COUNTED_HUNDREDS:
            group = (group or 1) * 100
        elif worth == 1000:
            thousands, group = thousands + (group or 1) * 1000, 0
        elif worth >= 10**6:
            value, thousands, group = value + (thousands + group or 1) * worth, 0, 0
        else:
            group += worth
    return value + thousands + group


def _values(spoken: str, language: str) -> list[int]:
    table = _WORDS[language] | _SCALES[language]
    if language not in _RUN_TOGETHER:
        return [_worth(word, table) for word in spoken.split() if word != _JOINTS.get(language)]
    words = {word: worth for forms, worth in table.items() for word in forms.split("|")}
    found = _split(re.sub(r"[ -]", "", spoken).replace("ë", "e"), words, _JOINTS.get(language, ""))
    if found is None:
        raise ValueError(f"no number: {spoken!r}")
    return found


def _split(spoken: str, words: Words, joint: str) -> list[int] | None:
    """Part what is written in one word, the longest words first."""
    if not spoken:
        return []
    for word in sorted((word for word in words if spoken.startswith(word)), key=len, reverse=True):
        rest = _split(spoken[len(word) :], words, joint)
        if rest is not None:
            return [words[word], *rest]
    return _split(spoken.removeprefix(joint), words, joint) if joint and spoken.startswith(joint) else None


def _worth(word: str, table: Words) -> int:
    for pattern, worth in table.items():
        if re.fullmatch(pattern, word):
            return worth
    raise ValueError(f"no number word: {word!r}")
