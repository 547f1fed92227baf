"""The limiter: nothing passes its ceiling, and nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.assembler.limiter import LOOK_AHEAD, Limiter
from audiogen.assembler.loudness import SILENT, PeakMeter
from tests.assembler.sounds import babble, decibels, sine

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 22_050


def limit(samples: Samples, ceiling: float, pieces: list[int] | None = None) -> tuple[Samples, Limiter]:
    limiter = Limiter(RATE, ceiling)
    done, start = [], 0
    for size in [*(pieces or []), samples.size]:
        done.append(limiter.process(samples[start : start + size]))
        start = min(samples.size, start + size)
    done.append(limiter.finish())
    return np.concatenate(done), limiter


def peak_of(samples: Samples) -> float:
    meter = PeakMeter()
    meter.add(samples)
    return meter.peak


@pytest.mark.parametrize("ceiling", [-1.0, -1.5, -6.0])
@pytest.mark.parametrize("level", [-3.0, 0.0, 6.0, 12.0])
def test_no_true_peak_passes_the_ceiling(level: float, ceiling: float) -> None:
    limited, limiter = limit(babble(5, RATE, level=level), ceiling)
    assert peak_of(limited) <= ceiling + 0.1
    assert limiter.peak == pytest.approx(peak_of(limited), abs=0.1)


def test_what_is_quiet_passes_untouched() -> None:
    samples = babble(5, RATE, level=-9)
    limited, limiter = limit(samples, -1.5)
    assert (limited == samples).all()
    assert limiter.peak <= -1.5


def test_what_is_far_from_a_peak_passes_untouched() -> None:
    samples = sine(1, RATE, level=-20)
    samples[RATE // 2] = 2.0
    limited, _ = limit(samples, -1.5)
    near = slice(RATE // 2 - round(5 * LOOK_AHEAD * RATE), RATE // 2 + round(5 * LOOK_AHEAD * RATE))
    apart = np.ones(samples.size, dtype=bool)
    apart[near] = False
    assert (limited[apart] == samples[apart]).all()
    assert limited[RATE // 2] <= decibels(-1.5)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 40_000), max_size=8))
def test_the_size_of_the_pieces_does_not_matter(pieces: list[int]) -> None:
    samples = babble(3, RATE, level=6)
    whole, _ = limit(samples, -1.5)
    parts, _ = limit(samples, -1.5, pieces)
    assert whole.size == parts.size == samples.size
    assert np.abs(whole - parts).max() < 1e-4


@pytest.mark.parametrize("size", [0, 1, 10, 200, 1000])
def test_short_sounds_come_out_whole(size: int) -> None:
    limited, _ = limit(sine(size / RATE, RATE, level=3), -1.5)
    assert limited.size == size
    assert peak_of(limited) <= -1.4


def test_silence_stays_silence() -> None:
    limited, limiter = limit(np.zeros(1000, dtype=np.float32), -1.5)
    assert not limited.any()
    assert limiter.peak == SILENT


def test_the_gain_bends_gently() -> None:
    """A step in the gain would be heard as a click: a steady tone under a loud pulse shows the gain itself."""
    samples = sine(0.5, RATE, level=-20)
    samples[5000:5010] = 1.5
    limited, _ = limit(samples, -1.5)
    audible = np.abs(samples) > 0.02
    gain = limited[audible] / samples[audible]
    assert np.abs(np.diff(gain)).max() < 0.1
