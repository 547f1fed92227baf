"""A thread that does something at once and then again and again, until it is closed."""

from __future__ import annotations

import threading


class PeriodicThread:
    """Calls `look` at once and every *interval* seconds; what it does then is its subclasses' matter."""

    def __init__(self, name: str, interval: float) -> None:
        """Take the thread's name and the seconds between two looks."""
        self._interval = interval
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> None:
        """End; a look that has begun comes to its end."""
        self._closed.set()
        self._thread.join()

    def look(self) -> None:
        """Do what is due."""
        raise NotImplementedError

    def _run(self) -> None:
        while not self._closed.is_set():
            self.look()
            self._closed.wait(self._interval)
