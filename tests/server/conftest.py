"""Servers for the tests: a library whose voice is a tone, a queue of its own, real worker processes."""

from __future__ import annotations

import os
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn
from starlette.testclient import TestClient

from audiogen.private import VARIABLE
from audiogen.server.accounts import Accounts
from audiogen.server.app import build_server
from audiogen.server.dispatcher import Dispatcher, Plan
from audiogen.server.jobs import Job, Queue, State
from audiogen.server.service import Service, open_service
from audiogen.settings import load_settings
from audiogen.sources.fetching import Fetcher
from audiogen.sources.fetching import Limits as FetchLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Settings under which an episode takes a fraction of a second.
TOML = """
[show]
title = "Read aloud"
description = "Articles."
[speech]
voice = "tone"
cache = false
[audio]
quality = "small"
"""
_numbers = count()
#: Longest that a job of the tests takes, in seconds, on a machine that does much else.
PATIENCE = 240.0


def fetcher(folder: Path) -> Fetcher:
    """Fetch from servers on this machine, too."""
    return Fetcher(folder, FetchLimits(private=True))


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
        made = Dispatcher(library, queue, state, fetcher, wanted)
        started.append(made)
        made.start()
        return made

    yield start
    for dispatcher in started:
        dispatcher.close()


def wait_for(expected: Callable[[], object], patience: float = PATIENCE) -> object:
    """Wait until something is so, and give it."""
    ends = time.monotonic() + patience
    while time.monotonic() < ends:
        if found := expected():
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


def queued(queue: Queue, state: Path, text: str, *, name: str = "page.html", **fields: object) -> Job:
    """Queue a document as the API does."""
    number = next(_numbers)
    folder = state / "uploads" / f"sent-{number}"
    folder.mkdir(parents=True)
    (folder / name).write_text(text, encoding="utf-8")
    known = {"id": "", "name": name, "location": f"sent:{number}", "source": "test", "digest": str(hash(text))}
    return queue.add(Job(**{**known, "document": f"sent-{number}/{name}", **fields}))  # type: ignore[arg-type]


@contextmanager
def held(queue: Queue, location: str) -> Iterator[None]:
    """Have the jobs of a location wait: another job of that location is in hand."""
    other = queue.add(Job("", "another", location, state=State.WORKING))
    try:
        yield
    finally:
        queue.change(other.id, state=State.DONE, notified=1)


def is_working(queue: Queue) -> bool:
    """Tell whether an article is being spoken."""
    return any(job.stage == "speaking" and job.spoken for job in queue.listed([State.WORKING]))


@dataclass(frozen=True)
class Served:
    """A real server on this machine."""

    service: Service
    app: Any
    url: str

    @property
    def client(self) -> httpx.Client:
        """A program of this machine, without a token."""
        return httpx.Client(base_url=self.url, timeout=60)

    def program(self, scope: str) -> httpx.Client:
        """A program with a token of this scope."""
        _, secret = self.service.accounts.make_token(f"for {scope}", scope)
        return httpx.Client(base_url=self.url, timeout=60, headers={"authorization": f"Bearer {secret}"})

    def stranger(self, address: str = "203.0.113.9", host: str = "audio.local") -> TestClient:
        """Somebody elsewhere on the network."""
        return TestClient(self.app, base_url=f"http://{host}", client=(address, 50000), follow_redirects=False)


@contextmanager
def serving(library: Path, **more: Any) -> Iterator[Served]:
    """Serve a library from a thread, as `audiogen serve` does, with a state folder beside it."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(library.parent / "state")
    known = {"plan": Plan(delays=(0.1, 0.1), fetchers=1), **more}
    try:
        with (
            socket.create_server(("127.0.0.1", 0)) as listener,
            open_service(library, load_settings(library), port=listener.getsockname()[1], **known) as service,
        ):
            app = build_server(service, hosts=["audio.example"], origins=["https://cms.example"])
            server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            try:
                yield Served(service, app, f"http://127.0.0.1:{listener.getsockname()[1]}")
            finally:
                # Also where a test failed: pytest would wait for the thread without end.
                service.closing.set()
                server.should_exit = True
                thread.join(20)
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


@contextmanager
def working(library: Path, **more: Any) -> Iterator[Served]:
    """Serve a library, and wait until what an earlier server had in hand was queued again: tests put jobs in hand."""
    with serving(library, **more) as made:
        assert made.service.dispatcher.at_work.wait(PATIENCE)
        yield made


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of an empty library, one for all tests of a module."""
    with serving(make_library(tmp_path_factory.mktemp("served") / "library")) as made:
        yield made


@pytest.fixture
def accounts(state: Path) -> Iterator[Accounts]:
    """Users and tokens on disk."""
    made = Accounts(state / "accounts.sqlite")
    yield made
    made.close()


def finished(client: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    """Wait by the API until a job has ended, and give it."""

    def look() -> dict[str, Any] | None:
        result: dict[str, Any] = client.get(f"/api/jobs/{job['id']}").json()
        return result if result["state"] in ("done", "refused", "failed", "cancelled") else None

    found = wait_for(look)
    assert isinstance(found, dict)
    return found
