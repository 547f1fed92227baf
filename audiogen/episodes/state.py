"""The state of a library's episodes, in small JSON files in `state/`: removed, listened to, edited, and so on.

    state/removed.json      by slug: GUID, title, identity keys, when and by whom; the files are in `removed/`
    state/listened.json     by slug: when and by whom
    state/positions.json    by slug: how many seconds of it were played, and when
    state/drafts.json       by slug: since when; a draft is in no feed, page or playlist
    state/queue.json        by slug: its index in the queue, if somebody moved it
    state/edits/<slug>.json what somebody changed in an episode
    state/plays/<slug>.json how often an episode was played (`audiogen.episodes.actions.plays`)
    state/log.jsonl         who did what, a line each

It is not in `.audiogen`, which may be deleted. A file that cannot be read is never taken for an empty one: a draft
would be published, and the next change would overwrite the file.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audiogen.episodes.shape import is_bare
from audiogen.errors import LibraryError
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: Folders of a library: of these files, and of the files of episodes that were removed.
FOLDER, REMOVED_FOLDER = "state", "removed"
REMOVED, LISTENED, POSITIONS, DRAFTS, QUEUE = "removed", "listened", "positions", "drafts", "queue"
LOG = f"{FOLDER}/log.jsonl"

State = dict[str, Any]


def file_of(kind: str) -> str:
    """Return the name of a state file within the library."""
    return f"{FOLDER}/{kind}.json"


def read_state(root: Path, kind: str) -> State:
    """Load a state file of the library in the folder *root*; empty if there is no file.

    Raises:
        LibraryError: it exists and cannot be read.
    """
    path = root / file_of(kind)
    try:
        content = read_file(path)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise LibraryError(
            path, f"{path} cannot be read ({error.strerror or error}). Change its permissions."
        ) from error
    return parse_state(content, path)


def parse_state(content: bytes, where: object) -> State:
    """Parse the content of a state file; entries whose key cannot be a slug are left out.

    Raises:
        LibraryError: it is no JSON object.
    """
    try:
        data = json.loads(content)
        if not isinstance(data, dict):
            raise TypeError("it is no JSON object")
    except (ValueError, TypeError, RecursionError) as error:
        message = f"{where} cannot be read ({error}). Repair it, or put a copy of it back from a backup."
        raise LibraryError(where, message) from error
    return {slug: entry for slug, entry in data.items() if is_bare(slug)}


def written_state(state: State) -> bytes:
    """Return the content of a state file."""
    return (json.dumps(state, ensure_ascii=False, indent=1) + "\n").encode()


def replace_file(path: Path, content: bytes) -> None:
    """Write a file atomically; its folder is made if it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def stamp_of_folders(root: Path, names: Iterable[str]) -> list[int]:
    """Return the modification times of folders of a library, to see later whether they changed; 0 for a missing one.

    An episode comes and goes by the names in its folder, and state files are written by renaming: both change the
    folder's time.
    """
    folders = [root / name for name in names]
    return [folder.stat().st_mtime_ns if folder.is_dir() else 0 for folder in folders]


def now() -> str:
    """Return the time in the format of state files: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
