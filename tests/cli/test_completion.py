"""Shells complete commands and options."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

#: What a shell's script sets when it asks, for the words `audiogen` and `li`, and the beginning of its answer.
ASKED = {
    "bash": ({"COMP_WORDS": "audiogen li", "COMP_CWORD": "1"}, "plain,list"),
    "zsh": ({"COMP_WORDS": "audiogen li", "COMP_CWORD": "1"}, "plain\nlist"),
    "fish": ({"COMP_WORDS": "audiogen li", "COMP_CWORD": "li"}, "plain"),
}
PROGRAM = Path(sys.executable).with_name("audiogen")


@pytest.mark.parametrize("shell", ASKED)
def test_the_script_of_a_shell_asks_by_the_variable_that_is_answered(audiogen: Run, shell: str) -> None:
    done = audiogen("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_AUDIOGEN_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize("shell", ASKED)
def test_what_a_shell_asks_is_answered(shell: str) -> None:
    variables, answer = ASKED[shell]
    done = subprocess.run(
        [sys.executable, "-m", "audiogen"],
        env=os.environ | variables | {"_AUDIOGEN_COMPLETE": f"{shell}_complete"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(answer)
    assert "list" in done.stdout
    assert "listened" in done.stdout
    assert "narrate" not in done.stdout


@pytest.mark.skipif(not shutil.which("bash") or not PROGRAM.exists(), reason="bash, and audiogen as a program")
def test_bash_completes_commands_and_options() -> None:
    """As the Tab key does: the function that the script names is called with the words of the line."""
    script = """
        eval "$(audiogen completion bash)"
        complete -p audiogen >/dev/null || exit 1
        tab() {
            COMPREPLY=(); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
            _audiogen_completion "$1"; echo "${COMPREPLY[*]}"
        }
        tab audiogen narr
        tab audiogen batch --keep
    """
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", script], env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert (done.returncode, done.stdout.split("\n")) == (0, ["narrate", "--keep-duplicates", ""])


def test_another_shell_is_a_wrong_call(audiogen: Run) -> None:
    assert audiogen("completion", "cmd").returncode == 2
