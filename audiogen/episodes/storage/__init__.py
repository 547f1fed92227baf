"""Libraries at an address: `s3://bucket/library`, or whatever else fsspec reaches.

Everything else in the house works on folders. An address has a working copy in the user's cache: the show's own files
(settings, word lists, voices), the notes of batches, and what feeds are made of. Episodes are made in a folder on the
machine of whoever makes them, and put in the store from there, the manifest last: as in a folder, an episode exists
when its manifest does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

__all__ = ["is_address"]


def is_address(where: str | os.PathLike[str]) -> bool:
    """Tell whether a library is at an address, and not in a folder.

    >>> is_address("s3://bucket/library"), is_address("library"), is_address("C://library")
    (True, False, False)
    """
    return isinstance(where, str) and re.match(r"[a-z][a-z0-9+.-]+://", where) is not None
