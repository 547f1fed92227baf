"""The user's own state folder, for what belongs to no library: passwords, tokens, cookies, and waiting jobs.

A library may be copied to a public host, or be in a bucket, so none of this is stored there. Only the user can read it.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

#: Environment variable with another folder than the system's, for containers.
VARIABLE = "AUDIOGEN_STATE"


def state_home() -> Path:
    """Return the state folder, which may not exist yet."""
    if named := os.environ.get(VARIABLE):
        return Path(named).absolute()
    from platformdirs import user_state_path

    return user_state_path("audiogen", appauthor=False)


def private_folder(folder: Path) -> None:
    """Create a folder, if it does not exist, that only its owner can open."""
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        folder.chmod(0o700)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, in a folder that only its owner can open."""
    private_folder(path.parent)
    write_readable_by_owner(path, content)


def write_readable_by_owner(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read; its folder may be open to others. The file is replaced at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
