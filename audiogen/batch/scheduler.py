"""The scheduler of a batch: takes sources, yields outcomes, and skips what is done already.

Articles wait in a queue, in the order they were found. Each one is fetched if it is only an address, and prepared by a
worker. What is to be done with it is decided when it is the first of the queue, so that the same sources always lead to
the same decisions: it is done already, it is the same story as another article, or its episode is made. Outcomes are
yielded when they are ready.
"""

from __future__ import annotations

import traceback
from collections import deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from audiogen.batch.announcing import voice_change
from audiogen.batch.batch_log import BatchLog
from audiogen.batch.forecast import Forecast, estimate
from audiogen.batch.healing import EpisodeChecks, Health, check_and_repair
from audiogen.batch.index import Index
from audiogen.batch.memory import BatchOptions, Item, Memory
from audiogen.batch.near_duplicates import NearDuplicates
from audiogen.batch.shares import main_voice
from audiogen.batch.work import Task, make, prepare
from audiogen.episodes.library import open_library
from audiogen.errors import (
    AudiogenError,
    CrashError,
    EmptyArticleError,
    EngineMissingError,
    LexiconError,
    LibraryError,
    NotAnArticleError,
    ReadError,
    RemovedError,
    SettingsError,
    UnspokenLanguageError,
    UnsupportedSourceError,
    UnwritableError,
)
from audiogen.model import Outcome
from audiogen.production import Standing, is_priced, keep_existing
from audiogen.untrusted import encodable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from audiogen.batch.announcing import VoiceChange
    from audiogen.batch.forecast import Estimate
    from audiogen.batch.work import Made, Prepared
    from audiogen.model import Episode, Source
    from audiogen.sources.fetching import Fetcher

#: What a worker is doing: the step, and the name of the source.
Activity = tuple[str, str]

#: Errors that another try does not change: no article, an unknown format, an empty one, a language without a voice.
_REFUSALS = (NotAnArticleError, UnsupportedSourceError, EmptyArticleError, UnspokenLanguageError)
#: Most bytes of documents from archives that may wait for a worker, apart from the document that exceeds them.
_MOST_HELD = 128 << 20
#: The name that users see for each step.
_STEPS = {prepare: "reading", make: "speaking", check_and_repair: "checking"}


