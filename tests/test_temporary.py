"""What a killed process left is told by the process, not by its age, and removed by the next one."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from audiogen import temporary
from audiogen.temporary import is_orphan, make_folder, started, sweep, temporary_folder

if TYPE_CHECKING:
    from pathlib import Path

LEAVE = (
    "import os, signal, sys; from pathlib import Path; from audiogen.temporary import make_folder; "
    "print(make_folder('audiogen-speech-', Path(sys.argv[1])).name, flush=True); "
    "sys.stdin.read(); os.kill(os.getpid(), 9)"
)


def test_a_folder_is_there_for_as_long_as_its_process_and_gone_after_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LEAVE, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        name = other.stdout.readline().strip()
        sweep(tmp_path)
        assert (tmp_path / name).is_dir()
        other.communicate(timeout=60)
    assert (tmp_path / name).is_dir()
    (tmp_path / "audiogen-speech-abc123").mkdir()
    (tmp_path / "pages").mkdir()
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audiogen-speech-abc123", "pages"]


def test_a_process_that_got_the_number_of_a_dead_one_owns_nothing_of_its(tmp_path: Path) -> None:
    own = make_folder("audiogen-", tmp_path)
    assert not is_orphan(own.name)
    stranger = own.name.replace(f"-{started(os.getpid())}-", "-1-")
    assert is_orphan(stranger)
    assert not is_orphan(stranger.replace(temporary._host(), "00000000")), "another machine's may be alive"


def test_what_is_left_is_swept_before_the_first_folder_is_made(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left = tmp_path / f"making-{int(dead.stdout)}-7-{temporary._host()}-x1"
    left.mkdir()
    with temporary_folder("making-", tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]
    assert list(tmp_path.iterdir()) == []


def test_only_a_process_that_runs_has_a_start() -> None:
    assert started(os.getpid()) == started(os.getpid()) > 0
    assert started(2**22 + 1) == 0
