"""The command line as its users run it: the very function that the program `audiogen` calls, in an empty folder.

A process of its own costs more than most commands do, so only what cannot be seen from inside one (what is imported,
pipes, signals, exit codes of the interpreter) is looked at with `process`.
"""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from audiogen.cli import main

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def _unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read documents in this process: with limits, each command starts another; test_limited.py tries them."""
    for limit in ("AUDIOGEN_LIMITS_SECONDS", "AUDIOGEN_LIMITS_MEMORY"):
        monkeypatch.setenv(limit, "0")


@pytest.fixture
def audiogen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `audiogen` with arguments in an empty folder; its stdout and stderr are text; no stdin is a closed one."""

    def run(*arguments: str | Path, stdin: str | None = "") -> subprocess.CompletedProcess[str]:
        command = ["audiogen", *map(str, arguments)]
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            patch.setattr(sys, "argv", command)
            given = None if stdin is None else io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
            patch.setattr(sys, "stdin", given)
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as ended:
                main()
        return subprocess.CompletedProcess(command, _code(ended.value), _text(out), _text(err))

    return run


def _code(end: SystemExit) -> int:
    assert end.code is None or isinstance(end.code, int)
    return end.code or 0


def _text(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run `audiogen` as `audiogen` does, in a process of its own."""

    def run(*arguments: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "audiogen", *map(str, arguments)]
        return subprocess.run(command, cwd=tmp_path, input=stdin, capture_output=True, text=True, timeout=120)

    return run
