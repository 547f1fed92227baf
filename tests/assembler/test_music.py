"""The show's music stands before, under and after the voice, and never in its way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.assembler import Sound
from audiogen.assembler.loudness import SILENT, LoudnessMeter
from audiogen.assembler.music import Music, _gain, load_music
from audiogen.errors import AssemblyError
from tests.assembler.sounds import decibels, sine, write_wav

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 22_050
NONE = np.zeros(0, dtype=np.float32)
GONE = Path("no-such-folder") / "gone.wav"


def loudness_of(samples: Samples) -> float:
    meter = LoudnessMeter(RATE)
    meter.add(samples)
    return meter.integrated


def voiced(music: Music, *pieces: Samples, pauses: list[tuple[int, int]] | None = None) -> list[Samples]:
    return list(music.around(iter(pieces), pauses or []))


def test_without_music_the_voice_passes_as_it_is() -> None:
    piece = sine(0.5, RATE)
    (passed,) = voiced(Music(RATE, NONE, NONE, None), piece)
    assert passed is piece


@pytest.mark.parametrize("level", [-40.0, -20.0, -3.0])
def test_a_jingle_is_as_loud_as_the_voice(level: float) -> None:
    voice, jingle = sine(3, RATE, level=-14), sine(2, RATE, frequency=600, level=level)
    before, expected, after = voiced(Music(RATE, jingle, jingle, None), voice)
    assert loudness_of(before) == pytest.approx(loudness_of(voice), abs=0.1)
    assert loudness_of(after[RATE // 2 :]) == pytest.approx(loudness_of(voice), abs=0.1)
    assert expected is voice


def test_half_a_second_of_silence_parts_the_voice_from_what_follows() -> None:
    *_, after = voiced(Music(RATE, NONE, sine(1, RATE), None), sine(1, RATE))
    assert np.flatnonzero(after)[0] == pytest.approx(0.5 * RATE, abs=2)


@pytest.mark.parametrize(("intro", "begin"), [(NONE, 0), (sine(2, RATE), 2 * RATE)], ids=["none", "two seconds"])
def test_the_voice_begins_after_the_jingle(intro: Samples, begin: int) -> None:
    assert Music(RATE, intro, NONE, None).begin == begin


def test_silence_is_not_made_loud() -> None:
    """A silent jingle, or a silent voice, has no loudness to bring the other to."""
    silent = np.zeros(RATE, dtype=np.float32)
    before, _ = voiced(Music(RATE, silent, NONE, None), sine(1, RATE))
    assert not before.any()
    jingle = sine(1, RATE)
    before, _ = voiced(Music(RATE, jingle, NONE, None), silent)
    assert (before == jingle).all()


@pytest.mark.parametrize(
    ("wanted", "measured", "factor"),
    [
        (-16.0, -16.0, 1.0),
        (-16.0, -22.0, decibels(6)),
        (-22.0, -16.0, decibels(-6)),
        (SILENT, -16.0, 1.0),
        (-16.0, SILENT, 1.0),
    ],
)
def test_a_gain_is_the_distance_of_two_loudnesses(wanted: float, measured: float, factor: float) -> None:
    assert _gain(wanted, measured) == pytest.approx(factor)


@pytest.fixture
def bed(tmp_path: Path) -> Path:
    """A bed of one second: it must go round."""
    return write_wav(tmp_path / "bed.wav", sine(1, RATE, frequency=500, level=-20), RATE)


def under(bed: Path, voice: list[Samples], pauses: list[tuple[int, int]]) -> Samples:
    """What is heard of the bed alone."""
    mixed = np.concatenate(voiced(Music(RATE, NONE, NONE, bed), *voice, pauses=pauses))
    return np.asarray(mixed - np.concatenate(voice), dtype=np.float32)


def level_at(samples: Samples, second: float) -> float:
    """The highest level, in dBFS, of a twentieth of a second."""
    piece = samples[round(second * RATE) : round((second + 0.05) * RATE)]
    return float(20 * np.log10(np.abs(piece).max() + 1e-9))


def test_the_bed_is_twenty_under_the_voice_and_twelve_in_long_pauses(bed: Path) -> None:
    """WCAG 1.4.7 asks for 20 dB under speech."""
    voice = [sine(4, RATE, level=-14), np.zeros(2 * RATE, dtype=np.float32), sine(4, RATE, level=-14)]
    heard = under(bed, voice, [(4 * RATE, 6 * RATE)])
    assert level_at(heard, 3.0) == pytest.approx(-34, abs=0.5)
    assert level_at(heard, 5.0) == pytest.approx(-26, abs=0.5)
    assert level_at(heard, 7.0) == pytest.approx(-34, abs=0.5)


@pytest.mark.parametrize(("seconds", "rises"), [(0.5, False), (0.89, False), (0.95, True), (2.0, True)])
def test_only_long_pauses_let_the_bed_come_up(seconds: float, rises: bool, bed: Path) -> None:
    size = round(seconds * RATE)
    voice = [sine(3, RATE, level=-14), np.zeros(size, dtype=np.float32), sine(3, RATE, level=-14)]
    heard = under(bed, voice, [(3 * RATE, 3 * RATE + size)])
    assert (level_at(heard, 3 + seconds / 2) > -30) is rises


def test_the_bed_comes_and_goes_gently(bed: Path) -> None:
    heard = under(bed, [sine(6, RATE, level=-14)], [])
    assert level_at(heard, 0.0) < -60
    assert level_at(heard, 0.7) < level_at(heard, 2.0) - 3
    assert level_at(heard, 5.95) < -60
    assert np.abs(np.diff(heard)).max() < 0.01, "no click"


def test_the_bed_goes_round_without_a_gap(bed: Path) -> None:
    heard = under(bed, [sine(6, RATE, level=-14)], [])
    levels = [level_at(heard, second) for second in np.arange(2.0, 4.0, 0.05)]
    assert max(levels) - min(levels) < 0.5


def test_the_size_of_the_pieces_does_not_matter(bed: Path) -> None:
    voice, pauses = sine(5, RATE, level=-14), [(2 * RATE, 4 * RATE)]
    whole = under(bed, [voice], list(pauses))
    parts = under(bed, np.split(voice, [7_000, 45_000, 45_001, 90_000, 110_000]), list(pauses))
    assert np.abs(whole - parts).max() < 1e-4


def test_music_of_another_rate_is_brought_to_the_recording_s(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "jingle.wav", sine(1, 48_000), 48_000)
    music = load_music(Sound(intro=path, outro=path), RATE)
    assert music.intro.size == pytest.approx(RATE, abs=2)
    assert music.outro.size == music.intro.size
    assert music.bed is None


@pytest.mark.parametrize("sound", [Sound(intro=GONE), Sound(outro=GONE)], ids=["intro", "outro"])
def test_music_that_is_not_there_is_told(sound: Sound) -> None:
    with pytest.raises(AssemblyError, match=r"gone\.wav"):
        load_music(sound, RATE)


def test_a_bed_without_sound_is_told(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "bed.wav", np.zeros(0, dtype=np.float32), RATE)
    with pytest.raises(AssemblyError, match="There is no sound in"):
        voiced(Music(RATE, NONE, NONE, path), sine(1, RATE))
