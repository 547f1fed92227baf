"""The length of an MP3 is the same for everybody who asks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
import soundfile
from mutagen.mp3 import MP3, BitrateMode

from audiogen.assembler import QUALITIES, Encoding
from audiogen.assembler.mp3 import Mp3Writer, open_mp3
from audiogen.assembler.streams import to_pcm
from audiogen.errors import AssemblyError
from tests.assembler.sounds import FFMPEG, FFPROBE, babble, decode, probe, sine, sounding

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

ENCODINGS = {
    **QUALITIES,
    "24 kHz": Encoding(24_000, 48, 5),
    "16 kHz": Encoding(16_000, 32, 5),
    "48 kHz": Encoding(48_000, 128, 5),
}
#: Frames, among them the borders of a frame of the encoder's.
LENGTHS = [1, 575, 576, 577, 1151, 1152, 1153, 22_050, 100_003]


def encode(path: Path, encoding: Encoding, frames: int) -> float:
    samples = babble(frames / encoding.sample_rate + 0.001, encoding.sample_rate)[:frames]
    with open_mp3(path, encoding) as writer:
        for start in range(0, frames, 20_000):
            writer.write(to_pcm(samples[start : start + 20_000]))
        return writer.finish()


@pytest.mark.parametrize("frames", LENGTHS)
@pytest.mark.parametrize("name", ENCODINGS)
def test_readers_of_the_header_agree_on_the_length(name: str, frames: int, tmp_path: Path) -> None:
    encoding = ENCODINGS[name]
    seconds = encode(tmp_path / "a.mp3", encoding, frames)
    info = MP3(tmp_path / "a.mp3").info
    assert info is not None
    assert seconds == frames / encoding.sample_rate
    assert info.length == pytest.approx(seconds, abs=0.0005)
    assert (info.bitrate_mode, info.sample_rate, info.channels) == (BitrateMode.CBR, encoding.sample_rate, 1)
    assert info.bitrate == pytest.approx(encoding.bitrate * 1000, rel=0.005)


@pytest.mark.skipif(FFMPEG is None or FFPROBE is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("frames", [1153, 22_050, 100_003])
@pytest.mark.parametrize("name", ENCODINGS)
def test_what_is_decoded_is_as_long_as_what_was_encoded(name: str, frames: int, tmp_path: Path) -> None:
    encoding = ENCODINGS[name]
    encode(tmp_path / "a.mp3", encoding, frames)
    samples, rate = decode(tmp_path / "a.mp3")
    assert (samples.size, rate) == (frames, encoding.sample_rate)
    # ffprobe before version 7 counts whole frames, delay and padding with them, as it does for LAME's own files.
    result = float(probe(tmp_path / "a.mp3")["streams"][0]["duration"])
    assert 0 <= result - frames / rate <= (3 * 576 if rate < 32_000 else 2 * 1152 + 576) / rate


@pytest.mark.parametrize("name", ["small", "speech", "podcast"])
def test_sound_is_where_it_was_before(name: str, tmp_path: Path) -> None:
    """The decoder skips the encoder's delay: a burst is heard at its own time, to a few milliseconds."""
    encoding = ENCODINGS[name]
    rate = encoding.sample_rate
    samples = np.zeros(3 * rate, dtype=np.float32)
    samples[rate : rate + rate // 2] = sine(0.5, rate, frequency=440, level=-6)
    with open_mp3(tmp_path / "a.mp3", encoding) as writer:
        writer.write(to_pcm(samples))
        writer.finish()
    decoded, _ = decode(tmp_path / "a.mp3")
    ((start, end),) = sounding(decoded, rate, floor=-26)
    assert (start, end) == pytest.approx((1.0, 1.5), abs=0.006)


def test_the_seek_table_of_a_constant_rate_is_a_straight_line(tmp_path: Path) -> None:
    encode(tmp_path / "a.mp3", QUALITIES["speech"], 441_000)
    data = (tmp_path / "a.mp3").read_bytes()
    at = data.index(b"Info") + 16
    table = np.frombuffer(data[at : at + 100], dtype=np.uint8)
    assert np.abs(table - np.arange(100) * 2.56).max() <= 1


def test_bytes_in_the_header_are_those_of_the_file(tmp_path: Path) -> None:
    encode(tmp_path / "a.mp3", QUALITIES["speech"], 441_000)
    data = (tmp_path / "a.mp3").read_bytes()
    at = data.index(b"Info")
    assert int.from_bytes(data[at + 12 : at + 16], "big") == len(data)
    assert (len(data) - data.index(b"\xff\xfb", 4)) * 8 / 10 == pytest.approx(64_000, rel=0.02)


def test_the_same_sound_gives_the_same_bytes(tmp_path: Path) -> None:
    encode(tmp_path / "a.mp3", QUALITIES["speech"], 50_000)
    encode(tmp_path / "b.mp3", QUALITIES["speech"], 50_000)
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_nothing_cannot_be_encoded() -> None:
    writer = Mp3Writer(io.BytesIO(), QUALITIES["speech"])
    writer.write(b"")
    with pytest.raises(AssemblyError, match="no sound"):
        writer.finish()


#: kbit/s and frames a second by index, for MPEG-1 and MPEG-2 (ISO/IEC 11172-3 and 13818-3).
RATES = {
    1: ((0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320), (44_100, 48_000, 32_000)),
    0: ((0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160), (22_050, 24_000, 16_000)),
}


class Frame(NamedTuple):
    """A frame of an MP3: where it begins, its bytes of sound, and how many bytes it borrows from those before."""

    start: int
    sound: int
    borrowed: int


def frames_of(data: bytes) -> list[Frame]:
    frames, start = [], 0
    while start < len(data) - 4:
        version = data[start + 1] >> 3 & 1
        kbits, rates = RATES[version]
        slots, side = (144_000, 17) if version else (72_000, 9)
        length = slots * kbits[data[start + 2] >> 4] // rates[data[start + 2] >> 2 & 3] + (data[start + 2] >> 1 & 1)
        borrowed = int.from_bytes(data[start + 4 : start + 6], "big") >> (7 if version else 8)
        frames.append(Frame(start, length - 4 - side, borrowed))
        start += length
    return frames


def incomplete(frames: list[Frame]) -> int:
    """Count the first of *frames* that cannot be decoded where those before them are not there."""
    there, lost = 0, 0
    for number, frame in enumerate(frames[:20], 1):
        lost = number if frame.borrowed > there else lost
        there += frame.sound
    return lost


@pytest.mark.parametrize("name", ["small", "speech", "podcast"])
def test_after_a_seek_nothing_but_frames_that_borrow_bits_is_late(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A decoder that begins in the middle is silent for frames whose bits lie before it, and while it sets in again."""
    encoding = ENCODINGS[name]
    encode(tmp_path / "a.mp3", encoding, 8 * encoding.sample_rate)
    data = (tmp_path / "a.mp3").read_bytes()
    frames = frames_of(data)
    size = 1152 if encoding.sample_rate > 32_000 else 576

    def decoded(first: int) -> Samples:
        samples, _ = soundfile.read(io.BytesIO(data[frames[first].start :]), dtype="float32")
        return np.asarray(samples, dtype=np.float32)

    whole, losses = decoded(1), set()
    for first in range(20, len(frames) - 30, 17):
        heard, lost = decoded(first), incomplete(frames[first:])
        differs = np.flatnonzero(np.abs(heard - whole[(first - 1) * size :][: heard.size]) > 1e-4)
        late = int(differs[-1]) + 1 if differs.size else 0
        assert late <= (lost + 2) * size
        assert not np.abs(heard[: max(0, late - 2 * size)]).max(initial=0) > 1e-3, "silent rather than noise"
        assert late / encoding.sample_rate < 0.13
        losses.add(lost)
    assert max(losses) >= 2, "bits are borrowed"
    capfd.readouterr()  # the decoder complains of those frames
