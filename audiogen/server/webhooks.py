"""Webhooks: notify other programs of the outcome of an article, and retry until they answer.

A delivery is stored when the job ends, and is sent until the receiver answers with a 2xx. Its id is the same in each
attempt, so that a receiver can recognise repetitions. It is signed as in Standard Webhooks, with HMAC-SHA256 over id,
time and body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.server.accounts import AccountError
from audiogen.server.jobs import State
from audiogen.server.state import open_database, transaction
from audiogen.settings import is_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audiogen.server.jobs import Job

#: The events that receivers can subscribe to.
EVENTS = ("done", "corrected", "refused", "failed")
#: Delays before each retry, in seconds; after the last one the delivery has failed.
DELAYS = (5.0, 30.0, 120.0, 600.0, 3600.0, 4 * 3600.0, 12 * 3600.0)
#: Maximum delay of a retry, in seconds.
_LONGEST_WAIT = 86400.0
#: Seconds within which a receiver must answer.
_PATIENCE = 15.0
#: Interval in seconds at which due deliveries are sent.
_INTERVAL = 1.0
#: Seconds for which ended deliveries are kept.
_KEPT = 14 * 86400.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS hooks (id PRIMARY KEY, url, secret, events, created) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deliveries
    (id PRIMARY KEY, hook, event, body, created, due, attempts, state, answer, job) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS deliveries_by_due ON deliveries (state, due);
"""


@dataclass(frozen=True, slots=True)
class Hook:
    """A receiver of events."""

    id: str
    url: str
    #: The key that signs its deliveries: "whsec_" and Base64.
    secret: str
    events: tuple[str, ...]
    created: float


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event to be sent to one receiver."""

    id: str
    hook: str
    event: str
    body: str
    created: float
    due: float
    attempts: int
    #: "waiting", "delivered" or "failed".
    state: str
    #: The receiver's last answer: a status, or an error.
    answer: str
    job: str


class Hooks:
    """Receivers and deliveries, in a database."""

    def __init__(self, path: Path, delays: tuple[float, ...] = DELAYS) -> None:
        """Open the database, or create it."""
        self._lock = threading.RLock()
        self._connection = open_database(path, _SCHEMA)
        self.delays = delays

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def add(self, url: str, events: tuple[str, ...] = EVENTS) -> Hook:
        """Add a receiver.

        Raises:
            AccountError: The address or an event is invalid.
        """
        if not is_address(url) or len(url) > 2000:
            raise AccountError("A receiver is an address that begins with https:// or http://.")
        if not events or set(events) - set(EVENTS):
            raise AccountError(f"Events are some of {', '.join(EVENTS)}.")
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        hook = Hook(secrets.token_hex(6), url, secret, tuple(events), time.time())
        row = (hook.id, hook.url, hook.secret, " ".join(hook.events), hook.created)
        with self._lock:
            self._connection.execute("INSERT INTO hooks VALUES (?, ?, ?, ?, ?)", row)
        return hook

    def hooks(self) -> list[Hook]:
        """Return all receivers."""
        rows = self._rows("SELECT id, url, secret, events, created FROM hooks ORDER BY created")
        return [Hook(row[0], row[1], row[2], tuple(row[3].split()), row[4]) for row in rows]

    def remove(self, identifier: str) -> bool:
        """Remove a receiver and its waiting deliveries; return whether there was one."""
        with self._lock, transaction(self._connection) as database:
            database.execute("DELETE FROM deliveries WHERE hook = ? AND state = 'waiting'", (identifier,))
            return database.execute("DELETE FROM hooks WHERE id = ?", (identifier,)).rowcount > 0

    def tell(self, event: str, job: str, body: dict[str, Any], *, only: str = "") -> list[Delivery]:
        """Add a delivery for each receiver of the event, or *only* for the one with this id."""
        now, made = time.time(), []
        for hook in self.hooks():
            if (hook.id == only) if only else (event in hook.events):
                # If the server is killed here, it adds the delivery again, with the same id.
                key = f"{hook.id} {event} {job} {body.get('at', '')}"
                identifier = f"msg_{hashlib.sha256(key.encode()).hexdigest()[:24]}"
                text = json.dumps({"type": event, **body}, ensure_ascii=False)
                made.append(Delivery(identifier, hook.id, event, text, now, now, 0, "waiting", "", job))
        with self._lock, transaction(self._connection) as database:
            for one in made:
                row = (one.id, one.hook, one.event, one.body, one.created, one.due, 0, one.state, "", one.job)
                database.execute("INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return made

    def due(self, now: float | None = None) -> list[Delivery]:
        """Return the deliveries that are due; a delay of more than a day comes from a clock that was set back."""
        now = time.time() if now is None else now
        query = "SELECT * FROM deliveries WHERE state = 'waiting' AND (due <= ? OR due > ?) ORDER BY due LIMIT 20"
        rows = self._rows(query, now, now + _LONGEST_WAIT)
        return [Delivery(*row) for row in rows]

    def deliveries(self, hook: str = "", count: int = 100) -> list[Delivery]:
        """Return deliveries, the latest first."""
        query = "SELECT * FROM deliveries WHERE (? = '' OR hook = ?) ORDER BY created DESC LIMIT ?"
        return [Delivery(*row) for row in self._rows(query, hook, hook, count)]

    def note(self, delivery: Delivery, answer: str, *, delivered: bool, now: float | None = None) -> None:
        """Record the result of an attempt; a failed delivery gets a later time, or becomes failed."""
        now, attempts = time.time() if now is None else now, delivery.attempts + 1
        again = not delivered and attempts <= len(self.delays)
        state = "delivered" if delivered else "waiting" if again else "failed"
        due = now + self.delays[attempts - 1] if again else now
        query = "UPDATE deliveries SET attempts = ?, state = ?, due = ?, answer = ? WHERE id = ?"
        with self._lock:
            self._connection.execute(query, (attempts, state, due, answer[:300], delivery.id))

    def tidy(self, now: float | None = None) -> None:
        """Delete deliveries that ended long ago."""
        limit = (time.time() if now is None else now) - _KEPT
        with self._lock:
            self._connection.execute("DELETE FROM deliveries WHERE state != 'waiting' AND created < ?", (limit,))

    def counts(self) -> dict[str, int]:
        """Count the deliveries by state."""
        return {row[0]: row[1] for row in self._rows("SELECT state, count(*) FROM deliveries GROUP BY state")}

    def _rows(self, query: str, *values: object) -> list[Any]:
        """Return the rows of a query."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()


