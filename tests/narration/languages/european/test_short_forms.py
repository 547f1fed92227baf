"""Short forms of centuries, sums, numbers and places: what stands before or behind tells what they are short for."""

from __future__ import annotations

import pytest

from audiogen import normalize

CENTURIES = [
    ("it", "nel XIX sec.", "nel diciannovesimo secolo."),
    ("it", "nel IV sec. a.C.", "nel quarto secolo avanti Cristo."),
    ("it", "nei secc. XV e XVI", "nei secoli quindicesimo e sedicesimo"),
    ("it", "10 sec.", "dieci secondi."),
    ("fr", "au XIXe s. et après", "au dix-neuvième siècle et après"),
    ("fr", "aux XVe-XVIe s.", "aux quinzième-seizième siècles."),
    ("fr", "10 s.", "dix secondes."),
    ("pt", "no XIX séc.", "no décimo nono século."),
    ("de", "vom 18. bis 19. Jhd.", "vom achtzehnten bis neunzehnten Jahrhundert."),
    ("cs", "v 15. st. př. n. l.", "v patnáctém století před naším letopočtem."),
    ("sv", "på 1900-t.", "på nittonhundratalet."),
    ("da", "i 1800-t.", "i attenhundredetallet."),
]
SUMS = [
    ("sv", "2,5 mkr", "två komma fem miljoner kronor"),
    ("sv", "1 mkr", "en miljon kronor"),
    ("sv", "500 tkr", "femhundra tusen kronor"),
    ("sv", "30 mdkr", "trettio miljarder kronor"),
    ("nb", "2,5 MNOK", "to komma fem millioner kroner"),
    ("da", "500 t.kr.", "fem hundrede tusind kroner."),
    ("da", "30 mia.kr. om året", "tredive milliarder kroner om året"),
    ("de", "5 TEUR", "fünf tausend Euro"),
    ("fr", "500 k€", "cinq cent mille euros"),
    ("fr", "80 K€", "quatre-vingt mille euros"),
    ("fr", "1,5 k€", "mille cinq cents euros"),
    ("fr", "1 k€", "mille euros"),
    ("fr", "3 M d'€", "trois millions d'euros"),
    ("fr", "12 Mds de $", "douze milliards de dollars"),
    ("fr", "11,65 €/h", "onze euros soixante-cinq par heure"),
    ("es", "8,45 €/h", "ocho euros con cuarenta y cinco céntimos por hora"),
    ("nl", "€ 13,68/uur", "dertien euro achtenzestig per uur"),
    ("nl", "€ 5,-", "vijf euro"),
    ("nl", "5,- euro", "vijf euro"),
    ("nl", "€ 5,50", "vijf euro vijftig"),
    ("de", "2–3 Mrd. US-$", "zwei bis drei Milliarden Dollar"),
    ("nl", "18 t/m 24 jaar", "achttien tot en met vierentwintig jaar"),
    ("nl", "5 t/m²", "vijf ton per vierkante meter"),
    ("es", "500 K€", "quinientos mil euros"),
    ("es", "3 M de euros", "tres millones de euros"),
    ("es", "3 M de", "tres M de"),
    ("es", "US$ 500 mil", "quinientos mil dólares"),
    ("es", "2 mil casas", "dos mil casas"),
    ("it", "500 k€", "cinquecentomila euro"),
    ("it", "3 Mln €", "tre milioni di euro"),
    ("it", "2 mld di $", "due miliardi di dollari"),
    ("pt", "500 k€", "quinhentos mil euros"),
    ("pt", "2,5 mM€", "dois vírgula cinco mil milhões de euros"),
    ("pt-BR", "R$ 500 mil", "quinhentos mil reais"),
    ("pt-BR", "R$ 1,5 mil", "mil e quinhentos reais"),
    ("pt-BR", "R$ 2 mi", "dois milhões de reais"),
    ("pt-BR", "2 mil casas", "duas mil casas"),
    ("nl", "500 k€", "vijfhonderd duizend euro"),
    ("nl", "3 M€", "drie miljoen euro"),
    ("de", "3 M€", "drei Millionen Euro"),
    ("sv", "3 M€", "tre miljoner euro"),
    ("nb", "500 k€", "fem hundre tusen euro"),
    ("da", "3 M€", "tre millioner euro"),
    ("fr", "2,5 M€", "deux virgule cinq millions d'euros"),
    ("es", "3 mdd", "tres millones de dólares"),
    ("tr", "30 mlr TL", "otuz milyar lira"),
]
NUMBERED = [
    ("de", "Kap. XII", "Kapitel zwölf"),
    ("it", "cap. XII", "capitolo dodici"),
    ("fr", "t. II, chap. IV", "tome deux, chapitre quatre"),
    ("nl", "hfst. XII", "hoofdstuk twaalf"),
    ("it", "cap. Rossi", "capitano Rossi"),
    ("tr", "no: 5'te", "numara beşte"),
    ("tr", "No: 12", "numara on iki"),
    ("nl", "nr.: 5", "nummer vijf"),
    ("fr", "n°: 5", "numéro cinq"),
    ("tr", "no war", "no war"),
]
PLACES = [
    ("ru", "на р. Волга", "на реке Волга"),
    ("ru", "у оз. Байкал", "у озера Байкал"),
    ("ru", "д. Ивановка", "деревня Ивановка"),
    ("ru", "д. 5", "дом пять"),
    ("ru", "Одинцовский р-н.", "Одинцовский район."),
    ("uk", "на р. Дніпро", "на річці Дніпро"),
    ("uk", "у 2024 р. Київ", "у дві тисячі двадцять четвертому році Київ"),
    ("pl", "nad rz. Wisłą", "nad rzeką Wisłą"),
    ("pl", "ul. Długa 5 m. 3", "ulica Długa pięć mieszkania trzy"),
    ("pl", "5 m. Potem", "pięć metrów. Potem"),
    ("cs", "okr. Praha", "okres Praha"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), CENTURIES + SUMS + NUMBERED + PLACES)
def test_short_forms_are_said_in_full(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language=language) == spoken


OF_CHEMISTRY_AND_ADDRESSES = [
    ("de", "CaCO3 und NaCl", "C A C O drei und N A C L"),
    ("de", "CO2", "C O zwei"),  # of the table
    ("es", "H2SO4", "hache dos ese o cuatro"),
    ("de", "H1N1", "H eins N eins"),
    ("nl", "de .uk site", "de punt U K site"),
    ("fr", ".NET", "point net"),
    ("de", "das Ende .Danach", "das Ende. Danach"),
    ("de", "Schreib <b> hin", "Schreib b hin"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), OF_CHEMISTRY_AND_ADDRESSES)
def test_compounds_points_and_tags_are_said(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language=language) == spoken
