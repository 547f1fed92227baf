"""Settings are read once, from several places, and a wrong one is named."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import TYPE_CHECKING, NamedTuple, get_type_hints

import pytest

from audiogen import settings as settings_module
from audiogen.errors import SettingsError
from audiogen.settings import ADDRESSES, LIMITS, Settings, Show, load_settings
from audiogen.trust import trust

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


@pytest.mark.parametrize("value", ["[" * 20_000 + "]" * 20_000, "9" * 5000], ids=["deep", "long"])
def test_toml_beyond_what_is_parsed_is_a_fault_of_the_file(user: Path, tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="could not be read"):
        load_settings(write(tmp_path / "library", f"x = {value}"), environ={})


@pytest.mark.parametrize("key", ADDRESSES)
@pytest.mark.parametrize(
    ("value", "good"),
    [
        ("", True), ("https://a.example/show/", True), ("http://192.168.1.20:8000", True), ("https://a.example", True),
        ("a.example", False), ("not a url", False), ("ftp://a.example", False), ("https://", False),
        ("http://[", False), ("https:// a.example", False), ("/srv/audio", False), ("javascript:alert(1)", False),
    ],
)  # fmt: skip
def test_an_address_is_one_or_empty(user: Path, tmp_path: Path, key: str, value: str, good: bool) -> None:
    section, _, name = key.partition(".")
    library = write(tmp_path / "library", f"[{section}]\n{name} = '{value}'")
    if good:
        assert load_settings(library, environ={}).show != Show() or not value
    else:
        with pytest.raises(SettingsError, match=f"The setting {key} "):
            load_settings(library, environ={})


@pytest.mark.parametrize("value", ["https://a.example/b?c=d", "https://a.example/#top", "https://bücher.example"])
def test_to_an_address_with_a_query_no_path_can_be_added(value: str) -> None:
    assert Settings().with_flags(show__link=value).show.link == value
    with pytest.raises(SettingsError, match=r"show\.base_url"):
        Settings().with_flags(show__base_url=value)


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


class Key(NamedTuple):
    """What a setting takes and what not: TOML values, each with what is read of it or a piece of what is said."""

    default: object
    right: dict[str, object]
    wrong: dict[str, str]


def text(default: str = "", *more: str) -> Key:
    """A setting that takes any text."""
    right: dict[str, object] = {'""': "", '"Річка & more"': "Річка & more", **{f'"{value}"': value for value in more}}
    return Key(default, right, {"3": "must be text", "true": "must be text", "['a']": "must be text"})


def address() -> Key:
    """A setting that takes an address of the web, or nothing."""
    right: dict[str, object] = {f'"{value}"': value for value in ("", "https://audio.example/x", "http://10.0.0.2:80")}
    return Key(
        "", right, {'"not a url"': "must be an address", '"a.example"': "must be an address", "3": "must be text"}
    )


def switch(*, default: bool = False) -> Key:
    right: dict[str, object] = {"true": True, "false": False, '"yes"': True, '"No"': False, "1": True, "0": False}
    return Key(default, right, {"2": "true or false", '"on"': "true or false", '""': "true or false", "{}": "true or"})


def choice(default: str, *values: str) -> Key:
    wrong = {
        '"other"': f"one of {', '.join(values)}",
        '""': "one of",
        "1": "one of",
        f'"{default.swapcase()}"': "one of",
    }
    return Key(default, {f'"{value}"': value for value in values}, wrong)


def count(default: int) -> Key:
    """A whole number from 0 up."""
    right: dict[str, object] = {"0": 0, "1": 1, '"25"': 25, "1_000_000": 1_000_000}
    wrong = {"-1": "0 or more", "1.5": "a whole number", "true": "a whole number", '"many"': "a whole number"}
    return Key(default, right, wrong)


TREATMENT = ("say", "skip", "read")
KEYS: dict[str, Key] = {
    "show.title": text(),
    "show.author": text(),
    "show.email": text("", "audio@harborledger.example"),
    "show.description": text(),
    "show.base_url": address(),
    "show.link": address(),
    "show.cover": text("", "cover.png"),
    "show.language": text("en", "pt-BR"),
    "show.category": text("News", "News > Politics"),
    "show.explicit": switch(),
    "show.copyright": text(),
    "show.license": text(),
    "show.private": switch(),
    "show.drafts": switch(),
    "show.count_plays": switch(default=True),
    "show.remove_listened_after": count(0),
    "show.guid": text(),
    "feed.page_size": count(300),
    "feed.sites": switch(),
    "feed.tags": switch(),
    "feed.languages": switch(),
    "feed.latest": count(0),
    "feed.dates": choice("published", "published", "created", "added"),
    "disclosure.text": text(),
    "disclosure.place": choice("end", "start", "end", "both", "none"),
    "audio.loudness": Key(
        -16.0,
        {"-19": -19.0, "-14.5": -14.5, '"-23"': -23.0, "-40": -40.0, "-5.0": -5.0},
        {"16": "from -40 to -5", "-41": "from -40 to -5", "-4.9": "from", "nan": "a number", "-inf": "a number"},
    ),
    "audio.peak": Key(
        -1.0,
        {"-2": -2.0, "0": 0.0, "-20": -20.0, '"-1.5"': -1.5},
        {"1": "from -20 to 0", "0.1": "from", "-21": "from", "nan": "a number", '"high"': "a number"},
    ),
    "audio.quality": choice("speech", "small", "speech", "podcast"),
    "audio.format": choice("mp3", "mp3", "m4b", "opus"),
    "audio.intro": text("", "jingle.wav"),
    "audio.outro": text(),
    "audio.bed": text(),
    "speech.voice": text("", "english", "pyttsx3:gmw/nl"),
    "speech.rate": Key(
        0,
        {"0": 0, "80": 80, "450": 450, '"190"': 190},
        {"79": "from 80 to 450", "451": "from", "-5": "from", "190.0": "whole", "nan": "whole", "9" * 400: "from"},
    ),
    "speech.cache": switch(default=True),
    "listen.model": text("base", "small"),
    "fetch.private": switch(),
    "fetch.browser": switch(default=True),
    "fetch.sandbox": switch(default=True),
    "listen.speech": switch(),
    "limits.seconds": count(900),
    "limits.memory": count(4000),
    "speech.strict": switch(default=False),
    "speech.foreign": choice("voice", "voice", "skip", "as-is"),
    "speech.notes": choice("skip", "skip", "read"),
    **{f"stand_ins.{name}": choice("say", *TREATMENT) for name in ("table", "code", "formula", "embed", "chart")},
    **{f"stand_ins.{name}": choice("skip", *TREATMENT) for name in ("video", "link_list")},
    "c2pa.certificate": text("", "keys/chain.pem"),
    "c2pa.key": text(),
    "c2pa.algorithm": choice("ES256", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "ED25519"),
    "c2pa.anchors": text(),
}


def value_of(settings: Settings, key: str) -> object:
    section, _, name = key.partition(".")
    return getattr(getattr(settings, section), name)


def load(folder: Path, key: str, value: str) -> Settings:
    section, _, name = key.partition(".")
    trust(folder)
    return load_settings(write(folder, f"[{section}]\n{name} = {value}\n"), environ={})


def cells(kind: str) -> list[tuple[str, str, object]]:
    """List key, value and what comes of it, for a table of tests."""
    return [(key, value, comes) for key, row in KEYS.items() for value, comes in getattr(row, kind).items()]


def test_every_setting_has_its_row() -> None:
    sections = {name: hint for name, hint in get_type_hints(Settings).items() if is_dataclass(hint)}
    named = {f"{section}.{name}" for section, hint in sections.items() for name in get_type_hints(hint)}
    assert named == set(KEYS)
    assert {name for name in LIMITS if name != "pauses"} <= named


@pytest.mark.parametrize("key", KEYS)
def test_a_default_is_what_the_docs_promise(key: str) -> None:
    assert value_of(Settings(), key) == KEYS[key].default


@pytest.mark.parametrize(("key", "value", "read"), cells("right"), ids=lambda value: str(value)[:30])
def test_a_right_value_is_read(user: Path, tmp_path: Path, key: str, value: str, read: object) -> None:
    found = value_of(load(tmp_path / "library", key, value), key)
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize(("key", "value", "says"), cells("wrong"), ids=lambda value: str(value)[:30])
def test_a_wrong_value_is_told_with_its_key_and_place(
    user: Path, tmp_path: Path, key: str, value: str, says: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "library", key, value)
    assert caught.value.subject == key
    assert caught.value.message.startswith(f"The setting {key} (")
    assert "audiogen.toml" in caught.value.message
    assert says in caught.value.message


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_can_come_from_the_environment_and_from_a_flag(user: Path, key: str) -> None:
    read = next(value for value in KEYS[key].right.values() if value not in ("", KEYS[key].default))
    name = f"AUDIOGEN_{key.replace('.', '_').upper()}"
    assert value_of(load_settings(environ={name: str(read)}), key) == read
    assert value_of(Settings().with_flags(**{key.replace(".", "__"): read}), key) == read


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("AUDIOGEN_AUDIO_LOUDNESS", "loud", "must be a number"),
        ("AUDIOGEN_AUDIO_LOUDNESS", "nan", "must be a number"),
        ("AUDIOGEN_AUDIO_PEAK", "3", "from -20 to 0"),
        ("AUDIOGEN_SPEECH_RATE", "1.5", "must be a whole number"),
        ("AUDIOGEN_SPEECH_RATE", "", "must be a whole number"),
        ("AUDIOGEN_SPEECH_CACHE", "", "must be true or false"),
        ("AUDIOGEN_DISCLOSURE_PLACE", "middle", "one of start, end, both, none"),
        ("AUDIOGEN_C2PA_ALGORITHM", "RS256", "one of ES256"),
    ],
)
def test_a_wrong_value_in_the_environment_is_told(user: Path, name: str, value: str, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ={name: value})
    assert says in caught.value.message
    assert "(the environment)" in caught.value.message


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        ({"audio__quality": "best"}, "one of small, speech, podcast"),
        ({"speech__rate": 20}, "from 80 to 450"),
        ({"speech__volume": 3}, "known are speech.voice, speech.rate, speech.cache"),
        ({"speach__rate": 200}, "did you mean speech?"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_a_wrong_flag_is_told(flags: dict[str, object], says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().with_flags(**flags)
    assert says in caught.value.message
    assert "(flags)" in caught.value.message


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("-0.1", "from 0 to 60"),
        ("61", "from 0 to 60"),
        ("nan", "must be a number"),
        ("true", "must be a number"),
        ("[1]", "must be a number"),
    ],
)
def test_a_wrong_pause_is_told(user: Path, tmp_path: Path, value: str, says: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path / "library", "pauses.title", value)
    assert caught.value.subject == "pauses.title"
    assert says in caught.value.message


@pytest.mark.parametrize("value", ["0", "0.0", "60", '"1.5"'])
def test_a_pause_is_a_number_of_seconds(user: Path, tmp_path: Path, value: str) -> None:
    settings = load(tmp_path / "library", "pauses.title", value)
    assert settings.pauses == {"title": float(value.strip('"'))}


def test_engines_take_tables_of_anything(user: Path, tmp_path: Path) -> None:
    """What an engine understands is its own affair; it is not looked at before the engine is opened."""
    library = write(tmp_path / "library", "[engines.http]\nbase_url = 'http://127.0.0.1'\ntries = 3\nx = [1, 2]")
    trust(library)
    write(user, "[engines.command]\ncommand = ['say']\n[engines.http]\nmodel = 'gone'", "config.toml")
    assert load_settings(library, environ={}).engines == {
        "http": {"base_url": "http://127.0.0.1", "tries": 3, "x": [1, 2]},
        "command": {"command": ["say"]},
    }


def test_a_byte_order_mark_is_passed_over(user: Path, tmp_path: Path) -> None:
    library = write(tmp_path / "library", "\ufeff[show]\ntitle = 'Harbor Audio'")
    assert load_settings(library, environ={}).show.title == "Harbor Audio"


@pytest.mark.parametrize("content", [b"[show]\ntitle = '\xe9'", b"\x00", b"[show\n", b"[show]\n[show]\n"])
def test_a_file_that_is_no_toml_is_named(user: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "audiogen.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, environ={})
    assert caught.value.subject == path
    assert str(path) in caught.value.message


def test_a_library_without_a_file_and_a_folder_of_that_name_have_no_settings(user: Path, tmp_path: Path) -> None:
    assert load_settings(tmp_path / "nowhere", environ={}) == Settings()
    (tmp_path / "audiogen.toml").mkdir()
    assert load_settings(str(tmp_path), environ={}) == Settings()


def test_an_empty_file_changes_nothing(user: Path, tmp_path: Path) -> None:
    assert load_settings(write(tmp_path / "library", "# nothing\n"), environ={}) == Settings()


def test_the_environment_of_the_process_is_read_where_none_is_given(
    user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGEN_AUDIO_QUALITY", "small")
    monkeypatch.setenv("AUDIOGEN_VOICE", "british")
    settings = load_settings()
    assert (settings.audio.quality, settings.speech.voice) == ("small", "british")


def test_variables_that_are_no_settings_are_left_alone(user: Path) -> None:
    """Other programs, and other versions of this one, have variables of that beginning."""
    assert load_settings(environ={"AUDIOGEN_DATA": "/x", "AUDIOGEN_SPEECH_VOLUME": "9", "audiogen_voice": "x"}) == (
        Settings()
    )
