"""Settings are read once, from several places, and a wrong one is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen import settings as settings_module
from audiogen.errors import SettingsError
from audiogen.settings import Settings, load_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for the user's own settings."""
    folder = tmp_path / "config"
    folder.mkdir()
    monkeypatch.setattr(settings_module, "user_folder", lambda: folder)
    return folder


def write(folder: Path, text: str, name: str = "audiogen.toml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_without_any_file_the_defaults_hold(user: Path) -> None:
    assert load_settings(environ={}) == Settings()


def test_later_sources_win_over_earlier_ones(user: Path, tmp_path: Path) -> None:
    write(user, "[audio]\nloudness = -19\nquality = 'small'\n[speech]\nvoice = 'user'", "config.toml")
    library = write(tmp_path / "library", "[audio]\nquality = 'podcast'\n[speech]\nvoice = 'show'")
    settings = load_settings(library, environ={"AUDIOGEN_VOICE": "environment"}).with_flags(speech__rate=200)
    assert (settings.audio.loudness, settings.audio.quality) == (-19.0, "podcast")
    assert (settings.speech.voice, settings.speech.rate) == ("environment", 200)


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert Settings().with_flags(speech__voice=None, audio__quality=None) == Settings()


def test_tables_of_free_keys_are_merged(user: Path, tmp_path: Path) -> None:
    write(user, "[pauses]\ntitle = 1.5\ndash = 0.1\n[engines.http]\nmodel = 'small'", "config.toml")
    library = write(tmp_path / "library", "[pauses]\ntitle = 2.0")
    settings = load_settings(library, environ={})
    assert settings.pauses == {"title": 2.0, "dash": 0.1}
    assert settings.engines == {"http": {"model": "small"}}


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("AUDIOGEN_AUDIO_LOUDNESS", "-19.5", -19.5),
        ("AUDIOGEN_SHOW_EXPLICIT", "yes", True),
        ("AUDIOGEN_SPEECH_RATE", "190", 190),
        ("AUDIOGEN_DISCLOSURE_PLACE", "both", "both"),
    ],
)
def test_the_environment_names_a_setting_in_capitals(user: Path, name: str, value: str, read: object) -> None:
    section, _, key = name.removeprefix("AUDIOGEN_").lower().partition("_")
    settings = load_settings(environ={name: value, "PATH": "/bin", "AUDIOGEN_DATA": "/elsewhere"})
    assert getattr(getattr(settings, section), key) == read


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[audio]\nlodness = -19", "did you mean audio.loudness?"),
        ("[shows]\ntitle = 'x'", "did you mean show?"),
        ("[speech]\nxyzzy = 1", "known are speech.voice"),
        ("[audio]\nquality = 'best'", "one of small, speech, podcast"),
        ("[audio]\nloudness = 'loud'", "must be a number"),
        ("[audio]\nloudness = true", "must be a number"),
        ("[speech]\nrate = 1.5", "must be a whole number"),
        ("[show]\nexplicit = 'perhaps'", "must be true or false"),
        ("[show]\ntitle = 3", "must be text"),
        ("audio = 3", "must be a table"),
        ("pauses = 3", "must be a table"),
        ("[pauses]\ntitle = 'long'", "pauses.title"),
        ("[engines]\nhttp = 'there'", "engines.http"),
        ("this is not TOML", "could not be read"),
    ],
    ids=lambda value: value.replace("\n", " "),
)
def test_a_wrong_setting_is_named_with_what_would_be_right(user: Path, tmp_path: Path, text: str, says: str) -> None:
    library = write(tmp_path / "library", text)
    with pytest.raises(SettingsError) as caught:
        load_settings(library, environ={})
    assert says in caught.value.message
    assert "audiogen.toml" in caught.value.message


def test_the_users_folder_is_named_after_us() -> None:
    assert "audiogen" in settings_module.user_folder().parts
