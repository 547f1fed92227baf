"""Parts of a unit, short or written out, alone and behind a whole number; what is no part of a unit is left."""

from __future__ import annotations

import pytest

from audiogen import normalize

PARTS = [
    ("de", "1/4 kg Mehl", "ein Viertel Kilogramm Mehl"),
    ("de", "1/2 l Milch", "ein halber Liter Milch"),
    ("de", "mit ½ l Milch", "mit einem halben Liter Milch"),
    ("de", "3/4 l Wasser", "drei Viertel Liter Wasser"),
    ("de", "1 1/2 l Brühe", "eineinhalb Liter Brühe"),
    ("de", "2½ h", "zweieinhalb Stunden"),
    ("de", "1/2 TL Salz", "ein halber Teelöffel Salz"),
    ("es", "1/4 kg de azúcar", "un cuarto de kilogramo de azúcar"),
    ("es", "1/2 litro", "medio litro"),
    ("es", "½ h", "media hora"),
    ("es", "2 1/2 kg", "dos kilogramos y medio"),
    ("es", "1/4 taza", "un cuarto de taza"),
    ("es", "2 cdas. de miel", "dos cucharadas de miel"),
    ("it", "3/4 ore", "tre quarti d'ora"),
    ("it", "1/2 litro di latte", "mezzo litro di latte"),
    ("it", "1 1/2 l", "un litro e mezzo"),
    ("it", "1/4 kg", "un quarto di chilogrammo"),
    ("pt", "1/2 litro", "meio litro"),
    ("pt", "3/4 h", "três quartos de hora"),
    ("pt", "2 1/2 kg", "dois quilogramas e meio"),
    ("fr", "1/2 l", "un demi-litre"),
    ("fr", "1/2 h", "une demi-heure"),
    ("fr", "3/4 h", "trois quarts d'heure"),
    ("fr", "2 h et 1/2", "deux heures et demie"),
    ("fr", "2 1/2 kg", "deux kilogrammes et demi"),
    ("fr", "1/2 c. à café de sel", "une demi-cuillère à café de sel"),
    ("pl", "1/4 kg", "ćwierć kilograma"),
    ("pl", "½ l", "pół litra"),
    ("pl", "2 1/2 kg", "dwa i pół kilograma"),
    ("ru", "1/4 кг", "четверть килограмма"),
    ("ru", "1/2 л", "пол-литра"),
    ("ru", "½ кг", "полкилограмма"),
    ("ru", "1 1/2 л", "полтора литра"),
    ("ru", "2 ст. л. сахара", "две столовые ложки сахара"),
    ("ru", "½ ч. л. соли", "половина чайной ложки соли"),
    ("uk", "1/2 л", "пів літра"),
    ("uk", "3/4 кг", "три чверті кілограма"),
    ("uk", "2 ст. л. цукру", "дві столові ложки цукру"),
    ("nl", "1/2 liter", "een halve liter"),
    ("nl", "1/2 uur", "een half uur"),
    ("nl", "2 1/2 kg", "tweeënhalve kilo"),
    ("nl", "2 el olie", "twee eetlepels olie"),
    ("sv", "½ l", "en halv liter"),
    ("sv", "2 1/2 kg", "två och ett halvt kilo"),
    ("sv", "1/4 kg", "en kvarts kilo"),
    ("sv", "1/2 tsk salt", "en halv tesked salt"),
    ("nb", "½ kg", "et halvt kilo"),
    ("nb", "1 1/2 l", "halvannen liter"),
    ("nb", "2 1/2 l", "to og en halv liter"),
    ("da", "3/4 l", "tre kvart liter"),
    ("da", "1 1/2 l", "halvanden liter"),
    ("da", "½ tsk. salt", "en halv teskefuld salt"),
    ("cs", "1/2 l", "půl litru"),
    ("cs", "1/4 kg", "čtvrt kilogramu"),
    ("cs", "2 PL oleje", "dvě polévkové lžíce oleje"),
    ("tr", "1/2 l", "yarım litre"),
    ("tr", "2 1/2 kg", "iki buçuk kilogram"),
    ("tr", "1/2 l'den fazla", "yarım litreden fazla"),
]
OTHERS = [
    ("de", "3/7 kg", "drei sieben Kilogramm"),  # no fraction that the table knows
    ("de", "Seite 1/2", "Seite ein halb"),
    ("fr", "1/4 de litre", "un quart de litre"),
    ("es", "3/4 de hora", "tres cuartos de hora"),
    ("es", "un 1/2 lado", "un medio lado"),
    ("nl", "1/2 lidstaat", "een half lidstaat"),  # "l" is only the beginning of a word
    ("sv", "1/2 kgb", "en halv kgb"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), PARTS)
def test_parts_of_units_are_said_as_parts(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language=language) == spoken


@pytest.mark.parametrize(("language", "written", "spoken"), OTHERS)
def test_what_is_no_part_of_a_unit_is_left_to_other_rules(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language=language) == spoken
