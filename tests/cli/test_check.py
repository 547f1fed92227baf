"""`audiogen check` prints a table or JSON, and its exit code tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from audiogen.cli import cli
from audiogen.library import Library
from audiogen.production import Studio, put_in

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Article
    from audiogen.settings import Settings


@pytest.fixture
def library(tones: Settings, article: Article, tmp_path: Path) -> Path:
    with Studio(tones, folder=tmp_path) as studio:
        put_in(Library(tmp_path), studio, article)
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", *arguments])


def test_a_good_library_ends_with_0(library: Path) -> None:
    result = check(str(library))
    assert result.exit_code == 0, result.output
    assert "1 episodes, 0 with faults; 0 stray files." in result.output
    assert "good" in result.output
    assert "-16." in result.output


def test_a_fault_is_told_and_ends_with_1(library: Path) -> None:
    next(library.glob("episodes/*.vtt")).unlink()
    (library / "episodes" / "notes.txt").write_text("x")
    result = check(str(library))
    assert result.exit_code == 1
    assert ".vtt is missing." in result.output
    assert "episodes/notes.txt belongs to no episode." in result.output
    assert "1 episodes, 1 with faults; 1 stray files." in result.output


def test_json_has_all_that_was_found(library: Path) -> None:
    good = json.loads(check(str(library), "--json").output)
    assert good["good"] is True
    assert good["strays"] == []
    (verdict,) = good["verdicts"]
    assert verdict["faults"] == []
    assert abs(verdict["loudness"] + 16) < 0.5
    assert verdict["credentials"] == "none"
    next(library.glob("episodes/*.vtt")).unlink()
    result = check(str(library), "--json")
    assert result.exit_code == 1
    broken = json.loads(result.output)
    assert broken["good"] is False
    assert broken["verdicts"][0]["faults"][0]["check"] == "file"


def test_a_folder_that_is_none_is_a_fault_of_usage(tmp_path: Path) -> None:
    assert check(str(tmp_path / "gone")).exit_code == 2


def test_a_folder_without_a_library_is_an_error(tmp_path: Path) -> None:
    result = check(str(tmp_path))
    assert result.exit_code == 1
    assert "no library" in str(result.exception)


def test_help_shows_an_example() -> None:
    assert "audiogen check ~/Podcasts/library" in check("--help").output
