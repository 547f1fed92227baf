"""The show's music: a jingle before, a jingle after, and a bed under the voice that makes way for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.decoding import endless, music, read_sound
from audiogen.assembler.loudness import SILENT, LoudnessMeter
from audiogen.assembler.streams import head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from audiogen.assembler import Sound

    Samples = NDArray[np.float32]

#: Seconds of voice by which the music is levelled.
_SAMPLE = 20.0
#: Seconds between the voice and the jingle after it.
_GAP = 0.5
#: The bed under the voice and in its longer pauses, in LU from the voice. WCAG 1.4.7 asks for 20 dB under speech.
_UNDER_VOICE = -20.0
_IN_PAUSES = -12.0
#: Pauses this long, in seconds, let the bed come up…
_LONG_PAUSE = 0.9
#: …and this is how long it takes to come and to go.
_RAMP = 0.3
#: How long the bed fades in at the start and out at the end, in seconds.
_FADE = 1.5


@dataclass(frozen=True, slots=True)
class Music:
    """The music of a recording, at its rate but not yet at its level; empty if there is none."""

    rate: int
    intro: Samples
    outro: Samples
    bed: Path | None

    @property
    def begin(self) -> int:
        """Frames that come before the voice's part."""
        return int(self.intro.size)

    def around(self, voice: Iterator[Samples], pauses: list[tuple[int, int]]) -> Iterator[Samples]:
        """Put the music before, under and after the voice.

        Args:
            voice: the joined clips.
            pauses: stretches without speech in frames from the recording's start, known as far as the voice has come.
        """
        if not (self.intro.size or self.outro.size or self.bed):
            yield from voice
            return
        first, voice = head(voice, round(_SAMPLE * self.rate))
        level = _loudness(first, self.rate)
        if self.intro.size:
            yield _levelled(self.intro, self.rate, level)
        yield from self._with_bed(voice, pauses, level) if self.bed else voice
        if self.outro.size:
            yield np.concatenate((self._silence(_GAP), _levelled(self.outro, self.rate, level)))

    def _with_bed(self, voice: Iterator[Samples], pauses: list[tuple[int, int]], level: float) -> Iterator[Samples]:
        """Mix the music bed into the voice; it is louder in long pauses, and fades in and out."""
        assert self.bed is not None
        music = _SampleStream(endless(self.bed, self.rate), _gain(level, _file_loudness(self.bed)))
        fade_in = _ramp(round(_FADE * self.rate))
        voice = _long_ended(voice, fade_in.size)
        frame, ahead = self.begin, next(voice, None)
        while ahead is not None:
            piece, ahead = ahead, next(voice, None)
            bed = music.take(piece.size) * self._make_way(frame, piece.size, pauses)
            _fade(bed, fade_in, frame - self.begin)
            if ahead is None:
                _fade(bed[::-1], fade_in, 0)
            frame += piece.size
            yield piece + bed

    def _make_way(self, start: int, size: int, pauses: list[tuple[int, int]]) -> Samples:
        """Work out the bed's gain for *size* frames from *start*: down under the voice, up in long pauses."""
        under, above = 10 ** (_UNDER_VOICE / 20), 10 ** (_IN_PAUSES / 20)
        height = np.zeros(size, dtype=np.float32)
        while pauses and pauses[0][1] <= start:
            pauses.pop(0)
        for begin, end in pauses:
            if end - begin >= _LONG_PAUSE * self.rate:
                first, last = max(begin, start), min(end, start + size)
                frames = np.arange(first, last)
                ramp = np.minimum(frames - begin, end - frames) / (_RAMP * self.rate)
                height[first - start : last - start] = np.minimum(1.0, ramp)
        return np.asarray(under + (above - under) * height, dtype=np.float32)

    def _silence(self, seconds: float) -> Samples:
        return np.zeros(round(seconds * self.rate), dtype=np.float32)


def load_music(sound: Sound, rate: int) -> Music:
    """Read the show's music.

    Raises:
        AssemblyError: a file of it cannot be read.
    """
    none = np.zeros(0, dtype=np.float32)
    intro = read_sound(sound.intro, rate) if sound.intro else none
    outro = read_sound(sound.outro, rate) if sound.outro else none
    return Music(rate, intro, outro, sound.bed)


class _SampleStream:
    """A stream of which any number of frames can be taken."""

    def __init__(self, blocks: Iterator[Samples], gain: float) -> None:
        self._blocks = blocks
        self._gain = np.float32(gain)
        self._rest = np.zeros(0, dtype=np.float32)

    def take(self, frames: int) -> Samples:
        """Take the next frames."""
        while self._rest.size < frames:
            self._rest = np.concatenate((self._rest, next(self._blocks) * self._gain))
        taken, self._rest = self._rest[:frames].copy(), self._rest[frames:]
        return taken


def _long_ended(pieces: Iterator[Samples], frames: int) -> Iterator[Samples]:
    """Pass the pieces on, the last of them joined so that it has *frames* or more: all of the fade must fit in."""
    held: list[Samples] = []
    for piece in pieces:
        held.append(piece)
        while sum(later.size for later in held[1:]) >= frames:
            yield held.pop(0)
    if held:
        yield np.concatenate(held)


def _ramp(frames: int) -> Samples:
    return np.asarray(0.5 - 0.5 * np.cos(np.linspace(0, np.pi, frames, dtype=np.float32)), dtype=np.float32)


def _fade(samples: Samples, ramp: Samples, start: int) -> None:
    """Apply in place what is left of the *ramp* after *start* frames."""
    part = ramp[start : start + samples.size]
    samples[: part.size] *= part


def _loudness(samples: Samples, rate: int) -> float:
    meter = LoudnessMeter(rate)
    meter.add(samples)
    return meter.integrated


def _file_loudness(path: Path) -> float:
    with music(path) as sound:
        meter = LoudnessMeter(sound.rate)
        for block in sound.blocks:
            meter.add(block)
    return meter.integrated


def _gain(wanted: float, measured: float) -> float:
    """Return the factor from one loudness to another; 1 where either is silence."""
    return 1.0 if SILENT in (wanted, measured) else float(10 ** ((wanted - measured) / 20))


def _levelled(samples: Samples, rate: int, level: float) -> Samples:
    return samples * np.float32(_gain(level, _loudness(samples, rate)))
