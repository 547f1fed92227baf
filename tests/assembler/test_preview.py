"""What is heard of a recording while it is made."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from mutagen.mp3 import MP3

from audiogen.assembler.decoding import read_sound
from audiogen.assembler.preview import Preview, wav_header

if TYPE_CHECKING:
    from pathlib import Path


def sine(seconds: float, rate: int, level: float = 0.05) -> bytes:
    times = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * 220 * times)).astype(np.float32).tobytes()


@pytest.mark.parametrize("rate", [16_000, 22_050, 20_000], ids=["of MPEG-2", "of voices", "of no MP3"])
def test_a_growing_file_is_heard_to_its_end(tmp_path: Path, rate: int) -> None:
    path = tmp_path / "sound.wav"
    preview = Preview(path)
    assert preview.read() == b""
    header, samples, sound = wav_header(rate), sine(9, rate), b""
    # Cut in the header, and within a sample.
    for piece in (header[:20], header[20:] + samples[: 8 * rate + 3], samples[8 * rate + 3 :]):
        with path.open("ab") as file:
            file.write(piece)
        while more := preview.read():
            sound += more
    sound += preview.finish()
    preview.close()
    result = MP3(io.BytesIO(sound)).info
    assert result is not None
    assert result.length == pytest.approx(9, abs=0.2)
    assert result.sample_rate == (rate if rate != 20_000 else 44_100)


def test_nothing_but_a_few_seconds_is_read_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    path.write_bytes(wav_header(22_050) + sine(60, 22_050))
    preview = Preview(path)
    pieces = []
    while more := preview.read():
        pieces.append(more)
    preview.close()
    assert len(pieces) == 15


def test_what_was_never_spoken_ends_in_nothing(tmp_path: Path) -> None:
    preview = Preview(tmp_path / "sound.wav")
    assert (preview.read(), preview.finish()) == (b"", b"")
    preview.close()


def test_a_quiet_voice_is_as_loud_as_another(tmp_path: Path) -> None:
    levels = []
    for level in (0.01, 0.1):
        path = tmp_path / f"{level}.wav"
        path.write_bytes(wav_header(22_050) + sine(4, 22_050, level))
        preview = Preview(path)
        heard = tmp_path / f"{level}.mp3"
        heard.write_bytes(preview.read() + preview.finish())
        preview.close()
        levels.append(float(np.std(read_sound(heard, 22_050))))
    assert levels[0] == pytest.approx(levels[1], rel=0.03)
