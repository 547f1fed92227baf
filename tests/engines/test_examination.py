"""What is installed, what is missing, and the command that installs it."""

from __future__ import annotations

import shutil
import sys
from types import SimpleNamespace

import pytest

from audiogen.engines import ENGINES, examination, examine, folders
from audiogen.engines.examination import Finding, is_ready, look_at, remedy_for
from audiogen.installation import install_command
from audiogen.model import Voice


def test_every_engine_that_can_be_here_is_examined() -> None:
    findings = examine()
    assert {"pyttsx3", "piper", "kokoro", "http", "command"} <= {finding.engine for finding in findings}
    assert Finding("pyttsx3", True, "pyttsx3 2.99") in findings
    assert any(finding.engine == "pyttsx3" and "eSpeak NG" in finding.detail and finding.ready for finding in findings)
    order = [*ENGINES]
    places_found = [order.index(finding.engine) for finding in findings if finding.engine in order]
    assert places_found == sorted(places_found)


def test_what_is_missing_has_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    missing = [finding for finding in examine() if not finding.ready]
    assert {finding.engine for finding in missing} >= {"pyttsx3", "piper", "kokoro", "http", "command"}
    assert all(finding.remedy for finding in missing)
    assert not is_ready("piper")
    assert remedy_for("piper") == install_command(extra="piper")


def test_models_are_counted() -> None:
    folder = folders.models() / "piper"
    folder.mkdir(parents=True)
    (folder / "x.onnx").touch()
    assert Finding("piper", True, f"1 model in {folder}") in examine()


@pytest.mark.parametrize(
    ("voice", "ready", "remedy"),
    [
        (Voice("v", "tone"), True, ""),
        (Voice("v", "piper", "en_US-x-low"), False, "audiogen voices install piper:en_US-x-low"),
        (Voice("v", "piper", "/a/path.onnx"), True, ""),
        (Voice("v", "kokoro", "af_heart"), False, "audiogen voices install kokoro:af_heart"),
        (Voice("v", "command", options={"command": ("RHVoice-test",)}), False, "apt install rhvoice"),
        (Voice("v", "command", options={"command": (sys.executable,)}), True, ""),
        (Voice("v", "command"), False, ""),
    ],
    ids=["tone", "no model", "model by path", "no Kokoro", "no program", "program", "no command"],
)
def test_a_card_is_looked_at(voice: Voice, ready: bool, remedy: str) -> None:
    found = look_at(voice)
    assert (found.ready, found.remedy) == (ready, remedy)
    assert ready or found.detail


@pytest.mark.parametrize(("engine", "platform"), [("sapi5", "win32"), ("nsss", "darwin")])
def test_the_voices_of_a_system_are_ready_on_it_alone(
    engine: str, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examination, "sys", SimpleNamespace(platform="linux"))
    assert not look_at(Voice("v", engine)).ready
    monkeypatch.setattr(examination, "sys", SimpleNamespace(platform=platform))
    assert look_at(Voice("v", engine)).ready
    assert any(finding.engine == engine for finding in examine())
