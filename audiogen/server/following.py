"""Opens the library that a server works on: a folder, or a bucket with a synchronized local folder.

Lists, feeds and pages are made from the folder, `Library.root`. Reads and changes of one episode use the library
itself, and sound is read from it in parts.
"""

from __future__ import annotations

import hashlib
import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from audiogen.episodes.library import Library, open_library
from audiogen.episodes.storage import is_address
from audiogen.errors import LibraryError
from audiogen.server.periodic import PeriodicThread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.episodes.storage.followed import FollowedStorage

_LOG = logging.getLogger("audiogen.server.following")
#: Seconds between two requests that ask whether another machine changed the bucket.
INTERVAL = 2.0


def open_served(where: Path | str | Library) -> Library:
    """Open the library that a server shows; of a bucket, download all files that lists are made from.

    Raises:
        EngineMissingError: The package for such an address is not installed.
        LibraryError: It cannot be reached.
    """
    if not isinstance(where, str) or not is_address(where):
        return open_library(where)
    from platformdirs import user_cache_path

    from audiogen.episodes.storage.followed import FollowedStorage

    name = hashlib.sha256(where.rstrip("/").encode()).hexdigest()[:16]
    storage = FollowedStorage(where, user_cache_path("audiogen", appauthor=False) / "served" / name)
    storage.follow()
    return Library(storage)


def followed(home: Library) -> FollowedStorage | None:
    """Return the storage of a library if it is a bucket, which other machines can change; else None."""
    from audiogen.episodes.storage.followed import FollowedStorage

    return home.storage if isinstance(home.storage, FollowedStorage) else None


@contextmanager
def following(home: Library, interval: float = INTERVAL) -> Iterator[None]:
    """Fetch what others change in a bucket, in the background; do nothing for a folder."""
    storage = followed(home)
    if storage is None:
        yield
        return
    follower = Follower(storage, interval)
    follower.start()
    try:
        yield
    finally:
        follower.close()


class Follower(PeriodicThread):
    """Downloads changes of a bucket, in a thread."""

    def __init__(self, storage: FollowedStorage, interval: float = INTERVAL) -> None:
        """Create a thread that follows the bucket of *storage*."""
        super().__init__("audiogen-following", interval)
        self._storage = storage
        #: Whether it was already logged that the bucket cannot be reached.
        self._is_lost = False

    def look(self) -> None:
        """Download changes. If the bucket cannot be reached, the next call tries again."""
        try:
            self._storage.follow()
        except (LibraryError, OSError) as error:
            if not self._is_lost:
                _LOG.warning("What is new in the library is not seen for now (%s).", error)
            self._is_lost = True
        else:
            self._is_lost = False


def fetch_episode(home: Library, slug: str) -> None:
    """Download an episode that a worker has just uploaded; if that fails, the next regular download has it."""
    storage = followed(home)
    if storage is not None and slug:
        with suppress(LibraryError, OSError):
            storage.fetch_episode(slug)
