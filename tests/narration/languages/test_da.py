"""Danish: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Tal
    ("21 personer", "enogtyve personer"),
    ("1 person", "en person"),
    ("1 barn", "et barn"),
    ("55 år", "femoghalvtreds år"),
    ("75 huse", "femoghalvfjerds huse"),
    ("100 dage", "hundrede dage"),
    ("105 huse", "hundrede og fem huse"),
    ("1.200 job", "tolv hundrede job"),
    ("10.000 demonstranter", "ti tusind demonstranter"),
    ("25.600 indbyggere", "femogtyve tusind seks hundrede indbyggere"),
    ("2.005 stemmer", "to tusind og fem stemmer"),
    ("1.000.000 danskere", "en million danskere"),
    ("5,5 millioner", "fem komma fem millioner"),
    ("1,5 mio. kr.", "halvanden million kroner."),
    ("3,14", "tre komma fjorten"),
    ("10-15 grader", "ti til femten grader"),
    ("en 45-årig mand", "en femogfyrreårig mand"),
    ("den 20-årige", "den tyveårige"),
    ("FCK vandt 2-1", "F C K vandt to en"),
    ("det endte 0-0", "det endte nul nul"),
    ("kode 0815", "kode nul otte en fem"),
    # Ordenstal
    ("1. plads", "første plads"),
    ("for 3. gang", "for tredje gang"),
    ("den 20. runde", "den tyvende runde"),
    ("2. verdenskrig", "anden verdenskrig"),
    ("på 50. dagen", "på halvtredsindstyvende dagen"),
    ("Christian IV", "Christian den fjerde"),
    ("kong Frederik 10. rejste", "kong Frederik den tiende rejste"),
    ("Vi var 3. Så gik vi.", "Vi var tre. Så gik vi."),
    ("1900-tallet", "nittenhundredetallet"),
    ("1980'erne", "nittenfirserne"),
    ("i 90'erne", "i halvfemserne"),
    # Dato og tid
    ("6. september 2024", "sjette september to tusind og fireogtyve"),
    ("den 1. jan. 2000", "den første januar to tusind"),
    ("5. juni", "femte juni"),
    ("24-02-2022", "fireogtyvende februar to tusind og toogtyve"),
    ("6.-8. september", "sjette til ottende september"),
    ("i 1989", "i nitten hundrede og niogfirs"),
    ("siden 1905", "siden nitten hundrede og fem"),
    ("1940-1945", "nitten hundrede og fyrre til nitten hundrede og femogfyrre"),
    ("klokken 18.30", "klokken atten tredive"),
    ("kl. 09.05", "klokken ni nul fem"),
    ("kl. 20", "klokken tyve"),
    ("10.00-12.30", "ti til tolv tredive"),
    # Penge, procent, mål
    ("5 kr.", "fem kroner."),
    ("1 krone", "en krone"),
    ("12,50 kr. pr. kilo", "tolv kroner og halvtreds øre per kilo"),
    ("3 mia. kroner", "tre milliarder kroner"),
    ("250.000 kroner", "to hundrede og halvtreds tusind kroner"),
    ("$60 millioner", "tres millioner dollar"),
    ("500 DKK", "fem hundrede kroner"),
    ("2,5 %", "to komma fem procent"),
    ("8 pct. af vælgerne", "otte procent af vælgerne"),
    ("120 km/t", "hundrede og tyve kilometer i timen"),
    ("-5 °C", "minus fem grader"),
    ("25 m²", "femogtyve kvadratmeter"),
    ("1,80 m", "en meter og firs"),
    ("3/4 af vælgerne", "tre fjerdedele af vælgerne"),
    # Ord
    ("f.eks. Odense", "for eksempel Odense"),
    ("fx Aarhus", "for eksempel Aarhus"),
    ("bl.a. Aalborg", "blandt andet Aalborg"),
    ("dvs. i morgen", "det vil sige i morgen"),
    ("brød, mælk osv.", "brød, mælk og så videre."),
    ("nr. 5", "nummer fem"),
    ("ca. 30 personer", "cirka tredive personer"),
    ("EU og NATO", "E U og NATO"),
    ("EU's ledere", "E U's ledere"),
    ("§ 5", "paragraf fem"),
    ("E45", "E femogfyrre"),
    ("et F-35-fly", "et F femogtredive-fly"),
    ("Novo Nordisk A/S", "Novo Nordisk A S"),
    ("COVID-19", "COVID nitten"),
    ("Hun sagde: »Kom.«", 'Hun sagde: "Kom."'),
    ("København – hovedstaden", "København, hovedstaden"),
    # Both sides of thresholds, and each kind of a rule
    ("1,5 million", "halvanden million"),
    ("2,5 million", "to komma fem millioner"),
    ("1,5 %", "en komma fem procent"),
    ("kl. 9.05", "klokken ni nul fem"),
    ("kl. 9", "klokken ni"),
]

PROSE = """
Regeringen besluttede tirsdag at ændre loven. Hvem havde troet det? Oppositionen, "meget bekymret", går til domstolen.
I Aarhus var det tørvejr hele dagen; i Esbjerg regnede det derimod.
Åse og Øjvind tog til havet, for hos os er der ferie.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_danish_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "da") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_danish_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "da") == line
