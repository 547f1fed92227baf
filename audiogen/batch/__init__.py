"""The room of many: a pile of sources goes in, an `Outcome` for each comes out, over any executor."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from audiogen.batch.memory import Wishes
    from audiogen.model import Outcome, Source
    from audiogen.settings import Settings

__all__ = ["produce_all"]


def produce_all(
    sources: Iterable[str | os.PathLike[str] | Source],
    library: str | os.PathLike[str],
    executor: Executor | None = None,
    *,
    settings: Settings | None = None,
    jobs: int | None = None,
    wishes: Wishes | None = None,
) -> Iterator[Outcome]:
    """Make an episode of every article among *sources* that has none in *library* yet.

    Outcomes come as they are ready. An article that cannot be narrated is an outcome with an error; the others go on.
    Running again passes over what is done and goes on where a killed run stopped.

    Args:
        sources: files, folders, patterns, addresses, exports, or `Source` values.
        library: the library's folder; it is made where it does not exist.
        executor: who works, and is left open; by default processes of our own, ended with the iterator. Workers write
            to the library themselves, so they must reach it under the same path.
        settings: instead of those of the library, the user and the environment.
        jobs: articles to work on at once; by default as many as the executor has workers, or this machine cores.
        wishes: how the batch is wanted: duplicates, retries, a dry run…

    Raises:
        ReadError: a path does not exist, or an export is broken.
        SettingsError, EngineMissingError, LibraryError: no article could be made; what was made before stays.
    """
    from audiogen.batch.line import Batch
    from audiogen.batch.memory import Wishes
    from audiogen.batch.work import Task
    from audiogen.settings import load_settings
    from audiogen.sources import find

    wishes = wishes or Wishes()
    task = Task(os.fspath(library), settings or load_settings(library), force=wishes.force, remake=wishes.remake)
    with ExitStack() as stack:
        workers, size = _workers(executor, jobs, stack)
        batch = Batch(task, wishes, workers, size, stack.enter_context(_fetcher(library)))
        yield from batch.run(find(sources))


def _workers(executor: Executor | None, jobs: int | None, stack: ExitStack) -> tuple[Executor, int]:
    from audiogen.batch.crew import Crew

    if executor is not None:
        own: Any = getattr(executor, "_max_workers", None)
        return executor, jobs or (own if isinstance(own, int) else None) or os.cpu_count() or 1
    size = jobs or os.cpu_count() or 1
    crew = Crew(size)
    stack.callback(crew.stop)
    return crew, size


def _fetcher(library: str | os.PathLike[str]) -> Any:
    from audiogen.library import Library
    from audiogen.sources.fetching import Fetcher

    return Fetcher(Library(library).shelf.notes / "fetched")
