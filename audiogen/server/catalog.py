"""The catalog: the server's knowledge of its library, in memory, and read again when the library changes.

The modification times of folders show whether anything has changed. Then only changed files are read: manifests and
sound files (`IndexReader`), and state files. So nothing is done for each of ten thousand episodes.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from audiogen.episodes.actions.listening import order_in_queue
from audiogen.episodes.actions.rows import STATE_FILES, added_last, row_of
from audiogen.episodes.identity import clean_address
from audiogen.episodes.state import (
    DRAFTS,
    FOLDER,
    POSITIONS,
    QUEUE,
    REMOVED_FOLDER,
    file_of,
    read_state,
    replace_file,
    stamp_of_folders,
)
from audiogen.errors import FeedError
from audiogen.podcast.entries import Index, IndexReader, dump_index, index_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from audiogen.episodes import Row
    from audiogen.episodes.state import State
    from audiogen.podcast.entries import Broken, Entry

#: Folders of a library whose modification times show a change.
_FOLDERS = ("episodes", FOLDER, REMOVED_FOLDER)
#: Number of episodes that may differ from the index on disk before it is written again.
_KEPT_EVERY = 200
#: Nanoseconds within which two changes of a folder may get the same time: Linux ticks every 1 to 10 ms, Windows every
#: 16.
_TICK = 50_000_000
_NOTHING = Index((), (), {})


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of a library at one time."""

    #: Identifies this state of the library.
    stamp: object = None
    #: The rows of all episodes, the last added first.
    rows: tuple[Row, ...] = ()
    by_slug: dict[str, Row] = field(default_factory=dict)
    #: The published data of each episode, by slug; drafts too.
    entries: dict[str, Entry] = field(default_factory=dict)
    #: Slugs of published episodes, by the clean address of their articles.
    by_address: dict[str, str] = field(default_factory=dict)
    #: Slugs of the listening queue, in its order.
    queue: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """The files that were read of a library; the next reading compares with them."""

    index: Index = _NOTHING
    found: dict[str, Entry | Broken] = field(default_factory=dict)
    #: The content of state files.
    states: dict[str, State] = field(default_factory=dict)


