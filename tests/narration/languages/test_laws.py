"""The laws every European pack keeps, whatever the text."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen import normalize
from audiogen.narration.packs import load_pack

LANGUAGES = ["de", "fr", "es", "it", "pt", "pt-BR", "uk", "ru", "pl", "nl", "sv", "nb", "da", "cs", "tr"]

#: What stands in the texts of these languages, and what is strange in them.
LETTERS = "abcxyzABCIVXHPäößéçñłśźåæøčřěůğıİşабвгіїєґяАБХСІ"
MARKS = " .,;:!?'\"-–—/()%€$£₴+&@#§°²½«»…’_*=<>"
TEXTS = st.text(alphabet=LETTERS + MARKS + "0123456789", max_size=40)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "6.",
            "September",
            "septembre",
            "września",
            "вересня",
            "2024",
            "18:30",
            "18h30",
            "5%",
            "3,50",
            "€",
            "$4,5",
            "млрд",
            "Mrd.",
            "mln",
            "1.200",
            "1",
            "200",
            "10-й",
            "5e",
            "1er",
            "3ª",
            "XIV",
            "XXI",
            "ООН",
            "NATO",
            "F-16",
            "Су-35",
            "р.",
            "г.",
            "r.",
            "о",
            "в",
            "до",
            "з",
            "w",
            "o",
            "le",
            "la",
            "06.09.2024",
            "5–7",
            "−5",
            "°C",
            "км/год",
            "km/h",
            "№",
            "Nr.",
            "1/2",
            "https://a.de/b",
            "c@d.pl",
            "року",
            "году",
            "roku",
            "siglo",
            "secolo",
            "siècle",
            "(",
            ")",
            "„",
            "“",
            "«",
            "»",
            "—",
            "…",
            "½",
            "м²",
            "0171",
            "12:00–14:00",
            "90-х",
            "90er",
            "’90",
            "#a1",
            "3:e",
            "EU:s",
            "19e",
            "2–1",
            "1980'erne",
            "80-tallet",
            "kl.",
            "2024'te",
            "%20'si",
            "II.",
            "letech",
            "20letý",
            "kr.",
            "Kč",
            "TL",
            "24-02-2022",
            "Harald",
            "Karla",
            "yüzyıl",
            "@b",
        ]
    ),
    max_size=8,
).map(" ".join)


def unsaid(spoken: str) -> set[str]:
    """List what no voice should be left to guess: figures and symbols."""
    return {c for c in spoken if unicodedata.category(c)[0] in "NS" or c in "%&@#§/\\()[]{}*_–—…«»„“”"}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(text=TEXTS | FRAGMENTS)
def test_no_text_raises_or_leaves_a_figure_or_symbol(language: str, text: str) -> None:
    assert unsaid(normalize(text, language)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(text=FRAGMENTS)
def test_what_is_said_is_said_again_the_same(language: str, text: str) -> None:
    spoken = normalize(text, language)
    assert normalize(spoken, language) == spoken


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=60))
def test_no_text_of_any_script_raises(language: str, text: str) -> None:
    assert isinstance(normalize(text, language), str)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_longer_than_the_library_knows_is_said_by_figures(language: str) -> None:
    one = normalize("1", language)
    assert normalize("1" * 40, language).split() == [one] * 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pack_is_found_by_its_tag(language: str) -> None:
    pack = load_pack(language)
    assert pack is not None
    assert pack.tag == language


def test_english_pays_nothing_for_other_languages() -> None:
    code = (
        "import sys; from audiogen import normalize; normalize('On Sept. 6 it cost $5.'); "
        "print([m for m in sys.modules if m.startswith('num2words') or 'european' in m])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_number_words_are_loaded_with_the_first_number() -> None:
    code = (
        "import sys; from audiogen import normalize; normalize('Guten Tag', 'de'); "
        "before = 'num2words' in sys.modules; normalize('5 Tage', 'de'); print(before, 'num2words' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]


#: What could make a rule look far ahead, again and again.
ROWS = {
    "uk": "XX та ",
    "ru": "1 женщина и 2 ",
    "pl": "w 2. meczu o 8 rano ",
    "de": "2. und ",
    "fr": "8h-10h 12,50 €/m² ",
    "es": "siglos XIX y XX, ",
    "it": "2° al 90' ",
    "pt": "21 123 45 ",
    "pt-BR": "3x4 ",
    "nl": "19e 2-1 in 1989, € 3,50 ",
    "sv": "3:e EU:s E4:an 18.30 ",
    "nb": "Harald V 3. plass i 1989 ",
    "da": "Frederik 10. 80'erne 2-1 ",
    "cs": "24. 2. a 3. místo 20letý ",
    "tr": "%20'si 3. sırada 2024'te ",
}


@pytest.mark.parametrize(("language", "row"), ROWS.items())
def test_no_rule_looks_further_than_a_few_words(language: str, row: str) -> None:
    """What stands far off changes nothing: a long row is said as its parts are."""
    short, long = normalize(row * 40, language), normalize(row * 80, language)
    assert long.startswith(short[: len(short) // 2])
    assert len(long) <= 2.1 * len(short)
