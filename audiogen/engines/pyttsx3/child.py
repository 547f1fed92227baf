"""The parent's side of the speaking child process: starts it, sends requests, and ends it."""

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
    """The child died, or did not answer in time; the message states which."""


def _command() -> list[str]:
    """Return the command that starts the child, isolated and, if possible, without `site`.

    On Windows pywin32, and on macOS PyObjC, may need the .pth files that `site` reads.
    """
    lean = [] if sys.platform in ("win32", "darwin") else ["-S"]
    return [sys.executable, "-I", *lean, str(SPEAKER)]


class Child:
    """A speaking process, which answers requests in order.

    A thread reads answers as they arrive, so that the child never waits for the parent, and so that a silent child can
    be distinguished from a slow one.
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
        """The process id."""
        return self._process.pid

    def ask(self, request: tuple[Any, ...]) -> int:
        """Send a request; return its number for `answer`. The set-up has number 0.

        Raises:
            ChildLost: The child has ended.
        """
        try:
            write_frame(self._requests, request)
        except (OSError, ValueError) as error:
            raise ChildLost(self._exit_reason()) from error
        self._asked += 1
        return self._asked - 1

    def answer(self, number: int, patience: float) -> tuple[Any, ...]:
        """Return the answer to a request; *patience* is the timeout in seconds for it and for each answer before it.

        Raises:
            ChildLost: The child died, or did not answer in time.
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
            raise ChildLost(self._exit_reason())
        return answer

    def close(self) -> None:
        """Kill the child."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._requests.close()
        self._messages.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self) -> None:
        """Put the answers into the queue until the pipe ends."""
        with cast("BinaryIO", self._process.stdout) as pipe, suppress(OSError, ValueError, EOFError):
            while (answer := read_frame(pipe)) is not None:
                self._answers.put(answer)
        self._answers.put(None)

    def _exit_reason(self) -> str:
        """Return how the child ended, with the last line of its stderr."""
        self._process.kill()
        status = self._process.wait()
        lines: list[str] = []
        with suppress(ValueError):  # closed already
            self._messages.seek(0)
            lines = self._messages.read().decode("utf-8", "replace").strip().splitlines()
        return f"the engine's process ended with status {status}" + (f" ({lines[-1]})" if lines else "")
