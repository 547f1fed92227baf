"""The data of the packs: nothing missing that a rule asks for, and nothing that contradicts itself."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from audiogen.narration.languages.european.forms import noun_of
from audiogen.narration.languages.european.parts import spread

if TYPE_CHECKING:
    from audiogen.narration.languages.european.language import Language

PACKS = ["de", "fr", "es", "it", "pt", "pt_br", "uk", "ru", "pl", "nl", "sv", "nb", "da", "cs", "tr"]
SLAVIC = ["uk", "ru", "pl", "cs"]
LANGUAGES: dict[str, Language] = {
    pack: import_module(f"audiogen.narration.languages.{pack}").LANGUAGE for pack in PACKS
}
ABBREVIATIONS = ("before_name", "before_number", "anywhere", "final")
#: What a page of any language may count by.
UNITS = ["mm", "cm", "m", "km", "m²", "km²", "ha", "kg", "t", "l", "km/h", "°C", "kW", "MW", "GW", "kWh", "GB"]
CYRILLIC_UNITS = ["мм", "см", "м", "км", "м²", "км²", "га", "кг", "т", "л", "°C", "кВт", "МВт", "ГВт", "ГБ"]
CURRENCIES = ["€", "$", "£", "¥", "₴", "₽", "EUR", "USD", "GBP", "PLN", "UAH"]
#: Signs that no voice may be left to guess.
SIGNS = "&@+=%‰§#×÷±≈~≤≥<>√∞°€$£/\\"


def forms_of(table: dict[str, object]) -> list[str]:
    """List the written forms of a table, each as often as it stands there."""
    return [form for forms in table for form in forms.split(", ")]


@pytest.mark.parametrize("pack", PACKS)
def test_there_are_twelve_months_and_no_form_of_one_is_another(pack: str) -> None:
    months = LANGUAGES[pack].calendar["months"]
    assert len(months) == 12
    assert [form for form, times in Counter(" ".join(months).split()).items() if times > 1] == []
    written = [form for forms in months for form in forms.split()[1:]]
    assert [form for form in written if form != form.lower() or form.endswith(".")] == []


@pytest.mark.parametrize("pack", PACKS)
def test_no_abbreviation_stands_twice_in_its_table(pack: str) -> None:
    for name in ABBREVIATIONS:
        forms = forms_of(LANGUAGES[pack].words.get(name, {}))
        assert [form for form, times in Counter(forms).items() if times > 1] == [], name


@pytest.mark.parametrize("pack", PACKS)
def test_what_may_end_a_sentence_is_not_listed_as_going_on(pack: str) -> None:
    words = LANGUAGES[pack].words
    assert set(forms_of(words.get("anywhere", {}))) & set(forms_of(words.get("final", {}))) == set()


@pytest.mark.parametrize("pack", PACKS)
def test_no_unit_currency_or_magnitude_stands_twice(pack: str) -> None:
    for name in ("units", "currencies", "magnitudes"):
        forms = forms_of(LANGUAGES[pack].numbers[name])
        assert [form for form, times in Counter(forms).items() if times > 1] == [], name


@pytest.mark.parametrize("pack", PACKS)
def test_a_noun_has_a_gender_and_the_forms_its_language_counts_in(pack: str) -> None:
    numbers = LANGUAGES[pack].numbers
    nouns = [*numbers["units"].values(), *numbers["magnitudes"].values(), numbers["percent"]]
    nouns += [noun for names in numbers["currencies"].values() for noun in names]
    for text in nouns:
        noun = noun_of(text)
        assert noun.gender in {"m", "f", "n", ""}, text
        assert len(noun.forms) in ({4, 7} if pack in SLAVIC else {2}), text
        assert all(form == form.strip() and form for form in noun.forms), text


@pytest.mark.parametrize("pack", PACKS)
def test_the_usual_units_and_currencies_are_known(pack: str) -> None:
    numbers = LANGUAGES[pack].numbers
    units = CYRILLIC_UNITS if pack in {"uk", "ru"} else UNITS
    assert [unit for unit in units if unit not in spread(numbers["units"])] == []
    assert [sign for sign in CURRENCIES if sign not in forms_of(numbers["currencies"])] == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_sign_has_a_name(pack: str) -> None:
    language = LANGUAGES[pack]
    assert [sign for sign in SIGNS if not language.words["symbols"].get(sign)] == []
    assert [sign for sign in ("-", "+", "±") if not language.numbers["signs"].get(sign)] == []
    assert [mark for mark in "./-@_" if not language.words["address"].get(mark)] == []


@pytest.mark.parametrize("pack", PACKS)
def test_an_initialism_is_said_in_one_way(pack: str) -> None:
    language = LANGUAGES[pack]
    other = frozenset(language.words["other"])
    assert (language.acronyms & language.spelled) | (language.acronyms & other) | (
        language.spelled & other
    ) == frozenset()


@pytest.mark.parametrize("pack", PACKS)
def test_an_initialism_of_the_tables_is_one_trigger(pack: str) -> None:
    language = LANGUAGES[pack]
    listed = language.acronyms | language.spelled
    assert [word for word in listed if not re.fullmatch(r"[^\W_]+", word)] == []


@pytest.mark.parametrize("pack", PACKS)
def test_the_fractions_people_write_have_words(pack: str) -> None:
    fractions = LANGUAGES[pack].numbers["fractions"]
    assert [part for part in ("1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "1/8", "1/10") if part not in fractions] == []
    assert len(set(fractions.values())) == len(fractions)


@pytest.mark.parametrize("pack", ["uk", "ru", "pl", "es", "it", "pt", "cs", "tr"])
def test_every_letter_has_a_name_of_its_own(pack: str) -> None:
    letters = LANGUAGES[pack].words["letters"]
    assert [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in letters] == []
    alphabet = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЮЯ" if pack in {"uk", "ru"} else ""
    assert [letter for letter in alphabet if letter not in letters] == []
    names = [letters[letter] for letter in (alphabet or "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("pack", SLAVIC)
def test_a_preposition_asks_for_one_case(pack: str) -> None:
    prepositions = LANGUAGES[pack].numbers["prepositions"]
    listed = [word for forms in prepositions.values() for word in forms.split()]
    assert [word for word, times in Counter(listed).items() if times > 1] == []
    assert set(prepositions) <= {"g", "d", "a", "i", "l", "gi", "?"}
    assert [word for word in listed if not re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)?", word)] == []


@pytest.mark.parametrize("pack", SLAVIC)
def test_what_a_numeral_stands_before_has_its_cases_and_gender(pack: str) -> None:
    numbered = LANGUAGES[pack].words["numbered"]
    assert [text for text in numbered.values() if not re.fullmatch(r"[ngdail]+ [mfnp]", text)] == []
    assert [word for word in numbered if word != word.lower()] == []


@pytest.mark.parametrize("pack", SLAVIC)
def test_an_abbreviation_that_is_declined_has_five_cases(pack: str) -> None:
    words = LANGUAGES[pack].words
    declined = [spoken for name in ABBREVIATIONS for spoken in words.get(name, {}).values() if "|" in spoken]
    assert declined
    assert [spoken for spoken in declined if len(spoken.split("|")) != 5] == []


@pytest.mark.parametrize("pack", SLAVIC)
def test_the_ending_of_an_adjective_is_known_for_every_noun(pack: str) -> None:
    endings = LANGUAGES[pack].numbers["adjective_before"]
    assert list(endings)[-1] == "", "the last pattern takes what no other took"
    assert all(re.compile(pattern) for pattern in endings)


@pytest.mark.parametrize("pack", SLAVIC)
def test_what_one_of_is_counted_tells_a_case_and_a_gender(pack: str) -> None:
    for key, pattern in LANGUAGES[pack].numbers["singular"].items():
        assert re.fullmatch(r"[ngdail] [mfn]", key)
        assert re.compile(pattern).pattern.endswith("$"), "an ending, not any part of a word"


@pytest.mark.parametrize("pack", ["fr", "es", "it", "pt", "pt_br"])
def test_a_word_is_of_one_gender_in_the_lists(pack: str) -> None:
    gender = {name: set(text.split()) for name, text in LANGUAGES[pack].words["gender"].items()}
    assert gender["masculine"] & gender["feminine"] == set()
    assert (gender["masculine"] | gender["feminine"]) & gender["not_nouns"] == set()
    rulers = {name: set(LANGUAGES[pack].words[name].split()) for name in ("rulers", "queens")}
    assert rulers["rulers"] & rulers["queens"] == set()


@pytest.mark.parametrize("pack", PACKS)
def test_a_word_that_opens_a_sentence_is_written_small(pack: str) -> None:
    openers = LANGUAGES[pack].openers
    assert len(openers) > 40
    assert [word for word in openers if word != word.lower()] == []


def test_a_pack_laid_over_another_leaves_that_one_as_it_was() -> None:
    portugal, brazil = LANGUAGES["pt"].numbers, LANGUAGES["pt_br"].numbers
    assert noun_of(portugal["units"]["km"]).one == "quilómetro"
    assert noun_of(brazil["units"]["km"]).one == "quilômetro"
    assert portugal["signs"] == brazil["signs"]
    assert portugal["signs"] is not brazil["signs"]


@pytest.mark.parametrize("pack", PACKS)
def test_there_are_seven_days_and_no_short_form_of_one_is_another(pack: str) -> None:
    calendar = LANGUAGES[pack].calendar
    rows = [row.split() for row in calendar["weekdays"]]
    assert len(rows) == 7
    short = [form for _, *forms in rows for form in forms]
    assert len(set(short)) == len(short) >= 7
    assert set(calendar["weekday_words"].split()) <= {form.lower() for form in short}
    for name in ("weekdays_from", "weekdays_until", "weekdays_object"):
        assert len(calendar.get(name, "a " * 7).split()) == 7, name


@pytest.mark.parametrize("pack", PACKS)
def test_parts_of_units_have_their_templates_and_are_known_fractions(pack: str) -> None:
    numbers = LANGUAGES[pack].numbers
    table = numbers["part_of"]
    assert {"other", "whole_other", "parts", "nouns"} <= set(table)
    assert set(table["parts"]) <= set(numbers["fractions"])
    for text in table["nouns"].values():
        assert len(noun_of(text).forms) == (4 if pack in SLAVIC else 2), text
