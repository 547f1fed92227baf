"""A pool of worker processes that survives the death of one of them.

If a process of the standard library's pool dies, all unfinished work is lost and the pool is broken. Here the
pool is replaced, and the unfinished work is done again, one piece after another in a separate process. If that dies,
too, only this piece of work fails.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import types
from concurrent.futures import Executor, Future, InvalidStateError, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from audiogen.batch.limits import Watchdog
from audiogen.batch.progress import ProgressTable, marked_busy, take_slot
from audiogen.errors import CrashError
from audiogen.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")
_Work = tuple["Future[Any]", "Callable[..., Any]", tuple[Any, ...], dict[str, Any]]

#: Defaults for a worker's environment. Without them, libraries would start a thread for every core in
#: every worker; and glibc would keep a heap for each thread that ever spoke, up to eight a core, none of which shrinks:
#: some 100 MB of a worker with a neural voice.
_ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
#: Timeout, in seconds, for a process to end.
_LONGEST_END = 5.0
_starting = threading.Lock()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Keep Ctrl-C from the processes that are started meanwhile: it would end them with a trace while they load."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        # One that came meanwhile is raised here.
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Process(SpawnProcess):
    """A process with a worker's environment, which does not import the caller's script again.

    A plain script needs no `if __name__ == "__main__"`. The C library reads its part of the environment before Python
    begins, so it is set here, while the process starts, rather than in the process.
    """

    def start(self) -> None:
        with _starting:
            caller = sys.modules["__main__"]
            sys.modules["__main__"] = types.ModuleType("__main__")
            added = {name: value for name, value in _ENVIRONMENT.items() if name not in os.environ}
            os.environ.update(added)
            try:
                with _without_interrupts():
                    super().start()
            except BaseException:
                with suppress(AttributeError, ValueError, AssertionError):
                    # It was interrupted as it began: nobody will tell it to end.
                    self.kill()
                raise
            finally:
                sys.modules["__main__"] = caller
                for name in added:
                    del os.environ[name]


class WorkerContext(SpawnContext):
    """Starts worker processes."""

    Process = _Process


def begin(table: ProgressTable) -> None:
    """Set up a worker: it ignores interrupts, and ends when its parent ends."""
    # Ctrl-C reaches the whole process group; the parent decides what to do.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    take_slot(table)
    threading.Thread(target=_end_with_parent, name="audiogen-parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        if sys.platform == "linux":
            _ask_for_a_signal(parent.sentinel)
        wait([parent.sentinel])
        # A killed parent closes nothing; without this its workers would wait forever.
        os._exit(1)


def _ask_for_a_signal(pipe: int) -> None:
    """Have the system end this process when the other end of a pipe is closed.

    It does so with SIGIO, even in a regular expression, which lets no other thread run.
    """
    import fcntl

    with suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


class WorkerPool(Executor):
    """An executor of *size* processes.

    Work that lost its process twice fails with a `CrashError`, whose subject is the work's second argument. Work that
    exceeds the *limits* fails at once, with a `LimitError`.
    """

    def __init__(self, size: int, limits: Limits | None = None) -> None:
        self.size = size
        self._lock = threading.Lock()
        #: Progress tables of the pool's workers and of the separate process.
        self._tables: dict[str, ProgressTable] = {}
        self._watchdog = Watchdog(limits or Limits(), lambda: list(self._tables.values()))
        self._pool = self._new_pool(size)
        self._apart: ProcessPoolExecutor | None = None
        # One thread, so that work that may kill its process is alone in it.
        self._retries = ThreadPoolExecutor(1, thread_name_prefix="audiogen-retries")

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run `fn(*args, **kwargs)` in one of the processes."""
        outer: Future[T] = Future()
        self._hand_out((outer, fn, args, kwargs))
        return outer

    def progress(self, name: str) -> tuple[int, int] | None:
        """Return the number of spoken utterances of an article, and of all; None if no worker is working on it."""
        return next((counts for table in list(self._tables.values()) if (counts := table.progress_of(name))), None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, at once or when their work is done."""
        if cancel_futures or not wait:
            self._watchdog.close()
        self._retries.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)
        if self._apart is not None:
            self._apart.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._watchdog.close()

    def stop(self) -> list[int]:
        """Kill the processes; return their ids."""
        pools = [pool for pool in (self._pool, self._apart) if pool is not None]
        processes = [process for pool in pools for process in list((getattr(pool, "_processes", None) or {}).values())]
        for process in processes:
            process.terminate()
        self.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.join(_LONGEST_END)
        return [process.pid for process in processes if process.pid]

    def _new_pool(self, size: int, kind: str = "pool") -> ProcessPoolExecutor:
        context = WorkerContext()
        # A new pool replaces a broken one; the separate process has its own table.
        table = self._tables[kind] = ProgressTable(size, context)
        return ProcessPoolExecutor(size, mp_context=context, initializer=begin, initargs=(table,))

    def _hand_out(self, work: _Work) -> None:
        """Give work to the pool, or to a new one if the pool is broken."""
        _, fn, args, kwargs = work
        with self._lock:
            try:
                inner = self._pool.submit(_work, fn, args, kwargs)
            except BrokenProcessPool:
                self._pool = self._new_pool(self.size)
                inner = self._pool.submit(_work, fn, args, kwargs)
        inner.add_done_callback(lambda done: self._complete(done, work))

    def _complete(self, inner: Future[Any], work: _Work) -> None:
        """Pass the result of a worker on; work whose worker died is tried once more in a pool of its own."""
        error = None if inner.cancelled() else inner.exception()
        # Always checked: work that was ended just as it finished must not report its next step.
        ended = self._watchdog.reason(_name(work[1], work[2]))
        if isinstance(error, BrokenProcessPool) and ended is not None:
            _fail(work[0], ended)
        elif isinstance(error, BrokenProcessPool):
            try:
                self._retries.submit(self._once_more, work)
            except RuntimeError:
                # The pool is being shut down.
                work[0].cancel()
        else:
            _pass_on(inner, work[0])

    def _once_more(self, work: _Work) -> None:
        """Try work again whose worker died, alone in a pool of its own."""
        outer, fn, args, kwargs = work
        if self._apart is None:
            self._apart = self._new_pool(1, "apart")
        inner = self._apart.submit(_work, fn, args, kwargs)
        if isinstance(inner.exception(), BrokenProcessPool):
            self._apart = None
            subject = _subject(fn, args)
            message = f"The process that worked on {subject} died, twice. Its memory may have run out."
            _fail(outer, self._watchdog.reason(str(subject)) or CrashError(subject, message))
        else:
            _pass_on(inner, outer)


def _work(fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Run a piece of work in a worker, within the limits."""
    with marked_busy(_name(fn, args)):
        return fn(*args, **kwargs)


def _subject(fn: object, args: tuple[Any, ...]) -> Any:
    """Return what a piece of work is about: the name of its second argument."""
    subject = args[1] if len(args) > 1 else fn
    return getattr(subject, "name", subject)


def _name(fn: object, args: tuple[Any, ...]) -> str:
    return str(_subject(fn, args))


def _fail(outer: Future[Any], error: Exception) -> None:
    with suppress(InvalidStateError):
        outer.set_exception(error)


def _pass_on(inner: Future[Any], outer: Future[Any]) -> None:
    """Copy the result of one future to another."""
    # The caller may have given up meanwhile.
    with suppress(InvalidStateError):
        if inner.cancelled():
            outer.cancel()
        elif (error := inner.exception()) is not None:
            outer.set_exception(error)
        else:
            outer.set_result(inner.result())
