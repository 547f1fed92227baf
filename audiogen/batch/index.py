"""The notes on what was done, one for each source, so that another run over thousands of done articles reads none.

The notes only save work; the manifests are authoritative. Without `batch.sqlite` every article is read again, is found
to be done, and gets a note again. SQLite keeps them consistent through kills and lets several batches write at once;
nothing is written, not even a write-ahead log, while there is nothing to record.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from audiogen.errors import LibraryError
from audiogen.untrusted import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

#: Seconds between two writes to disk; a kill loses the notes of that time, never an episode.
_INTERVAL = 1.0
#: Timeout, in seconds, while another batch is writing.
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Note:
    """The last outcome of a source."""

    #: Its name.
    source: str
    #: "done", "duplicate", "removed", "refused" or "failed".
    status: str
    #: Digest of the document; empty if there was none.
    digest: str = ""
    #: Digest of other facts on the article: tags, dates, whether it was read.
    known: str = ""
    #: Size in bytes and modification time in nanoseconds of the file, to recognise it without reading it.
    size: int = -1
    changed: int = -1
    #: GUID of the episode; of a duplicate that of the other article.
    guid: str = ""
    slug: str = ""
    #: Name and size in bytes of the episode's sound file.
    audio: str = ""
    bytes: int = 0
    title: str = ""
    utterances: int = 0
    #: Digest of the settings it was made with; of a refused article the version of audiogen that refused it.
    settings: str = ""
    #: Name of the voice, to measure the speed of this machine.
    voice: str = ""
    words: int = 0
    #: Seconds of sound, and of work.
    seconds: float = 0.0
    work: float = 0.0
    #: Why it was refused or failed, or what it is a duplicate of.
    reason: str = ""
    #: The argument by which it was found, which `--retry` uses again.
    origin: str = ""
    #: When it was noted, ISO 8601.
    at: str = ""


#: Columns that may hold addresses, which are written without secrets.
_MAY_HAVE_ADDRESSES = ("source", "origin", "reason")
_COLUMNS = [entry.name for entry in fields(Note)]
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS notes ({", ".join(_COLUMNS)}, PRIMARY KEY (source)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS digests ON notes (digest, known);
CREATE TABLE IF NOT EXISTS signatures (guid PRIMARY KEY, state BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS states (slug PRIMARY KEY, state, kept) WITHOUT ROWID;
"""


class Index:
    """The notes of a library, opened at first use."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the library's notes."""
        self.path = folder / "batch.sqlite"
        self._connection: sqlite3.Connection | None = None
        self._pending = False
        self._written = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._trouble():
            self.flush()
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def recall(self, source: str) -> Note | None:
        """Return the note on the source, or None."""
        return self._one("SELECT * FROM notes WHERE source = ?", without_secrets(source))

    def same(self, digest: str, known: str) -> Note | None:
        """Return a note on the same document under another name: its file was moved or copied."""
        return self._one("SELECT * FROM notes WHERE digest = ? AND known = ? AND status = 'done'", digest, known)

    def troubles(self) -> Iterator[Note]:
        """Yield the notes on refused and failed articles."""
        yield from self._all("SELECT * FROM notes WHERE status IN ('refused', 'failed') ORDER BY source")

    def speed(self, voice: str) -> tuple[int, float, float]:
        """Return the total words, seconds of sound and seconds of work of the episodes made with a voice."""
        query = "SELECT sum(words), sum(seconds), sum(work) FROM notes WHERE voice = ? AND work > 0"
        rows = self._rows(query, voice)
        return tuple(rows[0]) if rows and rows[0][0] else (0, 0.0, 0.0)

    def voices(self) -> dict[str, int]:
        """Count the episodes by the name of their voice."""
        return dict(self._rows("SELECT voice, count(*) FROM notes WHERE status = 'done' GROUP BY voice"))

    def signatures(self) -> Iterator[tuple[str, bytes]]:
        """Yield GUID and signature of every episode that has one."""
        yield from self._rows("SELECT guid, state FROM signatures ORDER BY guid")

    def states(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield, by slug, the state of an episode's files when they were good, and why its sound was kept if it was."""
        for slug, state, kept in self._rows("SELECT slug, state, kept FROM states"):
            yield slug, (state, kept)

    def keep_state(self, slug: str, state: str, kept: str) -> None:
        """Record the state of an episode's files."""
        with self._trouble():
            self._writable().execute("INSERT OR REPLACE INTO states VALUES (?, ?, ?)", (slug, state, kept))
            self._pending = True

    def write(self, note: Note) -> None:
        """Record the outcome of a source."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        redacted: dict[str, Any] = {name: without_secrets(getattr(note, name)) for name in _MAY_HAVE_ADDRESSES}
        row = (*astuple(replace(note, **redacted))[:-1], at)
        with self._trouble():
            marks = ", ".join("?" * len(row))
            self._writable().execute(f"INSERT OR REPLACE INTO notes VALUES ({marks})", row)
            self._pending = True
            if monotonic() - self._written > _INTERVAL:
                self.flush()

    def sign(self, guid: str, state: bytes) -> None:
        """Record the signature of an episode's text."""
        with self._trouble():
            self._writable().execute("INSERT OR REPLACE INTO signatures VALUES (?, ?)", (guid, state))
            self._pending = True

    def forget(self, guid: str) -> None:
        """Delete the signature of an episode that was not made."""
        with self._trouble():
            self._writable().execute("DELETE FROM signatures WHERE guid = ?", (guid,))
            self._pending = True

    def flush(self) -> None:
        """Write the new notes to disk."""
        if self._pending and self._connection is not None:
            self._connection.commit()
        self._pending = False
        self._written = monotonic()

    def _one(self, query: str, *values: str) -> Note | None:
        rows = self._rows(query, *values)
        return Note(*rows[0]) if rows else None

    def _all(self, query: str, *values: str) -> Iterator[Note]:
        return (Note(*row) for row in self._rows(query, *values))

    def _rows(self, query: str, *values: str) -> list[Any]:
        if self._connection is None and not self.path.exists():
            return []
        try:
            return self._open().execute(query, values).fetchall()
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, timeout=_PATIENCE)
            if not self._has_tables():
                self._connection.executescript(_SCHEMA)
        return self._connection

    def _writable(self) -> sqlite3.Connection:
        return self._open()

    def _has_tables(self) -> bool:
        assert self._connection is not None
        return bool(self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'states'").fetchone())

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> LibraryError:
        message = f"The notes in {self.path} cannot be used ({error}). They may be deleted: nothing is lost."
        return LibraryError(self.path, message)
