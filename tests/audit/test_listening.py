"""A file is decoded and measured: its length, its levels, and where there is sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.assembler.loudness import SILENT
from audiogen.audit.listening import WINDOW, listen
from audiogen.errors import AssemblyError
from tests.assembler.sounds import decibels, sine, write_wav

if TYPE_CHECKING:
    from pathlib import Path

RATE = 22_050


@pytest.mark.parametrize("seconds", [0.0, 0.005, 0.4, 1.0, 7.3])
@pytest.mark.parametrize("rate", [16_000, RATE, 44_100])
def test_the_length_is_that_of_the_sound(seconds: float, rate: int, tmp_path: Path) -> None:
    heard = listen(write_wav(tmp_path / "a.wav", sine(seconds, rate), rate))
    assert heard.duration == pytest.approx(seconds, abs=1 / rate)
    assert heard.window == pytest.approx(WINDOW, rel=0.01)
    assert 0 <= seconds - heard.levels.size * heard.window < WINDOW + 1 / rate


def test_loudness_and_peak_are_those_of_a_known_tone(tmp_path: Path) -> None:
    """A sine of 1 kHz at -20 dBFS in one channel has -23 LUFS (EBU Tech 3341, case 1, for two)."""
    heard = listen(write_wav(tmp_path / "a.wav", sine(5, 44_100, level=-20), 44_100))
    assert heard.loudness == pytest.approx(-23.0, abs=0.1)
    assert heard.peak == pytest.approx(-20.0, abs=0.05)


def test_silence_has_neither(tmp_path: Path) -> None:
    heard = listen(write_wav(tmp_path / "a.wav", np.zeros(RATE, dtype=np.float32), RATE))
    assert (heard.loudness, heard.peak) == (SILENT, SILENT)
    assert heard.level(0, 1) == 0


def test_the_level_is_that_of_the_time_asked_for(tmp_path: Path) -> None:
    samples = np.zeros(3 * RATE, dtype=np.float32)
    samples[RATE : 2 * RATE] = sine(1, RATE, level=-6)
    heard = listen(write_wav(tmp_path / "a.wav", samples, RATE))
    assert heard.level(1.2, 1.8) == pytest.approx(decibels(-6), rel=0.01)
    assert heard.level(0.2, 0.8) == 0
    assert heard.level(0.2, 1.2) > 0.4
    assert heard.level(2.9, 99) == 0


@pytest.mark.parametrize(("start", "end"), [(-5.0, -1.0), (3.5, 9.0), (2.0, 1.0)], ids=["before", "after", "turned"])
def test_outside_the_file_there_is_nothing(start: float, end: float, tmp_path: Path) -> None:
    heard = listen(write_wav(tmp_path / "a.wav", sine(3, RATE), RATE))
    assert heard.level(start, end) == 0


def test_times_do_not_drift_where_a_window_is_no_whole_number_of_frames(tmp_path: Path) -> None:
    """At 22,050 frames a second a hundredth is 220.5 of them: half a frame each would be a second in eight minutes."""
    samples = np.zeros(60 * RATE, dtype=np.float32)
    samples[59 * RATE : round(59.1 * RATE)] = 0.5
    heard = listen(write_wav(tmp_path / "a.wav", samples, RATE))
    assert heard.level(59.0, 59.1) == 0.5
    assert heard.level(58.5, 58.97) == 0
    assert heard.level(59.13, 59.6) == 0


def test_a_moment_of_sound_is_seen_however_short(tmp_path: Path) -> None:
    samples = np.zeros(RATE, dtype=np.float32)
    samples[RATE // 2] = 0.5
    heard = listen(write_wav(tmp_path / "a.wav", samples, RATE))
    assert heard.level(0.49, 0.51) == 0.5
    assert np.flatnonzero(heard.levels).size == 1


@pytest.mark.parametrize("name", ["gone.mp3", "text.mp3"])
def test_what_cannot_be_read_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "text.mp3").write_text("no sound")
    with pytest.raises(AssemblyError, match=name):
        listen(tmp_path / name)
