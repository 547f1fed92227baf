"""The storage of a library's files: a folder, or a bucket at an address (`s3://bucket/library`).

A `Library` reads and writes files through a `Storage`, by their names within the library, with slashes. There are two
implementations: `LocalStorage` is a folder; `BucketStorage` is a store that fsspec supports, with a working copy in the
user's cache for code that needs a folder.
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

    #: Whether each access is a request to another machine, so that callers cache what rarely changes.
    is_remote: bool
    #: The library's folder, or its address.
    location: Path | str
    #: The folder on this machine that has the show's own files and the work in progress.
    root: Path

    def read(self, name: str) -> bytes | None:
        """Return the content of a file; None if there is none."""

    def read_all(self, names: Iterable[str]) -> Iterator[tuple[str, bytes | LibraryError]]:
        """Yield the content of files in their order, or the error of reading one; missing files are left out.

        Not all of them are held in memory at once.
        """

    def read_part(self, name: str, start: int, end: int | None = None) -> bytes:
        """Return the bytes of a file from *start* to before *end*, or to its end; nothing if there is none.

        A negative *start* counts from the end; before the beginning there is nothing.
        """

    def write(self, name: str, content: bytes) -> None:
        """Write a file atomically."""

    def append(self, name: str, content: bytes) -> None:
        """Append to a file; the caller holds a lock."""

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
        """Return the path of a file, or its address."""

    def lock(self, name: str, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the lock of this name; yield False, without the lock, if another holds it and *wait* is false.

        The lock of a process that was killed becomes free by itself.
        """

    def stage(self) -> AbstractContextManager[Path]:
        """Yield a temporary folder on this machine to make an episode in.

        Errors of making the episode are not changed.
        """

    def put(self, slug: str, folder: Path) -> None:
        """Move the files of a staged *folder* into their place as the episode *slug*, the manifest last.

        The sound file of the previous manifest is deleted if the new one has another.
        """

    def recover(self) -> bool:
        """Finish or remove what killed runs left; return whether there was anything."""

    def remove_remains_of(self, processes: Iterable[int]) -> None:
        """Remove the unfinished files of *processes* on this machine that have ended."""

    def try_writing(self) -> None:
        """Write a test file and delete it.

        Raises:
            UnwritableError: that failed, so no episode could be written.
        """

    def prepare_sizes(self) -> None:
        """Prepare for many calls of `size` on episodes' files."""

    def refresh(self) -> None:
        """Download the show's own files into `root`."""

    def working(self) -> AbstractContextManager[None]:
        """Keep the show's files and the notes of batches in `root` during a run."""

    def local_folder(self, *, whole: bool = False) -> AbstractContextManager[Path]:
        """Yield a local folder with the library's files; what is published into it is published in the library.

        With *whole* its sound is there, too; else sound files may be placeholders of the right size.
        """


def is_address(where: str | os.PathLike[str]) -> bool:
    """Return whether a library is at an address, and not in a folder.

    >>> is_address("s3://bucket/library"), is_address("library"), is_address("C://library")
    (True, False, False)
    """
    return isinstance(where, str) and re.match(r"[a-z][a-z0-9+.-]+://", where) is not None


def inside(start: int, end: int | None, size: int) -> tuple[int, int]:
    """Return start and end of a part of a file of *size* bytes; a negative *start* counts from the end.

    >>> inside(-4, None, 10), inside(-4, None, 3), inside(2, 20, 10), inside(12, 20, 10)
    ((6, 10), (0, 3), (2, 10), (10, 10))
    """
    first = max(0, size + start) if start < 0 else min(start, size)
    return first, max(first, size if end is None else min(end, size))
