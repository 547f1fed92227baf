"""Slugs: the permanent name of each episode. It never changes, so addresses of episodes stay valid.

    .audiogen/guids/<uuid>      the slug of the episode with that GUID, so that looking one up reads one small file
    .audiogen/names/<slug>      the GUID that a slug belongs to, so that two runs never choose the same one
    .audiogen/stock             in a bucket: that every manifest has its note under guids/

A copy of a library may lack these notes, and users may delete them. They are then rebuilt from the manifests
before the note of a new episode is written, so that either all or none exist.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from audiogen.episodes.shape import is_bare
from audiogen.episodes.storage import NOTES
from audiogen.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.episodes.storage import Storage

_GUIDS, _NAMES, _COMPLETE = f"{NOTES}/guids", f"{NOTES}/names", f"{NOTES}/stock"


class Slugs:
    """The slugs of one library."""

    def __init__(
        self, storage: Storage, look_through: Callable[[], dict[str, str]], owner: Callable[[str], str]
    ) -> None:
        """Take the storage of the notes.

        *look_through* returns the slugs of all manifests by GUID; *owner* returns whose files a slug has, as a
        GUID, "?" if that is unknown, or "" if there are none.
        """
        self._storage, self._look_through, self._owner = storage, look_through, owner
        #: Slugs by GUID that had no note at the last check.
        self._missing: dict[str, str] | None = None
        #: Whether there were notes in the folder.
        self._had_notes = False
        #: Whether the bucket is known to have all of them.
        self._is_complete = False

    def find(self, guid: str) -> str | None:
        """Return the slug of the GUID, or None."""
        note = self._storage.read(_note_of(guid))
        if note is None:
            return self._without_notes().get(guid)
        slug = note.decode("utf-8", "replace")
        # A library is untrusted: the name must not lead out of it.
        return slug if is_bare(slug) else None

    def give(self, guid: str, wanted: str) -> str:
        """Return the slug of the GUID's episode; choose and record it if there is none.

        A new one is *wanted*, with a number if that belongs to another episode.
        """
        slug, number = self.find(guid) or wanted, 1
        while not self._claim(slug, guid):
            number += 1
            slug = f"{wanted}-{number}"
        self.note(guid, slug)
        return slug

    def note(self, guid: str, slug: str) -> None:
        """Record the slug of a GUID, after those that have no note."""
        missing = self._without_notes()
        if self._storage.is_remote and not self._is_complete:
            self._write(missing)
            if self._storage.size(_COMPLETE) is None:
                self._storage.write(_COMPLETE, b"")
            self._is_complete = True
        self._write({guid: slug})

    def _without_notes(self) -> dict[str, str]:
        """Return the slugs without notes; in a folder the notes are written now, if that is possible."""
        if self._missing is None or self._are_lost():
            self._missing = {} if self._are_complete() else self._look_through()
            self._had_notes = not self._missing and self._are_complete()
            if self._missing and not self._storage.is_remote:
                with suppress(LibraryError):
                    self._write(self._missing)
        return self._missing

    def _are_lost(self) -> bool:
        """Return whether the notes of a folder were deleted meanwhile; a bucket is not checked."""
        return self._had_notes and not self._storage.is_remote and not self._are_complete()

    def _are_complete(self) -> bool:
        if self._storage.is_remote:
            return self._storage.size(_COMPLETE) is not None
        return self._storage.stamp(_GUIDS) is not None

    def _write(self, slugs: dict[str, str]) -> None:
        for guid, slug in slugs.items():
            if self._storage.read(_note_of(guid)) != slug.encode():
                self._storage.write(_note_of(guid), slug.encode())
            self._had_notes = True

    def _claim(self, slug: str, guid: str) -> bool:
        """Record the slug for the GUID unless it is another's; only one of several runs can succeed."""
        name = f"{_NAMES}/{slug}"
        holder = self._storage.read(name)
        if holder is None:
            owner = (self._owner(slug) or guid).encode()
            holder = owner if self._storage.create(name, owner) else self._storage.read(name)
        return holder == guid.encode()


def _note_of(guid: str) -> str:
    return f"{_GUIDS}/{guid.removeprefix('urn:uuid:')}"
