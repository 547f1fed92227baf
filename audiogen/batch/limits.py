"""Limits of time and memory for the work on one article: a worker that exceeds them is killed from outside.

From inside that is impossible: a regular expression or a parser in C blocks all threads of its process, and Python does
not survive the system's memory limit (`RLIMIT_AS` counts also what a neural voice only maps).
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

#: Seconds between two checks. A process can fill some 2 GB of memory in a second.
_INTERVAL = 0.25 if sys.platform == "linux" else 2.0
_MEGABYTE = 1_000_000


class Watchdog:
    """Watches workers, and kills those that exceed the limits."""

    def __init__(self, limits: Limits, tables: Callable[[], Iterable[ProgressTable]]) -> None:
        """Take the limits, and a function that returns the progress tables of all current workers."""
        self._limits, self._tables = limits, tables
        self._ended: dict[int, str] = {}
        self._over = threading.Event()
        if limits.seconds or limits.memory:
            threading.Thread(target=self._watch, name="audiogen-limits", daemon=True).start()

    def close(self) -> None:
        """Stop watching."""
        self._over.set()

    def reason(self, name: str) -> LimitError | None:
        """Return why the worker on the article *name* was killed, if it was; only the first call returns it."""
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
    """Return why a worker without progress for *still* seconds has to be killed; "" if it keeps the limits."""
    if limits.seconds and still > limits.seconds:
        return f"stood still for {limits.seconds:,} s and was ended; limits.seconds allows more"
    if limits.memory and memory_of(pid) > limits.memory * _MEGABYTE:
        return f"took more than {limits.memory:,} MB of memory and was ended; limits.memory allows more"
    return ""


def memory_of(pid: int) -> int:
    """Return the bytes of memory that a process uses; 0 if it has ended, or if the system is Windows."""
    if sys.platform == "linux":
        with suppress(OSError, ValueError, IndexError):
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    elif sys.platform != "win32":
        with suppress(OSError, ValueError, subprocess.SubprocessError):
            result = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, timeout=5, check=False)
            return int(result.stdout) * 1024
    return 0
