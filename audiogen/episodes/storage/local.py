"""A library in a folder.

An episode's files are made in a folder of their own under `.audiogen`; when all are whole the folder is renamed to
`ready-<slug>`, and from there the files are moved in place, the manifest last: an episode exists when its manifest
does. A run killed before the renaming leaves nothing that counts; one killed after it is finished by the next run. The
name of the older sound, which goes last, is noted in that folder.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.episodes.shape import is_bare, sound_in
from audiogen.episodes.state import replace_file
from audiogen.episodes.storage import EPISODES, NOTES, STATE_LOCK, inside
from audiogen.errors import AudiogenError, LibraryError, UnwritableError
from audiogen.temporary import is_marked, make_folder, sweep
from audiogen.trust import how_to_allow, is_trusted, links_out
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audiogen.episodes.storage import Stamp

#: Errors after which nothing more can be written: no space, no quota, a read-only file system.
_UNWRITABLE = {errno.ENOSPC, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}
#: Size of the test file, in bytes: an empty file fits on a full disk.
_TRIAL = 1 << 16
#: File in a `ready-` folder that names the sound of the episode's older revision.
_OLDER_SOUND = ".older-sound"
#: A staging folder this old, in seconds, belongs to a run that was killed.
_STALE = 24 * 3600
#: Letters of a GUID that name its lock: some share one, so that the folder stays small; waiting for a stranger harms
#: nobody.
_LOCK_LETTERS = 3


class LocalStorage:
    """The folder of a library."""

    is_remote = False

    def __init__(self, root: str | os.PathLike[str]) -> None:
        """Take the folder; it is made with the first episode."""
        self.root = Path(root)
        self.location: Path | str = self.root
        self._episodes, self._notes = self.root / EPISODES, self.root / NOTES
        self._is_held_inside = False

    # Files.

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""
        path = self.root / name
        try:
            return read_file(path)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise _unreadable(path, "read", error) from error

    def read_all(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | LibraryError]]:
        """Yield the content of files one after another."""
        for name in names:
            try:
                content = self.read(name)
            except LibraryError as error:
                yield name, error
                continue
            if content is not None:
                yield name, content

    def read_part(self, name: str, start: int, end: int | None = None) -> bytes:
        """Return a part of a file."""
        path, whole = self.root / name, self.size(name)
        if whole is None:
            return b""
        first, last = inside(start, end, whole)
        try:
            with path.open("rb") as file:
                file.seek(first)
                return file.read(last - first)
        except OSError as error:
            raise _unreadable(path, "read", error) from error

    def write(self, name: str, content: bytes) -> None:
        """Write a file atomically, under a temporary name that is then changed; its folder is made if it is missing."""
        with writing(self.root):
            replace_file(self.root / name, content)

    def append(self, name: str, content: bytes) -> None:
        """Append to a file."""
        with writing(self.root):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(content)

    def create(self, name: str, content: bytes) -> bool:
        """Write a file unless it exists."""
        with writing(self.root):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with path.open("xb") as file:
                    file.write(content)
            except FileExistsError:
                return False
            return True

    def move(self, old: str, new: str) -> None:
        """Rename a file; it replaces a file with that name."""
        with writing(self.root):
            target = self.root / new
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.root / old).replace(target)

    def names(self, folder: str) -> list[str]:
        """List the names in a folder."""
        path = self.root / folder
        try:
            return sorted(os.listdir(path))  # noqa: PTH208 - a Path for each of thousands takes as long again
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise _unreadable(path, "listed", error) from error

    def size(self, name: str) -> int | None:
        """Return the size of a file in bytes; None if there is none."""
        try:
            status = (self.root / name).stat()
        except (OSError, ValueError):
            return None
        return status.st_size if stat.S_ISREG(status.st_mode) else None

    def stamp(self, name: str) -> Stamp | None:
        """Return the time and the size of a file."""
        try:
            status = (self.root / name).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size

    def where(self, name: str) -> Path:
        """Return the path of a file."""
        return self.root / name

    # Locks, and the making of episodes.

    @contextmanager
    def lock(self, name: str, *, wait: bool = True) -> Iterator[bool]:
        """Hold a lock of the operating system, which becomes free at once when its holder dies."""
        from filelock import FileLock, Timeout

        with writing(self.root):
            # Episodes are looked up by the thousand, and their folders checked once more before one is made.
            if name == STATE_LOCK or not self._is_held_inside:
                check_links(self.root)
                self._is_held_inside = True
            locks = self._notes / "locks"
            locks.mkdir(parents=True, exist_ok=True)
            lock = FileLock(locks / f"{name if name == STATE_LOCK else name[:_LOCK_LETTERS]}.lock")
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
        """Yield a temporary folder on the library's own file system."""
        with writing(self.root):
            check_links(self.root)
            self._episodes.mkdir(parents=True, exist_ok=True)
            self._notes.mkdir(exist_ok=True)
            folder = make_folder("making-", self._notes)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, slug: str, folder: Path) -> None:
        """Move the files of a staged folder in place."""
        with writing(self.root):
            ready = self._notes / f"ready-{slug}"
            if ready.exists():
                self._move_into_place(ready)
            if older := self._sound_there(slug):
                (folder / _OLDER_SOUND).write_text(older, encoding="utf-8")
            folder.rename(ready)
            self._move_into_place(ready)

    def _move_into_place(self, ready: Path) -> None:
        """Move files in place. Two runs may do it at once: each file is moved by one of them, in the same order."""
        slug = ready.name.removeprefix("ready-")
        note = ready / _OLDER_SOUND
        with suppress(FileNotFoundError):
            # Without a note there was no older sound, or the folder is of audiogen 0.1.0.
            older = read_file(note).decode("utf-8") if note.exists() else self._sound_there(slug)
            files = [path for path in ready.iterdir() if path != note]
            for path in sorted(files, key=lambda path: path.name == f"{slug}.json"):
                with suppress(FileNotFoundError):
                    path.replace(self._episodes / path.name)
            # The note goes last, so that the next run finishes one that is killed here.
            self._delete_old_sound(older, self._sound_there(slug))
            note.unlink(missing_ok=True)
            ready.rmdir()

    def _sound_there(self, slug: str) -> str:
        """Return the name of the sound file in the current manifest; "" if there is none."""
        with suppress(LibraryError):
            return sound_in(self.read(f"{EPISODES}/{slug}.json"))
        return ""

    def _delete_old_sound(self, older: str, now: str) -> None:
        """Delete the sound file of an earlier revision, once no manifest names it."""
        if is_bare(older) and now and older != now:
            (self._episodes / older).unlink(missing_ok=True)

    def recover(self) -> bool:
        """Move what was complete into its place, and remove what was incomplete."""
        if not self._notes.is_dir():
            return False
        check_links(self.root)
        for folder in sorted(self._notes.glob("ready-*")):
            self._move_into_place(folder)
        self._sweep()
        return True

    def _sweep(self) -> None:
        """Remove the unfinished work of killed runs: at once if they ran on this machine, else after a day."""
        sweep(self._notes, "making-")
        for folder in self._notes.glob("making-*"):
            try:
                old = not is_marked(folder.name) and time.time() - folder.stat().st_mtime > _STALE
            except OSError:
                continue
            if old:
                shutil.rmtree(folder, ignore_errors=True)

    def remove_remains_of(self, processes: Iterable[int]) -> None:
        """Remove the unfinished files of processes that have ended."""
        for process in processes:
            for folder in self._notes.glob(f"making-{process}-*"):
                shutil.rmtree(folder, ignore_errors=True)

    def try_writing(self) -> None:
        """Write a test file to the folders of notes and of episodes, and delete it."""
        try:
            for folder in (self._notes, self._episodes):
                folder.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryFile(dir=folder) as file:
                    file.write(bytes(_TRIAL))
                    file.flush()
        except OSError as error:
            raise unwritable(self.root, error) from error

    # Downloads and uploads, which a folder does not need.

    def prepare_sizes(self) -> None:
        """Do nothing: a folder answers fast enough."""

    def refresh(self) -> None:
        """Do nothing: the show's own files are here."""

    @contextmanager
    def working(self) -> Iterator[None]:
        """Do nothing: all files are here."""
        yield

    @contextmanager
    def local_folder(self, *, whole: bool = False) -> Iterator[Path]:
        """Yield the folder itself."""
        yield self.root


