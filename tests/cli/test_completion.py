"""Shells complete commands and options."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
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


#: Lines of a command, and what the Tab key makes of their last word in a folder with a page.html and a folder saved.
LINES = {
    "a command": ("audiogen narr", "narrate"),
    "an option": ("audiogen batch --keep", "--keep-duplicates"),
    "a value": ("audiogen narrate --quality sp", "speech"),
    "a file": ("audiogen narrate pag", "page.html"),
    "a second file": ("audiogen batch page.html pag", "page.html"),
    "a folder": ("audiogen check sav", "saved"),
    "a folder of an option": ("audiogen batch page.html -o sav", "saved"),
}
#: How each shell starts without files of the user's, and what it reads first.
STARTS = {
    "bash": (("bash", "--norc", "--noprofile", "-i"), 'eval "$(audiogen completion bash)"'),
    "zsh": (("zsh", "-f", "-i"), 'autoload -Uz compinit; compinit -u -D; eval "$(audiogen completion zsh)"'),
}


def environment() -> dict[str, str]:
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "TERM": "dumb", "PS1": "> ", "LC_ALL": "C.UTF-8"}


def typed(shell: str, line: str, folder: Path) -> str:
    """Type a line and the Tab key at a terminal; return the line that the shell has then."""
    program, start = STARTS[shell]
    ours, theirs = os.openpty()
    with subprocess.Popen(program, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=environment(),
                          start_new_session=True) as process:  # fmt: skip
        os.close(theirs)
        # Control and A goes to the beginning of the line.
        os.write(ours, f"{start}\r".encode())
        os.write(ours, f"{line}\t\x01echo FOUND: \r".encode())
        os.write(ours, b"exit\r")
        shown = b""
        with suppress(OSError):
            while chunk := os.read(ours, 4096):
                shown += chunk
        process.wait(30)
    os.close(ours)
    found = [text for text in re.split(r"[\r\n]+", shown.decode()) if text.startswith("FOUND: ")]
    return found[-1].removeprefix("FOUND: ").rstrip(" /") if found else shown.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").touch()
    (tmp_path / "saved").mkdir()
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("shell", STARTS)
@pytest.mark.parametrize(("line", "completed"), LINES.values(), ids=LINES)
def test_the_tab_key_completes_at_a_terminal(folder: Path, shell: str, line: str, completed: str) -> None:
    if not shutil.which(shell) or not PROGRAM.exists():
        pytest.skip(f"{shell}, and audiogen as a program")
    assert typed(shell, line, folder) == f"{line[: line.rindex(' ')]} {completed}"


#: What fish completes each time the tests run: for each line audiogen is started twice.
EACH_TIME = ("a command", "a file", "a folder of an option")


@pytest.mark.skipif(not shutil.which("fish") or not PROGRAM.exists(), reason="fish, and audiogen as a program")
@pytest.mark.parametrize(
    ("line", "completed"),
    [pytest.param(*LINES[name], id=name, marks=[pytest.mark.slow] * (name not in EACH_TIME)) for name in LINES],
)
def test_fish_completes(folder: Path, line: str, completed: str) -> None:
    script = f"audiogen completion fish | source; complete --do-complete '{line}'"
    command = ["fish", "--no-config", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    assert completed in [found.partition("\t")[0].rstrip("/") for found in done.stdout.split("\n")]
