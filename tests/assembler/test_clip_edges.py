"""Clips are cut clean at both ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.assembler.clip_edges import FADE, MARGIN, silence, trim
from tests.assembler.sounds import babble, clip_of, sine

if TYPE_CHECKING:
    from audiogen.model import Clip

RATE = 22_050


def padded(before: float, after: float, noise: float = 0.0) -> Clip:
    """A tone of half a second with silence, or faint noise, on both sides."""
    tone = sine(0.5, RATE, frequency=441, level=-12)
    samples = np.concatenate((silence(before, RATE), tone, silence(after, RATE)))
    samples += noise * np.random.default_rng(1).standard_normal(samples.size).astype(np.float32)
    return clip_of(samples, RATE)


@pytest.mark.parametrize("noise", [0.0, 1e-4], ids=["digital silence", "an engine's noise"])
@pytest.mark.parametrize(("before", "after"), [(0, 0), (0.005, 0.3), (0.25, 0.01), (0.4, 0.8)])
def test_silence_is_cut_to_the_margin(before: float, after: float, noise: float) -> None:
    piece = trim(padded(before, after, noise))
    assert piece.before / RATE == pytest.approx(min(before, MARGIN), abs=0.004)
    assert piece.after / RATE == pytest.approx(min(after, MARGIN), abs=0.004)
    sound = (piece.samples.size - piece.before - piece.after) / RATE
    assert sound == pytest.approx(0.5, abs=0.006)
    assert piece.skipped / RATE == pytest.approx(max(0, before - MARGIN), abs=0.004)


def test_a_clip_begins_and_ends_in_nothing_and_rises_gently() -> None:
    piece = trim(clip_of(babble(1, RATE) + 0.2, RATE))
    width = round(FADE * RATE)
    assert piece.samples[0] == piece.samples[-1] == 0
    assert np.abs(np.diff(piece.samples[:width])).max() < 0.05


@pytest.mark.parametrize("gain", [-6.0, 6.0, 20.0])
def test_a_clip_is_raised_by_its_gain_beyond_full_scale_without_being_clipped(gain: float) -> None:
    clip = padded(0.1, 0.1)
    plain, raised = trim(clip), trim(replace(clip, gain=gain))
    assert raised.samples == pytest.approx(plain.samples * 10 ** (gain / 20), rel=1e-5)
    assert (raised.before, raised.after, raised.skipped) == (plain.before, plain.after, plain.skipped)


def test_an_offset_is_taken_out() -> None:
    piece = trim(clip_of(sine(0.5, RATE, frequency=441, level=-12) + 0.1, RATE))
    assert abs(piece.samples.mean()) < 0.003


@pytest.mark.parametrize(
    "samples",
    [np.zeros(0), np.zeros(1), np.zeros(5000), np.full(5000, 0.25), np.tile([0.0, 1 / 32768], 2000)],
    ids=["nothing", "one frame", "silence", "an offset alone", "dither"],
)
def test_what_has_no_sound_becomes_an_empty_piece(samples: np.ndarray) -> None:
    piece = trim(clip_of(samples.astype(np.float32), RATE))
    assert (piece.samples.size, piece.before, piece.after, piece.skipped) == (0, 0, 0, 0)


@pytest.mark.parametrize("frames", [1, 2, 30, 221])
def test_the_shortest_sounds_survive(frames: int) -> None:
    clip = clip_of(np.full(frames, 0.5, dtype=np.float32) * np.tile([1, -1], frames)[:frames], RATE)
    assert trim(clip).samples.size in (0, frames)


@pytest.mark.parametrize(("seconds", "frames"), [(1.0, RATE), (0.0, 0), (-0.1, 0)])
def test_silence_is_as_long_as_asked_and_never_negative(seconds: float, frames: int) -> None:
    assert silence(seconds, RATE).size == frames
