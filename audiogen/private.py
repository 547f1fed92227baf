"""The user's own state folder. It holds what belongs to no library: passwords, tokens, cookies, and waiting jobs.

A library may be copied to a public host, and may be in a bucket. None of this belongs there; its owner alone reads it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

#: Environment variable that names another folder than the system's, as containers want it.
VARIABLE = "AUDIOGEN_STATE"


def state_home() -> Path:
    """Return the folder, which need not exist yet."""
    if named := os.environ.get(VARIABLE):
        return Path(named).absolute()
    from platformdirs import user_state_path

    return user_state_path("audiogen", appauthor=False)


def private_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into."""
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        folder.chmod(0o700)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, in a folder that only its owner can look into."""
    private_folder(path.parent)
    write_readable_by_owner(path, content)


def write_readable_by_owner(path: Path, content: bytes) -> None:
    """Write a file, whole at any moment, that only its owner can read; its folder stays as open as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
