"""What goes wrong around a real server: a disk that fills while it works, a clock that is set."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.library import Library
from audiogen.server.dispatcher import Plan
from audiogen.server.jobs import Job, State
from tests.batch.pile import page
from tests.server.conftest import Served, ended, held, make_library, queued, wait_for, working

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = 86400.0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that tries again after an hour."""
    library = make_library(tmp_path_factory.mktemp("served") / "library")
    with working(library, plan=Plan(delays=(3600.0,), fetchers=1)) as made:
        yield made


def titles(served: Served) -> list[str]:
    return sorted(manifest["article"]["title"] for manifest in Library(served.service.home.root).manifests())


def moved_clock(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Set the clock of the server's process."""
    really = time.time
    monkeypatch.setattr(time, "time", lambda: really() + seconds)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_disk_that_fills_while_an_article_is_spoken_costs_a_wait_and_nothing_else(served: Served) -> None:
    service, before = served.service, titles(served)
    with held(service.queue, "full"):
        job = queued(service.queue, service.folder, page(7), location="full")
        # What the worker writes as it speaks goes to a disk without room.
        full = service.dispatcher.previews / f"{job.id}-1.wav"
        full.symlink_to("/dev/full")
    service.dispatcher.wake()
    wait_for(lambda: (found := service.queue.find(job.id)) and found.error)
    with served.client as client:
        response = client.get(f"/api/jobs/{job.id}").json()
        assert (response["state"], response["error"]["kind"]) == ("queued", "UnwritableError")
        assert "No space left on device" in response["message"]
        assert response["next_try"]
        assert "No space left on device" in client.get("/app/jobs").text
    assert titles(served) == before
    assert not list((service.home.root / ".audiogen").glob("making-*"))
    other = queued(service.queue, service.folder, page(8))
    service.dispatcher.wake()
    assert ended(service.queue, other.id).state is State.DONE
    # The hour is over, and there is room.
    service.queue.change(job.id, due=0.0)
    service.dispatcher.wake()
    assert ended(service.queue, job.id).state is State.DONE
    assert len(titles(served)) == len(before) + 2


def test_what_waits_for_another_try_does_not_wait_for_a_clock_that_was_set_back(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = served.service
    job = queued(service.queue, service.folder, page(9), due=time.time() + 3600)
    service.dispatcher.wake()
    assert service.queue.claim(State.WORKING) is None
    moved_clock(monkeypatch, -2 * DAY)
    service.dispatcher.wake()
    assert ended(service.queue, job.id).state is State.DONE


def test_an_article_that_is_sent_after_the_clock_was_set_back_is_the_latest(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served.client as client:

        def sent(number: int) -> str:
            body = {"html": page(number), "id": "clock"}
            job = client.post("/api/articles", json=body).json()["jobs"][0]
            done = ended(served.service.queue, job["id"])
            assert done.state is State.DONE, done.message
            return str(job["id"])

        first = sent(10)
        moved_clock(monkeypatch, -30 * DAY)
        assert sent(11) != first
        # What was there first is another document again, and no repetition of what was sent last.
        assert sent(10) != first


def test_a_clock_that_leaps_ahead_takes_no_document_from_under_its_sender(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = served.service
    coming = service.dispatcher.uploads / "coming"
    coming.mkdir()
    moved_clock(monkeypatch, 40 * DAY)
    service.dispatcher._tidy()
    assert coming.is_dir()
    job = service.queue.add(Job("", "ice", "ice", document="coming/page.html", digest="ice"))
    (coming / "page.html").write_text(page(12), encoding="utf-8")
    service.dispatcher._tidy()
    service.dispatcher.wake()
    assert ended(service.queue, job.id).state is State.DONE
