"""Exports episodes as a folder of numbered files, for players without feeds and playlists, such as old MP3 players.

A list in the folder has the files that were exported. Only these are renamed, replaced or removed, and only while they
are unchanged. Other files, and changed ones, stay.
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

#: The name of the list in the folder.
LIST = ".audiogen-export.jsonl"
#: Characters with a special meaning for FAT, NTFS or a shell.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
#: Most letters of a title in a file's name: players show no more, and FAT allows 255 for the whole name.
_MAX_TITLE = 80
#: The beginning of a file's name while its number changes.
_MOVING_PREFIX = ".audiogen-moving-"
#: Seconds to which FAT rounds times.
_TIME_TOLERANCE = 2.0


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The result of an export."""

    #: Names of all files of the queue, in order.
    names: tuple[str, ...]
    written: int
    removed: int


@dataclass(frozen=True, slots=True)
class _ExportedFile:
    """An exported file: the sound that it is a copy of, and its size and time after the export."""

    #: Name, size and time of the episode's sound.
    source: tuple[str, int, int]
    size: int
    time: float

    def is_still(self, path: Path) -> bool:
        """Return whether the file at *path* is the exported one, unchanged."""
        try:
            status = path.lstat()
        except OSError:
            return False
        return status.st_size == self.size and abs(status.st_mtime - self.time) <= _TIME_TOLERANCE


@dataclass(slots=True)
class _Folder:
    """The folder of an export, with its list."""

    path: Path
    files: dict[str, _ExportedFile] = field(default_factory=dict)

    def unchanged_files(self) -> dict[str, _ExportedFile]:
        """Return the files of the list that exist and are unchanged."""
        return {name: exported for name, exported in self.files.items() if exported.is_still(self.path / name)}

    def record(self, name: str, exported: _ExportedFile) -> None:
        """Add a file to the list, before it is written, so that an interrupted export leaves no unknown file."""
        self.files[name] = exported
        with (self.path / LIST).open("a", encoding="utf-8") as file:
            file.write(_row(name, exported))

    def save(self) -> None:
        """Write the list again, without files that no longer exist."""
        draft = self.path / f"{LIST}.{os.getpid()}"
        draft.write_text("".join(map(_row, self.files, self.files.values())), encoding="utf-8")
        draft.replace(self.path / LIST)

    def move(self, old: str, new: str) -> None:
        """Rename an exported file, in the folder and in the list."""
        self.record(new, self.files[old])
        (self.path / old).rename(self.path / new)
        del self.files[old]

    def add(self, name: str, sound: Path, *, link: bool) -> None:
        """Copy a sound to the folder; with *link*, make a hard link to it if the file system can."""
        draft = self.path / f".{name}.{os.getpid()}"
        draft.unlink(missing_ok=True)
        if not (link and _try_link(sound, draft)):
            shutil.copyfile(sound, draft)
        status = draft.stat()
        self.record(name, _ExportedFile(_identity(sound), status.st_size, status.st_mtime))
        draft.replace(self.path / name)


def export(folder: Path, library: Path, entries: Sequence[Entry], *, link: bool = False) -> ExportResult:
    """Write the sounds of *entries* of the library to *folder*, numbered in their order; return what was changed.

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


def _export(folder: _Folder, episodes: Path, entries: Sequence[Entry], link: bool) -> ExportResult:
    """Update the folder: keep what is up to date, remove what is no longer wanted, add what is missing."""
    unchanged_files = folder.unchanged_files()
    folder.files = dict(unchanged_files)
    names = _free_names(folder.path, entries, unchanged_files)
    sounds = {name: episodes / entry.sound.file for name, entry in zip(names, entries, strict=True)}
    kept = _rename_known(folder, sounds)
    stale = [name for name in folder.files if name not in kept]
    for name in stale:
        (folder.path / name).unlink(missing_ok=True)
        del folder.files[name]
    for name in (name for name in names if name not in kept):
        folder.add(name, sounds[name], link=link)
    folder.save()
    return ExportResult(tuple(names), len(names) - len(kept), len(stale))


def _rename_known(folder: _Folder, sounds: dict[str, Path]) -> set[str]:
    """Rename the files that are already there to their new numbers; return the names that need no copy.

    They get temporary names first, as the old number of one may be the new number of another.
    """
    there: dict[tuple[str, int, int], str] = {exported.source: name for name, exported in folder.files.items()}
    wanted = {name: there.pop(key) for name, sound in sounds.items() if (key := _identity(sound)) in there}
    aside = {}
    for number, (name, old) in enumerate(wanted.items()):
        if old.startswith(_MOVING_PREFIX):
            # A run that was cut short left it there.
            aside[name] = old
        elif name != old:
            aside[name] = f"{_MOVING_PREFIX}{os.getpid()}-{time.time_ns()}-{number}{Path(name).suffix}"
            folder.move(old, aside[name])
    for name in [name for name in aside if name in folder.files]:
        # What is no longer wanted has the name.
        (folder.path / name).unlink(missing_ok=True)
        del folder.files[name]
    for name, hidden in aside.items():
        folder.move(hidden, name)
    return set(wanted)


def _free_names(folder: Path, entries: Sequence[Entry], unchanged_files: dict[str, _ExportedFile]) -> list[str]:
    """Return the files' names, with a suffix if another file in the folder has the name."""
    width = max(3, len(str(len(entries))))
    names = []
    for number, entry in enumerate(entries, 1):
        stem, suffix = f"{number:0{width}} {_title(entry)}", Path(entry.sound.file).suffix
        name, turn = f"{stem}{suffix}", 1
        while name not in unchanged_files and os.path.lexists(folder / name):
            turn += 1
            name = f"{stem} ({turn}){suffix}"
        names.append(name)
    return names


def _title(entry: Entry) -> str:
    """Return the part of a file's name that is made from the title.

    Letters are composed (NFC), because players sort and show names by code points.
    """
    text = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", entry.title))
    return " ".join(text.split())[:_MAX_TITLE].strip(" .") or entry.slug


def _identity(sound: Path) -> tuple[str, int, int]:
    """Return name, size and time of change (in ns) of a file."""
    status = sound.stat()
    return sound.name, status.st_size, status.st_mtime_ns


def _try_link(sound: Path, target: Path) -> bool:
    """Make a hard link; return whether the file system could."""
    try:
        target.hardlink_to(sound)
    except (OSError, NotImplementedError):
        return False
    return True


def _row(name: str, exported: _ExportedFile) -> str:
    """Return the line of the list for a file."""
    return json.dumps([name, *exported.source, exported.size, exported.time], ensure_ascii=False) + "\n"


def _read_list(folder: Path) -> dict[str, _ExportedFile]:
    """Return the files in the list, later lines over earlier ones, without invalid lines."""
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = {}
    for line in lines:
        try:
            name, sound, length, stamp, size, changed = json.loads(line)
        except (ValueError, TypeError, RecursionError):
            continue
        whole = isinstance(name, str) and Path(name).name == name and name not in (".", "..", LIST)
        if whole and all(isinstance(value, int | float) for value in (length, stamp, size, changed)):
            found[name] = _ExportedFile((str(sound), length, stamp), size, changed)
    return found
