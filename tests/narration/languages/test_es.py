"""Spanish: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Números
    ("1.200 personas", "mil doscientas personas"),
    ("1 200 soldados", "mil doscientos soldados"),
    ("21 soldados", "veintiún soldados"),
    ("21 mujeres", "veintiuna mujeres"),
    ("31 días", "treinta y un días"),
    ("1 día", "un día"),
    ("1 persona", "una persona"),
    ("el número 21", "el número veintiuno"),
    ("21.000 euros", "veintiún mil euros"),
    ("500 libras", "quinientas libras"),
    ("200.000 víctimas", "doscientas mil víctimas"),
    ("500 de los 600", "quinientos de los seiscientos"),
    ("dijo que no. 5 personas lo oyeron", "dijo que no. cinco personas lo oyeron"),
    ("3,14", "tres coma catorce"),
    ("0,05", "cero coma cero cinco"),
    ("16 años", "dieciséis años"),
    ("1.000.000 de habitantes", "un millón de habitantes"),
    # Dinero
    ("5 €", "cinco euros"),
    ("1 €", "un euro"),
    ("21 €", "veintiún euros"),
    ("3,50 €", "tres euros con cincuenta céntimos"),
    ("0,99 €", "noventa y nueve céntimos"),
    ("$5", "cinco dólares"),
    ("US$ 500", "quinientos dólares"),
    ("200 £", "doscientas libras"),
    ("4,5 millones €", "cuatro coma cinco millones de euros"),
    ("4.500 millones de euros", "cuatro mil quinientos millones de euros"),
    ("20 M€", "veinte millones de euros"),
    ("$4.5 millones", "cuatro coma cinco millones de dólares"),
    ("S/ 50", "cincuenta soles"),
    ("10-20 €", "diez a veinte euros"),
    # Porcentajes y medidas
    ("el 5 %", "el cinco por ciento"),
    ("el 2,5%", "el dos coma cinco por ciento"),
    ("5-7 %", "cinco a siete por ciento"),
    ("−5 °C", "menos cinco grados Celsius"),
    ("120 km/h", "ciento veinte kilómetros por hora"),
    ("25 m²", "veinticinco metros cuadrados"),
    ("200 ha", "doscientas hectáreas"),
    ("1 t", "una tonelada"),
    ("500 kg", "quinientos kilogramos"),
    ("3/4 partes", "tres cuartas partes"),
    # Fechas y horas
    ("el 6 de septiembre de 2024", "el seis de septiembre de dos mil veinticuatro"),
    ("el 1 de mayo", "el uno de mayo"),
    ("el 1.º de mayo", "el primero de mayo"),
    ("del 6 al 8 de septiembre", "del seis al ocho de septiembre"),
    ("el 12 de oct. de 1998", "el doce de octubre de mil novecientos noventa y ocho"),
    ("06/09/2024", "seis de septiembre de dos mil veinticuatro"),
    ("2024-09-06", "seis de septiembre de dos mil veinticuatro"),
    ("en 1998", "en mil novecientos noventa y ocho"),
    ("2014-2022", "dos mil catorce a dos mil veintidós"),
    ("los años 90", "los años noventa"),
    ("a las 18:30", "a las dieciocho treinta"),
    ("a las 18.30", "a las dieciocho treinta"),
    ("a las 18:30 h", "a las dieciocho treinta horas"),
    ("a las 18:30 horas", "a las dieciocho treinta horas"),
    ("a las 9:00", "a las nueve"),
    ("a la 1:05", "a la una cero cinco"),
    ("a las 3:30 p. m. en Lima", "a las tres treinta de la tarde en Lima"),
    ("a las 9 a. m.", "a las nueve de la mañana."),
    # Ordinales y romanos
    ("el 1.er puesto", "el primer puesto"),
    ("el 3.º puesto", "el tercer puesto"),
    ("la 2.ª vez", "la segunda vez"),
    ("la 5ª edición", "la quinta edición"),
    ("el siglo XXI", "el siglo veintiuno"),
    ("el siglo V", "el siglo quinto"),
    ("Felipe VI", "Felipe sexto"),
    ("Alfonso XIII", "Alfonso trece"),
    ("Isabel II", "Isabel segunda"),
    ("Juan Pablo II", "Juan Pablo segundo"),
    ("la II Guerra Mundial", "la segunda Guerra Mundial"),
    ("el III Congreso", "el tercer Congreso"),
    ("capítulo IV", "capítulo cuarto"),
    # Palabras
    ("el Sr. García", "el señor García"),
    ("la Dra. López", "la doctora López"),
    ("EE. UU. y la UE", "Estados Unidos y la u e"),
    ("EE.UU. ataca", "Estados Unidos ataca"),
    ("p. ej., en Madrid", "por ejemplo, en Madrid"),
    ("pan, vino, etc.", "pan, vino, etcétera."),
    ("n.º 5", "número cinco"),
    ("pág. 12", "página doce"),
    ("en 52 a. C.", "en cincuenta y dos antes de Cristo."),
    ("la OTAN y la ONU", "la OTAN y la ONU"),
    ("el FMI y el BCE", "el efe eme i y el be ce e"),
    ("las ONG", "las o ene ge"),
    ("el PIB", "el PIB"),
    ("un F-16", "un efe dieciséis"),
    ("la covid-19", "la covid-diecinueve"),
    ("la COVID-19", "la COVID diecinueve"),
    ("el 5G", "el cinco ge"),
    ("1 muerte", "una muerte"),
    ("el G20", "el ge veinte"),
    ("García & Hijos", "García e Hijos"),
    ("ganó 2-1", "ganó dos a uno"),
    # Tipografía
    ("Dijo: «Venimos».", 'Dijo: "Venimos".'),
    ("Nosotros —y solo nosotros— venimos", "Nosotros, y solo nosotros, venimos"),
    ("Kiev (Ucrania) arde", "Kiev, Ucrania, arde"),
]

PROSE = """
El Gobierno decidió el martes cambiar la ley. ¿Quién lo diría? La oposición, "muy preocupada", acudirá a los tribunales.
¡Qué calor! En Sevilla no llovió en todo el día; en Bilbao, sí.
Ángela y yo fuimos al cine con Íñigo, el hijo de la señora Muñoz.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_spanish_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "es") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_spanish_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "es") == line
