"""Slugs: the permanent name of each episode. It never changes, so addresses of episodes stay valid.

    .audiogen/guids/<uuid>      the slug of the episode with that GUID, so that looking one up reads one small file
    .audiogen/names/<slug>      the GUID that a slug belongs to, so that two runs never choose the same one
    .audiogen/stock             in a bucket: that every manifest has its note under guids/

A library that was copied may have come without these notes, and people may delete them. They are made of the manifests
then, before the first of a new episode is written: if there is one, there are all.
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
        """Take where the notes are.

        *look_through* gives the slugs of all manifests by GUID; *owner* tells whose files of a slug are there, as a
        GUID, or "?" where that is not known; "" if there are none.
        """
        self._storage, self._look_through, self._owner = storage, look_through, owner
        #: Slugs by GUID that have no note, or had none when that was looked at.
        self._missing: dict[str, str] | None = None
        #: Whether there were notes in the folder.
        self._had_notes = False
        #: Whether the bucket is known to have all of them.
        self._is_complete = False

    def find(self, guid: str) -> str | None:
        """Return the slug that was given to the GUID."""
        note = self._storage.read(_note_of(guid))
        if note is None:
            return self._without_notes().get(guid)
        slug = note.decode("utf-8", "replace")
        # A library may come from a stranger: what it calls a name must not lead out of it.
        return slug if is_bare(slug) else None

    def give(self, guid: str, wanted: str) -> str:
        """Choose the slug of the GUID's episode, and note it.

        It is the one the GUID has; else *wanted*, or with a number after it where that is another's.
        """
        slug, number = self.find(guid) or wanted, 1
        while not self._claim(slug, guid):
            number += 1
            slug = f"{wanted}-{number}"
        self.note(guid, slug)
        return slug

    def note(self, guid: str, slug: str) -> None:
        """Note the slug of a GUID, and first of all those that have none."""
        missing = self._without_notes()
        if self._storage.is_remote and not self._is_complete:
            self._write(missing)
            if self._storage.size(_COMPLETE) is None:
                self._storage.write(_COMPLETE, b"")
            self._is_complete = True
        self._write({guid: slug})

    def _without_notes(self) -> dict[str, str]:
        """Return the slugs that have no notes; in a folder they get them now, unless nothing can be written there."""
        if self._missing is None or self._are_lost():
            self._missing = {} if self._are_complete() else self._look_through()
            self._had_notes = not self._missing and self._are_complete()
            if self._missing and not self._storage.is_remote:
                with suppress(LibraryError):
                    self._write(self._missing)
        return self._missing

    def _are_lost(self) -> bool:
        """Return whether the notes of a folder were deleted meanwhile; a bucket is not asked."""
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
        """Take the slug for the GUID unless it is another's; exactly one of several runs gets it."""
        name = f"{_NAMES}/{slug}"
        holder = self._storage.read(name)
        if holder is None:
            owner = (self._owner(slug) or guid).encode()
            holder = owner if self._storage.create(name, owner) else self._storage.read(name)
        return holder == guid.encode()


def _note_of(guid: str) -> str:
    return f"{_GUIDS}/{guid.removeprefix('urn:uuid:')}"
