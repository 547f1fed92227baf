"""A look-ahead limiter: peaks come down before they arrive, and nothing else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.loudness import SILENT, loud_stretches, stretches_around, true_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Indices = NDArray[np.int64]

#: How far ahead it looks, in seconds: a speech period or so, too short for the ear to follow.
LOOK_AHEAD = 0.003
#: Samples under this share of the ceiling have no true peak above it: 3 dB is what a sine at a quarter of the sample
#: rate can hide, and speech has nothing like it.
_SAFE = 0.7
#: Frames on either side that the true peak of a sample takes.
_MARGIN = 12


class Limiter:
    """Holds the true peak of a mono stream under a ceiling; what comes out lags by twice the look-ahead."""

    def __init__(self, rate: int, ceiling: float) -> None:
        """Take the *rate* in frames a second and the *ceiling* in dBTP."""
        self._width = max(1, round(LOOK_AHEAD * rate))
        self._ceiling = 10 ** (ceiling / 20)
        # Enough of the past for the gain at the first new sample, and as much of the future held back.
        self._context = 2 * self._width + 16
        self._held = np.zeros(2 * self._context, dtype=np.float32)
        self._to_skip = self._context
        self._highest = 0.0

    def process(self, samples: Samples) -> Samples:
        """Take the next piece and give what is ready."""
        joined = np.concatenate((self._held, samples))
        ready = self._limit(joined)[self._context : joined.size - self._context]
        self._held = joined[-2 * self._context :]
        skipped, self._to_skip = self._to_skip, max(0, self._to_skip - ready.size)
        return ready[skipped:]

    def finish(self) -> Samples:
        """Return the rest."""
        return self.process(np.zeros(self._context, dtype=np.float32))

    def _limit(self, samples: Samples) -> Samples:
        """Turn down the samples whose true peak is over the ceiling; copy the others."""
        indexes = _indexes(loud_stretches(samples, self._ceiling * _SAFE, _MARGIN))
        if not indexes.size:
            self._note(float(np.abs(samples).max(initial=0.0)))
            return samples
        peaks = true_peaks(samples[indexes])
        # What is within the context of either end comes again, or came before; at the cuts themselves the
        # interpolation sees cliffs that are not there.
        ready = (indexes >= self._context) & (indexes < samples.size - self._context)
        over = peaks > self._ceiling
        if not over.any():
            self._note(float(peaks.max(initial=0.0, where=ready)))
            return samples
        gain = self._gain(samples.size, indexes[over], self._ceiling / peaks[over])
        self._note(float((peaks * gain[indexes]).max(initial=0.0, where=ready)))
        return samples * gain

    def _gain(self, size: int, indexes: Indices, needed: Samples) -> Samples:
        """Work out the gain for each of *size* samples: the least one *needed* at the samples near it, made smooth.

        The minimum over a window, then the mean over a window of the same width, is never above what a peak in the
        middle needs; two means of half the width bend gently. The stretches around the loud samples are put end to end,
        so that numpy is called once. Each begins and ends with quiet as long as the windows are, so that the gain of
        one does not reach into the next.
        """
        gain = np.ones(size, dtype=np.float32)
        gain[indexes] = needed
        near = _indexes(stretches_around(indexes, self._context, size))
        least = _sliding_minimum(gain[near], 2 * self._width + 1)
        half = self._width // 2 * 2 + 1
        gain[near] = _sliding_mean(_sliding_mean(least, half), half)
        return gain

    def _note(self, level: float) -> None:
        self._highest = max(self._highest, level)

    @property
    def peak(self) -> float:
        """True peak of what came out so far, in dBTP; minus infinity for silence."""
        return float(20 * np.log10(self._highest)) if self._highest else SILENT


def _indexes(stretches: Indices) -> Indices:
    """List the frames of all stretches, rows of start and end."""
    starts, lengths = stretches[:, 0], stretches[:, 1] - stretches[:, 0]
    # What counts on through all stretches, moved to each one's start.
    ends = np.cumsum(lengths)
    frames: Indices = np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)
    return frames


def _sliding_minimum(values: Samples, width: int) -> Samples:
    """Take the minimum over a window of *width* (odd) around each value, by doubling."""
    padded = np.pad(values, width // 2, constant_values=1.0)
    span = 1
    while span < width:
        step = min(span, width - span)
        padded = np.minimum(padded[: padded.size - step], padded[step:])
        span += step
    return padded


def _sliding_mean(values: Samples, width: int) -> Samples:
    """Take the mean over a window of *width* (odd) around each value; the ends repeat."""
    padded = np.pad(values, (width // 2 + 1, width // 2), mode="edge")
    sums = np.cumsum(padded, dtype=np.float64)
    return ((sums[width:] - sums[:-width]) / width).astype(np.float32)