def check_links(root: Path) -> None:
    """Check that no folder that is written to is a link that leads out of the library, unless the user allows that.

    Raises:
        LibraryError: one is.
    """
    name = next(links_out(root), None)
    if name is not None and not is_trusted(root):
        message = (
            f"{root / name} is a link that leads out of the library, and what is written there would be elsewhere."
        )
        raise LibraryError(root, f"{message} {how_to_allow(root)}")


def _unreadable(path: Path, done: str, error: Exception) -> LibraryError:
    reason = getattr(error, "strerror", None) or error
    return LibraryError(path, f"{path} cannot be {done} ({reason}). Change its permissions.")


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Turn errors of the file system into a LibraryError."""
    try:
        yield
    except AudiogenError:
        raise
    except OSError as error:
        found = unwritable(root, error)
        raise (found if is_out_of_room(error) else LibraryError(root, found.message)) from error


def unwritable(root: Path | str, error: OSError) -> UnwritableError:
    """Return the LibraryError for an error of the file system."""
    reason = error.strerror or str(error)
    return UnwritableError(root, f"{root} cannot be written ({reason}). Name another folder with -o.")


def is_out_of_room(error: BaseException | None) -> bool:
    """Return whether an error, or one that caused it, means that nothing more can be written."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _UNWRITABLE:
            return True
        error = error.__cause__ or error.__context__
    return False
