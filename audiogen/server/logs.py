"""Logs the outcome of each job, and with `--verbose` each request; without keys, tokens and queries."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audiogen.untrusted import visible, without_secrets

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Send
    from starlette.types import Scope as Asked

    from audiogen.server.jobs import Job

JOBS = logging.getLogger("audiogen.server.jobs")
REQUESTS = logging.getLogger("audiogen.server.requests")
_KEY = re.compile(r"\A/k/[^/]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class JsonLines(logging.Formatter):
    """Formats a record as a line of JSON: `time`, `level`, `logger`, `message`, and the record's further facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _clean_message(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            fields["trace"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(fields, ensure_ascii=False, default=str)


class Lines(logging.Formatter):
    """Formats a record as a line for people; line breaks in a title are removed."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        trace = f"\n{without_secrets(self.formatException(record.exc_info))}" if record.exc_info else ""
        return f"{time.strftime('%H:%M:%S', time.localtime(record.created))} {_clean_message(record)}{trace}"


def _clean_message(record: logging.LogRecord) -> str:
    """Return the message of a record without control characters and secrets."""
    return visible(without_secrets(_CONTROL.sub(" ", record.getMessage())))


def configure(form: str, *, verbose: bool = False, quiet: bool = False) -> None:
    """Log to stderr as "text" or "json": jobs; with *verbose* requests, too; with *quiet* only failures."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else Lines())
    root = logging.getLogger("audiogen")
    root.handlers[:] = [handler]
    root.propagate = False
    root.setLevel(logging.WARNING if quiet else logging.INFO)
    REQUESTS.setLevel(logging.INFO if verbose else logging.ERROR)


def log_job(job: Job) -> None:
    """Log the outcome of a job."""
    bad = job.state in ("failed", "refused")
    state = f"{job.state} ({job.outcome})" if job.outcome and not bad else str(job.state)
    facts = {
        "job": job.id,
        "state": str(job.state),
        "outcome": job.outcome,
        "slug": job.slug,
        "error": job.error,
        "by": job.by,
        "attempts": job.attempts,
        "seconds_of_sound": job.duration,
        "seconds_taken": round(max(0.0, job.finished - job.started), 3),
    }
    message = f"{job.name}: {state}{f': {job.message}' if job.message else ''}"
    JOBS.log(logging.WARNING if bad else logging.INFO, "%s", message, extra={"facts": facts})


class RequestLog:
    """ASGI middleware that logs each request of *app*, and errors in it with their traceback."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the application."""
        self._app = app

    async def __call__(self, scope: Asked, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            REQUESTS.exception("%s %s failed", scope["method"], public_path(scope["path"]))
            raise
        finally:
            self._log(scope, status, time.perf_counter() - started)

    def _log(self, scope: Asked, status: int, seconds: float) -> None:
        """Log a request that was answered."""
        if not REQUESTS.isEnabledFor(logging.INFO):
            return
        path = public_path(scope["path"])
        caller = scope.get("state", {}).get("caller")
        facts = {
            "method": scope["method"],
            "path": path,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "by": caller.name if caller is not None else "",
        }
        REQUESTS.info("%s %s %d %.1f ms", scope["method"], path, status, seconds * 1000, extra={"facts": facts})


def public_path(path: str) -> str:
    """Return a path for the log: without the key of a private feed, and in one line.

    >>> public_path("/k/7Jx0/feed.xml")
    '/k/…/feed.xml'
    """
    return _CONTROL.sub(" ", _KEY.sub("/k/…", path))
