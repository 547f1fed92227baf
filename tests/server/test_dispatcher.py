"""Jobs are made by real worker processes; whoever is killed, nothing is lost and nothing doubled."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from audiogen.episodes.library import Library
from audiogen.server.dispatcher import Dispatcher, Plan
from audiogen.server.jobs import Job, Priority, Queue, State
from audiogen.server.orders import WarmUp
from audiogen.server.worker import Worker
from audiogen.settings import Limits
from tests.batch.pile import page, paragraphs
from tests.server.conftest import PATIENCE, ended, fetcher, is_working, make_library, queued, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Dispatch = Callable[..., Dispatcher]

#: A story that takes a worker some seconds.
LONG = page(7, text=paragraphs(7, 40))


@dataclass(frozen=True)
class Running:
    """A server at work, with its library, for the tests that need no start of their own."""

    library: Path
    state: Path
    queue: Queue
    dispatcher: Dispatcher

    def send(self, text: str, **fields: object) -> Job:
        """Queue a document, and wait for its end."""
        return ended(self.queue, queued(self.queue, self.state, text, **fields).id)  # type: ignore[arg-type]

    def manifest(self, job: Job) -> dict[str, Any]:
        """Give the manifest of a job's episode."""
        manifest = Library(self.library).manifest(job.slug)
        assert manifest is not None
        return manifest


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("running")
    library, state = make_library(folder / "library"), folder / "state"
    state.mkdir()
    queue = Queue(state / "jobs.sqlite")
    dispatcher = Dispatcher(library, queue, state, fetcher, Plan(delays=(0.1, 0.1), fetchers=1))
    dispatcher.start()
    yield Running(library, state, queue, dispatcher)
    dispatcher.close()
    queue.close()


def titles(library: Path) -> list[str]:
    return [manifest["article"]["title"] for manifest in Library(library).manifests()]


def test_a_document_becomes_an_episode(running: Running) -> None:
    done = running.send(page(1), tags="harbour\nweather")
    assert (done.state, done.outcome, done.message) == (State.DONE, "new", "")
    manifest = running.manifest(done)
    assert manifest["guid"] == done.guid
    assert manifest["article"]["tags"] == ["harbour", "weather"]
    assert done.duration == manifest["audio"]["duration"]
    wait_for(lambda: not list((running.state / "uploads").iterdir()))  # a document that was made is not kept


@pytest.mark.slow
def test_a_second_push_under_the_same_id_is_a_correction_however_much_it_changes(running: Running) -> None:
    result = {"location": "push:17", "external_id": "17", "name": "story.txt"}
    bodies = [f"Title {word}\n\n" + "\n\n".join(paragraphs(number)) for word, number in (("one", 21), ("two", 22))]
    jobs = [running.send(text, **result) for text in (*bodies, bodies[0])]
    assert [job.outcome for job in jobs] == ["new", "changed", "changed"]
    assert len({job.guid for job in jobs}) == 1
    assert running.manifest(jobs[-1])["revision"] == 3
    assert running.send(bodies[0], **result).id == jobs[-1].id, "the same once more is the same job"


def test_what_is_no_article_is_refused_with_its_reason_and_narrated_anyway_where_somebody_says_so(
    running: Running,
) -> None:
    stub = page(2, text=["The harbour froze.", "Subscribe to continue reading. Already a subscriber? Log in."])
    refused = running.send(stub)
    assert (refused.state, refused.error) == (State.REFUSED, "NotAnArticleError")
    assert "not an article" in refused.message
    running.queue.retry(refused.id, force=True)
    assert ended(running.queue, refused.id).state is State.DONE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell another process's memory without a library")
def test_an_article_that_takes_more_memory_than_it_may_fails_once_and_costs_no_other(
    library: Path, state: Path, queue: Queue, dispatch: Dispatch
) -> None:
    dispatcher = dispatch(article=Limits(memory=1))
    failed = ended(queue, queued(queue, state, page(1)).id)
    assert (failed.state, failed.error, failed.attempts) == (State.FAILED, "LimitError", 1)
    assert "limits.memory allows more" in failed.message
    assert not dispatcher.workers[0].pid


def test_messages_name_the_document_and_no_folder_of_this_machine(running: Running) -> None:
    refused = running.send("\x00\x01\x02" * 50, name="film.mp4")
    assert refused.state is State.REFUSED
    assert "film.mp4" in refused.message
    assert str(running.state) not in refused.message


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_its_job_another_try_and_progress_is_told(running: Running) -> None:
    sent = queued(running.queue, running.state, LONG)
    wait_for(lambda: is_working(running.queue))
    job = running.queue.find(sent.id)
    assert job is not None
    assert 0 < job.spoken <= job.total
    os.kill(running.dispatcher.workers[0].pid, signal.SIGKILL)
    done = ended(running.queue, sent.id)
    assert (done.state, done.outcome, done.attempts) == (State.DONE, "new", 2)
    assert len([manifest for manifest in Library(running.library).manifests() if manifest["guid"] == done.guid]) == 1


@pytest.mark.slow
def test_a_job_that_kills_its_worker_each_time_fails_and_the_others_go_on(running: Running) -> None:
    queue = running.queue
    sent = queued(queue, running.state, LONG.replace("House 7", "House 77").replace("stories/7", "stories/77"))
    for attempt in (1, 2, 3):
        wait_for(lambda: is_working(queue) and queue.find(sent.id).attempts == attempt)  # type: ignore[union-attr]  # noqa: B023
        os.kill(running.dispatcher.workers[0].pid, signal.SIGKILL)
        wait_for(lambda: not is_working(queue))
    failed = ended(queue, sent.id)
    assert (failed.state, failed.error) == (State.FAILED, "CrashError")
    assert running.send(page(3)).state is State.DONE


