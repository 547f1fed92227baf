"""Removes what was listened to long ago, where the show says so: `show.remove_listened_after`."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from audiogen.episodes import remove_listened
from audiogen.errors import AudiogenError
from audiogen.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

_LOG = logging.getLogger("audiogen.server.tidying")
#: Seconds between two looks.
_RHYTHM = 3600.0


class Tidier:
    """Looks at the library now and every hour, in a thread of its own."""

    def __init__(self, root: Path, rhythm: float = _RHYTHM) -> None:
        """Take the library's folder."""
        self._root, self._rhythm = root, rhythm
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audiogen-tidying", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> None:
        """End; what is being removed is removed."""
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.is_set():
            tidy(self._root)
            self._closed.wait(self._rhythm)


def tidy(root: Path) -> list[str]:
    """Remove what the show as it is now lets go, and give the slugs; what is wrong is logged."""
    try:
        days = load_settings(root).show.remove_listened_after
        gone = remove_listened(root, days, by="audiogen") if days else []
    except (AudiogenError, OSError) as error:
        _LOG.warning("What was listened to was not removed (%s).", error)
        return []
    for slug in gone:
        _LOG.info("%s was removed: it was listened to %d days ago or earlier.", slug, days)
    return gone
