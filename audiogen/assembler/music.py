"""Mixes the show's music: a jingle before, a jingle after, and a bed that is quieter under the voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.decoding import music, read_sound, repeat_sound
from audiogen.assembler.loudness import SILENT, LoudnessMeter
from audiogen.assembler.streams import head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from audiogen.assembler import Sound

    Samples = NDArray[np.float32]

#: Seconds of the voice from which the music's level is computed.
_SAMPLE = 20.0
#: Pause between the voice and the jingle after it, in seconds.
_GAP = 0.5
#: Level of the bed under the voice and in long pauses, in LU relative to the voice. WCAG 1.4.7 requires 20 dB.
_UNDER_VOICE = -20.0
_IN_PAUSES = -12.0
#: Minimum length of a pause in which the bed becomes louder, in seconds.
_LONG_PAUSE = 0.9
#: Length of the bed's fades around such a pause, in seconds.
_RAMP = 0.3
#: Length of the bed's fades at the beginning and the end, in seconds.
_FADE = 1.5


@dataclass(frozen=True, slots=True)
class Music:
    """The music of a recording at its sample rate, not leveled yet; empty if there is none."""

    rate: int
    intro: Samples
    outro: Samples
    bed: Path | None

    @property
    def begin(self) -> int:
        """The number of frames before the voice."""
        return int(self.intro.size)

    def around(self, voice: Iterator[Samples], pauses: list[tuple[int, int]]) -> Iterator[Samples]:
        """Yield the voice with the music before, under and after it.

        Args:
            voice: The joined clips.
            pauses: Ranges without speech, in frames from the recording's start; they are added while the voice is
                joined.
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
        """Yield the voice mixed with the bed, which is louder in long pauses and fades in and out."""
        assert self.bed is not None
        music = _SampleStream(repeat_sound(self.bed, self.rate), _gain(level, _file_loudness(self.bed)))
        fade_in = _ramp(round(_FADE * self.rate))
        voice = _long_ended(voice, fade_in.size)
        frame, ahead = self.begin, next(voice, None)
        while ahead is not None:
            piece, ahead = ahead, next(voice, None)
            bed = music.take(piece.size) * self._bed_gain(frame, piece.size, pauses)
            _fade(bed, fade_in, frame - self.begin)
            if ahead is None:
                _fade(bed[::-1], fade_in, 0)
            frame += piece.size
            yield piece + bed

    def _bed_gain(self, start: int, size: int, pauses: list[tuple[int, int]]) -> Samples:
        """Return the bed's gain for *size* frames from *start*: low under the voice, high in long pauses."""
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
        """Return *seconds* of silence."""
        return np.zeros(round(seconds * self.rate), dtype=np.float32)


def load_music(sound: Sound, rate: int) -> Music:
    """Read the show's jingles at *rate*; the bed stays a path and is read when it is mixed.

    Raises:
        AssemblyError: A jingle cannot be read.
    """
    none = np.zeros(0, dtype=np.float32)
    intro = read_sound(sound.intro, rate) if sound.intro else none
    outro = read_sound(sound.outro, rate) if sound.outro else none
    return Music(rate, intro, outro, sound.bed)


class _SampleStream:
    """A stream from which any number of frames can be taken."""

    def __init__(self, blocks: Iterator[Samples], gain: float) -> None:
        self._blocks = blocks
        self._gain = np.float32(gain)
        self._rest = np.zeros(0, dtype=np.float32)

    def take(self, frames: int) -> Samples:
        """Return the next *frames* frames."""
        while self._rest.size < frames:
            self._rest = np.concatenate((self._rest, next(self._blocks) * self._gain))
        taken, self._rest = self._rest[:frames].copy(), self._rest[frames:]
        return taken


def _long_ended(pieces: Iterator[Samples], frames: int) -> Iterator[Samples]:
    """Yield the pieces, with the last one at least *frames* long, so that the whole fade fits in."""
    held: list[Samples] = []
    for piece in pieces:
        held.append(piece)
        while sum(later.size for later in held[1:]) >= frames:
            yield held.pop(0)
    if held:
        yield np.concatenate(held)


def _ramp(frames: int) -> Samples:
    """Return a raised cosine from 0 to 1."""
    return np.asarray(0.5 - 0.5 * np.cos(np.linspace(0, np.pi, frames, dtype=np.float32)), dtype=np.float32)


def _fade(samples: Samples, ramp: Samples, start: int) -> None:
    """Multiply in place by the part of the *ramp* after *start* frames."""
    part = ramp[start : start + samples.size]
    samples[: part.size] *= part


def _loudness(samples: Samples, rate: int) -> float:
    """Return the loudness of samples in LUFS."""
    meter = LoudnessMeter(rate)
    meter.add(samples)
    return meter.integrated


def _file_loudness(path: Path) -> float:
    """Return the loudness of a file in LUFS."""
    with music(path) as sound:
        meter = LoudnessMeter(sound.rate)
        for block in sound.blocks:
            meter.add(block)
    return meter.integrated


def _gain(wanted: float, measured: float) -> float:
    """Return the factor from one loudness to another; 1 if one is silence."""
    return 1.0 if SILENT in (wanted, measured) else float(10 ** ((wanted - measured) / 20))


def _levelled(samples: Samples, rate: int, level: float) -> Samples:
    """Return samples with the loudness *level*."""
    return samples * np.float32(_gain(level, _loudness(samples, rate)))
