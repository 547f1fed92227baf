"""The folder of episodes: names, whole files, and what is done already.

    library/
      audiogen.toml
      episodes/2024-09-07-iranian-missile-transfer.mp3  .json  .vtt  .chapters.json
      .audiogen/guids/<uuid>      the slug of the episode with that GUID, so that looking one up reads one small file

An episode's files are made in a folder of their own under `.audiogen` and moved in place when all are whole, the
manifest last: an episode exists when its manifest does. What a killed run leaves is swept away by a later one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.errors import AudiogenError, LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

#: Words of a title that a file name takes.
_SLUG_WORDS = 8
_SLUG_LENGTH = 80
#: A staging folder this old, in seconds, belongs to a run that was killed.
_STALE = 24 * 3600


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a library keeps things."""

    root: Path
    #: Where the episodes' files are.
    episodes: Path
    #: Our own notes and work in progress.
    notes: Path


class Library:
    """A folder of episodes."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        """Take the folder at *root*; it is made when the first episode is put in."""
        self.root = Path(root)
        self.shelf = Shelf(self.root, self.root / "episodes", self.root / ".audiogen")

    def find(self, guid: str) -> dict[str, Any] | None:
        """Return the manifest of the episode with this GUID, or None."""
        try:
            slug = self._note(guid).read_text(encoding="utf-8")
        except OSError:
            return None
        return self.manifest(slug)

    def manifest(self, slug: str) -> dict[str, Any] | None:
        """Return the manifest of the episode called *slug*, or None where there is none.

        Raises:
            LibraryError: it is there and cannot be read.
        """
        path = self.path(slug, ".json")
        try:
            manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise LibraryError(
                path, f"The manifest {path} cannot be read ({error}); delete it and run again."
            ) from error
        return manifest

    def manifests(self) -> Iterator[dict[str, Any]]:
        """Give every episode's manifest, by name."""
        for path in sorted(self.shelf.episodes.glob("*.json")):
            if not path.name.endswith((".chapters.json", ".words.json")):
                manifest = self.manifest(path.stem)
                if manifest is not None:
                    yield manifest

    def path(self, slug: str, suffix: str) -> Path:
        """Return where a file of an episode stands."""
        return self.shelf.episodes / f"{slug}{suffix}"

    def free_slug(self, wanted: str) -> str:
        """Return *wanted*, or with a number after it where another episode has that name."""
        slug, number = wanted, 1
        while self.path(slug, ".json").exists() or self.path(slug, ".mp3").exists():
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """Lend a folder on the library's own file system to make an episode in; it is gone afterwards."""
        with _writing(self.root):
            self.shelf.episodes.mkdir(parents=True, exist_ok=True)
            self.shelf.notes.mkdir(exist_ok=True)
            self._sweep()
            folder = Path(tempfile.mkdtemp(prefix="making-", dir=self.shelf.notes))
        try:
            with _writing(self.root):
                yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, guid: str, slug: str, folder: Path) -> None:
        """Move the files of *folder* in place as the episode *slug*; take away what the GUID's older episode left."""
        with _writing(self.root):
            old = self.find(guid)
            # The manifest comes last: the episode exists only when all its other files do.
            for path in sorted(folder.iterdir(), key=lambda path: path.name == f"{slug}.json"):
                path.replace(self.shelf.episodes / path.name)
            self._remember(guid, slug)
            if old and old["slug"] != slug:
                self._take_away(old["slug"])

    def _remember(self, guid: str, slug: str) -> None:
        note = self._note(guid)
        note.parent.mkdir(exist_ok=True)
        draft = note.with_name(f"{note.name}.{os.getpid()}")
        draft.write_text(slug, encoding="utf-8")
        draft.replace(note)

    def _take_away(self, slug: str) -> None:
        # The manifest goes first: an episode without one does not exist.
        for suffix in (".json", ".mp3", ".vtt", ".chapters.json", ".words.json"):
            self.path(slug, suffix).unlink(missing_ok=True)

    def _note(self, guid: str) -> Path:
        return self.shelf.notes / "guids" / guid.removeprefix("urn:uuid:")

    def _sweep(self) -> None:
        """Remove the work of runs that were killed."""
        for folder in self.shelf.notes.glob("making-*"):
            try:
                old = time.time() - folder.stat().st_mtime > _STALE
            except OSError:
                continue
            if old:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    """Turn what the file system says into an error that says what to do."""
    try:
        yield
    except AudiogenError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise LibraryError(root, f"{root} cannot be written ({reason}). Name another folder with -o.") from error


def slug_of(title: str, published: date | None) -> str:
    """Make a file name of the date and the first words of the title, in ASCII.

    >>> from datetime import date
    >>> slug_of("Łódź says “no” to the dam’s builders, and yes to the fish", date(2024, 9, 7))
    '2024-09-07-lodz-says-no-to-the-dams-builders-and'
    """
    from anyascii import anyascii

    plain = re.sub(r"['’ʼ]", "", anyascii(title)).lower()
    words = re.findall(r"[a-z0-9]+", plain)[:_SLUG_WORDS]
    stem = "-".join(words)[:_SLUG_LENGTH].rstrip("-") or "article"
    return f"{published:%Y-%m-%d}-{stem}" if published else stem
