"""A look-ahead limiter, which lowers peaks gradually before they occur and leaves the rest unchanged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.loudness import SILENT, loud_stretches, stretches_around, true_peaks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Indices = NDArray[np.int64]

#: Look-ahead in seconds: about a period of a voice, so that the change of gain is inaudible.
LOOK_AHEAD = 0.003
#: Samples below this share of the ceiling have no true peak above it: a sine at a quarter of the sample
#: rate exceeds its samples by 3 dB, and speech by less.
_SAFE = 0.7
#: Number of frames on either side that the true peak of a sample depends on.
_MARGIN = 12


class Limiter:
    """Limits the true peak of a mono stream; the output is delayed by twice the look-ahead."""

    def __init__(self, rate: int, ceiling: float) -> None:
        """Create a limiter for *rate* frames per second with a *ceiling* in dBTP."""
        self._width = max(1, round(LOOK_AHEAD * rate))
        self._ceiling = 10 ** (ceiling / 20)
        # Enough of the past for the gain at the first new sample, and as much of the future held back.
        self._context = 2 * self._width + 16
        self._held = np.zeros(2 * self._context, dtype=np.float32)
        self._to_skip = self._context
        self._highest = 0.0

    def process(self, samples: Samples) -> Samples:
        """Take the next piece, and return the samples that are ready."""
        joined = np.concatenate((self._held, samples))
        ready = self._limit(joined)[self._context : joined.size - self._context]
        self._held = joined[-2 * self._context :]
        skipped, self._to_skip = self._to_skip, max(0, self._to_skip - ready.size)
        return ready[skipped:]

    def finish(self) -> Samples:
        """Return the remaining samples."""
        return self.process(np.zeros(self._context, dtype=np.float32))

    def _limit(self, samples: Samples) -> Samples:
        """Return the samples, lowered where the true peak is above the ceiling."""
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
        """Return the gain for each of *size* samples: the minimum of *needed* (at *indexes*) in a window, smoothed.

        The minimum over a window, then the mean over a window of the same width, is never above what a peak in the
        middle needs; two means of half the width bend gently. The ranges around the loud samples are concatenated for a
        single call of numpy. Each begins and ends with as much quiet as the windows are long, so that the gain of one
        does not affect the next.
        """
        gain = np.ones(size, dtype=np.float32)
        gain[indexes] = needed
        near = _indexes(stretches_around(indexes, self._context, size))
        least = _sliding_minimum(gain[near], 2 * self._width + 1)
        half = self._width // 2 * 2 + 1
        gain[near] = _sliding_mean(_sliding_mean(least, half), half)
        return gain

    def _note(self, level: float) -> None:
        """Record the level of the output, for `peak`."""
        self._highest = max(self._highest, level)

    @property
    def peak(self) -> float:
        """The true peak of the output so far, in dBTP; minus infinity for silence."""
        return float(20 * np.log10(self._highest)) if self._highest else SILENT


def _indexes(stretches: Indices) -> Indices:
    """Return the frames of all ranges; *stretches* has a row of start and end for each."""
    starts, lengths = stretches[:, 0], stretches[:, 1] - stretches[:, 0]
    # What counts on through all stretches, moved to each one's start.
    ends = np.cumsum(lengths)
    frames: Indices = np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)
    return frames


def _sliding_minimum(values: Samples, width: int) -> Samples:
    """Return the minimum in a window of *width* (odd) around each value, by doubling."""
    padded = np.pad(values, width // 2, constant_values=1.0)
    span = 1
    while span < width:
        step = min(span, width - span)
        padded = np.minimum(padded[: padded.size - step], padded[step:])
        span += step
    return padded


def _sliding_mean(values: Samples, width: int) -> Samples:
    """Return the mean in a window of *width* (odd) around each value; the values at the ends are repeated."""
    padded = np.pad(values, (width // 2 + 1, width // 2), mode="edge")
    sums = np.cumsum(padded, dtype=np.float64)
    return ((sums[width:] - sums[:-width]) / width).astype(np.float32)
