"""Polish: what a newsreader says for what the page prints."""

from __future__ import annotations

import pytest

from audiogen import normalize

CASES = [
    # Liczby i zgoda
    ("2 kobiety", "dwie kobiety"),
    ("2 samochody", "dwa samochody"),
    ("2 miasta", "dwa miasta"),
    ("2 żołnierzy", "dwóch żołnierzy"),
    ("5 żołnierzy", "pięciu żołnierzy"),
    ("25 policjantów", "dwudziestu pięciu policjantów"),
    ("1200 żołnierzy", "tysiąc dwustu żołnierzy"),
    ("500 osób", "pięćset osób"),
    ("22 osoby", "dwadzieścia dwie osoby"),
    ("21 osób", "dwadzieścia jeden osób"),
    ("1 osoba", "jedna osoba"),
    ("1 miejsce", "jedno miejsce"),
    ("1 200 000 mieszkańców", "milion dwieście tysięcy mieszkańców"),
    ("do 20 osób", "do dwudziestu osób"),
    ("około 500 osób", "około pięciuset osób"),
    ("od 200 do 300 osób", "od dwustu do trzystu osób"),
    ("w 20 krajach", "w dwudziestu krajach"),
    ("z 3 osobami", "z trzema osobami"),
    ("5–7 dni", "od pięciu do siedmiu dni"),
    ("3–4 dni", "trzy-cztery dni"),
    ("za 5–7 dni", "za pięć-siedem dni"),
    ("3,14", "trzy i czternaście setnych"),
    ("0,5", "pięć dziesiątych"),
    ("kod 0815", "kod zero osiem jeden pięć"),
    # Pieniądze
    ("5 zł", "pięć złotych"),
    ("2 zł", "dwa złote"),
    ("1 zł", "jeden złoty"),
    ("21 zł", "dwadzieścia jeden złotych"),
    ("22 zł", "dwadzieścia dwa złote"),
    ("3,50 zł", "trzy złote pięćdziesiąt groszy"),
    ("0,99 zł", "dziewięćdziesiąt dziewięć groszy"),
    ("do 100 zł", "do stu złotych"),
    ("4,5 mld zł", "cztery i pół miliarda złotych"),
    ("1,5 mln dolarów", "półtora miliona dolarów"),
    ("0,5 mln zł", "pół miliona złotych"),
    ("$61 mld", "sześćdziesiąt jeden miliardów dolarów"),
    ("2 tys. euro", "dwa tysiące euro"),
    ("$3", "trzy dolary"),
    ("€200", "dwieście euro"),
    ("10–20 zł", "od dziesięciu do dwudziestu złotych"),
    ("500 PLN", "pięćset złotych"),
    # Procenty i jednostki
    ("5%", "pięć procent"),
    ("5 proc.", "pięć procent."),
    ("2,7 proc. wyborców", "dwa i siedem dziesiątych procent wyborców"),
    ("o 2,5%", "o dwa i pół procent"),
    ("o 10–15%", "o dziesięć-piętnaście procent"),
    ("−5 °C", "minus pięć stopni Celsjusza"),
    ("120 km/h", "sto dwadzieścia kilometrów na godzinę"),
    ("2 km", "dwa kilometry"),
    ("25 m²", "dwadzieścia pięć metrów kwadratowych"),
    ("2 t", "dwie tony"),
    ("5 mln osób", "pięć milionów osób"),
    ("3/4 głosów", "trzy czwarte głosów"),
    # Daty, lata, czas
    ("6 września 2024 roku", "szóstego września dwa tysiące dwudziestego czwartego roku"),
    ("6 września 2024 r. w Warszawie", "szóstego września dwa tysiące dwudziestego czwartego roku w Warszawie"),
    ("24.02.2022", "dwudziestego czwartego lutego dwa tysiące dwudziestego drugiego"),
    ("na 6 września", "na szósty września"),
    ("do 3 maja", "do trzeciego maja"),
    ("6–8 września", "szóstego-ósmego września"),
    ("od 6 do 8 września", "od szóstego do ósmego września"),
    ("w 2024 roku", "w dwa tysiące dwudziestym czwartym roku"),
    ("od 2014 roku", "od dwa tysiące czternastego roku"),
    ("rok 1989", "rok tysiąc dziewięćset osiemdziesiąt dziewięć"),
    ("1989 rok", "tysiąc dziewięćset osiemdziesiąty dziewiąty rok"),
    ("w 2014 r. zaczęło się", "w dwa tysiące czternastym roku zaczęło się"),
    ("we wrześniu 2024", "we wrześniu dwa tysiące dwudziestego czwartego"),
    ("w latach 1914–1918", "w latach tysiąc dziewięćset czternaście-tysiąc dziewięćset osiemnaście"),
    ("w latach 90. było inaczej", "w latach dziewięćdziesiątych było inaczej"),
    ("lata 80.", "lata osiemdziesiąte."),
    ("100 lat", "sto lat"),
    ("o 18.30", "o osiemnastej trzydzieści"),
    ("o 18:30", "o osiemnastej trzydzieści"),
    ("o godz. 18.30", "o godzinie osiemnastej trzydzieści"),
    ("od godz. 9", "od godziny dziewiątej"),
    ("w godz. 9–17 w sobotę", "w godzinach od dziewiątej do siedemnastej w sobotę"),
    ("2 proc. PKB", "dwa procent pe ka be"),
    ("wzrost o 5 proc. To rekord.", "wzrost o pięć procent. To rekord."),
    ("300 tys. Ukraińców", "trzysta tysięcy Ukraińców"),
    ("20 z 27 państw", "dwadzieścia z dwudziestu siedmiu państw"),
    ("z 3,50 zł do 4,20 zł", "z trzech złotych pięćdziesięciu groszy do czterech złotych dwudziestu groszy"),
    ("zgodnie z art. 5", "zgodnie z artykułem pięć"),
    ("na ul. Długiej 1", "na ulicy Długiej jeden"),
    ("z prof. Nowakiem", "z profesorem Nowakiem"),
    ("w I kwartale", "w pierwszym kwartale"),
    ("do 2,3 proc. ludności", "do dwóch i trzech dziesiątych procent ludności"),
    ("o 9:05", "o dziewiątej zero pięć"),
    ("do 18:00", "do osiemnastej"),
    ("9:00–18:00", "od dziewiątej do osiemnastej"),
    # Liczebniki porządkowe, złożenia, rzymskie
    ("5. miejsce", "piąte miejsce"),
    ("w 3. rundzie", "w trzeciej rundzie"),
    ("na 2. piętrze", "na drugim piętrze"),
    ("10-letni chłopiec", "dziesięcioletni chłopiec"),
    ("25-lecie", "dwudziestopięciolecie"),
    ("3-osobowa rodzina", "trzyosobowa rodzina"),
    ("XXI wiek", "dwudziesty pierwszy wiek"),
    ("w XX wieku", "w dwudziestym wieku"),
    ("do XIX wieku", "do dziewiętnastego wieku"),
    ("początek XX w.", "początek dwudziestego wieku."),
    ("II wojna światowa", "druga wojna światowa"),
    ("po II wojnie światowej", "po drugiej wojnie światowej"),
    ("Jan Paweł II", "Jan Paweł Drugi"),
    ("Jana Pawła II", "Jana Pawła Drugiego"),
    ("Karol III", "Karol Trzeci"),
    ("Elżbiety II", "Elżbiety Drugiej"),
    # Słowa
    ("prof. Nowak", "profesor Nowak"),
    ("dr Kowalska", "doktor Kowalska"),
    ("gen. Kukuła", "generał Kukuła"),
    ("płk Wiśniewski", "pułkownik Wiśniewski"),
    ("ul. Marszałkowska 5", "ulica Marszałkowska pięć"),
    ("m.in. w Krakowie", "między innymi w Krakowie"),
    ("np. Gdańsk", "na przykład Gdańsk"),
    ("tzn. jutro", "to znaczy jutro"),
    ("chleb, mleko itd.", "chleb, mleko i tak dalej."),
    ("nr 5", "numer pięć"),
    ("art. 212", "artykuł dwieście dwanaście"),
    ("ok. 30 osób", "około trzydziestu osób"),
    ("ONZ i NATO", "o en zet i NATO"),
    ("PKB i TVP", "pe ka be i te fał pe"),
    ("ZUS", "ZUS"),
    ("F-16", "ef szesnaście"),
    ("COVID-19", "COVID dziewiętnaście"),
    ("T-72", "te siedemdziesiąt dwa"),
    ("wynik 2:1", "wynik dwa do jednego"),
    # Znaki
    ("Powiedział: „Idziemy”.", 'Powiedział: "Idziemy".'),
    ("Warszawa – stolica", "Warszawa, stolica"),
    ("Charków (Ukraina) ostrzelany", "Charków, Ukraina, ostrzelany"),
    # Both sides of thresholds, and each kind of a rule
    ("23 osoby", "dwadzieścia trzy osoby"),
    ("12 osób", "dwanaście osób"),
    ("13 osób", "trzynaście osób"),
    ("14 osób", "czternaście osób"),
    ("24 osoby", "dwadzieścia cztery osoby"),
    ("112 osób", "sto dwanaście osób"),
    ("0,5 roku", "pół roku"),
    ("XX w.", "dwudziestego wieku."),
    ("w XX w.", "w dwudziestym wieku."),
    ("Karola V", "Karola Piątego"),
    ("1000-letni", "tysiącletni"),
    ("1/2 roku", "pół roku"),
]

PROSE = """
Rząd postanowił we wtorek zmienić ustawę. Kto by pomyślał? Opozycja, "bardzo zaniepokojona", pójdzie do sądu.
Ale upał! W Warszawie cały dzień nie padało; w Gdańsku, przeciwnie, ulewa.
Z Łodzi i z Żywca pojechaliśmy nad morze, bo u nas jest czas.
""".strip().splitlines()


@pytest.mark.parametrize(("written", "spoken"), CASES, ids=[written for written, _ in CASES])
def test_polish_is_said_as_a_newsreader_does(written: str, spoken: str) -> None:
    assert normalize(written, "pl") == spoken


@pytest.mark.parametrize("line", PROSE)
def test_plain_polish_comes_through_unchanged(line: str) -> None:
    assert normalize(line, "pl") == line
