"""The dispatcher: takes jobs from the queue, has addresses fetched and articles spoken, and records the outcome.

One server does this for a library on a machine: it holds a lock that the system releases when its process ends. Another
server of the same library adds jobs to the same queue, and takes over when the first one ends.
"""

from __future__ import annotations

import shutil
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.errors import (
    AudiogenError,
    CrashError,
    EmptyArticleError,
    EngineError,
    EngineMissingError,
    FetchError,
    LimitError,
    NotAnArticleError,
    RemovedError,
    UnknownVoiceError,
    UnsayableError,
    UnspokenLanguageError,
    UnsupportedSourceError,
    UnwritableError,
)
from audiogen.model import Source
from audiogen.private import private_folder
from audiogen.server.cluster_worker import ClusterWorker
from audiogen.server.jobs import ENDED_BADLY, Job, Priority, State, new_id
from audiogen.server.orders import Order, Progress, WarmUp
from audiogen.server.worker import DroppedError, Worker
from audiogen.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from audiogen.server.jobs import Queue
    from audiogen.server.orders import Result
    from audiogen.sources.fetching import Fetcher

#: Errors that a retry cannot fix.
_REFUSALS = (NotAnArticleError, RemovedError, UnsupportedSourceError, EmptyArticleError, UnspokenLanguageError)
#: Errors that may be temporary: a host or an engine's server that is down, a full disk, a process that died.
_TRANSIENT = (FetchError, EngineError, UnwritableError, CrashError)
#: Subclasses of these errors that are permanent.
_PERMANENT = (EngineMissingError, UnknownVoiceError, UnspokenLanguageError, UnsayableError, LimitError)
#: Interval in seconds at which the queue is checked, unless `wake` is called.
_INTERVAL = 1.0
#: Seconds between two notes of a job's progress.
_NOTED_EVERY = 0.5
#: Seconds after which the document of a failed job is deleted.
_DOCUMENT_KEPT = 14 * 86400.0
#: Seconds between two runs of `_tidy`.
_TIDIED_EVERY = 3600.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Parameters of the dispatcher."""

    #: Number of worker processes.
    workers: int = 1
    #: Number of addresses that are fetched at once.
    fetchers: int = 4
    #: Delays before each further try after an error that may pass, in seconds.
    delays: tuple[float, ...] = (30.0, 300.0, 1800.0)
    #: Seconds after which an idle worker ends, which frees its memory.
    idle: float = 300.0
    #: Whether a worker starts, and loads the show's voice, together with the server; else when an article arrives.
    warm: bool = False
    #: Number of times that a job may be started by servers that are killed while it runs.
    most_attempts: int = 5
    #: Time and memory limits of one article.
    article: Limits = field(default_factory=Limits)


class Dispatcher:
    """Keeps workers busy until it is closed."""

    def __init__(
        self,
        library: Path | str,
        queue: Queue,
        folder: Path,
        fetcher: Callable[[Path], Fetcher],
        plan: Plan | None = None,
        ended: Callable[[Job], None] | None = None,
        executor: Executor | None = None,
        made: Callable[[str], None] = lambda slug: None,
    ) -> None:
        """Create the dispatcher of a library with its queue and the server's own folder.

        *ended* is called with each job that has ended. *made* is called with the slug of an episode before its job is
        shown as done. With an *executor*, it runs the jobs instead of worker processes.
        """
        self.library, self.queue, self.folder = library, queue, folder
        self.plan = plan or Plan()
        self.uploads = folder / "uploads"
        private_folder(self.uploads)
        #: Files with the sound so far of the jobs in work.
        self.previews = folder / "previews"
        private_folder(self.previews)
        self.workers: list[Worker | ClusterWorker] = [
            Worker(self.plan.article) if executor is None else ClusterWorker(executor) for _ in range(self.plan.workers)
        ]
        #: Whether a voice can be loaded before there is a job.
        self._warms_up = executor is None
        #: Whether this server holds the lock; else another server does the work.
        self.at_work = threading.Event()
        self._ended, self._made = ended or (lambda job: None), made
        self._fetcher = fetcher(folder / "fetched")
        self._closed = threading.Event()
        #: Documents that no job needed at the last look.
        self._unneeded: set[str] = set()
        #: Set when an article is about to be added.
        self._expecting = threading.Event()
        self._news = threading.Condition()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start to work, as soon as no other server holds the lock."""
        self._spawn(self._lead, "audiogen-dispatcher")

    def wake(self) -> None:
        """Make the dispatcher look at the queue now."""
        with self._news:
            self._news.notify_all()

    def expect(self) -> None:
        """Announce that an article is about to be added: one worker starts and loads its voice, unless any runs."""
        if self._warms_up and not any(worker.pid for worker in self.workers):
            self._expecting.set()
            self.wake()

    def preview_of(self, job: Job) -> Path:
        """Return the file with the sound so far of a job in work."""
        return self.previews / f"{job.id}-{job.attempts}.wav"

    def close(self) -> None:
        """End the workers; their jobs are queued again."""
        self._closed.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    def _spawn(self, work: Callable[[], None], name: str) -> None:
        """Start a thread that calls *work*."""
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _lead(self) -> None:
        """Wait for the lock, queue again the jobs that a killed server had started, start the threads, and tidy up."""
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / "dispatcher.lock")
        while not self._closed.is_set():
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                self._closed.wait(_INTERVAL)
        if self._closed.is_set():
            return
        try:
            self._work_together()
        finally:
            lock.release()

    def _work_together(self) -> None:
        """Start the threads that fetch and make, and tidy up until the dispatcher is closed."""
        shutil.rmtree(self.previews, ignore_errors=True)
        private_folder(self.previews)
        self.queue.recover(self.plan.most_attempts)
        for job in self.queue.unnotified():
            self._tell(job)
        others = [threading.Thread(target=self._make_all, args=(worker,), daemon=True) for worker in self.workers]
        others += [threading.Thread(target=self._fetch_all, daemon=True) for _ in range(self.plan.fetchers)]
        with self._fetcher:
            for thread in others:
                thread.start()
            if self.plan.warm:
                self.expect()
            self.at_work.set()
            while not self._closed.is_set():
                self._tidy()
                self._closed.wait(_TIDIED_EVERY)
        for thread in others:
            thread.join()

    def _tidy(self) -> None:
        """Delete documents that no job needs, and jobs that ended long ago."""
        self.queue.forget_old()
        limit = time.time() - _DOCUMENT_KEPT
        for job in self.queue.listed(ENDED_BADLY, count=self.queue.limits.kept):
            if job.document and job.finished < limit:
                self.queue.change(job.id, document="")
        there = {folder.name for folder in self.uploads.iterdir()}
        # A request that is being taken has its folder before its job: what nobody needed an hour ago either goes. Its
        # age tells nothing, since clocks are set.
        unneeded = there - self.queue.documents()
        for name in unneeded & self._unneeded:
            shutil.rmtree(self.uploads / name, ignore_errors=True)
        self._unneeded = unneeded

    # Fetching.

    def _fetch_all(self) -> None:
        """Fetch the addresses of jobs until the dispatcher is closed."""
        while not self._closed.is_set():
            job = self.queue.claim(State.FETCHING)
            if job is None:
                self._rest()
            else:
                self._fetch(job)

    def _fetch(self, job: Job) -> None:
        """Fetch the address of a job, and queue the page or the entries of the feed."""
        try:
            found = self._fetcher.submit(Source(job.url, url=job.url)).result()
        except Exception as error:
            if self._closed.is_set():
                self.queue.change(job.id, state=State.QUEUED, attempts=job.attempts - 1)
            else:
                self._fail(job, error)
            return
        if len(found) == 1 and found[0].path is not None:
            self._take_page(job, found[0].path)
        else:
            self._take_list(job, found)
        self.wake()

    def _take_page(self, job: Job, page: Path) -> None:
        """Store a fetched page as the job's document. A later job of the address fetches it again."""
        document = f"{new_id()}/page{page.suffix}"
        target = self.uploads / document
        private_folder(target.parent)
        page.replace(target)
        now = self.queue.find(job.id)
        state = State.CANCELLED if now is None or now.unwanted else State.QUEUED
        changed = self.queue.change(job.id, state=state, document=document, attempts=0)
        if changed is not None and not changed.is_live:
            self._end(changed)

    def _take_list(self, job: Job, found: list[Source]) -> None:
        """Queue the entries of a feed."""
        for source in found:
            self.queue.add(entry_of(job, source), beyond_limits=True)
        message = f"A list of {len(found)} articles; each is a job of its own."
        self._end(replace(job, state=State.DONE, outcome="list", message=message))

    # Making.

    def _make_all(self, worker: Worker | ClusterWorker) -> None:
        """Let a worker do one job after another; it ends when it has been idle for a while."""
        idle_since = time.monotonic()
        while not self._closed.is_set():
            job = self.queue.claim(State.WORKING)
            if job is not None:
                self._make(worker, job)
                idle_since = time.monotonic()
                continue
            if self._expecting.is_set() and not worker.pid:
                self._expecting.clear()
                worker.warm_up(WarmUp(str(self.library), self.plan.workers), lambda: not self._closed.is_set())
                idle_since = time.monotonic()
                continue
            self._rest()
            if worker.pid and time.monotonic() - idle_since > self.plan.idle:
                worker.close()
        worker.close()

    def _make(self, worker: Worker | ClusterWorker, job: Job) -> None:
        """Let a worker do a job, and record its result."""
        preview = self.preview_of(job)
        order = Order(job, str(self.library), str(self.uploads), self.plan.workers, str(preview))
        try:
            result = worker.do(order, self._watching(job))
        except DroppedError:
            self._drop(job)
        except Exception as error:
            self._fail(job, error)
        else:
            self._finish(job, result)
        # Who still listens to it has it open. Windows removes no file that is; it goes at the next start.
        with suppress(OSError):
            preview.unlink(missing_ok=True)
        self.wake()

    def _watching(self, job: Job) -> Callable[[Progress], bool]:
        """Return a callback that records the progress of a job, and returns whether the job is still wanted."""
        noted, at = Progress(), 0.0

        def watch(now: Progress) -> bool:
            nonlocal noted, at
            if now != noted and (now.stage != noted.stage or time.monotonic() - at > _NOTED_EVERY):
                # A job that a killed server had finished keeps its outcome.
                outcome = {} if now.outcome in ("", "unchanged") else {"outcome": now.outcome}
                self.queue.change(job.id, stage=now.stage, spoken=now.spoken, total=now.total, **outcome)
                noted, at = now, time.monotonic()
            current = self.queue.find(job.id)
            return not self._closed.is_set() and current is not None and not current.unwanted

        return watch

    def _drop(self, job: Job) -> None:
        """Record a job whose worker was stopped: as cancelled, or as queued if the server ends."""
        current = self.queue.find(job.id)
        if current is not None and current.unwanted:
            self._end(replace(current, state=State.CANCELLED))
        else:
            # The server is ending, so the job has not failed.
            self.queue.change(job.id, state=State.QUEUED, stage="", spoken=0, attempts=job.attempts - 1)

    def _finish(self, job: Job, result: Result) -> None:
        """Record a job as done, and delete its upload."""
        self._made(result.slug)
        current = self.queue.find(job.id) or job
        outcome = result.outcome if result.outcome != "unchanged" or not current.outcome else current.outcome
        done = replace(
            current,
            state=State.DONE,
            outcome=outcome,
            slug=result.slug,
            guid=result.guid,
            name=result.title,
            duration=result.duration,
            error="",
            message="",
            document="",
        )
        self._end(done)
        if job.document:
            shutil.rmtree(self.uploads / Path(job.document).parent, ignore_errors=True)

    def _fail(self, job: Job, error: Exception) -> None:
        """Record why an attempt failed; after a temporary error, the job is queued again with a delay."""
        message = error.message if isinstance(error, AudiogenError) else f"{type(error).__name__}: {error}"
        job = self.queue.find(job.id) or job
        failed = replace(job, error=type(error).__name__, message=self._public(message), stage="", spoken=0)
        if isinstance(error, RemovedError):
            # The job leads to the episode, which can be restored there.
            failed = replace(failed, slug=str(error.subject), guid=error.guid)
        if job.unwanted:
            self._end(replace(failed, state=State.CANCELLED))
        elif is_transient(error) and job.attempts <= len(self.plan.delays):
            due = time.time() + self.plan.delays[job.attempts - 1]
            self.queue.change(job.id, state=State.QUEUED, due=due, error=failed.error, message=failed.message, stage="")
        else:
            self._end(replace(failed, state=State.REFUSED if is_refusal(error) else State.FAILED))

    def _public(self, message: str) -> str:
        """Remove this machine's folders from a message; the file name of the document stays."""
        parts = message.split(f"{self.uploads}/")
        return parts[0] + "".join(part.partition("/")[2] for part in parts[1:])

    def _end(self, job: Job) -> None:
        """Record the end of a job, and notify callbacks."""
        changes = {name: getattr(job, name) for name in _ENDS}
        ended = self.queue.change(job.id, **changes, finished=time.time(), stage="")
        if ended is not None:
            self._tell(ended)

    def _tell(self, job: Job) -> None:
        """Notify callbacks of a job's end. A callback that is notified twice, after a kill, gets the same id twice."""
        self._ended(job)
        self.queue.change(job.id, notified=1)

    def _rest(self) -> None:
        """Wait until there is news, or the interval is over."""
        with self._news:
            if not self._closed.is_set():
                self._news.wait(_INTERVAL)


#: What is written down of a job that ends.
_ENDS = ("state", "name", "outcome", "slug", "guid", "duration", "error", "message", "document")


def entry_of(job: Job, source: Source) -> Job:
    """Return the job of one entry of the list that *job* led to."""
    from audiogen.untrusted import host_of

    return Job(
        id="",
        name=source.title or source.url or source.name,
        location=source.url or source.name,
        url=source.url,
        external_id="",
        source=host_of(source.url) or job.source,
        priority=Priority.BULK,
        title=source.title,
        tags="\n".join((*job.tags.split("\n"), *source.tags)).strip("\n"),
        voice=job.voice,
        language=job.language,
        rate=job.rate,
        draft=job.draft,
        by=job.by,
        parent=job.id,
    )


def is_refusal(error: Exception) -> bool:
    """Return whether the article itself was refused, so that a retry cannot succeed."""
    return isinstance(error, _REFUSALS) or bool(getattr(error, "final", False))


def is_transient(error: Exception) -> bool:
    """Return whether a retry may succeed."""
    return isinstance(error, _TRANSIENT) and not isinstance(error, _PERMANENT) and not is_refusal(error)
