"""Times of day, from one to another, and what only looks like one."""

from __future__ import annotations

import pytest

from audiogen import normalize

TIMES = [
    ("de", "um 0.15 Uhr", "um null Uhr fünfzehn"),
    ("de", "um 18:30", "um achtzehn Uhr dreißig"),
    ("de", "ab 18:30", "ab achtzehn Uhr dreißig"),
    ("de", "18:30 Nachrichten", "achtzehn Uhr dreißig Nachrichten"),
    ("fr", "à 0h15", "à zéro heure quinze"),
    ("fr", "à 21h", "à vingt et une heures"),
    ("fr", "à 7 h 05", "à sept heures cinq"),
    ("es", "a las 0:15", "a las cero quince"),
    ("es", "a las 18:30 h", "a las dieciocho treinta horas"),
    ("es", "1 h 30 min", "una hora treinta"),
    ("es", "2h30", "dos horas treinta"),
    ("es", "a las 12:30 p. m. en Lima", "a las doce treinta del mediodía en Lima"),
    ("it", "alle 0.15", "alle zero e quindici"),
    ("it", "dall'1 di notte", "dall'una di notte"),
    ("it", "alle ore 9.30", "alle ore nove e trenta"),
    ("pt", "à 1h30", "à uma hora e trinta"),
    ("pt", "5 h", "cinco horas"),
    ("uk", "о 00:15", "о нуль п'ятнадцять"),
    ("uk", "о 8 годині", "о восьмій годині"),
    ("uk", "о 8 ранку", "о восьмій ранку"),
    ("uk", "на 19 годину", "на дев'ятнадцяту годину"),
    ("uk", "за 8 годин", "за вісім годин"),
    ("uk", "на 14:30", "на чотирнадцяту тридцять"),
    ("ru", "в 00:15", "в ноль пятнадцать"),
    ("ru", "в 5 утра", "в пять утра"),
    ("ru", "к 21:00", "к двадцати одному часам"),
    ("pl", "o 0:15", "o zero piętnaście"),
    ("pl", "na 14.30", "na czternastą trzydzieści"),
    ("pl", "o 8 rano", "o ósmej rano"),
    ("pl", "do 22 w nocy", "do dwudziestej drugiej w nocy"),
    ("pl", "o 8 osób", "o osiem osób"),
    ("pl", "o g. 18.30", "o godzinie osiemnastej trzydzieści"),
    ("de", "in der 90.+3 Minute", "in der neunzigsten plus drei Minute"),
    ("de", "um 18h30", "um achtzehn Uhr dreißig"),
    ("de", "um 18 h", "um achtzehn Uhr"),
    ("de", "um 18.30 beginnt", "um achtzehn Uhr dreißig beginnt"),
    ("de", "am Montag 18:30", "am Montag achtzehn Uhr dreißig"),
    ("de", "Es war 16:10.", "Es war sechzehn Uhr zehn."),
    ("fr", "à 21H00", "à vingt et une heures"),
    ("it", "alle 18h30", "alle diciotto e trenta"),
    ("it", "dalle 9h", "dalle nove"),
    ("it", "all'1.05", "all'una e cinque"),
    ("pt", "às 18h30m", "às dezoito horas e trinta"),
    ("nl", "om 18u30", "om achttien uur dertig"),
    ("nl", "om 18 u.", "om achttien uur."),
    ("nl", "2 u. 30 min., dus", "twee uur dertig, dus"),
    ("cs", "v 18 h", "v osmnáct hodin"),
    ("ru", "в 18.30", "в восемнадцать тридцать"),
    ("uk", "о 18 год.", "о вісімнадцятій годині."),
    ("uk", "Об 11 год 30 хв", "Об одинадцятій годині тридцять хвилин"),
]
#: What counts hours, and ratios and decimals that look like a time.
NO_TIMES = [
    ("de", "nach 24 h", "nach vierundzwanzig Stunden"),
    ("de", "2 h 30 min", "zwei Stunden dreißig Minuten"),
    ("de", "dauert 2h30", "dauert zwei Stunden dreißig"),
    ("de", "um 1.50 Meter", "um eins Komma fünf null Meter"),
    ("de", "bis 18.10. offen", "bis achtzehnten Oktober offen"),
    ("de", "16:10 gewonnen", "sechzehn zu zehn gewonnen"),
    ("de", "31:28 (16:10)", "einunddreißig zu achtundzwanzig, sechzehn zu zehn"),
    ("de", "im Verhältnis von 16:10", "im Verhältnis von sechzehn zu zehn"),
    ("de", "nach 16:10-Führung", "nach sechzehn zu zehn-Führung"),
    ("de", "im Maßstab 1:50 000", "im Maßstab eins zu fünfzigtausend"),
    ("de", "Maßstab 1:25000", "Maßstab eins zu fünfundzwanzigtausend"),
    ("de", "in 2:19:35 Std. gelaufen", "in zwei Stunden neunzehn Minuten fünfunddreißig Sekunden gelaufen"),
    ("de", "um 12:30:15 Uhr", "um zwölf Uhr dreißig"),
    ("fr", "en 2:19:35", "en deux heures dix-neuf minutes trente-cinq secondes"),
    ("fr", "en 2h01'35''", "en deux heures une minute trente-cinq secondes"),
    ("fr", "en 3'35\"2", "en trois minutes trente-cinq secondes deux"),
    ("it", 'in 9"58', "in nove secondi cinquantotto"),
    ("it", 'il "9" e il', 'il "nove" e il'),
    ("es", "al minuto 90'", "al minuto noventa'"),
    ("it", "per 12 h", "per dodici ore"),
    ("it", "2 h 30 min", "due ore trenta minuti"),
    ("ru", "в 1.75 раза", "в одна целая семьдесят пять сотых раза"),
    ("uk", "тривало 5 год 30 хв", "тривало п'ять годин тридцять хвилин"),
    ("sv", "5 h", "fem timmar"),
    ("da", "90 km/h", "halvfems kilometer i timen"),
]


