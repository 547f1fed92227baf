"""Finds peaks that an encoder adds, in the finished file, and lowers the sound there before it is encoded again.

Opus at low rates (24 and 32 kbit/s, where it uses linear prediction) occasionally adds a peak of a few samples at full
scale, one or two in some minutes of synthetic speech. A lower ceiling does not prevent it, but a slight change of the
sound at that moment does.
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

#: Samples below this share of a level have no true peak above it; and number of frames around a sample for its true
#: peak.
_SAFE = 0.6
_MARGIN = 24
_EDGE = _MARGIN // 2
#: Peaks within this time, in seconds, count as one; it is the length of the encoder's frame.
_TOGETHER = 0.02
#: Depth of a dip in dB, its length on either side of the peak, and of its ramps, in seconds; it is inaudible.
_DEPTH = 2.0
_REACH = 0.05
_RAMP = 0.02


@dataclass(frozen=True, slots=True)
class Peaks:
    """The peaks in a file."""

    #: The true peak in dBTP; minus infinity for silence.
    highest: float
    #: Times, in seconds, at which the true peak is above the ceiling, at most one per encoder frame.
    over: tuple[float, ...]


def find_peaks(path: Path, ceiling: float) -> Peaks:
    """Decode a file and return the times at which its true peak is above *ceiling*, in dBTP.

    Raises:
        AssemblyError: It cannot be read.
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
    """Return the true peak at each sample where it may be above *limit*, and the sample's own level elsewhere."""
    levels = np.abs(samples)
    for start, end in loud_stretches(samples, limit * _SAFE, _MARGIN).tolist():
        levels[start:end] = true_peaks(samples[start:end])
    return levels


def _first_of_each(peaks: Iterable[float]) -> Iterator[float]:
    """Yield the first of the peaks that are close together."""
    latest = float("-inf")
    for peak in peaks:
        if peak - latest > _TOGETHER:
            yield peak
        latest = peak


def dipped(pieces: Iterable[Samples], peaks: Iterable[float], rate: int) -> Iterator[Samples]:
    """Yield the sound, lowered for a moment at each of *peaks* (seconds); at one that occurs twice by twice as much."""
    wanted = sorted(peaks)
    frame = 0
    for piece in pieces:
        start, end = frame / rate, (frame + piece.size) / rate
        near = [peak for peak in wanted if start - _REACH < peak < end + _REACH]
        yield _lowered(piece, frame, near, rate) if near else piece
        frame += piece.size


def _lowered(piece: Samples, frame: int, peaks: list[float], rate: int) -> Samples:
    """Return a piece that begins at *frame*, lowered around these peaks."""
    time = (np.arange(piece.size) + frame) / rate
    depth = np.zeros(piece.size)
    for peak in peaks:
        depth += _DEPTH * np.clip((_REACH - np.abs(time - peak)) / _RAMP, 0, 1)
    return np.asarray(piece * 10 ** (-depth / 20), dtype=np.float32)
