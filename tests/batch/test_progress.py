"""Workers tell in shared memory how far they are; the process that started them looks."""

from __future__ import annotations

import multiprocessing
import os
from typing import TYPE_CHECKING

from audiogen.batch import progress
from audiogen.batch.progress import ProgressTable
from audiogen.batch.worker_pool import WorkerPool

if TYPE_CHECKING:
    import pytest

CONTEXT = multiprocessing.get_context("spawn")


def test_each_worker_has_a_place_and_is_found_by_its_article() -> None:
    table = ProgressTable(2, CONTEXT)
    first, second = table.take().follow("a.html"), table.take().follow("b.html")
    assert table.progress_of("a.html") is None
    first(3, 10)
    second(1, 7)
    assert (table.progress_of("a.html"), table.progress_of("b.html"), table.progress_of("c.html")) == (
        (3, 10),
        (1, 7),
        None,
    )


def test_the_next_article_takes_the_place_of_the_one_before() -> None:
    table = ProgressTable(1, CONTEXT)
    place = table.take()
    place.follow("a.html")(10, 10)
    place.follow("b.html")(1, 7)
    assert (table.progress_of("a.html"), table.progress_of("b.html")) == (None, (1, 7))


def test_a_worker_that_replaces_a_dead_one_gets_a_place() -> None:
    table = ProgressTable(2, CONTEXT)
    for _ in range(3):
        place = table.take()
    place.follow("c.html")(2, 5)
    assert table.progress_of("c.html") == (2, 5)


def test_a_name_of_any_text_has_its_number() -> None:
    table = ProgressTable(1, CONTEXT)
    table.take().follow("cut \ud83d.html")(1, 2)
    assert table.progress_of("cut \ud83d.html") == (1, 2)


def test_a_process_that_is_no_worker_tells_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_slot", None)
    assert progress.follow("a.html") is None


def speak(name: str, done: int, total: int, dies: str = "") -> None:
    """What a worker does, as far as anybody sees of it."""
    if dies and not os.path.exists(dies):  # noqa: PTH110
        open(dies, "w").close()  # noqa: PTH123
        os._exit(1)
    step = progress.follow(name)
    assert step is not None
    step(done, total)


def test_what_a_worker_tells_is_seen_here_also_after_a_death(tmp_path_factory: pytest.TempPathFactory) -> None:
    died = str(tmp_path_factory.mktemp("died") / "once")
    worker_pool = WorkerPool(1)
    try:
        worker_pool.submit(speak, "a.html", 4, 9).result(timeout=60)
        assert worker_pool.progress("a.html") == (4, 9)
        worker_pool.submit(speak, "b.html", 5, 9, died).result(timeout=60)
        assert worker_pool.progress("b.html") == (5, 9)
        assert worker_pool.progress("c.html") is None
    finally:
        worker_pool.stop()
