"""Better voices, suggested at a terminal once a run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audiogen.cli.suggestions import Suggestions
from audiogen.model import Episode
from audiogen.settings import Settings, Speech

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GERMAN = "German is spoken by eSpeak NG; `audiogen voices install german` brings a better voice.\n"


def output(capsys: pytest.CaptureFixture[str], suggestions: Suggestions, *spoken: tuple[str, str]) -> str:
    for engine, language in spoken:
        suggestions.heard(engine, language)
        suggestions.print_new()
    return capsys.readouterr().err


def look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a terminal of stderr."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)


def test_a_language_is_suggested_a_voice_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look(monkeypatch)
    spoken = [("pyttsx3", "de"), ("pyttsx3", "de"), ("piper", "sv"), ("pyttsx3", "pl")]
    assert output(capsys, Suggestions(Settings()), *spoken) == GERMAN


def test_nothing_is_said_to_who_has_named_a_voice(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look(monkeypatch)
    assert output(capsys, Suggestions(Settings(speech=Speech(voice="german"))), ("pyttsx3", "de")) == ""


def test_nothing_is_said_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert output(capsys, Suggestions(Settings()), ("pyttsx3", "de")) == ""


def test_an_episodes_manifest_tells_who_spoke_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(monkeypatch)
    manifest = tmp_path / "ferry.json"
    manifest.write_text(json.dumps({"voice": {"engine": "pyttsx3"}, "article": {"language": "de"}}))
    suggestions = Suggestions(Settings())
    suggestions.made(Episode("ferry", tmp_path / "ferry.mp3", manifest, "Ferry", 1.0, 1, 1))
    suggestions.made(Episode("there", "s3://shelf/ferry.mp3", "s3://shelf/ferry.json", "Ferry", 1.0, 1, 1))
    suggestions.print_new()
    assert capsys.readouterr().err == GERMAN
