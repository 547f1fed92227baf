"""Decodes sound files: a show's music, and finished episodes when they are checked.

libsndfile (through soundfile, a wheel of 1.3 MB that loads in 15 ms) reads WAV, MP3, FLAC and Ogg on every system.
Other files are decoded by ffmpeg if it is installed: episodes as a stream, because they may be ten hours long; music,
which may be in any format, through pydub, which detects the format.
"""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from audiogen.assembler.ffmpeg import in_a_line
from audiogen.errors import AssemblyError
from audiogen.untrusted import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from pydub import AudioSegment

    Samples = NDArray[np.float32]

#: Number of frames in a block.
_BLOCK = 1 << 16
#: The sample rate that ffmpeg decodes to, which is that of audiogen's own M4B and Opus files.
_FFMPEG_RATE = 48_000
#: Suffixes of episodes that libsndfile does not know.
_FFMPEG_ONLY = frozenset({".m4b", ".m4a"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """An open sound file."""

    #: Frames a second.
    rate: int
    #: The sound in mono from -1 to 1, channels averaged, in blocks.
    blocks: Iterator[Samples]


@contextmanager
def decoded(path: Path) -> Iterator[Decoded]:
    """Open the sound file at *path*.

    Raises:
        AssemblyError: It does not exist, or is not a readable sound file.
    """
    if kind_of(path) == "special":
        # A library of somebody else's may have a pipe there, which would be waited for.
        raise AssemblyError(path, f"The sound file {path} is no regular file.")
    if path.suffix.lower() in _FFMPEG_ONLY:
        with _through_ffmpeg(path) as blocks:
            yield Decoded(_FFMPEG_RATE, blocks)
        return
    try:
        with _Stream(path) as file:
            yield Decoded(file.samplerate, _blocks(file))
    except (soundfile.LibsndfileError, OSError) as error:
        raise AssemblyError(path, f"The sound file {path} could not be read: {str(error).rstrip('.')}.") from error


@contextmanager
def music(path: Path) -> Iterator[Decoded]:
    """Open a short sound file of the show, in any format that libsndfile or, if installed, ffmpeg reads.

    Raises:
        AssemblyError: It does not exist, or is not a readable sound file.
    """
    if not path.exists():
        raise AssemblyError(path, f"The sound file {path} does not exist. Correct its name in the settings.")
    if path.is_file() and not _is_known(path):
        yield _through_pydub(path)
        return
    with decoded(path) as sound:
        yield sound


def _is_known(path: Path) -> bool:
    """Return whether libsndfile reads the file, by its content."""
    try:
        soundfile.info(path)
    except soundfile.LibsndfileError:
        return False
    return True


def _through_pydub(path: Path) -> Decoded:
    """Decode a sound file with pydub and ffmpeg, for formats that nothing else here reads."""
    if not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
        # Asked before pydub is loaded, which warns on the terminal where it finds neither.
        raise AssemblyError(
            path,
            f"The sound file {path} is of a kind that only ffmpeg reads, and ffmpeg is not installed. Install it, or"
            " turn the file into WAV, MP3, FLAC or Ogg.",
        )
    from pydub import AudioSegment
    from pydub.exceptions import CouldntDecodeError

    try:
        # An open file rather than a path: pydub leaves a file of its own open where ffprobe finds no sound in it.
        with path.open("rb") as file:
            segment = AudioSegment.from_file(file)
    except CouldntDecodeError as error:
        complaint = str(error).strip().rpartition("\n")[2]
        raise AssemblyError(
            path, f"The sound file {path} could not be read, not by ffmpeg either: {complaint}"
        ) from error
    except (IndexError, KeyError) as error:
        raise AssemblyError(path, f"ffmpeg finds no sound in {path}.") from error
    except (OSError, ValueError) as error:
        raise AssemblyError(path, f"The sound file {path} could not be read with ffmpeg: {error}.") from error
    return Decoded(segment.frame_rate, iter((_mono(segment),)))


def _mono(segment: AudioSegment) -> Samples:
    """Return the average of the channels of a sound in memory."""
    frames = np.asarray(segment.get_array_of_samples(), dtype=np.float32).reshape(-1, segment.channels)
    return np.asarray(frames.mean(axis=1) / np.float32(segment.max_possible_amplitude), dtype=np.float32)


class _Stream(soundfile.SoundFile):  # type: ignore[misc]  # it ships no types
    """A file that cannot seek.

    python-soundfile seeks after each block, after which the MP3 decoder prints warnings about skipped frames.
    """

    def seekable(self) -> bool:
        return False


def _blocks(file: soundfile.SoundFile) -> Iterator[Samples]:
    """Yield a file in blocks, in mono."""
    while (block := file.read(_BLOCK, dtype="float32", always_2d=True)).size:
        yield np.ascontiguousarray(block.mean(axis=1, dtype=np.float32))


@contextmanager
def _through_ffmpeg(path: Path) -> Iterator[Iterator[Samples]]:
    """Yield the blocks of a sound file that a process of ffmpeg decodes."""
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise AssemblyError(path, f"To read {path}, ffmpeg must be installed.")
    command = [ffmpeg, "-v", "error", "-nostdin", "-i", str(path), "-f", "s16le"]
    command += ["-ac", "1", "-ar", str(_FFMPEG_RATE), "pipe:1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        yield _pcm_blocks(process.stdout.read)
        complaint = in_a_line(process.stderr.read())
    if process.returncode:
        raise AssemblyError(path, f"The sound file {path} could not be read: {complaint}.")


def _pcm_blocks(read: object) -> Iterator[Samples]:
    """Yield blocks of 16-bit PCM from the function *read*."""
    assert callable(read)
    while data := read(2 * _BLOCK):
        yield np.frombuffer(data, dtype="<i2").astype(np.float32) / np.float32(32768.0)


def read_sound(path: Path, rate: int) -> Samples:
    """Return a whole sound file of the show in mono, resampled to *rate* frames per second."""
    import soxr

    with music(path) as sound:
        samples = np.concatenate([np.zeros(0, dtype=np.float32), *sound.blocks])
        return samples if sound.rate == rate else np.asarray(soxr.resample(samples, sound.rate, rate))


def repeat_sound(path: Path, rate: int) -> Iterator[Samples]:
    """Yield a sound file of the show at *rate* repeatedly, in blocks; the file is decoded again each time.

    Raises:
        AssemblyError: It cannot be read, or has no sound.
    """
    import soxr

    while True:
        heard = False
        with music(path) as sound:
            stream = soxr.ResampleStream(sound.rate, rate, 1, dtype="float32", quality="HQ")
            for block in sound.blocks:
                heard = True
                yield np.asarray(stream.resample_chunk(block))
            yield np.asarray(stream.resample_chunk(np.zeros(0, dtype=np.float32), last=True))
        if not heard:
            raise AssemblyError(path, f"There is no sound in {path}.")
