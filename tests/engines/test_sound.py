"""Small work on clips: rate, and reading whatever a program or server sends."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy
import pytest
import soundfile

from audiogen.engines.sound import read_sound, resample, silence, to_pcm
from audiogen.model import Clip, WordTime
from tests.engines.speech_server import wav


def hum(rate: int, seconds: float = 1.0, frequency: float = 440.0) -> Clip:
    turns = numpy.arange(round(rate * seconds)) * 2 * numpy.pi * frequency / rate
    return Clip(to_pcm(0.5 * numpy.sin(turns)), rate, (WordTime(0, 3, 0.5),))


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100])
def test_resampling_keeps_length_pitch_and_level(rate: int) -> None:
    clip = resample(hum(22_050), rate)
    assert clip.sample_rate == rate
    assert clip.duration == pytest.approx(1.0, abs=0.001)
    expected = numpy.frombuffer(hum(rate).pcm, "<i2").astype(float)[1000:-1000]
    got = numpy.frombuffer(clip.pcm, "<i2").astype(float)[1000 : 1000 + len(expected)]
    assert abs(got - expected[: len(got)]).max() < 200
    assert clip.words == hum(22_050).words


def test_nothing_is_resampled_to_nothing() -> None:
    assert resample(Clip(b"", 22_050), 24_000) == Clip(b"", 24_000)


def test_resampling_keeps_what_a_clip_is_to_be_raised_by() -> None:
    assert resample(replace(hum(8_000), gain=6.0), 16_000).gain == 6.0


def test_silence_is_as_long_as_asked() -> None:
    assert silence(0.5, 8_000) == bytes(8_000)


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "AIFF", "OGG"])
def test_any_usual_sound_file_is_read(kind: str) -> None:
    file = io.BytesIO()
    stereo = numpy.repeat(numpy.frombuffer(hum(16_000).pcm, "<i2")[:, None], 2, axis=1)
    soundfile.write(file, stereo, 16_000, format=kind)
    clip = read_sound(file.getvalue())
    assert clip.sample_rate == 16_000
    assert clip.duration == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("missing", [1, 100, 15_000])
def test_a_wav_cut_short_is_refused(missing: int) -> None:
    with pytest.raises(ValueError, match=f"{missing} bytes are missing"):
        read_sound(wav(hum(8_000).pcm, 8_000)[:-missing])


@pytest.mark.parametrize("size", [0, 0x7FFFFFFF, 0xFFFFFFFF, 0x7FFFF000])
def test_a_wav_of_unknown_length_is_read_to_its_end(size: int) -> None:
    content = wav(hum(8_000).pcm, 8_000)
    streamed = content[:40] + size.to_bytes(4, "little") + content[44:]
    assert read_sound(streamed).duration == pytest.approx(1.0)


@pytest.mark.parametrize("content", [b"", b"hello", b"RIFF\0\0\0\0WAVE", b"\xff\xfb"])
def test_what_is_no_sound_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"no sound file|cut short"):
        read_sound(content)
