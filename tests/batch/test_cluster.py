"""A batch over a real Dask cluster on this machine, one worker of which is killed on the way."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from audiogen import produce_all
from audiogen.batch.cluster import connect
from audiogen.errors import SettingsError
from tests.batch.conftest import assert_whole, statuses
from tests.batch.pile import make_pile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.model import Outcome
    from audiogen.settings import Settings


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    """A scheduler and two workers, each a process of its own; the workers' processes."""
    note = tmp_path / "scheduler.json"
    start = [sys.executable, "-m"]
    scheduler = [*start, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    worker = [*start, "distributed.cli.dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    processes = [subprocess.Popen([*scheduler, "--scheduler-file", str(note)], **quiet)]  # type: ignore[call-overload]
    try:
        for _ in range(2):
            command = [*worker, "--scheduler-file", str(note), "--host", "127.0.0.1"]
            processes.append(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
        yield processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def address_of(folder: Path) -> str:
    """Wait for the scheduler and both its workers."""
    import json

    from distributed import Client

    note = folder / "scheduler.json"
    for _ in range(300):
        if note.exists() and note.read_text():
            break
        time.sleep(0.2)
    address = str(json.loads(note.read_text())["address"])
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)
    return address


@pytest.mark.slow
def test_a_batch_outlives_the_death_of_a_machine(
    cluster: list[subprocess.Popen[bytes]], tmp_path: Path, tones: Settings
) -> None:
    pile, library = make_pile(tmp_path / "pile", 8), tmp_path / "library"
    settings = tones.with_flags(audio__quality="small")
    outcomes: list[Outcome] = []
    with connect(address_of(tmp_path)) as (executor, size):
        assert size == 2
        for outcome in produce_all([pile], library, executor, settings=settings, jobs=size):
            if not outcomes:
                cluster[0].kill()
            outcomes.append(outcome)
    assert len(outcomes) == 8
    # Whoever died may have put an episode in place and not told of it.
    assert set(statuses(outcomes).values()) <= {"new", "changed", "done"}
    assert len(assert_whole(library)) == 8


@pytest.mark.slow
def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiogen.batch.cluster._PATIENCE", 1)
    with pytest.raises(SettingsError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:9"), connect("tcp://127.0.0.1:9"):
        pass
