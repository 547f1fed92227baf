"""The batch itself: sources go in, outcomes come out, and what was done before is passed over.

Articles stand in a line in the order they were found. Each is fetched where it is only an address, and prepared by a
worker; at the head of the line it is decided, so that the same pile is always decided alike: it is done already, it is
the same story as another, or it is made. Outcomes come as they are ready.
"""

from __future__ import annotations

import hashlib
import os
from collections import deque
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.batch.index import Index, Note
from audiogen.batch.journal import Journal
from audiogen.batch.twins import Twins
from audiogen.batch.work import Task, make, prepare
from audiogen.errors import (
    AudiogenError,
    CrashError,
    EmptyArticleError,
    EngineMissingError,
    LibraryError,
    NotAnArticleError,
    SettingsError,
    UnsupportedSourceError,
)
from audiogen.library import Library
from audiogen.model import Episode, Outcome
from audiogen.production import Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from audiogen.batch.work import Made, Prepared
    from audiogen.model import Source
    from audiogen.sources.fetching import Fetcher

#: What says that there is nothing to narrate: trying again would change nothing.
REFUSALS = (NotAnArticleError, UnsupportedSourceError, EmptyArticleError)
#: Nanoseconds: a file changed so shortly before it was noted may have been changed again within its clock's tick.
_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a batch is wanted."""

    #: Narrate pages even where they are no articles.
    force: bool = False
    #: Make episodes anew that were made with other settings.
    remake: bool = False
    #: Make an episode of each, even of the same story.
    keep_duplicates: bool = False
    #: Try again what was refused.
    retry: bool = False
    #: Only tell what would be done: nothing is fetched, made or noted.
    dry: bool = False


@dataclass(slots=True)
class Item:
    """An article on its way."""

    source: Source
    #: As it was found, where it was fetched since.
    found: Source
    digest: str = ""
    stamp: tuple[int, int] = (-1, -1)
    future: Future[Any] | None = None
    fetched: bool = False
    prepared: Prepared | None = None


@dataclass(slots=True)
class Tally:
    """What a batch found out on the way, for whoever sums up."""

    #: Done already, with settings that were others.
    stale: int = 0
    #: Words and voices of what is new or changed, in a dry run.
    words: dict[str, int] = field(default_factory=dict)
    #: Addresses that a dry run did not fetch.
    unfetched: int = 0


class Batch:
    """Many articles, one library."""

    def __init__(
        self, task: Task, wishes: Wishes, executor: Executor, size: int, fetcher: Fetcher | None = None
    ) -> None:
        """Take what to do, and an executor that works on *size* articles at once."""
        self.task, self.wishes = task, wishes
        self.tally = Tally()
        self.library = Library(task.library)
        self._executor, self._size = executor, size
        self._fetcher = fetcher
        self._index = Index(self.library.shelf.notes)
        self._journal = Journal(self.library.shelf.notes / "batch.log", quiet=wishes.dry)
        self._twins: Twins | None = None
        self._taste = taste(task)
        #: Sources of this run by GUID, and what waits for the fate of a GUID in hand.
        self._mine: dict[str, str] = {}
        self._waiting: dict[str, list[Item]] = {}
        self._line: deque[Item] = deque()
        self._making: dict[Future[Made], Item] = {}
        self._later: deque[Item] = deque()
        self._out: deque[Outcome] = deque()

    @property
    def in_hand(self) -> list[str]:
        """Name the sources that workers are speaking now."""
        return [item.source.name for item in list(self._making.values())[: self._size]]

    def run(self, sources: Iterable[Source]) -> Iterator[Outcome]:
        """Work through the sources; leaving early drops what is not begun, and nothing that is done."""
        supply = iter(sources)
        if not self.wishes.dry:
            self.library.settle()
        with self._index, self._journal:
            try:
                while self._step(supply):
                    while self._out:
                        yield self._out.popleft()
            finally:
                for future in [*self._making, *(item.future for item in self._line if item.future)]:
                    future.cancel()

    def _step(self, supply: Iterator[Source]) -> bool:
        """Go on until there is something to tell, or nothing left."""
        self._draw(supply)
        if self._out:
            return True
        self._catch_up()
        pending = [*self._making, *(item.future for item in self._line if item.future and not item.prepared)]
        if not pending:
            return False
        wait(pending, return_when=FIRST_COMPLETED)
        self._collect()
        self._decide_head()
        return True

    # From the supply into the line.

    def _draw(self, supply: Iterator[Source]) -> None:
        width = max(16, 4 * self._size)
        while len(self._line) < width and len(self._out) < width:
            source = next(supply, None)
            if source is None:
                return
            self._enter(source)

    def _enter(self, source: Source) -> None:
        item = Item(source, source)
        try:
            note = self._index.recall(source.name)
            if note is not None and self._is_same(item, note) and self._is_settled(note):
                self._repeat(note)
            elif not self._is_moved(item):
                self._line.append(item)
                self._forward(item)
        except OSError as error:
            self._line.append(item)
            self._fail(item, _unreadable(source, error))

    def _is_same(self, item: Item, note: Note) -> bool:
        """Tell whether the source is as it was when it was noted; a file is read only where its time leaves doubt."""
        if note.known != known_digest(item.found):
            return False
        if item.source.path is None and item.source.document is None:
            return True
        if item.source.path is not None:
            item.stamp = _stamp(item.source.path)
            if item.stamp == (note.size, note.changed):
                return True
        item.digest = _digest(item.source)
        return item.digest == note.digest

    def _is_settled(self, note: Note) -> bool:
        """Tell whether what was noted still holds."""
        wishes = self.wishes
        if note.status == "done":
            return not wishes.remake and self._is_there(note)
        if note.status == "duplicate":
            return not wishes.keep_duplicates and self._is_there(note)
        return note.status == "refused" and note.settings == __version__ and not (wishes.retry or wishes.force)

    def _is_there(self, note: Note) -> bool:
        try:
            size = self.library.path(note.slug, ".mp3").stat().st_size
            return size == note.bytes and self.library.path(note.slug, ".json").is_file()
        except OSError:
            return False

    def _repeat(self, note: Note) -> None:
        """Tell again what was noted."""
        self.tally.stale += note.status == "done" and note.settings != self._taste
        episode = self._noted_episode(note) if note.slug else None
        error = AudiogenError(note.source, note.reason) if note.status == "refused" else None
        self._out.append(
            Outcome(note.source, episode, error, note.status, note.reason if note.status == "duplicate" else "")
        )

    def _noted_episode(self, note: Note) -> Episode:
        path = self.library.path
        audio, manifest = path(note.slug, ".mp3"), path(note.slug, ".json")
        return Episode(note.slug, audio, manifest, note.title, note.seconds, note.utterances, note.utterances)

    def _is_moved(self, item: Item) -> bool:
        """Tell, and settle, whether this very document is done under another name: a file that was moved or copied."""
        if item.source.path is None and item.source.document is None:
            return False
        item.digest = item.digest or _digest(item.source)
        note = self._index.same(item.digest, known_digest(item.found))
        if note is None or note.source == item.source.name or not self._is_settled(note):
            return False
        copied = not self.wishes.keep_duplicates and Path(note.source).exists()
        reason = f"the same file as {note.source}" if copied else ""
        status = "duplicate" if copied else "done"
        if item.source.path is not None:
            item.stamp = _stamp(item.source.path)
        self._repeat(replace(note, source=item.source.name, status=status, reason=reason))
        self._write(item, status, replace(note, reason=reason, work=0.0))
        return True

    def _forward(self, item: Item) -> None:
        """Send an item on its next way: to be fetched, or to be prepared."""
        if item.source.path is None and item.source.document is None:
            if self.wishes.dry:
                self.tally.unfetched += 1
                self._line.remove(item)
                self._out.append(Outcome(item.source.name, status="new", note="not fetched yet"))
            elif self._fetcher is None:
                self._fail(item, AudiogenError(item.source.name, f"{item.source.name} is not fetched here."))
            else:
                item.future = self._fetcher.submit(item.source)
        else:
            item.fetched = True
            item.future = self._submit(item, prepare, item.source)

    def _submit(self, item: Item, step: Any, *arguments: Any, **named: Any) -> Future[Any]:
        try:
            return self._executor.submit(step, self.task, *arguments, **named)
        except Exception as error:
            failed: Future[Any] = Future()
            failed.set_exception(_crash(item.source, error))
            return failed

    # Through the line.

    def _collect(self) -> None:
        """Take what is ready."""
        for item in list(self._line):
            if item.future is not None and item.future.done() and item.prepared is None:
                self._take(item, item.future)
        for future in [future for future in self._making if future.done()]:
            self._finish(self._making.pop(future), future)

    def _take(self, item: Item, future: Future[Any]) -> None:
        item.future = None
        result, error = _result(item.source, future)
        if error is not None:
            self._fail(item, error)
        elif item.fetched:
            item.prepared = result
        else:
            self._take_fetched(item, result)

    def _take_fetched(self, item: Item, found: list[Source]) -> None:
        """Go on with what was fetched: a page, or the entries of a feed in its place."""
        if len(found) == 1 and found[0].name == item.source.name:
            item.source = found[0]
            self._forward(item)
            return
        place = self._line.index(item)
        self._line.remove(item)
        tail = [self._line.pop() for _ in range(len(self._line) - place)]
        for source in found:
            self._enter(source)
        self._line.extend(reversed(tail))

    def _decide_head(self) -> None:
        while self._line and self._line[0].prepared and len(self._making) < 2 * self._size:
            self._decide(self._line.popleft())

    def _decide(self, item: Item) -> None:
        assert item.prepared is not None
        prepared = item.prepared
        first = self._mine.setdefault(prepared.guid, item.source.name)
        if first != item.source.name:
            self._double(item, prepared.guid, f"the same article as {first}")
        elif prepared.standing is Standing.DONE or (
            prepared.standing is Standing.OTHER_SETTINGS and not self.task.remake
        ):
            self._keep(item, prepared)
        else:
            twin = None if prepared.standing is not Standing.NEW else self._twin(prepared)
            if twin is not None:
                del self._mine[prepared.guid]
                self._double(item, twin, f"the same story as {self._mine.get(twin) or self._name_of(twin)}")
            else:
                self._start(item, prepared)

    def _keep(self, item: Item, prepared: Prepared) -> None:
        self.tally.stale += prepared.standing is Standing.OTHER_SETTINGS
        if self._twins is not None or not self.wishes.keep_duplicates:
            self._known_twins().add(prepared.guid, prepared.signature)
        settings = self._taste if prepared.standing is Standing.DONE else "others"
        self._close(item, Outcome(item.source.name, prepared.episode, None, "done"), settings)

    def _twin(self, prepared: Prepared) -> str | None:
        if self.wishes.keep_duplicates:
            return None
        return self._known_twins().find(prepared.guid, prepared.signature)

    def _known_twins(self) -> Twins:
        if self._twins is None:
            self._twins = Twins(self._index.signatures())
        return self._twins

    def _name_of(self, guid: str) -> str:
        manifest = self.library.find(guid)
        return str(manifest["slug"]) if manifest else "an episode of the library"

    def _double(self, item: Item, guid: str, reason: str) -> None:
        """Let a duplicate wait for the other's fate, where that is in hand; its story must not be lost with it."""
        if guid in self._waiting:
            self._waiting[guid].append(item)
            return
        manifest = self.library.find(guid)
        if manifest is None and not self.wishes.dry:
            # The other was there when its text was noted, and is gone.
            self._known_twins().drop(guid)
            self._mine.pop(guid, None)
            self._decide(item)
            return
        episode = _told(manifest, self.library) if manifest else None
        self._close(item, Outcome(item.source.name, episode, None, "duplicate", reason))

    def _start(self, item: Item, prepared: Prepared) -> None:
        if not self.wishes.keep_duplicates:
            self._known_twins().add(prepared.guid, prepared.signature)
        if self.wishes.dry:
            self.tally.words[prepared.voice] = self.tally.words.get(prepared.voice, 0) + prepared.words
            status = "new" if prepared.standing is Standing.NEW else "changed"
            self._out.append(Outcome(item.source.name, status=status))
            return
        self._waiting.setdefault(prepared.guid, [])
        future = self._submit(item, make, replace(item.source, document=None), prepared.article, wait=False)
        self._making[future] = item

    def _catch_up(self) -> None:
        """Go back to what another run had in hand, when there is nothing else to do."""
        if self._line or self._making:
            return
        while self._later and len(self._making) < self._size:
            item = self._later.popleft()
            assert item.prepared is not None
            future = self._submit(item, make, item.source, item.prepared.article, wait=True)
            self._making[future] = item

    # Out of the line.

    def _finish(self, item: Item, future: Future[Any]) -> None:
        made, error = _result(item.source, future)
        assert item.prepared is not None
        if error is not None:
            self._fail(item, error)
        elif made.episode is None:
            self._later.append(item)
        else:
            status = "new" if item.prepared.standing is Standing.NEW else "changed"
            work = made.work + item.prepared.work
            self._index.sign(item.prepared.guid, item.prepared.signature)
            self._close(item, Outcome(item.source.name, made.episode, None, status, work=work))
            self._release(item.prepared.guid)

    def _release(self, guid: str) -> None:
        """Decide what waited for an article's fate."""
        for item in self._waiting.pop(guid, []):
            self._decide(item)

    def _fail(self, item: Item, error: AudiogenError) -> None:
        if _is_fatal(error, self.task):
            raise error
        if item in self._line:
            self._line.remove(item)
        status = "refused" if isinstance(error, REFUSALS) or getattr(error, "final", False) else "failed"
        self._close(item, Outcome(item.source.name, None, error, status))
        if item.prepared is not None:
            guid = item.prepared.guid
            self._mine.pop(guid, None)
            if self._twins is not None:
                self._twins.drop(guid)
            self._release(guid)

    def _close(self, item: Item, outcome: Outcome, settings: str = "") -> None:
        """Note, log and tell an outcome."""
        self._out.append(outcome)
        if self.wishes.dry:
            return
        episode, prepared = outcome.episode, item.prepared
        self._write(
            item,
            "done" if outcome.status in ("new", "changed") else outcome.status,
            Note(
                "",
                "",
                guid=prepared.guid if prepared else "",
                slug=episode.slug if episode else "",
                bytes=episode.audio.stat().st_size if episode else 0,
                title=episode.title if episode else "",
                utterances=episode.utterances if episode else 0,
                settings=settings or (__version__ if outcome.status == "refused" else self._taste),
                voice=prepared.voice if prepared else "",
                words=prepared.words if prepared else 0,
                seconds=episode.duration if episode else 0.0,
                work=outcome.work,
                reason=outcome.note or (str(outcome.error) if outcome.error else ""),
            ),
        )
        self._journal.write(outcome)

    def _write(self, item: Item, status: str, note: Note) -> None:
        if self.wishes.dry:
            return
        source = item.source
        if not item.digest and (source.path is not None or source.document is not None):
            item.digest = _digest(source)
        path = item.found.path
        size, changed = item.stamp if item.stamp != (-1, -1) or path is None else _stamp(path)
        if _is_fresh(changed):
            size = changed = -1
        self._index.write(
            replace(
                note,
                source=source.name,
                status=status,
                digest=item.digest,
                known=known_digest(item.found),
                size=size,
                changed=changed,
                origin=item.found.origin,
            )
        )


