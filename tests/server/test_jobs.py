"""The queue: what is added is there after any end, goes in its order, and never twice."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from audiogen.server.jobs import Job, Limits, Priority, Queue, QueueFullError, State

if TYPE_CHECKING:
    from pathlib import Path


def job(name: str, **fields: object) -> Job:
    known = {"id": "", "name": name, "location": name, "source": "ledger.example", "document": f"{name}/page.html"}
    return Job(**{**known, "digest": name, **fields})  # type: ignore[arg-type]


def test_what_was_added_is_there_when_the_process_was_killed(state: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from audiogen.server.jobs import Job, Queue\n"
        "queue = Queue(Path(sys.argv[1]))\n"
        "queue.add(Job('', 'ferry', 'ferry'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(state / "jobs.sqlite")], check=False)
    assert [found.name for found in Queue(state / "jobs.sqlite").waiting()] == ["ferry"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_the_file_is_its_owners_alone(queue: Queue, state: Path) -> None:
    assert stat.S_IMODE((state / "jobs.sqlite").stat().st_mode) == 0o600


def test_a_correction_goes_before_what_somebody_waits_for_and_that_before_a_pile(queue: Queue) -> None:
    for name, priority in (("pile", Priority.BULK), ("single", Priority.SINGLE), ("mend", Priority.CORRECTION)):
        queue.add(job(name, priority=priority, source=name))
    taken = [queue.claim(State.WORKING) for _ in range(4)]
    assert [found.name if found else "" for found in taken] == ["mend", "single", "pile", ""]


def test_no_source_takes_all_the_workers(state: Path) -> None:
    queue = Queue(state / "jobs.sqlite", Limits(at_once_of_source=2))
    for number in range(3):
        queue.add(job(f"one-{number}", source="one.example"))
    queue.add(job("other", source="other.example"))
    taken = [queue.claim(State.WORKING) for _ in range(4)]
    assert [found.name if found else "" for found in taken] == ["one-0", "other", "one-1", ""]


def test_two_sendings_of_one_article_are_never_made_at_once(queue: Queue) -> None:
    queue.add(job("ferry"))
    first = queue.claim(State.WORKING)
    assert first is not None
    second = queue.add(job("ferry", digest="corrected"))
    assert second.id != first.id
    assert queue.claim(State.WORKING) is None
    queue.change(first.id, state=State.DONE)
    assert queue.claim(State.WORKING) == queue.find(second.id)


@pytest.mark.parametrize("state_then", [State.QUEUED, State.WORKING, State.DONE])
def test_the_same_sent_again_is_the_same_job(queue: Queue, state_then: State) -> None:
    sent = queue.add(job("ferry"))
    queue.change(sent.id, state=state_then)
    assert queue.add(job("ferry", id="")).id == sent.id
    assert len(queue.listed()) == 1


@pytest.mark.parametrize("state_then", [State.FAILED, State.REFUSED, State.CANCELLED])
def test_what_ended_badly_and_is_sent_again_is_tried_again(queue: Queue, state_then: State) -> None:
    sent = queue.add(job("ferry"))
    queue.change(sent.id, state=state_then)
    assert queue.add(job("ferry")).id != sent.id


def test_a_correction_takes_the_place_of_what_waits_still(queue: Queue) -> None:
    first = queue.add(job("ferry"))
    second = queue.add(job("ferry", digest="corrected", document="second/page.html"))
    assert second.id == first.id
    assert [found.document for found in queue.waiting()] == ["second/page.html"]


def test_an_address_is_fetched_before_it_is_worked_on_and_again_when_it_is_asked_for_again(queue: Queue) -> None:
    sent = queue.add(job("https://ledger.example/ferry", document="", digest=""))
    assert queue.claim(State.WORKING) is None
    assert queue.claim(State.FETCHING) == queue.find(sent.id)
    queue.change(sent.id, state=State.QUEUED, document="page/page.html")
    assert queue.claim(State.FETCHING) is None
    assert queue.claim(State.WORKING) == queue.find(sent.id)
    queue.change(sent.id, state=State.DONE)
    assert queue.add(job("https://ledger.example/ferry", document="", digest="")).id != sent.id


def test_a_full_queue_takes_nothing_more_but_what_it_has(state: Path) -> None:
    queue = Queue(state / "jobs.sqlite", Limits(waiting=2, waiting_of_source=9))
    first = queue.add(job("one"))
    queue.add(job("two"))
    with pytest.raises(QueueFullError):
        queue.add(job("three"))
    assert queue.add(job("one")).id == first.id
    queue.claim(State.WORKING)
    assert queue.add(job("three")).state is State.QUEUED


def test_one_source_does_not_fill_the_queue_for_the_others(state: Path) -> None:
    queue = Queue(state / "jobs.sqlite", Limits(waiting=9, waiting_of_source=1))
    queue.add(job("one"))
    with pytest.raises(QueueFullError):
        queue.add(job("two"))
    assert queue.add(job("three", source="other.example")).state is State.QUEUED


def test_a_failed_try_waits_for_its_time(queue: Queue) -> None:
    sent = queue.add(job("ferry", due=1000.0))
    assert queue.claim(State.WORKING, now=999.0) is None
    taken = queue.claim(State.WORKING, now=1000.0)
    assert taken is not None
    assert taken.id == sent.id


def test_what_a_killed_server_had_in_hand_is_queued_again_but_not_for_ever(queue: Queue) -> None:
    queue.add(job("ferry"))
    for _ in range(3):
        assert queue.claim(State.WORKING)
        [recovered] = queue.recover(3)
    assert (recovered.state, recovered.error) == (State.FAILED, "CrashError")
    assert queue.recover(3) == []


def test_a_job_that_waits_ends_at_once_when_it_is_cancelled_and_one_in_hand_is_asked_to(queue: Queue) -> None:
    waits, works = queue.add(job("waits", priority=Priority.BULK)), queue.add(job("works"))
    queue.claim(State.WORKING)
    for identifier in (waits.id, works.id):
        queue.cancel(identifier)
    found = [queue.find(identifier) for identifier in (waits.id, works.id)]
    assert [(one.state, one.unwanted) for one in found if one] == [(State.CANCELLED, 0), (State.WORKING, 1)]


def test_a_refused_job_can_be_made_anyway(queue: Queue) -> None:
    sent = queue.add(job("ferry"))
    queue.change(sent.id, state=State.REFUSED, error="NotAnArticleError", message="a listing", attempts=1)
    again = queue.retry(sent.id, force=True)
    assert again is not None
    assert (again.state, again.force, again.message, again.attempts) == (State.QUEUED, 1, "", 0)
    assert queue.retry(sent.id) == again


def test_changes_are_told_in_their_order(queue: Queue) -> None:
    first, second = queue.add(job("one")), queue.add(job("two"))
    seen = queue.last_change()
    queue.change(second.id, stage="reading")
    queue.change(first.id, stage="speaking")
    assert [found.name for found in queue.changed_since(seen)] == ["two", "one"]
    assert queue.changed_since(queue.last_change()) == []


def test_jobs_that_ended_long_ago_are_forgotten(state: Path) -> None:
    queue = Queue(state / "jobs.sqlite", Limits(kept=2, kept_seconds=100.0))
    for number in range(5):
        sent = queue.add(job(f"story-{number}"))
        queue.change(sent.id, state=State.DONE, finished=1000.0 + number)
    queue.add(job("waits"))
    assert [found.name for found in queue.forget_old(now=1050.0)] == ["story-0", "story-1", "story-2"]
    assert [found.name for found in queue.forget_old(now=1103.5)] == ["story-3"]
    assert {found.name for found in queue.listed()} == {"story-4", "waits"}


def test_a_database_of_an_older_version_is_used_as_it_is(state: Path) -> None:
    path = state / "jobs.sqlite"
    names = [entry.name for entry in fields(Job) if entry.name not in ("action", "notified")]
    names[names.index("location")] = "place"
    with sqlite3.connect(path) as old:
        old.execute(f"CREATE TABLE jobs ({', '.join(names)}, PRIMARY KEY (id))")
        old.execute(f"INSERT INTO jobs ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", [
            {"id": "1", "name": "ferry", "place": "ferry", "state": "queued", "document": "a/b"}.get(name, 0)
            for name in names
        ])  # fmt: skip
    old.close()
    queue = Queue(path)
    [found] = queue.waiting()
    assert (found.name, found.action, found.location, found.notified) == ("ferry", "make", "ferry", 0)
    claimed = queue.claim(State.WORKING)
    assert claimed is not None
    assert claimed.name == "ferry"


def test_what_metrics_ask_is_counted(queue: Queue) -> None:
    for number, (end, error) in enumerate([(State.DONE, ""), (State.REFUSED, "NotAnArticleError"), (State.QUEUED, "")]):
        sent = queue.add(job(f"story-{number}", created=100.0 + number))
        queue.change(sent.id, state=end, error=error, outcome="new", duration=60.0)
    counts = queue.counts()
    assert (counts["done"], counts["refused"], counts["queued"], counts["failed"]) == (1, 1, 1, 0)
    assert queue.failures() == {"NotAnArticleError": 1}
    assert queue.spoken_seconds() == 60.0
    assert queue.oldest_waiting() == 102.0
