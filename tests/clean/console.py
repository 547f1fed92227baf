"""Console blocks of our documents: read, run as they stand, and compared with what they say is printed.

A block begins with three backticks and `console`. A line that begins with `$ ` is a command, lines that begin with `>`
behind it go on with it; the lines up to the next one are what a terminal shows of it, stdout and stderr together. A
block whose first line begins with `# Not run` is for readers alone, and says why. In what is shown

- a line that is `…` alone stands for any lines, none too;
- `…` within a line stands for any text of that line;
- lengths of time, sizes of files and addresses of the local network are as different as machines are: any of the same
  kind fits.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
#: What differs from machine to machine, and the pattern that any of its kind fits.
_KINDS = (
    (re.compile(r"\d+(?:\.\d+)? (?:seconds?|minutes|hours)"), r"\d+(?:\.\d+)? (?:seconds?|minutes|hours)"),
    (re.compile(r"\d+(?:\.\d+)? (?:MB|GB)"), r"\d+(?:\.\d+)? (?:MB|GB)"),
    (re.compile(r"http://\d+\.\d+\.\d+\.\d+"), r"http://\d+\.\d+\.\d+\.\d+"),
)
#: How a block begins that only a machine with a network, a login or a cluster can run.
NOT_RUN = "# Not run"
#: Seconds that a command may take: an installation from a far index is the longest.
_PATIENCE = 1200
#: Commands that run until they are stopped.
_LASTING = re.compile(r"^audiogen (serve|watch)\b")


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a document, and what it says is printed."""

    line: int
    command: str
    expected: tuple[str, ...]


def steps_of(text: str) -> list[Step]:
    """Read the console blocks of a document."""
    steps: list[Step] = []
    for block in _BLOCK.finditer(text):
        start = text.count("\n", 0, block.start(1)) + 1
        steps += _steps(block.group(1).splitlines(), start)
    return steps


def _steps(lines: list[str], start: int) -> Iterator[Step]:
    if lines and lines[0].startswith(NOT_RUN):
        return
    begins = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    if not begins or begins[0] != 0:
        raise ValueError(f"line {start}: a console block begins with a command after '$ '")
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        more = list(takewhile(lambda line: line.startswith(">"), lines[begin + 1 : end]))
        command = "\n".join([lines[begin][2:], *(line[1:].removeprefix(" ") for line in more)])
        expected = tuple(line.rstrip() for line in lines[begin + 1 + len(more) : end])
        yield Step(start + begin, command, expected)


def fits(expected: tuple[str, ...], printed: str) -> bool:
    r"""Tell whether what was printed is what a document says.

    >>> fits(("2 new in 3 seconds; …", "…", "done"), "2 new in 4.5 minutes; 1 MB\na\nb\ndone\n")
    True
    >>> fits(("4 done in 2 seconds.",), "4 done in 1 second.\n")
    True
    >>> fits(("done",), "undone\n"), fits((), "anything\n"), fits(("…",), "")
    (False, False, True)
    """
    lines = [line.rstrip() for line in printed.splitlines()]
    return re.fullmatch("".join(map(_pattern, expected)), "".join(f"{line}\n" for line in lines)) is not None


def _pattern(line: str) -> str:
    if line == "…":
        return r"(?:.*\n)*?"
    return "".join("[^\n]*" if part == "…" else _exact(part) for part in re.split("(…)", line)) + r"\n"


def _exact(text: str) -> str:
    for kind, pattern in _KINDS:
        found = kind.search(text)
        if found:
            return _exact(text[: found.start()]) + pattern + _exact(text[found.end() :])
    return re.escape(text)


@dataclass
class Shell:
    """A person's shell: the folder and the variables that a command leaves are those of the next one."""

    folder: Path
    variables: dict[str, str]
    #: What is done while a command that lasts is running, with what it printed so far.
    meanwhile: Callable[[str], None] = field(default=lambda printed: None)

    def run(self, command: str) -> tuple[int, str]:
        """Run a command; give its exit code and what it printed."""
        if _LASTING.match(command):
            return self._run_for_a_while(command)
        left = Path(self.variables["HOME"]) / ".left"
        script = f"trap '{{ pwd; env -0; }} > \"{left}\"' EXIT\n{command}"
        done = subprocess.run(
            ["bash", "-c", script], cwd=self.folder, env=self.variables, timeout=_PATIENCE,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        folder, _, variables = left.read_text().partition("\n")
        left.unlink()
        self.folder = Path(folder)
        self.variables = dict(pair.split("=", 1) for pair in variables.split("\0") if "=" in pair)
        return done.returncode, done.stdout.decode()

    def _run_for_a_while(self, command: str) -> tuple[int, str]:
        """Run a command until it has said how to end it, look at what it does, and end it as Ctrl-C does."""
        output = Path(self.variables["HOME"]) / ".printed"
        with output.open("wb") as file:
            started = subprocess.Popen(
                ["bash", "-c", f"exec {command}"], cwd=self.folder, env=self.variables,
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            until = time.monotonic() + 60
            while "Ctrl-C" not in output.read_text() and started.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
            self.meanwhile(output.read_text())
        finally:
            started.send_signal(signal.SIGINT)
            code = started.wait(30)
        return code, output.read_text()


def clean_variables(home: Path, *programs: Path) -> dict[str, str]:
    """Give the variables of a person who has just begun: an empty home, nothing of ours, and *programs* in the path.

    What tells the installers where the index is stays as it is on this machine.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("PIP_", "UV_")) or name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "LANG", "TMPDIR")
    }
    path = os.pathsep.join([*map(str, programs), "/usr/local/bin", "/usr/bin", "/bin"])
    return {**kept, "HOME": str(home), "PATH": path, "LC_ALL": "C.UTF-8", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
