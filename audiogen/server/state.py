"""Where the server keeps its own data: jobs, uploads, users, tokens.

A library may be copied to a public host, and may be in a bucket; none of this belongs there. It is kept in the user's
own state folder, one folder for each library, readable by its owner alone.
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
    """Return the folder of a library's server, and make it; it is named by the library's location."""
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
    """Open a database that only its owner can read, and make its tables where they are missing.

    Write-ahead logging lets readers go on while somebody writes; every commit is brought to disk.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(schema)
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Do all or nothing; the write lock is taken at once, so that what was read still holds when it is written."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
