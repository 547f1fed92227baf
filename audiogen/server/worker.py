"""A worker process, and the server's end of the pipe to it.

The pool of a batch cannot end one article without the others. Here, a job can be cancelled, and a worker that dies
affects only its own job, so each worker is a process with its own pipe. It starts like a batch's worker, and ends with
the server.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from audiogen.batch.limits import reason_to_end
from audiogen.batch.progress import ProgressTable
from audiogen.batch.worker_pool import WorkerContext, begin
from audiogen.errors import CrashError, LimitError
from audiogen.server.orders import Progress, WarmUp

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from audiogen.server.orders import Order, Result
    from audiogen.settings import Limits

#: Interval in seconds at which a worker's progress is read.
_INTERVAL = 0.25
#: Timeout for loading a voice, in seconds.
LONGEST_WARM_UP = 300.0
#: Timeout for the end of a killed process, in seconds.
_LONGEST_END = 5.0


class DroppedError(Exception):
    """The job was cancelled, and its process was ended."""


class Worker:
    """One process that works on one job at a time. It starts with the first job."""

    def __init__(self, limits: Limits) -> None:
        """Create a worker with the limits of a job."""
        self._limits = limits
        self._process: Any = None
        self._pipe: Any = None
        self._table: ProgressTable | None = None

    @property
    def pid(self) -> int:
        """Id of the process; 0 if there is none."""
        return self._process.pid if self._process is not None else 0

    def do(self, order: Order, watch: Callable[[Progress], bool]) -> Result:
        """Execute a job.

        *watch* is called several times a second with the progress, and returns whether to continue.

        Raises:
            DroppedError: *watch* returned False.
            LimitError: It exceeded its time or memory, and its process was ended.
            AudiogenError: The article could not be made, or the process died.
        """
        pipe = self._start()
        pipe.send(order)
        progress, since = Progress(), time.monotonic()
        kind: str
        value: Any
        while True:
            try:
                kind, value = pipe.recv() if pipe.poll(_INTERVAL) else ("", None)
            except (EOFError, OSError):
                raise self._death(order) from None
            if kind == "done":
                return value  # type: ignore[no-any-return]  # of our own process
            if kind == "failed":
                raise value
            now = self._progress(order, progress, value if kind == "stage" else None)
            since = time.monotonic() if now != progress else since
            progress = now
            if not watch(progress):
                self.close()
                raise DroppedError
            if reason := reason_to_end(self._limits, time.monotonic() - since, self.pid):
                self.close()
                raise LimitError(order.job.name, f"The work on {order.job.name} {reason}.")

    def warm_up(self, order: WarmUp, is_wanted: Callable[[], bool]) -> None:
        """Start the process and load the show's voice, so that the next job starts to speak at once.

        Errors are ignored; that job will report them. The process is killed as soon as it is not wanted any more.
        """
        pipe = self._start()
        end = time.monotonic() + LONGEST_WARM_UP
        try:
            pipe.send(order)
            while not pipe.poll(_INTERVAL):
                if not is_wanted() or time.monotonic() > end:
                    self.close()
                    return
            pipe.recv()
        except (EOFError, OSError):
            self.close()

    def close(self) -> None:
        """Kill the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.join(_LONGEST_END)
            self._pipe.close()

    def _start(self) -> Connection:
        """Start the worker process if none is running; return the pipe to it."""
        if self._process is None or not self._process.is_alive():
            self.close()
            context = WorkerContext()
            self._pipe, theirs = context.Pipe()
            self._table = ProgressTable(1, context)
            self._process = context.Process(target=_serve, args=(theirs, self._table), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe  # type: ignore[no-any-return]

    def _progress(self, order: Order, progress: Progress, stage: tuple[str, str] | None) -> Progress:
        """Return the progress: the new *stage*, or the number of spoken utterances."""
        if stage is not None:
            return Progress(*stage)
        counted = (
            self._table.progress_of(order.job.id) if self._table is not None and progress.stage == "speaking" else None
        )
        return Progress(progress.stage, progress.outcome, *counted) if counted else progress

    def _death(self, order: Order) -> CrashError:
        """Return the error for a process that died."""
        process = self._process
        process.join(_LONGEST_END)
        code = process.exitcode
        self.close()
        message = f"The process that worked on {order.job.name} died (exit code {code}). Its memory may have run out."
        return CrashError(order.job.name, message)


def _serve(pipe: Connection, table: ProgressTable) -> None:
    """Execute the orders from the pipe until its other end is closed."""
    begin(table)
    from audiogen.server.work import do, warm_up

    with suppress(EOFError, OSError):
        while True:
            order = pipe.recv()
            if isinstance(order, WarmUp):
                warm_up(order)
                pipe.send(("warm", None))
            else:
                pipe.send(_answer(order, pipe, do))


def _answer(
    order: Order, pipe: Connection, make: Callable[[Order, Callable[[str, str], None]], Result]
) -> tuple[str, object]:
    """Execute an order; return "done" and the result, or the error."""
    try:
        return "done", make(order, lambda stage, outcome: pipe.send(("stage", (stage, outcome))))
    except Exception as error:
        # The cause of an error may not be picklable.
        error.__cause__ = error.__context__ = None
        return "failed", error
