"""Czech: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Čísla a shoda
    ("2 ženy", "dvě ženy"),
    ("2 muži", "dva muži"),
    ("2 města", "dvě města"),
    ("5 lidí", "pět lidí"),
    ("22 lidí", "dvacet dva lidí"),
    ("1 osoba", "jedna osoba"),
    ("1 případ", "jeden případ"),
    ("1 místo", "jedno místo"),
    ("100 dní", "sto dní"),
    ("200 hasičů", "dvě stě hasičů"),
    ("1 200 domů", "tisíc dvě stě domů"),
    ("10 000 demonstrantů", "deset tisíc demonstrantů"),
    ("1 200 000 obyvatel", "milion dvě stě tisíc obyvatel"),
    ("do 20 lidí", "do dvaceti lidí"),
    ("okolo 500 lidí", "okolo pěti set lidí"),
    ("od 200 do 300 lidí", "od dvou set do tří set lidí"),
    ("ve 20 zemích", "ve dvaceti zemích"),
    ("s 3 dětmi", "s třemi dětmi"),
    ("5–7 dní", "pět až sedm dní"),
    ("3,14", "tři celé čtrnáct"),
    ("0,5", "nula celá pět"),
    ("kód 0815", "kód nula osm jedna pět"),
    ("45letý muž", "čtyřicetipětiletý muž"),
    ("20letá studentka", "dvacetiletá studentka"),
    ("5krát", "pětkrát"),
    ("15minutový", "patnáctiminutový"),
    ("30procentní", "třicetiprocentní"),
    ("2násobný", "dvounásobný"),
    ("výsledek 2:1", "výsledek dva jedna"),
    # Pořadí
    ("3. místo", "třetí místo"),
    ("na 3. místě", "na třetím místě"),
    ("ve 2. kole", "ve druhém kole"),
    ("20. století", "dvacáté století"),
    ("ve 20. století", "ve dvacátém století"),
    ("konec 19. století", "konec devatenáctého století"),
    ("v 80. letech", "v osmdesátých letech"),
    ("80. léta", "osmdesátá léta"),
    ("z 90. let", "z devadesátých let"),
    ("2. světová válka", "druhá světová válka"),
    ("po druhé i 1. světové válce", "po druhé i první světové válce"),
    ("Karel IV.", "Karel Čtvrtý."),
    ("za Karla IV. a Rudolfa II. vzkvétala", "za Karla Čtvrtého a Rudolfa Druhého vzkvétala"),
    ("Jan Pavel II. zemřel", "Jan Pavel Druhý zemřel"),
    # Datum a čas
    ("6. září 2024", "šestého září dva tisíce dvacet čtyři"),
    ("v pátek 1. ledna 2000", "v pátek prvního ledna dva tisíce"),
    ("24. 2. 2022", "dvacátého čtvrtého února dva tisíce dvacet dva"),
    ("24.02.2022", "dvacátého čtvrtého února dva tisíce dvacet dva"),
    ("od 6. do 8. září", "od šestého do osmého září"),
    ("17. listopadu", "sedmnáctého listopadu"),
    ("v roce 1989", "v roce tisíc devět set osmdesát devět"),
    ("1914–1918", "tisíc devět set čtrnáct až tisíc devět set osmnáct"),
    ("v 18.30", "v osmnáct třicet"),
    ("v 18:00", "v osmnáct hodin"),
    ("od 9:00 do 17:00", "od devíti hodin do sedmnácti hodin"),
    ("v 9.05 hodin", "v devět nula pět"),
    # Peníze, procenta, jednotky
    ("5 Kč", "pět korun"),
    ("1 Kč", "jedna koruna"),
    ("2 Kč", "dvě koruny"),
    ("12,50 Kč", "dvanáct korun padesát haléřů"),
    ("3 mld. Kč", "tři miliardy korun"),
    ("1,5 milionu korun", "jeden a půl milionu korun"),
    ("2,5 miliardy", "dvě a půl miliardy"),
    ("100 eur", "sto eur"),
    ("$60 milionů", "šedesát milionů dolarů"),
    ("5 %", "pět procent"),
    ("o 2,7 %", "o dvě celé sedm procenta"),
    ("120 km/h", "sto dvacet kilometrů za hodinu"),
    ("−5 °C", "minus pět stupňů Celsia"),
    ("25 m²", "dvacet pět metrů čtverečních"),
    ("2 t", "dvě tuny"),
    ("3/4 voličů", "tři čtvrtiny voličů"),
    # Slova
    ("prof. Novák", "profesor Novák"),
    ("s prof. Novákem", "s profesorem Novákem"),
    ("MUDr. Svoboda", "doktor Svoboda"),
    ("např. Brno", "například Brno"),
    ("chléb, mléko atd.", "chléb, mléko a tak dále."),
    ("č. 5", "číslo pět"),
    ("§ 5", "paragraf pět"),
    ("EU a NATO", "é ú a NATO"),
    ("ODS a ČSSD", "ó dé es a čé es es dé"),
    ("F-16", "ef šestnáct"),
    ("COVID-19", "COVID devatenáct"),
    ("Řekl: „Pojď.“", 'Řekl: "Pojď."'),
    ("Praha – hlavní město", "Praha, hlavní město"),
    # Both sides of thresholds, and each kind of a rule
    ("1/4", "jedna čtvrtina"),
    ("2,5 milionu", "dva a půl milionu"),
    ("2,5", "dvě celé pět"),
    ("se 3 km/h", "se třemi kilometry za hodinu"),
    ("se 2 m²", "se dva metry čtvereční"),
    ("se 2 tunami", "se dvěma tunami"),
    ("s 5 Kč", "s pěti korunami"),
    ("s 5 %", "s pěti procenty"),
    ("při 120 km/h", "při sto dvaceti kilometrech za hodinu"),
    ("10000letý", "deset tisíc letý"),
    ("9999letý", "devítitisícdevítisetdevadesátidevítiletý"),
    ("řekl 2. místo", "řekl druhé místo"),
    ("skončila 2. v čase", "skončila druhá v čase"),
    ("vítěz 2. kola", "vítěz druhého kola"),
    ("je 2. místo", "je druhé místo"),
    ("byl 3. místo", "byl třetí místo"),
    ("3. Praha", "tři. Praha"),
    ("XX. ročník", "dvacátý ročník"),
    ("o 1/4", "o jednu čtvrtinu"),
    ("2 1/4", "dva a jedna čtvrtina"),
    ("1/4 lidí", "jedna čtvrtina lidí"),
]

PROSE = """
Vláda v úterý rozhodla, že změní zákon. Kdo by to byl řekl? Opozice, "velmi znepokojená", se obrátí na soud.
V Brně celý den nepršelo; v Ostravě naopak lilo.
Z Prahy a z Plzně jsme jeli k moři, protože u nás je volno.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_czech_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "cs") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_czech_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "cs") == line
