"""Decides by the notes whether a source is unchanged, and whether its last outcome still holds."""

from __future__ import annotations

import errno
import hashlib
import stat
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePath
from time import time_ns
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.batch.index import Note
from audiogen.episodes.digests import heard_settings_digest, heard_settings_digest_1
from audiogen.episodes.state import REMOVED
from audiogen.errors import AudiogenError, RemovedError
from audiogen.model import Episode, Outcome
from audiogen.production import Standing
from audiogen.untrusted import kind_of, without_secrets

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

    from audiogen.batch.index import Index
    from audiogen.batch.work import Prepared, Task
    from audiogen.episodes.library import Library
    from audiogen.episodes.state import State
    from audiogen.model import Source

#: Notes in the place of a digest of settings: the episode is of an older version, or has other settings.
_OLDER, _OTHER = "older", "other"
#: Nanoseconds: a file that was changed so shortly before it was read may change again with the same modification time.
_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """The options of a batch."""

    #: Narrate pages even if they are no articles.
    force: bool = False
    #: Make episodes again that were made with other settings, or that an older version made differently.
    remake: bool = False
    #: The user named the voice for this run: it speaks corrections, too.
    voice_named: bool = False
    #: BCP 47 tag of the articles' language; empty if it is to be detected.
    language: str = ""
    #: Make an episode of every article, also of several on the same story.
    keep_duplicates: bool = False
    #: Try refused articles again.
    retry: bool = False
    #: Only report what would be done: nothing is fetched, made or recorded.
    dry: bool = False
    #: Read the files of existing episodes, not only their size and time.
    verify: bool = False
    #: Check also the episodes that belong to none of the run's sources.
    all_episodes: bool = True


@dataclass(slots=True)
class Item:
    """An article in the queue of a batch."""

    source: Source
    #: The source as it was found; `source` is the fetched one.
    found: Source
    #: Digest of the document, and size and modification time of the file at that moment.
    digest: str = ""
    stamp: tuple[int, int] = (-1, -1)
    #: The result of its current step.
    future: Future[Any] | None = None
    #: From the notes: GUID of its episode, and digest of its document.
    noted: tuple[str, str] = ("", "")
    prepared: Prepared | None = None
    #: The outcome if the check finds its episode undamaged; and why the episode has to be made again.
    outcome: Outcome | None = None
    damage: str = ""

    @property
    def is_address(self) -> bool:
        """Whether it is only an address, not fetched yet."""
        return self.source.path is None and self.source.document is None


