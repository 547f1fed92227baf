"""How loud it is: integrated loudness and true peak after ITU-R BS.1770-5 and EBU R 128.

Streaming, in numpy: pyebur128 has no wheels past Python 3.12 and pyloudnorm brings 113 MB of SciPy and no true peak.
The tests hold it against the cases of EBU Tech 3341 and, where they are installed, ffmpeg and libebur128.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

#: Loudness of silence, and of recordings too short for one gating block.
SILENT = float("-inf")

#: BS.1770-5: gating blocks of 400 ms that overlap by three quarters.
_HOP = 0.1
_HOPS_PER_BLOCK = 4
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
_OFFSET = -0.691

#: The K filter's response has died away (under -110 dB) after this many seconds.
_MEMORY = 0.14
#: Hops that one transform filters: with the memory before them just under a power of two at 22,050 and 44,100 Hz,
#: and small enough to stay in the processor's cache.
_HOPS_PER_TRANSFORM = 6


class LoudnessMeter:
    """Measures the integrated loudness of a mono stream, a piece at a time."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._hop = round(_HOP * rate)
        self._memory = round(_MEMORY * rate)
        #: What was heard but not yet measured, after the filter's memory of what was.
        self._waiting = np.zeros(self._memory, dtype=np.float32)
        self._energies: list[NDArray[np.float64]] = []

    def add(self, samples: Samples) -> None:
        """Listen to the next piece, of any length."""
        self._waiting = np.concatenate((self._waiting, samples))
        self._measure(_HOPS_PER_TRANSFORM * self._hop)

    @property
    def integrated(self) -> float:
        """Loudness so far, in LUFS; minus infinity for silence."""
        self._measure(self._hop)
        if not self._energies:
            return SILENT
        return _gated(np.concatenate(self._energies))

    def _measure(self, stretch: int) -> None:
        """Measure as many stretches of so many frames as are waiting."""
        count = (self._waiting.size - self._memory) // stretch
        if count < 1:
            return
        windows = np.lib.stride_tricks.sliding_window_view(self._waiting, self._memory + stretch)[::stretch][:count]
        weighted = _weight(windows, self._rate)[:, self._memory :]
        hops = np.ascontiguousarray(weighted).reshape(-1, self._hop)
        self._energies.append(np.einsum("ij,ij->i", hops, hops).astype(np.float64) / self._hop)
        self._waiting = self._waiting[count * stretch :].copy()


def _gated(energies: NDArray[np.float64]) -> float:
    """Average the energies of 100 ms hops over the blocks that pass both gates."""
    if energies.size < _HOPS_PER_BLOCK:
        return SILENT
    blocks = np.convolve(energies, np.full(_HOPS_PER_BLOCK, 1 / _HOPS_PER_BLOCK), mode="valid")
    blocks = blocks[blocks > _power(_ABSOLUTE_GATE)]
    if not blocks.size:
        return SILENT
    loud = blocks[blocks > _power(_loudness(blocks.mean()) + _RELATIVE_GATE)]
    return _loudness(loud.mean())


def _loudness(power: float) -> float:
    return float(_OFFSET + 10 * np.log10(power))


def _power(loudness: float) -> float:
    return float(10 ** ((loudness - _OFFSET) / 10))


def _weight(windows: Samples, rate: int) -> Samples:
    """Filter each row with the K curve; the first `_MEMORY` seconds of a row are not valid."""
    length = windows.shape[1]
    size = _transform_size(length)
    spectrum = np.fft.rfft(windows, size)
    spectrum *= _k_curve(rate, size)
    return np.asarray(np.fft.irfft(spectrum, size)[:, :length], dtype=np.float32)


def _transform_size(frames: int) -> int:
    """Take the next size of the form 2^k or 3 * 2^k, which are fast."""
    power = 1 << (frames - 1).bit_length()
    return power * 3 // 4 if power * 3 // 4 >= frames else power


@lru_cache(maxsize=16)
def _k_curve(rate: int, size: int) -> NDArray[np.complex64]:
    """Sample the frequency response of BS.1770's two filters, re-derived for *rate* from their analogue prototypes."""
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    shelf = _biquad(*_shelf(rate), z)
    high_pass = _biquad(*_high_pass(rate), z)
    curve: NDArray[np.complex64] = (shelf * high_pass).astype(np.complex64)
    return curve


def _biquad(
    b: tuple[float, float, float], a: tuple[float, float, float], z: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    numerator = b[0] + b[1] * z + b[2] * z * z
    denominator = a[0] + a[1] * z + a[2] * z * z
    return np.asarray(numerator / denominator)


_Coefficients = tuple[tuple[float, float, float], tuple[float, float, float]]


def _shelf(rate: int) -> _Coefficients:
    """Derive stage 1, the head's shelf; the constants reproduce BS.1770's table at 48 kHz."""
    k = np.tan(np.pi * 1681.974450955533 / rate)
    q, gain = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    bend = gain**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = ((gain + bend * k / q + k * k) / a0, 2 * (k * k - gain) / a0, (gain - bend * k / q + k * k) / a0)
    return b, (1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)


def _high_pass(rate: int) -> _Coefficients:
    """Derive stage 2, the low cut."""
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
    """Make the filters that give the three values between two samples: a windowed sinc, a row a phase."""
    offsets = np.arange(_TAPS) - (_TAPS // 2 - 1)
    rows = [np.sinc(offsets - phase / _PHASES) * np.kaiser(_TAPS, 7.0) for phase in range(1, _PHASES)]
    return np.array([row / row.sum() for row in rows], dtype=np.float32)


def true_peaks(samples: Samples) -> Samples:
    """Give for each sample the highest level, linear, from it up to the next sample (BS.1770-5, annex 2).

    The ends are taken to go on in silence.
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


def loud_stretches(samples: Samples, threshold: float, margin: int) -> list[tuple[int, int]]:
    """Find the stretches in which samples pass *threshold*, each widened by *margin* and joined where they meet."""
    loud = np.flatnonzero(np.abs(samples) > threshold)
    return stretches_around(loud, margin, samples.size) if loud.size else []


def stretches_around(places: NDArray[np.int64], margin: int, size: int) -> list[tuple[int, int]]:
    """Widen each of *places* (rising, at least one) by *margin*, within *size*, and join what meets."""
    breaks = np.flatnonzero(np.diff(places) > 2 * margin)
    starts = np.concatenate((places[:1], places[breaks + 1]))
    ends = np.concatenate((places[breaks], places[-1:]))
    return [(max(0, int(a) - margin), min(size, int(b) + margin + 1)) for a, b in zip(starts, ends, strict=True)]


class PeakMeter:
    """Measures the true peak of a mono stream, a piece at a time; between its last dozen samples only theirs count."""

    #: Between samples the level rises by less than this over the samples themselves in any sound that LAME passes.
    _HEADROOM = 0.6

    def __init__(self) -> None:
        self._history = np.zeros(_TAPS, dtype=np.float32)
        self._peak = 0.0

    def add(self, samples: Samples) -> None:
        """Listen to the next piece, of any length."""
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
        """True peak so far, in dBTP; minus infinity for silence."""
        return float(20 * np.log10(self._peak)) if self._peak else SILENT
