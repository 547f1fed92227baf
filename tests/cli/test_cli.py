"""Every command is listed, has help with an example, and is in the README or the docs."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen.cli import COMMANDS

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    module, _, attribute = COMMANDS[name][0].partition(":")
    command = getattr(import_module(module), attribute)
    assert "Example:" in command.help
    assert f"audiogen {name}" in command.help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    assert any(f"audiogen {name}" in text for text in texts)


def test_help_lists_the_commands(audiogen: Run) -> None:
    done = audiogen("--help")
    assert done.returncode == 0
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)


def test_an_unknown_command_exits_with_2(audiogen: Run) -> None:
    done = audiogen("narrat")
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_the_version_is_printed(audiogen: Run) -> None:
    assert audiogen("--version").stdout.startswith("audiogen, version ")


def test_doctor_finds_the_default_voice_ready(audiogen: Run) -> None:
    done = audiogen("doctor")
    assert done.returncode == 0
    assert "ok  pyttsx3" in done.stdout
