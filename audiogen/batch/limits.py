"""Limits of time and memory for the work on one article: a worker that goes beyond them is ended from outside.

From inside it could not be: a regular expression, or a parser in C, lets no other thread of its process run, and Python
does not survive a limit of the system's on its memory (`RLIMIT_AS` counts what a neural voice only maps, too).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.batch.progress import number_of
from audiogen.errors import LimitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audiogen.batch.progress import Busy, ProgressTable
    from audiogen.settings import Limits

#: Seconds between two looks. A process that does nothing else fills some 2 GB of memory in a second.
_INTERVAL = 0.25 if sys.platform == "linux" else 2.0
_MEGABYTE = 1_000_000


class Watchdog:
    """Watches workers, and kills those that exceed the limits."""

    def __init__(self, limits: Limits, tables: Callable[[], Iterable[ProgressTable]]) -> None:
        """Take the limits, and what gives the progress tables of all current workers."""
        self._limits, self._tables = limits, tables
        self._ended: dict[int, str] = {}
        self._over = threading.Event()
        if limits.seconds or limits.memory:
            threading.Thread(target=self._watch, name="audiogen-limits", daemon=True).start()

    def close(self) -> None:
        """Watch no more."""
        self._over.set()

    def reason(self, name: str) -> LimitError | None:
        """Return why the worker on the article called *name* was ended, if it was; it is told once."""
        reason = self._ended.pop(number_of(name), "")
        return LimitError(name, f"The work on {name} {reason}.") if reason else None

    def _watch(self) -> None:
        while not self._over.wait(_INTERVAL):
            for table in self._tables():
                for busy in table.busy():
                    self._judge(busy)

    def _judge(self, busy: Busy) -> None:
        if reason := reason_to_end(self._limits, busy.stalled, busy.pid):
            self._end(busy, reason)

    def _end(self, busy: Busy, reason: str) -> None:
        if busy.article in self._ended:
            return
        self._ended[busy.article] = reason
        with suppress(OSError):
            os.kill(busy.pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def reason_to_end(limits: Limits, still: float, pid: int) -> str:
    """Say why a worker is to be ended that made no step for *still* seconds; "" if it keeps to the limits."""
    if limits.seconds and still > limits.seconds:
        return f"stood still for {limits.seconds:,} s and was ended; limits.seconds allows more"
    if limits.memory and memory_of(pid) > limits.memory * _MEGABYTE:
        return f"took more than {limits.memory:,} MB of memory and was ended; limits.memory allows more"
    return ""


def memory_of(pid: int) -> int:
    """Return the bytes of memory that a process uses; 0 if it is gone, or the system does not tell (Windows)."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError, IndexError):
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    elif sys.platform != "win32":
        with suppress(OSError, ValueError, subprocess.SubprocessError):
            result = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=5, check=False)
            return int(result.stdout) * 1024
    return 0
