"""A worker that dies takes down nothing but its article."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import wait
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen.batch.worker_pool import WorkerPool
from audiogen.errors import CrashError

if TYPE_CHECKING:
    from collections.abc import Iterator


def work(task: str, number: int, notes: str = "") -> tuple[int, int]:
    """Die where the task says so, for ever or only the first time."""
    if task == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "die once" and not Path(notes).exists():
        Path(notes).touch()
        os._exit(3)
    if task == "raise":
        raise CrashError(number, "a fault")
    if task == "sleep":
        time.sleep(0.3)
    return number, os.getpid()


@pytest.fixture(scope="module")
def worker_pool() -> Iterator[WorkerPool]:
    worker_pool = WorkerPool(2)
    yield worker_pool
    worker_pool.shutdown()


def test_work_is_done_by_other_processes(worker_pool: WorkerPool) -> None:
    futures = [worker_pool.submit(work, "sleep", number) for number in range(4)]
    results = [future.result() for future in futures]
    assert [number for number, _ in results] == [0, 1, 2, 3]
    assert os.getpid() not in {pid for _, pid in results}


def test_a_worker_has_one_thread_a_library_and_two_heaps_and_the_caller_is_left_alone(worker_pool: WorkerPool) -> None:
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MALLOC_ARENA_MAX")
    there = {name: os.environ.get(name) for name in names}
    assert [worker_pool.submit(os.getenv, name).result() for name in names] == [
        there[name] or usual for name, usual in zip(names, ("1", "1", "2"), strict=True)
    ]
    assert {name: os.environ.get(name) for name in names} == there


def blocks_interrupts() -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no masks of signals")
def test_ctrl_c_does_not_reach_a_worker_while_it_loads_and_reaches_its_parent(worker_pool: WorkerPool) -> None:
    assert worker_pool.submit(blocks_interrupts).result()
    assert not blocks_interrupts()


def test_an_error_comes_as_it_is(worker_pool: WorkerPool) -> None:
    with pytest.raises(CrashError, match="a fault"):
        worker_pool.submit(work, "raise", 7).result()


@pytest.mark.slow
def test_only_the_work_that_kills_its_process_fails(worker_pool: WorkerPool) -> None:
    tasks = ["sleep", "die", "sleep", "sleep", "die", "sleep"]
    futures = [worker_pool.submit(work, task, number) for number, task in enumerate(tasks)]
    wait(futures)
    failed = [number for number, future in enumerate(futures) if future.exception()]
    assert failed == [1, 4]
    error = futures[1].exception()
    assert isinstance(error, CrashError)
    assert error.subject == 1
    assert worker_pool.submit(work, "sleep", 9).result()[0] == 9


def test_work_that_lost_its_process_by_chance_is_done_again(worker_pool: WorkerPool, tmp_path: Path) -> None:
    assert worker_pool.submit(work, "die once", 5, str(tmp_path / "note")).result()[0] == 5


HELD = pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process whose threads cannot run")


@pytest.mark.parametrize(
    "work",
    [
        pytest.param("", id="idle"),
        pytest.param(
            "worker_pool.submit(re.match, '(a|a)*$', 'a' * 60 + 'b')", marks=HELD, id="in a regular expression"
        ),
    ],
)
def test_workers_end_when_their_parent_is_killed(work: str, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    # Not guarded by a test of __name__, as plain scripts are.
    script.write_text(
        "import os, re, time\n"
        "from audiogen.batch.worker_pool import WorkerPool\n"
        "worker_pool = WorkerPool(1)\n"
        "print(worker_pool.submit(os.getpid).result(), flush=True)\n"
        f"{work}\n"
        "time.sleep(2)\n"
        "print('at work', flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        os.kill(worker, 0)
        parent.stdout.readline()
        parent.kill()
    for _ in range(100):
        if not _runs(worker):
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    # In a container without an init nobody buries the dead; a zombie does not run.
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")


def test_stopping_does_not_wait_for_the_work() -> None:
    worker_pool = WorkerPool(1)
    assert worker_pool.submit(work, "sleep", 1).result()[0] == 1
    worker_pool.submit(time.sleep, 60)
    stopper = threading.Thread(target=worker_pool.stop)
    stopper.start()
    stopper.join(20)
    assert not stopper.is_alive()
