"""The folder of episodes: names, whole files, and what is done already.

    library/
      audiogen.toml
      episodes/2024-09-07-iranian-missile-transfer.mp3  .json  .vtt  .chapters.json
      .audiogen/guids/<uuid>      the slug of the episode with that GUID, so that looking one up reads one small file
      .audiogen/names/<slug>      the GUID that a slug belongs to, so that two runs never choose the same one
      .audiogen/ties/<key>        the GUID that a document, place, outside id or address belongs to (`identity.py`)
      .audiogen/ties/stock.json   the same, for all manifests there were when it was written, in one file
      .audiogen/locks/            one run at a time makes an episode
      state/                      what people say of episodes: heard, removed, edited… (`state.py`)
      removed/                    the files of episodes that were removed

An episode's files are made in a folder of their own under `.audiogen`; when all are whole the folder is renamed to
`ready-<slug>`, and from there the files are moved in place, the manifest last: an episode exists when its manifest
does. A run killed before the renaming leaves nothing that counts; one killed after it is finished by the next run. The
name of the older sound, which goes last, is noted in that folder.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import stat
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.episodes.identity import (
    Marks,
    Tie,
    heard_lines,
    is_of_first_version,
    key_of_place,
    keys_of_manifest,
    marks_of,
)
from audiogen.episodes.shape import is_bare
from audiogen.episodes.state import (
    LOG,
    REMOVED,
    REMOVED_FOLDER,
    State,
    file_of,
    now,
    parse_state,
    replace_file,
    written_state,
)
from audiogen.episodes.storage import is_address
from audiogen.errors import AudiogenError, LibraryError, UnwritableError
from audiogen.temporary import is_marked, make_folder, sweep
from audiogen.trust import how_to_allow, is_trusted, links_out
from audiogen.untrusted import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from audiogen.model import Article

#: What is known of the identity of all episodes, in one file.
_TIES_IN_STOCK = "ties/stock.json"
#: Words of a title that a file name takes.
_SLUG_WORDS = 8
_SLUG_LENGTH = 80
#: What the system says where nothing can be written any more: no room, no quota, a file system that is read-only.
_UNWRITABLE = {errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}
#: Bytes written on trial: an empty file fits on a full disk.
_TRIAL = 1 << 16
#: File in a `ready-` folder that names the sound of the episode's older revision.
_OLDER_SOUND = ".older-sound"
#: A staging folder this old, in seconds, belongs to a run that was killed.
_STALE = 24 * 3600


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a library keeps things."""

    root: Path
    #: Where the episodes' files are.
    episodes: Path
    #: Our own notes and work in progress.
    notes: Path


@dataclass(frozen=True, slots=True)
class Stock:
    """What all manifests tell of identity."""

    #: GUIDs by key.
    ties: dict[str, str]
    #: Marks of the texts of episodes of audiogen 0.1.0, by GUID.
    marks: dict[str, list[int]]
    finder: Marks


