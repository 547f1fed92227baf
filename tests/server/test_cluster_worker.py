"""With an executor in the place of worker processes, jobs are made, cancelled and tried again as ever."""

from __future__ import annotations

import json
import threading
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.batch import work
from audiogen.batch.cluster import connect
from audiogen.server.cluster_worker import ClusterWorker, portable
from audiogen.server.dispatcher import Dispatcher, Plan
from audiogen.server.jobs import Job, State
from audiogen.server.orders import Order
from tests.batch.pile import page
from tests.batch.test_cluster import address_of, cluster
from tests.server.conftest import ended, fetcher, finished, make_library, queued, serving, wait_for

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audiogen.server.jobs import Queue

__all__ = ["cluster"]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """A stand-in for a cluster: a thread of this process."""
    with ThreadPoolExecutor(1) as executor:
        yield executor
        executor.submit(work.close).result()


@pytest.fixture
def start(library: Path, state: Path, queue: Queue) -> Iterator[Callable[[Executor], Dispatcher]]:
    running: list[Dispatcher] = []

    def begin(executor: Executor) -> Dispatcher:
        plan = Plan(delays=(0.1, 0.1), fetchers=1)
        running.append(Dispatcher(library, queue, state, fetcher, plan, executor=executor))
        running[-1].start()
        return running[-1]

    yield begin
    for dispatcher in running:
        dispatcher.close()


@pytest.mark.slow
def test_a_document_is_made_where_the_servers_folders_are_not_reached(
    start: Callable[[Executor], Dispatcher], pool: ThreadPoolExecutor, queue: Queue, state: Path, library: Path
) -> None:
    start(pool)
    job = ended(queue, queued(queue, state, page(1), name="ice.html").id)
    assert (job.state, job.outcome) == (State.DONE, "new"), job.message
    assert (library / "episodes" / f"{job.slug}.json").is_file()
    # What is no article is refused with its reason, wherever it is found out.
    refused = ended(queue, queued(queue, state, "<title>Log in</title><p>Please log in.</p>").id)
    assert (refused.state, refused.error) == (State.REFUSED, "NotAnArticleError")


def test_an_order_names_no_folder_of_the_server_but_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "ice.html").write_bytes(b"<p>Ice.")
    monkeypatch.chdir(tmp_path)
    order = portable(Order(Job("1", "Ice", "p", document="sent/ice.html"), "library", str(tmp_path), 4, "preview.wav"))
    assert (order.content, order.uploads, order.preview, order.workers) == (b"<p>Ice.", "", "", 1)
    assert order.library == str(tmp_path / "library")
    assert portable(Order(Job("1", "Ice", "p"), "s3://bucket/library", "")).library == "s3://bucket/library"


class Dying(Executor):
    """Gives up the first jobs, as Dask does where one machine after another died, and then makes them."""

    def __init__(self, times: int, inner: Executor) -> None:
        self.left, self._inner = times, inner

    def submit(self, *arguments: Any, **named: Any) -> Future[Any]:
        if self.left:
            self.left -= 1
            lost: Future[Any] = Future()
            lost.set_exception(RuntimeError("KilledWorker"))
            return lost
        return self._inner.submit(*arguments, **named)


@pytest.mark.slow
@pytest.mark.parametrize(("deaths", "state_then"), [(2, State.DONE), (3, State.FAILED)])
def test_what_a_cluster_gives_up_is_tried_again_and_not_for_ever(
    start: Callable[[Executor], Dispatcher],
    pool: ThreadPoolExecutor,
    queue: Queue,
    state: Path,
    deaths: int,
    state_then: State,
) -> None:
    start(Dying(deaths, pool))
    job = ended(queue, queued(queue, state, page(1)).id)
    assert job.state is state_then
    assert (job.error == "CrashError") is (state_then is State.FAILED)


def test_a_cancelled_job_is_not_waited_for(
    start: Callable[[Executor], Dispatcher], pool: ThreadPoolExecutor, queue: Queue, state: Path
) -> None:
    gate = threading.Event()
    pool.submit(gate.wait)
    try:
        dispatcher = start(pool)
        job = queued(queue, state, page(1))
        wait_for(lambda: (found := queue.find(job.id)) is not None and found.stage == "speaking")
        queue.cancel(job.id)
        dispatcher.wake()
        assert ended(queue, job.id).state is State.CANCELLED
    finally:
        gate.set()


def test_a_place_on_a_cluster_loads_nothing_before_there_is_a_job(
    start: Callable[[Executor], Dispatcher], pool: ThreadPoolExecutor
) -> None:
    dispatcher = start(pool)
    dispatcher.expect()
    assert [type(worker) for worker in dispatcher.workers] == [ClusterWorker]
    assert dispatcher.workers[0].pid == 0


@pytest.mark.slow
def test_a_server_with_a_real_cluster_outlives_the_death_of_a_machine(
    cluster: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    library = make_library(tmp_path / "library")
    with connect(address_of(tmp_path)) as (executor, size):
        plan = Plan(workers=size, delays=(0.1, 0.1), fetchers=1)
        with serving(library, plan=plan, executor=executor) as server, server.client as client:
            jobs = []
            for number in range(6):
                content = {"html": page(number), "id": number}
                jobs += client.post("/api/articles", json=content).raise_for_status().json()["jobs"]
            assert finished(client, jobs[0])["state"] == "done"
            cluster[0].kill()
            states = [finished(client, job)["state"] for job in jobs]
    assert states == ["done"] * 6
    manifests = [path for path in (library / "episodes").glob("*.json") if path.name.count(".") == 1]
    guids = {json.loads(path.read_text(encoding="utf-8"))["guid"] for path in manifests}
    assert len(guids) == len(manifests) == 6
