"""German: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Numbers
    ("Es kamen 1.200 Menschen.", "Es kamen tausendzweihundert Menschen."),
    ("Es kamen 1 200 000 Menschen.", "Es kamen eine Million zweihunderttausend Menschen."),
    ("21 Abgeordnete stimmten zu.", "einundzwanzig Abgeordnete stimmten zu."),
    ("101 Gäste", "hundertein Gäste"),
    ("Die Zahl stieg auf 3,14.", "Die Zahl stieg auf drei Komma eins vier."),
    ("Es war 1 Tag.", "Es war ein Tag."),
    ("mindestens 17 Verletzte", "mindestens siebzehn Verletzte"),
    ("PIN 0815", "PIN null acht eins fünf"),
    ("0,05 Sekunden", "null Komma null fünf Sekunden"),
    # Money
    ("Das kostet 5 €.", "Das kostet fünf Euro."),
    ("Das kostet 1 €.", "Das kostet einen Euro."),
    ("Das kostet 3,50 Euro.", "Das kostet drei Euro fünfzig."),
    ("Das kostet 0,99 €.", "Das kostet neunundneunzig Cent."),
    ("1,99 €", "ein Euro neunundneunzig"),
    ("1.000.000 €", "eine Million Euro"),
    ("4,5 Mrd. Euro", "vier Komma fünf Milliarden Euro"),
    ("1 Mrd. Dollar", "eine Milliarde Dollar"),
    ("$20 Mio.", "zwanzig Millionen Dollar."),
    ("10 bis 20 Mio. €", "zehn bis zwanzig Millionen Euro"),
    ("10–20 Mio. €", "zehn bis zwanzig Millionen Euro"),
    ("500 CHF", "fünfhundert Franken"),
    ("EUR 500", "fünfhundert Euro"),
    ("100 zł", "hundert Złoty"),
    ("−200 €", "minus zweihundert Euro"),
    # Percent and measures
    ("um 5 % gestiegen", "um fünf Prozent gestiegen"),
    ("um 2,5% gestiegen", "um zwei Komma fünf Prozent gestiegen"),
    ("5–7 %", "fünf bis sieben Prozent"),
    ("+3 %", "plus drei Prozent"),
    ("bei −5 °C", "bei minus fünf Grad Celsius"),
    ("120 km/h", "hundertzwanzig Kilometer pro Stunde"),
    ("25 m² Fläche", "fünfundzwanzig Quadratmeter Fläche"),
    ("1 kWh", "eine Kilowattstunde"),
    ("500 MW", "fünfhundert Megawatt"),
    ("3 t Stahl", "drei Tonnen Stahl"),
    ("0,8 ‰", "null Komma acht Promille"),
    ("1/2 Liter", "ein halber Liter"),
    ("3/4 der Wähler", "drei Viertel der Wähler"),
    # Dates and years
    ("Am 6. September 2024 begann es.", "Am sechsten September zweitausendvierundzwanzig begann es."),
    ("Der 3. Oktober ist Feiertag.", "Der dritte Oktober ist Feiertag."),
    ("Freitag, 6. September", "Freitag, sechster September"),
    ("vom 6. bis 8. September", "vom sechsten bis achten September"),
    ("am 1. Mai", "am ersten Mai"),
    ("am 06.09.2024", "am sechsten September zweitausendvierundzwanzig"),
    ("am 24.2.22", "am vierundzwanzigsten Februar zweitausendzweiundzwanzig"),
    ("am Mo., 2.9., um acht", "am Montag, zweiter September, um acht"),
    ("den 34-Jährigen", "den Vierunddreißigjährigen"),
    ("die 100 m in 9,58 s", "die hundert Meter in neun Komma fünf acht Sekunden"),
    ("am 12. Sept. 1998", "am zwölften September neunzehnhundertachtundneunzig"),
    ("Stand: 2024-09-06", "Stand: sechster September zweitausendvierundzwanzig"),
    ("Seit 1998 lebt er hier.", "Seit neunzehnhundertachtundneunzig lebt er hier."),
    ("1989 fiel die Mauer.", "neunzehnhundertneunundachtzig fiel die Mauer."),
    ("Rund 1500 Menschen kamen.", "Rund tausendfünfhundert Menschen kamen."),
    ("die Jahre 2014–2022", "die Jahre zweitausendvierzehn bis zweitausendzweiundzwanzig"),
    ("die 90er Jahre", "die neunziger Jahre"),
    ("die 1990er-Jahre", "die neunzehnhundertneunziger-Jahre"),
    ("Saison 2023/24", "Saison zweitausenddreiundzwanzig vierundzwanzig"),
    # Times
    ("um 18:30 Uhr", "um achtzehn Uhr dreißig"),
    ("um 18.30 Uhr", "um achtzehn Uhr dreißig"),
    ("um 9:05 Uhr", "um neun Uhr fünf"),
    ("um 1 Uhr", "um ein Uhr"),
    ("9:00–18:00 Uhr", "neun Uhr bis achtzehn Uhr"),
    # Ordinals
    ("zum 3. Mal", "zum dritten Mal"),
    ("ihr 3. Sieg", "ihr dritter Sieg"),
    ("Jedes 3. Kind", "Jedes dritte Kind"),
    ("3. Platz", "dritter Platz"),
    ("Freitag, dem 13., fiel aus", "Freitag, dem dreizehnten, fiel aus"),
    ("2. Bundesliga", "zweite Bundesliga"),
    ("als 2. ins Ziel", "als Zweiter ins Ziel"),
    ("die 2., 3. und 4. Klasse", "die zweite, dritte und vierte Klasse"),
    ("im 1. und 2. Quartal", "im ersten und zweiten Quartal"),
    ("1. FC Köln", "erster F C Köln"),
    ("Es waren 3. Dann ging er.", "Es waren drei. Dann ging er."),
    ("das Schloss Ludwigs XIV.", "das Schloss Ludwigs des Vierzehnten."),
    ("die Krone Elisabeths II.", "die Krone Elisabeths der Zweiten."),
    ("Papst Johannes XXIII.", "Papst Johannes der Dreiundzwanzigste."),
    ("100%ig sicher", "hundertprozentig sicher"),
    ("die 50%ige Kürzung", "die fünfzigprozentige Kürzung"),
    ("eine 2,5%-ige Lösung", "eine zweikommafünfprozentige Lösung"),
    ("Es gab 1 Toten.", "Es gab einen Toten."),
    ("nach 1 Stunde", "nach einer Stunde"),
    ("mit 1 Kind", "mit einem Kind"),
    ("für 1 Tag", "für einen Tag"),
    ("1 Frau", "eine Frau"),
    ("201.000 Menschen", "zweihunderteintausend Menschen"),
    ("das 20. Jahrhundert", "das zwanzigste Jahrhundert"),
    ("in der 3. Liga", "in der dritten Liga"),
    ("im II. Weltkrieg", "im zweiten Weltkrieg"),
    ("Ludwig XIV. regierte lange.", "Ludwig der Vierzehnte regierte lange."),
    ("unter Karl V. entstand", "unter Karl dem Fünften entstand"),
    ("Königin Elizabeth II. starb.", "Königin Elizabeth die Zweite starb."),
    ("ein 10-jähriger Junge", "ein zehnjähriger Junge"),
    ("die 5-köpfige Familie", "die fünfköpfige Familie"),
    # Words
    ("Dr. Müller und Prof. Dr. Weber", "Doktor Müller und Professor Doktor Weber"),
    ("z. B. in Berlin", "zum Beispiel in Berlin"),
    ("Z.B. in Berlin", "Zum Beispiel in Berlin"),
    ("Äpfel, Birnen usw.", "Äpfel, Birnen und so weiter."),
    ("d. h. morgen", "das heißt morgen"),
    ("ca. 30 Leute", "circa dreißig Leute"),
    ("Nr. 5", "Nummer fünf"),
    ("§ 218", "Paragraf zweihundertachtzehn"),
    ("Hauptstr. 5", "Hauptstraße fünf"),
    ("Die CDU und die NATO", "Die C D U und die NATO"),
    ("zwei LKWs", "zwei L K Ws"),
    ("F-16 für Kiew", "F sechzehn für Kiew"),
    ("nach Covid-19", "nach Covid neunzehn"),
    ("der G7-Gipfel", "der G sieben-Gipfel"),
    ("Meyer & Söhne", "Meyer und Söhne"),
    ("3:1 gegen Köln", "drei zu eins gegen Köln"),
    ("CO2-Ausstoß", "C O zwei-Ausstoß"),
    # Typography
    ("Er sagte: „Wir kommen.“", 'Er sagte: "Wir kommen."'),
    ("Wir – und nur wir – kommen.", "Wir, und nur wir, kommen."),
    ("Kiew (Ukraine) meldet", "Kiew, Ukraine, meldet"),
    ("Und dann … nichts", "Und dann... nichts"),
]

PROSE = """
Die Regierung hat am Dienstag beschlossen, das Gesetz zu ändern.
Kritiker warnen vor den Folgen; die Opposition will klagen.
"Wir werden sehen", sagte die Ministerin, "was daraus wird." Im Süden des Landes regnete es den ganzen Tag!
Wer hat an der Uhr gedreht? Jörg, Ärztin aus Köln-Ehrenfeld, weiß es nicht.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_german_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "de") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_german_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "de") == line
