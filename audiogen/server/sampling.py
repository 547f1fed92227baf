"""Speaks a few words as a sample, in a separate process, so that the server loads no voice."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

#: Timeout for loading a voice and speaking a few words, in seconds.
_LONGEST = 120.0
#: Maximum number of samples that wait, as each occupies a thread.
_MOST_WAITING = 3


class SampleError(Exception):
    """The words could not be spoken; the message says why."""


class Sampler:
    """Speaks one sample at a time."""

    def __init__(self, library: Path) -> None:
        """Create a sampler with the voice cards of a library."""
        self._library = library
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)

    def speak(self, voice: str, text: str = "") -> bytes:
        """Return a text spoken with a voice, or the sample of its language, as a WAV file.

        Raises:
            SampleError: It could not be spoken, or too many others wait.
        """
        if not self._waiting.acquire(blocking=False):
            raise SampleError("Other words are being tried. Try again in a moment.")
        try:
            with self._lock, tempfile.TemporaryDirectory(prefix="audiogen-") as folder:
                return self._spoken(voice, text, Path(folder) / "sample.wav")
        finally:
            self._waiting.release()

    def _spoken(self, voice: str, text: str, path: Path) -> bytes:
        """Return the WAV file of a text that a separate process speaks; *path* is the file."""
        options = ["--output", str(path), "--library", str(self._library)]
        command = [sys.executable, "-m", "audiogen", "voices", "try", *options, "--", voice, text]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
            if done.returncode:
                raise SampleError(" ".join(done.stderr.split())[-300:] or "It could not be spoken.")
            return path.read_bytes()
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SampleError(f"It could not be spoken ({type(error).__name__}).") from error
