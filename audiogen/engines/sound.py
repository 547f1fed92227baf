"""Helper functions for clips: resampling, PCM, silence, and reading sound files."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from audiogen.model import Clip

if TYPE_CHECKING:
    from typing import Any


def resample(clip: Clip, rate: int) -> Clip:
    """Return the clip at *rate* frames per second."""
    if clip.sample_rate == rate or not clip.pcm:
        return replace(clip, sample_rate=rate)
    import numpy
    import soxr

    samples = soxr.resample(numpy.frombuffer(clip.pcm, "<i2"), clip.sample_rate, rate, quality="HQ")
    return replace(clip, pcm=samples.astype("<i2").tobytes(), sample_rate=rate)


def to_pcm(samples: Any) -> bytes:
    """Return samples from -1 to 1 as 16-bit little-endian PCM; samples beyond full scale are clipped."""
    import numpy

    pcm: bytes = numpy.clip(numpy.rint(samples * 32768.0), -32768, 32767).astype("<i2").tobytes()
    return pcm


def silence(seconds: float, rate: int) -> bytes:
    """Return *seconds* of silence as PCM."""
    return bytes(2 * round(seconds * rate))


def read_sound(content: bytes) -> Clip:
    """Return a sound file of any format of libsndfile (WAV, AIFF, FLAC, MP3, Ogg) as a mono clip.

    Raises:
        ValueError: It is not a sound file, or is incomplete.
    """
    import soundfile

    content = _whole_wav(content)
    try:
        samples, rate = soundfile.read(BytesIO(content), dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError) as error:
        raise ValueError(f"this is no sound file: {error}") from error
    return Clip(to_pcm(samples.mean(axis=1)), rate)


#: Sizes in the header of a WAV file from a program that streams: 0, or about 2 GB and more.
_UNKNOWN_SIZES = (0, *range(0x7FFF0000, 0x80000000, 0x1000), 0x7FFFFFFF)


def _whole_wav(content: bytes) -> bytes:
    """Return a WAV file with the true size in its header; other content unchanged.

    libsndfile silently reads an incomplete WAV file, and nothing of a streamed one.

    Raises:
        ValueError: It has less sound than its header declares.
    """
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        return content
    offset = 12
    while offset + 8 <= len(content):
        size = int.from_bytes(content[offset + 4 : offset + 8], "little")
        if content[offset : offset + 4] == b"data":
            there = len(content) - offset - 8
            if size in _UNKNOWN_SIZES or size >= 0x80000000:
                return content[: offset + 4] + there.to_bytes(4, "little") + content[offset + 8 :]
            if size > there:
                raise ValueError(f"the sound is cut short: {size - there} bytes are missing")
            return content
        offset += 8 + size + size % 2
    raise ValueError("the sound is cut short: there is only a head")
