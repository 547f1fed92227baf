"""Makes the episodes of many articles, on any executor, and yields an `Outcome` for each source."""

from __future__ import annotations

import os
import warnings
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from audiogen.temporary import sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from audiogen.batch.memory import BatchOptions
    from audiogen.batch.scheduler import Batch
    from audiogen.batch.worker_pool import WorkerPool
    from audiogen.episodes.library import Library
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
    options: BatchOptions | None = None,
    wishes: BatchOptions | None = None,
) -> Iterator[Outcome]:
    """Make an episode of every article among *sources* that has none in *library* yet.

    Outcomes are yielded when they are ready. An article that cannot be narrated has an outcome with an error, and the
    others are made. Another run skips what is done, and continues where a killed run stopped.

    Args:
        sources: files, folders, patterns, addresses, exports, or `Source` values.
        library: the library's folder, which is made where it does not exist, or its address (`s3://bucket/library`).
        executor: runs the work, and stays open; by default own processes, which end with the iterator. Workers write
            to the library themselves, so they must reach it under the same path.
        settings: used instead of those of the library, the user and the environment.
        jobs: number of articles at once; by default as many as the executor has workers; of own processes, as
            many as there are cores, or one if the engine uses all of them itself.
        options: of the batch: duplicates, retries, a dry run…
        wishes: the former name of *options*, until 0.1; deprecated.

    Raises:
        ReadError: a path does not exist, or an export is broken.
        SettingsError, LexiconError, UnknownVoiceError, EngineMissingError, LibraryError: no article could be made;
            what was made before stays.
    """
    from audiogen.sources import find

    if wishes is not None:
        warnings.warn("`wishes` is called `options` now", DeprecationWarning, stacklevel=2)
        options = options or wishes
    with open_batch(library, executor, settings=settings, jobs=jobs, options=options) as batch:
        yield from batch.run(find(sources))


@contextmanager
def open_batch(
    library: str | os.PathLike[str],
    executor: Executor | None = None,
    *,
    settings: Settings | None = None,
    jobs: int | None = None,
    options: BatchOptions | None = None,
) -> Iterator[Batch]:
    """Open a batch that reports also its current activities, and the forecast of a dry run."""
    from audiogen.batch.memory import BatchOptions
    from audiogen.batch.scheduler import Batch
    from audiogen.batch.work import Task
    from audiogen.episodes.library import open_library
    from audiogen.production import EpisodeMaker
    from audiogen.settings import load_settings
    from audiogen.sources.fetching import Fetcher, Limits

    opened, options = open_library(library), options or BatchOptions()
    with ExitStack() as stack:
        stack.enter_context(opened.storage.working())
        settings = settings or load_settings(opened.root)
        EpisodeMaker(settings, folder=opened.root).check(here=False)
        if executor is None:
            executor, jobs, settings = _worker_pool(settings, opened, jobs, stack)
        task = Task(
            os.fspath(library),
            settings,
            force=options.force,
            remake=options.remake,
            voice_named=options.voice_named,
            dry=options.dry,
            language=options.language,
        )
        fetcher = stack.enter_context(Fetcher(opened.notes / "fetched", Limits(**asdict(settings.fetch))))
        yield Batch(task, options, executor, jobs or _size(executor), fetcher)


def _worker_pool(
    settings: Settings, library: Library, jobs: int | None, stack: ExitStack
) -> tuple[Executor, int, Settings]:
    """Start own processes, as many as the engine allows, and share the cores between them."""
    from audiogen.batch.shares import share
    from audiogen.batch.worker_pool import WorkerPool

    jobs, settings = share(settings, library.root, jobs)
    worker_pool = WorkerPool(jobs, settings.limits)
    # What they were making is not needed any more.
    stack.callback(_stop, worker_pool, library)
    return worker_pool, jobs, settings


def _stop(worker_pool: WorkerPool, library: Library) -> None:
    """End the workers, and remove the temporary files that they leave in the library and in the system's folder."""
    library.storage.remove_remains_of(worker_pool.stop())
    sweep()


def _size(executor: Executor) -> int:
    """Return how many articles an executor runs at once, if it has that number."""
    workers: Any = getattr(executor, "_max_workers", None)
    return workers if isinstance(workers, int) and workers > 0 else os.cpu_count() or 1