class WebhookSender:
    """Sends deliveries that are due, one after another, in a thread."""

    def __init__(self, hooks: Hooks) -> None:
        """Create a sender of the deliveries in *hooks*."""
        self._hooks = hooks
        self._closed = threading.Event()
        self._news = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audiogen-webhooks", daemon=True)

    def start(self) -> None:
        """Start to send."""
        self._thread.start()

    def wake(self) -> None:
        """Make the thread look for deliveries now."""
        self._news.set()

    def close(self) -> None:
        """Stop; the next server sends what is left."""
        self._closed.set()
        self._news.set()
        self._thread.join()

    def _run(self) -> None:
        """Send due deliveries until the sender is closed."""
        while not self._closed.is_set():
            for delivery in self._hooks.due():
                if self._closed.is_set():
                    return
                self._send(delivery)
            self._hooks.tidy()
            self._news.wait(_INTERVAL)
            self._news.clear()

    def _send(self, delivery: Delivery) -> None:
        """Send a delivery and record the result."""
        hook = next((hook for hook in self._hooks.hooks() if hook.id == delivery.hook), None)
        if hook is None:
            return
        answer, delivered = post(hook, delivery)
        self._hooks.note(delivery, answer, delivered=delivered)


def post(hook: Hook, delivery: Delivery, now: float | None = None) -> tuple[str, bool]:
    """Send a delivery once; return the answer, and whether it was a success."""
    import httpx

    body, at = delivery.body.encode(), str(int(time.time() if now is None else now))
    headers = {
        "content-type": "application/json",
        "user-agent": f"audiogen/{__version__}",
        "webhook-id": delivery.id,
        "webhook-timestamp": at,
        "webhook-signature": signature(hook.secret, delivery.id, at, body),
    }
    try:
        answer = httpx.post(hook.url, content=body, headers=headers, timeout=_PATIENCE, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"{type(error).__name__}: {error}", False
    return str(answer.status_code), answer.is_success


def signature(secret: str, identifier: str, at: str, body: bytes) -> str:
    """Return the signature of a delivery by Standard Webhooks 1.0: "v1," and Base64.

    >>> signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330",
    ...           b'{"test": 2432232314}')
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{identifier}.{at}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


def event_of(job: Job) -> str:
    """Return the name of the event of an ended job; "" if there is none."""
    if job.state is State.DONE:
        return {"new": "done", "unchanged": "done", "changed": "corrected"}.get(job.outcome, "")
    return {State.REFUSED: "refused", State.FAILED: "failed"}.get(job.state, "")


def job_notifier(hooks: Hooks, resource: Callable[[Job], dict[str, Any]]) -> Callable[[Job], None]:
    """Return a function that adds the deliveries of an ended job."""

    def ended(job: Job) -> None:
        if event := event_of(job):
            data = resource(job)
            hooks.tell(event, job.id, {"at": data["finished"], "job": data})

    return ended
