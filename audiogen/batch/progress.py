"""The progress of worker processes, in memory that they share with the process that started them.

Each worker of a pool has a slot of five numbers in an array: the article it works on, the utterances it has spoken, the
number of utterances, the time of its last progress (nanoseconds of the monotonic clock, 0 while idle), and its process
id. A counter hands out the slots. The array is not locked: a worker writes only into its own slot, and a reader may see
the number of a moment ago.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.context import BaseContext

#: Indexes in a slot: article, utterances spoken, their number, time of the last progress, process; and the width.
_ARTICLE, _DONE, _TOTAL, _LAST_PROGRESS, _PROCESS, _WIDTH = 0, 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Busy:
    """A worker that is working on an article."""

    #: Its process id.
    pid: int
    #: The number of the article; see `number_of`.
    article: int
    #: Seconds since its last progress.
    stalled: float


class ProgressTable:
    """The slots of *size* workers. The process that starts the workers makes it, and passes it to each."""

    def __init__(self, size: int, context: BaseContext) -> None:
        """Take the number of workers, and the context in which their processes are started."""
        self._cells: Any = context.RawArray("Q", _WIDTH * size)
        self._taken: Any = context.Value("i", 0)

    def take(self) -> Slot:
        """Give a worker the next slot."""
        with self._taken.get_lock():
            number = self._taken.value
            self._taken.value += 1
        # More workers than slots: some died, and the pool replaced them.
        return Slot(self._cells, _WIDTH * number % len(self._cells))

    def progress_of(self, name: str) -> tuple[int, int] | None:
        """Return the number of spoken utterances of an article, and of all; None if no worker is working on it."""
        article = number_of(name)
        for start in range(0, len(self._cells), _WIDTH):
            if self._cells[start + _ARTICLE] == article and (total := self._cells[start + _TOTAL]):
                return min(self._cells[start + _DONE], total), total
        return None

    def busy(self) -> Iterator[Busy]:
        """Yield the workers that are working on an article."""
        for start in range(0, len(self._cells), _WIDTH):
            article, _, _, since, pid = self._cells[start : start + _WIDTH]
            if since and pid:
                yield Busy(pid, article, max(0, time.monotonic_ns() - since) / 1e9)


class Slot:
    """The slot that one worker writes into."""

    def __init__(self, cells: Any, start: int) -> None:
        """Take the array, and the index at which the slot begins."""
        self._cells, self._start = cells, start

    def follow(self, name: str) -> Callable[[int, int], None]:
        """Start to report on an article; return the function to call with (done, total) after each utterance."""
        cells, start, article = self._cells, self._start, number_of(name)

        def step(done: int, total: int) -> None:
            cells[start + _ARTICLE], cells[start + _DONE], cells[start + _TOTAL] = article, done, total
            cells[start + _LAST_PROGRESS] = time.monotonic_ns()

        step(0, 0)
        return step

    @contextmanager
    def busy_with(self, name: str) -> Iterator[None]:
        """Mark the worker as busy with an article until the context ends."""
        self._cells[self._start + _PROCESS] = os.getpid()
        self.follow(name)
        try:
            yield
        finally:
            self._cells[self._start + _LAST_PROGRESS] = 0


#: The slot of this process, if it is a worker.
_slot: Slot | None = None


def take_slot(table: ProgressTable) -> None:
    """Give this process, a worker, its slot."""
    global _slot
    _slot = table.take()


def follow(name: str) -> Callable[[int, int], None] | None:
    """Start to report on an article, if this process has a slot; see `Slot.follow`."""
    return _slot.follow(name) if _slot is not None else None


@contextmanager
def marked_busy(name: str) -> Iterator[None]:
    """Mark this process as busy with an article, if it is a worker."""
    with _slot.busy_with(name) if _slot is not None else nullcontext():
        yield


def number_of(name: str) -> int:
    """Return the number of an article in a slot, a digest of its name."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big")
