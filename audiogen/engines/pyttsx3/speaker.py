"""The program of the speaking child: pyttsx3, and the pipe to the parent.

The child is started by the path of this file, isolated and without `site`, so that it speaks within about 50 ms; for
the same reason it imports little, and only its two neighbours of audiogen.

Frames go in both directions: four bytes of length, then a `marshal` of a tuple (both processes run the same Python).
The first one from the parent is the set-up; then each `("speak", …)` or `("voices",)` is answered, in order, by a frame
that begins with "ok" or "no".
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from types import ModuleType
from typing import Any, BinaryIO


def read_frame(pipe: BinaryIO) -> tuple[Any, ...] | None:
    """Return the next frame; None if the pipe has ended."""
    head = pipe.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "little")
    body = pipe.read(size)
    if len(body) < size:
        return None
    frame: tuple[Any, ...] = marshal.loads(body)
    return frame


def write_frame(pipe: BinaryIO, frame: tuple[Any, ...]) -> None:
    """Write a frame and flush the pipe."""
    body = marshal.dumps(frame)
    pipe.write(len(body).to_bytes(4, "little"))
    pipe.write(body)
    pipe.flush()


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until the pipe ends."""
    setup = read_frame(requests)
    if setup is None:
        return
    try:
        speech = _open(*setup)
    except Exception as error:
        write_frame(replies, ("no", type(error).__name__, str(error)))
        return
    write_frame(replies, ("ok", speech.description, speech.sample_rate))
    while (request := read_frame(requests)) is not None:
        write_frame(replies, _answer(speech, request))


def _open(path: list[str], library: str, data: str, driver: str, folder: str) -> Any:
    """Load pyttsx3 with audiogen's driver, or with the stock one called *driver*."""
    sys.path[:] = path
    if driver:
        from audiogen.engines.pyttsx3.stock import StockSpeech

        return StockSpeech(driver, folder, library, data)
    from audiogen.engines.pyttsx3.espeak import FastSpeech

    return FastSpeech(library, data)


def _answer(speech: Any, request: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the answer to a request; an exception becomes a "no"."""
    try:
        if request[0] == "voices":
            return ("ok", speech.voices())
        return ("ok", *speech.speak(*request[1:]))
    except Exception as error:
        return ("no", type(error).__name__, str(error))


def _stand_in_for_packages() -> None:
    """Make the neighbour modules importable without running their packages' `__init__`."""
    folder = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - pathlib would cost milliseconds
    for name in ("audiogen.engines.pyttsx3", "audiogen.engines", "audiogen"):
        package = ModuleType(name)
        package.__path__ = [folder]
        sys.modules[name] = package
        folder = os.path.dirname(folder)  # noqa: PTH120


def main() -> None:
    """Answer requests on the pipe; what libraries print goes to stderr, which the parent redirects to a file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle; we end when it closes the pipe
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _stand_in_for_packages()
    serve(sys.stdin.buffer, replies)
    replies.flush()
    # eSpeak may fail on its way out; the work is done and answered.
    os._exit(0)


if __name__ == "__main__":
    main()
