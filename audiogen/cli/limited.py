"""Reads and cleans foreign documents within the limits of the settings, in a process of its own.

A document may be made to fill the memory, or to hold a parser for days. Batches and servers work on it in processes
that are ended when they exceed `limits.seconds` and `limits.memory`; so does every other command that reads documents.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audiogen.batch.worker_pool import WorkerPool
    from audiogen.settings import Limits

P = ParamSpec("P")
T = TypeVar("T")


class Limited:
    """Calls functions in a process that is ended when it exceeds the limits; without limits, in this one."""

    def __init__(self, pool: WorkerPool | None) -> None:
        """Take the pool of one process; None calls in this process."""
        self._pool = pool

    def do(self, name: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function of a module; *name* is what errors call the document.

        Raises:
            LimitError: it took more time or memory than it may, and its process was ended.
            CrashError: the process died.
        """
        if self._pool is None:
            return function(*args, **kwargs)
        verbose = logging.getLogger("audiogen").isEnabledFor(logging.DEBUG)
        return self._pool.submit(_call, function, name, verbose, args, kwargs).result()


@contextmanager
def open_limited(limits: Limits) -> Iterator[Limited]:
    """Start the process, which loads what it needs while the caller does; end it afterwards, whatever happens."""
    if not limits.seconds and not limits.memory:
        yield Limited(None)
        return
    from audiogen.batch.worker_pool import WorkerPool

    pool = WorkerPool(1, limits)
    try:
        pool.submit(_load, None, "the program")
        yield Limited(pool)
    except BaseException:
        # It may be in the middle of a document.
        pool.stop()
        raise
    pool.shutdown()


def _load(_: None, name: str) -> None:
    """Import what reads and cleans."""
    import audiogen.production.preparing  # noqa: F401


def _call(function: Callable[..., T], name: str, verbose: bool, args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    """Call a function in the process; what it logs goes to stderr where the command is to be verbose."""
    from audiogen.cli.verbose import logging_to_stderr

    with logging_to_stderr() if verbose else nullcontext():
        return function(*args, **kwargs)
