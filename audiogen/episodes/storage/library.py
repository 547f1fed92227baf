"""A library at an address.

s3://bucket/library/
  audiogen.toml, lexicon.toml, voices/…          the show's own files, brought to wherever episodes are made
  episodes/<slug>.mp3  .vtt  .chapters.json  .json    put in this order of kinds, the manifest last
  .audiogen/guids/<uuid>, names/<slug>           as in a folder; names are claimed, so that no two get the same
  .audiogen/locks/                               who makes an episode now (`lease.py`)
  .audiogen/ties/                                what ties articles to episodes, as in a folder
  .audiogen/stock                                that every manifest has its note under guids/
  .audiogen/batch.sqlite, batch.log              notes of batches, brought here before one and put back after it
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.episodes.library import Library, sound_of
from audiogen.episodes.state import FOLDER, REMOVED_FOLDER
from audiogen.episodes.storage import lease
from audiogen.episodes.storage.mirror import Mirror
from audiogen.episodes.storage.objects import Store
from audiogen.errors import LibraryError, UnwritableError
from audiogen.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOTES = ".audiogen"
_INDEX, _LOG, _STOCK = f"{_NOTES}/batch.sqlite", f"{_NOTES}/batch.log", f"{_NOTES}/stock"
#: Notes of batches, and those that publishing keeps from one run to the next.
_OF_BATCHES, _OF_FEEDS = (_INDEX, _LOG), f"{_NOTES}/feed-"
#: Folders that audiogen fills; all else is the show's own.
_MADE = ("episodes", _NOTES, "oembed", "assets", "feeds", FOLDER, REMOVED_FOLDER)


class RemoteLibrary(Library):
    """A library in a store, with a working copy of what is needed here."""

    def __init__(self, address: str, copy: Path | None = None) -> None:
        """Take the address; the working copy is in the user's cache.

        Raises:
            EngineMissingError, LibraryError: nothing here reaches such an address.
        """
        self.store = Store(address)
        super().__init__(copy or _working_copy(self.store.address))
        self.place = self.store.address
        self._mirror = Mirror(self.store, self.root)
        #: Sizes of the episodes' files, where many are asked for.
        self._sizes: dict[str, int] = {}
        #: Slugs by GUID, where the store's own notes of them are not complete; None until that was looked at.
        self._stock: dict[str, str] | None = None
        self._is_stocked = False

    # What there is.

    def manifest(self, slug: str) -> dict[str, Any] | None:
        """Return the manifest of the episode called *slug*, or None where there is none."""
        content = self.store.read(f"episodes/{slug}.json")
        return None if content is None else self._parsed(slug, content)

    def manifests(self, *, skip_broken: bool = False) -> Iterator[dict[str, Any]]:
        """Give every episode's manifest, by name; see `Library.manifests`."""
        names = [
            name
            for name in self.store.listing("episodes")
            if name.endswith(".json") and not name.endswith((".chapters.json", ".words.json"))
        ]
        for name, content in sorted(self.store.read_all(names)):
            with suppress(*([LibraryError] if skip_broken else [])):
                yield self._parsed(Path(name).stem, content)

    def where(self, file: str) -> str:
        """Return where a file of an episode is."""
        return f"{self.place}/episodes/{file}"

    def size(self, file: str) -> int | None:
        """Return the size of a file of an episode in bytes; None where there is none."""
        if file in self._sizes:
            return self._sizes[file]
        facts = self.store.facts(f"episodes/{file}")
        return facts.size if facts else None

    def survey(self) -> None:
        """List all episodes once: `size` answers from that, and asks only for what came later."""
        listing = self.store.listing("episodes")
        self._sizes = {name.rpartition("/")[2]: facts.size for name, facts in listing.items()}

    # What people say of episodes.

    def read_file(self, name: str) -> bytes | None:
        """Read an object of the library by its name within it; None where there is none."""
        return self.store.read(name)

    def write_file(self, name: str, content: bytes) -> None:
        """Write an object of the library."""
        self.store.write(name, content)

    @contextmanager
    def state_lock(self) -> Iterator[None]:
        """Keep others from changing state files meanwhile."""
        lock = lease.Lease(self.store, f"{_NOTES}/locks/state")
        while not lock.take():
            time.sleep(lease.LOOK)
        try:
            yield
        finally:
            lock.release()

    def _stamp_of_state(self, kind: str) -> None:
        """Another machine may change it at any moment: it is read each time."""

    def _names_of(self, slug: str, folder: str) -> list[str]:
        names = (name.rpartition("/")[2] for name in self.store.listing(folder))
        return [name for name in names if name.startswith(f"{slug}.")]

    def _move(self, old: str, new: str) -> None:
        self.store.move(old, new)

    def _append(self, name: str, content: bytes) -> None:
        with self.state_lock():
            self.store.write(name, (self.store.read(name) or b"") + content)

    # What is put in.

    @contextmanager
    def hold(self, guid: str, *, wait: bool = True) -> Iterator[bool]:
        """Keep other runs from making the same episode meanwhile; a killed run's lock is free after a while."""
        lock = lease.Lease(self.store, f"{_NOTES}/locks/{_short(guid)}")
        while not lock.take():
            if not wait:
                yield False
                return
            time.sleep(lease.LOOK)
        try:
            yield True
        finally:
            lock.release()

    def put(self, guid: str, slug: str, folder: Path) -> None:
        """Put the files of *folder* in the store as the GUID's episode, the manifest when all others are there."""
        older = self._sound_there(slug)
        self._take_stock()
        self._remember(guid, slug)
        files = {f"episodes/{path.name}": path for path in folder.iterdir()}
        manifest = files.pop(f"episodes/{slug}.json")
        self.store.put(files)
        self.store.put({f"episodes/{slug}.json": manifest})
        self._retire(older, sound_of(json.loads(manifest.read_bytes())))

    def amend(self, manifest: dict[str, Any]) -> None:
        """Put a manifest in the place of the episode's older one; the other files stay as they are."""
        with temporary_folder() as folder:
            # From a file, so that the store learns its type from its name.
            path = Path(folder, f"{manifest['slug']}.json")
            path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            self.store.put({f"episodes/{path.name}": path})

    def try_writing(self) -> None:
        """Write an object and take it away again."""
        trial = f"{_NOTES}/trial"
        try:
            self.store.write(trial, b"")
            self.store.remove(trial)
        except LibraryError as error:
            raise UnwritableError(self.place, error.message) from error

    def settle(self) -> None:
        """Sweep away what killed runs left on this machine; the store has nothing half done that counts."""
        if not self._settled and self.shelf.notes.is_dir():
            self._settled = True
            self._sweep()

    # What is brought here, and back.

    def refresh(self) -> None:
        """Bring the show's own files: settings, word lists, voices, music."""
        found, folders = self.store.shallow()
        for folder in folders:
            if folder not in _MADE:
                found |= self.store.listing(folder)
        self._mirror.pull(found, _is_own)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Have the show's files and the notes of batches here while one runs, and put those back afterwards."""
        self.refresh()
        found = {name: facts for name in _OF_BATCHES if (facts := self.store.facts(name))}
        self._mirror.pull(found, lambda name: False)
        before = self._notes()
        try:
            yield
        finally:
            # Also when it was broken off: what is done is done.
            changed = {name: content for name, content in self._notes().items() if content != before[name]}
            for name, content in changed.items():
                self.store.write(name, content)
            self._mirror.note(list(changed))

    @contextmanager
    def at_hand(self, *, whole: bool = False) -> Iterator[Path]:
        """Have a folder that is as the library, for those who need one; what changes there changes here as well.

        Sound in it is hollow. With *whole* it is not, and the folder is gone afterwards with all that was done to it.
        """
        found = {name: facts for name, facts in self.store.listing().items() if _is_published(name)}
        if whole:
            with temporary_folder() as folder:
                Mirror(self.store, Path(folder, "library")).pull(found, _is_published)
                yield Path(folder, "library")
            return
        self._mirror.pull(found, _is_published, hollow=True)
        with self._mirror.pushing(_is_published, _order):
            yield self.root

    def _notes(self) -> dict[str, bytes]:
        """Give the notes of batches that are here, whole even while another batch writes them."""
        index, log = self.root / _INDEX, self.root / _LOG
        notes = {_INDEX: b"", _LOG: log.read_bytes() if log.exists() else b""}
        if index.exists():
            with closing(sqlite3.connect(index)) as connection:
                notes[_INDEX] = connection.serialize()
        return notes

    # How a folder does it.

    def _named(self, guid: str) -> str | None:
        content = self.store.read(f"{_NOTES}/guids/{_short(guid)}")
        return self._lost().get(guid) if content is None else content.decode()

    def _lost(self) -> dict[str, str]:
        """Give slugs by GUID where notes may be missing: a library that was copied may have come without them."""
        if self._stock is None:
            complete = self.store.facts(_STOCK) is not None
            self._stock = {} if complete else {told.get("guid", ""): told["slug"] for told in self.manifests()}
        return self._stock

    def _take_stock(self) -> None:
        if self._is_stocked:
            return
        if self.store.facts(_STOCK) is None:
            for guid, slug in self._lost().items():
                self._remember(guid, slug)
            self.store.write(_STOCK, b"")
        self._is_stocked = True

    def _read_note(self, name: str) -> bytes | None:
        return self.store.read(f"{_NOTES}/{name}")

    def _stamp_of(self, name: str) -> tuple[int, int] | None:
        # Asked for once: a request for each article would take longer than what it guards against is worth.
        if self._known is None or self._stamp is None:
            facts = self.store.facts(f"{_NOTES}/{name}")
            return (0, facts.size) if facts else None
        return self._stamp

    def _write_note(self, name: str, content: bytes) -> None:
        self.store.write(f"{_NOTES}/{name}", content)

    def _claim(self, slug: str, guid: str) -> bool:
        note = f"{_NOTES}/names/{slug}"
        owner = self._owner(slug) or guid
        if not self.store.claim(note, owner.encode()):
            return self.store.read(note) == guid.encode()
        return owner == guid

    def _remember(self, guid: str, slug: str) -> None:
        note = f"{_NOTES}/guids/{_short(guid)}"
        if self.store.read(note) != slug.encode():
            self.store.write(note, slug.encode())

    def _retire(self, older: str, now: str) -> None:
        if older and older != now:
            self.store.remove(f"episodes/{older}")

    def _parsed(self, slug: str, content: bytes) -> dict[str, Any]:
        try:
            manifest: dict[str, Any] = json.loads(content)
        except ValueError as error:
            where = self.where(f"{slug}.json")
            message = f"The manifest {where} cannot be read ({error}); delete it and run again."
            raise LibraryError(where, message) from error
        return manifest


def _working_copy(address: str) -> Path:
    from platformdirs import user_cache_path

    name = hashlib.sha256(address.encode()).hexdigest()[:16]
    return user_cache_path("audiogen", appauthor=False) / "libraries" / name


def _short(guid: str) -> str:
    return guid.removeprefix("urn:uuid:")


def _is_own(name: str) -> bool:
    return name.partition("/")[0] not in _MADE


def _is_published(name: str) -> bool:
    return name.startswith(_OF_FEEDS) or not name.startswith((f"{_NOTES}/", f"{REMOVED_FOLDER}/"))


def _order(name: str) -> tuple[bool, bool, str]:
    """Feeds come after all that they name, and what is remembered of them last."""
    return (name.startswith(_OF_FEEDS), name.startswith("feed"), name)
