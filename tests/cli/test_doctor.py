"""`audiogen doctor`: what is installed, what is missing, and the command that installs it."""

from __future__ import annotations

import json
import shutil
from importlib import util
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.cli import doctor
from audiogen.cli.doctor import EXTRAS
from audiogen.engines import examination
from audiogen.engines.examination import Finding
from audiogen.installation import DISTRIBUTION, install_command

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

    from tests.cli.conftest import Run


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Hide a package from whoever looks for it."""
    found = util.find_spec

    def hide(name: str) -> None:
        def look(module: str) -> ModuleSpec | None:
            return None if module == name else found(module)

        monkeypatch.setattr(doctor, "find_spec", look)
        monkeypatch.setattr(examination, "find_spec", look)

    return hide


def lines_of(message: str) -> dict[str, str]:
    """The lines by what they are about, the first of each."""
    lines: dict[str, str] = {}
    for line in message.splitlines()[1:]:
        lines.setdefault(line.split()[1], line)
    return lines


def test_the_default_voice_is_ready(audiogen: Run) -> None:
    done = audiogen("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Python 3.")
    assert "ok  pyttsx3" in done.stdout


def test_every_extra_of_the_package_is_looked_for(audiogen: Run) -> None:
    """An extra that nobody looks for is one that a person misses without knowing."""
    from importlib.metadata import metadata

    extras = set(metadata(DISTRIBUTION).get_all("Provides-Extra") or ())
    extras -= {"dev", "training", "docs", "fuzz", "mutation"}  # for who works on it
    extras -= {"web", "serve", "http"}  # empty: what they brought is in the core
    findings = {row["engine"] for row in json.loads(audiogen("doctor", "--json").stdout)}
    assert extras <= findings


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_that_is_missing_is_told_with_what_installs_it(audiogen: Run, without: Any, extra: str) -> None:
    there = util.find_spec(EXTRAS[extra][0]) is not None
    assert lines_of(audiogen("doctor").stdout)[extra].startswith("ok" if there else "--")
    without(EXTRAS[extra][0])
    done = audiogen("doctor")
    assert done.returncode == 0, "nobody needs an extra"
    line = lines_of(done.stdout)[extra]
    assert line.startswith("--")
    assert line.endswith(f"->  {install_command(extra=extra)}")


def test_ffmpeg_is_looked_for(audiogen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = {"ffmpeg": "/opt/bin/ffmpeg"}
    monkeypatch.setattr(shutil, "which", programs.get)
    assert lines_of(audiogen("doctor").stdout)["ffmpeg"].startswith("ok  ffmpeg     /opt/bin/ffmpeg; only for M4B")
    programs.clear()
    done = audiogen("doctor")
    assert done.returncode == 0
    assert "install ffmpeg with your system's package manager" in lines_of(done.stdout)["ffmpeg"]


def test_without_the_default_voice_it_ends_with_1(audiogen: Run, without: Any) -> None:
    without("pyttsx3")
    done = audiogen("doctor")
    assert done.returncode == 1
    assert lines_of(done.stdout)["pyttsx3"].endswith(f"pyttsx3 is not installed  ->  {install_command('pyttsx3')}")


def test_json_has_the_same_findings(audiogen: Run) -> None:
    rows = json.loads(audiogen("doctor", "--json").stdout)
    assert {frozenset(row) for row in rows} == {frozenset(Finding.__dataclass_fields__)}
    assert [row["engine"] for row in rows] == [line.split()[1] for line in audiogen("doctor").stdout.splitlines()[1:]]


def test_json_ends_with_1_as_well(audiogen: Run, without: Any) -> None:
    without("pyttsx3")
    done = audiogen("doctor", "--json")
    assert done.returncode == 1
    assert not json.loads(done.stdout)[0]["ready"]


def test_a_wrong_call_is_a_fault_of_usage(audiogen: Run) -> None:
    done = audiogen("doctor", "me")
    assert (done.returncode, done.stdout) == (2, "")
    assert "unexpected extra argument" in done.stderr


def test_help_shows_an_example(audiogen: Run) -> None:
    assert "audiogen doctor" in audiogen("doctor", "--help").stdout
