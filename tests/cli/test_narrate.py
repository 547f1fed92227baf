"""`audiogen narrate`: results on stdout, messages on stderr, exit codes that tell what happened."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.conftest import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

PAGE = EXAMPLES / "harbor-ledger.html"
CAPTURE = EXAMPLES / "night-train.txt"


def files_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_page_becomes_an_mp3_whose_path_is_printed(audiogen: Run, tmp_path: Path) -> None:
    done = audiogen("narrate", PAGE, "-o", "out", "--voice", "tone")
    assert done.returncode == 0
    assert done.stderr == ""
    path = tmp_path / done.stdout.rstrip("\n")
    assert path.name == "2026-09-06-grain-ships-leave-veldmark-at-last-as-blockade.mp3"
    assert path.read_bytes().startswith(b"ID3")
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_each_of_several_sources_gets_its_line(audiogen: Run, tmp_path: Path) -> None:
    done = audiogen("narrate", PAGE, CAPTURE, "--voice", "tone")
    assert done.returncode == 0
    assert [(tmp_path / line).is_file() for line in done.stdout.splitlines()] == [True, True]


def test_json_prints_the_manifest(audiogen: Run) -> None:
    done = audiogen("narrate", PAGE, "--voice", "tone", "--json")
    manifest = json.loads(done.stdout)
    assert manifest["utterances"]["spoken"] == manifest["utterances"]["total"] > 10
    assert manifest["article"]["site"] == "The Harbor Ledger"
    assert {entry["reason"] for entry in manifest["removed"]} >= {"call to action", "caption", "byline"}


def test_an_article_can_come_on_stdin(audiogen: Run) -> None:
    done = audiogen("narrate", "-", "--voice", "tone", stdin=PAGE.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert done.stdout.endswith(".mp3\n")


def test_a_source_that_fails_does_not_stop_the_others(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    done = audiogen("narrate", "missing.html", PAGE, "empty.html", "-o", "out", "--voice", "tone")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert [line.startswith("audiogen: ") for line in done.stderr.splitlines()] == [True, True]
    assert "missing.html" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(files_below(tmp_path / "out")) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Missing argument"),
        ((PAGE, "--voice", "englsh"), "Did you mean english"),
        ((PAGE, "--quality", "best"), "'best' is not one of"),
        ((PAGE, "--rate", "3"), "80<=x<=450"),
        ((PAGE, "--nonsense"), "No such option"),
    ],
    ids=lambda value: " ".join(map(str, value[1:])) if isinstance(value, tuple) else value,
)
def test_a_wrong_call_exits_with_2_and_says_why(
    audiogen: Run, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = audiogen("narrate", *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert files_below(tmp_path) == []


def test_a_wrong_setting_in_the_environment_exits_with_2(audiogen: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIOGEN_AUDIO_LOUDNESS", "loud")
    done = audiogen("narrate", PAGE)
    assert done.returncode == 2
    assert "audio.loudness" in done.stderr


def test_a_folder_that_is_a_file_exits_with_1_and_leaves_nothing(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    done = audiogen("narrate", PAGE, "-o", "taken", "--voice", "tone")
    assert done.returncode == 1
    assert "Name another folder" in done.stderr
    assert files_below(tmp_path) == ["taken"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_exits_with_1(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    done = audiogen("narrate", PAGE, "-o", "locked", "--voice", "tone")
    assert done.returncode == 1
    assert "Name another folder" in done.stderr
