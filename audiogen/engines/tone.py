"""The engine `tone`, for tests: each utterance is a steady tone whose length depends on the number of words.

It is part of audiogen so that losses, order and pauses can be measured in a finished MP3, by counting the tones and
comparing their pitches. It needs no library.
"""

from __future__ import annotations

from array import array
from math import pi, sin
from sys import byteorder
from typing import TYPE_CHECKING
from zlib import crc32

from audiogen.engines.traits import Traits
from audiogen.engines.words import is_speakable, word_spans
from audiogen.model import Clip, Synthesis, Voice, WordTime

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from typing import Self

    from audiogen.model import Utterance

SAMPLE_RATE = 22_050
#: Seconds of tone per word, a usual pace of speech, which the self-check accepts.
WORD_SECONDS = 0.3
#: -12 dBFS: far from clipping and from thresholds of silence.
AMPLITUDE = 8_192
#: Numbers of frames in a period, for tones of 368 to 1,838 Hz; whole frames avoid clicks.
PERIODS = range(12, 61)

CARD = Voice(
    name="tone",
    engine="tone",
    id="tone",
    description="A tone as long as the words of each utterance; for tests",
    loudness=-15.6,
    synthesis=Synthesis.RULES,
    licence="MIT",
)


def period_of(text: str) -> int:
    """Return the number of frames in a period of the tone for *text*.

    >>> SAMPLE_RATE / period_of("Hello, world.") > 360
    True
    """
    return PERIODS[crc32(text.encode()) % len(PERIODS)]


def frequency_of(text: str) -> float:
    """Return the frequency of the tone for *text*, in Hz."""
    return SAMPLE_RATE / period_of(text)


def seconds_of(text: str) -> float:
    """Return the length of the tone for *text* in seconds, in whole periods.

    >>> abs(seconds_of("One two three.") - 3 * WORD_SECONDS) < 0.01
    True
    """
    return _repeats(text) * period_of(text) / SAMPLE_RATE


def _repeats(text: str) -> int:
    """Return the number of periods of the tone for *text*."""
    words = max(1, len(word_spans(text)))
    return round(words * WORD_SECONDS * SAMPLE_RATE / period_of(text))


def _period(frames: int) -> bytes:
    """Return one period of a tone of *frames* frames, as PCM."""
    samples = array("h", (round(AMPLITUDE * sin(2 * pi * frame / frames)) for frame in range(frames)))
    if byteorder == "big":
        samples.byteswap()
    return samples.tobytes()


class Tone:
    """An engine of tones, with one voice for all languages."""

    name = "tone"
    version = "1"
    traits = Traits(word_times=True, word_seconds=WORD_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing, because no resource is open."""

    def voices(self) -> Iterable[Voice]:
        """Return the only voice."""
        return (CARD,)

    def given(self, utterance: Utterance, voice: Voice) -> str:
        """Return what is spoken: the plain text."""
        return utterance.spoken

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Return the tone of the utterance; an utterance with nothing to speak gives an empty clip."""
        text = utterance.spoken
        if not is_speakable(text):
            return Clip(b"", SAMPLE_RATE)
        pcm = _period(period_of(text)) * _repeats(text)
        words = tuple(WordTime(start, end, n * WORD_SECONDS) for n, (start, end) in enumerate(word_spans(text)))
        return Clip(pcm, SAMPLE_RATE, words)
