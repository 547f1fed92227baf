"""Sound files of every kind are read, and what is none is told."""

from __future__ import annotations

import builtins
import shutil
import subprocess
import warnings
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from audiogen.assembler import QUALITIES
from audiogen.assembler.decoding import decoded, music, read_sound, repeat_sound
from audiogen.assembler.mp3 import open_mp3
from audiogen.assembler.streams import to_pcm
from audiogen.errors import AssemblyError
from tests.assembler.sounds import FFMPEG, babble, sine, write_wav

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from audiogen.assembler.decoding import Decoded

RATE = 44_100
needs_ffmpeg = pytest.mark.skipif(FFMPEG is None, reason="needs ffmpeg")
#: Kinds that libsndfile does not know, with the codec that ffmpeg has for each.
FOREIGN = {"m4a": "aac", "wma": "wmav2", "aac": "aac", "mka": "aac", "mp4": "aac", "caf.m4a": "alac"}
OPENERS: list[Callable[[Path], AbstractContextManager[Decoded]]] = [decoded, music]


def converted(wav: Path, kind: str, *arguments: str) -> Path:
    """Turn the WAV into another kind of file."""
    assert FFMPEG
    target = wav.with_suffix(f".{kind}")
    subprocess.run([FFMPEG, "-v", "error", "-y", "-i", str(wav), *arguments, str(target)], check=True)
    return target


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    """Two seconds of a tone on the left and nothing on the right."""
    left = sine(2, RATE, frequency=1000, level=-12)
    soundfile.write(tmp_path / "jingle.wav", np.stack((left, np.zeros_like(left)), axis=1), RATE)
    return tmp_path / "jingle.wav"


def assert_the_tone(samples: np.ndarray, rate: int) -> None:
    """It is the tone of two seconds, its channels averaged: 6 dB down."""
    assert samples.dtype == np.float32
    assert samples.size / rate == pytest.approx(2.0, abs=0.15)
    middle = samples[rate // 2 : rate * 3 // 2]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(middle.size)))
    assert np.argmax(spectrum) == pytest.approx(1000, abs=1)
    assert 20 * np.log10(np.abs(middle).max()) == pytest.approx(-18, abs=0.5)


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
def test_usual_files_are_read_without_ffmpeg(kind: str, wav: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples, rate = soundfile.read(wav)
    path = wav.with_name(f"a.{kind}")
    soundfile.write(path, samples, rate)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert_the_tone(read_sound(path, RATE), RATE)


@needs_ffmpeg
@pytest.mark.parametrize(("kind", "codec"), FOREIGN.items(), ids=FOREIGN)
def test_music_that_libsndfile_does_not_know_is_read_with_ffmpeg(kind: str, codec: str, wav: Path) -> None:
    path = converted(wav, kind, "-c:a", codec)
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        with music(path) as sound:
            assert_the_tone(np.concatenate(list(sound.blocks)), sound.rate)
    assert_the_tone(read_sound(path, 24_000), 24_000)


@needs_ffmpeg
def test_a_bed_of_another_kind_goes_round_and_round(wav: Path) -> None:
    path = converted(wav, "m4a", "-c:a", "aac")
    samples = np.concatenate(list(islice(repeat_sound(path, 22_050), 6)))
    assert samples.size >= 3 * 2 * 22_050
    assert np.abs(samples[5 * 22_050 : 5 * 22_050 + 2000]).max() > 0.1


@needs_ffmpeg
def test_an_episode_in_a_container_is_streamed(wav: Path) -> None:
    path = converted(wav, "m4b", "-c:a", "aac", "-f", "ipod")
    with decoded(path) as sound:
        assert sound.rate == 48_000
        assert_the_tone(np.concatenate(list(sound.blocks)), sound.rate)


@needs_ffmpeg
@pytest.mark.parametrize("name", ["a.m4b", "a.m4a", "a.wma", "a.wav", "a.mp3"])
@pytest.mark.parametrize("opener", OPENERS)
def test_what_is_no_sound_is_told_by_its_name(opener: Callable[[Path], Any], name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"This is a text about sound. " * 40)
    with pytest.raises(AssemblyError, match="could not be read") as caught, opener(path) as sound:
        list(sound.blocks)
    assert caught.value.subject == path
    assert str(path) in caught.value.message


@needs_ffmpeg
def test_a_film_without_sound_is_told(tmp_path: Path) -> None:
    assert FFMPEG
    path = tmp_path / "film.mp4"
    command = [FFMPEG, "-v", "error", "-f", "lavfi", "-i", "color=size=32x32:duration=0.2", str(path)]
    subprocess.run(command, check=True)
    with pytest.raises(AssemblyError, match=r"ffmpeg finds no sound in .*film\.mp4"), music(path):
        pass


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("name", ["gone.wav", "gone.wma"])
def test_a_file_that_is_not_there_is_told(opener: Callable[[Path], Any], name: str, tmp_path: Path) -> None:
    with pytest.raises(AssemblyError, match=name), opener(tmp_path / name):
        pass


@pytest.mark.parametrize("missing", ["ffmpeg", "ffprobe"])
def test_without_ffmpeg_its_name_is_told_and_pydub_is_not_loaded(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "jingle.wma"
    path.write_bytes(b"\x30\x26\xb2\x75" * 50)
    usual = builtins.__import__

    def watched(name: str, *arguments: Any, **more: Any) -> Any:
        assert not name.startswith("pydub")
        return usual(name, *arguments, **more)

    monkeypatch.setattr(shutil, "which", lambda name: None if name == missing else f"/usr/bin/{name}")
    monkeypatch.setattr(builtins, "__import__", watched)
    with (
        pytest.raises(AssemblyError, match=r"ffmpeg is not installed\. Install it, or turn the file into WAV"),
        music(path),
    ):
        pass


def test_an_episode_that_needs_ffmpeg_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(AssemblyError, match="ffmpeg must be installed"), decoded(tmp_path / "a.m4b"):
        pass


def test_music_without_a_sound_in_it_is_told(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "empty.wav", np.zeros(0, dtype=np.float32), RATE)
    with pytest.raises(AssemblyError, match="There is no sound in"):
        list(islice(repeat_sound(path, RATE), 5))


@pytest.mark.parametrize("quality", QUALITIES)
def test_an_mp3_is_read_to_its_end_without_a_word_on_the_terminal(
    quality: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """At low rates frames borrow many bits from those before, of which the decoder complains after a seek."""
    samples = babble(12, QUALITIES[quality].sample_rate, level=-1)
    with open_mp3(tmp_path / "a.mp3", QUALITIES[quality]) as writer:
        writer.write(to_pcm(samples))
        writer.finish()
    with decoded(tmp_path / "a.mp3") as sound:
        heard = np.concatenate(list(sound.blocks))
    assert capfd.readouterr().err == ""
    whole, _ = soundfile.read(tmp_path / "a.mp3", dtype="float32")
    assert heard.size == samples.size
    assert np.abs(heard - whole).max() < 1e-6
