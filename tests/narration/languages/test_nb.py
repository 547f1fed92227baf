"""Norwegian: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Tall
    ("21 personer", "tjueen personer"),
    ("1 person", "en person"),
    ("1 barn", "ett barn"),
    ("21 år", "tjueett år"),
    ("100 dager", "hundre dager"),
    ("105 hus", "hundre og fem hus"),
    ("1200 jobber", "tolv hundre jobber"),
    ("10 000 demonstranter", "ti tusen demonstranter"),
    ("21 000 elever", "tjueett tusen elever"),
    ("25 600 innbyggere", "tjuefem tusen seks hundre innbyggere"),
    ("2 005 stemmer", "to tusen og fem stemmer"),
    ("1 000 000 nordmenn", "en million nordmenn"),
    ("5,5 millioner", "fem komma fem millioner"),
    ("1,5 millioner kroner", "halvannen million kroner"),
    ("3,14", "tre komma fjorten"),
    ("10–15 grader", "ti til femten grader"),
    ("en 45-årig mann", "en førtifemårig mann"),
    ("20-åringen ble pågrepet", "tjueåringen ble pågrepet"),
    ("Brann vant 2–1", "Brann vant to en"),
    ("det endte 0-0", "det endte null null"),
    ("kode 0815", "kode null åtte en fem"),
    # Ordenstall
    ("1. plass", "første plass"),
    ("for 3. gang", "for tredje gang"),
    ("den 20. runden", "den tjuende runden"),
    ("2. verdenskrig", "andre verdenskrig"),
    ("på 75. plass", "på syttifemte plass"),
    ("Harald V", "Harald den femte"),
    ("kong Olav V døde", "kong Olav den femte døde"),
    ("Vi var 3. Så gikk vi.", "Vi var tre. Så gikk vi."),
    ("1900-tallet", "nittenhundretallet"),
    ("1980-tallet", "nittenåttitallet"),
    ("på 90-tallet", "på nittitallet"),
    # Dato og tid
    ("6. september 2024", "sjette september tjue tjuefire"),
    ("den 1. jan. 2000", "den første januar to tusen"),
    ("17. mai", "syttende mai"),
    ("24.02.2022", "tjuefjerde februar tjue tjueto"),
    ("6.–8. september", "sjette til åttende september"),
    ("i 1989", "i nitten åttini"),
    ("siden 1905", "siden nitten null fem"),
    ("i 2024", "i tjue tjuefire"),
    ("i 2099", "i tjue nittini"),
    ("i 2100", "i to tusen hundre"),
    ("1940–1945", "nitten førti til nitten førtifem"),
    ("klokken 18.30", "klokken atten tretti"),
    ("kl. 09.05", "klokken ni null fem"),
    ("kl. 20", "klokken tjue"),
    ("10.00–12.30", "ti til tolv tretti"),
    # Penger, prosent, mål
    ("5 kr", "fem kroner"),
    ("1 krone", "en krone"),
    ("12,50 kr", "tolv kroner og femti øre"),
    ("3 mrd. kroner", "tre milliarder kroner"),
    ("250.000 kroner", "to hundre og femti tusen kroner"),
    ("$60 millioner", "seksti millioner dollar"),
    ("500 NOK", "fem hundre kroner"),
    ("2,5 %", "to komma fem prosent"),
    ("120 km/t", "hundre og tjue kilometer i timen"),
    ("−5 °C", "minus fem grader"),
    ("25 m²", "tjuefem kvadratmeter"),
    ("1,80 m", "en meter og åtti"),
    ("3/4 av velgerne", "tre fjerdedeler av velgerne"),
    # Ord
    ("f.eks. Bergen", "for eksempel Bergen"),
    ("bl.a. Oslo", "blant annet Oslo"),
    ("dvs. i morgen", "det vil si i morgen"),
    ("brød, melk osv.", "brød, melk og så videre."),
    ("nr. 5", "nummer fem"),
    ("ca. 30 personer", "cirka tretti personer"),
    ("EU og NATO", "E U og NATO"),
    ("NHO og LO", "N H O og L O"),
    ("§ 5", "paragraf fem"),
    ("E18", "E atten"),
    ("et F-35-fly", "et F trettifem-fly"),
    ("COVID-19", "COVID nitten"),
    ("Hun sa: «Kom.»", 'Hun sa: "Kom."'),
    ("Oslo – hovedstaden", "Oslo, hovedstaden"),
    # Both sides of thresholds, and each kind of a rule
    ("21 hus", "tjueett hus"),
    ("11 hus", "elleve hus"),
    ("1001 hus", "tusen og ett hus"),
    ("3x Per", "tre ganger Per"),
    ("Ring 112", "Ring en en to"),
    ("Det er 112 hus", "Det er hundre og tolv hus"),
    ("1 000 001 hus", "en million ett hus"),
    ("i 1905", "i nitten null fem"),
    ("i 1910", "i nitten ti"),
]

PROSE = """
Regjeringen vedtok tirsdag å endre loven. Hvem skulle trodd det? Opposisjonen, "svært bekymret", går til retten.
I Bergen var det opphold hele dagen; i Tromsø regnet det derimot.
Åse og Øystein dro til sjøen, for hos oss er det ferie.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_norwegian_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "nb") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_norwegian_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "nb") == line


@pytest.mark.parametrize("tag", ["no", "nn", "nb-NO", "no-NO"])
def test_every_tag_of_norwegian_finds_the_pack(tag: str) -> None:
    assert normalize("21 år", tag) == "tjueett år"
