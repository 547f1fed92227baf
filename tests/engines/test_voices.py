"""Voice cards: what a card may say, which card wins, who speaks a language."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from audiogen.engines.folders import package_cards, user_cards
from audiogen.engines.voices import find_voice, load_card, load_cards, speaks, with_settings
from audiogen.errors import SettingsError, UnknownVoiceError, UnspokenLanguageError
from audiogen.model import Synthesis, Voice

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


FULL = """
engine = "pyttsx3"
id = "gmw/en-us+f3"
language = "en"
description = "A reader"
default = true
rate = 190
pitch = 40
loudness = -20
synthesis = "rules"
licence = "GPL-3.0-or-later"
origin = "https://example.org"

[pauses]
title = 1.5

[roles]
quote = "british"

[lexicon]
Kyiv = "Keev"

[options]
volume = 1
"""


def test_a_card_says_everything_a_voice_has(tmp_path: Path) -> None:
    card = load_card(write(tmp_path, "reader", FULL), "show")
    assert card.default
    assert card.layer == "show"
    assert card.voice == Voice(
        "reader",
        "pyttsx3",
        "gmw/en-us+f3",
        "en",
        "A reader",
        190,
        40,
        -20.0,
        Synthesis.RULES,
        "GPL-3.0-or-later",
        "https://example.org",
        {"title": 1.5},
        {"quote": "british"},
        {"Kyiv": "Keev"},
        {"volume": 1},
    )


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("engine = ", "could not be read"),
        ("id = 'x'", "does not name its engine"),
        ("engine = 'tone'\nlangauge = 'en'", "did you mean 'language'"),
        ("engine = 'tone'\nwobble = 1", "a card knows"),
        ("engine = 'tone'\nrate = 'fast'", "must be a whole number"),
        ("engine = 'tone'\nrate = true", "must be a whole number"),
        ("engine = 'tone'\nsynthesis = 'magic'", "must be one of rules, recordings, trained"),
        ("engine = 'tone'\n[roles]\nchorus = 'x'", "unknown role 'chorus'"),
        ("engine = 'tone'\ndefault = 1", "true or false"),
    ],
    ids=["no TOML", "no engine", "near field", "far field", "kind", "no number", "synthesis", "role", "default"],
)
def test_a_fault_in_a_card_names_the_file_and_what_to_write(tmp_path: Path, text: str, spoken: str) -> None:
    path = write(tmp_path, "bad", text)
    with pytest.raises(SettingsError) as caught:
        load_card(path)
    assert spoken in caught.value.message
    assert str(path) in caught.value.message
    assert caught.value.subject == path


def test_every_card_of_the_package_can_be_read() -> None:
    cards = load_cards()
    assert {path.stem for path in package_cards().glob("*.toml")} == set(cards)
    assert all(card.layer == "package" for card in cards.values())
    for card in cards.values():
        assert card.voice.description
        assert card.voice.licence
        assert all(name in cards for name in card.voice.roles.values())


@pytest.mark.parametrize("language", ["en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl"])
def test_each_of_our_languages_has_a_voice_without_being_asked(language: str) -> None:
    voice = find_voice(None, language)
    assert voice.language.split("-")[0] == language
    assert voice.engine == ("hibari" if language == "en" else "pyttsx3")


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "hibari"), ("en-GB", "hibari"), ("en-AU", "hibari"), ("pt-BR", "brazilian"), ("pt_PT", "portuguese")],
)
def test_the_nearest_default_is_taken(language: str, name: str) -> None:
    assert find_voice(None, language).name == name


def test_the_shows_card_wins_over_the_users_and_that_over_the_packages(tmp_path: Path) -> None:
    write(user_cards(), "english", "engine = 'tone'\nid = 'user'\nlanguage = 'en'")
    assert find_voice("english").id == "user"
    write(tmp_path / "show", "english", "engine = 'tone'\nid = 'show'\nlanguage = 'en'")
    assert find_voice("english", folders=(tmp_path / "show",)).id == "show"


def test_a_persons_own_card_becomes_the_default_where_it_says_so() -> None:
    write(user_cards(), "opa", "engine = 'tone'\nlanguage = 'de'")
    assert find_voice(None, "de").name == "german"
    write(user_cards(), "oma", "engine = 'tone'\nlanguage = 'de'\ndefault = true")
    assert find_voice(None, "de").name == "oma"


def test_any_card_of_a_persons_own_will_do_where_there_is_no_default() -> None:
    write(user_cards(), "stem", "engine = 'tone'\nlanguage = 'nl'")
    assert find_voice(None, "nl").name == "stem"


@pytest.mark.parametrize(
    ("language", "name"), [("en", "english"), ("en-GB", "british"), ("de", "german"), ("pt-BR", "brazilian")]
)
def test_espeak_is_the_espeak_voice_of_each_language(
    language: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert find_voice("espeak", language).name == name
    assert caplog.messages == []


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("fallback = 'english'", "'fallback' must be a list"),
        ("fallback = [1]", "'fallback' must be a list"),
        ("languages = 'en'", "'languages' must give the name of a card"),
        ("languages = {en = 1}", "'languages' must give the name of a card"),
    ],
)
def test_a_fault_in_what_stands_for_a_card_is_told(tmp_path: Path, line: str, spoken: str) -> None:
    with pytest.raises(SettingsError, match=spoken):
        load_card(write(tmp_path, "x", f"engine = 'tone'\n{line}"))


def test_every_card_named_by_a_card_of_the_package_is_there() -> None:
    cards = load_cards()
    for card in cards.values():
        assert {*card.fallback, *card.languages.values(), *card.voice.roles.values()} <= set(cards)


def test_an_unknown_name_gets_near_names() -> None:
    with pytest.raises(UnknownVoiceError) as caught:
        find_voice("germna")
    assert "german" in caught.value.message
    with pytest.raises(UnknownVoiceError, match="audiogen voices"):
        find_voice("zzzzzz")


def test_a_name_with_a_colon_is_an_engines_own_voice() -> None:
    assert find_voice("pyttsx3:gmw/en-gb-x-rp+f3") == Voice("pyttsx3:gmw/en-gb-x-rp+f3", "pyttsx3", "gmw/en-gb-x-rp+f3")
    with pytest.raises(UnknownVoiceError):
        find_voice("pyttsx3:")


def test_a_voice_is_not_made_to_read_a_language_it_does_not_speak(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert find_voice("english", "de").name == "german"
    assert "english does not speak de" in caplog.text
    assert find_voice("tone", "de").name == "tone"


def test_a_language_nobody_speaks_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(UnspokenLanguageError) as caught:
        find_voice(None, "tlh")
    assert "'tlh'" in caught.value.message
    assert all(way in caught.value.message for way in ("--language TAG", "--voice NAME", "audiogen voices"))


@pytest.mark.parametrize(
    ("voice", "text", "fits"),
    [("en", "en-GB", True), ("en-GB", "en-US", True), ("de", "en", False), ("", "uk", True), ("uk", "", True)],
)
def test_a_voice_speaks_all_kinds_of_its_language(voice: str, text: str, fits: bool) -> None:
    assert speaks(Voice("v", "tone", language=voice), text) is fits


def test_a_rate_asked_for_replaces_the_cards() -> None:
    voice = Voice("v", "tone", rate=150, pitch=40)
    assert with_settings(voice, rate=200) == Voice("v", "tone", rate=200, pitch=40)
    assert with_settings(voice) == voice


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("rate = 0", "'rate' is 0; it must be 1 to 1000"),
        ("rate = -170", "must be 1 to 1000"),
        ("pitch = 101", "'pitch' is 101; it must be 0 to 100"),
        ("loudness = 3.0", "must be -70 to 0"),
        ("loudness = nan", "must be -70 to 0"),
        ("pauses = {title = 'long'}", "'pauses.title' is 'long'; it must be a number of seconds"),
        ("pauses = {title = true}", "'pauses.title' is True"),
        ("pauses = {title = nan}", "'pauses.title' is nan; it must be 0 to 60"),
        ("pauses = {title = inf}", "'pauses.title' is inf"),
        ("pauses = {title = -0.1}", "'pauses.title' is -0.1"),
        ("pauses = 3", "must be a table"),
        ("roles = {quote = 3}", "'roles.quote' is 3; it must be the name of a card"),
        ("lexicon = {Kyiv = ['Keev']}", "'lexicon.Kyiv' is ['Keev']; it must be a respelling"),
        ("options = 'none'", "must be a table"),
        ("id = 3", "must be text"),
        ("description = ['a']", "must be text"),
    ],
)
def test_a_value_that_no_engine_can_use_is_told(tmp_path: Path, line: str, spoken: str) -> None:
    path = write(tmp_path, "bad", f"engine = 'tone'\n{line}")
    with pytest.raises(SettingsError) as caught:
        load_card(path)
    assert spoken in caught.value.message
    assert str(path) in caught.value.message


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("rate = 1", "rate", 1),
        ("rate = 1000", "rate", 1000),
        ("pitch = 0", "pitch", 0),
        ("loudness = 0", "loudness", 0.0),
        ("loudness = -70", "loudness", -70.0),
        ("pauses = {title = 0}", "pauses", {"title": 0}),
        ("roles = {body = 'british'}", "roles", {"body": "british"}),
        ("synthesis = 'trained'", "synthesis", Synthesis.TRAINED),
        ("options = {command = ['say', '{text}'], tries = 3}", "options", {"command": ("say", "{text}"), "tries": 3}),
    ],
)
def test_a_value_at_the_edge_is_taken(tmp_path: Path, line: str, field: str, value: object) -> None:
    voice = load_card(write(tmp_path, "good", f"engine = 'tone'\n{line}")).voice
    assert getattr(voice, field) == value


def test_a_card_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert load_card(write(tmp_path, "windows", "\ufeffengine = 'tone'")).voice.engine == "tone"


def test_a_card_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(SettingsError, match=r"folder\.toml could not be read"):
        load_card(tmp_path / "folder.toml")
    (tmp_path / "latin.toml").write_bytes(b"engine = 'tone' # \xe9")
    with pytest.raises(SettingsError, match=r"latin\.toml could not be read"):
        load_card(tmp_path / "latin.toml")


def test_a_folder_that_is_not_there_has_no_cards(tmp_path: Path) -> None:
    assert load_cards((tmp_path / "gone",)) == load_cards()


def test_only_cards_are_read_as_cards(tmp_path: Path) -> None:
    write(tmp_path, "anchor", "engine = 'tone'")
    (tmp_path / "notes.txt").write_text("not a card")
    assert set(load_cards((tmp_path,))) - set(load_cards()) == {"anchor"}


@pytest.mark.parametrize("folders", [1, 2])
def test_the_later_folder_of_a_show_wins(folders: int, tmp_path: Path) -> None:
    for number in range(folders):
        write(tmp_path / str(number), "anchor", f"engine = 'tone'\nid = '{number}'")
    shows = [tmp_path / str(number) for number in range(folders)]
    assert find_voice("anchor", folders=shows).id == str(folders - 1)
