"""Italian: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    ("il D.Lgs. 81", "il decreto legislativo ottantuno"),
    ("art. 3 e segg.", "articolo tre e seguenti."),
    # Numeri
    ("1.200 persone", "milleduecento persone"),
    ("21 persone", "ventuno persone"),
    ("1 persona", "una persona"),
    ("1 giorno", "un giorno"),
    ("1 studente", "uno studente"),
    ("il numero 1", "il numero uno"),
    ("23 anni", "ventitré anni"),
    ("vinse 2 set a 1", "vinse due set a uno"),
    ("3,14", "tre virgola quattordici"),
    ("0,05", "zero virgola zero cinque"),
    ("2.500.000 abitanti", "due milioni cinquecentomila abitanti"),
    ("1.000.000 di abitanti", "un milione di abitanti"),
    ("48 ore", "quarantotto ore"),
    # Denaro
    ("5 €", "cinque euro"),
    ("1 €", "un euro"),
    ("3,50 €", "tre euro e cinquanta centesimi"),
    ("0,99 €", "novantanove centesimi"),
    ("4,5 mld €", "quattro virgola cinque miliardi di euro"),
    ("4,5 miliardi di euro", "quattro virgola cinque miliardi di euro"),
    ("20 mln di euro", "venti milioni di euro"),
    ("1 mld $", "un miliardo di dollari"),
    ("$4,5 miliardi", "quattro virgola cinque miliardi di dollari"),
    ("£200", "duecento sterline"),
    ("500 CHF", "cinquecento franchi"),
    ("10-20 €", "dieci a venti euro"),
    ("EUR 500", "cinquecento euro"),
    # Percentuali e misure
    ("il 5%", "il cinque per cento"),
    ("il 2,5 %", "il due virgola cinque per cento"),
    ("5-7%", "cinque a sette per cento"),
    ("+3%", "più tre per cento"),
    ("−5 °C", "meno cinque gradi Celsius"),
    ("120 km/h", "centoventi chilometri all'ora"),
    ("25 mq", "venticinque metri quadrati"),
    ("1 t", "una tonnellata"),
    ("100 kg", "cento chilogrammi"),
    ("3/4 degli elettori", "tre quarti degli elettori"),
    ("20° all'ombra", "venti gradi all'ombra"),
    # Date e ore
    ("il 6 settembre 2024", "il sei settembre duemilaventiquattro"),
    ("il 1° maggio", "il primo maggio"),
    ("il 1 maggio", "il primo maggio"),
    ("l'1 luglio", "l'uno luglio"),
    ("15mila abitanti", "quindicimila abitanti"),
    ("il 34enne", "il trentaquattrenne"),
    ("nel 2023", "nel duemilaventitré"),
    ("l'8 marzo", "l'otto marzo"),
    ("dal 6 all'8 settembre", "dal sei all'otto settembre"),
    ("6-8 settembre", "sei all'otto settembre"),
    ("il 12 ott. 1998", "il dodici ottobre millenovecentonovantotto"),
    ("06/09/2024", "sei settembre duemilaventiquattro"),
    ("06.09.2024", "sei settembre duemilaventiquattro"),
    ("nel 1998", "nel millenovecentonovantotto"),
    ("2014-2022", "duemilaquattordici a duemilaventidue"),
    ("gli anni '90", "gli anni novanta"),
    ("gli anni ’60", "gli anni sessanta"),
    ("alle 18.30", "alle diciotto e trenta"),
    ("alle 18:30", "alle diciotto e trenta"),
    ("ore 9:00", "ore nove"),
    ("alle 20", "alle venti"),
    ("alle 9:05", "alle nove e cinque"),
    # Ordinali e numeri romani
    ("il 3° posto", "il terzo posto"),
    ("la 2ª volta", "la seconda volta"),
    ("la 5ª edizione", "la quinta edizione"),
    ("il XXI secolo", "il ventunesimo secolo"),
    ("il secolo XIX", "il secolo diciannovesimo"),
    ("Carlo III", "Carlo terzo"),
    ("Elisabetta II", "Elisabetta seconda"),
    ("Giovanni XXIII", "Giovanni ventitreesimo"),
    ("Pio X", "Pio decimo"),
    ("la II guerra mondiale", "la seconda guerra mondiale"),
    ("capitolo IV", "capitolo quarto"),
    # Parole
    ("il dott. Rossi", "il dottor Rossi"),
    ("la sig.ra Bianchi", "la signora Bianchi"),
    ("l'on. Verdi", "l'onorevole Verdi"),
    ("S. Pietro", "San Pietro"),
    ("n. 5", "numero cinque"),
    ("pag. 12", "pagina dodici"),
    ("pane, vino, ecc.", "pane, vino, eccetera."),
    ("ad es. a Roma", "per esempio a Roma"),
    ("nel 52 a.C.", "nel cinquantadue avanti Cristo."),
    ("la NATO e l'ONU", "la NATO e l'ONU"),
    ("il PIL", "il PIL"),
    ("la BCE e il FMI", "la bi ci e e il effe emme i"),
    ("il PD", "il pi di"),
    ("un F-16", "un effe sedici"),
    ("il Covid-19", "il Covid diciannove"),
    ("il 5G", "il cinque gi"),
    ("il G7", "il gi sette"),
    ("Rossi & figli", "Rossi e figli"),
    ("2-1", "due a uno"),
    # Tipografia
    ("Ha detto: «Veniamo».", 'Ha detto: "Veniamo".'),
    ("Noi – e solo noi – veniamo", "Noi, e solo noi, veniamo"),
    ("Kiev (Ucraina) brucia", "Kiev, Ucraina, brucia"),
    # Both sides of thresholds, and each kind of a rule
    ("1,5 chili", "uno virgola cinque chili"),
    ("1/2 tazza", "mezza tazza"),
    ("Papa Giovanni XXIII", "Papa Giovanni ventitreesimo"),
    ("Vittorio Emanuele II", "Vittorio Emanuele secondo"),
    ("3° posto", "terzo posto"),
    ("'68", "sessantotto"),
    ("I secoli passati", "I secoli passati"),
    ("I secolo", "primo secolo"),
    ("II secolo", "secondo secolo"),
]

PROSE = """
Il governo ha deciso martedì di cambiare la legge.
Chi l'avrebbe detto? L'opposizione, "molto preoccupata", farà ricorso.
Che caldo! A Roma non è piovuto tutto il giorno; a Milano, invece, sì.
È vero che l'amica di Niccolò se n'è andata perché non c'era più caffè.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_italian_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "it") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_italian_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "it") == line