class Library:
    """A folder of episodes."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        """Take the folder at *root*; it is made when the first episode is put in."""
        self.root = Path(root)
        #: What people call it: its folder, or its address.
        self.place: Path | str = self.root
        self.shelf = Shelf(self.root, self.root / "episodes", self.root / ".audiogen")
        self._settled = False
        #: What is known of the identity of the episodes that were there when somebody looked through all manifests.
        self._known: Stock | None = None
        #: Time and size of the file it was read from; None where it could not be written.
        self._stamp: tuple[int, int] | None = None
        #: Slug and entry of removed episodes by GUID, and what tells that their file is still the one that was read.
        self._removed: dict[str, tuple[str, State]] = {}
        self._removed_stamp: tuple[int, int] | None = None

    def find(self, guid: str) -> dict[str, Any] | None:
        """Return the manifest of the episode with this GUID, or None; one that is broken counts as none.

        Its slug stays noted, so that the episode is made again under it.
        """
        slug = self._named(guid)
        try:
            manifest = self.manifest(slug) if slug else None
        except LibraryError as error:
            if isinstance(error.__cause__, OSError):
                raise
            return None
        return manifest if manifest and manifest.get("guid") == guid else None

    def manifest(self, slug: str) -> dict[str, Any] | None:
        """Return the manifest of the episode called *slug*, or None where there is none.

        Raises:
            LibraryError: it is there and cannot be read.
        """
        path = self.path(slug, ".json")
        try:
            manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(manifest, dict):
                raise ValueError("it is no JSON object")
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError) as error:
            raise LibraryError(
                path, f"The manifest {path} cannot be read ({error}); delete it and run again."
            ) from error
        return manifest

    def manifests(self, *, skip_broken: bool = False) -> Iterator[dict[str, Any]]:
        """Give every episode's manifest, by name.

        Raises:
            LibraryError: one cannot be read, and *skip_broken* is false.
        """
        for path in sorted(self.shelf.episodes.glob("*.json")):
            if not path.name.endswith((".chapters.json", ".words.json")):
                with suppress(*([LibraryError] if skip_broken else [])):
                    manifest = self.manifest(path.stem)
                    if manifest is not None and (not skip_broken or manifest.get("slug") == path.stem):
                        yield manifest

    def path(self, slug: str, suffix: str) -> Path:
        """Return where a file of an episode stands."""
        return self.shelf.episodes / f"{slug}{suffix}"

    def where(self, file: str) -> Path | str:
        """Return where people find a file of an episode: its path, or its address."""
        return self.shelf.episodes / file

    def size(self, file: str) -> int | None:
        """Return the size of a file of an episode in bytes; None where there is none."""
        try:
            status = (self.shelf.episodes / file).stat()
        except (OSError, ValueError):
            return None
        return status.st_size if stat.S_ISREG(status.st_mode) else None

    def has_sound(self, manifest: dict[str, Any]) -> bool:
        """Tell whether the sound that the manifest tells of is there."""
        name = sound_of(manifest)
        return bool(name) and self.size(name) is not None

    def name(self, guid: str, wanted: str) -> str:
        """Choose the slug of the GUID's episode, and keep it for good: addresses that people were given stay alive.

        It is the one the GUID has; else *wanted*, or with a number after it where that is another's.
        """
        with _writing(self.root):
            slug, number = self._named(guid) or wanted, 1
            while not self._claim(slug, guid):
                number += 1
                slug = f"{wanted}-{number}"
            self._remember(guid, slug)
        return slug

    # What people say of episodes.

    def state(self, kind: str) -> State:
        """Read one of the state files, by slug; see `state.py`.

        Raises:
            LibraryError: it cannot be read.
        """
        content = self.read_file(file_of(kind))
        return {} if content is None else parse_state(content, self.place_of(file_of(kind)))

    @contextmanager
    def changing(self, kind: str) -> Iterator[State]:
        """Lend a state file to be changed, and write what became of it; nobody else changes one meanwhile."""
        with self.state_lock():
            before, state = self.state(kind), self.state(kind)
            yield state
            if state != before:
                self.write_file(file_of(kind), written_state(state))

    def log(self, did: str, slug: str, by: str = "", **more: Any) -> None:
        """Note in the library's log who did what, and when."""
        entry = {"at": now(), "by": by, "did": did, "slug": slug, **more}
        self._append(LOG, (json.dumps(entry, ensure_ascii=False) + "\n").encode())

    def read_file(self, name: str) -> bytes | None:
        """Read a file of the library by its name within it; None where there is none."""
        path = self.root / name
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = error.strerror or str(error)
            raise LibraryError(path, f"{path} cannot be read ({reason}). Mend its permissions.") from error

    def write_file(self, name: str, content: bytes) -> None:
        """Write a file of the library, whole at any moment."""
        with _writing(self.root):
            replace_file(self.root / name, content)

    def place_of(self, name: str) -> str:
        """Give where people find a file of the library by its name within it."""
        return f"{self.place}/{name}"

    @contextmanager
    def state_lock(self) -> Iterator[None]:
        """Keep others from changing state files meanwhile."""
        from filelock import FileLock

        with _writing(self.root):
            hold_inside(self.root)
            locks = self.shelf.notes / "locks"
            locks.mkdir(parents=True, exist_ok=True)
            with FileLock(locks / "state.lock"):
                yield

    def removed(self, guid: str) -> tuple[str, State] | None:
        """Give slug and entry of the episode with this GUID where somebody removed it."""
        stamp = self._stamp_of_state(REMOVED)
        if stamp is None or stamp != self._removed_stamp:
            entries = self.state(REMOVED).items()
            self._removed = {
                str(entry.get("guid")): (slug, entry) for slug, entry in entries if isinstance(entry, dict)
            }
            self._removed_stamp = stamp
        return self._removed.get(guid)

    def _stamp_of_state(self, kind: str) -> tuple[int, int] | None:
        """Tell one content of a state file from another; None where only reading it tells."""
        try:
            status = (self.root / file_of(kind)).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size

    def find_removed(self, guid: str) -> dict[str, Any] | None:
        """Return the manifest of an episode that was removed, or what is remembered of it; None where it was not."""
        removed = self.removed(guid)
        if removed is None:
            return None
        slug, entry = removed
        with suppress(ValueError, RecursionError):
            manifest = json.loads(self.read_file(f"{REMOVED_FOLDER}/{slug}.json") or b"null")
            if isinstance(manifest, dict) and manifest.get("guid") == guid:
                return manifest
        return {"slug": slug, "guid": guid, "article": {"title": entry.get("title", "")}, "digests": {"version": 0}}

    def set_aside(self, slug: str) -> None:
        """Move the files of an episode to those that were removed, the manifest first: without it there is none."""
        with _writing(self.root):
            names = self._names_of(slug, "episodes")
            for name in sorted(names, key=lambda name: name != f"{slug}.json"):
                self._move(f"episodes/{name}", f"{REMOVED_FOLDER}/{name}")

    def bring_back(self, slug: str) -> None:
        """Move the files of an episode that was removed to their place again, the manifest last.

        Raises:
            LibraryError: its manifest is not there any more, or another episode has the name now.
        """
        names = self._names_of(slug, REMOVED_FOLDER)
        if f"{slug}.json" not in names and self.manifest(slug) is None:
            raise LibraryError(slug, f"The files of {slug} are not in {self.place_of(REMOVED_FOLDER)} any more.")
        if f"{slug}.json" in names and self.manifest(slug) is not None:
            raise LibraryError(slug, f"There is another episode called {slug}; remove it first.")
        with _writing(self.root):
            for name in sorted(names, key=lambda name: name == f"{slug}.json"):
                self._move(f"{REMOVED_FOLDER}/{name}", f"episodes/{name}")

    def _names_of(self, slug: str, folder: str) -> list[str]:
        """List the files of an episode in one of the library's folders."""
        try:
            return [item.name for item in os.scandir(self.root / folder) if item.name.startswith(f"{slug}.")]
        except FileNotFoundError:
            return []

    def _move(self, old: str, new: str) -> None:
        target = self.root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).replace(target)

    def _append(self, name: str, content: bytes) -> None:
        with self.state_lock():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(content)

    # Identity.

    def tied(self, key: str) -> Tie | None:
        """Tell which episode the key is tied to; None where it is to none."""
        note = self._read_note(f"ties/{key}")
        if note is not None:
            guid, _, seen = note.decode().partition("\n")
            return Tie(guid, seen)
        guid = self._stock_of_ties().ties.get(key, "")
        return Tie(guid) if guid else None

    def tie(self, guid: str, keys: Iterable[str], place: str = "", document: str = "") -> None:
        """Tie the keys to the episode, and the *place* where its document was found, with the document's digest."""
        with _writing(self.root):
            stock = self._stock_of_ties()
            if self._stamp is None:
                self._write_note(_TIES_IN_STOCK, _written_stock(stock))
                self._stamp = self._stamp_of(_TIES_IN_STOCK)
            for key in keys:
                if self.tied(key) != Tie(guid):
                    self._write_note(f"ties/{key}", guid.encode())
            if place and self.tied(key_of_place(place)) != Tie(guid, document):
                self._write_note(f"ties/{key_of_place(place)}", f"{guid}\n{document}".encode())

    def alike(self, article: Article) -> list[str]:
        """Give the GUIDs of older episodes whose text may be the article's, the likeliest first."""
        return self._stock_of_ties().finder.find(article)

    @contextmanager
    def hold(self, guid: str, *, wait: bool = True) -> Iterator[bool]:
        """Keep other runs from making the same episode meanwhile; the lock of a killed run is free at once.

        Gives False, and holds nothing, where another run has it and *wait* is false.
        """
        from filelock import FileLock, Timeout

        with _writing(self.root):
            locks = self.shelf.notes / "locks"
            locks.mkdir(parents=True, exist_ok=True)
            # Some GUIDs share a lock: the folder stays small, and waiting for a stranger harms nobody.
            lock = FileLock(locks / f"{self._note(guid).name[:3]}.lock")
            try:
                lock.acquire(timeout=-1 if wait else 0)
            except Timeout:
                yield False
                return
        try:
            yield True
        finally:
            lock.release()

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """Lend a folder on the library's own file system to make an episode in; it is gone afterwards.

        What goes wrong while it is made is the episode's own trouble, and passes through as it is.
        """
        with _writing(self.root):
            hold_inside(self.root)
            self.shelf.episodes.mkdir(parents=True, exist_ok=True)
            self.shelf.notes.mkdir(exist_ok=True)
            self.settle()
            folder = make_folder("making-", self.shelf.notes)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, guid: str, slug: str, folder: Path) -> None:
        """Move the files of *folder* in place as the GUID's episode, over its older one; *slug* is from `name`."""
        with _writing(self.root):
            ready = self.shelf.notes / f"ready-{slug}"
            if ready.exists():
                self._shelve(ready)
            self._remember(guid, slug)
            if older := self._sound_there(slug):
                (folder / _OLDER_SOUND).write_text(older, encoding="utf-8")
            folder.rename(ready)
            self._shelve(ready)

    def amend(self, manifest: dict[str, Any]) -> None:
        """Put a manifest in the place of the episode's older one; the other files stay as they are."""
        path = self.path(manifest["slug"], ".json")
        with _writing(self.root):
            _replace_text(path, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")

    def try_writing(self) -> None:
        """Write something and take it away again.

        Raises:
            UnwritableError: that is not possible, so that no episode could be put in.
        """
        try:
            for folder in (self.shelf.notes, self.shelf.episodes):
                folder.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryFile(dir=folder) as file:
                    file.write(bytes(_TRIAL))
                    file.flush()
        except OSError as error:
            raise unwritable(self.root, error) from error

    def write_text(self, file: str, text: str) -> None:
        """Write a text beside an episode, whole at any moment."""
        with _writing(self.root):
            _replace_text(self.shelf.episodes / file, text)

    def settle(self) -> None:
        """Finish or sweep away what killed runs left, once for each library that was opened."""
        if not self._settled and self.shelf.notes.is_dir():
            hold_inside(self.root)
            self._settled = True
            for folder in sorted(self.shelf.notes.glob("ready-*")):
                self._shelve(folder)
            self._finish_removals()
            self._sweep()

    def survey(self) -> None:
        """Look at all there is once, since much will be asked about it; a folder answers fast enough."""

    def refresh(self) -> None:
        """Bring the show's own files here; a folder has them."""

    @contextmanager
    def working(self) -> Iterator[None]:
        """Have the notes of batches here while one runs; a folder has them."""
        yield

    @contextmanager
    def at_hand(self, *, whole: bool = False) -> Iterator[Path]:
        """Have a folder that is as the library, and with *whole* its sound too; a folder is that itself."""
        yield self.root

    def _shelve(self, ready: Path) -> None:
        """Move files in place. Two runs may do it at once: each file is moved by one of them, in the same order."""
        slug = ready.name.removeprefix("ready-")
        note = ready / _OLDER_SOUND
        with suppress(FileNotFoundError):
            # Without a note there was none, or audiogen 0.1.0 began this.
            older = note.read_text(encoding="utf-8") if note.exists() else self._sound_there(slug)
            files = [path for path in ready.iterdir() if path != note]
            for path in sorted(files, key=lambda path: path.name == f"{slug}.json"):
                with suppress(FileNotFoundError):
                    path.replace(self.shelf.episodes / path.name)
            # While the note is there, a run that is killed here is finished by the next.
            self._retire(older, self._sound_there(slug))
            note.unlink(missing_ok=True)
            ready.rmdir()

    def _finish_removals(self) -> None:
        """Move aside what a run that was killed left of episodes that are removed."""
        for slug, entry in self.state(REMOVED).items():
            if isinstance(entry, dict) and self._owner_of_manifest(slug) == entry.get("guid"):
                self.set_aside(slug)

    def _owner_of_manifest(self, slug: str) -> str:
        """Return the GUID in the manifest in place; empty where there is none, or a broken one."""
        try:
            return str((self.manifest(slug) or {}).get("guid") or "")
        except LibraryError:
            return ""

    def _sound_there(self, slug: str) -> str:
        """Return the name of the sound that the manifest in place tells of; empty where there is none."""
        try:
            return sound_of(self.manifest(slug) or {})
        except LibraryError:
            return ""

    def _retire(self, older: str, now: str) -> None:
        """Remove the sound of an earlier revision, once no manifest tells of it."""
        if is_bare(older) and now and older != now:
            (self.shelf.episodes / older).unlink(missing_ok=True)

    def _named(self, guid: str) -> str | None:
        """Return the slug that was given to the GUID."""
        note = self._note(guid)
        if not note.parent.is_dir():
            self._take_stock()
        try:
            slug = note.read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None
        # A library may come from a stranger: what it calls a name must not lead out of it.
        return slug if is_bare(slug) else None

    def _take_stock(self) -> None:
        """Write the notes anew from the manifests: a copied library may have come without them."""
        for manifest in self.manifests(skip_broken=True):
            if is_bare(str(manifest.get("guid") or "")):
                self._remember(str(manifest["guid"]), manifest["slug"])

    def _stock_of_ties(self) -> Stock:
        """Read what is known of all episodes' identity; where it was never written, or is lost, from the manifests."""
        stamp = self._stamp_of(_TIES_IN_STOCK)
        if self._known is None or stamp != self._stamp or not (stamp or self._known.ties):
            self._known = _parsed_stock(self._read_note(_TIES_IN_STOCK)) or self._taken_stock()
            self._stamp = self._stamp_of(_TIES_IN_STOCK)
        return self._known

    def _taken_stock(self) -> Stock:
        """Look through the manifests, and write down what they tell; a library that is read only is searched, too."""
        stock = self._look_through()
        if stock.ties or stock.marks:
            with suppress(OSError):
                self._write_note(_TIES_IN_STOCK, _written_stock(stock))
        return stock

    def _look_through(self) -> Stock:
        """Gather what the manifests tell of identity; one that is broken ties nothing, and is no other's trouble."""
        ties: dict[str, str] = {}
        marks: dict[str, list[int]] = {}
        for manifest in self.manifests(skip_broken=True):
            with suppress(AttributeError, KeyError, TypeError, ValueError):
                guid = str(manifest["guid"])
                ties |= dict.fromkeys(keys_of_manifest(manifest).values(), guid)
                if is_of_first_version(manifest):
                    marks[guid] = marks_of(" ".join(heard_lines(manifest)))
        for entry in self.state(REMOVED).values():
            with suppress(AttributeError, KeyError, TypeError):
                ties |= dict.fromkeys(map(str, entry["keys"]), str(entry["guid"]))
        return Stock(ties, marks, Marks(marks))

    def _read_note(self, name: str) -> bytes | None:
        """Read one of our notes; None where there is none."""
        try:
            return (self.shelf.notes / name).read_bytes()
        except OSError:
            return None

    def _stamp_of(self, name: str) -> tuple[int, int] | None:
        """Tell when one of our notes was written, and its size; None where there is none."""
        try:
            status = (self.shelf.notes / name).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size

    def _write_note(self, name: str, content: bytes) -> None:
        """Write one of our notes, whole at any moment."""
        replace_file(self.shelf.notes / name, content)

    def _claim(self, slug: str, guid: str) -> bool:
        """Take the slug for the GUID unless it is another's; exactly one of several runs gets it."""
        note = self.shelf.notes / "names" / slug
        note.parent.mkdir(parents=True, exist_ok=True)
        try:
            with note.open("x", encoding="utf-8") as file:
                file.write(self._owner(slug) or guid)
        except FileExistsError:
            pass
        return note.read_text(encoding="utf-8") == guid

    def _owner(self, slug: str) -> str:
        """Return the GUID of the episode that has the slug; "?" where only a file without a manifest has it."""
        try:
            manifest = self.manifest(slug)
        except LibraryError:
            return "?"
        if manifest is not None:
            return str(manifest.get("guid") or "?")
        if isinstance(entry := self.state(REMOVED).get(slug), dict):
            return str(entry.get("guid") or "?")
        return "?" if self.size(f"{slug}.mp3") is not None else ""

    def _remember(self, guid: str, slug: str) -> None:
        note = self._note(guid)
        note.parent.mkdir(parents=True, exist_ok=True)
        _replace_text(note, slug)

    def _note(self, guid: str) -> Path:
        return self.shelf.notes / "guids" / guid.removeprefix("urn:uuid:")

    def sweep_after(self, processes: Iterable[int]) -> None:
        """Remove what processes that were ended had half made."""
        for process in processes:
            for folder in self.shelf.notes.glob(f"making-{process}-*"):
                shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove the work of runs that were killed: at once where that is known, after a day where it was elsewhere."""
        sweep(self.shelf.notes, "making-")
        for folder in self.shelf.notes.glob("making-*"):
            try:
                old = not is_marked(folder.name) and time.time() - folder.stat().st_mtime > _STALE
            except OSError:
                continue
            if old:
                shutil.rmtree(folder, ignore_errors=True)


def open_library(where: str | os.PathLike[str]) -> Library:
    """Open the library in a folder or at an address.

    Raises:
        EngineMissingError: what reaches such an address is not installed.
        LibraryError: nobody knows such addresses.
    """
    if not is_address(where):
        return Library(where)
    from audiogen.episodes.storage.library import RemoteLibrary

    return RemoteLibrary(str(where))


def hold_inside(root: Path) -> None:
    """Hold that nothing which is written to in the library is a link that leads out of it, unless the user allows it.

    Raises:
        LibraryError: something is.
    """
    name = next(links_out(root), None)
    if name is not None and not is_trusted(root):
        told = f"{root / name} is a link that leads out of the library, and what is written there would be elsewhere."
        raise LibraryError(root, f"{told} {how_to_allow(root)}")


def sound_of(manifest: dict[str, Any]) -> str:
    """Return the name of the episode's sound; a name that leads out of the folder counts as none."""
    audio = manifest.get("audio")
    name = str(audio.get("file", "")) if isinstance(audio, dict) else ""
    return name if is_bare(name) else ""


def _written_stock(stock: Stock) -> bytes:
    return json.dumps({"ties": stock.ties, "marks": stock.marks}, separators=(",", ":")).encode()


def _parsed_stock(content: bytes | None) -> Stock | None:
    """Read a stock; one that is broken counts as none, since the manifests have all of it."""
    try:
        told = json.loads(content or b"")
        return Stock(dict(told["ties"]), dict(told["marks"]), Marks(told["marks"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _replace_text(path: Path, text: str) -> None:
    """Write a file so that it is whole at any moment."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    """Turn what the file system says into an error that says what to do."""
    try:
        yield
    except AudiogenError:
        raise
    except OSError as error:
        found = unwritable(root, error)
        raise (found if is_out_of_room(error) else LibraryError(root, found.message)) from error


def unwritable(root: Path | str, error: OSError) -> UnwritableError:
    """Make an error that says what to do out of what the file system says."""
    reason = error.strerror or str(error)
    return UnwritableError(root, f"{root} cannot be written ({reason}). Name another folder with -o.")


def is_out_of_room(error: BaseException | None) -> bool:
    """Tell whether an error, or one that led to it, is the system's that nothing can be written any more."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _UNWRITABLE:
            return True
        error = error.__cause__ or error.__context__
    return False


def slug_of(title: str, published: date | None) -> str:
    """Make a file name of the date and the first words of the title, in ASCII.

    >>> from datetime import date
    >>> slug_of("Łódź says “no” to the dam’s builders, and yes to the fish", date(2024, 9, 7))
    '2024-09-07-lodz-says-no-to-the-dams-builders-and'
    """
    from anyascii import anyascii

    plain = re.sub(r"['’ʼ]", "", anyascii(title)).lower()
    words = re.findall(r"[a-z0-9]+", plain)[:_SLUG_WORDS]
    stem = "-".join(words)[:_SLUG_LENGTH].rstrip("-") or "article"
    return f"{published:%Y-%m-%d}-{stem}" if published else file_stem(stem)
