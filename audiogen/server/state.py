"""The folder of the server's own data: jobs, uploads, users, tokens.

A library may be copied to a public host, and may be in a bucket, so this data is not stored there. It is in the user's
state folder, one folder for each library, readable only by its owner.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.episodes.storage import is_address
from audiogen.private import private_folder, state_home

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds to wait for another process that is writing.
_PATIENCE = 30.0


def state_folder(library: Path | str) -> Path:
    """Return the folder of a library's server, and create it; its name is derived from the library's location."""
    location = str(library) if is_address(library) else str(Path(library).resolve())
    name = hashlib.sha256(location.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    folder = state_home() / "servers" / name
    private_folder(folder)
    note = folder / "library.txt"
    if not note.exists():
        # For people who look into the folder: which library it belongs to.
        note.write_text(f"{location}\n", encoding="utf-8", errors="surrogateescape")
    return folder


def open_database(path: Path, schema: str = "") -> sqlite3.Connection:
    """Open a database that only its owner can read, and create missing tables.

    With write-ahead logging, readers can continue during a write; each commit is synchronized to disk.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(schema)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Commit the block's changes, or roll them back at an error. The write lock is taken at the start."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
