"""Compares two recordings of the same text, and finds the range where they differ most.

Both are converted to log-mel spectra and aligned by dynamic time warping. If a voice speaks a text the same way each
time (eSpeak, hibari), a new clip fits the published sound frame by frame, even after MP3 encoding and levelling. Where
a word was cut out, doubled or replaced, the path leaves the diagonal, or the spectra differ for the length of the word.
No speech recognition is needed, so this works for names, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Frames = NDArray[np.float32]

#: Sample rate of sounds that are compared, and the highest frequency that is used: MP3 keeps it at any quality.
RATE = 16_000
MAX_FREQUENCY = 6_500.0
_MIN_FREQUENCY = 100.0
_BANDS = 24
_WIDTH = 512
#: Seconds between spectra; more for a sound so long that the matrix would not fit into memory.
HOP = 0.02
_MAX_FRAMES = 3_000
#: Lowest power of a band relative to the loudest (-40 dB); a lower one is noise of the encoder.
_FLOOR = 1e-4
#: Frames over which the difference of two spectra is averaged: the length of a short word.
_WORD_FRAMES = 6


@dataclass(frozen=True, slots=True)
class Divergence:
    """Measures of the difference between two recordings."""

    #: Mean difference of the spectra over a short word's time, in nepers.
    difference: float
    #: Longest sound that only the published recording has, and that only the new one has, in seconds.
    extra: float
    missing: float
    #: The time of the greatest difference in the published recording, in seconds.
    time: float


def compare(published: Samples, fresh: Samples) -> Divergence:
    """Return the difference between a published recording and a new one of the same text, both at `RATE`."""
    hop = max(HOP, max(published.size, fresh.size) / RATE / _MAX_FRAMES)
    one, other = spectra(published, hop), spectra(fresh, hop)
    path = _align(one, other)
    differences = np.abs(one[path[:, 0]] - other[path[:, 1]]).mean(axis=1)
    window = np.ones(min(_WORD_FRAMES, path.shape[0])) / min(_WORD_FRAMES, path.shape[0])
    smooth = np.convolve(differences, window, "same")
    return Divergence(
        round(float(smooth.max()), 3),
        round(_longest_stop(path[:, 1], _audible(one)[path[:, 0]]) * hop, 3),
        round(_longest_stop(path[:, 0], _audible(other)[path[:, 1]]) * hop, 3),
        round(float(path[int(smooth.argmax()), 0]) * hop, 2),
    )


def spectra(samples: Samples, hop: float = HOP) -> Frames:
    """Return a log-mel spectrum for every *hop* seconds, relative to the recording's level."""
    step = max(1, round(hop * RATE))
    padded = np.pad(samples, (_WIDTH // 2, _WIDTH))
    windows = np.lib.stride_tricks.sliding_window_view(padded, _WIDTH)[::step]
    power = np.abs(np.fft.rfft(windows * np.hanning(_WIDTH).astype(np.float32))) ** 2 @ _filters().T
    loud = float(np.quantile(power.max(axis=1), 0.95)) or 1.0
    return np.log(np.maximum(power / loud, _FLOOR)).astype(np.float32)


def _filters() -> NDArray[np.float64]:
    """Return the triangular filters of the mel scale."""
    low, high = 2595 * np.log10(1 + _MIN_FREQUENCY / 700), 2595 * np.log10(1 + MAX_FREQUENCY / 700)
    edges = 700 * (10 ** (np.linspace(low, high, _BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(_WIDTH, 1 / RATE)
    rising = (bins - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins) / (edges[2:] - edges[1:-1])[:, None]
    return np.asarray(np.maximum(0.0, np.minimum(rising, falling)), dtype=np.float64)


def _audible(frames: Frames) -> NDArray[np.bool_]:
    """Return for each frame whether it has sound: at most 35 dB below the loudest."""
    return np.asarray(frames.max(axis=1) > np.log(10 ** (-35 / 10)))


def _longest_stop(indexes: NDArray[np.int64], audible: NDArray[np.bool_]) -> int:
    """Return the most audible frames of one recording that the path aligns with a single frame of the other."""
    longest = run = 0
    for still, heard in zip(np.diff(indexes) == 0, audible[1:], strict=True):
        run = run + int(heard) if still else 0
        longest = max(longest, run)
    return longest


def _align(one: Frames, other: Frames) -> NDArray[np.int64]:
    """Return pairs of frames of the best alignment (dynamic time warping); steps in one recording only cost more."""
    costs = np.sqrt(np.maximum((one**2).sum(1)[:, None] + (other**2).sum(1) - 2 * one @ other.T, 0.0))
    reached = np.full((len(one) + 1, len(other) + 1), np.inf, dtype=np.float64)
    reached[0, 0] = 0.0
    for row, cost in enumerate(costs.astype(np.float64), 1):
        # The extra cost of a step in one recording alone keeps the path from wandering in steady sounds.
        above = np.minimum(reached[row - 1, :-1], reached[row - 1, 1:] + _SIDE_STEP) + cost
        ahead = np.cumsum(cost + _SIDE_STEP)
        reached[row, 1:] = np.minimum.accumulate(above - ahead) + ahead
    return _trace_back(reached)


#: Extra cost of a step in one recording alone: a tenth of the usual distance between unlike frames.
_SIDE_STEP = 0.8


def _trace_back(reached: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the best path through a matrix of alignment costs, traced back from its end."""
    row, column = reached.shape[0] - 1, reached.shape[1] - 1
    path = []
    while row > 0 and column > 0:
        path.append((row - 1, column - 1))
        steps = (
            reached[row - 1, column - 1],
            reached[row - 1, column] + _SIDE_STEP,
            reached[row, column - 1] + _SIDE_STEP,
        )
        best = int(np.argmin(steps))
        row, column = row - (best != 2), column - (best != 1)
    return np.array(path[::-1])
