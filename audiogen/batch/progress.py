"""How far each worker process is with its article, where the process that started it can see that.

The workers of a pool share an array with four numbers for each of them: which article it speaks, the utterances it has
spoken, and how many there are in all; and a number that counts how many workers have taken a place. Nothing is locked:
a worker writes only in its own place, and whoever reads in between sees the number of a moment ago.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import BaseContext

#: Numbers of a place: article, utterances spoken, utterances in all.
_ARTICLE, _DONE, _TOTAL, _WIDTH = 0, 1, 2, 3


class Board:
    """Places for *size* workers; made by the process that starts them, and handed to each as it starts."""

    def __init__(self, size: int, context: BaseContext) -> None:
        """Take the number of workers and how their processes are started."""
        self._cells: Any = context.RawArray("Q", _WIDTH * size)
        self._taken: Any = context.Value("i", 0)

    def take(self) -> Place:
        """Give a worker the next place."""
        with self._taken.get_lock():
            number = self._taken.value
            self._taken.value += 1
        # More workers than places: some died, and the pool replaced them.
        return Place(self._cells, _WIDTH * number % len(self._cells))

    def look(self, name: str) -> tuple[int, int] | None:
        """Tell how many utterances of the article called *name* are spoken, and of how many; None where none is."""
        article = _number_of(name)
        for start in range(0, len(self._cells), _WIDTH):
            if self._cells[start + _ARTICLE] == article and (total := self._cells[start + _TOTAL]):
                return min(self._cells[start + _DONE], total), total
        return None


class Place:
    """Where one worker writes."""

    def __init__(self, cells: Any, start: int) -> None:
        """Take the array, and where in it the place begins."""
        self._cells, self._start = cells, start

    def follow(self, name: str) -> Callable[[int, int], None]:
        """Begin with an article; give what is told each utterance as (done, total)."""
        cells, start, article = self._cells, self._start, _number_of(name)

        def step(done: int, total: int) -> None:
            cells[start + _ARTICLE], cells[start + _DONE], cells[start + _TOTAL] = article, done, total

        step(0, 0)
        return step


#: The place of this process, where it is a worker that has one.
_mine: Place | None = None


def take_place(board: Board) -> None:
    """Make this process a worker of the board's."""
    global _mine
    _mine = board.take()


def follow(name: str) -> Callable[[int, int], None] | None:
    """Begin with an article where somebody may look; see `Place.follow`."""
    return _mine.follow(name) if _mine is not None else None


def _number_of(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:8], "big")