class Catalog:
    """Reads a library when it has changed. Threads may share it."""

    def __init__(self, root: Path, *, keeps: bool = True) -> None:
        """Create the catalog of the library at *root*; with *keeps*, the library's index on disk is updated."""
        self.root, self._keeps = root, keeps
        self._lock = threading.Lock()
        self._contents: Contents | None = None
        #: Modification times of the folders when they were read; empty if a later change may have the same time.
        self._seen: list[int] = []
        #: The published index, with the full index and the drafts that it was made from.
        self._public: tuple[Index, State, Index] = (_NOTHING, {}, _NOTHING)
        self._reader = IndexReader(root)
        self._index = _NOTHING
        self._read = _Read()
        #: Modification time of the folder of episodes when it was read; 0 like an empty `_seen`.
        self._episodes_seen = 0
        #: Marks of the episodes in the index on disk.
        self._kept: dict[str, str] | None = None
        #: Contents of the state files, each with the stamp of its file.
        self._states: dict[str, tuple[object, State]] = {}
        #: Sort key of each episode in the queue.
        self._order: dict[str, tuple[Any, ...]] = {}
        #: Clean addresses by address.
        self._clean: dict[str, str] = {}

    def contents(self) -> Contents:
        """Return the current contents of the library."""
        clock, stamp = time.time_ns(), self.stamp()
        with self._lock:
            if self._contents is None or self._seen != stamp:
                self._contents = self._renewed(self._contents or Contents(), clock, stamp)
                self._seen = stamp if all(_is_settled(moment, clock) for moment in stamp) else []
            return self._contents

    def public(self) -> Index:
        """Return the published index, without drafts; it is the same object until it changes.

        Raises:
            LibraryError: It cannot be determined which episodes are drafts.
        """
        clock, stamp = time.time_ns(), self.stamp()
        with self._lock:
            index, drafts = self._index_now(clock, stamp), self._state(DRAFTS)
            if self._public[0] is not index or self._public[1].keys() != drafts.keys():
                self._public = index, drafts, _without(index, drafts)
            return self._public[2]

    def addresses(self, entries: Iterable[Entry]) -> dict[str, str]:
        """Return slugs by the clean addresses of their articles."""
        addresses = {}
        for entry in entries:
            if entry.url not in self._clean:
                self._clean[entry.url] = clean_address(entry.url)
            addresses[self._clean[entry.url]] = entry.slug
        addresses.pop("", None)
        return addresses

    def stamp(self) -> list[int]:
        """Return a value that changes with the library, without reading the library."""
        return stamp_of_folders(self.root, _FOLDERS)

    def _renewed(self, old: Contents, clock: int, stamp: list[int]) -> Contents:
        """Read what has changed, and rebuild what depends on it."""
        before, now = self._read, self._read_now(clock, stamp)
        touched = _changed(before.found, now.found)
        moved = bool(touched) or before.states.get(QUEUE) != now.states[QUEUE]
        for kind in STATE_FILES:
            changed = _changed(before.states.get(kind, {}), now.states[kind])
            touched |= changed
            moved |= bool(changed) and kind != POSITIONS
        by_slug = dict(old.by_slug)
        for slug in touched:
            row = row_of(slug, now.found.get(slug), now.states)
            if row is None:
                by_slug.pop(slug, None)
            else:
                by_slug[slug] = row
        # Nearly in order, which takes a tenth of the time.
        rows = [row for row in old.rows if row.slug not in touched]
        rows = sorted([*rows, *(by_slug[slug] for slug in touched & by_slug.keys())], key=added_last, reverse=True)
        self._read = now
        if not moved and old.stamp is not None:
            return Contents(stamp, tuple(rows), by_slug, old.entries, old.by_address, old.queue)
        entries = {entry.slug: entry for entry in now.index.entries}
        shown = {slug: entry for slug, entry in entries.items() if by_slug[slug].state in ("to listen", "listened")}
        every = before.states.get(QUEUE) != now.states[QUEUE]
        # Slugs that left the library also leave the queue.
        queue = self._queued(touched | entries.keys() if every else touched, shown, now.states)
        return Contents(stamp, tuple(rows), by_slug, entries, self.addresses(shown.values()), queue)

    def _read_now(self, clock: int, stamp: list[int]) -> _Read:
        """Return the current index and state files."""
        states = {kind: self._state(kind) for kind in (*STATE_FILES, QUEUE)}
        index = self._index_now(clock, stamp)
        if index is self._read.index:
            return _Read(index, self._read.found, states)
        return _Read(index, index.by_slug(), states)

    def _index_now(self, clock: int, stamp: list[int]) -> Index:
        """Return the index of the manifests; an empty one if there is no folder of them."""
        if not stamp[0]:
            return _NOTHING
        if self._episodes_seen != stamp[0]:
            with suppress(FeedError):
                index = self._reader.read()
                if index.marks != self._index.marks or index.broken != self._index.broken:
                    self._index = index
                    self._keep(index)
                self._episodes_seen = stamp[0] if _is_settled(stamp[0], clock) else 0
        return self._index

    def _state(self, kind: str) -> State:
        """Read a state file, if it was replaced since the last time."""
        try:
            status = (self.root / file_of(kind)).stat()
            stamp: object = (status.st_mtime_ns, status.st_size, status.st_ino)
        except OSError:
            stamp = None
        known = self._states.get(kind)
        if known is None or stamp is None or known[0] != stamp:
            known = self._states[kind] = stamp, read_state(self.root, kind)
        return known[1]

    def _queued(self, touched: Iterable[str], shown: dict[str, Entry], states: dict[str, State]) -> tuple[str, ...]:
        """Return the slugs of the queue in their order; only those in *touched* are compared again."""
        for slug in touched:
            self._order.pop(slug, None)
            order = order_in_queue(shown[slug], states) if slug in shown else None
            if order is not None:
                self._order[slug] = order
        return tuple(sorted(self._order, key=self._order.__getitem__))

    def _keep(self, index: Index) -> None:
        """Write the index to disk for other programs and the next start, if much of it is new."""
        if not self._keeps:
            return
        if self._kept is not None and len(_changed(self._kept, dict(index.marks))) < _KEPT_EVERY:
            return
        self._kept = dict(index.marks)
        try:
            replace_file(index_path(self.root), dump_index(index))
        except OSError:
            # The index of a read-only library is built again at each start.
            return


def _changed(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    """Return the keys that are only in one mapping, or whose values differ."""
    if old is new:
        return set()
    nothing = object()
    changed = {key for key, value in new.items() if (known := old.get(key, nothing)) is not value and known != value}
    return changed | (old.keys() - new.keys())


def _without(index: Index, drafts: State) -> Index:
    """Return the index without drafts."""
    entries = tuple(entry for entry in index.entries if entry.slug not in drafts)
    broken = tuple(lost for lost in index.broken if lost.slug not in drafts)
    return Index(entries, broken, {slug: mark for slug, mark in index.marks.items() if slug not in drafts})


def _is_settled(stamp: int, clock: int) -> bool:
    """Return whether a later change of the folder would have another modification time.

    File systems store times with the resolution of the kernel's clock ticks: two changes within a tick have the same
    time.
    """
    return abs(clock - stamp) > _TICK
