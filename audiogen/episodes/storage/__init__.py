"""Where the files of a library are: in a folder, or in a bucket at an address (`s3://bucket/library`).

A `Library` asks a `Storage` for files by their names within the library, with slashes, and knows nothing of where they
are. There are two: `LocalStorage` is a folder; `BucketStorage` is whatever fsspec reaches, with a working copy in the
user's cache for what needs a folder.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from audiogen.errors import LibraryError

    Stamp = tuple[int, int]

#: Folders of a library: the episodes' files, and our own notes.
EPISODES, NOTES = "episodes", ".audiogen"
#: The lock on `state/`; every other lock is an episode's, named by its GUID.
STATE_LOCK = "state"


class Storage(Protocol):
    """The files of one library. What cannot be read or written raises a LibraryError that says what to do."""

    #: Whether each question is a request to another machine: what seldom changes is asked for once.
    is_remote: bool
    #: What people call the library: its folder, or its address.
    location: Path | str
    #: The folder on this machine that has the show's own files and the work in progress.
    root: Path

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""

    def read_all(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | LibraryError]]:
        """Yield the content of files in their order, or what kept one from being read; those gone are left out.

        Not all of them are held in memory at once.
        """

    def read_part(self, name: str, start: int, end: int | None = None) -> bytes:
        """Return the bytes of a file from *start* to before *end*, or to its end; nothing if there is none.

        A negative *start* counts from the end; before the beginning there is nothing.
        """

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole at any moment."""

    def append(self, name: str, content: bytes) -> None:
        """Write something at the end of a file; the caller holds a lock."""

    def create(self, name: str, content: bytes) -> bool:
        """Write a file unless it exists; if several try at once, exactly one succeeds."""

    def move(self, old: str, new: str) -> None:
        """Give a file another name."""

    def names(self, folder: str) -> list[str]:
        """List the files of a folder by their names within it, sorted; those of folders inside of it are left out."""

    def size(self, name: str) -> int | None:
        """Return the size of a file in bytes; None if there is none."""

    def stamp(self, name: str) -> Stamp | None:
        """Return a value that changes with a file's content; None if there is no file, or no such value."""

    def where(self, name: str) -> Path | str:
        """Return where people find a file: its path, or its address."""

    def lock(self, name: str, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the lock of this name; yield False, without the lock, if another holds it and *wait* is false.

        The lock of a process that was killed becomes free by itself.
        """

    def stage(self) -> AbstractContextManager[Path]:
        """Lend a folder on this machine to make an episode in; it is gone afterwards.

        What goes wrong while it is made passes through as it is.
        """

    def put(self, slug: str, folder: Path) -> None:
        """Put the files of a staged *folder* in place as the episode called *slug*, its manifest when all others are.

        The sound that the manifest in place told of before goes, where the new one tells of another.
        """

    def recover(self) -> bool:
        """Finish or remove what killed runs left; return whether there was anything."""

    def sweep_after(self, processes: Iterable[int]) -> None:
        """Remove what processes of this machine that were ended had half made."""

    def try_writing(self) -> None:
        """Write something and take it away again.

        Raises:
            UnwritableError: that is not possible, so that no episode could be put in.
        """

    def survey(self) -> None:
        """Get ready to be asked for the sizes of all episodes' files."""

    def refresh(self) -> None:
        """Bring the show's own files into `root`."""

    def working(self) -> AbstractContextManager[None]:
        """Have the show's files and the notes of batches in `root` while one runs."""

    def at_hand(self, *, whole: bool = False) -> AbstractContextManager[Path]:
        """Lend a folder that is as the library; what is published into it is published in the library.

        With *whole* its sound is there as well; else files of sound may be hollow, of the right size.
        """


def is_address(where: str | os.PathLike[str]) -> bool:
    """Return whether a library is at an address, and not in a folder.

    >>> is_address("s3://bucket/library"), is_address("library"), is_address("C://library")
    (True, False, False)
    """
    return isinstance(where, str) and re.match(r"[a-z][a-z0-9+.-]+://", where) is not None


def inside(start: int, end: int | None, size: int) -> tuple[int, int]:
    """Return where a part of a file of *size* bytes begins and ends; a negative *start* counts from its end.

    >>> inside(-4, None, 10), inside(-4, None, 3), inside(2, 20, 10), inside(12, 20, 10)
    ((6, 10), (0, 3), (2, 10), (10, 10))
    """
    first = max(0, size + start) if start < 0 else min(start, size)
    return first, max(first, size if end is None else min(end, size))
