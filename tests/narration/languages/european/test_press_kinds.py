"""Dates, times, laws, numbers and calls as the press writes them: kinds that all share, and those of one language."""

from __future__ import annotations

import pytest

from audiogen import normalize

SHARED = [
    ("de", "vom 3. Mai–15. Juni", "vom dritten Mai bis fünfzehnten Juni"),
    ("fr", "du 3 mai–15 juin", "du trois mai au quinze juin"),
    ("fr", "mai–juin 2024", "mai au juin deux mille vingt-quatre"),
    ("nl", "mei–juni", "mei tot juni"),
    ("nl", "Amsterdam–Utrecht", "Amsterdam Utrecht"),
    ("tr", "3 Mayıs-15 Haziran", "üç Mayıs ila on beş Haziran"),
    ("cs", "3. května–15. června", "třetího května až patnáctého června"),
    ("nl", "in 1:32.608", "in één tweeëndertig komma zeshonderdacht"),
    ("sv", "tiden 4.02,35", "tiden fyra noll två komma trettiofem"),
    ("de", "nach 4:20,56 min.", "nach vier Minuten zwanzig Komma fünf sechs."),
    ("fr", "en 2:01,68 min", "en deux minutes un virgule soixante-huit"),
    ("ru", "за 2:01,68 мин", "за две минуты одна целая шестьдесят восемь сотых"),
    ("cs", "v čase 4:02,35", "v čase čtyři nula dva celá třicet pět"),
    ("de", "um 4:02 Uhr", "um vier Uhr zwei"),
    ("de", "4.022,35 Euro", "viertausendzweiundzwanzig Euro fünfunddreißig"),
    ("cs", "+420 224 123 456", "plus čtyři dva nula, dva dva čtyři, jedna dva tři, čtyři pět šest"),
    ("es", "+34 912 345 678", "más tres cuatro, nueve uno dos, tres cuatro cinco, seis siete ocho"),
    ("pl", "+5 000 000 zł", "plus pięć milionów złotych"),
    ("fr", "312 p.", "trois cent douze pages."),
    ("nl", "312 blz. lang", "driehonderdtwaalf bladzijden lang"),
    ("nl", "blz. 5", "bladzijde vijf"),
]
OWN = [
    ("nl", "in de 67e min.", "in de zevenenzestigste minuut."),
    ("nl", "bel 112", "bel één één twee"),
    ("nl", "112 mensen", "honderdtwaalf mensen"),
    ("sv", "Ring 112", "Ring ett ett två"),
    ("sv", "08-123 45 67", "noll åtta, ett två tre, fyra fem, sex sju"),
    ("sv", "med 15–20 cm snö", "med femton till tjugo centimeter snö"),
    ("sv", "vann med 3–2", "vann med tre två"),
    ("sv", "8 kap. 5 § brottsbalken", "åttonde kapitlet femte paragrafen brottsbalken"),
    ("nb", "USAs president", "U S A s president"),
    ("nb", "fv. 44", "fylkesvei førtifire"),
    ("da", "fra d. 3. maj", "fra den tredje maj"),
    ("cs", "ve věku 62 let", "ve věku šedesáti dvou let"),
    ("cs", "o 1/4", "o jednu čtvrtinu"),
    ("cs", "skončila 2. v čase", "skončila druhá v čase"),
    ("cs", "skončil 2. v čase", "skončil druhý v čase"),
    ("tr", "36,10 TL'den", "otuz altı lira on kuruştan"),
    ("tr", "5 kWh'ye", "beş kilovatsaate"),
    ("tr", "5 TL'ye", "beş liraya"),
    ("tr", "2024'te", "iki bin yirmi dörtte"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), SHARED + OWN)
def test_the_press_is_read_as_its_newsreaders_read_it(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language=language) == spoken
