"""Takes jobs from the queue, has addresses fetched and articles made, and writes down what came of each.

One server does this for a library on a machine: it holds a lock that the system frees when it ends, however it ends.
Another that serves the same library adds jobs to the same queue, and takes over when the first is gone.
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

#: What another try does not change.
_REFUSALS = (NotAnArticleError, RemovedError, UnsupportedSourceError, EmptyArticleError, UnspokenLanguageError)
#: What another try may change: a host or an engine's server that was down, a full disk, a process that died.
_TRANSIENT = (FetchError, EngineError, UnwritableError, CrashError)
#: Among these, what it does not.
_PERMANENT = (EngineMissingError, UnknownVoiceError, UnspokenLanguageError, UnsayableError, LimitError)
#: Seconds between two looks at the queue where nobody says that there is something new.
_INTERVAL = 1.0
#: Seconds between two notes of how far a job is.
_NOTED_EVERY = 0.5
#: Seconds after which the document of a job that ended badly is thrown away.
_DOCUMENT_KEPT = 14 * 86400.0
#: Seconds between two looks at what is old.
_TIDIED_EVERY = 3600.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How the work is done."""

    #: Worker processes.
    workers: int = 1
    #: Addresses that are fetched at once.
    fetchers: int = 4
    #: Seconds to wait before each further try at what failed for a passing reason.
    delays: tuple[float, ...] = (30.0, 300.0, 1800.0)
    #: A worker without work ends after so many seconds, and its memory is free.
    idle: float = 300.0
    #: Whether a worker is started, and its voice loaded, with the server; else with the first sign of an article.
    warm: bool = False
    #: Times that a job is taken in hand by servers that are killed over it.
    most_attempts: int = 5
    #: What the work on one article may take.
    article: Limits = field(default_factory=Limits)


