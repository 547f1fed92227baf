"""The queue of articles to be made: a table in SQLite, so that a killed server or worker loses nothing.

docs/server.md compares huey, saq, procrastinate, APScheduler and persist-queue, and says why none is used.

    queued ──> fetching ──> queued ──> working ──> done | refused | failed
       └──────────────────────┴───────────┴──────> cancelled

An address is fetched first and then queued again with its document. A job that was started when the server was killed
is queued again when the next one starts. Doing a job twice is harmless: the library recognises the episode.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from dataclasses import MISSING, astuple, dataclass, fields, replace
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from audiogen.server.state import open_database, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class State(StrEnum):
    """The state of a job."""

    QUEUED = "queued"
    FETCHING = "fetching"
    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"


#: States of a job that has not ended.
LIVE = (State.QUEUED, State.FETCHING, State.WORKING)
#: States of a job that was started and has not ended.
STARTED = (State.FETCHING, State.WORKING)
#: States from which a job can be tried again.
ENDED_BADLY = (State.REFUSED, State.FAILED, State.CANCELLED)


class Priority(IntEnum):
    """The priority of a job; lower numbers go first."""

    #: A correction: the published episode is wrong until it is made.
    CORRECTION = 0
    #: A single article, which its sender waits for.
    SINGLE = 1
    #: One of many: an entry of an export or a feed.
    BULK = 2


@dataclass(frozen=True, slots=True)
class Job:
    """One article to be made. Times are seconds since 1970, 0 if there is none yet."""

    id: str
    #: Name for people: an address, a title, the name of a file.
    name: str
    #: Where the article is, as the library knows it: an address, "sent:…". Two jobs of one location never run at once.
    location: str
    url: str = ""
    #: The sender's own id of the article.
    external_id: str = ""
    #: What limits for one source count by: the host of an address, or the sender.
    source: str = ""
    priority: int = Priority.SINGLE
    #: "make" an episode of a document, or "speak" an edited episode again.
    action: str = "make"
    state: State = State.QUEUED
    #: Path of the document below the folder of uploads; empty if an address is still to be fetched.
    document: str = ""
    #: SHA-256 of the document as it was sent; empty for addresses.
    digest: str = ""
    #: Title and tags that the sender gave, the tags one on a line.
    title: str = ""
    tags: str = ""
    #: Options of the episode; empty or 0 means the show's setting.
    voice: str = ""
    language: str = ""
    rate: int = 0
    #: Whether to narrate it although it seems to be no article.
    force: int = 0
    #: Whether it stays a draft until somebody publishes it.
    draft: int = 0
    #: Who sent it.
    by: str = ""
    #: Id of the job of a feed or an export that this job came from.
    parent: str = ""
    created: float = 0.0
    #: Earliest time of the next try.
    due: float = 0.0
    started: float = 0.0
    finished: float = 0.0
    #: Number of tries since the job was last requested.
    attempts: int = 0
    #: Whether the job was cancelled while in work; its worker checks this.
    unwanted: int = 0
    #: "reading" or "speaking" while it is in work; utterances spoken, and their number.
    stage: str = ""
    spoken: int = 0
    total: int = 0
    #: Outcome: "new", "changed" or "unchanged".
    outcome: str = ""
    slug: str = ""
    guid: str = ""
    #: Seconds of sound.
    duration: float = 0.0
    #: Kind and message of the error that ended the last try.
    error: str = ""
    message: str = ""
    #: Whether the callbacks that wait for its end have been notified.
    notified: int = 0
    #: Number of the last change of this job; each change of any job gets the next number.
    changed: int = 0

    @property
    def is_live(self) -> bool:
        """Whether the job has not ended."""
        return self.state in LIVE


class QueueFullError(Exception):
    """The queue is full."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the queue."""

    #: Maximum number of waiting jobs, in total and of one source.
    waiting: int = 1000
    waiting_of_source: int = 500
    #: Maximum number of jobs of one source that are in work at the same time.
    at_once_of_source: int = 2
    #: Ended jobs are kept for so many seconds, and at most so many of them.
    kept_seconds: float = 90 * 86400.0
    kept: int = 20_000


