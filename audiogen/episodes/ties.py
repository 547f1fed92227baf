"""Ties: which episode a document, a location, an outside id or an address belongs to; kept in the library's notes.

    .audiogen/ties/<key>        the GUID of a key (`identity.py`); for a location, also the document last seen there
    .audiogen/ties/stock.json   the ties that were collected from all manifests, in one file

A key that has no note is looked for in the stock. Where that was never written, or is lost, it is made of the
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
class Stock:
    """What all manifests tell of identity."""

    #: GUIDs by key.
    ties: dict[str, str]
    #: Marks of the texts of episodes of audiogen 0.1.0, by GUID.
    marks: dict[str, list[int]]
    finder: Marks


class Ties:
    """The ties of one library."""

    def __init__(self, storage: Storage, gather: Callable[[], Stock]) -> None:
        """Take where the notes are; *gather* makes the stock of the manifests."""
        self._storage, self._gather = storage, gather
        self._known: Stock | None = None
        #: Of the file that `_known` was read from; None where there was none, or only reading tells.
        self._stamp: Stamp | None = None
        self._is_noted = False

    def tied(self, key: str) -> Tie | None:
        """Tell which episode the key is tied to; None where it is to none."""
        note = self._storage.read(f"{_FOLDER}/{key}")
        if note is not None:
            guid, _, seen = note.decode().partition("\n")
            return Tie(guid, seen)
        guid = self._stock().ties.get(key, "")
        return Tie(guid) if guid else None

    def tie(self, guid: str, keys: Iterable[str], location: str = "", document: str = "") -> None:
        """Tie the keys to the episode, and the *location* where its document was found, with the document's digest."""
        stock = self._stock()
        if not self._is_noted:
            self._note(stock)
        for key in keys:
            if self.tied(key) != Tie(guid):
                self._storage.write(f"{_FOLDER}/{key}", guid.encode())
        if location and self.tied(key_of_location(location)) != Tie(guid, document):
            self._storage.write(f"{_FOLDER}/{key_of_location(location)}", f"{guid}\n{document}".encode())

    def alike(self, article: Article) -> list[str]:
        """Return the GUIDs of older episodes whose text may be the article's, the likeliest first."""
        return self._stock().finder.find(article)

    def _stock(self) -> Stock:
        """Return the stock as it is noted; where it is not, make it, and note it unless nothing can be written here."""
        if self._known is None or self._is_outdated(self._known):
            self._known = _parsed(self._storage.read(_STOCK))
            self._is_noted = self._known is not None
            if self._known is None:
                self._known = self._gather()
                if self._known.ties or self._known.marks:
                    with suppress(LibraryError):
                        self._note(self._known)
            self._stamp = self._storage.stamp(_STOCK)
        return self._known

    def _is_outdated(self, stock: Stock) -> bool:
        """Return whether the file is another by now, or there is still none; of a bucket that is not asked again."""
        if self._storage.is_remote:
            return False
        stamp = self._storage.stamp(_STOCK)
        return stamp != self._stamp or not (stamp or stock.ties)

    def _note(self, stock: Stock) -> None:
        content = json.dumps({"ties": stock.ties, "marks": stock.marks}, separators=(",", ":"))
        self._storage.write(_STOCK, content.encode())
        self._stamp, self._is_noted = self._storage.stamp(_STOCK), True


def gather(manifests: Iterable[dict[str, Any]], removed: Iterable[Any]) -> Stock:
    """Gather what manifests and the entries of removed episodes tell; a broken one ties nothing, and harms no other."""
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
    return Stock(ties, marks, Marks(marks))


def _parsed(content: bytes | None) -> Stock | None:
    """Read a stock; one that is broken counts as none, since the manifests have all of it."""
    try:
        data = json.loads(content or b"")
        return Stock(dict(data["ties"]), dict(data["marks"]), Marks(data["marks"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
