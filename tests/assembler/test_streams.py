"""Streams of samples are gathered, looked into, kept and resampled without losing a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.assembler.streams import Resampler, Spool, gathered, head, to_pcm
from tests.assembler.sounds import sine

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

SIZES = st.lists(st.integers(0, 50), max_size=20)


def pieces_of(sizes: list[int]) -> list[Samples]:
    """Pieces of these sizes whose samples count on."""
    return np.split(np.arange(sum(sizes), dtype=np.float32), np.cumsum(sizes)[:-1]) if sizes else []


def together(pieces: list[Samples]) -> list[float]:
    return [float(sample) for piece in pieces for sample in piece]


@settings(max_examples=50)
@given(SIZES, st.integers(1, 60))
def test_gathering_loses_nothing_and_makes_large_pieces(sizes: list[int], least: int) -> None:
    found = list(gathered(pieces_of(sizes), least))
    assert together(found) == list(range(sum(sizes)))
    assert all(piece.size >= least for piece in found[:-1])
    assert all(piece.size for piece in found)


@settings(max_examples=50)
@given(SIZES, st.integers(0, 200))
def test_looking_at_the_head_leaves_the_whole(sizes: list[int], frames: int) -> None:
    sample, rest = head(iter(pieces_of(sizes)), frames)
    assert sample.size >= min(frames, sum(sizes))
    whole = together(list(rest))
    assert whole == list(range(sum(sizes)))
    assert sample.tolist() == whole[: sample.size]


def test_no_more_is_taken_than_the_head_needs() -> None:
    """What comes after is still to be spoken: it must not be waited for."""
    source = iter(pieces_of([10, 10, 10, 10]))
    sample, _ = head(source, 15)
    assert sample.size == 20
    assert next(source)[0] == 20


@pytest.mark.parametrize(
    ("sample", "pcm"),
    [
        (0.0, 0),
        (1.0, 32767),
        (-1.0, -32768),
        (2.5, 32767),
        (-2.5, -32768),
        (0.5, 16384),
        (1 / 32768, 1),
        (0.4 / 32768, 0),
        (-0.6 / 32768, -1),
    ],
)
def test_samples_are_rounded_and_held_at_full_scale(sample: float, pcm: int) -> None:
    data = to_pcm(np.array([sample], dtype=np.float32))
    assert int.from_bytes(data, "little", signed=True) == pcm


def test_what_is_handed_over_is_not_changed() -> None:
    samples = np.array([0.5, 2.0], dtype=np.float32)
    to_pcm(samples)
    assert samples.tolist() == [0.5, 2.0]


@settings(max_examples=25)
@given(sizes=SIZES)
def test_what_was_kept_is_played_again_as_often_as_wanted(
    sizes: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (tmp_path_factory.getbasetemp() / "spool").open("w+b") as file:
        spool = Spool(file)
        assert together(list(spool.keep(pieces_of(sizes)))) == list(range(sum(sizes)))
        for _ in range(2):
            assert together(list(spool.replay())) == list(range(sum(sizes)))


@pytest.mark.parametrize(("rate", "wanted"), [(22_050, 44_100), (24_000, 44_100), (44_100, 22_050), (16_000, 48_000)])
def test_another_rate_keeps_length_and_tone(rate: int, wanted: int) -> None:
    samples = sine(1.0, rate, frequency=1000, level=-6)
    resample = Resampler(rate, wanted)
    parts = [resample(samples[start : start + 999]) for start in range(0, samples.size, 999)]
    whole = np.concatenate([*parts, resample(np.zeros(0, dtype=np.float32), last=True)])
    assert whole.size == pytest.approx(wanted, abs=2)
    middle = whole[wanted // 4 : wanted * 3 // 4]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(middle.size)))
    assert np.argmax(spectrum) * wanted / middle.size == pytest.approx(1000, abs=2)
    assert np.abs(middle).max() == pytest.approx(0.501, abs=0.005)


def test_the_same_rate_passes_the_very_pieces() -> None:
    samples = sine(0.1, 44_100)
    assert Resampler(44_100, 44_100)(samples) is samples


def test_an_empty_spool_plays_nothing(tmp_path: Path) -> None:
    with (tmp_path / "spool").open("w+b") as file:
        assert list(Spool(file).replay()) == []
