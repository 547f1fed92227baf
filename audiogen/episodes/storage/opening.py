"""Opens the storage of a library by its folder or address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.episodes.storage import is_address
from audiogen.episodes.storage.local import LocalStorage

if TYPE_CHECKING:
    import os

    from audiogen.episodes.storage import Storage


def open_storage(where: str | os.PathLike[str]) -> Storage:
    """Open the storage in a folder or at an address; a folder is made with the first episode.

    Raises:
        EngineMissingError: what reaches such an address is not installed.
        LibraryError: no implementation supports such addresses.
    """
    if isinstance(where, str) and is_address(where):
        from audiogen.episodes.storage.bucket import BucketStorage

        return BucketStorage(where)
    return LocalStorage(where)
