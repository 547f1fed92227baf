"""`audiogen check` prints a table or JSON, and its exit code tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from audiogen.cli import cli
from audiogen.episodes.library import Library
from audiogen.production import EpisodeMaker, make_in_library
from tests.podcast.libraries import files_of, manifest, shelve

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.model import Article
    from audiogen.settings import Settings
    from tests.cli.conftest import Run


@pytest.fixture
def library(tones: Settings, article: Article, tmp_path: Path) -> Path:
    with EpisodeMaker(tones, folder=tmp_path) as episode_maker:
        make_in_library(Library(tmp_path), episode_maker, article)
    return tmp_path


@pytest.fixture
def silent(tmp_path: Path) -> Path:
    """A library whose sound is none; what is wrong with it is told in a moment."""
    shelve(tmp_path, "river")
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["check", *arguments])


def test_a_good_library_ends_with_0(library: Path) -> None:
    result = check(str(library))
    assert result.exit_code == 0, result.output
    assert "1 episode, 0 with faults; 0 stray files." in result.output
    assert "good" in result.output
    assert "-16." in result.output


def test_an_utterance_in_doubt_is_a_remark_and_no_fault(library: Path) -> None:
    path = next(path for path in library.glob("episodes/*.json") if path.name.count(".") == 1)
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["script"][1]["doubtful"] = "1.20 seconds of sound for what should take about 3.1"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    result = check(str(library))
    assert result.exit_code == 0, result.output
    assert f"“{manifest['script'][1]['written'][:60]}”: 1.20 seconds of sound" in result.output
    assert "1 episode, 0 with faults; 0 stray files; 1 utterance in doubt." in result.output
    assert len(json.loads(check(str(library), "--json").stdout)["verdicts"][0]["remarks"]) == 1


def test_a_fault_is_told_and_ends_with_1(library: Path) -> None:
    next(library.glob("episodes/*.vtt")).unlink()
    (library / "episodes" / "notes.txt").write_text("x")
    result = check(str(library))
    assert result.exit_code == 1
    assert ".vtt is missing." in result.output
    assert "episodes/notes.txt belongs to no episode." in result.output
    assert "1 episode, 1 with faults; 1 stray file." in result.output


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


def test_what_is_unchanged_is_told_and_all_looks_at_it_again(library: Path) -> None:
    first, second, third = (check(str(library), *flags) for flags in ((), (), ("--all", "--jobs", "2")))
    found = "1 were good and are unchanged; --all decodes them again."
    assert [found in result.stderr for result in (first, second, third)] == [False, True, False]
    assert first.stdout == second.stdout == third.stdout


def test_a_folder_that_is_none_is_a_fault_of_usage(tmp_path: Path) -> None:
    assert check(str(tmp_path / "gone")).exit_code == 2


def test_a_folder_without_a_library_is_an_error(tmp_path: Path) -> None:
    result = check(str(tmp_path))
    assert result.exit_code == 1
    assert "no library" in str(result.exception)


def test_help_shows_an_example() -> None:
    assert "audiogen check ~/Podcasts/library" in check("--help").output


def test_a_sound_that_cannot_be_read_has_no_figures(silent: Path) -> None:
    (silent / "episodes" / "river.mp3").write_text("no sound")
    result = check(str(silent), "--json")
    (verdict,) = json.loads(result.output)["verdicts"]
    assert (verdict["duration"], verdict["loudness"], verdict["peak"]) == (None, None, None)
    found = check(str(silent)).output
    assert "river: sound: " in found
    assert "could not be read" in found


def test_every_fault_has_a_line_with_its_episode_and_its_check(silent: Path) -> None:
    faults = json.loads(check(str(silent), "--json").output)["verdicts"][0]["faults"]
    lines = check(str(silent)).output.splitlines()
    assert len(faults) > 3
    assert [line for line in lines if line.startswith("river: ")] == [
        f"river: {fault['check']}: {fault['message']}" for fault in faults
    ]


def test_a_long_name_is_not_cut_in_a_pipe(tmp_path: Path) -> None:
    slug = "2026-09-06-" + "a-very-long-name-" * 8 + "end"
    shelve(tmp_path, slug)
    row = next(line for line in check(str(tmp_path)).output.splitlines() if line.startswith(f" {slug} "))
    assert "sound" in row


def test_a_name_with_brackets_is_no_markup(tmp_path: Path) -> None:
    shelve(tmp_path, "river-[red]-bank")
    assert "river-[red]-bank" in check(str(tmp_path)).output.splitlines()[1]


def test_the_settings_of_the_library_hold(library: Path) -> None:
    (library / "audiogen.toml").write_text("[audio]\nloudness = -19\n")
    result = check(str(library))
    assert result.exit_code == 1
    assert "-19.0 is wanted" in result.output


def test_episodes_are_listed_by_name_and_counted(tmp_path: Path) -> None:
    for slug in ("pond", "lake", "river"):
        shelve(tmp_path, slug)
    lines = check(str(tmp_path)).output.splitlines()
    assert [line.split()[0] for line in lines[1:4]] == ["lake", "pond", "river"]
    assert lines[-1] == "3 episodes, 3 with faults; 0 stray files."


def test_a_library_without_episodes_is_good(tmp_path: Path) -> None:
    (tmp_path / "episodes").mkdir()
    result = check(str(tmp_path))
    assert (result.exit_code, result.output) == (0, "0 episodes, 0 with faults; 0 stray files.\n")
    assert json.loads(check(str(tmp_path), "--json").output) == {
        "good": True,
        "verdicts": [],
        "strays": [],
        "unchanged": 0,
    }


def test_two_episodes_of_one_guid_are_told(tmp_path: Path) -> None:
    shelve(tmp_path, "river")
    shelve(tmp_path, "stream", manifest("stream") | {"guid": manifest("river")["guid"]})
    assert "stream: file: It has the GUID of river" in check(str(tmp_path)).output


def test_checking_changes_nothing(silent: Path) -> None:
    before = files_of(silent)
    check(str(silent))
    check(str(silent), "--json")
    assert files_of(silent) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument"),
        (("gone",), "does not exist"),
        (("file",), "is a file"),
        ((".", "--jsn"), "No such option"),
        ((".", "."), "unexpected extra argument"),
        (("broken",), "did you mean audio.loudness?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_call_is_a_fault_of_usage(audiogen: Run, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "audiogen.toml").write_text("[audio]\nlodness = -16")
    done = audiogen("check", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
