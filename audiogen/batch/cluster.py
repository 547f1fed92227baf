"""Many machines: a Dask cluster as an executor.

Workers write to the library themselves, so every worker and we must reach it under the same path; sound never passes
through here, texts do. A worker that dies takes its article along, and Dask gives that to another; an article that
kills one worker after another is given up (`distributed.scheduler.allowed-failures`).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from audiogen.errors import EngineMissingError, SettingsError
from audiogen.installation import install_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

#: Seconds to look for the scheduler.
_PATIENCE = 20


@contextmanager
def connect(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to the scheduler at *address*; give an executor and how many articles its workers take at once.

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
