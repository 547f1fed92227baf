"""The one gain of a recording: found from its beginning, checked at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.encoding import FORMATS
from audiogen.assembler.limiter import Limiter
from audiogen.assembler.loudness import SILENT, LoudnessMeter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from audiogen.assembler import Sound
    from audiogen.assembler.encoding import Change

    Samples = NDArray[np.float32]

#: How near the gain is sought, in LU, and how often at most.
_CLOSE = 0.05
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Levels:
    """What was measured of the sound on its way to the encoder."""

    #: In LUFS.
    loudness: float
    #: In dBTP.
    peak: float


def aim(sound: Sound) -> float:
    """Give the loudness before encoding that is the wanted one after decoding."""
    return sound.loudness - change_of(sound).gain


def ceiling(sound: Sound) -> float:
    """Give the true peak before encoding that stays under the wanted one after decoding."""
    change = change_of(sound)
    return sound.peak - change.gain - change.growth


def as_heard(levels: Levels, sound: Sound) -> Levels:
    """Give the levels after decoding; the peak is the highest it may be."""
    change = change_of(sound)
    return Levels(levels.loudness + change.gain, levels.peak + change.gain + change.growth)


def change_of(sound: Sound) -> Change:
    """Tell what the encoder will do to the sound."""
    return FORMATS[sound.format].change(sound.encoding)


def find_gain(sample: Samples, rate: int, sound: Sound) -> float:
    """Find the gain in dB that brings *sample* to the wanted loudness with its peaks limited; 0 for silence.

    The limiter takes up to a unit away, and the more the higher the gain, so it takes a few rounds.
    """
    gain = 0.0
    meter = LoudnessMeter(rate)
    meter.add(sample)
    measured = meter.integrated
    for _ in range(_ROUNDS):
        if measured == SILENT or abs(aim(sound) - measured) < _CLOSE:
            break
        gain += aim(sound) - measured
        measured = _loudness_with(sample, rate, gain, sound)
    return gain


def _loudness_with(sample: Samples, rate: int, gain: float, sound: Sound) -> float:
    meter = LoudnessMeter(rate)
    for piece in limited((sample,), Limiter(rate, ceiling(sound)), gain):
        meter.add(piece)
    return meter.integrated


def limited(pieces: Iterable[Samples], limiter: Limiter, gain: float) -> Iterator[Samples]:
    """Apply the *gain* in dB and the limiter."""
    factor = np.float32(10 ** (gain / 20))
    for piece in pieces:
        yield limiter.process(piece * factor)
    yield limiter.finish()
