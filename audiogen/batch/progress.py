"""How far each worker process is with its article, where the process that started it can see that.

The workers of a pool share an array with five numbers for each of them: which article it works on, the utterances it
has spoken, how many there are in all, when it last came forward (nanoseconds of the monotonic clock, 0 while idle), and
its process; and a number that counts how many workers have taken a slot. Nothing is locked: a worker writes only
in its own slot, and whoever reads in between sees the number of a moment ago.
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

#: Numbers of a slot: article, utterances spoken, utterances in all, when it came forward, process.
_ARTICLE, _DONE, _TOTAL, _SINCE, _PROCESS, _WIDTH = 0, 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Busy:
    """A worker that has an article in hand."""

    #: Its process.
    pid: int
    #: The article's number; see `number_of`.
    article: int
    #: Seconds since it came forward.
    still: float


class Board:
    """Slots for *size* workers; made by the process that starts them, and handed to each as it starts."""

    def __init__(self, size: int, context: BaseContext) -> None:
        """Take the number of workers and how their processes are started."""
        self._cells: Any = context.RawArray("Q", _WIDTH * size)
        self._taken: Any = context.Value("i", 0)

    def take(self) -> Slot:
        """Give a worker the next slot."""
        with self._taken.get_lock():
            number = self._taken.value
            self._taken.value += 1
        # More workers than slots: some died, and the pool replaced them.
        return Slot(self._cells, _WIDTH * number % len(self._cells))

    def look(self, name: str) -> tuple[int, int] | None:
        """Tell how many utterances of the article called *name* are spoken, and of how many; None where none is."""
        article = number_of(name)
        for start in range(0, len(self._cells), _WIDTH):
            if self._cells[start + _ARTICLE] == article and (total := self._cells[start + _TOTAL]):
                return min(self._cells[start + _DONE], total), total
        return None

    def busy(self) -> Iterator[Busy]:
        """Tell which workers have an article in hand."""
        for start in range(0, len(self._cells), _WIDTH):
            article, _, _, since, pid = self._cells[start : start + _WIDTH]
            if since and pid:
                yield Busy(pid, article, max(0, time.monotonic_ns() - since) / 1e9)


class Slot:
    """Where one worker writes."""

    def __init__(self, cells: Any, start: int) -> None:
        """Take the array, and where in it the slot begins."""
        self._cells, self._start = cells, start

    def follow(self, name: str) -> Callable[[int, int], None]:
        """Begin with an article; give what is told each utterance as (done, total)."""
        cells, start, article = self._cells, self._start, number_of(name)

        def step(done: int, total: int) -> None:
            cells[start + _ARTICLE], cells[start + _DONE], cells[start + _TOTAL] = article, done, total
            cells[start + _SINCE] = time.monotonic_ns()

        step(0, 0)
        return step

    @contextmanager
    def work(self, name: str) -> Iterator[None]:
        """Have an article in hand."""
        self._cells[self._start + _PROCESS] = os.getpid()
        self.follow(name)
        try:
            yield
        finally:
            self._cells[self._start + _SINCE] = 0


#: The slot of this process, where it is a worker that has one.
_slot: Slot | None = None


def take_slot(board: Board) -> None:
    """Make this process a worker of the board's."""
    global _slot
    _slot = board.take()


def follow(name: str) -> Callable[[int, int], None] | None:
    """Begin with an article where somebody may look; see `Slot.follow`."""
    return _slot.follow(name) if _slot is not None else None


@contextmanager
def in_hand(name: str) -> Iterator[None]:
    """Have an article in hand where this process is a worker."""
    with _slot.work(name) if _slot is not None else nullcontext():
        yield


def number_of(name: str) -> int:
    """Return the number by which a board knows an article."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big")
