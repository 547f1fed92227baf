"""Trims clips: removes the engine's silence at both ends and its DC offset, and fades the cuts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audiogen.model import Clip

    Samples = NDArray[np.float32]

#: Silence kept at both ends of speech, in seconds, for soft consonants and the fades. Two of them are the shortest
#: possible pause, and must be less than the tolerance of pauses.
MARGIN = 0.012
#: Length of the fades at the cuts, in seconds: inaudible, but long enough to avoid clicks.
FADE = 0.005
#: Minimum level of speech relative to the clip's peak (-48 dB): above every engine's noise floor,
#: below the first breath of an "h".
_FLOOR = 10 ** (-48 / 20)
#: Length of the windows in which the level is measured, in seconds.
_WINDOW = 0.004
#: Full scale of 16-bit samples.
_FULL_SCALE = 32768.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A trimmed clip."""

    #: Samples with up to `MARGIN` of silence on both sides; 1 is full scale, which clips with a gain may exceed.
    samples: Samples
    #: Frames of margin before and after the speech.
    before: int
    after: int
    #: Frames of the clip that were cut off before `samples` begin.
    skipped: int


def trim(clip: Clip) -> Piece:
    """Return *clip* without the silence at both ends, and with its gain applied.

    A silent clip becomes an empty piece.
    """
    samples = np.frombuffer(clip.pcm, dtype="<i2").astype(np.float32) / _FULL_SCALE
    if not samples.size:
        return Piece(samples, 0, 0, 0)
    samples -= samples.mean()
    start, end = _speech(samples, clip.sample_rate)
    if start >= end:
        return Piece(samples[:0], 0, 0, 0)
    margin = round(MARGIN * clip.sample_rate)
    first, last = max(0, start - margin), min(samples.size, end + margin)
    heard = samples[first:last] * np.float32(10 ** (clip.gain / 20))
    return Piece(_fade(heard, clip.sample_rate), start - first, last - end, first)


def _speech(samples: Samples, rate: int) -> tuple[int, int]:
    """Return the first frame of sound and the frame after the last one; both are equal if there is none."""
    width = max(1, round(_WINDOW * rate))
    level = np.abs(samples)
    peak = float(level.max())
    # A peak under two steps of 16 bits is dither, not speech.
    if peak < 2 / _FULL_SCALE:
        return 0, 0
    loud = np.flatnonzero(level > peak * _FLOOR)
    return max(0, int(loud[0]) - width // 2), min(samples.size, int(loud[-1]) + width // 2)


def _fade(samples: Samples, rate: int) -> Samples:
    """Fade both ends in place with a raised cosine."""
    width = min(round(FADE * rate), samples.size // 2)
    if width:
        ramp = (0.5 - 0.5 * np.cos(np.linspace(0, np.pi, width, dtype=np.float32))).astype(np.float32)
        samples[:width] *= ramp
        samples[-width:] *= ramp[::-1]
    return samples


def silence(seconds: float, rate: int) -> Samples:
    """Return *seconds* of silence."""
    return np.zeros(max(0, round(seconds * rate)), dtype=np.float32)
