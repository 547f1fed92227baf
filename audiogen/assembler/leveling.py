"""The one gain of a recording: found from its beginning, checked at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.encoding import FORMATS
from audiogen.assembler.limiter import Limiter
from audiogen.assembler.loudness import SILENT, LoudnessMeter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from audiogen.assembler import Sound
    from audiogen.assembler.encoding import Change

    Samples = NDArray[np.float32]

#: How near the gain is sought, in LU, and how often at most.
_CLOSE = 0.1
_ROUNDS = 8
#: LU for a dB that are reckoned with at least: near the limit of what can be had, a larger step would only distort.
_LEAST_SLOPE = 0.2


@dataclass(frozen=True, slots=True)
class Levels:
    """What was measured of the sound on its way to the encoder."""

    #: In LUFS.
    loudness: float
    #: In dBTP.
    peak: float


def aim(sound: Sound) -> float:
    """Return the loudness before encoding that is the wanted one after decoding."""
    return sound.loudness - change_of(sound).gain


def ceiling(sound: Sound) -> float:
    """Return the true peak before encoding that stays under the wanted one after decoding."""
    change = change_of(sound)
    return sound.peak - change.gain - change.growth


def as_heard(levels: Levels, sound: Sound) -> Levels:
    """Return the levels after decoding; the peak is the highest it may be."""
    change = change_of(sound)
    return Levels(levels.loudness + change.gain, levels.peak + change.gain + change.growth)


def change_of(sound: Sound) -> Change:
    """Return what the encoder will do to the sound."""
    return FORMATS[sound.format].change(sound.encoding)


@dataclass(frozen=True, slots=True)
class Trial:
    """A gain, in dB, and the loudness that came of it, in LUFS."""

    gain: float
    loudness: float


def next_gain(trials: Sequence[Trial], wanted: float) -> float:
    """Return the gain to try next, after one trial or more.

    The limiter takes away the more the higher the gain is, so loudness rises with the gain, but ever more slowly:
    between a trial that was too quiet and one that was too loud it lies on the line between them, beyond them on the
    line through the last two.
    """
    quiet = [trial for trial in trials if trial.loudness <= wanted]
    loud = [trial for trial in trials if trial.loudness > wanted]
    if quiet and loud:
        low, high = max(quiet, key=_gain_of), min(loud, key=_gain_of)
        return low.gain + (high.gain - low.gain) * (wanted - low.loudness) / (high.loudness - low.loudness)
    last = trials[-1]
    slope = 1.0
    if len(trials) > 1 and (step := last.gain - trials[-2].gain):
        slope = min(1.0, max(_LEAST_SLOPE, (last.loudness - trials[-2].loudness) / step))
    return last.gain + (wanted - last.loudness) / slope


def _gain_of(trial: Trial) -> float:
    return trial.gain


def find_gain(sample: Samples, rate: int, sound: Sound) -> float:
    """Find the gain in dB that brings *sample* to the wanted loudness with its peaks limited; 0 for silence."""
    meter = LoudnessMeter(rate)
    meter.add(sample)
    trials = [Trial(0.0, meter.integrated)]
    while len(trials) <= _ROUNDS and trials[-1].loudness != SILENT and abs(aim(sound) - trials[-1].loudness) > _CLOSE:
        gain = next_gain(trials, aim(sound))
        trials.append(Trial(gain, _loudness_with(sample, rate, gain, sound)))
    return trials[-1].gain


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
