"""`audiogen voices`: list, show, try and install voices."""

from __future__ import annotations

import json
import wave
from importlib import util
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from audiogen.cli.voices import voices
from audiogen.engines import examination
from audiogen.engines.folders import user_cards
from audiogen.errors import UnknownVoiceError
from audiogen.installation import install_command
from tests.engines.test_installing import Shelf, shelf, stock_piper

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


__all__ = ["shelf"]  # a fixture of another module


@pytest.fixture(autouse=True)
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own, empty."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home" / name.lower()))


def call(*arguments: str) -> str:
    result = CliRunner().invoke(voices, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_list_tells_what_is_here_and_what_could_be() -> None:
    lines = call().splitlines()
    assert lines[0].split()[:2] == ["NAME", "LANGUAGE"]
    german = next(line for line in lines if line.startswith("german"))
    assert german.endswith("(default)")
    say = next(line for line in lines if line.startswith("say "))
    assert "not here: needs the program say" in say
    assert lines.index(german) < lines.index(say)


def test_the_list_can_be_of_one_language() -> None:
    rows = json.loads(call("--language", "pt-BR", "--json"))
    assert {row["name"] for row in rows} == {"brazilian", "portuguese", "espeak"}
    assert all(row["ready"] for row in rows)


def test_all_voices_of_an_engine_are_listed_on_request() -> None:
    names = [row["name"] for row in json.loads(call("--all", "--language", "nl", "--json"))]
    assert "pyttsx3:gmw/nl" in names


def test_a_piper_card_without_its_model_tells_the_command_that_fetches_it() -> None:
    user_cards().mkdir(parents=True)
    (user_cards() / "lessac.toml").write_text("engine = 'piper'\nid = 'en_US-lessac-medium'\nlanguage = 'en-US'")
    assert "audiogen voices install piper:en_US-lessac-medium" in call()


def test_the_shows_own_cards_count(tmp_path: Path) -> None:
    (tmp_path / "show" / "voices").mkdir(parents=True)
    (tmp_path / "show" / "voices" / "anchor.toml").write_text("engine = 'tone'")
    assert "anchor" in call("--library", str(tmp_path / "show"))
    assert "anchor" not in call()


def test_a_card_is_shown_with_its_file() -> None:
    shown = call("show", "duo")
    assert shown.splitlines()[0].endswith("duo.toml")
    assert 'quote": "english-f3"' in shown
    assert 'engine: "pyttsx3"' in call("show", "pyttsx3:gmw/nl")


def test_a_voice_is_tried_into_a_file(tmp_path: Path) -> None:
    path = tmp_path / "kettle.wav"
    assert call("try", "british", "The kettle is on.", "-o", str(path)).strip() == str(path)
    with wave.open(str(path)) as sound:
        assert sound.getnframes() / sound.getframerate() == pytest.approx(1.5, abs=0.7)


def test_an_unknown_voice_ends_in_a_usage_error_with_near_names(audiogen: Run) -> None:
    done = audiogen("voices", "try", "germna")
    assert (done.returncode, done.stdout) == (2, "")
    assert "german" in done.stderr
    with pytest.raises(UnknownVoiceError):
        CliRunner().invoke(voices, ["show", "germna"], catch_exceptions=False)


def test_a_file_that_cannot_be_written_is_an_error(audiogen: Run) -> None:
    done = audiogen("voices", "try", "tone", "-o", "no/such/folder/x.wav")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_what_cannot_be_fetched_is_a_usage_error(audiogen: Run) -> None:
    done = audiogen("voices", "install", "lessac")
    assert done.returncode == 2
    assert "piper:en_US-ljspeech-high" in done.stderr


def test_a_voice_is_fetched_and_tried(shelf: Shelf, tmp_path: Path) -> None:
    stock_piper(shelf, tmp_path)
    card = call("install", "piper:en_XX-hum-tiny", "--base-url", shelf.url).strip()
    assert card == str(user_cards() / "hum.toml")
    assert call("try", "hum", "-o", str(tmp_path / "hum.wav")).strip() == str(tmp_path / "hum.wav")
    assert "hum " in call("--language", "en")


def test_the_model_of_an_engine_that_is_not_here_is_fetched_with_a_word_of_what_is_missing(
    audiogen: Run, shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock_piper(shelf, tmp_path)
    found = util.find_spec
    monkeypatch.setattr(examination, "find_spec", lambda name: None if name == "piper" else found(name))
    done = audiogen("voices", "install", "piper:en_XX-hum-tiny", "--base-url", shelf.url)
    assert (done.returncode, done.stdout) == (0, f"{user_cards() / 'hum.toml'}\n")
    assert f"To speak with this voice, first: {install_command(extra='piper')}\n" in done.stderr


def test_the_place_of_the_models_can_be_set(audiogen: Run, shelf: Shelf, tmp_path: Path) -> None:
    stock_piper(shelf, tmp_path)
    settings = user_cards().parent / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[engines.piper]\nbase_url = '{shelf.url}'\n")
    assert audiogen("voices", "install", "piper:en_XX-hum-tiny").returncode == 0
    assert shelf.paths[0] == "/voices.json"


def test_a_voice_that_is_not_in_the_catalogue_is_a_usage_error(audiogen: Run, shelf: Shelf, tmp_path: Path) -> None:
    stock_piper(shelf, tmp_path)
    done = audiogen("voices", "install", "piper:en_XX-hum-tyni", "--base-url", shelf.url)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Did you mean en_XX-hum-tiny?" in done.stderr
    assert not user_cards().exists()


def test_a_server_that_is_not_there_is_told(audiogen: Run) -> None:
    done = audiogen("voices", "install", "piper:en_US-lessac-medium", "--base-url", "http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (1, "")
    assert "http://127.0.0.1:9/voices.json" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not user_cards().exists()


def test_a_voice_is_tried_with_a_sentence_of_its_language_under_its_name(audiogen: Run, tmp_path: Path) -> None:
    done = audiogen("voices", "try", "tone")
    assert done.stdout == "tone.wav\n"
    with wave.open(str(tmp_path / "tone.wav")) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert sound.getnframes() > sound.getframerate() / 2


def test_an_engine_s_own_voice_gets_a_name_that_can_be_a_file(audiogen: Run, tmp_path: Path) -> None:
    assert audiogen("voices", "try", "tone:a/b", "Four words are said.").stdout == "tone-a-b.wav\n"
    assert (tmp_path / "tone-a-b.wav").is_file()


@pytest.mark.parametrize("command", ["show", "try"])
def test_the_cards_of_a_library_count_for_every_command(audiogen: Run, tmp_path: Path, command: str) -> None:
    folder = tmp_path / "show" / "voices"
    folder.mkdir(parents=True)
    (folder / "anchor.toml").write_text("engine = 'tone'")
    assert audiogen("voices", command, "anchor", "--library", "show").returncode == 0
    lost = audiogen("voices", command, "anchor")
    assert (lost.returncode, lost.stdout) == (2, "")


@pytest.mark.parametrize("flags", [(), ("--all",), ("show", "own")], ids=["list", "all", "show"])
def test_a_card_with_a_fault_is_named(audiogen: Run, flags: tuple[str, ...]) -> None:
    user_cards().mkdir(parents=True)
    (user_cards() / "own.toml").write_text("engine = 'tone'\nrat = 170")
    done = audiogen("voices", *flags)
    assert (done.returncode, done.stdout) == (2, "")
    assert "own.toml" in done.stderr
    assert "did you mean 'rate'?" in done.stderr


def test_the_tone_of_tests_is_listed_on_request_alone() -> None:
    rows = {flags: json.loads(call(*flags, "--language", "tlh", "--json")) for flags in ((), ("--all",))}
    assert {flags: [row["name"] for row in found] for flags, found in rows.items()} == {(): [], ("--all",): ["tone"]}


def test_an_engine_that_cannot_be_asked_does_not_spoil_the_list(audiogen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from audiogen import engines
    from audiogen.errors import EngineError

    def broken(name: str) -> None:
        raise EngineError(name, f"The engine {name} does not start.")

    monkeypatch.setattr(engines, "open_engine", broken)
    done = audiogen("voices", "--all", "--language", "de")
    assert done.returncode == 0
    assert "german" in done.stdout
    assert "audiogen: The engine pyttsx3 does not start." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("list",), "No such command"),
        (("show",), "Missing argument"),
        (("try",), "Missing argument"),
        (("install",), "Missing argument"),
        (("--langage", "de"), "No such option"),
        (("try", "tone", "-o", "."), "is a directory"),
        (("--library", "file"), "is a file"),
        (("install", "kokro:af_heart"), "no voice that can be fetched"),
        (("install", "piper:"), "no voice that can be fetched"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_is_a_fault_of_usage(audiogen: Run, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "file").touch()
    done = audiogen("voices", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


@pytest.mark.parametrize("command", [(), ("show",), ("try",), ("install",)], ids=lambda command: " ".join(command))
def test_help_shows_an_example(audiogen: Run, command: tuple[str, ...]) -> None:
    example = audiogen("voices", *command, "--help").stdout.partition("Example:")[2]
    assert f"audiogen voices {' '.join(command)}".rstrip() in example
