"""The self-check: was the whole utterance spoken, as far as its sound can tell?

A cut-off clip is found by its length: what a voice takes for a text is proportional to the text's *weight*, its length
in characters with digits, symbols and ideographs counted for what they take to say. Each voice's pace is learned while
it speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

from audiogen.engines.words import has_words, word_spans

if TYPE_CHECKING:
    from audiogen.model import Clip, Utterance

#: Weight a second of a voice that was never heard: eSpeak NG at 175 words a minute in nine languages says 12 to 18.
USUAL_PACE = 15.0
#: Seconds a clip has besides its words: the silence around them.
MARGIN = 0.35
#: Utterances and weight heard before a voice's own pace is trusted.
LEARNED_AFTER = 8
LEARNED_WEIGHT = 500.0
#: A clip may take this much of its expected time; outside, it is not believed. eSpeak took no less than 0.85 of it in
#: 3,200 sentences of raw web pages; neural voices wander more.
SHORTEST, SHORTEST_LEARNED = 0.3, 0.62
LONGEST, LONGEST_LEARNED = 6.0, 4.0
#: Seconds granted above the longest: short utterances vary most.
GRACE = 1.5
#: Below this peak (-60 dBFS) nothing is heard.
SILENT = 33
#: Share of samples at full scale above which sound is broken rather than loud.
CLIPPED = 0.02


def weight_of(text: str) -> float:
    """Estimate how much there is to say, in characters of running text.

    >>> weight_of("three"), weight_of("3.5"), weight_of("") + weight_of("…")
    (5.0, 9.0, 1.0)
    """
    return sum(map(_weight, text))


def _weight(character: str) -> float:
    kind = category(character)
    if kind[0] == "N":
        return 4.0
    if kind[0] == "S":
        return 6.0
    if kind == "Lo" and east_asian_width(character) in "WF":
        return 4.0
    return 1.0


class SelfCheck:
    """Judges the clips of one voice, learning its pace from those it passes."""

    def __init__(self) -> None:
        self._weight = 0.0
        self._seconds = 0.0
        self._count = 0

    @property
    def pace(self) -> float:
        """Weight a second of this voice: as learned, or the usual one until enough was heard."""
        return self._weight / self._seconds if self.learned else USUAL_PACE

    @property
    def learned(self) -> bool:
        """Tell whether enough was heard to know the voice's pace."""
        return self._count >= LEARNED_AFTER and self._weight >= LEARNED_WEIGHT

    def judge(self, utterance: Utterance, clip: Clip) -> str:
        """Say what is wrong with the clip; nothing, where it can be believed."""
        text = utterance.spoken
        if not has_words(text):
            return ""
        fault = _broken(clip) or self._wrong_length(text, clip.duration) or _unfinished(text, clip)
        if not fault:
            self._learn(text, clip.duration)
        return fault

    def _wrong_length(self, text: str, seconds: float) -> str:
        expected = weight_of(text) / self.pace
        shortest, longest = (SHORTEST_LEARNED, LONGEST_LEARNED) if self.learned else (SHORTEST, LONGEST)
        if shortest * (expected - MARGIN) <= seconds - MARGIN / 2 and seconds <= longest * expected + GRACE:
            return ""
        return f"{seconds:.2f} seconds of sound for what should take about {expected + MARGIN:.1f}"

    def _learn(self, text: str, seconds: float) -> None:
        self._weight += weight_of(text)
        self._seconds += max(0.01, seconds - MARGIN)
        self._count += 1


def _broken(clip: Clip) -> str:
    """Say whether there is no sound, only silence, or sound distorted past use."""
    import numpy

    if not clip.pcm or len(clip.pcm) % 2:
        return "no sound" if not clip.pcm else "half a sample at its end"
    samples = numpy.frombuffer(clip.pcm, "<i2")
    highest, lowest = int(samples.max()), int(samples.min())
    if max(highest, -lowest) <= SILENT:
        return "silence"
    if highest < 32767 and lowest > -32768:
        return ""
    full = numpy.count_nonzero(samples == 32767) + numpy.count_nonzero(samples == -32768)
    return "sound clipped all through" if full > CLIPPED * len(samples) else ""


def _unfinished(text: str, clip: Clip) -> str:
    """Say whether the engine's own word times stop before the last words."""
    spans = word_spans(text)
    if not clip.words or len(spans) < 3:
        return ""
    reached = max(word.end for word in clip.words)
    # Two words of grace: an engine may time "kilometres an hour" as one word, or not time a last letter.
    return "" if reached > spans[-3][0] else f"it was left after “{text[:reached][-40:]}”"
