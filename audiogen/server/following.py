"""The library that a server works on: a folder, or a bucket with a folder that follows it.

Lists, feeds and pages are made from the folder, `Library.root`. What is asked or said of one episode goes to the
library itself, and sound is read from it by parts.
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
#: Seconds between two looks at whether another machine changed the library: one small request each.
INTERVAL = 2.0


def open_served(where: Path | str | Library) -> Library:
    """Open the library that a server is to show; of one at an address all is brought here that lists are made of.

    Raises:
        EngineMissingError: what reaches such an address is not installed.
        LibraryError: it cannot be reached.
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
    """Return the storage of a library that others change without this machine's noticing; None of a folder."""
    from audiogen.episodes.storage.followed import FollowedStorage

    return home.storage if isinstance(home.storage, FollowedStorage) else None


@contextmanager
def following(home: Library, interval: float = INTERVAL) -> Iterator[None]:
    """Bring what others change in a bucket, meanwhile; a folder is looked at as it is."""
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
    """Looks at a bucket in a thread of its own."""

    def __init__(self, storage: FollowedStorage, interval: float = INTERVAL) -> None:
        """Take what follows the bucket."""
        super().__init__("audiogen-following", interval)
        self._storage = storage
        #: Whether it was said already that the bucket cannot be reached.
        self._is_lost = False

    def look(self) -> None:
        """Bring what is new; a bucket that cannot be reached is asked again."""
        try:
            self._storage.follow()
        except (LibraryError, OSError) as error:
            if not self._is_lost:
                _LOG.warning("What is new in the library is not seen for now (%s).", error)
            self._is_lost = True
        else:
            self._is_lost = False


def bring(home: Library, slug: str) -> None:
    """Bring an episode of a bucket that a worker has just put in; one that does not come now comes at the next look."""
    storage = followed(home)
    if storage is not None and slug:
        with suppress(LibraryError, OSError):
            storage.bring(slug)
