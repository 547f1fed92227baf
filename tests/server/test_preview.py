"""Listening to an article while it is spoken: a stream of the app's own, from a real server."""

from __future__ import annotations

import io
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from mutagen.mp3 import MP3

from audiogen.assembler import assemble
from audiogen.model import Clip, Script, Utterance
from audiogen.server.jobs import Job, State
from tests.batch.pile import page, paragraphs
from tests.server.conftest import Served, ended, held, make_library, queued, wait_for, working

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RATE = 22_050


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of an empty library."""
    with working(make_library(tmp_path_factory.mktemp("served") / "library")) as made:
        yield made


def seconds_of(sound: bytes) -> float:
    result = MP3(io.BytesIO(sound)).info
    assert result is not None
    return float(result.length)


def test_a_worker_is_started_while_somebody_pastes(served: Served) -> None:
    (worker,) = served.service.dispatcher.workers
    assert served.client.get("/app/add").status_code == 200
    process = wait_for(lambda: worker.pid)
    job = queued(served.service.queue, served.service.folder, page(8))
    served.service.dispatcher.wake()
    assert ended(served.service.queue, job.id).state is State.DONE
    assert worker.pid == process


def test_what_is_heard_while_it_is_spoken_is_as_long_as_the_episode(served: Served) -> None:
    service = served.service
    with served.client as client, ExitStack() as stack:
        waiting = stack.enter_context(ExitStack())
        waiting.enter_context(held(service.queue, "dam"))
        job = queued(service.queue, service.folder, page(7, text=paragraphs(7, 12)), location="dam")
        stream = stack.enter_context(client.stream("GET", f"/app/preview/{job.id}"))
        assert stream.headers["content-type"] == "audio/mpeg"
        waiting.close()
        service.dispatcher.wake()
        sound = stream.read()
    done = ended(service.queue, job.id)
    assert done.state is State.DONE
    assert seconds_of(sound) == pytest.approx(done.duration, abs=0.2)
    wait_for(lambda: not list(service.dispatcher.previews.iterdir()))
    assert len(list((service.home.root / "episodes").glob(f"{done.slug}*.mp3"))) == 1
    assert served.client.get(f"/app/preview/{job.id}").status_code == 404


@contextmanager
def being_spoken(served: Served, folder: Path, number: int) -> Iterator[tuple[Job, threading.Event]]:
    """Have a job in hand of which three sentences of four seconds are spoken, and the rest when the event is set."""
    job = served.service.queue.add(Job("", "Ice", f"ice {number}", state=State.WORKING, attempts=1))
    script = Script(tuple(Utterance(f"Line {place}.", f"line {place}") for place in range(6)), language="en")
    go_on = threading.Event()

    def clips() -> Iterator[Clip]:
        for place in range(6):
            if place == 3:
                go_on.wait()
            yield Clip((b"\x00\x20" * 20 + b"\x00\xe0" * 20) * (RATE // 10), RATE)

    preview = served.service.dispatcher.preview_of(job)
    arguments = (script, clips(), folder / "sound.mp3", None, preview)
    thread = threading.Thread(target=assemble, args=arguments)
    thread.start()
    try:
        yield job, go_on
    finally:
        go_on.set()
        thread.join()


def test_sound_comes_before_the_rest_is_spoken(served: Served, tmp_path: Path) -> None:
    with (
        being_spoken(served, tmp_path, 1) as (job, go_on),
        served.client as client,
        client.stream("GET", f"/app/preview/{job.id}") as stream,
    ):
        pieces = stream.iter_bytes()
        early = b""
        while not early or seconds_of(early) < 8:
            early += next(pieces)
        assert not go_on.is_set()
        served.service.queue.change(job.id, state=State.DONE)
        go_on.set()
        assert seconds_of(early) < 13


def test_a_cancelled_job_ends_the_stream(served: Served, tmp_path: Path) -> None:
    with (
        being_spoken(served, tmp_path, 2) as (job, go_on),
        served.client as client,
        client.stream("GET", f"/app/preview/{job.id}") as stream,
    ):
        pieces = stream.iter_bytes()
        assert next(pieces)
        served.service.queue.cancel(job.id)
        assert sum(map(len, pieces)) >= 0
        assert not go_on.is_set()
    wait_for(lambda: served.service.previews == 0)


def test_strangers_hear_nothing_of_it(served: Served) -> None:
    job = served.service.queue.add(Job("", "Snow", "snow", state=State.WORKING))
    answer = served.stranger().get(f"/app/preview/{job.id}")
    assert (answer.status_code, b"Snow" in answer.content) == (403, False)
    served.service.queue.change(job.id, state=State.DONE)