class Batch:
    """A batch: many articles for one library."""

    def __init__(
        self, task: Task, batch_options: BatchOptions, executor: Executor, size: int, fetcher: Fetcher | None = None
    ) -> None:
        """Take what to do, and an executor that works on *size* articles at once."""
        self.task, self.batch_options, self.library = task, batch_options, open_library(task.library)
        self.forecast = Forecast()
        self.index = Index(self.library.notes)
        self.memory = Memory(self.library, self.index, task, batch_options)
        self.checks = EpisodeChecks(self.library, self.index, verify=batch_options.verify, dry=batch_options.dry)
        self.memory.checks_files = self.checks.is_on
        self._executor, self._size, self._fetcher = executor, size, fetcher
        self._log = BatchLog(self.library.notes / "batch.log", quiet=batch_options.dry)
        self._near_duplicates: NearDuplicates | None = None
        #: In this run: the GUID and the source of the article that owns each key, the keys of each GUID, and the items
        #: that wait for the outcome of a GUID's article.
        self._owners: dict[str, tuple[str, str]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._waiting: dict[str, list[Item]] = {}
        self._queue: deque[Item] = deque()
        self._making: dict[Future[Made], Item] = {}
        self._activities: dict[Future[Any], Activity] = {}
        self._postponed: deque[Item] = deque()
        self._outcomes: deque[Outcome] = deque()

    @property
    def size(self) -> int:
        """Number of articles that are worked on at once."""
        return self._size

    @property
    def activities(self) -> list[Activity]:
        """The activities of the workers: the oldest tasks that are not done, one for each worker."""
        return [activity for future, activity in list(self._activities.items()) if not future.done()][: self._size]

    def progress(self, name: str) -> tuple[int, int] | None:
        """Return the number of spoken utterances of an article in work, and of all, if the executor knows them."""
        look = getattr(self._executor, "progress", None)
        counts: tuple[int, int] | None = look(name) if look is not None else None
        return counts

    def estimate(self) -> Estimate:
        """Return, after a dry run, how long the real run would take."""
        with self.index:
            return estimate(self.forecast, self.task, self.index, self._executor, self._size)

    def voice_change(self) -> VoiceChange | None:
        """Return, after a run, whether a new default voice spoke in this library for the first time."""
        if self.batch_options.dry or self.task.settings.speech.voice or not self.memory.new_voices.total():
            return None
        with self.index:
            return voice_change(+self.memory.new_voices, self.index, self.library)

    @property
    def is_priced(self) -> bool:
        """Whether the show's voice, or a voice of one of its roles, may cost money."""
        return is_priced(main_voice(self.task.settings, self.library.root), self.library.root)

    def dry_run(self, sources: Iterable[Source]) -> Forecast:
        """Go through the sources without making anything; return what would be made, and its cost."""
        task, batch_options = replace(self.task, dry=True), replace(self.batch_options, dry=True)
        trial = Batch(task, batch_options, self._executor, self._size)
        deque(trial.run(sources), maxlen=0)
        return trial.forecast

    def run(self, sources: Iterable[Source]) -> Iterator[Outcome]:
        """Yield the outcomes of the sources; if the caller stops early, articles that were not started are dropped."""
        supply = iter(sources)
        if not self.batch_options.dry:
            self.library.recover()
        self.library.storage.prepare_sizes()
        self.memory.renew()
        with self.index, self._log:
            try:
                self.checks.load()
                while self._step(supply):
                    while self._outcomes:
                        yield self._outcomes.popleft()
                if self.batch_options.all_episodes:
                    yield from self._check_other_episodes()
                self.checks.close()
            finally:
                for future in [*self._making, *(item.future for item in self._queue if item.future)]:
                    future.cancel()

    def _step(self, supply: Iterator[Source]) -> bool:
        """Work until there is an outcome; return False if there is nothing left to do."""
        self._fill_queue(supply)
        if self._outcomes:
            return True
        self._make_postponed()
        pending = [*self._making, *(item.future for item in self._queue if item.future)]
        if not pending:
            return False
        wait(pending, return_when=FIRST_COMPLETED)
        self._collect()
        while self._queue and self._queue[0].prepared and len(self._making) < 2 * self._size:
            self._decide(self._queue.popleft())
        return True

    # Into the queue.

    def _fill_queue(self, supply: Iterator[Source]) -> None:
        """Queue sources up to the queue's length, or until documents in memory reach their limit."""
        width = max(16, 4 * self._size)
        while len(self._queue) < width and len(self._outcomes) < width and self._bytes_held() < _MOST_HELD:
            source = next(supply, None)
            if source is None:
                return
            self._enqueue(source)

    def _bytes_held(self) -> int:
        return sum(len(item.source.document or b"") for item in self._queue)

    @contextmanager
    def _failing_item(self, item: Item) -> Iterator[None]:
        """Turn any error inside the context into the failure of this item."""
        try:
            yield
        except AudiogenError as error:
            self._fail(item, error)
        except Exception as error:
            self._fail(item, _crash_error(item.source, error))

    def _enqueue(self, source: Source) -> None:
        """Queue a source, or record its outcome at once if it has an error or is done already."""
        source = _encodable(source)
        item = Item(source, source)
        with self._failing_item(item):
            if source.error is not None:
                raise source.error
            self._enqueue_unless_done(item)

    def _enqueue_unless_done(self, item: Item) -> None:
        """Yield the recorded outcome of a source that is done already; put any other into the queue."""
        source = item.source
        try:
            known = self.memory.recall(item)
        except OSError as error:
            message = f"{source.name} could not be read ({error.strerror or error})."
            raise ReadError(source.name, message) from error
        if known is not None and known.status == "refused" and item.is_address and self._is_outdated(source):
            known = None
        if known is not None and known.status == "done" and self._is_suspect(known.episode):
            item.outcome = known
            item.future = self._submit(item, check_and_repair, source.name, _slug(known.episode))
            self._queue.append(item)
        elif known is not None:
            self._outcomes.append(self._with_kept(known))
        elif item.is_address and self.batch_options.dry:
            self.forecast.unfetched += 1
            self._outcomes.append(Outcome(source.name, status="new", note="not fetched yet"))
        else:
            self._start_next_step(item)
            self._queue.append(item)

    def _is_outdated(self, source: Source) -> bool:
        """Return whether a refused address should be fetched again, as cookies for it were added since."""
        return self._fetcher is not None and self._fetcher.is_outdated(source)

    def _start_next_step(self, item: Item) -> None:
        """Start the next step of an item: fetching, or preparing."""
        if not item.is_address:
            item.future = self._submit(item, prepare, self._portable(item.source), item.noted)
        elif self._fetcher is not None:
            item.future = self._fetcher.submit(item.source)
        else:
            raise ReadError(item.source.name, f"{item.source.name} is only an address.")

    def _portable(self, source: Source) -> Source:
        """Return a source that other machines can read: the document itself, if its file is in a working copy."""
        if source.path is None or not self.library.storage.is_remote:
            return source
        fetched = source.path.is_relative_to(self.library.root.absolute())
        return replace(source, path=None, document=source.path.read_bytes()) if fetched else source

    def _submit(self, item: Item, step: Any, *arguments: Any, **named: Any) -> Future[Any]:
        try:
            future: Future[Any] = self._executor.submit(step, self.task, *arguments, **named)
        except Exception as error:
            future = Future()
            future.set_exception(_crash_error(item.source, error))
        self._activities[future] = (_STEPS[step], item.source.name)
        return future

    # Results of fetching and preparing.

    def _collect(self) -> None:
        """Take the results that are ready."""
        self._activities = {future: activity for future, activity in self._activities.items() if not future.done()}
        for item in [item for item in self._queue if item.future and item.future.done()]:
            self._take(item)
        for future in [future for future in self._making if future.done()]:
            self._finish(self._making.pop(future), future)

    def _take(self, item: Item) -> None:
        """Take the result of fetching or preparing an item."""
        assert item.future is not None
        (result, error), item.future = _result(item.source, item.future), None
        if error is not None:
            self._queue.remove(item)
            self._fail(item, error)
        elif isinstance(result, Health):
            self._take_health(item, result)
        elif not item.is_address:
            item.prepared = result
        elif len(result) == 1 and result[0].name == item.source.name:
            self._prepare_next(item, result[0])
        elif result:
            self._replace_by_entries(item, result)
        else:
            # Not recorded: at the next run the feed may have entries.
            error = EmptyArticleError(item.source.name, f"The feed at {item.source.name} has no entries.")
            self._queue.remove(item)
            self._outcomes.append(Outcome(item.source.name, None, error, "refused"))

    # Checks of existing episodes.

    def _is_suspect(self, episode: Episode | None, *, unseen: bool = False) -> bool:
        if episode is None:
            return False
        return self.checks.is_suspect(episode.slug, PurePath(episode.audio).name, episode.size, unseen=unseen)

    def _with_kept(self, outcome: Outcome) -> Outcome:
        """Add to a finished outcome why its sound is not the one that was made, if that is known."""
        if outcome.status != "done" or outcome.episode is None:
            return outcome
        return replace(outcome, note=self.checks.kept(outcome.episode.slug))

    def _take_health(self, item: Item, health: Health) -> None:
        """Take the result of checking an episode; if it is lost, make it again from its source."""
        assert item.outcome is not None
        if health.lost:
            item.damage = health.lost
            self._prepare_next(item, item.source)
            return
        self._queue.remove(item)
        self._report_health(item.outcome, health)

    def _report_health(self, noted: Outcome, health: Health) -> None:
        """Yield the recorded outcome of an episode that was checked, with what was repaired or is different."""
        self.checks.fresh(_slug(noted.episode), health.kept)
        if health.written:
            noted = replace(noted, status="healed", note=f"written again: {', '.join(health.written)}")
            self._log.write(noted)
        elif health.kept:
            noted = replace(noted, note=health.kept)
            self._log.write(noted)
        self._outcomes.append(noted)

    def _check_other_episodes(self) -> Iterator[Outcome]:
        """Check the episodes that belong to none of this run's sources; their texts can be repaired without one."""
        for slug in self.checks.unvisited():
            where = str(self.library.where(f"{slug}.json"))
            health = check_and_repair(self.task, where, slug)
            if not health.lost:
                self.checks.fresh(slug, health.kept)
            lost = f"{health.lost}, and none of the sources leads to it" if health.lost else ""
            status = "damaged" if lost else "healed" if health.written else "done"
            note = lost or health.kept or (f"written again: {', '.join(health.written)}" if health.written else "")
            if note:
                outcome = Outcome(where, None, None, status, note)
                self._log.write(outcome)
                yield outcome

    def _prepare_next(self, item: Item, source: Source) -> None:
        """Prepare what was fetched; the item keeps its position in the queue."""
        item.source = source
        try:
            self._start_next_step(item)
        except Exception as error:
            self._queue.remove(item)
            self._fail(item, error if isinstance(error, AudiogenError) else _crash_error(source, error))

    def _replace_by_entries(self, item: Item, found: list[Source]) -> None:
        """Replace a feed in the queue by its entries."""
        index = self._queue.index(item)
        tail = [self._queue.pop() for _ in range(len(self._queue) - index)][:-1]
        for source in found:
            self._enqueue(source)
        self._queue.extend(reversed(tail))

    def _decide(self, item: Item) -> None:
        with self._failing_item(item):
            self._start_or_close(item)

    def _start_or_close(self, item: Item) -> None:
        """Start the first article of the queue, or find that it is done or a duplicate."""
        assert item.prepared is not None
        prepared, name = item.prepared, item.source.name
        guid, first = self._reserve_keys(prepared, name)
        if first != name:
            self._handle_duplicate(item, guid, f"the same article as {first}")
        elif item.damage:
            self._start(item, prepared)
        elif self._is_kept(prepared) and self._is_suspect(prepared.episode, unseen=True):
            item.outcome = Outcome(name, prepared.episode, None, "done")
            self._making[self._submit(item, check_and_repair, name, _slug(prepared.episode))] = item
        elif self._is_kept(prepared):
            self.memory.count(prepared.standing)
            self._record_signature(prepared)
            self._close(item, Outcome(name, prepared.episode, None, "done"))
        elif near_duplicate := self._near_duplicate(prepared):
            self._release_keys(prepared.guid)
            other = self._owners[near_duplicate][1] if near_duplicate in self._owners else self._slug_of(near_duplicate)
            self._handle_duplicate(item, near_duplicate, f"the same story as {other}")
        else:
            self._start(item, prepared)

    def _reserve_keys(self, prepared: Prepared, name: str) -> tuple[str, str]:
        """Reserve an article's keys for its source; return the GUID and source that hold any of them already."""
        for key in prepared.keys:
            if key in self._owners and self._owners[key][1] != name:
                return self._owners[key]
        self._owners |= dict.fromkeys(prepared.keys, (prepared.guid, name))
        self._keys[prepared.guid] = prepared.keys
        return prepared.guid, name

    def _release_keys(self, guid: str) -> None:
        """Release the keys of an article."""
        for key in self._keys.pop(guid, ()):
            self._owners.pop(key, None)

    def _is_kept(self, prepared: Prepared) -> bool:
        if prepared.standing in (Standing.OTHER_SETTINGS, Standing.OLDER):
            return not self.batch_options.remake
        return prepared.standing is Standing.DONE

    def _near_duplicate(self, prepared: Prepared) -> str | None:
        """Return the GUID of the same story; an article that has an episode of its own is never a near-duplicate."""
        if self.batch_options.keep_duplicates or prepared.standing is not Standing.NEW:
            return None
        return self._known_stories().find(prepared.guid, prepared.signature)

    def _known_stories(self) -> NearDuplicates:
        if self._near_duplicates is None:
            self._near_duplicates = NearDuplicates(self.index.signatures())
        return self._near_duplicates

    def _record_signature(self, prepared: Prepared) -> None:
        if not self.batch_options.keep_duplicates:
            self._known_stories().add(prepared.guid, prepared.signature)
        if not self.batch_options.dry:
            self.index.sign(prepared.guid, prepared.signature)

    def _slug_of(self, guid: str) -> str:
        manifest = self.library.find(guid) or self.library.find_removed(guid)
        return str(manifest["slug"]) if manifest else "another"

    def _handle_duplicate(self, item: Item, guid: str, reason: str) -> None:
        """Close a duplicate, or let it wait for the outcome of the other article: if that fails, this one is made."""
        if guid in self._waiting:
            self._waiting[guid].append(item)
            return
        if removed := self.library.removed(guid):
            self._close(
                item, Outcome(item.source.name, None, None, "removed", f"{reason}, and {removed[0]} was removed")
            )
            return
        manifest = self.library.find(guid)
        if manifest is None and not self.batch_options.dry:
            # The other existed when its text was recorded, and has gone since.
            self._forget_story(guid)
            self._start_or_close(item)
            return
        episode = keep_existing(self.library, manifest) if manifest else None
        self._close(item, Outcome(item.source.name, episode, None, "duplicate", reason))

    def _start(self, item: Item, prepared: Prepared) -> None:
        """Start to make an episode; in a dry run only add it to the forecast."""
        if self.batch_options.dry:
            self._known_stories().add(prepared.guid, prepared.signature)
            self.forecast.add(prepared)
            status = "new" if prepared.standing is Standing.NEW else "changed"
            self._outcomes.append(Outcome(item.source.name, status=status))
            return
        if not self.batch_options.keep_duplicates:
            self._known_stories().add(prepared.guid, prepared.signature)
        self._waiting.setdefault(prepared.guid, [])
        self._make(item, wait=False)

    def _make(self, item: Item, *, wait: bool) -> None:
        assert item.prepared is not None
        source, prepared = replace(item.source, document=None), item.prepared
        named = {"wait": wait, "identity": prepared.identity, "anew": bool(item.damage)}
        future = self._submit(item, make, source, prepared.article, **named)
        self._making[future] = item

    def _make_postponed(self) -> None:
        """When nothing else is left to do, make the articles that another run was working on."""
        while self._postponed and not self._queue and len(self._making) < self._size:
            self._make(self._postponed.popleft(), wait=True)

    # Results of making.

    def _finish(self, item: Item, future: Future[Any]) -> None:
        """Take the result of making or checking an episode."""
        made, error = _result(item.source, future)
        if error is not None:
            self._fail(item, error)
            return
        if isinstance(made, Health):
            self._after_check(item, made)
            return
        with self._failing_item(item):
            self._take_made(item, made)

    def _after_check(self, item: Item, health: Health) -> None:
        """Make a prepared article again if the check found its episode lost; else record its outcome."""
        assert item.prepared is not None
        assert item.outcome is not None
        if health.lost:
            item.damage = health.lost
            self._start(item, item.prepared)
            return
        self.memory.count(item.prepared.standing)
        self._record_signature(item.prepared)
        self.memory.note(item, item.outcome)
        self._report_health(item.outcome, health)

    def _take_made(self, item: Item, made: Made) -> None:
        """Record an episode that was made; if another run is working on it, postpone the article."""
        assert item.prepared is not None
        if made.episode is None:
            self._postponed.append(item)
        else:
            status = "new" if item.prepared.standing is Standing.NEW else "changed"
            status = "healed" if item.damage else status
            self.checks.fresh(made.episode.slug)
            work = made.work + item.prepared.work
            self.index.sign(item.prepared.guid, item.prepared.signature)
            self._close(item, Outcome(item.source.name, made.episode, None, status, _damage_note(item), work))
            self._decide_waiting(item.prepared.guid)

    def _fail(self, item: Item, error: AudiogenError) -> None:
        """Record the failure of an item, and release what it reserved; a fatal error is raised."""
        if self._is_fatal(error):
            raise error
        refused = isinstance(error, _REFUSALS) or getattr(error, "final", False)
        note = f"its episode is lost ({item.damage}), and cannot be made anew: {error}" if item.damage else ""
        status = "refused" if refused and not item.damage else "failed"
        if isinstance(error, RemovedError):
            status, note = "removed", error.message
        self._close(item, Outcome(item.source.name, None, error, status, note))
        if item.prepared is not None and self._owners.get(item.prepared.guid) == (item.prepared.guid, item.source.name):
            self._forget_story(item.prepared.guid)
            self._decide_waiting(item.prepared.guid)

    def _is_fatal(self, error: AudiogenError) -> bool:
        """Return whether every other article would fail in the same way.

        Settings and word lists are the same for all. A missing engine is fatal only if it is the one of the show's
        own voice: a page in another language may need another. Whether the library can be written is tested by
        writing.

        Raises:
            UnwritableError: the library cannot be written.
        """
        if isinstance(error, SettingsError | LexiconError | UnwritableError):
            return True
        if isinstance(error, EngineMissingError):
            return str(error.subject) == main_voice(self.task.settings, self.library.root).engine
        if isinstance(error, LibraryError):
            if error.subject == self.index.path:
                return True
            self.library.storage.try_writing()
        return False

    def _forget_story(self, guid: str) -> None:
        """Release the keys of an article and forget its text, so that another article may take its place."""
        self._release_keys(guid)
        if self._near_duplicates is not None:
            self._near_duplicates.drop(guid)

    def _decide_waiting(self, guid: str) -> None:
        """Decide on the duplicates that waited for an article's outcome."""
        for item in self._waiting.pop(guid, []):
            self._decide(item)

    def _close(self, item: Item, outcome: Outcome) -> None:
        """Record, log and yield an outcome."""
        self._outcomes.append(outcome)
        try:
            self.memory.note(item, outcome)
        except (ValueError, OverflowError, OSError) as error:
            # The next run finds an outcome again that cannot be recorded.
            self._log.write(replace(outcome, status="unnoted", episode=None, error=_crash_error(item.source, error)))
        self._log.write(outcome)


def _result(source: Source, future: Future[Any]) -> tuple[Any, AudiogenError | None]:
    """Return a future's result, or its error as an `AudiogenError`: executors have own errors for a dead worker."""
    try:
        return future.result(), None
    except AudiogenError as error:
        return None, error
    except (Exception, CancelledError) as error:
        return None, _crash_error(source, error)


def _slug(episode: Episode | None) -> str:
    return episode.slug if episode else ""


def _damage_note(item: Item) -> str:
    return f"made anew: {item.damage}" if item.damage else ""


def _crash_error(source: Source, error: BaseException) -> CrashError:
    message = f"The work on {source.name} was lost ({type(error).__name__}: {error})."
    return CrashError(source.name, message, "".join(traceback.format_exception(error)))


def _encodable(source: Source) -> Source:
    """Return a source whose texts can be encoded as UTF-8; nearly all can."""
    texts = (source.name, source.url, source.title, *source.tags)
    name, url, title, *tags = map(encodable, texts)
    if (name, url, title, *tags) == texts:
        return source
    return replace(source, name=name, url=url, title=title, tags=tuple(tags))