HOURS = [
    ("de", "9:00–18:00 Uhr", "neun Uhr bis achtzehn Uhr"),
    ("de", "8.15–9.45 Uhr", "acht Uhr fünfzehn bis neun Uhr fünfundvierzig"),
    ("de", "Mo–Fr 9–17 h", "Montag bis Freitag neun bis siebzehn Uhr"),
    ("de", "dauert 2–3 h", "dauert zwei bis drei Stunden"),
    ("de", "9–17.30 Uhr", "neun Uhr bis siebzehn Uhr dreißig"),
    ("de", "9.30–17 Uhr", "neun Uhr dreißig bis siebzehn Uhr"),
    ("de", "9–17 Uhr", "neun bis siebzehn Uhr"),
    ("nl", "9–17.30 uur", "negen uur tot zeventien uur dertig"),
    ("it", "dalle 9-17.30", "dalle nove alle diciassette e trenta"),
    ("sv", "kl. 9–17.30", "klockan nio till sjutton trettio"),
    ("sv", "9–17.30 kronor", "nio till sjutton komma trettio kronor"),
    ("pl", "godz. 10–18", "godziny od dziesiątej do osiemnastej"),
    ("fr", "8h-10h30", "huit heures à dix heures trente"),
    ("fr", "de 9h à 17h", "de neuf heures à dix-sept heures"),
    ("es", "de 9:00 a 14:00", "de nueve a catorce"),
    ("pt", "9h-17h", "nove horas a dezassete horas"),
    ("uk", "8:00–10:30", "з восьмої до десятої тридцять"),
    ("uk", "з 8:00–10:30", "з восьмої до десятої тридцять"),
    ("ru", "8:00–10:30", "с восьми до десяти тридцати"),
    ("ru", "от 8:00–10:30", "от восьми до десяти тридцати"),
    ("pl", "8:00–10:30", "od ósmej do dziesiątej trzydzieści"),
    ("pl", "od 8:00–10:30", "od ósmej do dziesiątej trzydzieści"),
    ("pl", "w godz. 9–17", "w godzinach od dziewiątej do siedemnastej"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), TIMES, ids=[f"{tag} {text}" for tag, text, _ in TIMES])
def test_a_time_is_said_in_words(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"), NO_TIMES, ids=[f"{tag} {text}" for tag, text, _ in NO_TIMES]
)
def test_what_only_looks_like_a_time_is_said_as_what_it_is(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), HOURS, ids=[f"{tag} {text}" for tag, text, _ in HOURS])
def test_hours_from_to_are_said(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken
