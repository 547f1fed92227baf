"""The base class of threads that repeat a task until they are closed."""

from __future__ import annotations

import threading


class PeriodicThread:
    """Calls `look`, which subclasses define, at once and then every *interval* seconds."""

    def __init__(self, name: str, interval: float) -> None:
        """Create a thread *name* with *interval* seconds between two calls."""
        self._interval = interval
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """End the thread; a running `look` is finished first."""
        self._closed.set()
        self._thread.join()

    def look(self) -> None:
        """Do the task once."""
        raise NotImplementedError

    def _run(self) -> None:
        """Call `look` until the thread is closed."""
        while not self._closed.is_set():
            self.look()
            self._closed.wait(self._interval)
