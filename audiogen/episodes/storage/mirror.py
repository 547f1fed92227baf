"""The working copy of a store: what of it was needed on this machine, brought again only where it changed."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from audiogen.episodes.storage.objects import Facts, Objects

    Stamp = tuple[int, int]

#: What is sound; feeds need only its size.
SOUND = (".mp3", ".m4b", ".m4a", ".opus")
#: Objects that are looked at one by one; more are found faster in a listing of all.
_FEW = 16
#: Where a mirror remembers what it brought.
_MARKS = ".audiogen/mirror.json"


class Mirror:
    """A folder that mirrors a part of a store."""

    def __init__(self, store: Objects, folder: Path) -> None:
        """Take both ends; the folder is made when something is brought."""
        self._store, self.folder = store, folder

    def pull(
        self,
        found: Mapping[str, Facts],
        is_ours: Callable[[str], bool],
        *,
        is_hollow: Callable[[str], bool] = lambda name: False,
        dated: bool = True,
    ) -> None:
        """Bring the objects that were *found* and changed; what *is_ours* and is not among them any more, goes.

        Files that are *hollow* have their size and no content. With *dated* all have the time of their objects, in
        seconds; else that at which they were brought, by which one is told from another that follows within a second.
        """
        with self._locked():
            marks = self._marks()
            changed = {name: facts for name, facts in found.items() if self._is_old(name, facts, marks, is_hollow)}
            shells = {name for name in changed if is_hollow(name)}
            for name in shells:
                hollow(self.folder / name, changed[name].size)
            self._store.get({name: self.folder / name for name in changed.keys() - shells})
            for name, facts in changed.items():
                if facts.changed and dated:
                    os.utime(self.folder / name, (facts.changed, facts.changed))
                marks[name] = _mark(facts, name in shells)
            for name in [name for name in marks if is_ours(name) and name not in found]:
                (self.folder / name).unlink(missing_ok=True)
                del marks[name]
            if changed or len(marks) != len(self._marks()):
                self._save(marks)

    @contextmanager
    def pushing(self, is_ours: Callable[[str], bool], order: Callable[[str], Any]) -> Iterator[None]:
        """Put what *is_ours* and changes meanwhile in the store, in the *order* of its key; remove what goes away."""
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
        """Note how the store marks what was put there: the next pull need not bring it back."""
        if not names:
            return
        found = self._store.listing() if len(names) > _FEW else {name: self._store.facts(name) for name in names}
        with self._locked():
            marks = {name: facts.mark for name in names if (facts := found.get(name))}
            self._save({**self._marks(), **marks})

    def _is_old(self, name: str, facts: Facts, marks: Mapping[str, str], is_hollow: Callable[[str], bool]) -> bool:
        known = marks.get(name)
        same = known == _mark(facts, False) or (is_hollow(name) and known == _mark(facts, True))
        return not (same and (self.folder / name).exists())

    def _stamps(self, is_ours: Callable[[str], bool]) -> dict[str, Stamp]:
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
        """Let one process of this machine at a time bring things: workers of one batch share the folder."""
        from filelock import FileLock

        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder.with_suffix(".lock")):
            yield


def _mark(facts: Facts, is_shell: bool) -> str:
    return f"{facts.mark} hollow" if is_shell else facts.mark


def hollow(path: Path, size: int) -> None:
    """Make a file of this size that has no content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