class Dispatcher:
    """Keeps workers at work until it is closed."""

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
        """Take a library, its queue, and the server's own folder; *ended* is told of each job that has ended.

        *made* is told the slug of an episode before anybody learns that its job is done. With an *executor* the work is
        done by it, and not by processes of our own.
        """
        self.library, self.queue, self.folder = library, queue, folder
        self.plan = plan or Plan()
        self.uploads = folder / "uploads"
        private_folder(self.uploads)
        #: What is spoken so far of the jobs that are worked on.
        self.previews = folder / "previews"
        private_folder(self.previews)
        self.workers: list[Worker | ClusterWorker] = [
            Worker(self.plan.article) if executor is None else ClusterWorker(executor) for _ in range(self.plan.workers)
        ]
        #: Whether a voice can be loaded before there is a job.
        self._warms_up = executor is None
        #: Whether this server works; else another does.
        self.at_work = threading.Event()
        self._ended, self._made = ended or (lambda job: None), made
        self._fetcher = fetcher(folder / "fetched")
        self._closed = threading.Event()
        #: Documents that no job needed at the last look.
        self._unneeded: set[str] = set()
        #: Somebody is about to add an article.
        self._expecting = threading.Event()
        self._news = threading.Condition()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to work, as soon as no other server does."""
        self._spawn(self._lead, "audiogen-dispatcher")

    def wake(self) -> None:
        """Say that there may be something to do."""
        with self._news:
            self._news.notify_all()

    def expect(self) -> None:
        """Say that an article is about to be added: unless a worker is running, one is started and its voice loaded."""
        if self._warms_up and not any(worker.pid for worker in self.workers):
            self._expecting.set()
            self.wake()

    def preview_of(self, job: Job) -> Path:
        """Return the file of what is spoken so far of a job that is worked on."""
        return self.previews / f"{job.id}-{job.attempts}.wav"

    def close(self) -> None:
        """End the workers; what they had in hand is queued again."""
        self._closed.set()
        self.wake()
        for thread in self._threads:
            thread.join()

    def _spawn(self, work: Callable[[], None], name: str) -> None:
        thread = threading.Thread(target=work, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _lead(self) -> None:
        """Wait for the lock, queue again what a killed server had in hand, start the others, and tidy up."""
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
        """Throw away documents that no job needs any more, and jobs that ended long ago."""
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
        while not self._closed.is_set():
            job = self.queue.claim(State.FETCHING)
            if job is None:
                self._rest()
            else:
                self._fetch(job)

    def _fetch(self, job: Job) -> None:
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
        """Keep the page that was fetched as the job's document; it is fetched again when it is asked for again."""
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
        idle_since = time.monotonic()
        while not self._closed.is_set():
            job = self.queue.claim(State.WORKING)
            if job is not None:
                self._make(worker, job)
                idle_since = time.monotonic()
                continue
            if self._expecting.is_set() and not worker.pid:
                self._expecting.clear()
                worker.warm_up(WarmUp(str(self.library), self.plan.workers))
                idle_since = time.monotonic()
                continue
            self._rest()
            if worker.pid and time.monotonic() - idle_since > self.plan.idle:
                worker.close()
        worker.close()

    def _make(self, worker: Worker | ClusterWorker, job: Job) -> None:
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
        """Return what notes how far a job is, and tells whether it is wanted."""
        noted, at = Progress(), 0.0

        def watch(now: Progress) -> bool:
            nonlocal noted, at
            if now != noted and (now.stage != noted.stage or time.monotonic() - at > _NOTED_EVERY):
                # A job that was done by a server which was killed before it could say so keeps its outcome.
                outcome = {} if now.outcome in ("", "unchanged") else {"outcome": now.outcome}
                self.queue.change(job.id, stage=now.stage, spoken=now.spoken, total=now.total, **outcome)
                noted, at = now, time.monotonic()
            current = self.queue.find(job.id)
            return not self._closed.is_set() and current is not None and not current.unwanted

        return watch

    def _drop(self, job: Job) -> None:
        current = self.queue.find(job.id)
        if current is not None and current.unwanted:
            self._end(replace(current, state=State.CANCELLED))
        else:
            # The server ends, which is not the job's fault.
            self.queue.change(job.id, state=State.QUEUED, stage="", spoken=0, attempts=job.attempts - 1)

    def _finish(self, job: Job, result: Result) -> None:
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
        """Write down why a try failed; what may pass is tried again after a while."""
        message = error.message if isinstance(error, AudiogenError) else f"{type(error).__name__}: {error}"
        job = self.queue.find(job.id) or job
        failed = replace(job, error=type(error).__name__, message=self._public(message), stage="", spoken=0)
        if isinstance(error, RemovedError):
            # Whoever looks at the job finds the episode, and can restore it.
            failed = replace(failed, slug=str(error.subject), guid=error.guid)
        if job.unwanted:
            self._end(replace(failed, state=State.CANCELLED))
        elif is_transient(error) and job.attempts <= len(self.plan.delays):
            due = time.time() + self.plan.delays[job.attempts - 1]
            self.queue.change(job.id, state=State.QUEUED, due=due, error=failed.error, message=failed.message, stage="")
        else:
            self._end(replace(failed, state=State.REFUSED if is_refusal(error) else State.FAILED))

    def _public(self, message: str) -> str:
        """Take this machine's folders out of a message; the name of the document stays."""
        parts = message.split(f"{self.uploads}/")
        return parts[0] + "".join(part.partition("/")[2] for part in parts[1:])

    def _end(self, job: Job) -> None:
        changes = {name: getattr(job, name) for name in _ENDS}
        ended = self.queue.change(job.id, **changes, finished=time.time(), stage="")
        if ended is not None:
            self._tell(ended)

    def _tell(self, job: Job) -> None:
        """Tell of a job's end; whoever is told twice, because the server was killed in between, knows it again."""
        self._ended(job)
        self.queue.change(job.id, notified=1)

    def _rest(self) -> None:
        with self._news:
            if not self._closed.is_set():
                self._news.wait(_INTERVAL)


#: What is written down of a job that ends.
_ENDS = ("state", "name", "outcome", "slug", "guid", "duration", "error", "message", "document")


def entry_of(job: Job, source: Source) -> Job:
    """Make a job of an entry of a list that *job* led to."""
    from audiogen.untrusted import host_of

    return Job(
        id="",
        name=source.title or source.url or source.name,
        location=source.url or source.name,
        url=source.url,
        external_id="",
        source=host_of(source.url) or job.source,
        priority=Priority.PILE,
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
    """Return whether the article itself is why: another try changes nothing."""
    return isinstance(error, _REFUSALS) or bool(getattr(error, "final", False))


def is_transient(error: Exception) -> bool:
    """Return whether another try may do better."""
    return isinstance(error, _TRANSIENT) and not isinstance(error, _PERMANENT) and not is_refusal(error)
