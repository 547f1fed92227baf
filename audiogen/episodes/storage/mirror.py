"""The working copy of a store: the objects that this machine needs, downloaded again only if they change."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from audiogen.episodes.storage.objects import ObjectInfo, Objects

    Stamp = tuple[int, int]

#: Suffixes of sound files, of which feeds need only the size.
SOUND = (".mp3", ".m4b", ".m4a", ".opus")
#: Up to this number, objects are requested one by one; more are found faster in a listing of all.
_FEW = 16
#: The file with the marks of downloaded objects.
_MARKS = ".audiogen/mirror.json"


class Mirror:
    """A folder that mirrors a part of a store."""

    def __init__(self, store: Objects, folder: Path) -> None:
        """Take the store and the folder, which is made at the first download."""
        self._store, self.folder = store, folder

    def download(
        self,
        found: Mapping[str, ObjectInfo],
        is_ours: Callable[[str], bool],
        *,
        is_placeholder: Callable[[str], bool] = lambda name: False,
        dated: bool = True,
    ) -> None:
        """Download the objects among those *found* that have changed; delete other files, if *is_ours*.

        Files for which *is_placeholder* have only the size. With *dated* all files have the time of their objects, in
        seconds; else that of the download, which differs even between two changes within a second.
        """
        with self._locked():
            marks = self._marks()
            changed = {name: info for name, info in found.items() if self._is_old(name, info, marks, is_placeholder)}
            shells = {name for name in changed if is_placeholder(name)}
            for name in shells:
                make_placeholder(self.folder / name, changed[name].size)
            self._store.get({name: self.folder / name for name in changed.keys() - shells})
            for name, info in changed.items():
                if info.changed and dated:
                    os.utime(self.folder / name, (info.changed, info.changed))
                marks[name] = _mark(info, name in shells)
            for name in [name for name in marks if is_ours(name) and name not in found]:
                (self.folder / name).unlink(missing_ok=True)
                del marks[name]
            if changed or len(marks) != len(self._marks()):
                self._save(marks)

    @contextmanager
    def uploading_changes(self, is_ours: Callable[[str], bool], order: Callable[[str], Any]) -> Iterator[None]:
        """Upload, sorted by *order*, files that change in the context, if *is_ours*; delete those of deleted files."""
        before = self._stamps(is_ours)
        yield
        after = self._stamps(is_ours)
        changed = sorted((name for name, stamp in after.items() if before.get(name) != stamp), key=order)
        for name in changed:
            self._store.put({name: self.folder / name})
        for name in before.keys() - after.keys():
            self._store.remove(name)
        self.note(changed)

    def note(self, names: Sequence[str]) -> None:
        """Record the marks of uploaded objects, so that they are not downloaded again."""
        if not names:
            return
        found = self._store.listing() if len(names) > _FEW else {name: self._store.info(name) for name in names}
        with self._locked():
            marks = {name: info.mark for name in names if (info := found.get(name))}
            self._save({**self._marks(), **marks})

    def _is_old(
        self, name: str, info: ObjectInfo, marks: Mapping[str, str], is_placeholder: Callable[[str], bool]
    ) -> bool:
        known = marks.get(name)
        same = known == _mark(info, False) or (is_placeholder(name) and known == _mark(info, True))
        return not (same and (self.folder / name).exists())

    def _stamps(self, is_ours: Callable[[str], bool]) -> dict[str, Stamp]:
        """Return modification time and size of the files that *is_ours*."""
        stamps = {}
        for directory, _, files in os.walk(self.folder):
            for file in files:
                path = os.path.join(directory, file)  # noqa: PTH118 - a Path for each of thousands takes as long again
                name = os.path.relpath(path, self.folder).replace(os.sep, "/")
                if is_ours(name):
                    status = os.stat(path)  # noqa: PTH116 - likewise
                    stamps[name] = (status.st_mtime_ns, status.st_size)
        return stamps

    def _marks(self) -> dict[str, str]:
        try:
            marks: dict[str, str] = json.loads((self.folder / _MARKS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return marks

    def _save(self, marks: Mapping[str, str]) -> None:
        path = self.folder / _MARKS
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(marks), encoding="utf-8")
        draft.replace(path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let only one process of this machine download at a time: workers of one batch share the folder."""
        from filelock import FileLock

        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder.with_suffix(".lock")):
            yield


def _mark(info: ObjectInfo, is_shell: bool) -> str:
    return f"{info.mark} hollow" if is_shell else info.mark


def make_placeholder(path: Path, size: int) -> None:
    """Make a sparse file of this size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
