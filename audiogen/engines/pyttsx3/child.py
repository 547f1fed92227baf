"""The parent's end of the speaking child: start it, ask it, give up on it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, cast

from audiogen.engines.espeak_library import espeak_of_wheel
from audiogen.engines.pyttsx3.speaker import read_frame, write_frame
from audiogen.temporary import make_folder

if TYPE_CHECKING:
    from typing import BinaryIO

SPEAKER = Path(__file__).with_name("speaker.py")


class ChildLost(Exception):
    """The child died, or did not answer in time; the message says which."""


def _command() -> list[str]:
    """Return the command of the child: isolated everywhere; without `site` where no package of pyttsx3's needs it.

    On Windows pywin32, and on macOS PyObjC, may rely on what `site` reads from .pth files.
    """
    lean = [] if sys.platform in ("win32", "darwin") else ["-S"]
    return [sys.executable, "-I", *lean, str(SPEAKER)]


class Child:
    """One speaking process, which answers requests in the order they were asked.

    A thread takes answers off the pipe as they come, so that the child never waits for us, and a silent child can be
    told from a slow one.
    """

    def __init__(self, driver: str = "") -> None:
        #: Holds what the child writes: messages of libraries, and sound where a driver can't do without a file.
        self._folder = make_folder("audiogen-speech-")
        self._messages: IO[bytes] = (self._folder / "messages").open("w+b")
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._messages,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers: SimpleQueue[tuple[Any, ...] | None] = SimpleQueue()
        #: Answers to later requests that came while an earlier one was waited for.
        self._early: dict[int, tuple[Any, ...]] = {}
        self._asked = self._answered = 0
        Thread(target=self._listen, name="audiogen-speech", daemon=True).start()
        with suppress(ChildLost):  # the receiver of the greeting gets the error
            self.ask(([path for path in sys.path if path], *espeak_of_wheel(), driver, str(self._folder)))

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    def ask(self, request: tuple[Any, ...]) -> int:
        """Send a request; return its number, by which `answer` finds the answer. The set-up is number 0.

        Raises:
            ChildLost: the child is no more.
        """
        try:
            write_frame(self._requests, request)
        except (OSError, ValueError) as error:
            raise ChildLost(self._last_words()) from error
        self._asked += 1
        return self._asked - 1

    def answer(self, number: int, patience: float) -> tuple[Any, ...]:
        """Take the answer to a request, waiting at most *patience* seconds for each answer before it.

        Raises:
            ChildLost: the child died, or did not answer in time.
        """
        while number not in self._early:
            self._early[self._answered] = self._next(patience)
            self._answered += 1
        return self._early.pop(number)

    def _next(self, patience: float) -> tuple[Any, ...]:
        """Return the next answer of the child process."""
        try:
            answer = self._answers.get(timeout=patience)
        except Empty:
            raise ChildLost(f"the engine did not answer within {patience:g} seconds") from None
        if answer is None:
            self._answers.put(None)
            raise ChildLost(self._last_words())
        return answer

    def close(self) -> None:
        """End the child, at once and whatever it does."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._requests.close()
        self._messages.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self) -> None:
        with cast("BinaryIO", self._process.stdout) as pipe, suppress(OSError, ValueError, EOFError):
            while (answer := read_frame(pipe)) is not None:
                self._answers.put(answer)
        self._answers.put(None)

    def _last_words(self) -> str:
        """Say how it ended, with the last line it left on stderr."""
        self._process.kill()
        status = self._process.wait()
        lines: list[str] = []
        with suppress(ValueError):  # closed already
            self._messages.seek(0)
            lines = self._messages.read().decode("utf-8", "replace").strip().splitlines()
        return f"the engine's process ended with status {status}" + (f" ({lines[-1]})" if lines else "")
