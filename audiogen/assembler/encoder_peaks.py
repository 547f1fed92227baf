"""Peaks that an encoder throws by itself, found in the finished file, and the dips that keep it from doing so.

Opus at the rates of speech (24 and 32 kbit/s, where its linear prediction is at work) now and then makes a single peak
of a few samples at full scale, one or two in some minutes of synthetic speech. It comes whatever the level before: a
lower ceiling does not help, but a slightly other sound at that moment does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.decoding import decoded
from audiogen.assembler.loudness import SILENT, loud_stretches, true_peaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

#: Share of a level under which samples have no true peak above it; frames around a sample that its true peak takes.
_SAFE = 0.6
_MARGIN = 24
_EDGE = _MARGIN // 2
#: Seconds within which peaks count as one: a frame of the encoder.
_TOGETHER = 0.02
#: How deep a dip is, in dB, how long on either side of the peak, and its ramps, in seconds: too shallow to be heard.
_DEPTH = 2.0
_REACH = 0.05
_RAMP = 0.02


@dataclass(frozen=True, slots=True)
class Peaks:
    """What was found in a file."""

    #: In dBTP; minus infinity for silence.
    highest: float
    #: Seconds at which the true peak is over the ceiling, one for each frame.
    over: tuple[float, ...]


def find_peaks(path: Path, ceiling: float) -> Peaks:
    """Decode the file at *path*, and find where its true peak is over the *ceiling* in dBTP.

    Raises:
        AssemblyError: it cannot be read.
    """
    limit = 10 ** (ceiling / 20)
    held = np.zeros(_MARGIN, dtype=np.float32)
    highest, times, frame = 0.0, [], -_EDGE
    with decoded(path) as sound:
        for block in chain(sound.blocks, (held,)):
            joined = np.concatenate((held, block))
            # Near a cut the interpolation sees a cliff that is not there; each frame comes once with its neighbours.
            peaks = _true_peaks(joined, limit)[_EDGE:-_EDGE]
            highest = max(highest, float(peaks.max(initial=0.0)))
            times += ((np.flatnonzero(peaks > limit) + frame) / sound.rate).tolist()
            held, frame = joined[-_MARGIN:], frame + block.size
    return Peaks(float(20 * np.log10(highest)) if highest else SILENT, tuple(_first_of_each(times)))


def _true_peaks(samples: Samples, limit: float) -> Samples:
    """Return the true peak at each sample where it may be over the *limit*, and the sample's own level elsewhere."""
    levels = np.abs(samples)
    for start, end in loud_stretches(samples, limit * _SAFE, _MARGIN).tolist():
        levels[start:end] = true_peaks(samples[start:end])
    return levels


def _first_of_each(peaks: Iterable[float]) -> Iterator[float]:
    """Yield the first of those that lie close together."""
    latest = float("-inf")
    for peak in peaks:
        if peak - latest > _TOGETHER:
            yield peak
        latest = peak


def dipped(pieces: Iterable[Samples], peaks: Iterable[float], rate: int) -> Iterator[Samples]:
    """Turn the sound down for a moment at each of *peaks* (seconds); one that comes twice, twice as deep."""
    wanted = sorted(peaks)
    frame = 0
    for piece in pieces:
        start, end = frame / rate, (frame + piece.size) / rate
        near = [peak for peak in wanted if start - _REACH < peak < end + _REACH]
        yield _lowered(piece, frame, near, rate) if near else piece
        frame += piece.size


def _lowered(piece: Samples, frame: int, peaks: list[float], rate: int) -> Samples:
    time = (np.arange(piece.size) + frame) / rate
    depth = np.zeros(piece.size)
    for peak in peaks:
        depth += _DEPTH * np.clip((_REACH - np.abs(time - peak)) / _RAMP, 0, 1)
    return np.asarray(piece * 10 ** (-depth / 20), dtype=np.float32)
