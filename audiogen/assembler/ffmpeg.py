"""Writes the formats that need ffmpeg: M4B (AAC) and Opus."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audiogen.errors import AssemblyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import IO

    from audiogen.assembler import Encoding

#: Arguments of ffmpeg by suffix. AAC's "fast" coder is the better one below 96 kbit/s.
_CODECS = {
    ".m4b": ("-c:a", "aac", "-movflags", "+faststart", "-f", "ipod"),
    ".opus": ("-c:a", "libopus", "-application", "audio", "-vbr", "constrained", "-f", "ogg"),
}


def find_ffmpeg(target: Path) -> str:
    """Return the path of ffmpeg; *target* is the file that needs it.

    Raises:
        AssemblyError: It is not installed.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise AssemblyError(
            target, f"Files like {target.name} are made with ffmpeg, which is not installed. Install it, or use mp3."
        )
    return program


def in_a_line(complaint: bytes) -> str:
    r"""Return ffmpeg's messages on stderr as a part of a sentence.

    >>> in_a_line(b"a.m4b: moov atom not found\nInvalid data.\n")
    'a.m4b: moov atom not found; Invalid data'
    """
    return "; ".join(
        line.strip().rstrip(".") for line in complaint.decode("utf-8", "replace").splitlines() if line.strip()
    )


class FfmpegWriter:
    """A writer that pipes 16-bit mono PCM into ffmpeg."""

    def __init__(self, process: subprocess.Popen[bytes], target: Path, encoding: Encoding) -> None:
        assert process.stdin is not None
        self._process = process
        self._stdin: IO[bytes] = process.stdin
        self._target = target
        self._rate = encoding.sample_rate
        self._frames = 0

    def write(self, pcm: bytes) -> None:
        """Encode the next piece."""
        self._frames += len(pcm) // 2
        try:
            self._stdin.write(pcm)
        except BrokenPipeError:
            self._raise_error()

    def finish(self) -> float:
        """Encode the rest, and return the length in seconds; AssemblyError if ffmpeg failed."""
        if not self._frames:
            raise AssemblyError(self._target, "There is no sound to encode.")
        try:
            self._stdin.close()
        except BrokenPipeError:
            self._raise_error()
        if self._process.wait():
            self._raise_error()
        return self._frames / self._rate

    def _raise_error(self) -> None:
        """Raise an AssemblyError with ffmpeg's messages."""
        assert self._process.stderr
        complaint = in_a_line(self._process.stderr.read())
        raise AssemblyError(self._target, f"ffmpeg could not write {self._target}: {complaint}.")


@contextmanager
def open_ffmpeg(target: Path, encoding: Encoding) -> Iterator[FfmpegWriter]:
    """Start ffmpeg for the file at *target*; its suffix determines the codec."""
    rate = str(encoding.sample_rate)
    command = [find_ffmpeg(target), "-v", "error", "-y", "-f", "s16le", "-ar", rate, "-ac", "1", "-i", "pipe:0"]
    command += ["-b:a", f"{encoding.bitrate}k", *_CODECS[target.suffix], str(target)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        yield FfmpegWriter(process, target, encoding)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stderr):
            _close(pipe)


def _close(pipe: IO[bytes] | None) -> None:
    """Close a pipe, even if its reader has ended."""
    try:
        if pipe:
            pipe.close()
    except BrokenPipeError:
        pass  # What was still in the pipe's buffer is lost with the file it was for.


def remux(source: Path, metadata: str, arguments: Sequence[str] = ()) -> None:
    """Rewrite *source* in place with *metadata* in ffmpeg's format (chapters), without encoding it again.

    Raises:
        AssemblyError: ffmpeg is missing or failed.
    """
    notes, draft = source.with_suffix(".ffmetadata"), source.with_name(f"{source.stem}.remux{source.suffix}")
    notes.write_text(metadata, encoding="utf-8")
    command = [find_ffmpeg(source), "-v", "error", "-y", "-i", str(source), "-i", str(notes)]
    command += ["-map_metadata", "1", "-map_chapters", "1", "-map", "0:a", "-c", "copy", *arguments, str(draft)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            complaint = in_a_line(done.stderr)
            raise AssemblyError(source, f"ffmpeg could not add the chapters to {source}: {complaint}.")
        draft.replace(source)
    finally:
        notes.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
