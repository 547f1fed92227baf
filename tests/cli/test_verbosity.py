"""Every command says less with `--quiet` and more with `--verbose`; results and failures stand in any case."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from audiogen.cli import COMMANDS, cli
from audiogen.errors import AudiogenError
from tests.batch.pile import page
from tests.podcast.libraries import shelve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for inner, one in command.commands.items():
            yield from commands(one, f"{name} {inner}")
    else:
        yield name, command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


def test_every_command_has_both_options_once() -> None:
    for name in COMMANDS:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        # A command is loaded again and again, as for help and completion.
        assert cli.get_command(click.Context(cli), name) is command
        for result, one in commands(command, name):
            options = [option for parameter in one.params for option in parameter.opts]
            assert options.count("--verbose") == options.count("--quiet") == 1, result


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.html"
    path.write_text(page(1), encoding="utf-8")
    return path


def test_verbose_tells_of_the_stages_of_an_article(story: Path, tmp_path: Path) -> None:
    before = logging.getLogger("audiogen").level
    made = run("narrate", story, "-o", tmp_path, "--voice", "tone", "--verbose")
    assert made.exit_code == 0, made.output
    assert "Read and cleaned in " in made.stderr
    assert "Spoken in " in made.stderr
    assert "story" not in made.stderr.partition("Read and cleaned")[0]
    assert made.stdout.endswith(".mp3\n")
    assert made.stdout.count("\n") == 1
    assert logging.getLogger("audiogen").level == before, "it ends with the command"
    assert "Spoken in " not in run("narrate", story, "-o", tmp_path, "--voice", "tone").stderr


def test_quiet_leaves_results_and_failures(story: Path, tmp_path: Path) -> None:
    made = run("narrate", story, "-o", tmp_path, "--voice", "tone", "--quiet")
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout.endswith(".mp3\n")
    failed = run("narrate", tmp_path / "none.html", "-o", tmp_path, "--quiet")
    assert failed.exit_code != 0
    assert isinstance(failed.exception, AudiogenError) or "none.html" in failed.stderr


def test_quiet_holds_for_its_own_command_alone(tmp_path: Path) -> None:
    shelve(tmp_path, "river")
    assert run("list", tmp_path, "--quiet").stderr == ""
    result = run("list", tmp_path)
    assert "1 episode" in result.stderr
    assert result.stdout == run("list", tmp_path, "--quiet").stdout != ""
