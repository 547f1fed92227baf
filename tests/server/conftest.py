"""Servers for the tests: a library whose voice is a tone, a queue of its own, real worker processes."""

from __future__ import annotations

import time
from itertools import count
from typing import TYPE_CHECKING

import pytest

from audiogen.server.dispatcher import Dispatcher, Plan
from audiogen.server.jobs import Job, Queue, State
from audiogen.sources.fetching import Fetcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Settings under which an episode takes a fraction of a second.
TOML = '[show]\ntitle = "Read aloud"\n[speech]\nvoice = "tone"\ncache = false\n[audio]\nquality = "small"\n'
_numbers = count()
#: Longest that a job of the tests takes, in seconds, on a machine that does much else.
PATIENCE = 60.0


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """An empty library."""
    return make_library(tmp_path / "library")


def make_library(root: Path) -> Path:
    """Begin a library whose voice is a tone."""
    (root / "episodes").mkdir(parents=True)
    (root / "audiogen.toml").write_text(TOML, encoding="utf-8")
    return root


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """The folder of a server's own data."""
    folder = tmp_path / "state"
    folder.mkdir()
    return folder


@pytest.fixture
def queue(state: Path) -> Iterator[Queue]:
    """A queue on disk."""
    made = Queue(state / "jobs.sqlite")
    yield made
    made.close()


@pytest.fixture
def dispatch(library: Path, state: Path, queue: Queue) -> Iterator[Callable[..., Dispatcher]]:
    """What starts a dispatcher over the library."""
    started: list[Dispatcher] = []

    def start(**plan: object) -> Dispatcher:
        wanted = Plan(**{"delays": (0.1, 0.1), "fetchers": 1, **plan})  # type: ignore[arg-type]
        made = Dispatcher(library, queue, state, Fetcher, wanted)
        started.append(made)
        made.start()
        return made

    yield start
    for dispatcher in started:
        dispatcher.close()


def wait_for(told: Callable[[], object], patience: float = PATIENCE) -> object:
    """Wait until something is so, and give it."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if found := told():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come to be in time")


def ended(queue: Queue, identifier: str) -> Job:
    """Wait until a job has ended, and give it."""

    def look() -> Job | None:
        job = queue.find(identifier)
        return job if job and not job.is_live else None

    job = wait_for(look)
    assert isinstance(job, Job)
    return job


def queued(queue: Queue, state: Path, text: str, *, name: str = "page.html", **told: object) -> Job:
    """Queue a document as the API does."""
    number = next(_numbers)
    folder = state / "uploads" / f"sent-{number}"
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    known = {"id": "", "name": name, "place": f"sent:{number}", "source": "test", "digest": str(hash(text))}
    return queue.add(Job(**{**known, "document": f"sent-{number}/{name}", **told}))  # type: ignore[arg-type]


def is_working(queue: Queue) -> bool:
    """Tell whether an article is being spoken."""
    return any(job.stage == "speaking" and job.spoken for job in queue.listed([State.WORKING]))
