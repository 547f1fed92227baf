"""The process of the command line: its standard streams, its signals, and its end."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

#: Seconds until a signal that arrived in an uninterruptible frame is raised again.
_DELAY = 0.02
#: The module of multiprocessing that starts a process and sends it its data. (That of Windows also waits for it.)
_STARTING = "popen_spawn_posix.py"


class Terminated(KeyboardInterrupt):
    """Raised at SIGTERM and SIGHUP: the command ends as after Ctrl-C, with the exit code of the signal."""

    #: Number of the last signal; 0 if there was none.
    number = 0


def interruption_code() -> int:
    """Return the exit code of a command that a signal ended: 128 and the number of the signal."""
    # The class keeps the number: libraries that wait in C code turn the exception of a signal handler into a plain
    # KeyboardInterrupt.
    return 128 + (Terminated.number or signal.SIGINT)


def open_streams() -> None:
    """Open those of stdin, stdout and stderr that are closed, so that no other file gets their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # A new file gets the lowest free number: this one.
            os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - open as long as the process is
    # What is printed to a closed stream is lost; other libraries ask such a stream whether it is a terminal.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as above
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - as above


def end_tracker_at_exit() -> None:
    """Register the end of multiprocessing's resource tracker; call this before anything else is registered."""
    # Registered first and so called last: the resources that it tracks are released by then.
    atexit.unregister(_end_tracker)
    atexit.register(_end_tracker)


def _end_tracker() -> None:
    """Wait for the process that multiprocessing starts beside workers; by itself it ends shortly after this one."""
    tracker = sys.modules.get("multiprocessing.resource_tracker")
    if tracker is not None:
        # It is private, and on Windows there is none.
        with suppress(Exception):
            tracker._resource_tracker._stop()


def handle_signals() -> None:
    """Raise an exception at SIGINT, SIGTERM and SIGHUP, so that contexts are left; by default the process ends at once.

    A signal that is ignored stays ignored: `nohup` ignores SIGHUP, and a script's shell SIGINT for processes that it
    starts in the background (POSIX), so that Ctrl-C ends only the one in the foreground.
    """
    Terminated.number = 0
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def terminate(number: int, frame: object) -> None:
        Terminated.number = number
        for other in numbers:
            # More signals often follow; they must not interrupt the cleaning up.
            signal.signal(other, signal.SIG_IGN)
        raise Terminated

    # Some hosts do not allow handlers; then the default stays.
    with suppress(ValueError, OSError):
        if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
            # It had the default during the first imports; see `__main__`.
            signal.signal(signal.SIGINT, _when_interruptible(signal.default_int_handler))
    for number in numbers:
        with suppress(ValueError, OSError):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _when_interruptible(terminate))


def _when_interruptible(handler: Callable[[int, FrameType | None], object]) -> Callable[[int, FrameType | None], None]:
    """Return a signal handler that calls *handler* only where an exception does no harm.

    Elsewhere it raises the signal again a moment later.
    """

    def handle(number: int, frame: FrameType | None) -> None:
        if frame is not None and _is_uninterruptible(frame):
            again = threading.Timer(_DELAY, _raise_in_main_thread, (number,))
            again.daemon = True
            again.start()
            return
        handler(number, frame)

    return handle


def _is_uninterruptible(frame: FrameType) -> bool:
    """Return whether an exception in *frame* does harm: in the import system, and while a process is started.

    An exception in the import system can be lost, and leaves the import lock taken: no other thread could import
    anything any more. A process that is started without the data that it waits for prints a trace.
    """
    if frame.f_code.co_filename.startswith("<frozen importlib"):
        return True
    caller: FrameType | None = frame
    while caller is not None:
        if caller.f_code.co_filename.endswith(_STARTING):
            return True
        caller = caller.f_back
    return False


def _raise_in_main_thread(number: int) -> None:
    """Send a signal to the main thread, which may be waiting by now: the signal ends the wait."""
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        signal.pthread_kill(threading.main_thread().ident or 0, number)