class Memory:
    """The notes of a library, for one batch with its options."""

    def __init__(self, library: Library, index: Index, task: Task, batch_options: BatchOptions) -> None:
        """Take the library with the index of its notes."""
        self._library, self._index, self._batch_options = library, index, batch_options
        self._heard_settings_digest = heard_settings_digest(task.settings)
        #: Digests of these settings in notes: of this version, and of version 1.
        self._settings_digests = (self._heard_settings_digest, heard_settings_digest_1(task.settings))
        #: Numbers of episodes so far that have other settings, and that are of an older version.
        self.stale, self.older = 0, 0
        #: Whether the batch checks the files of existing episodes.
        self.checks_files = False
        #: Episodes that somebody removed, by slug.
        self._removed: State = {}
        #: Number of new episodes of this run by the name of their voice.
        self.new_voices: Counter[str] = Counter()

    def renew(self) -> None:
        """Load the list of removed episodes, once for each run."""
        self._removed = self._library.state(REMOVED)

    def recall(self, item: Item) -> Outcome | None:
        """Return the last outcome of the source if it is unchanged and the outcome still holds; else None.

        Raises:
            OSError: its file cannot be read.
        """
        note = self._index.recall(item.source.name)
        if note is not None and note.status == "done" and note.guid and note.digest:
            item.noted = (note.guid, f"sha256:{note.digest}")
        if note is not None and self._is_of_removed(note) and self._is_same(item, note):
            return Outcome(item.source.name, None, None, "removed", f"{note.slug} was removed")
        if note is not None and self._is_same(item, note) and self._holds(note):
            return self._outcome_of(note)
        return None if item.is_address else self._moved(item)

    def note(self, item: Item, outcome: Outcome) -> None:
        """Record the outcome of a source."""
        episode, prepared = outcome.episode, item.prepared
        made = outcome.status in ("new", "changed", "healed")
        note = Note(
            source=item.source.name,
            status="done" if made else outcome.status,
            settings=__version__ if outcome.status == "refused" else self._settings_of(item, made),
            work=outcome.work,
            reason=outcome.note or (str(outcome.error) if outcome.error else ""),
        )
        if isinstance(outcome.error, RemovedError):
            note = replace(note, guid=outcome.error.guid, slug=str(outcome.error.subject))
        if prepared is not None:
            note = replace(note, guid=prepared.guid, voice=prepared.voice, words=prepared.words)
        if episode is not None:
            file = PurePath(episode.audio).name
            size = self._library.size(file) or 0
            note = replace(note, slug=episode.slug, audio=file, bytes=size, title=episode.title)
            note = replace(note, utterances=episode.utterances, seconds=episode.duration)
        self.new_voices[note.voice] += outcome.status == "new"
        self._write(item, note)

    def count(self, standing: Standing) -> None:
        """Count an episode that is kept although it has other settings or is of an older version."""
        self.stale += standing is Standing.OTHER_SETTINGS
        self.older += standing is Standing.OLDER

    def _settings_of(self, item: Item, made: bool) -> str:
        """Return the settings of the episode for its note, so that the next run counts it, too, if it is kept."""
        kept = item.prepared.standing if item.prepared and not made else Standing.DONE
        return {Standing.OLDER: _OLDER, Standing.OTHER_SETTINGS: _OTHER}.get(kept, self._heard_settings_digest)

    def _write(self, item: Item, note: Note) -> None:
        """Record a note with the present state of the item's document."""
        if self._batch_options.dry:
            return
        if not item.digest and not item.is_address:
            # A file that is missing or unreadable is noted without a digest.
            with suppress(OSError):
                _examine(item)
        size, changed = item.stamp
        known, origin = known_digest(item.found), item.found.origin
        self._index.write(replace(note, digest=item.digest, known=known, size=size, changed=changed, origin=origin))

    def _is_same(self, item: Item, note: Note) -> bool:
        """Return whether the source is unchanged; a file is read only if its time leaves doubt."""
        if note.known != known_digest(item.found):
            return False
        if item.is_address:
            return True
        if item.source.path is not None and _stamp(item.source.path) == (note.size, note.changed):
            return True
        _examine(item)
        return item.digest == note.digest

    def _holds(self, note: Note) -> bool:
        """Return whether the noted outcome still holds."""
        batch_options = self._batch_options
        if note.slug in self._removed:
            return False
        if note.status == "done":
            return not batch_options.remake and self._is_there(note)
        if note.status == "duplicate":
            return not batch_options.keep_duplicates and self._is_there(note)
        return (
            note.status == "refused"
            and note.settings == __version__
            and not (batch_options.retry or batch_options.force)
        )

    def _is_of_removed(self, note: Note) -> bool:
        """Return whether somebody removed the source's episode."""
        if note.slug not in self._removed:
            return False
        return note.status in ("done", "removed") or (
            note.status == "duplicate" and not self._batch_options.keep_duplicates
        )

    def _is_there(self, note: Note) -> bool:
        library = self._library
        if note.status == "done" and self.checks_files:
            # The caller checks what is missing of it, and makes that again.
            return True
        return library.size(note.audio) == note.bytes and library.size(f"{note.slug}.json") is not None

    def _outcome_of(self, note: Note) -> Outcome:
        """Return the outcome of a note, and count an episode that is stale or of an older version."""
        if note.status == "done":
            self.older += note.settings == _OLDER
            self.stale += note.settings not in (*self._settings_digests, _OLDER)
        error = AudiogenError(note.source, note.reason) if note.status == "refused" else None
        episode = self._episode(note) if note.slug else None
        return Outcome(note.source, episode, error, note.status, note.reason if note.status == "duplicate" else "")

    def _episode(self, note: Note) -> Episode:
        audio, manifest = self._library.where(note.audio), self._library.where(f"{note.slug}.json")
        utterances = note.utterances
        return Episode(note.slug, audio, manifest, note.title, note.seconds, utterances, utterances, note.bytes)

    def _moved(self, item: Item) -> Outcome | None:
        """Return the outcome if this document is done under another name: its file was moved or copied."""
        if not item.digest:
            _examine(item)
        note = self._index.same(item.digest, known_digest(item.found))
        if note is None or note.source == without_secrets(item.source.name) or not self._holds(note):
            return None
        copied = not self._batch_options.keep_duplicates and kind_of(note.source) != "missing"
        reason = f"the same file as {note.source}" if copied else ""
        note = replace(note, source=item.source.name, status="duplicate" if copied else "done", reason=reason, work=0.0)
        self._write(item, note)
        return self._outcome_of(note)


def known_digest(source: Source) -> str:
    """Return the digest of the facts on an article besides its document; the formula has never changed.

    New fields of `Source` are not part of it, as every note on an export would become invalid.
    """
    known = (source.url, source.title, source.tags, source.published, source.saved, source.read)
    return hashlib.sha256(repr(known).encode()).hexdigest()[:16]


def _examine(item: Item) -> None:
    """Set the digest of an item's document, and the stamp of its file if that is reliable."""
    source = item.source
    if source.path is None:
        document = source.document or b""
        text = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
        item.digest = hashlib.sha256(text).hexdigest()
        return
    item.stamp = _stamp(source.path)
    if abs(time_ns() - item.stamp[1]) < _TICK:
        item.stamp = (-1, -1)
    with source.path.open("rb") as file:
        item.digest = hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    """Return a file's size and modification time.

    Raises:
        OSError: there is none, or it is a pipe or a device: opening one may block forever.
    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file")
    return status.st_size, status.st_mtime_ns
