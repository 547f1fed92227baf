"""The library: its episodes, their slugs, their state by users, and the keys of their articles.

    library/
      audiogen.toml
      episodes/2024-09-07-iranian-missile-transfer.mp3  .json  .vtt  .chapters.json
      .audiogen/guids/, names/    the slug of each episode (`slugs.py`)
      .audiogen/ties/             the GUID that a document, location, external id or address belongs to (`ties.py`)
      .audiogen/locks/            locks, so that only one run at a time makes an episode
      state/                      what users did with episodes: listened to, removed, edited… (`state.py`)
      removed/                    the files of episodes that were removed

Where the files are, in a folder or in a bucket, is a matter of the library's `Storage`.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from audiogen.episodes.shape import is_bare, sound_of
from audiogen.episodes.slugs import Slugs
from audiogen.episodes.state import (
    LOG,
    REMOVED,
    REMOVED_FOLDER,
    State,
    file_of,
    now,
    parse_state,
    written_state,
)
from audiogen.episodes.storage import EPISODES, NOTES, STATE_LOCK
from audiogen.episodes.storage.opening import open_storage
from audiogen.episodes.ties import TieIndex, Ties, gather
from audiogen.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from audiogen.episodes.identity import Tie
    from audiogen.episodes.storage import Stamp, Storage
    from audiogen.model import Article

#: Files beside a manifest that are JSON, too.
_NO_MANIFESTS = (".chapters.json", ".words.json")


class Library:
    """The episodes of a show."""

    def __init__(self, where: str | os.PathLike[str] | Storage) -> None:
        """Take the library's folder, its address (`s3://bucket/library`), or its storage.

        Raises:
            EngineMissingError: what reaches such an address is not installed.
            LibraryError: nobody knows such addresses.
        """
        self.storage = open_storage(where) if isinstance(where, str | os.PathLike) else where
        #: Its folder, or its address.
        self.location = self.storage.location
        #: The folder on this machine with the show's own files, and the folders of episodes and of notes in it.
        self.root = self.storage.root
        self.episodes, self.notes = self.root / EPISODES, self.root / NOTES
        self._recovered = False
        self._slugs = Slugs(self.storage, self._look_through, self._owner)
        self._ties = Ties(self.storage, self._gather)
        #: Slug and entry of removed episodes by GUID, and the stamp of the file that they were read from.
        self._removed: dict[str, tuple[str, State]] = {}
        self._removed_stamp: Stamp | None = None

    # Episodes.

    def find(self, guid: str) -> dict[str, Any] | None:
        """Return the manifest of the episode with this GUID, or None; also None for a broken one.

        The slug of a broken one stays noted, so that the episode is made again under it.
        """
        slug = self._slugs.find(guid)
        content = self.storage.read(_manifest_file(slug)) if slug else None
        if content is None or slug is None:
            return None
        try:
            manifest = self._parsed(slug, content)
        except LibraryError:
            return None
        return manifest if manifest.get("guid") == guid else None

    def manifest(self, slug: str) -> dict[str, Any] | None:
        """Return the manifest of the episode *slug*, or None if there is none.

        Raises:
            LibraryError: it exists and cannot be read.
        """
        content = self.storage.read(_manifest_file(slug))
        return None if content is None else self._parsed(slug, content)

    def manifests(self, *, skip_broken: bool = False) -> Iterator[dict[str, Any]]:
        """Yield every episode's manifest, by name.

        Raises:
            LibraryError: one cannot be read, and *skip_broken* is false.
        """
        names = self.storage.names(EPISODES)
        files = [name for name in names if name.endswith(".json") and not name.endswith(_NO_MANIFESTS)]
        for name, content in self.storage.read_all(f"{EPISODES}/{name}" for name in files):
            slug = name.removeprefix(f"{EPISODES}/").removesuffix(".json")
            with suppress(*([LibraryError] if skip_broken else [])):
                if isinstance(content, LibraryError):
                    raise content
                manifest = self._parsed(slug, content)
                if not skip_broken or manifest.get("slug") == slug:
                    yield manifest

    def _parsed(self, slug: str, content: bytes) -> dict[str, Any]:
        """Parse a manifest, or raise an error that says what to do."""
        try:
            manifest: dict[str, Any] = json.loads(content.decode("utf-8"))
            if not isinstance(manifest, dict):
                raise ValueError("it is no JSON object")
        except (ValueError, RecursionError) as error:
            where = self.where(f"{slug}.json")
            message = f"The manifest {where} cannot be read ({error}); delete it and run again."
            raise LibraryError(where, message) from error
        return manifest

    def where(self, file: str) -> Path | str:
        """Return the path of a file of an episode, or its address."""
        return self.storage.where(f"{EPISODES}/{file}")

    def size(self, file: str) -> int | None:
        """Return the size of a file of an episode in bytes; None if there is none."""
        return self.storage.size(f"{EPISODES}/{file}")

    def has_sound(self, manifest: dict[str, Any]) -> bool:
        """Return whether the sound file of a manifest exists."""
        name = sound_of(manifest)
        return bool(name) and self.size(name) is not None

    # Names.

    def name(self, guid: str, wanted: str) -> str:
        """Return the permanent slug of the GUID's episode; choose and record it if there is none.

        A new one is *wanted*, with a number if that belongs to another episode.
        """
        return self._slugs.give(guid, wanted)

    def _look_through(self) -> dict[str, str]:
        pairs = ((str(manifest.get("guid") or ""), manifest["slug"]) for manifest in self.manifests(skip_broken=True))
        return {guid: slug for guid, slug in pairs if is_bare(guid)}

    def _owner(self, slug: str) -> str:
        """Return the GUID of the episode with the slug; "?" if only a file without a manifest has it."""
        try:
            manifest = self.manifest(slug)
        except LibraryError:
            return "?"
        if manifest is not None:
            return str(manifest.get("guid") or "?")
        if isinstance(entry := self.state(REMOVED).get(slug), dict):
            return str(entry.get("guid") or "?")
        return "?" if self.size(f"{slug}.mp3") is not None else ""

    # State by users.

    def state(self, kind: str) -> State:
        """Load one of the state files, by slug; see `state.py`.

        Raises:
            LibraryError: it cannot be read.
        """
        content = self.storage.read(file_of(kind))
        return {} if content is None else parse_state(content, self.storage.where(file_of(kind)))

    @contextmanager
    def changing(self, kind: str) -> Iterator[State]:
        """Yield a state file to change it, under a lock, and write it afterwards."""
        with self.state_lock():
            before, state = self.state(kind), self.state(kind)
            yield state
            if state != before:
                self.storage.write(file_of(kind), written_state(state))

    def log(self, did: str, slug: str, by: str = "", **more: Any) -> None:
        """Write to the library's log who did what, and when."""
        entry = {"at": now(), "by": by, "did": did, "slug": slug, **more}
        with self.state_lock():
            self.storage.append(LOG, (json.dumps(entry, ensure_ascii=False) + "\n").encode())

    def state_lock(self) -> AbstractContextManager[bool]:
        """Hold the lock of the state files."""
        return self.storage.lock(STATE_LOCK)

    # Removed episodes.

    def removed(self, guid: str) -> tuple[str, State] | None:
        """Return slug and entry of the episode with this GUID, if a user removed it."""
        stamp = self.storage.stamp(file_of(REMOVED))
        if stamp is None or stamp != self._removed_stamp:
            entries = self.state(REMOVED).items()
            self._removed = {
                str(entry.get("guid")): (slug, entry) for slug, entry in entries if isinstance(entry, dict)
            }
            self._removed_stamp = stamp
        return self._removed.get(guid)

    def find_removed(self, guid: str) -> dict[str, Any] | None:
        """Return the manifest of a removed episode, or its entry if that is lost; None if it was not removed."""
        removed = self.removed(guid)
        if removed is None:
            return None
        slug, entry = removed
        with suppress(ValueError, RecursionError):
            manifest = json.loads(self.storage.read(f"{REMOVED_FOLDER}/{slug}.json") or b"null")
            if isinstance(manifest, dict) and manifest.get("guid") == guid:
                return manifest
        return {"slug": slug, "guid": guid, "article": {"title": entry.get("title", "")}, "digests": {"version": 0}}

    def set_aside(self, slug: str) -> None:
        """Move the files of an episode to the removed ones, its manifest first, so that the episode is gone at once."""
        for name in sorted(self._files_of(slug, EPISODES), key=lambda name: name != f"{slug}.json"):
            self.storage.move(f"{EPISODES}/{name}", f"{REMOVED_FOLDER}/{name}")

    def bring_back(self, slug: str) -> None:
        """Move the files of an episode that was removed to their place again, the manifest last.

        Raises:
            LibraryError: its manifest is lost, or another episode has the slug now.
        """
        names = self._files_of(slug, REMOVED_FOLDER)
        there = self.manifest(slug) is not None
        if f"{slug}.json" not in names and not there:
            where = self.storage.where(REMOVED_FOLDER)
            raise LibraryError(slug, f"The files of {slug} are not in {where} any more.")
        if f"{slug}.json" in names and there:
            raise LibraryError(slug, f"There is another episode called {slug}; remove it first.")
        for name in sorted(names, key=lambda name: name == f"{slug}.json"):
            self.storage.move(f"{REMOVED_FOLDER}/{name}", f"{EPISODES}/{name}")

    def _files_of(self, slug: str, folder: str) -> list[str]:
        """List the files of an episode in one of the library's folders."""
        return [name for name in self.storage.names(folder) if name.startswith(f"{slug}.")]

    # Identity.

    def tied(self, key: str) -> Tie | None:
        """Return the episode that a key belongs to, or None."""
        return self._ties.tied(key)

    def tie(self, guid: str, keys: Iterable[str], location: str = "", document: str = "") -> None:
        """Record the keys of an episode, and the *location* of its document, with the document's digest."""
        self._ties.tie(guid, keys, location, document)

    def alike(self, article: Article) -> list[str]:
        """Return the GUIDs of older episodes whose text may be the article's, the likeliest first."""
        return self._ties.alike(article)

    def _gather(self) -> TieIndex:
        return gather(self.manifests(skip_broken=True), self.state(REMOVED).values())

    # The making of episodes.

    def hold(self, guid: str, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the lock of an episode, so that no other run makes it meanwhile; the lock of a killed run becomes free.

        Gives False, and holds nothing, where another run has it and *wait* is false.
        """
        return self.storage.lock(_short(guid), wait=wait)

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """Yield a temporary folder to make an episode in.

        Errors of making the episode are not changed.
        """
        self.recover()
        with self.storage.stage() as folder:
            yield folder

    def put(self, guid: str, slug: str, folder: Path) -> None:
        """Move the files of *folder* into the library, where they replace the GUID's episode; *slug* is from `name`."""
        self._slugs.note(guid, slug)
        self.storage.put(slug, folder)

    def amend(self, manifest: dict[str, Any]) -> None:
        """Replace the manifest of an episode; the other files stay."""
        content = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        self.storage.write(_manifest_file(manifest["slug"]), content.encode())

    def recover(self) -> None:
        """Move complete work of killed runs into place and remove incomplete work, once for each opened library.

        It also finishes their removals of episodes, except in a bucket, where callers check the removed episodes.
        """
        if not self._recovered and self.storage.recover():
            self._recovered = True
            # In a bucket each would be a request; there, callers check the removed episodes first.
            if not self.storage.is_remote:
                self._finish_removals()

    def _finish_removals(self) -> None:
        """Move the remaining files of removed episodes, which a killed run left, to the removed ones."""
        for slug, entry in self.state(REMOVED).items():
            if isinstance(entry, dict) and self._guid_in_place(slug) == entry.get("guid"):
                self.set_aside(slug)

    def _guid_in_place(self, slug: str) -> str:
        """Return the GUID in the current manifest; "" if there is none, or it is broken."""
        try:
            return str((self.manifest(slug) or {}).get("guid") or "")
        except LibraryError:
            return ""


def open_library(where: str | os.PathLike[str] | Library) -> Library:
    """Open the library in a folder or at an address; an open `Library` is returned as it is.

    Raises:
        EngineMissingError: what reaches such an address is not installed.
        LibraryError: nobody knows such addresses.
    """
    return where if isinstance(where, Library) else Library(where)


def _manifest_file(slug: str) -> str:
    return f"{EPISODES}/{slug}.json"


def _short(guid: str) -> str:
    return guid.removeprefix("urn:uuid:")
