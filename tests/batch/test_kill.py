"""A batch killed at any moment leaves nothing broken, and goes on where it stopped."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen import produce_all
from audiogen.episodes.library import Library
from audiogen.settings import Settings
from tests.batch.conftest import assert_whole, snapshot, statuses
from tests.batch.pile import make_pile, page, paragraphs

if TYPE_CHECKING:
    from tests.batch.conftest import Run

#: What changes a file system, as CPython tells its audit hooks.
_CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree", "os.utime"}


def _changes(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        return isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in _CHANGES


def _die_at(change: int, folder: str) -> None:
    """Kill this process just before its *change*-th change below *folder*."""
    left = change

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if _changes(event, arguments) and any(folder in str(argument) for argument in arguments):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _killed(change: int, pile: Path, library: Path, settings: Settings) -> bool:
    """Work through the pile in a process that dies at its *change*-th change; tell whether it came so far."""
    pid = os.fork()
    if pid == 0:
        try:
            _die_at(change, str(library))
            with ThreadPoolExecutor(1) as executor:
                list(produce_all([pile], library, executor, settings=settings))
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="takes a process that is a copy of this one")
def test_a_batch_killed_at_every_change_of_a_file_resumes(
    run: Run, tmp_path: Path, library: Path, tones: Settings
) -> None:
    pile, settings = make_pile(tmp_path / "pile", 1), tones.with_flags(audio__quality="small")
    # What is imported before the fork is not imported again in each child.
    with ThreadPoolExecutor(1) as executor:
        list(produce_all([pile], tmp_path / "warm", executor, settings=settings))
    change = 1
    while _killed(change, pile, library, settings):
        assert_whole(library)
        change += 1
    assert change > 10
    assert assert_whole(library) == ["house-0-and-its-neighbours"]
    # And once more with an episode that is there and changes.
    (pile / "story-00000.html").write_text(page(0, text=paragraphs(50)), encoding="utf-8")
    change = 1
    while _killed(change, pile, library, settings):
        Library(library).recover()
        assert assert_whole(library) == ["house-0-and-its-neighbours"]
        change += 1
    [manifest] = Library(library).manifests()
    assert paragraphs(50)[0].split(".")[0] in manifest["script"][1]["written"]
    assert set(statuses(run(pile)).values()) == {"done"}
    assert list((library / ".audiogen").glob("ready-*")) == []


SCRIPT = """
import sys
from audiogen import produce_all
from audiogen.settings import Settings
settings = Settings().with_flags(speech__voice="tone", speech__cache=False, audio__quality="small")
for outcome in produce_all([sys.argv[1]], sys.argv[2], jobs=2, settings=settings):
    print(outcome.status, flush=True)
"""


@pytest.mark.slow
def test_a_batch_of_processes_killed_again_and_again_comes_to_its_end(run: Run, tmp_path: Path, library: Path) -> None:
    pile = make_pile(tmp_path / "pile", 24)
    command = [sys.executable, "-c", SCRIPT, str(pile), str(library)]
    made: list[str] = []
    for patience in range(1, 8):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as batch:
            assert batch.stdout
            # Killed a while after its first few articles: in the middle of others.
            for _ in range(patience):
                batch.stdout.readline()
            time.sleep(0.05 * patience)
            batch.kill()
        now = assert_whole(library)
        assert set(made) <= set(now)
        made = now
    done = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert len(done) == 24
    assert set(done) <= {"new", "done"}
    assert len(assert_whole(library)) == 24
    before = snapshot(library)
    assert set(statuses(run(pile)).values()) == {"done"}
    assert snapshot(library) == before


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="looks into the memory of processes as Linux does")
def test_a_worker_that_dies_inside_onnxruntime_costs_its_article_a_second_try(tmp_path: Path, library: Path) -> None:
    pile = make_pile(tmp_path / "pile", 2)
    settings = Settings().with_flags(speech__voice="hibari", speech__cache=False, audio__quality="small")
    struck: list[int] = []

    def strike() -> None:
        """End the first worker that has onnxruntime in its memory and an episode in the making, as `abort()` does."""
        while not struck:
            for worker in multiprocessing.active_children():
                if worker.pid and not struck and _speaks(worker.pid) and list(library.rglob("*.mp3")):
                    os.kill(worker.pid, signal.SIGABRT)
                    struck.append(worker.pid)
            time.sleep(0.005)

    striker = threading.Thread(target=strike, daemon=True)
    striker.start()
    outcomes = list(produce_all([pile], library, jobs=2, settings=settings))
    assert [outcome.status for outcome in outcomes] == ["new"] * 2
    assert len(struck) == 1
    assert len(assert_whole(library)) == 2


def _speaks(pid: int) -> bool:
    try:
        return "onnxruntime" in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


@pytest.mark.slow
def test_two_batches_on_one_library_at_once_share_the_work(run: Run, tmp_path: Path, library: Path) -> None:
    pile = make_pile(tmp_path / "pile", 6)
    command = [sys.executable, "-c", SCRIPT.replace("jobs=2", "jobs=1"), str(pile), str(library)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    result = [batch.communicate()[0].split() for batch in both]
    assert [batch.returncode for batch in both] == [0, 0]
    assert [len(statuses) for statuses in result] == [6, 6]
    assert {status for statuses in result for status in statuses} <= {"new", "done"}
    assert len(assert_whole(library)) == 6
    assert set(statuses(run(pile)).values()) == {"done"}
