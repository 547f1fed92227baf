"""Peaks that an encoder throws by itself are found in the finished file, and a dip at that moment keeps them away."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.assembler import Sound, assemble
from audiogen.assembler.encoder_peaks import dipped, find_peaks
from audiogen.assembler.encoding import FORMATS, Change, Format
from audiogen.assembler.loudness import SILENT
from audiogen.audit.listening import listen
from audiogen.errors import AssemblyError
from audiogen.model import Script, Utterance
from tests.assembler.sounds import babble, clip_of, decibels, sine, write_wav

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.assembler import Encoding

RATE = 48_000
#: Frames that are read at a time: a burst may lie on the cut.
BLOCK = 1 << 16


@pytest.mark.parametrize(
    "frame", [0, 1, 11, 12, 13, 30_000, BLOCK - 13, BLOCK - 12, BLOCK - 1, BLOCK, BLOCK + 12, 95_990, 95_999]
)
def test_a_burst_is_found_wherever_it_is(frame: int, tmp_path: Path) -> None:
    samples = sine(2, RATE, frequency=300, level=-12)
    samples[frame] = 1.0
    found = find_peaks(write_wav(tmp_path / "a.wav", samples, RATE), -1.0)
    assert found.over == pytest.approx((frame / RATE,), abs=2 / RATE)
    assert found.highest == pytest.approx(0.0, abs=0.3)


def test_no_cut_makes_a_peak(tmp_path: Path) -> None:
    """A steady sine just under the ceiling has no place over it, however it is read."""
    samples = sine(4, RATE, frequency=997, level=-1.1, phase=37)
    found = find_peaks(write_wav(tmp_path / "a.wav", samples, RATE), -1.0)
    assert found.over == ()
    assert found.highest == pytest.approx(-1.1, abs=0.05)


def test_peaks_between_samples_count(tmp_path: Path) -> None:
    """At a quarter of the rate and 45 degrees a sine hides 3 dB between its samples."""
    samples = sine(1, RATE, frequency=RATE / 4, level=0.0, phase=45)
    samples *= np.hanning(samples.size).astype(np.float32) * np.float32(decibels(-0.5))
    assert np.abs(samples).max() < decibels(-3)
    found = find_peaks(write_wav(tmp_path / "a.wav", samples, RATE), -1.0)
    assert found.highest == pytest.approx(-0.5, abs=0.1)
    assert found.over
    assert all(0.3 < place < 0.7 for place in found.over)


def test_peaks_close_together_are_one_burst(tmp_path: Path) -> None:
    samples = np.zeros(RATE, dtype=np.float32)
    samples[[10_000, 10_100, 10_900, 40_000, 40_001]] = 0.99
    found = find_peaks(write_wav(tmp_path / "a.wav", samples, RATE), -1.0)
    assert found.over == pytest.approx((10_000 / RATE, 40_000 / RATE), abs=2 / RATE)


def test_silence_has_no_peak(tmp_path: Path) -> None:
    found = find_peaks(write_wav(tmp_path / "a.wav", np.zeros(RATE, dtype=np.float32), RATE), -1.0)
    assert (found.highest, found.over) == (SILENT, ())


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.opus").write_bytes(b"nothing that sounds")
    with pytest.raises(AssemblyError, match=r"a\.opus could not be read"):
        find_peaks(tmp_path / "a.opus", -1.0)


def test_a_dip_is_two_decibels_and_a_twentieth_of_a_second_on_either_side() -> None:
    ones = np.ones(RATE, dtype=np.float32)
    (lowered,) = dipped([ones], [0.5], RATE)
    levels = 20 * np.log10(lowered)
    assert levels[RATE // 2] == pytest.approx(-2.0, abs=0.001)
    assert levels.min() == pytest.approx(-2.0, abs=0.001)
    touched = np.flatnonzero(lowered != 1.0) / RATE
    assert (touched[0], touched[-1]) == pytest.approx((0.45, 0.55), abs=0.001)
    assert np.abs(np.diff(levels)).max() < 0.003, "no click"


def test_a_place_that_comes_again_is_dipped_deeper() -> None:
    (lowered,) = dipped([np.ones(RATE, dtype=np.float32)], [0.5, 0.5, 0.5], RATE)
    assert 20 * np.log10(lowered.min()) == pytest.approx(-6.0, abs=0.001)


@settings(max_examples=25)
@given(st.lists(st.integers(1, 9_000), min_size=1, max_size=12), st.lists(st.floats(0, 1), max_size=4))
def test_the_size_of_the_pieces_does_not_matter(sizes: list[int], places: list[float]) -> None:
    whole = np.ones(sum(sizes), dtype=np.float32)
    pieces = np.split(whole, np.cumsum(sizes)[:-1])
    together = np.concatenate(list(dipped(pieces, places, RATE)))
    (at_once,) = dipped([whole], places, RATE)
    assert together.tolist() == at_once.tolist()


def test_without_places_the_pieces_pass_as_they_are() -> None:
    pieces = [np.ones(5, dtype=np.float32), np.zeros(0, dtype=np.float32)]
    assert [passed is piece for passed, piece in zip(dipped(pieces, (), RATE), pieces, strict=True)] == [True, True]


class Throwing:
    """An encoder that throws a peak at one second, as Opus does, as long as nothing of the sound there changes."""

    #: How often it was opened, and how often it throws whatever comes.
    runs = 0
    stubborn = 0

    def __init__(self, target: Path, rate: int) -> None:
        self._target, self._rate, self._pcm = target, rate, b""
        Throwing.runs += 1

    def write(self, pcm: bytes) -> None:
        self._pcm += pcm

    def finish(self) -> float:
        samples = np.frombuffer(self._pcm, dtype="<i2").copy()
        around = samples[round(0.99 * self._rate) : round(1.01 * self._rate)].tobytes()
        if Throwing.runs == 1:
            Throwing.first = around
        if around == Throwing.first or Throwing.runs <= Throwing.stubborn:
            samples[self._rate] = 32_767
        soundfile.write(self._target, samples, self._rate, format="WAV", subtype="PCM_16")
        return samples.size / self._rate

    first = b""


@contextmanager
def open_throwing(target: Path, encoding: Encoding) -> Iterator[Throwing]:
    yield Throwing(target, encoding.sample_rate)


@pytest.fixture
def throwing(monkeypatch: pytest.MonkeyPatch) -> type[Throwing]:
    # Half a decibel for what resampling does to peaks.
    little = Change(0.0, 0.5, encoder_peaks=True)
    monkeypatch.setitem(FORMATS, "opus", Format(f"{__name__}:open_throwing", "audio/ogg", little, little))
    monkeypatch.setattr(Throwing, "runs", 0)
    monkeypatch.setattr(Throwing, "stubborn", 0)
    return Throwing


def made(target: Path) -> tuple[float, float | None]:
    """Make a recording; give the peak that is heard and the one that is told."""
    line = Utterance("Some words.", "Some words.", 0.2)
    clip = clip_of(babble(3.0, 22_050), 22_050)
    recording = assemble(Script((line,)), [clip], target, Sound(format="opus"))
    return listen(target).peak, recording.peak


def test_a_burst_goes_with_the_next_encoding(throwing: type[Throwing], tmp_path: Path) -> None:
    heard, result = made(tmp_path / "a.opus")
    assert throwing.runs == 2
    assert heard <= -1.0
    assert result == pytest.approx(heard, abs=0.01)


def test_a_burst_that_stays_is_told_and_does_not_go_on_for_ever(throwing: type[Throwing], tmp_path: Path) -> None:
    throwing.stubborn = 99
    heard, result = made(tmp_path / "a.opus")
    assert throwing.runs == 5
    assert result == pytest.approx(0.0, abs=0.3)
    assert heard == pytest.approx(0.0, abs=0.3)


def test_what_has_no_burst_is_encoded_once(throwing: type[Throwing], tmp_path: Path) -> None:
    throwing.first = b"another"
    throwing.runs = 10
    heard, result = made(tmp_path / "a.opus")
    assert throwing.runs == 11
    assert heard <= -1.0
    assert result == pytest.approx(heard, abs=0.01)
