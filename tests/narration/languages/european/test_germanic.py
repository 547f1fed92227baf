"""Rules that Dutch and the Scandinavian languages share, and their number words."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from audiogen import normalize
from audiogen.narration.languages.european.forms import Form
from tests.narration.languages.european.numerals import value_of

if TYPE_CHECKING:
    from audiogen.narration.languages.european.language import Language

CASES = [
    ("nl", "2-1", "twee één"),
    ("nl", "9-9", "negen negen"),
    ("nl", "10-10", "tien tot tien"),
    ("nl", "11-3", "elf tot drie"),
    ("nl", "1-2", "één tot twee"),
    ("nl", "Ajax won met 1-2", "Ajax won met één twee"),
    ("nl", "Ajax won met 12-10", "Ajax won met twaalf tien"),
    ("nl", "20-jarige", "twintigjarige"),
    ("nl", "20-TV", "twintig-T V"),
    ("nl", "3x per dag", "drie keer per dag"),
    ("nl", "Willem II", "Willem de tweede"),
    ("nl", "hoofdstuk IV", "hoofdstuk vier"),
    ("nl", "in de XIXe eeuw", "in de negentiende eeuw"),
    ("nl", "de 3e plaats", "de derde plaats"),
    ("nl", "1,5 miljoen", "anderhalf miljoen"),
    ("nl", "om 9.05 uur", "om negen uur vijf"),
    ("nl", "om 9.10 uur", "om negen uur tien"),
    ("nl", "om 9 uur", "om negen uur"),
    ("nl", "2-5 kg", "twee tot vijf kilo"),
    ("nl", "2-1 kg", "twee tot één kilo"),
    ("sv", "1990-talet", "nittonhundranittiotalet"),
    ("sv", "90-talet", "nittiotalet"),
    ("sv", "1 hus", "ett hus"),
    ("sv", "11 hus", "elva hus"),
    ("sv", "21 hus", "tjugoett hus"),
    ("sv", "1 bil", "en bil"),
    ("sv", "101 bilar", "hundraen bilar"),
    ("sv", "1,5 miljoner", "en och en halv miljon"),
    ("sv", "Karl XVI Gustaf", "Karl den sextonde Gustaf"),
    ("sv", "Karl XVI", "Karl den sextonde"),
    ("sv", "kl. 18.00", "klockan arton"),
    ("sv", "kl. 18.05", "klockan arton noll fem"),
    ("sv", "EU:s", "E U s"),
    ("sv", "E4:an", "E fyran"),
    ("sv", "kapitel IV", "kapitel fyra"),
    ("nb", "1 hus", "ett hus"),
    ("nb", "11 hus", "elleve hus"),
    ("nb", "21 hus", "tjueett hus"),
    ("nb", "1001 hus", "tusen og ett hus"),
    ("nb", "3x Per", "tre ganger Per"),
    ("nb", "Ring 112", "Ring en en to"),
    ("nb", "Det er 112 hus", "Det er hundre og tolv hus"),
    ("nb", "3. plass", "tredje plass"),
    ("nb", "Harald 5. kom", "Harald den femte kom"),
    ("nb", "i 1990", "i nitten nitti"),
    ("nb", "i 1990 hus", "i nitten hundre og nitti hus"),
    ("nb", "i 1990-årene", "i nitten hundre og nittiårene"),
    ("da", "1,5 million", "halvanden million"),
    ("da", "2,5 million", "to komma fem millioner"),
    ("da", "1,5 %", "en komma fem procent"),
    ("da", "1,5 time", "en komma fem time"),
    ("da", "kl. 9.05", "klokken ni nul fem"),
    ("da", "kl. 9", "klokken ni"),
    ("da", "3. plads", "tredje plads"),
    ("da", "Frederik 10. kom", "Frederik den tiende kom"),
    ("da", "i 1990'erne", "i nittenhalvfemserne"),
    ("da", "15. maj", "femtende maj"),
]


@pytest.mark.parametrize(("language", "written", "spoken"), CASES, ids=[f"{tag} {text}" for tag, text, _ in CASES])
def test_a_rule_of_the_germanic_languages_has_both_its_sides(language: str, written: str, spoken: str) -> None:
    assert normalize(written, language) == spoken


PACKS = ["nl", "sv", "nb", "da"]
LANGUAGES: dict[str, Language] = {
    pack: import_module(f"audiogen.narration.languages.{pack}").LANGUAGE for pack in PACKS
}
#: Where the words of a number change.
SEAMS = [
    *range(131), *range(191, 202), 300, 999, 1000, 1001, 1099, 1100, 1101, 1999, 2000, 2001, 2100, 3003, 11_000, 21_000,
    100_000, 101_000, 200_001, 999_999, 10**6, 10**6 + 1, 2 * 10**6, 21 * 10**6, 10**9, 2 * 10**9,
]  # fmt: skip


@pytest.mark.parametrize("pack", PACKS)
def test_a_germanic_number_is_said_in_words_that_mean_it(pack: str) -> None:
    for number in SEAMS:
        for gender in ("", "m", "n"):
            assert value_of(LANGUAGES[pack].cardinal(number, Form(gender=gender)), pack) == number


#: One and what ends in it, by the gender of what is counted: none, common, neuter.
ONES = [
    ("sv", 1, "ett en ett"),
    ("sv", 21, "tjugoett tjugoen tjugoett"),
    ("sv", 11, "elva elva elva"),
    ("sv", 101, "hundraett hundraen hundraett"),
    ("nb", 1, "en en ett"),
    ("nb", 13, "tretten tretten tretten"),
    ("nb", 21, "tjueen tjueen tjueett"),
    ("da", 1, "en en et"),
    ("nl", 1, "één één één"),
]


@pytest.mark.parametrize(("pack", "number", "forms"), ONES)
def test_one_agrees_with_what_it_counts(pack: str, number: int, forms: str) -> None:
    assert [LANGUAGES[pack].cardinal(number, Form(gender=gender)) for gender in ("", "m", "n")] == forms.split()


@pytest.mark.parametrize("pack", PACKS)
def test_a_germanic_number_beyond_counting_is_said_figure_by_figure(pack: str) -> None:
    language = LANGUAGES[pack]
    assert language.cardinal(10**15) == " ".join(language.cardinal(int(figure)) for figure in str(10**15))
    assert " " in language.cardinal(10**14)
    assert value_of(language.cardinal(10**9 - 1), pack) == 10**9 - 1


#: The nth by language: the last word has a form of its own, or an ending.
ORDINALS = [
    ("nl", "1 eerste, 3 derde, 8 achtste, 20 twintigste, 101 honderdeerste, 1000 duizendste"),
    ("sv", "1 första, 2 andra, 18 artonde, 20 tjugonde, 100 hundrade, 1000 tusende"),
    ("nb", "1 første, 13 trettende, 20 tjuende, 103 hundre og tredje, 1000000 en millionte"),
    ("da", "1 første, 11 ellevte, 20 tyvende, 80 firsindstyvende, 103 hundrede og tredje"),
]


@pytest.mark.parametrize(("pack", "table"), ORDINALS, ids=PACKS)
def test_a_germanic_place_is_named(pack: str, table: str) -> None:
    for row in table.split(", "):
        number, _, said = row.partition(" ")
        assert LANGUAGES[pack].ordinal(int(number)) == said
