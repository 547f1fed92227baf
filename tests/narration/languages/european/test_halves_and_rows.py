"""Halves of nouns, decades with their word, rows of days and the pages that follow, in the languages that have them."""

import pytest

from audiogen import normalize

SPOKEN = [
    ("es", "Agregue 1/2 litro de leche.", "Agregue medio litro de leche."),
    ("es", "½ taza de agua", "media taza de agua"),
    ("es", "la 1/2 de ellos", "la un medio de ellos"),
    ("it", "1/2 litro di latte", "mezzo litro di latte"),
    ("it", "1/2 tazza di zucchero", "mezza tazza di zucchero"),
    ("pt", "1/2 xícara de açúcar", "meia xícara de açúcar"),
    ("fr", "dans 1/2 heure", "dans une demi-heure"),
    ("ru", "В 1990-х гг. завод закрыли.", "В тысяча девятьсот девяностых годах завод закрыли."),
    ("ru", "с начала 1980-х гг.", "с начала тысяча девятьсот восьмидесятых годов."),
    ("ru", "1970-е гг. были", "тысяча девятьсот семидесятые годы были"),
    ("uk", "У 1990-х рр. завод закрили.", "У тисяча дев'ятсот дев'яностих роках завод закрили."),
    ("uk", "1970-ті рр. були", "тисяча дев'ятсот сімдесяті роки були"),
    ("de", "Mo.–Fr. von 9 bis 12 Uhr", "Montag bis Freitag von neun bis zwölf Uhr"),
    ("de", "Mo., Mi. und Fr. um 9 Uhr", "Montag, Mittwoch und Freitag um neun Uhr"),
    ("de", "So, Mi und er", "So, Mi und er"),
    ("de", "S. 347 ff. des Buches", "Seite dreihundertsiebenundvierzig folgende des Buches"),
    ("de", "Siehe S. 30 f.", "Siehe Seite dreißig folgende."),
    ("fr", "Au XIXᵉ siècle", "Au dix-neuvième siècle"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), SPOKEN)
def test_short_forms_are_said_as_their_language_says_them(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language=language) == spoken
