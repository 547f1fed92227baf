"""A library in a bucket.

s3://bucket/library/
  audiogen.toml, lexicon.toml, voices/…          the show's own files, brought to wherever episodes are made
  episodes/<slug>.mp3  .vtt  .chapters.json  .json    put in this order of kinds, the manifest last
  .audiogen/guids/<uuid>, names/<slug>           as in a folder; names are claimed, so that no two get the same
  .audiogen/locks/                               who makes an episode now (`lease.py`)
  .audiogen/ties/                                what ties articles to episodes, as in a folder
  .audiogen/stock                                that every manifest has its note under guids/
  .audiogen/batch.sqlite, batch.log              notes of batches, brought here before one and put back after it
  .audiogen/changed                              another content after each change, for who follows it (`followed.py`)

What needs a folder has a working copy in the user's cache: the show's own files (settings, word lists, voices), the
notes of batches, and what feeds are made of. Episodes are made in it, and put in the store from there, the manifest
last: as in a folder, an episode exists when its manifest does.

What people say of episodes is changed under a lock, and written only if it is still what was read (If-Match): a holder
whose lock ran out while its machine stood still is told, and takes nothing back that another said meanwhile.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import threading
import time
import uuid
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.episodes.shape import sound_in
from audiogen.episodes.state import FOLDER, REMOVED_FOLDER
from audiogen.episodes.storage import EPISODES, NOTES, STATE_LOCK, inside, lease
from audiogen.episodes.storage.local import LocalStorage
from audiogen.episodes.storage.mirror import SOUND, Mirror
from audiogen.episodes.storage.objects import Objects
from audiogen.errors import LibraryError, UnwritableError
from audiogen.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

_INDEX, _LOG = f"{NOTES}/batch.sqlite", f"{NOTES}/batch.log"
#: Notes of batches, and those that publishing keeps from one run to the next.
_OF_BATCHES, _OF_FEEDS = (_INDEX, _LOG), f"{NOTES}/feed-"
#: Folders that audiogen fills; all else is the show's own.
_MADE = (EPISODES, NOTES, "oembed", "assets", "feeds", FOLDER, REMOVED_FOLDER)
#: The object whose content changes with each change of the library.
CHANGED = f"{NOTES}/changed"
#: Objects that are fetched at once.
_AT_ONCE = 256
#: Seconds before the second try to take a lock; later tries are further apart.
_FIRST_PAUSE = 0.1


class BucketStorage:
    """The files in a bucket, with a local working copy of those that are needed."""

    is_remote = True

    def __init__(self, address: str, copy: Path | None = None) -> None:
        """Take the address; the working copy is in the user's cache.

        Raises:
            EngineMissingError, LibraryError: nothing here reaches such an address.
        """
        self.objects = Objects(address)
        self.location: Path | str = self.objects.address
        self._copy = LocalStorage(copy or _working_copy(self.objects.address))
        self.root = self._copy.root
        self._mirror = Mirror(self.objects, self.root)
        #: Sizes of objects, after `prepare_sizes`.
        self._sizes: dict[str, int] = {}
        #: In a thread that holds the lock on `state/`: the marks of the objects that it has read, by name.
        self._held = threading.local()

    # Files.

    def read(self, name: str) -> bytes | None:
        """Return the content of an object; None if there is none."""
        if (marks := self._marks()) is not None:
            # The mark first: what changes in between has another by the time that it is written.
            info = self.objects.info(name)
            marks[name] = info.mark if info else ""
        return self.objects.read(name)

    def read_part(self, name: str, start: int, end: int | None = None) -> bytes:
        """Return a part of an object."""
        if start < 0 or end is None:
            info = self.objects.info(name)
            start, end = inside(start, end, info.size if info else 0)
        return (self.objects.read(name, start, end) or b"") if start < end else b""

    def read_all(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | LibraryError]]:
        """Yield the content of objects, fetched some hundreds at once."""
        wanted = list(names)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            found = dict(self.objects.read_all(part))
            yield from ((name, found[name]) for name in part if name in found)

    def write(self, name: str, content: bytes) -> None:
        """Write an object; one that is published has its type.

        Raises:
            LibraryError: it was read under the lock on `state/`, and has changed since.
        """
        marks = self._marks()
        if marks is not None and name in marks:
            if not self.objects.replace(name, content, marks.pop(name)):
                message = (
                    f"{self.where(name)} was changed by another program meanwhile. Nothing was written; do it again."
                )
                raise LibraryError(self.where(name), message)
        elif not name.startswith(f"{EPISODES}/"):
            self.objects.write(name, content)
        else:
            with temporary_folder() as folder:
                # From a file, as the store derives the media type from the file's name.
                path = Path(folder, name.rpartition("/")[2])
                path.write_bytes(content)
                self.objects.put({name: path})
        self._signal_change(name)

    def append(self, name: str, content: bytes) -> None:
        """Rewrite an object with more content: buckets cannot append."""
        self.write(name, (self.read(name) or b"") + content)

    def create(self, name: str, content: bytes) -> bool:
        """Write an object unless it exists."""
        is_mine = self.objects.create(name, content)
        if is_mine:
            self._signal_change(name)
        return is_mine

    def move(self, old: str, new: str) -> None:
        """Rename an object."""
        self.objects.move(old, new)
        self._signal_change(old)

    def names(self, folder: str) -> list[str]:
        """Return the names of the objects directly in a folder."""
        names = (name.removeprefix(f"{folder}/") for name in self.objects.listing(folder))
        return sorted(name for name in names if "/" not in name)

    def size(self, name: str) -> int | None:
        """Return the size of an object, from `prepare_sizes` if it is there."""
        if name in self._sizes:
            return self._sizes[name]
        info = self.objects.info(name)
        return info.size if info else None

    def stamp(self, name: str) -> None:
        """Return None: another machine may change it at any moment, and a request costs as much as reading it."""

    def where(self, name: str) -> str:
        """Return the address of an object."""
        return f"{self.location}/{name}"

    # Locks, and the making of episodes.

    @contextmanager
    def lock(self, name: str, *, wait: bool = True) -> Iterator[bool]:
        """Hold an object that is a lock; the lock of a killed holder expires after a while."""
        lock, pause = lease.Lease(self.objects, f"{NOTES}/locks/{name}"), _FIRST_PAUSE
        while not lock.take():
            if not wait:
                yield False
                return
            time.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, lease.LOOK)
        self._held.marks = {} if name == STATE_LOCK else self._marks()
        try:
            yield True
        finally:
            if name == STATE_LOCK:
                self._held.marks = None
            lock.release()

    def _marks(self) -> dict[str, str] | None:
        """Return the marks of objects that this thread has read under the lock on `state/`; None without the lock."""
        marks: dict[str, str] | None = getattr(self._held, "marks", None)
        return marks

    def _signal_change(self, name: str) -> None:
        """Signal to processes that follow the library that a file of it has changed; notes are not signalled."""
        if not name.startswith(f"{NOTES}/"):
            # Followers also list the whole library now and then.
            with suppress(LibraryError):
                self.objects.write(CHANGED, uuid.uuid4().hex.encode())

    def stage(self) -> AbstractContextManager[Path]:
        """Yield a temporary folder in the working copy."""
        return self._copy.stage()

    def put(self, slug: str, folder: Path) -> None:
        """Upload the files of a staged folder, the manifest last."""
        older = sound_in(self.read(f"{EPISODES}/{slug}.json"))
        files = {f"{EPISODES}/{path.name}": path for path in folder.iterdir()}
        manifest = files.pop(f"{EPISODES}/{slug}.json")
        self.objects.put(files)
        self.objects.put({f"{EPISODES}/{slug}.json": manifest})
        if older and older != sound_in(manifest.read_bytes()):
            self.objects.remove(f"{EPISODES}/{older}")
        self._signal_change(f"{EPISODES}/{slug}.json")

    def recover(self) -> bool:
        """Remove what killed runs left on this machine; the store itself has nothing incomplete that counts."""
        return self._copy.recover()

    def remove_remains_of(self, processes: Iterable[int]) -> None:
        """Remove the unfinished files of processes on this machine."""
        self._copy.remove_remains_of(processes)

    def try_writing(self) -> None:
        """Write a test object and delete it."""
        trial = f"{NOTES}/trial"
        try:
            self.objects.write(trial, b"")
            self.objects.remove(trial)
        except LibraryError as error:
            raise UnwritableError(self.location, error.message) from error

    # Downloads and uploads.

    def prepare_sizes(self) -> None:
        """List the files of all episodes once; `size` answers from that list, and asks only for later files."""
        self._sizes = {name: info.size for name, info in self.objects.listing(EPISODES).items()}

    def refresh(self) -> None:
        """Download the show's own files that have changed: settings, word lists, voices, music."""
        found, folders = self.objects.list_folder()
        for folder in folders:
            if folder not in _MADE:
                found |= self.objects.listing(folder)
        self._mirror.download(found, is_show_file)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Download the show's files and the notes of batches for a run, and upload the notes afterwards."""
        self.refresh()
        found = {name: info for name in _OF_BATCHES if (info := self.objects.info(name))}
        self._mirror.download(found, lambda name: False)
        before = self._batch_notes()
        try:
            yield
        finally:
            # Also after an error: notes on finished work count.
            changed = {name: content for name, content in self._batch_notes().items() if content != before[name]}
            for name, content in changed.items():
                self.objects.write(name, content)
            self._mirror.note(list(changed))

    @contextmanager
    def local_folder(self, *, whole: bool = False) -> Iterator[Path]:
        """Yield a local folder with the library's files; changes in it are uploaded.

        Sound files are placeholders. With *whole* they are complete, and the folder is temporary: changes are lost.
        """
        found = {name: info for name, info in self.objects.listing().items() if _is_published(name)}
        if whole:
            with temporary_folder() as folder:
                Mirror(self.objects, Path(folder, "library")).download(found, _is_published)
                yield Path(folder, "library")
            return
        self._mirror.download(found, _is_published, is_placeholder=lambda name: name.endswith(SOUND))
        with self._mirror.uploading_changes(_is_made_there, _order):
            yield self.root

    def _batch_notes(self) -> dict[str, bytes]:
        """Return the local notes of batches, consistent even while another batch writes them."""
        index, log = self.root / _INDEX, self.root / _LOG
        notes = {_INDEX: b"", _LOG: log.read_bytes() if log.exists() else b""}
        if index.exists():
            with closing(sqlite3.connect(index)) as connection:
                notes[_INDEX] = connection.serialize()
        return notes


def _working_copy(address: str) -> Path:
    from platformdirs import user_cache_path

    name = hashlib.sha256(address.encode()).hexdigest()[:16]
    return user_cache_path("audiogen", appauthor=False) / "libraries" / name


def is_show_file(name: str) -> bool:
    """Return whether a file is the show's own, not one that audiogen makes."""
    return name.partition("/")[0] not in _MADE


def _is_published(name: str) -> bool:
    return name.startswith(_OF_FEEDS) or not name.startswith((f"{NOTES}/", f"{REMOVED_FOLDER}/"))


def _is_made_there(name: str) -> bool:
    """Return whether publishing may have made a file; other new files in the folder are not uploaded."""
    is_manifest = name.startswith(f"{EPISODES}/") and name.endswith(".json") and name.count(".") == 1
    return _is_published(name) and not (name.endswith(SOUND) or is_manifest or name.startswith(f"{FOLDER}/"))


def _order(name: str) -> tuple[bool, bool, str]:
    """Return the order of upload: feeds after all that they link to, and the notes on them last."""
    return (name.startswith(_OF_FEEDS), name.startswith("feed"), name)
