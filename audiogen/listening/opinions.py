"""Recognises an utterance: once, and if something is missing, a second time with a wider search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.listening.hearing import differences, words_of
from audiogen.listening.recogniser import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.listening.hearing import Difference
    from audiogen.listening.recogniser import Recogniser

    Samples = NDArray[np.float32]

#: Seconds of silence that are added around the sound for the second recognition.
SILENCE = 0.3
#: Fewest words of an utterance that is checked. With fewer, half of the results are errors.
MIN_WORDS = 3
#: Least share of an utterance's words that must be wrong, twice, if it sounds the same as new speech. Then a
#: single wrong name is the recogniser's error, a garbled sentence the voice's.
MIN_GARBLED_SHARE = 0.5
#: Most characters of a recognised text in a message.
MAX_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fault of an utterance: its kind, the recognised text, and a message."""

    kind: str
    heard: str
    message: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """The results of a recogniser for an utterance: of the first try, and of the careful one if there was one."""

    expected: tuple[str, ...]
    first: tuple[Difference, ...] = ()
    second: tuple[Difference, ...] = ()
    heard: str = ""

    @property
    def lost(self) -> list[Difference]:
        """Return the differences of the second try that are also in the first."""
        return [one for one in self.second if any(_same(one, other) for other in self.first)]

    @property
    def is_garbled(self) -> bool:
        """Return whether the recognised words have little in common with the spoken ones."""
        return sum(max(1, one.end - one.start) for one in self.lost) >= MIN_GARBLED_SHARE * len(self.expected)


def opinion_of(samples: Samples, expected: tuple[str, ...], language: str, recogniser: Recogniser) -> Opinion:
    """Return the result of recognition, with a second, careful try if the first one differs from *expected*."""
    first = differences(expected, words_of(recogniser.recognise(samples, language), language))
    if not first:
        return Opinion(expected)
    around = np.zeros(round(SILENCE * RATE), dtype=np.float32)
    heard = recogniser.recognise(np.concatenate((around, samples, around)), language, careful=True)
    return Opinion(expected, first, differences(expected, words_of(heard, language)), heard)


def _same(one: Difference, other: Difference) -> bool:
    """Return whether two differences have the same kind, and overlap or are adjacent."""
    return one.kind == other.kind and are_adjacent(one, other)


def are_adjacent(one: Difference, other: Difference) -> bool:
    """Return whether two differences overlap or are adjacent."""
    return one.start <= other.end and other.start <= one.end


def mismatch_message(found: Sequence[Difference], heard: str) -> str:
    """Return the message on differences, with the recognised text."""
    one = found[0]
    expected, other = _short(one.expected), _short(one.heard)
    what = {
        "missing": f"“{expected}” is missing",
        "doubled": f"“{other}” is heard twice",
        "garbled": f"“{other}” is heard for “{expected}”" if expected else f"“{other}” is heard besides",
    }[one.kind]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{what}{more}. Heard: “{_short(heard)}”."


def _short(text: str) -> str:
    """Return a text shortened to `MAX_SHOWN`, as a recogniser may repeat a word two hundred times."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN].rstrip()}…"
