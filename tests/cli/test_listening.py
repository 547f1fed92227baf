"""`audiogen check --listen` and `batch --listen`: what people see where a recogniser hears, and where none is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from click.testing import CliRunner

from audiogen.cli import cli
from audiogen.episodes.library import Library
from audiogen.errors import ListeningError
from audiogen.production import EpisodeMaker, make_in_library

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from click.testing import Result
    from numpy.typing import NDArray

    from audiogen.model import Article
    from audiogen.settings import Settings


class Ear:
    """A stand-in for the recogniser, whose model takes seconds to load: it hears what it is told to.

    It does not know Irish.
    """

    #: One answer after another; nothing is heard when they are used up.
    answers: ClassVar[list[str]] = []
    models: ClassVar[list[str]] = []

    def __init__(self, model: str = "base", *, threads: int = 0) -> None:
        self.name = f"ear {model}"
        self.models.append(model)

    def knows(self, language: str) -> bool:
        return language != "ga"

    def recognise(self, samples: NDArray[np.float32], language: str, *, careful: bool = False) -> str:
        return self.answers.pop(0) if self.answers else ""


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> type[Ear]:
    monkeypatch.setattr("audiogen.listening.recogniser.Whisper", Ear)
    monkeypatch.setattr(Ear, "answers", [])
    monkeypatch.setattr(Ear, "models", [])
    return Ear


@pytest.fixture
def library(tones: Settings, article: Article, tmp_path: Path) -> Path:
    with EpisodeMaker(tones, folder=tmp_path) as episode_maker:
        make_in_library(Library(tmp_path), episode_maker, article)
    return tmp_path


def script(library: Path) -> list[dict[str, Any]]:
    (path,) = (path for path in library.glob("episodes/*.json") if path.name.count(".") == 1)
    return list(json.loads(path.read_text(encoding="utf-8"))["script"])


def lacking(library: Path, ear: type[Ear]) -> dict[str, Any]:
    """Let the last word of the first long line be lost; return the line. The voice is not here to speak it anew."""
    (path,) = (path for path in library.glob("episodes/*.json") if path.name.count(".") == 1)
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["voice"]["id"] = "elsewhere"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    data = [line for line in manifest["script"] if len(line["spoken"].split()) >= 3]
    short = data[0]["spoken"].rpartition(" ")[0]
    ear.answers = [short, short, *(line["spoken"] for line in data[1:])]
    return dict(data[0])


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)))


def test_an_episode_of_which_every_word_is_heard_is_good(library: Path, ear: type[Ear]) -> None:
    ear.answers = [line["spoken"] for line in script(library) if len(line["spoken"].split()) >= 3]
    result = run("check", library, "--listen")
    assert result.exit_code == 0, result.output
    assert "1 episode, 0 with faults" in result.stdout
    assert "Listening to " in result.stderr
    assert ear.models == ["base"]


def test_what_is_not_heard_is_a_fault_with_its_place(library: Path, ear: type[Ear]) -> None:
    line = lacking(library, ear)
    result = run("check", library, "--listen")
    assert result.exit_code == 1
    (found,) = (found for found in result.stdout.splitlines() if ": listening: " in found)
    assert f": listening: At {line['start']:.1f} s, " in found
    assert "is missing" in found
    assert "1 episode, 1 with faults" in result.stdout


def test_an_episode_that_the_recogniser_does_not_understand_is_told_once_and_is_good(
    library: Path, ear: type[Ear]
) -> None:
    ear.answers = ["one two three four"] * 100
    result = run("check", library, "--listen")
    assert result.exit_code == 0
    assert ": listening: " not in result.stdout
    assert result.stdout.count("The recogniser hears 0 of ") == 1
    assert "1 episode, 0 with faults; 0 stray files." in result.stdout
    (found,) = json.loads(run("check", library, "--listen", "--json").stdout)["not_understood"]
    assert f"{found['slug']}: {found['message']}" in result.stdout


def test_json_has_a_row_for_each_sentence(library: Path, ear: type[Ear]) -> None:
    line = lacking(library, ear)
    report = json.loads(run("check", library, "--listen", "--json").stdout)
    assert report["good"] is False
    (row,) = report["listening"]
    assert (row["kind"], row["start"], row["spoken"]) == ("missing", line["start"], line["spoken"])
    assert script(library)[row["line"]] == line
    assert "listening" not in json.loads(run("check", library, "--json").stdout)


def test_what_was_heard_before_is_told_again_and_all_listens_again(library: Path, ear: type[Ear]) -> None:
    lacking(library, ear)
    first, second = (run("check", library, "--listen") for _ in range(2))
    lacking(library, ear)
    third = run("check", library, "--listen", "--all")
    found = "1 were listened to before; --all listens again."
    assert [found in result.stderr for result in (first, second, third)] == [False, True, False]
    assert first.stdout == second.stdout == third.stdout
    assert [result.exit_code for result in (first, second, third)] == [1, 1, 1]


def test_a_model_named_means_to_listen_and_another_model_hears_anew(library: Path, ear: type[Ear]) -> None:
    run("check", library, "--listen")
    result = run("check", library, "--listen-model", "small")
    assert ear.models == ["base", "small"]
    assert "listened to before" not in result.stderr


@pytest.mark.parametrize("command", ["check", "batch"])
def test_without_a_recogniser_it_is_told_what_brings_one_before_any_work(
    library: Path, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiogen.listening.recogniser.find_spec", lambda name: None)
    page = tmp_path / "page.html"
    page.write_text("<p>The night ferry leaves the harbour at noon.</p>")
    asked = (library,) if command == "check" else (page, "-o", tmp_path / "new", "--voice", "tone")
    result = run(command, *asked, "--listen")
    assert result.exit_code == 1
    assert isinstance(result.exception, ListeningError)
    assert "a recogniser must be installed: `" in result.exception.message
    assert not (tmp_path / "new" / "episodes").exists()


def test_without_listen_no_recogniser_is_asked(library: Path, ear: type[Ear]) -> None:
    assert run("check", library).exit_code == 0
    assert ear.models == []
