"""The meters against EBU Tech 3341, ffmpeg and libebur128."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.assembler.loudness import SILENT, LoudnessMeter, PeakMeter, loud_stretches, true_peaks
from tests.assembler.sounds import (
    FFMPEG,
    LIBEBUR128,
    babble,
    ffmpeg_levels,
    libebur128_levels,
    sine,
    write_wav,
)

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATES = [16_000, 22_050, 24_000, 44_100, 48_000]
#: The cases are for two channels; one channel alone is this much quieter.
ONE_CHANNEL = 10 * np.log10(2)


def loudness_of(samples: Samples, rate: int, piece: int = 10_000) -> float:
    meter = LoudnessMeter(rate)
    for start in range(0, samples.size, piece):
        meter.add(samples[start : start + piece])
    return meter.integrated


def peak_of(samples: Samples, piece: int = 10_000) -> float:
    meter = PeakMeter()
    for start in range(0, samples.size, piece):
        meter.add(samples[start : start + piece])
    return meter.peak


def steps(rate: int, levels: list[tuple[float, float]]) -> Samples:
    """A sine of 1 kHz whose level changes: pairs of seconds and dBFS."""
    return np.concatenate([sine(seconds, rate, level=level + ONE_CHANNEL) for seconds, level in levels])


#: EBU Tech 3341, table 1, cases 1 to 5: what comes and the integrated loudness, within 0.1 LU.
TECH_3341: dict[str, tuple[list[tuple[float, float]], float]] = {
    "case 1": ([(20, -23.0)], -23.0),
    "case 2": ([(20, -33.0)], -33.0),
    "case 3": ([(10, -36.0), (60, -23.0), (10, -36.0)], -23.0),
    "case 4": ([(10, -72.0), (10, -36.0), (60, -23.0), (10, -36.0), (10, -72.0)], -23.0),
    "case 5": ([(20, -26.0), (20.1, -20.0), (20, -26.0)], -23.0),
}


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("case", TECH_3341)
def test_integrated_loudness_is_that_of_tech_3341(case: str, rate: int) -> None:
    levels, expected = TECH_3341[case]
    assert loudness_of(steps(rate, levels), rate) == pytest.approx(expected, abs=0.1)


#: EBU Tech 3341, cases 15 to 19: share of the sample rate, phase, peak in dBFS, and true peak, within +0.2 and -0.4 dB.
TRUE_PEAKS = {
    "case 15": (1 / 4, 0.0, 20 * np.log10(0.5), -6.0),
    "case 16": (1 / 4, 45.0, 20 * np.log10(0.5), -6.0),
    "case 17": (1 / 6, 60.0, 20 * np.log10(0.5), -6.0),
    "case 18": (1 / 8, 67.5, 20 * np.log10(0.5), -6.0),
    "case 19": (1 / 4, 45.0, 20 * np.log10(1.41), 3.0),
}


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("case", TRUE_PEAKS)
def test_true_peak_is_that_of_tech_3341(case: str, rate: int) -> None:
    share, phase, level, expected = TRUE_PEAKS[case]
    samples = sine(1, rate, frequency=share * rate, phase=phase, level=level)
    ramp = np.minimum(1, np.arange(samples.size) / (0.1 * rate))
    found = peak_of((samples * np.minimum(ramp, ramp[::-1])).astype(np.float32))
    assert expected - 0.4 <= found <= expected + 0.2


@pytest.mark.skipif(LIBEBUR128 is None, reason="libebur128 is not installed")
@pytest.mark.parametrize("rate", [22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("seed", range(3))
def test_libebur128_measures_the_same(seed: int, rate: int) -> None:
    samples = babble(15, rate, seed=seed, level=-3)
    loudness, peak = libebur128_levels(samples, rate)
    assert loudness_of(samples, rate) == pytest.approx(loudness, abs=0.02)
    assert peak_of(samples) == pytest.approx(peak, abs=0.1)


@pytest.mark.skipif(FFMPEG is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("rate", [22_050, 44_100])
def test_ffmpeg_measures_the_same(rate: int, tmp_path: Path) -> None:
    samples = babble(15, rate, seed=7, level=-1)
    loudness, peak = ffmpeg_levels(write_wav(tmp_path / "a.wav", samples, rate))
    assert loudness_of(samples, rate) == pytest.approx(loudness, abs=0.1)
    assert peak_of(samples) == pytest.approx(peak, abs=0.15)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 30_000), min_size=1, max_size=12))
def test_the_size_of_the_pieces_does_not_matter(sizes: list[int]) -> None:
    samples = babble(4, 22_050, seed=3)
    meter, peaks = LoudnessMeter(22_050), PeakMeter()
    start = 0
    for size in [*sizes, samples.size]:
        meter.add(samples[start : start + size])
        peaks.add(samples[start : start + size])
        start += size
    assert meter.integrated == pytest.approx(loudness_of(samples, 22_050), abs=0.001)
    assert peaks.peak == pytest.approx(peak_of(samples, samples.size), abs=0.001)


@pytest.mark.parametrize("seconds", [0, 0.1, 0.39, 5])
def test_silence_has_no_loudness_and_no_peak(seconds: float) -> None:
    samples = np.zeros(round(seconds * 22_050), dtype=np.float32)
    assert loudness_of(samples, 22_050) == SILENT
    assert peak_of(samples) == SILENT


def test_less_than_a_gating_block_cannot_be_measured() -> None:
    assert loudness_of(sine(0.39, 22_050), 22_050) == SILENT
    assert loudness_of(sine(0.45, 22_050), 22_050) > -30


def test_asking_in_between_does_not_change_the_result() -> None:
    samples = babble(6, 22_050)
    meter = LoudnessMeter(22_050)
    for start in range(0, samples.size, 5_000):
        meter.add(samples[start : start + 5_000])
        _ = meter.integrated
    assert meter.integrated == pytest.approx(loudness_of(samples, 22_050), abs=0.001)


def test_a_true_peak_is_never_under_the_sample() -> None:
    samples = babble(1, 22_050)
    assert (true_peaks(samples) >= np.abs(samples)).all()


def test_loud_stretches_are_widened_and_joined_where_they_meet() -> None:
    samples = np.zeros(1000, dtype=np.float32)
    samples[[100, 130, 500]] = 0.9
    assert loud_stretches(samples, 0.5, 20).tolist() == [[80, 151], [480, 521]]
    assert loud_stretches(samples, 0.95, 20).tolist() == []
    assert loud_stretches(samples, 0.5, 400).tolist() == [[0, 901]]
