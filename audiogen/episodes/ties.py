"""Ties: the episode that a document, a location, an external id or an address belongs to, in the library's notes.

    .audiogen/ties/<key>        the GUID of a key (`identity.py`); for a location, also the document last seen there
    .audiogen/ties/stock.json   the ties that were collected from all manifests, in one file

A key without a file of its own is looked up in `stock.json`, the index. If that file is missing, it is built from the
manifests again.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audiogen.episodes.identity import (
    Marks,
    Tie,
    heard_lines,
    is_of_first_version,
    key_of_location,
    keys_of_manifest,
    marks_of,
)
from audiogen.episodes.storage import NOTES
from audiogen.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audiogen.episodes.storage import Stamp, Storage
    from audiogen.model import Article

_FOLDER = f"{NOTES}/ties"
_STOCK = f"{_FOLDER}/stock.json"


@dataclass(frozen=True, slots=True)
class TieIndex:
    """The ties of all manifests."""

    #: GUIDs by key.
    ties: dict[str, str]
    #: Marks of the texts of episodes of audiogen 0.1.0, by GUID.
    marks: dict[str, list[int]]
    finder: Marks


class Ties:
    """The ties of one library."""

    def __init__(self, storage: Storage, gather: Callable[[], TieIndex]) -> None:
        """Take the library's storage; *gather* builds the index from the manifests."""
        self._storage, self._gather = storage, gather
        self._known: TieIndex | None = None
        #: Stamp of the file that `_known` was read from; None if there was none, or if the storage has no stamps.
        self._stamp: Stamp | None = None
        self._is_written = False

    def tied(self, key: str) -> Tie | None:
        """Return which episode a key belongs to, or None."""
        note = self._storage.read(f"{_FOLDER}/{key}")
        if note is not None:
            guid, _, seen = note.decode().partition("\n")
            return Tie(guid, seen)
        guid = self._index().ties.get(key, "")
        return Tie(guid) if guid else None

    def tie(self, guid: str, keys: Iterable[str], location: str = "", document: str = "") -> None:
        """Record the keys and the *location* of the episode; *document* is the digest of the document there."""
        index = self._index()
        if not self._is_written:
            self._write(index)
        for key in keys:
            if self.tied(key) != Tie(guid):
                self._storage.write(f"{_FOLDER}/{key}", guid.encode())
        if location and self.tied(key_of_location(location)) != Tie(guid, document):
            self._storage.write(f"{_FOLDER}/{key_of_location(location)}", f"{guid}\n{document}".encode())

    def alike(self, article: Article) -> list[str]:
        """Return the GUIDs of older episodes whose text may be the article's, the likeliest first."""
        return self._index().finder.find(article)

    def _index(self) -> TieIndex:
        """Return the index: read its file, or build it and write the file, unless the library is read-only."""
        if self._known is None or self._is_outdated(self._known):
            self._known = _parsed(self._storage.read(_STOCK))
            self._is_written = self._known is not None
            if self._known is None:
                self._known = self._gather()
                if self._known.ties or self._known.marks:
                    with suppress(LibraryError):
                        self._write(self._known)
            self._stamp = self._storage.stamp(_STOCK)
        return self._known

    def _is_outdated(self, index: TieIndex) -> bool:
        """Return whether the index file has changed, or is still missing. A bucket is not asked again."""
        if self._storage.is_remote:
            return False
        stamp = self._storage.stamp(_STOCK)
        return stamp != self._stamp or not (stamp or index.ties)

    def _write(self, index: TieIndex) -> None:
        content = json.dumps({"ties": index.ties, "marks": index.marks}, separators=(",", ":"))
        self._storage.write(_STOCK, content.encode())
        self._stamp, self._is_written = self._storage.stamp(_STOCK), True


def gather(manifests: Iterable[dict[str, Any]], removed: Iterable[Any]) -> TieIndex:
    """Build the index from manifests and from the entries of removed episodes; broken ones are skipped."""
    ties: dict[str, str] = {}
    marks: dict[str, list[int]] = {}
    for manifest in manifests:
        with suppress(AttributeError, KeyError, TypeError, ValueError):
            guid = str(manifest["guid"])
            ties |= dict.fromkeys(keys_of_manifest(manifest).values(), guid)
            if is_of_first_version(manifest):
                marks[guid] = marks_of(" ".join(heard_lines(manifest)))
    for entry in removed:
        with suppress(AttributeError, KeyError, TypeError):
            ties |= dict.fromkeys(map(str, entry["keys"]), str(entry["guid"]))
    return TieIndex(ties, marks, Marks(marks))


def _parsed(content: bytes | None) -> TieIndex | None:
    """Parse the index file; return None if it is broken: the index can be built again."""
    try:
        data = json.loads(content or b"")
        return TieIndex(dict(data["ties"]), dict(data["marks"]), Marks(data["marks"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
