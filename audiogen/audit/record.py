"""The record of episodes that were found good, so that unchanged ones need not be decoded again.

The record is a cache, safe to delete. An episode counts as unchanged only where everything that the checks look at is
as it was: the program's version, the settings, the manifest's bytes, size and times of each of its files, and what the
feeds say of it. Episodes with a fault are never in it.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.audit import EpisodeAudit
from audiogen.episodes.finishing import shown
from audiogen.episodes.state import replace_file
from audiogen.errors import SettingsError
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.audit.publication import Publication
    from audiogen.settings import Settings

#: Changes with the checks: what earlier ones found good is looked at again.
_CHECKS = f"{__version__}/1"
#: What the checks look at beside an episode's manifest and sound.
_BESIDE = (".vtt", ".words.json", ".chapters.json", ".html")
#: Where it is, in the library.
_PATH = ".audiogen/checked.json"


@dataclass(slots=True)
class Record:
    """What was found of good episodes by slug, each with the mark of the state that it is of."""

    root: Path
    settings: Settings
    publication: Publication
    known: dict[str, dict[str, Any]] = field(default_factory=dict)
    #: How many episodes were as they are known.
    unchanged: int = 0
    _fresh: dict[str, dict[str, Any]] = field(default_factory=dict)
    _settings: str = ""

    def __post_init__(self) -> None:
        """Sum up what all episodes are held against."""
        wanted, trusted = self.settings, _anchors(self.root, self.settings)
        published = (self.publication.items is None, self.publication.broken)
        self._settings = repr((_CHECKS, wanted.audio, wanted.disclosure, wanted.c2pa, trusted, published))

    def mark(self, path: Path, manifest: bytes, guid: str, sound: str) -> str:
        """Sum up the state of the episode whose manifest at *path* says *manifest*; *sound* is its file's name."""
        item = (self.publication.items or {}).get(guid)
        beside = tuple(_stamps(path.parent, path.stem, sound))
        state = repr((self._settings, item, beside)).encode()
        return hashlib.sha256(manifest + state).hexdigest()

    def find(self, slug: str, mark: str) -> EpisodeAudit | None:
        """Return what was found of the episode in this very state."""
        row = self.known.get(slug)
        if row is None or row["mark"] != mark:
            return None
        self._fresh[slug] = row
        self.unchanged += 1
        return _audit_of(slug, row["found"])

    def keep(self, audit: EpisodeAudit, mark: str) -> None:
        """Note what was found of an episode; one with faults is not kept."""
        if not audit.faults:
            found = {key: value for key, value in asdict(audit).items() if key not in ("slug", "faults")}
            self._fresh[audit.slug] = {"mark": mark, "found": found}

    def save(self) -> None:
        """Write down what was found good in this run; where that cannot be written, the next run looks at it again."""
        if self._fresh == self.known:
            return
        with suppress(OSError):
            replace_file(self.root / _PATH, json.dumps({"checks": _CHECKS, "good": self._fresh}).encode())


def _anchors(root: Path, settings: Settings) -> bytes:
    path = shown(settings.c2pa.anchors, root)
    try:
        return path.read_bytes() if path else b""
    except OSError as error:
        raise SettingsError(
            "c2pa.anchors", f"The file of c2pa.anchors, {path}, cannot be read ({error.strerror}). Check its path."
        ) from error


def open_record(root: Path, settings: Settings, publication: Publication, *, empty: bool = False) -> Record:
    """Read the record of the library at *root*; one that cannot be read, or is wanted *empty*, knows nothing.

    Raises:
        SettingsError: the file of c2pa.anchors cannot be read.
    """
    if empty:
        return Record(root, settings, publication)
    try:
        kept = json.loads(read_file(root / _PATH))
        good = kept["good"] if kept["checks"] == _CHECKS else {}
        known = {str(slug): row for slug, row in good.items() if _is_whole(slug, row)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        known = {}
    return Record(root, settings, publication, known)


def _is_whole(slug: str, row: Any) -> bool:
    """Return whether a row of the file can be an audit: it is a file like others, and may be damaged."""
    try:
        _audit_of(slug, row["found"])
        return isinstance(row["mark"], str)
    except (KeyError, TypeError, AttributeError):
        return False


def _audit_of(slug: str, found: dict[str, Any]) -> EpisodeAudit:
    """Make an audit of a row of the file; JSON has lists where it has tuples."""
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in found.items()}
    return EpisodeAudit(slug, (), **values)


def _stamps(folder: Path, slug: str, sound: str) -> Iterator[tuple[object, ...]]:
    """Yield size and times of each file that an episode can have.

    The inode's time tells of a change by a program that puts the other times back. A hard link changes it too
    (`audiogen queue --export`): then the episode is looked at once more.
    """
    for name in sorted({sound, *(f"{slug}{suffix}" for suffix in _BESIDE)}):
        try:
            status = (folder / name).stat()
        except (OSError, ValueError):
            continue
        yield name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
