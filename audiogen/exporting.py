"""Exports episodes as a folder of numbered files, for players without feeds and playlists, such as old MP3 players.

The folder keeps a list of the files that were put there. Only those are ever renamed, replaced or removed, and only
while they are as they were put: what somebody else put there, or changed, stays.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.podcast.entries import Entry

#: The list, in the folder.
LIST = ".audiogen-export.jsonl"
#: Characters that FAT, NTFS or a shell give a meaning of their own.
_UNWELCOME = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
#: Letters of a title in a name: players show no more, and FAT has 255 for all of it.
_TITLE = 80
#: How the names of files begin that are between two numbers.
_ASIDE = ".audiogen-moving-"
#: Seconds that FAT rounds times to.
_GRAIN = 2.0


@dataclass(frozen=True, slots=True)
class Exported:
    """What was done."""

    #: Names of all files of the queue, in order.
    names: tuple[str, ...]
    written: int
    removed: int


@dataclass(frozen=True, slots=True)
class _Put:
    """A file that was put in the folder: of what, and what it was like then."""

    #: Name, size and time of the episode's sound.
    source: tuple[str, int, int]
    size: int
    time: float

    def is_still(self, path: Path) -> bool:
        """Return whether the file at *path* is the one that was put there."""
        try:
            status = path.lstat()
        except OSError:
            return False
        return status.st_size == self.size and abs(status.st_mtime - self.time) <= _GRAIN


@dataclass(slots=True)
class _Folder:
    """The folder with its list, as it is worked on."""

    path: Path
    put: dict[str, _Put] = field(default_factory=dict)

    def ours(self) -> dict[str, _Put]:
        """Return the files of the list that are still what was put there."""
        return {name: put for name, put in self.put.items() if put.is_still(self.path / name)}

    def note(self, name: str, put: _Put) -> None:
        """Add a file to the list before it is written, so that a killed run leaves no unknown file."""
        self.put[name] = put
        with (self.path / LIST).open("a", encoding="utf-8") as file:
            file.write(_row(name, put))

    def save(self) -> None:
        """Write the list anew, without what is no longer there."""
        draft = self.path / f"{LIST}.{os.getpid()}"
        draft.write_text("".join(map(_row, self.put, self.put.values())), encoding="utf-8")
        draft.replace(self.path / LIST)

    def move(self, old: str, new: str) -> None:
        """Rename one of ours."""
        self.note(new, self.put[old])
        (self.path / old).rename(self.path / new)
        del self.put[old]

    def add(self, name: str, sound: Path, *, link: bool) -> None:
        """Put a sound in the folder: a copy, or with *link* a second name of the same file where that can be."""
        draft = self.path / f".{name}.{os.getpid()}"
        draft.unlink(missing_ok=True)
        if not (link and _linked(sound, draft)):
            shutil.copyfile(sound, draft)
        status = draft.stat()
        self.note(name, _Put(_source(sound), status.st_size, status.st_mtime))
        draft.replace(self.path / name)


def export(folder: Path, library: Path, entries: Sequence[Entry], *, link: bool = False) -> Exported:
    """Make *folder* hold the sound of *entries* of the library, numbered in their order.

    Raises:
        LibraryError: the folder is the library's own, or cannot be written.
    """
    if folder.resolve() in (library.resolve(), (library / "episodes").resolve()):
        raise LibraryError(folder, f"{folder} is the library's own folder. Name another one for the numbered files.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _export(_Folder(folder, _read_list(folder)), library / "episodes", entries, link)
    except OSError as error:
        raise LibraryError(folder, f"{folder} cannot be written ({error.strerror or error}).") from error


def _export(folder: _Folder, episodes: Path, entries: Sequence[Entry], link: bool) -> Exported:
    """Update the folder: keep what is up to date, remove what is stale, add what is missing."""
    ours = folder.ours()
    folder.put = dict(ours)
    names = _free_names(folder.path, entries, ours)
    sounds = {name: episodes / entry.sound.file for name, entry in zip(names, entries, strict=True)}
    kept = _place_known(folder, sounds)
    stale = [name for name in folder.put if name not in kept]
    for name in stale:
        (folder.path / name).unlink(missing_ok=True)
        del folder.put[name]
    for name in (name for name in names if name not in kept):
        folder.add(name, sounds[name], link=link)
    folder.save()
    return Exported(tuple(names), len(names) - len(kept), len(stale))


def _place_known(folder: _Folder, sounds: dict[str, Path]) -> set[str]:
    """Give files that are there already their new numbers, and tell which names are done.

    They step aside first: what is 002 today may have been 003, and 003 be 002.
    """
    there: dict[tuple[str, int, int], str] = {put.source: name for name, put in folder.put.items()}
    wanted = {name: there.pop(key) for name, sound in sounds.items() if (key := _source(sound)) in there}
    aside = {}
    for number, (name, old) in enumerate(wanted.items()):
        if old.startswith(_ASIDE):
            # A run that was cut short left it there.
            aside[name] = old
        elif name != old:
            aside[name] = f"{_ASIDE}{os.getpid()}-{time.time_ns()}-{number}{Path(name).suffix}"
            folder.move(old, aside[name])
    for name in [name for name in aside if name in folder.put]:
        # What is no longer wanted has the name.
        (folder.path / name).unlink(missing_ok=True)
        del folder.put[name]
    for name, hidden in aside.items():
        folder.move(hidden, name)
    return set(wanted)


def _free_names(folder: Path, entries: Sequence[Entry], ours: dict[str, _Put]) -> list[str]:
    """Choose the files' names; if a file of somebody else has a name, ours gets a suffix."""
    width = max(3, len(str(len(entries))))
    names = []
    for number, entry in enumerate(entries, 1):
        stem, suffix = f"{number:0{width}} {_title(entry)}", Path(entry.sound.file).suffix
        name, turn = f"{stem}{suffix}", 1
        while name not in ours and os.path.lexists(folder / name):
            turn += 1
            name = f"{stem} ({turn}){suffix}"
        names.append(name)
    return names


def _title(entry: Entry) -> str:
    """Make a part of a file's name of a title.

    Letters stay as they are, composed, for players sort and show them by their code points.
    """
    text = _UNWELCOME.sub(" ", unicodedata.normalize("NFC", entry.title))
    return " ".join(text.split())[:_TITLE].strip(" .") or entry.slug


def _source(sound: Path) -> tuple[str, int, int]:
    status = sound.stat()
    return sound.name, status.st_size, status.st_mtime_ns


def _linked(sound: Path, target: Path) -> bool:
    """Give the file a second name; return False if the file system cannot, or is another one."""
    try:
        target.hardlink_to(sound)
    except (OSError, NotImplementedError):
        return False
    return True


def _row(name: str, put: _Put) -> str:
    return json.dumps([name, *put.source, put.size, put.time], ensure_ascii=False) + "\n"


def _read_list(folder: Path) -> dict[str, _Put]:
    """Read the list, later rows over earlier ones; a row that cannot be ours is passed over."""
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = {}
    for line in lines:
        try:
            name, sound, length, stamp, size, put = json.loads(line)
        except (ValueError, TypeError, RecursionError):
            continue
        whole = isinstance(name, str) and Path(name).name == name and name not in (".", "..", LIST)
        if whole and all(isinstance(value, int | float) for value in (length, stamp, size, put)):
            found[name] = _Put((str(sound), length, stamp), size, put)
    return found
