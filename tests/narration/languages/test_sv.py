"""Swedish: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Tal
    ("21 personer", "tjugoen personer"),
    ("1 person", "en person"),
    ("1 barn", "ett barn"),
    ("21 år", "tjugoett år"),
    ("100 dagar", "hundra dagar"),
    ("150 hus", "hundrafemtio hus"),
    ("1 200 jobb", "tolvhundra jobb"),
    ("10 000 demonstranter", "tiotusen demonstranter"),
    ("25 600 invånare", "tjugofemtusen sexhundra invånare"),
    ("1 000 000 svenskar", "en miljon svenskar"),
    ("10,5 miljoner", "tio komma fem miljoner"),
    ("3,14", "tre komma fjorton"),
    ("10–15 grader", "tio till femton grader"),
    ("en 45-årig man", "en fyrtiofemårig man"),
    ("20-åringen greps", "tjugoåringen greps"),
    ("AIK vann med 2–1", "A I K vann med två ett"),
    ("det slutade 0–0", "det slutade noll noll"),
    ("kod 0815", "kod noll åtta ett fem"),
    ("3x om dagen", "tre gånger om dagen"),
    # Ordningstal
    ("1:a plats", "första plats"),
    ("den 3:e gången", "den tredje gången"),
    ("2:a världskriget", "andra världskriget"),
    ("för 20:e året", "för tjugonde året"),
    ("den 75:e årsdagen", "den sjuttiofemte årsdagen"),
    ("den 100:e kunden", "den hundrade kunden"),
    ("den 8:e dagen", "den åttonde dagen"),
    ("Gustav III", "Gustav den tredje"),
    ("kung Carl XVI Gustaf", "kung Carl den sextonde Gustaf"),
    ("del II", "del två"),
    ("1900-talet", "nittonhundratalet"),
    ("1980-talets Sverige", "nittonhundraåttiotalets Sverige"),
    ("på 90-talet", "på nittiotalet"),
    # Datum och tid
    ("6 september 2024", "sjätte september tjugohundratjugofyra"),
    ("den 1 jan. 2000", "den första januari tvåtusen"),
    ("den 6:e september", "den sjätte september"),
    ("2022-02-24", "tjugofjärde februari tjugohundratjugotvå"),
    ("6–8 september", "sjätte till åttonde september"),
    ("år 1989", "år nittonhundraåttionio"),
    ("sedan 1905", "sedan nittonhundrafem"),
    ("1914–1918", "nittonhundrafjorton till nittonhundraarton"),
    ("klockan 18.30", "klockan arton trettio"),
    ("kl. 9.05", "klockan nio noll fem"),
    ("kl 20:00", "klockan tjugo"),
    ("10.00–12.30", "tio till tolv trettio"),
    # Pengar, procent, mått
    ("5 kr", "fem kronor"),
    ("1 krona", "en krona"),
    ("12,50 kr", "tolv kronor och femtio öre"),
    ("0,99 kr", "nittionio öre"),
    ("3 mdr kr", "tre miljarder kronor"),
    ("250 000 kronor", "tvåhundrafemtiotusen kronor"),
    ("$60 miljoner", "sextio miljoner dollar"),
    ("€200", "tvåhundra euro"),
    ("500 SEK", "femhundra kronor"),
    ("2,5 %", "två komma fem procent"),
    ("120 km/h", "hundratjugo kilometer i timmen"),
    ("−5 °C", "minus fem grader"),
    ("25 m²", "tjugofem kvadratmeter"),
    ("1,80 m", "en meter och åttio"),
    ("3/4 av väljarna", "tre fjärdedelar av väljarna"),
    # Ord
    ("t.ex. Lund", "till exempel Lund"),
    ("bl.a. Malmö", "bland annat Malmö"),
    ("dvs. i morgon", "det vill säga i morgon"),
    ("bröd, mjölk m.m.", "bröd, mjölk med mera."),
    ("f.d. ministern", "före detta ministern"),
    ("nr 5", "nummer fem"),
    ("ca 30 personer", "cirka trettio personer"),
    ("EU och NATO", "E U och NATO"),
    ("EU:s ledare", "E U s ledare"),
    ("NATO:s chef", "NATOs chef"),
    ("E4:an", "E fyran"),
    ("JAS 39", "JAS trettionio"),
    ("COVID-19", "COVID nitton"),
    ("Han sa: ”Kom.”", 'Han sa: "Kom."'),
    ("Stockholm – huvudstaden", "Stockholm, huvudstaden"),
    # Both sides of thresholds, and each kind of a rule
    ("1 hus", "ett hus"),
    ("11 hus", "elva hus"),
    ("21 hus", "tjugoett hus"),
    ("1 bil", "en bil"),
    ("101 bilar", "hundraen bilar"),
    ("111 hus", "hundraelva hus"),
    ("2 000 001 hus", "två miljoner ett hus"),
    ("8 kap.", "åttonde kapitlet"),
    ("5 a §", "femte a paragrafen"),
    ("2009", "tvåtusen nio"),
    ("2010", "tvåtusen tio"),
    ("2099", "tvåtusen nittionio"),
    ("2100", "tvåtusen hundra"),
    ("Det var 21 hus och 11 hus.", "Det var tjugoett hus och elva hus."),
]

PROSE = """
Regeringen beslutade på tisdagen att ändra lagen. Vem hade trott det? Oppositionen, "mycket orolig", går till domstol.
I Göteborg var det uppehåll hela dagen; i Umeå regnade det tvärtom.
Åsa och Örjan åkte till havet, för hos oss är det ledigt.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_swedish_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "sv") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_swedish_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "sv") == line
