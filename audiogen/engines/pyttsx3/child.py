"""The parent's end of the speaking child: start it, ask it, give up on it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from threading import Thread
from typing import Any

from audiogen.engines.pyttsx3.speaker import read_frame, write_frame

SPEAKER = Path(__file__).with_name("speaker.py")


class ChildLost(Exception):
    """The child died or did not answer in time; the message says which."""


def espeak_of_wheel() -> tuple[str, str]:
    """Return library and data folder of the eSpeak NG that espeakng-loader brings; empty strings where it is not there.

    The package is found but not imported: that would cost more than speaking a sentence.
    """
    spec = find_spec("espeakng_loader")
    if spec is None or spec.origin is None:
        return "", ""
    folder = Path(spec.origin).parent
    name = {"win32": "espeak-ng.dll", "darwin": "libespeak-ng.dylib"}.get(sys.platform, "libespeak-ng.so")
    library, data = folder / name, folder / "espeak-ng-data"
    return (str(library), str(data)) if library.is_file() and data.is_dir() else ("", "")


def _command() -> list[str]:
    """Return the command of the child: isolated everywhere; without `site` where no package of pyttsx3's needs it.

    On Windows pywin32, and on macOS PyObjC, may rely on what `site` reads from .pth files.
    """
    lean = [] if sys.platform in ("win32", "darwin") else ["-S"]
    return [sys.executable, "-I", *lean, str(SPEAKER)]


class Child:
    """One speaking process; requests and answers stay in order.

    A thread takes answers off the pipe as they come, so that the child never waits for us and a silent child can be
    told from a slow one.
    """

    def __init__(self, driver: str = "") -> None:
        self._messages = TemporaryFile()  # noqa: SIM115 - closed with the child
        self._process = subprocess.Popen(
            _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._messages, bufsize=-1
        )
        self._answers: SimpleQueue[tuple[Any, ...] | None] = SimpleQueue()
        Thread(target=self._listen, name="audiogen-speech", daemon=True).start()
        self.ask(([path for path in sys.path if path], *espeak_of_wheel(), driver))

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    def ask(self, request: tuple[Any, ...]) -> None:
        """Send a request; its answer is taken with `answer`.

        Raises:
            ChildLost: the child is no more.
        """
        assert self._process.stdin is not None
        try:
            write_frame(self._process.stdin, request)
        except (OSError, ValueError) as error:
            raise ChildLost(self._last_words()) from error

    def answer(self, patience: float) -> tuple[Any, ...]:
        """Take the next answer, waiting at most *patience* seconds.

        Raises:
            ChildLost: it died, or did not answer in time.
        """
        try:
            answer = self._answers.get(timeout=patience)
        except Empty:
            raise ChildLost(f"it did not answer within {patience:g} seconds") from None
        if answer is None:
            self._answers.put(None)
            raise ChildLost(self._last_words())
        return answer

    def close(self) -> None:
        """End the child, at once and whatever it does."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except OSError:
                pass
        self._messages.close()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        try:
            while (answer := read_frame(self._process.stdout)) is not None:
                self._answers.put(answer)
        except (OSError, ValueError, EOFError):
            pass
        self._answers.put(None)

    def _last_words(self) -> str:
        """Say how it ended, with the last line it left on stderr."""
        status = self._process.wait()
        self._messages.seek(0)
        lines = self._messages.read().decode("utf-8", "replace").strip().splitlines()
        return f"it ended with status {status}" + (f" ({lines[-1]})" if lines else "")
