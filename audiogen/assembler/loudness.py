"""Measures integrated loudness and true peak by ITU-R BS.1770-5 and EBU R 128.

It is streaming and uses numpy: pyebur128 has no wheels for Python above 3.12, and pyloudnorm needs 113 MB of SciPy and
has no true peak. The tests compare it with the cases of EBU Tech 3341 and, if installed, ffmpeg and libebur128.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

#: Loudness of silence, and of recordings too short for one gating block.
SILENT = float("-inf")

#: BS.1770-5: gating blocks of 400 ms that overlap by 75 %.
_HOP = 0.1
_HOPS_PER_BLOCK = 4
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
_OFFSET = -0.691

#: Frames that one product of matrices filters, and blocks of them in a stretch: 96 x 48 x 48 multiplications are under
#: the 262,144 from which OpenBLAS wakes a thread for each core (see `_STRETCH`).
_BLOCK, _BLOCKS = 48, 96
#: Maximum number of stretches that are filtered at once; it limits the memory.
_MAX_STRETCHES = 64
#: Share, -180 dB, below which the effect of earlier blocks on the filter is ignored.
_FORGOTTEN = 1e-9


class LoudnessMeter:
    """Measures the integrated loudness of a mono stream in pieces."""

    def __init__(self, rate: int) -> None:
        self._filter = _k_filter(rate)
        self._hop = round(_HOP * rate)
        #: The filter's state, and the samples that are not filtered yet.
        self._state = np.zeros(self._filter.reach.shape[1])
        self._waiting = np.zeros(0, dtype=np.float32)
        #: Squares of the incomplete hop, and the mean squares of the complete ones.
        self._squares = np.zeros(0, dtype=np.float32)
        self._energies: list[NDArray[np.float64]] = []

    def add(self, samples: Samples) -> None:
        """Measure the next piece, of any length."""
        heard = np.concatenate((self._waiting, samples))
        stretch = _BLOCK * _BLOCKS
        whole = heard.size // stretch * stretch
        for start in range(0, whole, _MAX_STRETCHES * stretch):
            piece = heard[start : min(whole, start + _MAX_STRETCHES * stretch)]
            weighted, self._state = self._filter(piece, self._state)
            energies, self._squares = self._mean_squares(weighted)
            self._energies.append(energies)
        self._waiting = heard[whole:].copy()

    @property
    def integrated(self) -> float:
        """The loudness so far, in LUFS; minus infinity for silence."""
        padded = np.concatenate((self._waiting, np.zeros(-self._waiting.size % (_BLOCK * _BLOCKS), np.float32)))
        weighted, _ = self._filter(padded, self._state)
        last, _ = self._mean_squares(weighted[: self._waiting.size])
        return _gated(np.concatenate((*self._energies, last)))

    def _mean_squares(self, weighted: Samples) -> tuple[NDArray[np.float64], Samples]:
        """Return the mean square of each complete hop, and the squares of the rest."""
        squares = np.concatenate((self._squares, weighted * weighted))
        full = squares.size // self._hop * self._hop
        means = squares[:full].reshape(-1, self._hop).mean(axis=1).astype(np.float64)
        return means, squares[full:].copy()


def _gated(energies: NDArray[np.float64]) -> float:
    """Return the loudness, in LUFS, of the blocks that pass both gates; *energies* are those of 100 ms hops."""
    if energies.size < _HOPS_PER_BLOCK:
        return SILENT
    blocks = np.convolve(energies, np.full(_HOPS_PER_BLOCK, 1 / _HOPS_PER_BLOCK), mode="valid")
    blocks = blocks[blocks > _power(_ABSOLUTE_GATE)]
    if not blocks.size:
        return SILENT
    loud = blocks[blocks > _power(_loudness(blocks.mean()) + _RELATIVE_GATE)]
    return _loudness(loud.mean())


def _loudness(power: float) -> float:
    """Return the loudness, in LUFS, of a mean square."""
    return float(_OFFSET + 10 * np.log10(power))


def _power(loudness: float) -> float:
    """Return the mean square of a loudness in LUFS."""
    return float(10 ** ((loudness - _OFFSET) / 10))


@dataclass(frozen=True, slots=True)
class _KFilter:
    """BS.1770's two filters in series, as matrices that process a block of frames at a time.

    The output of a recursive filter consists of the response to the block itself, and of the response to a state of
    four numbers. The states of successive blocks follow a recursion, which doubling solves for all blocks at once:
    first each block's effect on the next one, then that of two blocks on the next two, of four, until the effect is
    negligible. It takes a third of the time of a filter by Fourier transforms.
    """

    #: Matrices from a block to its output and to the state after it, and from a state to the next block's output.
    within: Samples
    reach: Samples
    onward: Samples
    #: Matrices from a state to the state after 1, 2, 4… blocks.
    decays: tuple[NDArray[np.float64], ...]

    def __call__(self, samples: Samples, state: NDArray[np.float64]) -> tuple[Samples, NDArray[np.float64]]:
        """Filter *samples*, and return them with the state to pass with the next ones.

        *state* is the one after the previous samples. The number of samples is a multiple of `_BLOCKS * _BLOCK`.
        """
        blocks = samples.reshape(-1, _BLOCKS, _BLOCK)
        left = np.concatenate((state[None], (blocks @ self.reach).reshape(-1, state.size).astype(np.float64)))
        for power, decay in enumerate(self.decays):
            left[1 << power :] += left[: -(1 << power)] @ decay
        filtered = blocks @ self.within
        filtered += left[:-1].astype(np.float32).reshape(-1, _BLOCKS, state.size) @ self.onward
        return filtered.reshape(-1), left[-1]


@lru_cache(maxsize=16)
def _k_filter(rate: int) -> _KFilter:
    """Return the K filter for *rate*; its coefficients are derived from the analogue prototypes."""
    step, entry, exit_, direct = _in_series(_states(*_shelf(rate)), _states(*_high_pass(rate)))
    powers = [np.eye(len(entry))]
    for _ in range(_BLOCK):
        powers.append(step @ powers[-1])
    response = np.array([direct, *(exit_ @ power @ entry for power in powers[: _BLOCK - 1])])
    within = np.zeros((_BLOCK, _BLOCK))
    for row in range(_BLOCK):
        within[row, row:] = response[: _BLOCK - row]
    reach = np.array([power @ entry for power in powers[_BLOCK - 1 :: -1]])
    onward = np.array([exit_ @ power for power in powers[:_BLOCK]]).T
    decays = [powers[_BLOCK].T]
    while np.abs(decays[-1]).max() > _FORGOTTEN:
        decays.append(decays[-1] @ decays[-1])
    return _KFilter(_single(within), _single(reach), _single(onward), tuple(decays))


def _single(matrix: NDArray[np.float64]) -> Samples:
    """Return a matrix in single precision."""
    return np.ascontiguousarray(matrix, dtype=np.float32)


#: A state-space filter: state to state, input to state, state to output, input to output.
_States = tuple["NDArray[np.float64]", "NDArray[np.float64]", "NDArray[np.float64]", float]


def _states(b: tuple[float, float, float], a: tuple[float, float, float]) -> _States:
    """Return the state-space form of a biquad (transposed direct form II)."""
    step = np.array([[-a[1], 1.0], [-a[2], 0.0]])
    return step, np.array([b[1] - a[1] * b[0], b[2] - a[2] * b[0]]), np.array([1.0, 0.0]), b[0]


def _in_series(first: _States, second: _States) -> _States:
    """Return the filter that applies the first and then the second filter."""
    step = np.block([[first[0], np.zeros((2, 2))], [np.outer(second[1], first[2]), second[0]]])
    entry, exit_ = np.concatenate((first[1], second[1] * first[3])), np.concatenate((second[3] * first[2], second[2]))
    return step, entry, exit_, first[3] * second[3]


_Coefficients = tuple[tuple[float, float, float], tuple[float, float, float]]


def _shelf(rate: int) -> _Coefficients:
    """Return the coefficients of stage 1, the high shelf; the constants reproduce BS.1770's table at 48 kHz."""
    k = np.tan(np.pi * 1681.974450955533 / rate)
    q, gain = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    bend = gain**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = ((gain + bend * k / q + k * k) / a0, 2 * (k * k - gain) / a0, (gain - bend * k / q + k * k) / a0)
    return b, (1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def _high_pass(rate: int) -> _Coefficients:
    """Return the coefficients of stage 2, the high pass."""
    k = np.tan(np.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    return (1.0, -2.0, 1.0), (1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


#: Phases of the interpolation filter between two samples, and taps of each.
_PHASES = 4
_TAPS = 24
#: Samples that are interpolated at a time: 3 phases x 24 taps x 2,048 stay in the processor's cache, and under the
#: 262,144 multiplications from which OpenBLAS wakes a thread for each core. These then wait in a loop, at full load,
#: for the next product, which cost a ten-minute article two CPU seconds on two cores.
_STRETCH = 2048


@lru_cache(maxsize=1)
def _interpolator() -> NDArray[np.float32]:
    """Return the filters for the three values between two samples: a windowed sinc, one row per phase."""
    offsets = np.arange(_TAPS) - (_TAPS // 2 - 1)
    rows = [np.sinc(offsets - phase / _PHASES) * np.kaiser(_TAPS, 7.0) for phase in range(1, _PHASES)]
    return np.array([row / row.sum() for row in rows], dtype=np.float32)


def true_peaks(samples: Samples) -> Samples:
    """Return for each sample the highest level, linear, between it and the next sample (BS.1770-5, annex 2).

    Silence is assumed before and after the samples.
    """
    peaks = np.abs(samples)
    padded = np.concatenate((np.zeros(_TAPS // 2 - 1, np.float32), samples, np.zeros(_TAPS // 2, np.float32)))
    # One matrix product for all phases, in stretches that stay in the processor's cache: three times as fast as three
    # convolutions.
    for start in range(0, samples.size, _STRETCH):
        stretch = peaks[start : start + _STRETCH]
        shifted = np.lib.stride_tricks.sliding_window_view(
            padded[start : start + stretch.size + _TAPS - 1], stretch.size
        )
        np.maximum(stretch, np.abs(_interpolator() @ shifted).max(axis=0), out=stretch)
    return peaks


def loud_stretches(samples: Samples, threshold: float, margin: int) -> NDArray[np.int64]:
    """Return the ranges in which samples exceed *threshold*, extended by *margin* and merged if they meet.

    The result has a row of start and end for each range.
    """
    return stretches_around(np.flatnonzero(np.abs(samples) > threshold), margin, samples.size)


def stretches_around(indexes: NDArray[np.int64], margin: int, size: int) -> NDArray[np.int64]:
    """Return the ranges of *margin* around each of *indexes* (ascending), within *size*, merged if they meet.

    The result has a row of start and end for each range.
    """
    breaks = np.flatnonzero(np.diff(indexes) > 2 * margin)
    starts = np.concatenate((indexes[:1], indexes[breaks + 1]))
    ends = np.concatenate((indexes[breaks], indexes[-1:]))
    return np.stack((np.maximum(0, starts - margin), np.minimum(size, ends + margin + 1)), axis=1)


class PeakMeter:
    """Measures the true peak of a mono stream in pieces; between its last dozen samples, only the samples count."""

    #: In any sound that LAME passes, the level between samples exceeds the samples by less than this factor allows.
    _HEADROOM = 0.6

    def __init__(self) -> None:
        self._history = np.zeros(_TAPS, dtype=np.float32)
        self._peak = 0.0

    def add(self, samples: Samples) -> None:
        """Measure the next piece, of any length."""
        joined = np.concatenate((self._history, samples))
        self._peak = max(self._peak, float(np.abs(joined).max(initial=0.0)))
        # Near a cut the interpolation would see a cliff that is not there; the next piece brings what it needs.
        first = _TAPS // 2 - 1
        within = np.abs(joined[first:-first]) > self._peak * self._HEADROOM
        loud = np.flatnonzero(within[1:] | within[:-1])
        windows = np.lib.stride_tricks.sliding_window_view(joined, _TAPS)
        for start in range(0, loud.size, _STRETCH):
            between = windows[loud[start : start + _STRETCH]] @ _interpolator().T
            self._peak = max(self._peak, float(np.abs(between).max()))
        self._history = joined[-_TAPS:]

    @property
    def peak(self) -> float:
        """The true peak so far, in dBTP; minus infinity for silence."""
        return float(20 * np.log10(self._peak)) if self._peak else SILENT
