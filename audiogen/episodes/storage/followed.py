"""A library in a bucket, with a local folder that is synchronised with it, for a server.

The folder has the show's own files, the manifests and the state by users; all other files of an episode are
placeholders of the right size. Changes by this process are made in the folder, too. Changes by others are fetched by
`follow`: each change of the library also changes the content of one object, and the library is listed only if that
object has changed, or a few minutes have passed.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audiogen.episodes.shape import is_bare, sound_in
from audiogen.episodes.state import DRAFTS, FOLDER, file_of, replace_file
from audiogen.episodes.storage import EPISODES, NOTES
from audiogen.episodes.storage.bucket import CHANGED, BucketStorage, is_show_file
from audiogen.episodes.storage.mirror import make_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.episodes.storage.objects import ObjectInfo

#: Seconds after which the library is listed even without a signal: other programs may write to the bucket.
LONGEST_UNLISTED = 300.0
#: Listing takes at most one part in this many of the time: seventy thousand objects are listed in some ten seconds.
SHARE = 10
#: The note of publishing that is needed to make pages.
_GUIDS = f"{NOTES}/feed-guids.json"
#: Suffixes of an episode's files besides its manifest and its sound.
_BESIDE = (".vtt", ".words.json", ".chapters.json", ".jpg", ".png")


class FollowedStorage(BucketStorage):
    """The files in a bucket, and a synchronised folder. Threads may share it."""

    def __init__(self, address: str, folder: Path) -> None:
        """Take the address, and the folder, which is this server's own.

        Raises:
            EngineMissingError, LibraryError: nothing here reaches such an address.
        """
        super().__init__(address, folder)
        self._turn = threading.RLock()
        #: Of the last listing: the mark of `CHANGED`, the time, and the seconds that it took.
        self._listed: tuple[str, float, float] | None = None

    def follow(self) -> bool:
        """Fetch the changes by others; return whether the library was listed.

        Raises:
            LibraryError: the store cannot be reached.
        """
        info = self.objects.info(CHANGED)
        mark, begun = info.mark if info else "", time.monotonic()
        if self._listed is not None:
            known, ended, took = self._listed
            passed = begun - ended
            if passed < (SHARE * took if mark != known else LONGEST_UNLISTED):
                return False
        # Outside of the lock: listing takes long, and people wait for what they say. What they change in between is
        # brought again at the next look.
        found = self._found()
        with self._turn:
            self._mirror.download(found, _is_followed, is_placeholder=_is_placeholder, dated=False)
        ended = time.monotonic()
        self._listed = mark, ended, ended - begun
        return True

    def fetch_episode(self, slug: str) -> None:
        """Fetch one episode that another process has just uploaded, and whether it is a draft."""
        if not is_bare(slug):
            return
        with self._turn:
            self._fetch_object(file_of(DRAFTS))
            manifest = super().read(f"{EPISODES}/{slug}.json")
            for name in filter(None, (sound_in(manifest), *(f"{slug}{ending}" for ending in _BESIDE))):
                if is_bare(name) and (info := self.objects.info(f"{EPISODES}/{name}")):
                    make_placeholder(self.root / EPISODES / name, info.size)
            self._have(f"{EPISODES}/{slug}.json", manifest)

    def _found(self) -> dict[str, ObjectInfo]:
        """Return the objects that the folder has."""
        found, folders = self.objects.list_folder()
        for folder in folders:
            if is_show_file(folder):
                found |= self.objects.listing(folder)
        found |= self.objects.list_folder(EPISODES)[0] | self.objects.list_folder(FOLDER)[0]
        if info := self.objects.info(_GUIDS):
            found[_GUIDS] = info
        return {name: info for name, info in found.items() if _is_followed(name)}

    def _fetch_object(self, name: str) -> None:
        self._have(name, super().read(name))

    def _have(self, name: str, content: bytes | None) -> None:
        """Download an object into the folder."""
        if not _is_followed(name):
            return
        path = self.root / name
        if content is None:
            path.unlink(missing_ok=True)
        elif _is_placeholder(name):
            make_placeholder(path, len(content))
        else:
            replace_file(path, content)

    # Changes by this process.

    def write(self, name: str, content: bytes) -> None:
        """Write an object and the file."""
        with self._turn:
            super().write(name, content)
            self._have(name, content)

    def create(self, name: str, content: bytes) -> bool:
        """Write an object and the file, unless the object exists."""
        with self._turn:
            is_mine = super().create(name, content)
            if is_mine:
                self._have(name, content)
            return is_mine

    def move(self, old: str, new: str) -> None:
        """Rename an object and the file."""
        with self._turn:
            super().move(old, new)
            self._have(old, None)
            if _is_followed(new):
                info = self.objects.info(new)
                if _is_placeholder(new) and info:
                    make_placeholder(self.root / new, info.size)
                else:
                    self._fetch_object(new)

    def put(self, slug: str, folder: Path) -> None:
        """Upload an episode, and write it into the folder."""
        super().put(slug, folder)
        self.fetch_episode(slug)

    def refresh(self) -> None:
        """Synchronise the folder."""
        with self._turn:
            super().refresh()

    @contextmanager
    def local_folder(self, *, whole: bool = False) -> Iterator[Path]:
        """Yield another folder than the synchronised one, whose files must not be uploaded again."""
        with BucketStorage(str(self.location)).local_folder(whole=whole) as folder:
            yield folder


def _is_followed(name: str) -> bool:
    folder, _, rest = name.partition("/")
    if folder in (EPISODES, FOLDER):
        return bool(rest) and "/" not in rest and not rest.endswith(".html")
    return is_show_file(name) or name == _GUIDS


def _is_placeholder(name: str) -> bool:
    """Return whether a placeholder is enough for a file: it is for all files of an episode except the manifest."""
    is_manifest = name.endswith(".json") and name.count(".") == 1
    return name.startswith(f"{EPISODES}/") and not is_manifest
