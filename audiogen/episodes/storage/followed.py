"""A library in a bucket, with a local folder that is kept in step with it, for a server.

The folder has the show's own files, the manifests and what people say of episodes; of all other files of an episode
it has the size alone. What this process changes is changed in the folder as well. Others' changes are brought by
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
from audiogen.episodes.storage.mirror import hollow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.episodes.storage.objects import Facts

#: Seconds after which the library is listed even without a sign of change: other programs may write to the bucket.
LONGEST_UNSEEN = 300.0
#: Of the time, listing takes one part in so many at most: seventy thousand objects are listed in some ten seconds.
SHARE = 10
#: The note of publishing that pages are made with.
_GUIDS = f"{NOTES}/feed-guids.json"
#: Endings of an episode's files besides its manifest and its sound.
_BESIDE = (".vtt", ".words.json", ".chapters.json", ".jpg", ".png")


class FollowedStorage(BucketStorage):
    """The files in a bucket, and a folder that follows it. Threads may share it."""

    def __init__(self, address: str, folder: Path) -> None:
        """Take the address, and the folder, which is this server's own.

        Raises:
            EngineMissingError, LibraryError: nothing here reaches such an address.
        """
        super().__init__(address, folder)
        self._turn = threading.RLock()
        #: Mark of `CHANGED`, the time, and the seconds that it took, when the library was listed.
        self._listed: tuple[str, float, float] | None = None

    def follow(self) -> bool:
        """Fetch what others changed; return whether the library was listed.

        Raises:
            LibraryError: the store cannot be reached.
        """
        facts = self.objects.facts(CHANGED)
        mark, begun = facts.mark if facts else "", time.monotonic()
        if self._listed is not None:
            known, ended, took = self._listed
            passed = begun - ended
            if passed < (SHARE * took if mark != known else LONGEST_UNSEEN):
                return False
        # Outside of the lock: listing takes long, and people wait for what they say. What they change in between is
        # brought again at the next look.
        found = self._found()
        with self._turn:
            self._mirror.pull(found, _is_followed, is_hollow=_is_hollow, dated=False)
        ended = time.monotonic()
        self._listed = mark, ended, ended - begun
        return True

    def bring(self, slug: str) -> None:
        """Bring one episode that another process has just put in, and whether it is a draft."""
        if not is_bare(slug):
            return
        with self._turn:
            self._bring(file_of(DRAFTS))
            manifest = super().read(f"{EPISODES}/{slug}.json")
            for name in filter(None, (sound_in(manifest), *(f"{slug}{ending}" for ending in _BESIDE))):
                if is_bare(name) and (facts := self.objects.facts(f"{EPISODES}/{name}")):
                    hollow(self.root / EPISODES / name, facts.size)
            self._have(f"{EPISODES}/{slug}.json", manifest)

    def _found(self) -> dict[str, Facts]:
        """List what is followed."""
        found, folders = self.objects.shallow()
        for folder in folders:
            if is_show_file(folder):
                found |= self.objects.listing(folder)
        found |= self.objects.shallow(EPISODES)[0] | self.objects.shallow(FOLDER)[0]
        if facts := self.objects.facts(_GUIDS):
            found[_GUIDS] = facts
        return {name: facts for name, facts in found.items() if _is_followed(name)}

    def _bring(self, name: str) -> None:
        self._have(name, super().read(name))

    def _have(self, name: str, content: bytes | None) -> None:
        """Have a file in the folder as its object is."""
        if not _is_followed(name):
            return
        path = self.root / name
        if content is None:
            path.unlink(missing_ok=True)
        elif _is_hollow(name):
            hollow(path, len(content))
        else:
            replace_file(path, content)

    # What this process changes.

    def write(self, name: str, content: bytes) -> None:
        """Write an object, and the file."""
        with self._turn:
            super().write(name, content)
            self._have(name, content)

    def create(self, name: str, content: bytes) -> bool:
        """Write an object unless there is one, and the file with it."""
        with self._turn:
            is_mine = super().create(name, content)
            if is_mine:
                self._have(name, content)
            return is_mine

    def move(self, old: str, new: str) -> None:
        """Give an object another name, and the file."""
        with self._turn:
            super().move(old, new)
            self._have(old, None)
            if _is_followed(new):
                facts = self.objects.facts(new)
                if _is_hollow(new) and facts:
                    hollow(self.root / new, facts.size)
                else:
                    self._bring(new)

    def put(self, slug: str, folder: Path) -> None:
        """Put an episode in the store, and into the folder."""
        super().put(slug, folder)
        self.bring(slug)

    def refresh(self) -> None:
        """Have the folder as the library is."""
        with self._turn:
            super().refresh()

    @contextmanager
    def at_hand(self, *, whole: bool = False) -> Iterator[Path]:
        """Lend a folder that is another than this one, since what is followed must not be put in the store again."""
        with BucketStorage(str(self.location)).at_hand(whole=whole) as folder:
            yield folder


def _is_followed(name: str) -> bool:
    folder, _, rest = name.partition("/")
    if folder in (EPISODES, FOLDER):
        return bool(rest) and "/" not in rest and not rest.endswith(".html")
    return is_show_file(name) or name == _GUIDS


def _is_hollow(name: str) -> bool:
    """Return whether only the size of a file matters: of all of an episode's but its manifest."""
    is_manifest = name.endswith(".json") and name.count(".") == 1
    return name.startswith(f"{EPISODES}/") and not is_manifest
