"""Small work on clips: rate, and reading whatever a program or server sends."""

from __future__ import annotations

import io
import struct
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


@pytest.mark.parametrize(("sample", "pcm"), [(0.0, 0), (1.0, 32767), (-1.0, -32768), (7.0, 32767), (0.5, 16384)])
def test_samples_beyond_full_scale_are_clipped(sample: float, pcm: int) -> None:
    assert int.from_bytes(to_pcm(numpy.array([sample])), "little", signed=True) == pcm


def test_a_clip_at_the_rate_already_keeps_its_very_bytes() -> None:
    clip = hum(22_050, 0.1)
    assert resample(clip, 22_050).pcm is clip.pcm


def with_chunks(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WAV of four frames with further chunks before its sound."""
    content = wav(PCM, 8_000)
    body = content[12:36] + b"".join(name + struct.pack("<I", len(data)) + data for name, data in chunks) + content[36:]
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


PCM = struct.pack("<4h", 1, -2, 3, -4)


@pytest.mark.parametrize(
    "chunks",
    [(), ((b"LIST", b"INFOabcd"),), ((b"odd ", b"abc\0"),), ((b"fact", b"\x04\0\0\0"), (b"LIST", b"INFO"))],
    ids=["none", "a list", "another", "two"],
)
def test_what_stands_before_the_sound_in_a_wav_is_passed_over(chunks: tuple[tuple[bytes, bytes], ...]) -> None:
    assert read_sound(with_chunks(*chunks)) == Clip(PCM, 8_000)


def test_the_channels_are_mixed_into_one() -> None:
    """What is on one side alone is half as loud, and what is opposed cancels."""
    left = numpy.array([[0.5, 0.0], [0.5, -0.5], [0.25, 0.25]])
    file = io.BytesIO()
    soundfile.write(file, left, 8_000, format="WAV", subtype="FLOAT")
    assert numpy.frombuffer(read_sound(file.getvalue()).pcm, "<i2").tolist() == [8_192, 0, 8_192]
