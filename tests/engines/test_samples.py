"""A sentence of each language to try a voice with."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import pytest

from audiogen.engines import tone
from audiogen.engines.samples import sample_text, speak_sample, write_wav
from audiogen.engines.sound import read_sound
from audiogen.engines.voices import find_voice
from audiogen.errors import LibraryError
from audiogen.model import Clip

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "language", ["en", "uk", "ru", "de", "fr", "es", "pt", "it", "pl", "nl", "sv", "nb", "da", "cs", "tr"]
)
def test_every_language_has_its_own(language: str) -> None:
    assert (sample_text(language) == sample_text("en")) is (language == "en")
    assert sample_text(f"{language}-XX") == sample_text(language)


def test_a_language_without_one_is_tried_in_english() -> None:
    assert sample_text("fi") == sample_text("")


def test_a_sample_is_spoken_into_a_file_anyone_reads(tmp_path: Path) -> None:
    clip = speak_sample(find_voice("polish"))
    assert clip.duration > 3
    write_wav(clip, tmp_path / "x.wav")
    assert read_sound((tmp_path / "x.wav").read_bytes()).pcm == clip.pcm
    assert speak_sample(find_voice("tone"), "Two words").duration == pytest.approx(2 * tone.WORD_SECONDS, abs=0.01)


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be written"):
        write_wav(Clip(b"", 8_000), tmp_path / "no" / "x.wav")


@pytest.mark.parametrize(("pcm", "rate"), [(b"", 8_000), (b"\x01\x00\xff\xff", 16_000), (bytes(882), 44_100)])
def test_a_wav_has_the_very_frames_of_its_clip(pcm: bytes, rate: int, tmp_path: Path) -> None:
    write_wav(Clip(pcm, rate), tmp_path / "x.wav")
    with wave.open(str(tmp_path / "x.wav")) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, rate)
        assert sound.readframes(10_000) == pcm


def test_a_file_that_is_there_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_bytes(bytes(100_000))
    write_wav(Clip(b"\x01\x00", 8_000), tmp_path / "x.wav")
    assert (tmp_path / "x.wav").stat().st_size == 46
