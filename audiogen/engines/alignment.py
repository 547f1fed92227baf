"""Finds the start of each word of a text in the sound, from the spoken phonemes and their durations.

A phonemizer's words are not the text's: eSpeak NG joins small words ("of the" is `ʌvðə`) and says a number in several.
If their numbers differ, the text's words are aligned with the phonemizer's by their lengths.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category

from audiogen.engines.selfcheck import weight_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class PhonemeTime:
    """A phoneme with its start and end, in seconds."""

    phoneme: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A word of the phonemizer."""

    start: float
    end: float
    phonemes: int


#: Maximum number of the text's words in one word of the phonemizer, and of the phonemizer's words in one of the text
#: ("1,234,567" is up to 12).
MOST_JOINED, MOST_SPLIT = 4, 12
#: The cost of each further joining or splitting, in squared phonemes for each phoneme.
_PRICE = 0.5


def word_starts(words: Sequence[str], sounds: Iterable[PhonemeTime]) -> list[float]:
    """Return the start of each of the *words*, in seconds; an empty list if they cannot be aligned with the sounds.

    >>> sounds = [PhonemeTime(phoneme, index / 10, (index + 1) / 10) for index, phoneme in enumerate("ʌvðə")]
    >>> [round(start, 1) for start in word_starts(["of", "the"], sounds)]
    [0.0, 0.2]
    """
    spoken = list(_spoken(sounds))
    if len(spoken) == len(words):
        return [word.start for word in spoken]
    if not spoken or not words:
        return []
    weights = [weight_of(word) for word in words]
    return [start for mine, theirs in _paired(weights, spoken) for start in _shared(weights[mine], spoken[theirs])]


def _spoken(sounds: Iterable[PhonemeTime]) -> Iterator[_Spoken]:
    """Group the phonemes between spaces into words; marks and pauses belong to none."""
    start, end, count = -1.0, 0.0, 0
    for sound in [*sounds, PhonemeTime(" ", 0.0, 0.0)]:
        if sound.phoneme == " ":
            if count:
                yield _Spoken(start, end, count)
            start, count = -1.0, 0
        elif sound.phoneme.isalpha():
            start = sound.start if start < 0 else start
            if category(sound.phoneme[0]) != "Lm":  # a mark of stress or length
                end, count = sound.end, count + 1


def _paired(weights: Sequence[float], spoken: Sequence[_Spoken]) -> list[tuple[slice, slice]]:
    """Divide both into the same number of groups, in order, whose lengths match best; empty if that is impossible."""
    scale = sum(word.phonemes for word in spoken) / sum(weights)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    steps = [(1, count) for count in range(1, MOST_SPLIT + 1)] + [(count, 1) for count in range(2, MOST_JOINED + 1)]
    for mine in range(len(weights)):
        for theirs in range(len(spoken)):
            if (mine, theirs) not in best:
                continue
            for here, there in steps:
                to = (mine + here, theirs + there)
                if to[0] > len(weights) or to[1] > len(spoken):
                    continue
                wanted = scale * sum(weights[mine : to[0]])
                found = sum(word.phonemes for word in spoken[theirs : to[1]])
                cost = best[mine, theirs][0] + (wanted - found) ** 2 / (wanted + found) + _PRICE * (here + there - 2)
                if to not in best or cost < best[to][0]:
                    best[to] = (cost, (mine, theirs))
    return _way(best, (len(weights), len(spoken)))


def _way(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], end: tuple[int, int]) -> list[tuple[slice, slice]]:
    """Return the pairs of groups on the best path to *end*, by tracing it back; empty if there is no path."""
    groups: list[tuple[slice, slice]] = []
    while end in best and end != (0, 0):
        before = best[end][1]
        groups.append((slice(before[0], end[0]), slice(before[1], end[1])))
        end = before
    return groups[::-1] if end == (0, 0) else []


def _shared(weights: Sequence[float], spoken: Sequence[_Spoken]) -> Iterator[float]:
    """Yield the start of each word in a group, dividing the group's time by the words' lengths."""
    start, length, done = spoken[0].start, spoken[-1].end - spoken[0].start, 0.0
    for weight in weights:
        yield start + length * done / sum(weights)
        done += weight
