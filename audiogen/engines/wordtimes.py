"""Estimates word times from the text and the energy of the clip, for engines that report none.

A word's expected length is derived from its letters; the clip's pauses show where clauses end. The words are assigned
to the ranges of sound so that each range has about as much text as its length suggests, preferably with a punctuation
mark at each pause; within a range, words share the time by their expected lengths. Such times have `WordTime.estimated`
set. `docs/engines.md` states their accuracy.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import category, east_asian_width, normalize

from audiogen.engines.words import word_spans
from audiogen.model import WordTime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Clip

#: Expected seconds, fitted by least squares to the word times of eSpeak NG and hibari over 56 sentences of news: of any
#: word, of each group of vowels, of each consonant. Only their proportions matter.
WORD, VOWELS, CONSONANT = 0.04, 0.065, 0.06
#: Of a digit or a symbol, and of an ideograph, which are said with a syllable or two each.
DIGIT, IDEOGRAPH = 0.3, 0.2
#: Seconds by which a word before a pause is longer.
LENGTHENED = 0.06
#: Minimum level of sound relative to the clip's peak (-35 dB), in windows of so many seconds.
FLOOR = 10 ** (-35 / 20)
WINDOW = 0.01
#: Minimum length of a pause, in seconds; the closure of a "t" or "p" is shorter.
SHORTEST_PAUSE = 0.08
#: Costs of laying words over sound, in squared seconds of misfit: of a silence where no mark is, by how long it is not
#: (long silences are never inside a clause), and of a mark where no silence is.
UNMARKED, UNPAUSED = 0.15, 0.01
#: Seconds that a word may begin before or after the time that its share of the text gives, and silences tried at once.
REACH = 2.5
SKIPPED = 4

_VOWELS = re.compile(r"[aeiouyаеёиоуыэюяєіїαεηιουω]+")
_SILENT_E = re.compile(r"(?<=[^\Waeiouy\d])e(?=s?\b)")
_DOUBLE = re.compile(r"([^\W\daeiou])\1|ch|ck|gh|ph|qu|sh|th|wh|sch")
_MARK = re.compile(r"[,;:.!?…–—()\"“”„«»。、，；：！？-]\s|[。、，；：！？]")


@dataclass(frozen=True, slots=True)
class _Pause:
    """A pause inside a clip, in seconds."""

    start: float
    end: float


def with_word_times(clip: Clip, text: str) -> Clip:
    """Return the clip with estimated word times; unchanged if it has times already, or no sound."""
    spans = word_spans(text)
    if clip.words or not clip.pcm or not spans:
        return clip
    begin, end, pauses = _sounding(clip)
    if end <= begin:
        return clip
    starts = _starts(text, spans, begin, end, pauses)
    words = tuple(WordTime(a, b, round(time, 3), True) for (a, b), time in zip(spans, starts, strict=True))
    return replace(clip, words=words)


def expected_seconds(word: str) -> float:
    """Return the approximate time to speak a word, in seconds.

    >>> expected_seconds("a") < expected_seconds("though") < expected_seconds("photographer") < expected_seconds("1989")
    True
    """
    plain = "".join(letter for letter in normalize("NFD", word.lower()) if category(letter) != "Mn")
    plain = _DOUBLE.sub("t", _SILENT_E.sub("", plain))
    vowels = len(_VOWELS.findall(plain))
    letters = sum(map(str.isalpha, _VOWELS.sub("", plain)))
    wide = sum(east_asian_width(letter) in "WF" for letter in plain)
    others = sum(not letter.isalpha() and category(letter)[0] in "NS" for letter in plain)
    spelled = WORD + VOWELS if len(word) == 1 and word.isupper() else 0.0
    return WORD + spelled + VOWELS * vowels + CONSONANT * (letters - wide) + IDEOGRAPH * wide + DIGIT * others


def _sounding(clip: Clip) -> tuple[float, float, list[_Pause]]:
    """Return where the clip's sound begins and ends, and the pauses in it, in seconds."""
    import numpy

    width = max(1, round(WINDOW * clip.sample_rate))
    samples = numpy.abs(numpy.frombuffer(clip.pcm, "<i2").astype(numpy.float32))
    levels = samples[: samples.size // width * width].reshape(-1, width).max(axis=1, initial=0.0)
    loud = numpy.flatnonzero(levels > FLOOR * float(levels.max(initial=0.0)))
    if not loud.size:
        return 0.0, 0.0, []
    gaps = numpy.flatnonzero(numpy.diff(loud) - 1 >= SHORTEST_PAUSE / WINDOW)
    step = width / clip.sample_rate
    pauses = [_Pause((int(loud[gap]) + 1) * step, int(loud[gap + 1]) * step) for gap in gaps]
    return int(loud[0]) * step, (int(loud[-1]) + 1) * step, pauses


def _starts(
    text: str, spans: Sequence[tuple[int, int]], begin: float, end: float, pauses: Sequence[_Pause]
) -> list[float]:
    """Return the time at which each word begins."""
    marked = [bool(_MARK.search(text, left, right + 1)) for (_, left), (right, _) in pairwise(spans)]
    weights = [expected_seconds(text[a:b]) for a, b in spans]
    for index, is_marked in enumerate(marked):
        weights[index] += LENGTHENED * is_marked
    weights[-1] += LENGTHENED
    reached = [0.0, *accumulate(weights)]
    anchors = _anchors(reached, marked, begin, end, pauses)
    starts: list[float] = []
    for (first, _, since), (last, until, _) in pairwise(anchors):
        share = (until - since) / (reached[last] - reached[first])
        starts += [since + (reached[index] - reached[first]) * share for index in range(first, last)]
    return starts


def _anchors(
    reached: Sequence[float], marked: Sequence[bool], begin: float, end: float, pauses: Sequence[_Pause]
) -> list[tuple[int, float, float]]:
    """Return the pauses between words: the number of the next word, the start and the end of each.

    They are the cheapest path from the first word to the last. It is searched near the times that the text suggests, so
    that the time is linear in the length of the text.
    """
    silences = [_Pause(begin, begin), *pauses, _Pause(end, end)]
    heard = list(accumulate((b.start - a.end for a, b in pairwise(silences)), initial=0.0))
    pace = heard[-1] / reached[-1]
    unpaused = list(accumulate((UNPAUSED * mark for mark in marked), initial=0.0))
    last = len(reached) - 1
    best: list[dict[int, tuple[float, int, int]]] = [{0: (0.0, -1, 0)}]
    for number in range(1, len(silences)):
        if number == len(silences) - 1:
            indexes: Sequence[int] = (last,)
        else:
            near = (heard[number] / pace - REACH / pace, heard[number] / pace + REACH / pace)
            indexes = range(max(1, bisect_left(reached, near[0])), min(last, bisect_right(reached, near[1])))
        best.append({})
        for index in indexes:
            here = 0.0
            if index < last:
                length = silences[number].end - silences[number].start
                here = -unpaused[index] + unpaused[index - 1] if marked[index - 1] else UNMARKED * min(1.0, 4 * length)
            for before in range(max(0, number - SKIPPED), number):
                skipped = sum(
                    UNMARKED * max(0.0, silence.end - silence.start - SHORTEST_PAUSE) * 4
                    for silence in silences[before + 1 : number]
                )
                sound = silences[number].start - silences[before].end
                for origin, (cost, _, _) in best[before].items():
                    if origin >= index:
                        continue
                    misfit = sound - (reached[index] - reached[origin]) * pace
                    missed = unpaused[min(index, last - 1)] - unpaused[min(origin, last - 1)]
                    total = cost + here + skipped + missed + misfit * misfit / (0.3 + sound)
                    if index not in best[number] or total < best[number][index][0]:
                        best[number][index] = (total, before, origin)
    return _walk_back(best, silences, last)


def _walk_back(best: Any, silences: Sequence[_Pause], last: int) -> list[tuple[int, float, float]]:
    """Return the words after which the pauses are, each with its pause, by tracing the best path back."""
    number, index = len(silences) - 1, last
    if index not in best[number]:  # more silences at one place than words: only the ends are sure
        return [(0, silences[0].start, silences[0].end), (last, silences[-1].start, silences[-1].end)]
    chosen = []
    while number >= 0:
        chosen.append((index, silences[number].start, silences[number].end))
        _, number, index = best[number][index]
    return chosen[::-1]
