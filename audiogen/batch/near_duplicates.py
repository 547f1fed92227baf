"""Finds articles on the same story: wire copy on two sites, the print and the mobile page.

Texts are compared as sets of three-word runs, by MinHash (Broder 1997) through rensa: 128 numbers a text, and a table
in which only similar texts share a row, so that a million of them are searched as fast as ten.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rensa import RMinHash

#: Words in a run. Runs of three survive edits better than longer ones, and are rarely equal by chance, unlike pairs.
_RUN = 3
_NUMBERS, _SEED = 128, 2026
#: 32 bands of 4 numbers: texts that share 60 % of their runs are found with a probability of 99 %.
_BANDS = 32
#: Share of common runs (Jaccard) from which two texts are one story.
ALIKE = 0.6
#: Words below which a text is too short to compare.
_SHORTEST = 40


def sign(text: str) -> bytes:
    """Return the signature of a text, by which it is compared; empty if the text is too short.

    >>> sign("Too short to tell.")
    b''
    """
    words = re.findall(r"\w+", text.lower())
    if len(words) < _SHORTEST:
        return b""
    numbers = _numbers()
    numbers.update([" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)])
    state: bytes = numbers.__getstate__()
    return state


class NearDuplicates:
    """Finds nearly identical texts by their signatures."""

    def __init__(self, signed: Iterable[tuple[str, bytes]] = ()) -> None:
        """Take GUIDs with the signatures of their texts."""
        from rensa import RMinHashLSH

        self._table = RMinHashLSH(ALIKE, _NUMBERS, _BANDS)
        self._guids: list[str] = []
        self._numbers: dict[str, RMinHash] = {}
        for guid, state in signed:
            self.add(guid, state)

    def add(self, guid: str, state: bytes) -> None:
        """Add a text; a signature of an older version of rensa, or of too short a text, is ignored."""
        numbers = _restored(state)
        if numbers is not None and guid not in self._numbers:
            self._table.insert(len(self._guids), numbers)
            self._guids.append(guid)
            self._numbers[guid] = numbers

    def drop(self, guid: str) -> None:
        """Remove a text."""
        if self._numbers.pop(guid, None) is not None:
            self._table.remove(self._guids.index(guid))

    def find(self, guid: str, state: bytes) -> str | None:
        """Return the GUID of the most similar text, if one is similar enough; never its own."""
        numbers = _restored(state)
        if numbers is None:
            return None
        met = {self._guids[key] for key in self._table.query(numbers)} & self._numbers.keys() - {guid}
        alike = [(self._numbers[other].jaccard(numbers), other) for other in sorted(met)]
        score, best = max(alike, default=(0.0, ""))
        return best if score >= ALIKE else None


def _numbers() -> RMinHash:
    from rensa import RMinHash

    return RMinHash(_NUMBERS, _SEED)


def _restored(state: bytes) -> RMinHash | None:
    """Return the MinHash of a stored signature; None if it is empty or of another version of rensa."""
    if not state:
        return None
    numbers = _numbers()
    try:
        numbers.__setstate__(state)
    except (ValueError, TypeError):
        return None
    return numbers