_COLUMNS = [entry.name for entry in fields(Job)]
#: Values of columns that a database of an older version lacks.
_DEFAULTS = {entry.name: entry.default for entry in fields(Job) if entry.default is not MISSING}
#: Former names of columns.
_FORMER = {"place": "location", "told": "notified"}
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS jobs ({", ".join(_COLUMNS)}, PRIMARY KEY (id));
CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state, priority, created);
DROP INDEX IF EXISTS jobs_by_place;
CREATE INDEX IF NOT EXISTS jobs_by_location ON jobs (location, created);
CREATE INDEX IF NOT EXISTS jobs_by_change ON jobs (changed);
CREATE INDEX IF NOT EXISTS jobs_by_slug ON jobs (slug, created);
CREATE TABLE IF NOT EXISTS changes (number);
INSERT INTO changes SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM changes);
"""
#: Maximum delay of a retry, in seconds. A later time comes from a clock that was set back since.
_LONGEST_WAIT = 86400.0
_DUE = f"(due <= :now OR due > :now + {_LONGEST_WAIT})"
#: The next job: the most urgent, then of the source with the fewest jobs in hand, then the oldest by row (clocks may be
#: set back). A job waits while another of its location is in hand, or too many of its source are.
_NEXT = f"""
SELECT * FROM jobs AS one WHERE state = 'queued' AND {_DUE}
AND (document = '' AND action = 'make') = :unfetched
AND NOT EXISTS (
SELECT 1 FROM jobs AS other WHERE other.location = one.location AND other.state IN ('fetching', 'working'))
AND (SELECT count(*) FROM jobs AS other WHERE other.source = one.source AND other.state = :busy) < :most
ORDER BY priority,
(SELECT count(*) FROM jobs AS other WHERE other.source = one.source AND other.state IN ('fetching', 'working')),
rowid LIMIT 1
"""


class Queue:
    """The queue of jobs in a database. Threads and processes may share it."""

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        """Open the database, or create it."""
        self.limits = limits or Limits()
        self._lock = threading.RLock()
        self._connection = open_database(path)
        self._connection.row_factory = sqlite3.Row
        self._rename_columns()
        self._connection.executescript(_SCHEMA)
        self._add_columns()

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    def add(self, job: Job, *, beyond_limits: bool = False) -> Job:
        """Queue a job and return it; if the same job is there already, return that one.

        An article that is sent again replaces the waiting job of its last sending. With *beyond_limits*, a full queue
        accepts it, too, because it is an entry of an accepted feed.

        Raises:
            QueueFullError: Too many jobs wait.
        """
        with self._write_transaction():
            return self._add(job, beyond_limits=beyond_limits)

    def _add(self, job: Job, *, beyond_limits: bool = False) -> Job:
        """Queue a job inside a transaction; see `add`."""
        known = self._latest(job.location)
        if known is not None and _is_same(known, job):
            return known
        if known is not None and known.state is State.QUEUED:
            return self._save(replace(job, id=known.id, created=known.created))
        if not beyond_limits:
            self._check_room(job)
        return self._save(replace(job, id=job.id or new_id(), created=job.created or time.time()))

    def find(self, identifier: str) -> Job | None:
        """Return the job with this id, or None."""
        return self._one("SELECT * FROM jobs WHERE id = ?", identifier)

    def latest_at(self, location: str) -> Job | None:
        """Return the latest job of a location, or None."""
        with self._lock:
            return self._latest(location)

    def listed(self, states: Iterable[State] = (), *, before: int = 0, count: int = 100) -> list[Job]:
        """Return *count* jobs, those that changed last first, of these states; *before* the change with this number."""
        wanted = [str(state) for state in states]
        asked = f"state IN ({', '.join('?' * len(wanted))})" if wanted else "1"
        query = f"SELECT * FROM jobs WHERE {asked} AND (? = 0 OR changed < ?) ORDER BY changed DESC LIMIT ?"
        return self._all(query, *wanted, before, before, count)

    def changed_since(self, number: int, *, count: int = 100) -> list[Job]:
        """Return the jobs that changed after the change with this number, in that order."""
        return self._all("SELECT * FROM jobs WHERE changed > ? ORDER BY changed LIMIT ?", number, count)

    def last_change(self) -> int:
        """Return the number of the last change."""
        with self._lock:
            return int(self._connection.execute("SELECT number FROM changes").fetchone()[0])

    def claim(self, state: State, now: float | None = None) -> Job | None:
        """Start the next job, to be fetched or to be worked on; return None if there is none."""
        now = time.time() if now is None else now
        asked = {
            "now": now,
            "unfetched": int(state is State.FETCHING),
            "busy": str(state),
            "most": self.limits.at_once_of_source,
        }
        with self._write_transaction() as database:
            row = database.execute(_NEXT, asked).fetchone()
            if row is None:
                return None
            job = _job(row)
            return self._save(replace(job, state=state, attempts=job.attempts + 1, started=now, stage="", unwanted=0))

    def change(self, identifier: str, **changes: Any) -> Job | None:
        """Change fields of a job; return None if the job does not exist."""
        with self._write_transaction():
            job = self._find(identifier)
            return self._save(replace(job, **changes)) if job else None

    def cancel(self, identifier: str) -> Job | None:
        """Cancel a waiting job, or ask the worker of a started one to stop. An ended job stays as it is."""
        with self._write_transaction():
            job = self._find(identifier)
            if job is None or not job.is_live:
                return job
            if job.state in STARTED:
                return self._save(replace(job, unwanted=1))
            return self._save(replace(job, state=State.CANCELLED, finished=time.time()))

    def retry(self, identifier: str, *, force: bool = False) -> Job | None:
        """Queue a job again that was refused, failed or cancelled; *force* narrates it even where it is no article."""
        with self._write_transaction():
            job = self._find(identifier)
            if job is None or job.state not in ENDED_BADLY:
                return job
            again = replace(job, state=State.QUEUED, force=int(force) or job.force, attempts=0, due=0.0, notified=0)
            return self._save(
                replace(again, finished=0.0, error="", message="", stage="", unwanted=0, spoken=0, total=0)
            )

    def recover(self, max_attempts: int) -> list[Job]:
        """Queue again the jobs that a killed server had started; those with *max_attempts* attempts become failed."""
        with self._write_transaction():
            held = [job for state in STARTED for job in self._all_of(state)]
            return [self._save(_recovered(job, max_attempts)) for job in held]

    def unnotified(self) -> list[Job]:
        """Return the jobs that ended without a notification, because the server was killed in between."""
        live = ", ".join(f"'{state}'" for state in LIVE)
        return self._all(f"SELECT * FROM jobs WHERE notified = 0 AND state NOT IN ({live}) ORDER BY finished")

    def add_all(self, jobs: Sequence[Job]) -> list[Job]:
        """Queue all of the jobs, or none.

        Raises:
            QueueFullError: They are too many.
        """
        with self._write_transaction():
            return [self._add(job) for job in jobs]

    def documents(self) -> set[str]:
        """Return the folders of uploads that a job needs."""
        with self._lock:
            rows = self._connection.execute("SELECT document FROM jobs WHERE document != ''").fetchall()
        return {str(row[0]).partition("/")[0] for row in rows}

    def waiting(self) -> list[Job]:
        """Return the waiting jobs, in the order in which they would be started."""
        return self._all("SELECT * FROM jobs WHERE state = 'queued' ORDER BY priority, rowid")

    def counts(self) -> dict[str, int]:
        """Count the jobs by state."""
        with self._lock:
            rows = self._connection.execute("SELECT state, count(*) FROM jobs GROUP BY state").fetchall()
        return {str(state): 0 for state in State} | {row[0]: row[1] for row in rows}

    def oldest_waiting(self) -> float:
        """Return when the oldest waiting job was added; 0 if none waits."""
        with self._lock:
            query = f"SELECT min(created) FROM jobs WHERE state = 'queued' AND {_DUE}"
            return float(self._connection.execute(query, {"now": time.time()}).fetchone()[0] or 0.0)

    def failures(self) -> dict[str, int]:
        """Count refused and failed jobs by the kind of error."""
        query = "SELECT error, count(*) FROM jobs WHERE state IN ('refused', 'failed') GROUP BY error"
        with self._lock:
            return {str(row[0]): int(row[1]) for row in self._connection.execute(query).fetchall()}

    def spoken_seconds(self) -> float:
        """Return the total length of the sound that was made, in seconds."""
        query = "SELECT coalesce(sum(duration), 0) FROM jobs WHERE state = 'done' AND outcome IN ('new', 'changed')"
        with self._lock:
            return float(self._connection.execute(query).fetchone()[0])

    def forget_old(self, now: float | None = None) -> list[Job]:
        """Delete jobs that ended long ago, and the oldest beyond the number that is kept; return them."""
        now = time.time() if now is None else now
        live = ", ".join(f"'{state}'" for state in LIVE)
        query = (
            f"SELECT * FROM jobs WHERE state NOT IN ({live}) AND (finished < ? OR id IN (SELECT id FROM jobs"
            f" WHERE state NOT IN ({live}) ORDER BY finished DESC LIMIT -1 OFFSET ?))"
        )
        with self._write_transaction() as database:
            old = [_job(row) for row in database.execute(query, (now - self.limits.kept_seconds, self.limits.kept))]
            database.executemany("DELETE FROM jobs WHERE id = ?", [(job.id,) for job in old])
        return old

    def _rename_columns(self) -> None:
        """Rename the columns that a database of an older version has under their former names."""
        with self._write_transaction() as database:
            known = self._columns()
            for former in _FORMER.keys() & known:
                database.execute(f"ALTER TABLE jobs RENAME COLUMN {former} TO {_FORMER[former]}")

    def _columns(self) -> set[str]:
        """Return the names of the table's columns."""
        return {str(row["name"]) for row in self._connection.execute("PRAGMA table_info (jobs)")}

    def _add_columns(self) -> None:
        """Add the columns that a database of an older version lacks."""
        known = self._columns()
        for name in _COLUMNS:
            if name not in known:
                default = _DEFAULTS[name]
                value = f"'{default}'" if isinstance(default, str) else default
                self._connection.execute(f"ALTER TABLE jobs ADD COLUMN {name} NOT NULL DEFAULT {value}")

    def _check_room(self, job: Job) -> None:
        """Check the number of waiting jobs; QueueFullError if there are too many."""
        counted = "SELECT count(*), coalesce(sum(source = ?), 0) FROM jobs WHERE state = 'queued'"
        waiting, of_source = self._connection.execute(counted, (job.source,)).fetchone()
        if waiting >= self.limits.waiting or of_source >= self.limits.waiting_of_source:
            raise QueueFullError

    def _save(self, job: Job) -> Job:
        """Insert or update a job, with the next number of a change; return it with that number."""
        self._connection.execute("UPDATE changes SET number = number + 1")
        job = replace(job, changed=int(self._connection.execute("SELECT number FROM changes").fetchone()[0]))
        marks = ", ".join("?" * len(_COLUMNS))
        assigned = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "id")
        query = f"INSERT INTO jobs ({', '.join(_COLUMNS)}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {assigned}"
        self._connection.execute(query, astuple(job))
        return job

    def _find(self, identifier: str) -> Job | None:
        """Return the job with an id, or None."""
        row = self._connection.execute("SELECT * FROM jobs WHERE id = ?", (identifier,)).fetchone()
        return _job(row) if row else None

    def _latest(self, location: str) -> Job | None:
        """Return the latest job of a location, or None."""
        query = "SELECT * FROM jobs WHERE location = ? ORDER BY rowid DESC LIMIT 1"
        row = self._connection.execute(query, (location,)).fetchone()
        return _job(row) if row else None

    def _all_of(self, state: State) -> list[Job]:
        """Return the jobs in a state."""
        return [_job(row) for row in self._connection.execute("SELECT * FROM jobs WHERE state = ?", (str(state),))]

    def _one(self, query: str, *values: object) -> Job | None:
        """Return the first job of a query, or None."""
        found = self._all(query, *values)
        return found[0] if found else None

    def _all(self, query: str, *values: object) -> list[Job]:
        """Return the jobs of a query."""
        with self._lock:
            return [_job(row) for row in self._connection.execute(query, values).fetchall()]

    def _write_transaction(self) -> _Transaction:
        """Return a transaction that writes."""
        return _Transaction(self._lock, self._connection)


