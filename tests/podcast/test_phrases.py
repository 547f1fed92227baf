"""Every language says all that the pages say, and is written its own way."""

from __future__ import annotations

import string

import pytest

from audiogen.podcast.phrases import direction, language_name, phrases

LANGUAGES = {
    "en": "English",
    "uk": "Українська",
    "ru": "Русский",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pl": "Polski",
    "pt": "Português",
    "ar": "العربية",
}


def places(phrase: str) -> set[str]:
    """Name what is filled into a phrase."""
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name is not None}


@pytest.mark.parametrize(("language", "name"), LANGUAGES.items())
def test_a_language_has_its_own_name(language: str, name: str) -> None:
    assert language_name(language) == name
    assert phrases(language)["lang"] == language


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_language_fills_in_what_english_fills_in(language: str) -> None:
    english, expected = phrases("en"), phrases(language)
    assert expected.keys() == english.keys()
    assert {key: places(expected[key]) for key in english} == {key: places(english[key]) for key in english}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_language_speaks_for_itself(language: str) -> None:
    english, expected = phrases("en"), phrases(language)
    # Names of things and symbols may be the same: "Chapters" and "min" are nearly words of every language.
    same = {key for key in english if expected[key] == english[key]}
    assert len(same) <= 6, f"not translated: {sorted(same)}"


@pytest.mark.parametrize(
    ("tag", "lang"),
    [
        ("en-GB", "en"),
        ("de-AT", "de"),
        ("pt-BR", "pt"),
        ("UK", "uk"),
        ("xx", "en"),
        ("", "en"),
        ("eng", "en"),
        ("dede", "en"),
    ],
)
def test_a_region_speaks_its_language_and_an_unknown_one_english(tag: str, lang: str) -> None:
    assert phrases(tag)["lang"] == lang


@pytest.mark.parametrize(
    ("tag", "name"),
    [("de", "Deutsch"), ("de-AT", "Deutsch (de-AT)"), ("xx", "xx"), ("xx-YY", "xx-YY")],
)
def test_a_region_stands_behind_the_name(tag: str, name: str) -> None:
    assert language_name(tag) == name


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("en", "ltr"),
        ("uk", "ltr"),
        ("az", "ltr"),
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("AR", "rtl"),
        ("he", "rtl"),
        ("fa-IR", "rtl"),
        ("ur", "rtl"),
        ("uz-Arab", "rtl"),
        ("yi-Hebr", "rtl"),
        ("pa-Guru", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_language_is_written_its_way(tag: str, way: str) -> None:
    assert direction(tag) == way
