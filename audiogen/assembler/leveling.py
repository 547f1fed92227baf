"""Finds the gain of a recording from its beginning, and corrects it at its end."""

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

#: Tolerance of the search for the gain, in LU, and maximum number of trials.
_CLOSE = 0.1
_ROUNDS = 8
#: Minimum slope, in LU per dB, that is assumed: near the maximum loudness, a larger step would only distort.
_LEAST_SLOPE = 0.2


@dataclass(frozen=True, slots=True)
class Levels:
    """The measured levels of the sound before encoding."""

    #: Integrated loudness in LUFS.
    loudness: float
    #: True peak in dBTP.
    peak: float


def target_loudness(sound: Sound) -> float:
    """Return the loudness before encoding, in LUFS, that gives the wanted one after decoding."""
    return sound.loudness - change_of(sound).gain


def ceiling(sound: Sound) -> float:
    """Return the true peak before encoding, in dBTP, that stays below the wanted one after decoding."""
    change = change_of(sound)
    return sound.peak - change.gain - change.growth


def after_decoding(levels: Levels, sound: Sound) -> Levels:
    """Return the levels after decoding; the peak is the highest possible one."""
    change = change_of(sound)
    return Levels(levels.loudness + change.gain, levels.peak + change.gain + change.growth)


def change_of(sound: Sound) -> Change:
    """Return the encoder's change of the level."""
    return FORMATS[sound.format].change(sound.encoding)


@dataclass(frozen=True, slots=True)
class Trial:
    """A gain in dB, and the resulting loudness in LUFS."""

    gain: float
    loudness: float


def next_gain(trials: Sequence[Trial], wanted: float) -> float:
    """Return the gain to try next, in dB, after at least one trial.

    The limiter removes more at a higher gain, so loudness increases with the gain more and more slowly. Between a trial
    that was too quiet and one that was too loud, the gain is interpolated; otherwise it is extrapolated from the last
    two.
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
    """Return the gain of a trial, as a sort key."""
    return trial.gain


def find_gain(sample: Samples, rate: int, sound: Sound) -> float:
    """Return the gain in dB with which *sample* has the wanted loudness after limiting; 0 for silence."""
    meter = LoudnessMeter(rate)
    meter.add(sample)
    trials = [Trial(0.0, meter.integrated)]
    while (
        len(trials) <= _ROUNDS
        and trials[-1].loudness != SILENT
        and abs(target_loudness(sound) - trials[-1].loudness) > _CLOSE
    ):
        gain = next_gain(trials, target_loudness(sound))
        trials.append(Trial(gain, _loudness_with(sample, rate, gain, sound)))
    return trials[-1].gain


def _loudness_with(sample: Samples, rate: int, gain: float, sound: Sound) -> float:
    """Return the loudness of *sample* with a gain and the limiter, in LUFS."""
    meter = LoudnessMeter(rate)
    for piece in limited((sample,), Limiter(rate, ceiling(sound)), gain):
        meter.add(piece)
    return meter.integrated


def limited(pieces: Iterable[Samples], limiter: Limiter, gain: float) -> Iterator[Samples]:
    """Yield the pieces with the *gain* in dB and the limiter applied."""
    factor = np.float32(10 ** (gain / 20))
    for piece in pieces:
        yield limiter.process(piece * factor)
    yield limiter.finish()
