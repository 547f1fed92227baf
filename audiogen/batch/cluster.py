"""Runs a batch on many machines: a Dask cluster as the executor.

Workers write to the library themselves, so every worker and this process must reach it under the same path; texts pass
through this process, sound does not. If a worker dies, Dask gives its article to another one; an article that kills
several workers is given up (`distributed.scheduler.allowed-failures`).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from audiogen.errors import EngineMissingError, SettingsError
from audiogen.installation import install_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

#: Timeout of the connection to the scheduler, in seconds.
_PATIENCE = 20


@contextmanager
def connect(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to the scheduler at *address*; yield an executor and the number of articles its workers run at once.

    Raises:
        SettingsError: there is no scheduler, or it has no workers.
        EngineMissingError: distributed is not installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise EngineMissingError("dask", f"Clusters need more: `{install_command(extra='dask')}`.") from error
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SettingsError("scheduler", f"There is no Dask scheduler at {address} ({error}).") from error
    with client:
        size = sum(client.nthreads().values())
        if not size:
            raise SettingsError(
                "scheduler", f"The scheduler at {address} has no workers: start `dask worker {address}`."
            )
        # Not pure: making the same episode twice must work twice.
        with client.get_executor(pure=False) as executor:
            yield executor, size
