"""Checks and repairs episodes whose files have changed since the last run.

Each run compares size and time of the files with those of the last run, from one listing. If they differ, a worker
checks the episode (`check_and_repair`): texts that are missing or cut off are written again from the manifest, without
speaking anything; if the sound is missing, cut off or cannot be decoded, the episode has to be made again from its
source; if the sound plays but is not the one that was made, because somebody tagged or edited it, it stays.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audiogen.episodes.library import open_library
from audiogen.episodes.shape import shape_faults, sound_of
from audiogen.episodes.storage import EPISODES
from audiogen.errors import LibraryError
from audiogen.untrusted import is_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from audiogen.batch.index import Index
    from audiogen.batch.work import Task
    from audiogen.episodes.library import Library

#: Texts beside an episode.
TEXTS = (".vtt", ".words.json", ".chapters.json")
_SOUNDS = (".mp3", ".m4b", ".opus")


@dataclass(frozen=True, slots=True)
class Health:
    """The result of checking an episode."""

    #: Names of texts that were written again.
    written: tuple[str, ...] = ()
    #: Why the episode must be made again; empty if it need not.
    lost: str = ""
    #: Why its sound, which can be played and stays, is not the one that was made.
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of an episode in a listing: (size, modification time in nanoseconds) by name without the slug."""

    stats: Mapping[str, tuple[int, int]]

    @property
    def state(self) -> str:
        """The state of all files as a string, to compare it with the recorded one."""
        return " ".join(f"{name}:{size}.{changed}" for name, (size, changed) in sorted(self.stats.items()))

    def are_there(self, sound: str, size: int) -> bool:
        """Return whether nothing is missing or empty and the sound has its size; *sound* is its name after the slug."""
        sizes = {name: stat[0] for name, stat in self.stats.items()}
        return all(sizes.get(name) for name in (".json", *TEXTS)) and sizes.get(sound) == size


class EpisodeChecks:
    """Checks the files of the library's episodes for a batch, and knows which need repair."""

    def __init__(self, library: Library, index: Index, *, verify: bool = False, dry: bool = False) -> None:
        """Take the library with the index of its notes; with *verify*, every file is read."""
        self._library, self._index, self._verify = library, index, verify
        # Files in a bucket are complete or missing, and each is a request: `Library.size` is enough for them.
        self.is_on = not dry and not library.storage.is_remote
        self._files: dict[str, Files] = {}
        self._noted: dict[str, tuple[str, str]] = {}
        #: Slugs of this run's sources, and those whose state is recorded at its end, with why their sound was kept.
        self.met: set[str] = set()
        self._fresh: dict[str, str] = {}

    def load(self) -> None:
        """List all files, and load their recorded state."""
        if self.is_on:
            self._files, self._noted = listing(self._library.episodes), dict(self._index.states())
            self.met, self._fresh = set(), {}

    def is_suspect(self, slug: str, sound: str, size: int, *, unseen: bool = False) -> bool:
        """Return whether an episode's files differ from their recorded state, so that they have to be checked.

        If there is no recorded state, an *unseen* episode is always checked. For others, which an older version has
        recorded as done, it is enough that all files exist, and that the file *sound* has this *size*.
        """
        if not self.is_on:
            return False
        self.met.add(slug)
        files = self._files.get(slug, Files({}))
        noted = self._noted.get(slug)
        if self._verify:
            return True
        if noted is not None:
            return noted[0] != files.state
        if not unseen and files.are_there(sound.removeprefix(slug), size):
            self.fresh(slug)
            return False
        return True

    def kept(self, slug: str) -> str:
        """Return why the sound of an episode is not the one that was made; "" if it is, or if nothing is known."""
        return self._noted.get(slug, ("", ""))[1]

    def fresh(self, slug: str, kept: str = "") -> None:
        """Mark an episode as good; its state is recorded at the end of the run."""
        if self.is_on:
            self.met.add(slug)
            self._fresh[slug] = kept

    def unvisited(self) -> Iterable[str]:
        """Yield the slugs of episodes that belong to no source of this run, if they changed or were never checked."""
        for slug, files in sorted(self._files.items()):
            if slug in self.met or ".json" not in files.stats:
                continue
            if self._verify or self._noted.get(slug, ("", ""))[0] != files.state:
                yield slug

    def close(self) -> None:
        """Record the state of the episodes that were made or checked."""
        if self._fresh:
            files = listing(self._library.episodes)
            for slug, kept in self._fresh.items():
                if slug in files and self._noted.get(slug) != (state := (files[slug].state, kept)):
                    self._index.keep_state(slug, *state)
            self._fresh = {}


def listing(episodes: Path) -> dict[str, Files]:
    """List the files of all episodes: manifests, texts and sound, by slug."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    try:
        entries = list(os.scandir(episodes))
    except OSError:
        return {}
    for entry in entries:
        slug, dot, rest = entry.name.partition(".")
        name = dot + rest
        if slug and (name == ".json" or name in TEXTS or name.endswith(_SOUNDS)):
            try:
                stat = entry.stat()
            except OSError:
                continue
            found.setdefault(slug, {})[name] = (stat.st_size, stat.st_mtime_ns)
    return {slug: Files(stats) for slug, stats in found.items()}


def check_and_repair(task: Task, name: str, slug: str) -> Health:
    """Check an episode's files, and write its texts again if they are missing or cut off.

    *name* is the name of the source, which is reported if the process dies here.
    """
    from audiogen.episodes.finishing import lost_texts

    library = open_library(task.library)
    try:
        manifest = library.manifest(slug)
    except LibraryError:
        manifest = {}
    if manifest is None:
        return Health(lost="its manifest is missing")
    if faults := shape_faults(manifest, slug):
        return Health(lost=f"its manifest is broken: {faults[0].rstrip('.')}" if manifest else "its manifest is broken")
    with library.hold(manifest["guid"]):
        lost, kept = _sound(library.episodes / sound_of(manifest), manifest["audio"])
        if lost:
            return Health(lost=lost)
        texts = lost_texts(library.episodes, manifest)
        for file, text in texts.items():
            library.storage.write(f"{EPISODES}/{file}", text.encode())
        return Health(tuple(texts), kept=kept)


def _sound(path: Path, audio: Mapping[str, Any]) -> tuple[str, str]:
    """Return why an episode's sound is lost, and why it is kept although it has changed; "" for each if not so."""
    from audiogen.assembler.wholeness import find_damage

    if not is_file(path):
        return "its sound is missing", ""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest == audio["sha256"]:
        return "", ""
    if fault := find_damage(path):
        return f"its sound is damaged: {fault}", ""
    return "", f"{path.name} is not the file that was made, and plays: it is kept as it is"
