"""The library as the server last read it: rows by name, addresses of articles, and where an episode is shown.

It is read again when something in it has changed, which the times of its folders tell; between two changes a library
of ten thousand episodes costs nothing.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audiogen.episodes import listing, to_listen
from audiogen.episodes.identity import clean_address
from audiogen.episodes.state import FOLDER, REMOVED_FOLDER, replace_file, stamp_of_folders
from audiogen.errors import FeedError
from audiogen.podcast.entries import dump_index, index_path, read_index

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.episodes import Row
    from audiogen.podcast.entries import Entry, Index

#: Folders of a library whose times tell of a change.
_FOLDERS = ("episodes", FOLDER, REMOVED_FOLDER)


@dataclass(frozen=True, slots=True)
class Contents:
    """A library at one time."""

    #: What tells one time from another.
    stamp: object
    #: The episode added last first.
    rows: tuple[Row, ...]
    by_slug: dict[str, Row]
    #: What feeds and pages know of an episode, by slug; drafts too.
    entries: dict[str, Entry]
    #: Slugs by the clean address of their articles, of what is published.
    by_address: dict[str, str]
    #: Slugs of what is to be listened to, in the order of the queue.
    queue: tuple[str, ...]


class Catalog:
    """Reads a library when it has changed; safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        """Take the library's folder."""
        self.root = root
        self._lock = threading.Lock()
        self._contents: Contents | None = None
        #: What the manifests tell, with the time of their folder.
        self._index: tuple[int, Index] | None = None
        #: The clean address of each address.
        self._clean: dict[str, str] = {}

    def contents(self) -> Contents:
        """Give the library as it is."""
        stamp = self.stamp()
        with self._lock:
            if self._contents is None or self._contents.stamp != stamp:
                self._contents = self._read(stamp)
            return self._contents

    def stamp(self) -> list[int]:
        """Tell one state of the library from another, without reading it."""
        return stamp_of_folders(self.root, _FOLDERS)

    def _read(self, stamp: object) -> Contents:
        try:
            index = self._index_now()
        except FeedError:
            rows = tuple(listing(self.root))
            return Contents(stamp, rows, {row.slug: row for row in rows}, {}, {}, ())
        rows = tuple(listing(self.root, index=index))
        by_slug = {row.slug: row for row in rows}
        entries = {entry.slug: entry for entry in index.entries}
        shown = {slug: entry for slug, entry in entries.items() if by_slug[slug].state in ("to listen", "listened")}
        addresses = {self._clean[entry.url]: slug for slug, entry in shown.items()}
        addresses.pop("", None)
        queue = tuple(entry.slug for entry in to_listen(self.root, shown.values()))
        return Contents(stamp, rows, by_slug, entries, addresses, queue)

    def _index_now(self) -> Index:
        """Read what the manifests tell, unless none has changed: what people say of episodes is elsewhere."""
        stamp = self.stamp()[0]
        if self._index is None or self._index[0] != stamp:
            index = read_index(self.root, drafts=True)
            self._keep(index)
            self._clean = {entry.url: self._clean.get(entry.url) or clean_address(entry.url) for entry in index.entries}
            self._index = stamp, index
        return self._index[1]

    def _keep(self, index: Any) -> None:
        """Keep what was read of the manifests, so that a change of one does not have all of them read again."""
        path = index_path(self.root)
        try:
            replace_file(path, dump_index(index))
        except OSError:
            # A library that is read only is read again each time.
            return
