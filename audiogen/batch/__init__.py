"""The room of many: a pile of sources goes in, an `Outcome` for each comes out, over any executor."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from audiogen.batch.line import Batch
    from audiogen.batch.memory import Wishes
    from audiogen.model import Outcome, Source
    from audiogen.settings import Settings

__all__ = ["open_batch", "produce_all"]


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
    from audiogen.sources import find

    with open_batch(library, executor, settings=settings, jobs=jobs, wishes=wishes) as batch:
        yield from batch.run(find(sources))


@contextmanager
def open_batch(
    library: str | os.PathLike[str],
    executor: Executor | None = None,
    *,
    settings: Settings | None = None,
    jobs: int | None = None,
    wishes: Wishes | None = None,
) -> Iterator[Batch]:
    """Open a batch that tells more than its outcomes: what is in hand, and what a dry run forecasts."""
    from audiogen.batch.line import Batch
    from audiogen.batch.memory import Wishes
    from audiogen.batch.work import Task
    from audiogen.settings import load_settings
    from audiogen.sources.fetching import Fetcher

    wishes = wishes or Wishes()
    task = Task(os.fspath(library), settings or load_settings(library), force=wishes.force, remake=wishes.remake)
    with ExitStack() as stack:
        workers, size = _workers(executor, jobs, stack)
        fetcher = stack.enter_context(Fetcher(Path(library) / ".audiogen" / "fetched"))
        yield Batch(task, wishes, workers, size, fetcher)


def _workers(executor: Executor | None, jobs: int | None, stack: ExitStack) -> tuple[Executor, int]:
    from audiogen.batch.crew import Crew

    if executor is not None:
        own: Any = getattr(executor, "_max_workers", None)
        return executor, jobs or (own if isinstance(own, int) else None) or os.cpu_count() or 1
    crew = Crew(jobs or os.cpu_count() or 1)
    stack.callback(crew.stop)
    return crew, crew.size
