"""Runs jobs on a cluster instead of a worker process: on any executor of `concurrent.futures`, such as Dask's.

The machines must reach the library under the same path, or it must be at an address, as for a batch on a cluster. The
document of a job is sent along; sound does not pass through the server. If a machine dies, Dask gives its job to
another one; if Dask gives up, the queue tries the job again as after any crash.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.episodes.storage import is_address
from audiogen.errors import AudiogenError, CrashError
from audiogen.server.orders import Progress
from audiogen.server.worker import DroppedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor, Future

    from audiogen.server.orders import Order, Result, WarmUp

#: Interval in seconds at which a job is checked for its end or cancellation.
_INTERVAL = 0.5


class ClusterWorker:
    """Runs one job at a time on an executor."""

    #: The job has no process on this machine.
    pid = 0

    def __init__(self, executor: Executor) -> None:
        """Take the executor."""
        self._executor = executor

    def do(self, order: Order, watch: Callable[[Progress], bool]) -> Result:
        """Run a job. *watch* is called repeatedly, and returns whether the job is still wanted.

        Raises:
            DroppedError: The job is not wanted any more; a machine that has begun it still completes it.
            AudiogenError: The article could not be made, or the machine died.
        """
        future = self._executor.submit(make, portable(order))
        while True:
            try:
                return future.result(_INTERVAL)
            except TimeoutError:
                if not watch(Progress("speaking")):
                    future.cancel()
                    raise DroppedError from None
            except AudiogenError:
                raise
            except (Exception, CancelledError, asyncio.CancelledError) as error:
                raise self._death(order, future, error) from error

    def warm_up(self, order: WarmUp, is_wanted: Callable[[], bool]) -> None:
        """Do nothing: it is unknown which machine will get the next job."""

    def close(self) -> None:
        """Do nothing: the executor belongs to somebody else."""

    def _death(self, order: Order, future: Future[Result], error: BaseException) -> CrashError:
        """Return the error for a job that the cluster did not complete."""
        future.cancel()
        message = f"The cluster did not make {order.job.name} ({type(error).__name__}): its machine may have died."
        return CrashError(order.job.name, message)


def portable(order: Order) -> Order:
    """Return an order for another machine: with the document, and without local folders except the library."""
    library = order.library if is_address(order.library) else str(Path(order.library).absolute())
    document = order.job.document
    content = (Path(order.uploads) / document).read_bytes() if document else b""
    return replace(order, library=library, uploads="", preview="", workers=1, content=content)


def make(order: Order) -> Result:
    """Execute a job on this machine.

    Raises:
        AudiogenError: It could not be made.
    """
    from audiogen.server.work import do
    from audiogen.temporary import temporary_folder

    with temporary_folder() as folder:
        if order.job.document:
            path = folder / order.job.document
            path.parent.mkdir(parents=True)
            path.write_bytes(order.content)
        return do(replace(order, uploads=str(folder), content=b""), lambda stage, outcome: None)
