"""`audiogen voices` and `audiogen cache`, run as their users run them."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from audiogen.cli.cache import cache
from audiogen.cli.voices import voices
from audiogen.engines.places import user_cards
from audiogen.engines.speechcache import SpeechCache
from audiogen.errors import UnknownVoiceError
from audiogen.model import Clip
from tests.engines.test_installing import Shelf, shelf, stock_piper

if TYPE_CHECKING:
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
    assert {row["name"] for row in rows} == {"brazilian", "portuguese", "tone"}
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
    assert "piper:en_US-lessac-medium" in done.stderr


def test_a_voice_is_fetched_and_tried(shelf: Shelf, tmp_path: Path) -> None:
    stock_piper(shelf, tmp_path)
    card = call("install", "piper:en_XX-hum-tiny", "--base-url", shelf.url).strip()
    assert card == str(user_cards() / "hum.toml")
    assert call("try", "hum", "-o", str(tmp_path / "hum.wav")).strip() == str(tmp_path / "hum.wav")
    assert "hum " in call("--language", "en")


def test_the_cache_is_shown_and_pruned() -> None:
    kept = SpeechCache()
    for number in range(3):
        kept.put(f"{number:064x}", Clip(bytes(1_000_000), 22_050))
    assert json.loads(CliRunner().invoke(cache, ["--json"]).stdout)["clips"] == 3
    assert CliRunner().invoke(cache, ["prune", "--keep", "2"]).stdout == "2.0 MB freed\n"
    assert CliRunner().invoke(cache, []).stdout.startswith("1 clips, 1 MB of at most")
    CliRunner().invoke(cache, ["prune"])
    assert kept.stock().clips == 0


def test_an_article_is_kept_as_speech_unless_told_otherwise(audiogen: Run, tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "examples" / "night-train.txt"
    assert audiogen("narrate", page, "--voice", "tone", "--no-cache").returncode == 0
    assert SpeechCache().stock().clips == 0
    assert audiogen("narrate", page, "--voice", "tone").returncode == 0
    assert SpeechCache().stock().clips > 5
