"""Dutch: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    ("o.l.v. Jansen", "onder leiding van Jansen"),
    ("Jansen jr. won", "Jansen junior won"),
    # Getallen
    ("21 mensen", "eenentwintig mensen"),
    ("22 doden", "tweeëntwintig doden"),
    ("1 persoon", "één persoon"),
    ("101 dagen", "honderdeen dagen"),
    ("1.200 woningen", "twaalfhonderd woningen"),
    ("2.500 banen", "tweeduizend vijfhonderd banen"),
    ("10.000 betogers", "tienduizend betogers"),
    ("1 000 000 inwoners", "één miljoen inwoners"),
    ("17,9 miljoen Nederlanders", "zeventien komma negen miljoen Nederlanders"),
    ("1,5 miljoen", "anderhalf miljoen"),
    ("2,5 meter", "tweeënhalve meter"),
    ("3,14", "drie komma veertien"),
    ("10-15 graden", "tien tot vijftien graden"),
    ("de 3-jarige Emma", "de driejarige Emma"),
    ("een 45-jarige man", "een vijfenveertigjarige man"),
    ("de Avondvierdaagse of 4-daagse", "de Avondvierdaagse of vierdaagse"),
    ("Ajax won met 2-1", "Ajax won met twee één"),
    ("het werd 3-0", "het werd drie nul"),
    ("één op 4", "één op vier"),
    ("code 0815", "code nul acht één vijf"),
    # Rangtelwoorden
    ("de 19e eeuw", "de negentiende eeuw"),
    ("de XIXe eeuw", "de negentiende eeuw"),
    ("het 1e kwartaal", "het eerste kwartaal"),
    ("haar 2de kind", "haar tweede kind"),
    ("de 75ste verjaardag", "de vijfenzeventigste verjaardag"),
    ("de 8e plaats", "de achtste plaats"),
    ("de 101e editie", "de honderdeerste editie"),
    ("Willem II", "Willem de tweede"),
    ("koning Karel V", "koning Karel de vijfde"),
    ("deel II", "deel twee"),
    # Data en tijden
    ("6 september 2024", "zes september tweeduizend vierentwintig"),
    ("op 1 jan. 2000", "op één januari tweeduizend"),
    ("24-02-2022", "vierentwintig februari tweeduizend tweeëntwintig"),
    ("van 6 t/m 8 september", "van zes tot acht september"),
    ("in 1989", "in negentienhonderdnegenentachtig"),
    ("in 1905", "in negentienhonderdvijf"),
    ("in 2005", "in tweeduizend vijf"),
    ("1914-1918", "negentienhonderdveertien tot negentienhonderdachttien"),
    ("de jaren '80", "de jaren tachtig"),
    ("de jaren 90", "de jaren negentig"),
    ("om 18.30 uur", "om achttien uur dertig"),
    ("om 20:00 uur", "om twintig uur"),
    ("vanaf 9.00 uur", "vanaf negen uur"),
    ("van 9.00-17.00 uur", "van negen uur tot zeventien uur"),
    # Geld, procenten, maten
    ("€ 5", "vijf euro"),
    ("€1,50", "één euro vijftig"),
    ("€ 12.500", "twaalfduizend vijfhonderd euro"),
    ("0,99 euro", "negenennegentig cent"),
    ("€ 3 mld.", "drie miljard euro."),
    ("$ 60 miljoen", "zestig miljoen dollar"),
    ("2,5%", "tweeënhalf procent"),
    ("0,7 procent", "nul komma zeven procent"),
    ("120 km/u", "honderdtwintig kilometer per uur"),
    ("-5 °C", "min vijf graden Celsius"),
    ("25 m²", "vijfentwintig vierkante meter"),
    ("1,80 m", "één meter tachtig"),
    ("3/4 van de kiezers", "drie kwart van de kiezers"),
    # Woorden
    ("dr. De Vries", "doctor De Vries"),
    ("prof. Jansen", "professor Jansen"),
    ("dhr. Bakker en mevr. Smit", "de heer Bakker en mevrouw Smit"),
    ("o.a. in Utrecht", "onder andere in Utrecht"),
    ("bijv. Breda", "bijvoorbeeld Breda"),
    ("brood, melk enz.", "brood, melk enzovoort."),
    ("art. 5", "artikel vijf"),
    ("de EU en de NAVO", "de E U en de NAVO"),
    ("de VVD en de PvdA", "de V V D en de P V D A"),
    ("een F-16", "een F zestien"),
    ("de A12", "de A twaalf"),
    ("COVID-19", "COVID negentien"),
    ("Hij zei: „Kom.”", 'Hij zei: "Kom."'),
    ("Amsterdam – de hoofdstad", "Amsterdam, de hoofdstad"),
    # Both sides of thresholds, and each kind of a rule
    ("om 9.05 uur", "om negen uur vijf"),
    ("19 mensen", "negentien mensen"),
    ("20 mensen", "twintig mensen"),
    ("1100 mensen", "elfhonderd mensen"),
    ("2100 mensen", "tweeduizend honderd mensen"),
    ("200 en 101", "tweehonderd en honderdeen"),
    ("1.000.001", "één miljoen één"),
    ("hoofdstuk IV", "hoofdstuk vier"),
    ("20-jarige", "twintigjarige"),
    ("9-9", "negen negen"),
    ("1-2", "één tot twee"),
    ("11-3", "elf tot drie"),
    ("2.000.000", "twee miljoen"),
    ("Er kwamen 21 en 11 en 111 mensen.", "Er kwamen eenentwintig en elf en honderdelf mensen."),
]

PROSE = """
Het kabinet besloot de wet te wijzigen. Wie had dat gedacht? De oppositie, "zeer bezorgd", gaat naar de rechter.
In Den Haag bleef het de hele dag droog; in Groningen regende het juist.
Le Monde en De Telegraaf schreven erover.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_dutch_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "nl") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_dutch_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "nl") == line