def taste(task: Task) -> str:
    """Sum up the settings that are heard, whoever speaks."""
    settings = task.settings
    heard = (settings.disclosure, settings.audio, settings.speech, settings.stand_ins, sorted(settings.pauses.items()))
    return hashlib.sha256(repr(heard).encode()).hexdigest()[:16]


def known_digest(source: Source) -> str:
    """Sum up what is known of an article besides its document."""
    known = (source.url, source.title, source.tags, source.published, source.saved, source.read)
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


def _digest(source: Source) -> str:
    if source.path is not None:
        with source.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    document = source.document or b""
    return hashlib.sha256(document.encode() if isinstance(document, str) else document).hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _is_fresh(changed: int) -> bool:
    from time import time_ns

    return changed > 0 and abs(time_ns() - changed) < _TICK


def _result(source: Source, future: Future[Any]) -> tuple[Any, AudiogenError | None]:
    """Take a future's result, or its error as one of ours: foreign executors have their own for a worker that died."""
    try:
        return future.result(), None
    except AudiogenError as error:
        return None, error
    except (Exception, CancelledError) as error:
        return None, _crash(source, error)


def _crash(source: Source, error: BaseException) -> CrashError:
    return CrashError(source.name, f"The work on {source.name} was lost ({type(error).__name__}: {error}).")


def _unreadable(source: Source, error: OSError) -> AudiogenError:
    from audiogen.errors import ReadError

    return ReadError(source.name, f"{source.name} could not be read ({error.strerror or error}).")


def _is_fatal(error: AudiogenError, task: Task) -> bool:
    """Tell whether every other article would fail alike: by settings, a missing engine, a library we cannot write."""
    if isinstance(error, LibraryError):
        return os.fspath(str(error.subject)) == str(Path(task.library))
    return isinstance(error, SettingsError | EngineMissingError)


def _told(manifest: dict[str, Any], library: Library) -> Episode:
    from audiogen.production import kept

    return kept(library, manifest)