class _Transaction:
    """A transaction, for one thread at a time."""

    def __init__(self, lock: threading.RLock, connection: sqlite3.Connection) -> None:
        self._lock, self._transaction = lock, transaction(connection)

    def __enter__(self) -> sqlite3.Connection:
        self._lock.acquire()
        try:
            return self._transaction.__enter__()
        except BaseException:
            self._lock.release()
            raise

    def __exit__(self, *error: Any) -> None:
        try:
            self._transaction.__exit__(*error)
        finally:
            self._lock.release()


def new_id() -> str:
    """Return a random id of 26 hexadecimal digits, which cannot be guessed."""
    return secrets.token_hex(13)


def _job(row: sqlite3.Row) -> Job:
    """Return the job in a row."""
    values = {name: row[name] for name in _COLUMNS}
    return Job(**(values | {"state": State(values["state"])}))


def _is_same(known: Job, sent: Job) -> bool:
    """Return whether a job was sent before. A sender that got no answer sends again."""
    if known.state in ENDED_BADLY or (known.unwanted and known.is_live):
        return False
    if not sent.digest and not known.is_live:
        # The page may be another by now.
        return False
    asked = ("action", "digest", "voice", "language", "rate", "force", "draft", "title", "tags")
    return all(getattr(known, name) == getattr(sent, name) for name in asked)


def _recovered(job: Job, max_attempts: int) -> Job:
    """Return a started job as queued again, or as cancelled or failed."""
    if job.unwanted:
        return replace(job, state=State.CANCELLED, finished=time.time())
    if job.attempts >= max_attempts:
        message = f"The server ended {job.attempts} times while it worked on this. Its memory may have run out."
        return replace(job, state=State.FAILED, finished=time.time(), error="CrashError", message=message)
    # Its outcome stays: what was put in the library just before the end is not "unchanged" now.
    return replace(job, state=State.QUEUED, stage="", spoken=0)
