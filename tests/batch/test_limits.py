"""An article that takes more time or memory than it may is ended, fails with a sentence, and costs no other."""

from __future__ import annotations

import os
import re
import sys
import time
from typing import TYPE_CHECKING

import pytest

from audiogen.batch import produce_all
from audiogen.batch.limits import memory_of, reason_to_end
from audiogen.batch.progress import follow
from audiogen.batch.worker_pool import WorkerPool
from audiogen.errors import LimitError
from audiogen.settings import Limits, Settings
from tests.batch.pile import page

if TYPE_CHECKING:
    from pathlib import Path

#: Megabytes that the hungry worker takes.
HUNGER = 600


def work(task: str, name: str) -> str:
    """Stand still with all of Python held, grow, come forward step by step, or do it at once."""
    if task == "hang":
        re.match("(a|a)*$", "a" * 60 + "b")
    if task == "grow":
        held = bytearray(HUNGER * 1_000_000)
        held[::4096] = b"x" * len(range(0, len(held), 4096))
        time.sleep(120)
    if task == "steps":
        step = follow(name)
        assert step is not None
        for done in range(14):
            time.sleep(0.3)
            step(done, 14)
    return name


@pytest.mark.slow
def test_work_that_stands_still_is_ended_and_nobody_elses_is_lost() -> None:
    worker_pool = WorkerPool(2, Limits(seconds=3))
    try:
        futures = [worker_pool.submit(work, task, f"{task}.html") for task in ("at once", "hang", "steps")]
        assert futures[0].result(100) == "at once.html"
        assert futures[2].result(100) == "steps.html"
        with pytest.raises(LimitError, match=r"on hang\.html stood still for 3 s and was ended; limits\.seconds"):
            futures[1].result(100)
        assert worker_pool.submit(work, "at once", "hang.html").result(100) == "hang.html"
    finally:
        worker_pool.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell another process's memory without a library")
def test_work_that_fills_the_memory_is_ended() -> None:
    worker_pool = WorkerPool(1, Limits(memory=HUNGER // 2))
    try:
        assert worker_pool.submit(work, "at once", "small.html").result(100) == "small.html"
        with pytest.raises(LimitError, match=r"grow\.html took more than 300 MB of memory.*limits\.memory"):
            worker_pool.submit(work, "grow", "grow.html").result(100)
    finally:
        worker_pool.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell another process's memory without a library")
def test_an_article_beyond_the_limit_fails_and_the_batch_ends_well(tmp_path: Path) -> None:
    pages = [tmp_path / f"{number}.html" for number in (1, 2)]
    for number, path in enumerate(pages):
        path.write_text(page(number), encoding="utf-8")
    settings = Settings().with_flags(limits__memory=1, speech__voice="tone")
    outcomes = list(produce_all(pages, tmp_path / "library", settings=settings, jobs=1))
    assert [outcome.status for outcome in outcomes] == ["failed", "failed"]
    assert all("took more than 1 MB of memory" in str(outcome.error) for outcome in outcomes)


@pytest.mark.parametrize(
    ("limits", "still", "says"),
    [
        (Limits(), 900.0, ""),
        (Limits(), 900.1, "stood still for 900 s"),
        (Limits(seconds=0), 9e9, ""),
        (Limits(memory=0), 0.0, ""),
    ],
)
def test_only_who_stands_still_for_longer_than_the_limit_is_ended(limits: Limits, still: float, says: str) -> None:
    reason = reason_to_end(limits, still, os.getpid())
    assert reason.startswith(says)
    assert bool(reason) == bool(says)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell another process's memory without a library")
def test_only_who_holds_more_memory_than_the_limit_is_ended() -> None:
    held = memory_of(os.getpid()) / 1_000_000
    assert reason_to_end(Limits(memory=int(held * 2)), 0.0, os.getpid()) == ""
    assert "MB of memory" in reason_to_end(Limits(memory=int(held / 2)), 0.0, os.getpid())


def test_the_memory_of_a_process_that_is_gone_is_none() -> None:
    assert memory_of(2**22 + 1) == 0