@pytest.mark.slow
def test_a_job_that_is_cancelled_while_it_is_spoken_leaves_nothing(running: Running) -> None:
    sent = queued(running.queue, running.state, page(8, text=paragraphs(8, 40)))
    wait_for(lambda: is_working(running.queue))
    running.queue.cancel(sent.id)
    assert ended(running.queue, sent.id).state is State.CANCELLED
    assert "House 8 and its neighbours" not in titles(running.library)
    assert running.send(page(9)).state is State.DONE, "the next one has a worker"


@pytest.mark.slow
def test_a_server_that_ends_leaves_its_job_to_the_next(
    library: Path, state: Path, queue: Queue, dispatch: Dispatch
) -> None:
    first = dispatch()
    sent = queued(queue, state, LONG)
    wait_for(lambda: is_working(queue))
    first.close()
    waiting = queue.find(sent.id)
    assert waiting is not None
    assert (waiting.state, waiting.attempts) == (State.QUEUED, 0)
    dispatch()
    assert ended(queue, sent.id).state is State.DONE
    assert len(titles(library)) == 1


@pytest.mark.slow
def test_a_second_server_of_the_library_waits_and_takes_over(state: Path, queue: Queue, dispatch: Dispatch) -> None:
    first, second = dispatch(), dispatch()
    wait_for(lambda: first.at_work.is_set() or second.at_work.is_set())
    leads, waits = (first, second) if first.at_work.is_set() else (second, first)
    sent = queued(queue, state, page(4))
    assert ended(queue, sent.id).state is State.DONE
    assert not waits.at_work.is_set()
    leads.close()
    wait_for(waits.at_work.is_set)
    assert ended(queue, queued(queue, state, page(5)).id).state is State.DONE


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web site on this machine: its address, and the folder it shows."""
    folder = tmp_path / "site"
    folder.mkdir()
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def address(url: str, **fields: object) -> Job:
    return Job(**{"id": "", "name": url, "location": url, "url": url, "source": "site", **fields})  # type: ignore[arg-type]


@pytest.mark.slow
def test_an_address_is_fetched_and_fetched_again_when_it_is_sent_again(
    running: Running, site: tuple[str, Path]
) -> None:
    base, folder = site
    pages = [page(31, url=f"{base}/ferry.html", text=paragraphs(number)) for number in (31, 32)]
    jobs = []
    for text in pages:
        (folder / "ferry.html").write_text(text, encoding="utf-8")
        jobs.append(ended(running.queue, running.queue.add(address(f"{base}/ferry.html")).id))
    assert [(job.state, job.outcome, job.message) for job in jobs] == [
        (State.DONE, "new", ""),
        (State.DONE, "changed", ""),
    ]
    assert jobs[0].guid == jobs[1].guid


@pytest.mark.slow
def test_an_address_that_is_not_there_is_refused_and_a_host_that_is_down_is_asked_again(
    running: Running, site: tuple[str, Path]
) -> None:
    base, _ = site
    gone = running.queue.add(address(f"{base}/gone.html"))
    down = running.queue.add(address("http://127.0.0.1:9/ferry.html", source="down"))
    assert ended(running.queue, gone.id).state is State.REFUSED
    failed = ended(running.queue, down.id)
    assert (failed.state, failed.error, failed.attempts) == (State.FAILED, "FetchError", 3)


@pytest.mark.slow
def test_a_feed_becomes_a_job_for_each_of_its_entries(running: Running, site: tuple[str, Path]) -> None:
    base, folder = site
    for number in (1, 2):
        text = page(40 + number, url=f"{base}/{number}.html")
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    items = "".join(f"<item><title>Story {n}</title><link>{base}/{n}.html</link></item>" for n in (1, 2))
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>All</title>{items}</channel></rss>'
    (folder / "feed.xml").write_text(feed, encoding="utf-8")
    sent = running.queue.add(address(f"{base}/feed.xml"))
    assert ended(running.queue, sent.id).outcome == "list"
    children = [job for job in running.queue.listed() if job.parent == sent.id]
    assert len(children) == 2
    assert {(job.priority, ended(running.queue, job.id).state) for job in children} == {(Priority.BULK, State.DONE)}


@pytest.mark.slow
def test_a_job_whose_episode_was_made_just_before_the_server_was_killed_is_still_new(running: Running) -> None:
    done = running.send(page(51), location="sent:51")
    # As a kill leaves it: the episode is there, the job's end was not written.
    document = running.state / "uploads" / "again" / "page.html"
    document.parent.mkdir()
    document.write_text(page(51), encoding="utf-8")
    running.queue.change(done.id, state=State.QUEUED, document="again/page.html", finished=0.0)
    assert ended(running.queue, done.id).outcome == "new"
    assert running.manifest(done)["revision"] == 1


def test_a_worker_starts_with_the_server_where_the_plan_says_so(dispatch: Callable[..., Dispatcher]) -> None:
    cold = dispatch()
    assert cold.at_work.wait(PATIENCE)
    assert not cold._expecting.is_set()
    cold.close()
    warm = dispatch(warm=True)
    wait_for(lambda: warm.workers[0].pid)


@pytest.mark.parametrize("wanted", [True, False])
def test_a_worker_that_loads_the_voice_is_killed_as_soon_as_it_is_not_wanted(tmp_path: Path, wanted: bool) -> None:
    library = make_library(tmp_path)
    worker, asked = Worker(Limits()), list[int]()

    def is_wanted() -> bool:
        asked.append(worker.pid)
        return wanted

    worker.warm_up(WarmUp(str(library)), is_wanted)
    ready = worker.pid
    worker.close()
    assert asked, "it was asked while the process was starting"
    assert bool(ready) is wanted
    with pytest.raises(ProcessLookupError):
        os.kill(asked[0], 0)
