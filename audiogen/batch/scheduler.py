"""The scheduler of a batch: takes sources, yields outcomes, and passes over what is done already.

Articles stand in a line in the order they were found. Each is fetched where it is only an address, and prepared by a
worker; at the head of the line it is decided, so that the same pile is always decided alike: it is done already, it is
the same story as another, or it is made. Outcomes come as they are ready.
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
from audiogen.batch.healing import EpisodeChecks, Health, mend
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
#: What users are shown of each step.
_STEPS = {prepare: "reading", make: "speaking", mend: "checking"}


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
        self.memory.looks_after = self.checks.is_on
        self._executor, self._size, self._fetcher = executor, size, fetcher
        self._log = BatchLog(self.library.notes / "batch.log", quiet=batch_options.dry)
        self._near_duplicates: NearDuplicates | None = None
        #: Of this run: GUID and source by each key that ties an article to an episode, the keys by GUID, and the items
        #: that wait for the outcome of a GUID's article.
        self._claims: dict[str, tuple[str, str]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._waiting: dict[str, list[Item]] = {}
        self._line: deque[Item] = deque()
        self._making: dict[Future[Made], Item] = {}
        self._activities: dict[Future[Any], Activity] = {}
        self._later: deque[Item] = deque()
        self._out: deque[Outcome] = deque()

    @property
    def size(self) -> int:
        """Number of articles that are worked on at once."""
        return self._size

    @property
    def in_hand(self) -> list[Activity]:
        """Return what the workers are doing: the oldest tasks, one for each worker."""
        return [activity for future, activity in list(self._activities.items()) if not future.done()][: self._size]

    def progress(self, name: str) -> tuple[int, int] | None:
        """Return how many utterances of an article in work are spoken, and of how many, if the executor knows."""
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

    def rehearse(self, sources: Iterable[Source]) -> Forecast:
        """Go through the sources without making anything; return what would be made, and its cost."""
        task, batch_options = replace(self.task, dry=True), replace(self.batch_options, dry=True)
        trial = Batch(task, batch_options, self._executor, self._size)
        deque(trial.run(sources), maxlen=0)
        return trial.forecast

    def run(self, sources: Iterable[Source]) -> Iterator[Outcome]:
        """Work through the sources; if the caller stops early, articles that were not started are dropped."""
        supply = iter(sources)
        if not self.batch_options.dry:
            self.library.recover()
        self.library.storage.survey()
        self.memory.renew()
        with self.index, self._log:
            try:
                self.checks.survey()
                while self._step(supply):
                    while self._out:
                        yield self._out.popleft()
                if self.batch_options.all_episodes:
                    yield from self._look_around()
                self.checks.close()
            finally:
                for future in [*self._making, *(item.future for item in self._line if item.future)]:
                    future.cancel()

    def _step(self, supply: Iterator[Source]) -> bool:
        """Work until there is an outcome; return False if there is nothing left to do."""
        self._draw(supply)
        if self._out:
            return True
        self._catch_up()
        pending = [*self._making, *(item.future for item in self._line if item.future)]
        if not pending:
            return False
        wait(pending, return_when=FIRST_COMPLETED)
        self._collect()
        while self._line and self._line[0].prepared and len(self._making) < 2 * self._size:
            self._decide(self._line.popleft())
        return True

    # Into the line.

    def _draw(self, supply: Iterator[Source]) -> None:
        width = max(16, 4 * self._size)
        while len(self._line) < width and len(self._out) < width and self._held() < _MOST_HELD:
            source = next(supply, None)
            if source is None:
                return
            self._enter(source)

    def _held(self) -> int:
        return sum(len(item.source.document or b"") for item in self._line)

    @contextmanager
    def _trouble_of(self, item: Item) -> Iterator[None]:
        """Turn any error inside the context into the failure of this item."""
        try:
            yield
        except AudiogenError as error:
            self._fail(item, error)
        except Exception as error:
            self._fail(item, _crash(item.source, error))

    def _enter(self, source: Source) -> None:
        source = _written(source)
        item = Item(source, source)
        with self._trouble_of(item):
            if source.error is not None:
                raise source.error
            self._enter_unless_known(item)

    def _enter_unless_known(self, item: Item) -> None:
        """Put out the outcome of a source that is done already; put any other into the queue."""
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
            item.future = self._submit(item, mend, source.name, _slug(known.episode))
            self._line.append(item)
        elif known is not None:
            self._out.append(self._with_kept(known))
        elif item.is_address and self.batch_options.dry:
            self.forecast.unfetched += 1
            self._out.append(Outcome(source.name, status="new", note="not fetched yet"))
        else:
            self._forward(item)
            self._line.append(item)

    def _is_outdated(self, source: Source) -> bool:
        """Return whether an address that was refused is worth another try: cookies for it were added since."""
        return self._fetcher is not None and self._fetcher.is_outdated(source)

    def _forward(self, item: Item) -> None:
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
            future.set_exception(_crash(item.source, error))
        self._activities[future] = (_STEPS[step], item.source.name)
        return future

    # Along the line.

    def _collect(self) -> None:
        """Take the results that are ready."""
        self._activities = {future: activity for future, activity in self._activities.items() if not future.done()}
        for item in [item for item in self._line if item.future and item.future.done()]:
            self._take(item)
        for future in [future for future in self._making if future.done()]:
            self._finish(self._making.pop(future), future)

    def _take(self, item: Item) -> None:
        """Take the result of fetching or preparing an item."""
        assert item.future is not None
        (result, error), item.future = _result(item.source, item.future), None
        if error is not None:
            self._line.remove(item)
            self._fail(item, error)
        elif isinstance(result, Health):
            self._take_health(item, result)
        elif not item.is_address:
            item.prepared = result
        elif len(result) == 1 and result[0].name == item.source.name:
            self._read_next(item, result[0])
        elif result:
            self._replace_by_entries(item, result)
        else:
            # Not recorded: at the next run the feed may have entries.
            error = EmptyArticleError(item.source.name, f"The feed at {item.source.name} has no entries.")
            self._line.remove(item)
            self._out.append(Outcome(item.source.name, None, error, "refused"))

    # What is done, looked after.

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
            self._read_next(item, item.source)
            return
        self._line.remove(item)
        self._tell_health(item.outcome, health)

    def _tell_health(self, noted: Outcome, health: Health) -> None:
        self.checks.fresh(_slug(noted.episode), health.kept)
        if health.written:
            noted = replace(noted, status="healed", note=f"written again: {', '.join(health.written)}")
            self._log.write(noted)
        elif health.kept:
            noted = replace(noted, note=health.kept)
            self._log.write(noted)
        self._out.append(noted)

    def _look_around(self) -> Iterator[Outcome]:
        """Check the episodes that belong to none of this run's sources; their texts can be repaired without one."""
        for slug in self.checks.strangers():
            where = str(self.library.where(f"{slug}.json"))
            health = mend(self.task, where, slug)
            if not health.lost:
                self.checks.fresh(slug, health.kept)
            lost = f"{health.lost}, and none of the sources leads to it" if health.lost else ""
            status = "damaged" if lost else "healed" if health.written else "done"
            note = lost or health.kept or (f"written again: {', '.join(health.written)}" if health.written else "")
            if note:
                outcome = Outcome(where, None, None, status, note)
                self._log.write(outcome)
                yield outcome

    def _read_next(self, item: Item, source: Source) -> None:
        """Prepare what was fetched; the item keeps its position in the queue."""
        item.source = source
        try:
            self._forward(item)
        except Exception as error:
            self._line.remove(item)
            self._fail(item, error if isinstance(error, AudiogenError) else _crash(source, error))

    def _replace_by_entries(self, item: Item, found: list[Source]) -> None:
        """Replace a feed in the queue by its entries."""
        index = self._line.index(item)
        tail = [self._line.pop() for _ in range(len(self._line) - index)][:-1]
        for source in found:
            self._enter(source)
        self._line.extend(reversed(tail))

    def _decide(self, item: Item) -> None:
        with self._trouble_of(item):
            self._choose(item)

    def _choose(self, item: Item) -> None:
        """Start the first article of the queue, or find that it is done or a duplicate."""
        assert item.prepared is not None
        prepared, name = item.prepared, item.source.name
        guid, first = self._claim(prepared, name)
        if first != name:
            self._double(item, guid, f"the same article as {first}")
        elif item.damage:
            self._start(item, prepared)
        elif self._is_kept(prepared) and self._is_suspect(prepared.episode, unseen=True):
            item.outcome = Outcome(name, prepared.episode, None, "done")
            self._making[self._submit(item, mend, name, _slug(prepared.episode))] = item
        elif self._is_kept(prepared):
            self.memory.count(prepared.standing)
            self._sign(prepared)
            self._close(item, Outcome(name, prepared.episode, None, "done"))
        elif near_duplicate := self._near_duplicate(prepared):
            self._disclaim(prepared.guid)
            other = self._claims[near_duplicate][1] if near_duplicate in self._claims else self._slug_of(near_duplicate)
            self._double(item, near_duplicate, f"the same story as {other}")
        else:
            self._start(item, prepared)

    def _claim(self, prepared: Prepared, name: str) -> tuple[str, str]:
        """Reserve an article's keys for its source; return the GUID and source that hold any of them already."""
        for key in prepared.keys:
            if key in self._claims and self._claims[key][1] != name:
                return self._claims[key]
        self._claims |= dict.fromkeys(prepared.keys, (prepared.guid, name))
        self._keys[prepared.guid] = prepared.keys
        return prepared.guid, name

    def _disclaim(self, guid: str) -> None:
        """Release the keys of an article."""
        for key in self._keys.pop(guid, ()):
            self._claims.pop(key, None)

    def _is_kept(self, prepared: Prepared) -> bool:
        if prepared.standing in (Standing.OTHER_SETTINGS, Standing.OLDER):
            return not self.batch_options.remake
        return prepared.standing is Standing.DONE

    def _near_duplicate(self, prepared: Prepared) -> str | None:
        """Return the GUID of the same story; an article that has an episode of its own is never a near-duplicate."""
        if self.batch_options.keep_duplicates or prepared.standing is not Standing.NEW:
            return None
        return self._stories().find(prepared.guid, prepared.signature)

    def _stories(self) -> NearDuplicates:
        if self._near_duplicates is None:
            self._near_duplicates = NearDuplicates(self.index.signatures())
        return self._near_duplicates

    def _sign(self, prepared: Prepared) -> None:
        if not self.batch_options.keep_duplicates:
            self._stories().add(prepared.guid, prepared.signature)
        if not self.batch_options.dry:
            self.index.sign(prepared.guid, prepared.signature)

    def _slug_of(self, guid: str) -> str:
        manifest = self.library.find(guid) or self.library.find_removed(guid)
        return str(manifest["slug"]) if manifest else "another"

    def _double(self, item: Item, guid: str, reason: str) -> None:
        """Close a duplicate, or keep it waiting for the other's outcome: if the other fails, this one is made."""
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
            self._forget(guid)
            self._choose(item)
            return
        episode = keep_existing(self.library, manifest) if manifest else None
        self._close(item, Outcome(item.source.name, episode, None, "duplicate", reason))

    def _start(self, item: Item, prepared: Prepared) -> None:
        if self.batch_options.dry:
            self._stories().add(prepared.guid, prepared.signature)
            self.forecast.add(prepared)
            status = "new" if prepared.standing is Standing.NEW else "changed"
            self._out.append(Outcome(item.source.name, status=status))
            return
        if not self.batch_options.keep_duplicates:
            self._stories().add(prepared.guid, prepared.signature)
        self._waiting.setdefault(prepared.guid, [])
        self._make(item, wait=False)

    def _make(self, item: Item, *, wait: bool) -> None:
        assert item.prepared is not None
        source, prepared = replace(item.source, document=None), item.prepared
        named = {"wait": wait, "identity": prepared.identity, "anew": bool(item.damage)}
        future = self._submit(item, make, source, prepared.article, **named)
        self._making[future] = item

    def _catch_up(self) -> None:
        """Go back to the articles that another run was working on, when nothing else is left to do."""
        while self._later and not self._line and len(self._making) < self._size:
            self._make(self._later.popleft(), wait=True)

    # Out of the line.

    def _finish(self, item: Item, future: Future[Any]) -> None:
        made, error = _result(item.source, future)
        if error is not None:
            self._fail(item, error)
            return
        if isinstance(made, Health):
            self._after_look(item, made)
            return
        with self._trouble_of(item):
            self._keep(item, made)

    def _after_look(self, item: Item, health: Health) -> None:
        """Go on with a prepared article whose episode has been checked."""
        assert item.prepared is not None
        assert item.outcome is not None
        if health.lost:
            item.damage = health.lost
            self._start(item, item.prepared)
            return
        self.memory.count(item.prepared.standing)
        self._sign(item.prepared)
        self.memory.note(item, item.outcome)
        self._tell_health(item.outcome, health)

    def _keep(self, item: Item, made: Made) -> None:
        """Take an episode that was made, unless another run is working on it."""
        assert item.prepared is not None
        if made.episode is None:
            self._later.append(item)
        else:
            status = "new" if item.prepared.standing is Standing.NEW else "changed"
            status = "healed" if item.damage else status
            self.checks.fresh(made.episode.slug)
            work = made.work + item.prepared.work
            self.index.sign(item.prepared.guid, item.prepared.signature)
            self._close(item, Outcome(item.source.name, made.episode, None, status, _healed(item), work))
            self._release(item.prepared.guid)

    def _fail(self, item: Item, error: AudiogenError) -> None:
        if self._ends_all(error):
            raise error
        refused = isinstance(error, _REFUSALS) or getattr(error, "final", False)
        note = f"its episode is lost ({item.damage}), and cannot be made anew: {error}" if item.damage else ""
        status = "refused" if refused and not item.damage else "failed"
        if isinstance(error, RemovedError):
            status, note = "removed", error.message
        self._close(item, Outcome(item.source.name, None, error, status, note))
        if item.prepared is not None and self._claims.get(item.prepared.guid) == (item.prepared.guid, item.source.name):
            self._forget(item.prepared.guid)
            self._release(item.prepared.guid)

    def _ends_all(self, error: AudiogenError) -> bool:
        """Return whether every other article would fail in the same way.

        Settings and word lists are the same for all. An engine that is missing matters where it is the one of the
        show's own voice: a page in another language may want another. Of a library that could not be written, a trial
        tells.

        Raises:
            UnwritableError: the trial failed; it says why.
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

    def _forget(self, guid: str) -> None:
        """Let another article have this GUID and its story."""
        self._disclaim(guid)
        if self._near_duplicates is not None:
            self._near_duplicates.drop(guid)

    def _release(self, guid: str) -> None:
        """Decide on the duplicates that waited for an article's outcome."""
        for item in self._waiting.pop(guid, []):
            self._decide(item)

    def _close(self, item: Item, outcome: Outcome) -> None:
        """Record, log and yield an outcome."""
        self._out.append(outcome)
        try:
            self.memory.note(item, outcome)
        except (ValueError, OverflowError, OSError) as error:
            # An outcome that cannot be recorded is worked out again by the next run.
            self._log.write(replace(outcome, status="unnoted", episode=None, error=_crash(item.source, error)))
        self._log.write(outcome)


def _result(source: Source, future: Future[Any]) -> tuple[Any, AudiogenError | None]:
    """Return a future's result, or its error as one of ours: executors have their own errors for a worker that died."""
    try:
        return future.result(), None
    except AudiogenError as error:
        return None, error
    except (Exception, CancelledError) as error:
        return None, _crash(source, error)


def _slug(episode: Episode | None) -> str:
    return episode.slug if episode else ""


def _healed(item: Item) -> str:
    return f"made anew: {item.damage}" if item.damage else ""


def _crash(source: Source, error: BaseException) -> CrashError:
    message = f"The work on {source.name} was lost ({type(error).__name__}: {error})."
    return CrashError(source.name, message, "".join(traceback.format_exception(error)))


def _written(source: Source) -> Source:
    """Return a source whose texts can be encoded as UTF-8; nearly all can."""
    texts = (source.name, source.url, source.title, *source.tags)
    name, url, title, *tags = map(encodable, texts)
    if (name, url, title, *tags) == texts:
        return source
    return replace(source, name=name, url=url, title=title, tags=tuple(tags))
