"""Keeps `feed.xml` and the pages on disk up to date, for libraries that are published from another host.

The server itself makes feed and pages on request. A library that has a `feed.xml` is copied somewhere, or served by
another program: there it is written again when the library has changed and has been quiet for a moment. `audiogen feed`
does this in a separate process, so that listeners do not wait for it.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

from audiogen.episodes.library import open_library
from audiogen.errors import AudiogenError
from audiogen.server.periodic import PeriodicThread

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from audiogen.episodes.library import Library
    from audiogen.server.catalog import Catalog

_LOG = logging.getLogger("audiogen.server.feed")
#: Interval in seconds at which the library is checked. It is quiet if nothing changed during an interval.
_INTERVAL = 5.0
#: Name of the lock on a bucket's feed.
_LOCK = "feed"
#: Timeout for writing, in seconds.
_LONGEST = 1800.0


class Renewer(PeriodicThread):
    """Watches the library, and writes its feed again, in a thread."""

    def __init__(self, library: Path | Library, catalog: Catalog, interval: float = _INTERVAL) -> None:
        """Create a thread for the library with its catalog."""
        super().__init__("audiogen-feed", interval)
        self._home, self._catalog = open_library(library), catalog
        #: State of the library when the feed was written last, and at the last check. Read here and not by the thread,
        #: which may begin only after the first change.
        self._written = self._seen = catalog.stamp()

    def look(self) -> None:
        """Write the feed again if the library has changed, and has been quiet since the last look."""
        now = self._catalog.stamp()
        if now == self._seen and now != self._written and (self._home.root / "feed.xml").is_file():
            with _alone(self._home) as is_ours:
                if is_ours:
                    # Of before: what changes meanwhile is written by the next run, which our own pages cause as well.
                    self._written = now
                    renew(self._home.location)
        self._seen = now
        # Ten thousand manifests take a while to read, and not while somebody waits for a page.
        with suppress(AudiogenError, OSError):
            self._catalog.contents()


def _alone(home: Library) -> AbstractContextManager[bool]:
    """Take the lock of a bucket's feed; return False if another machine has it."""
    return home.storage.lock(_LOCK, wait=False) if home.storage.is_remote else nullcontext(True)


def renew(library: Path | str) -> None:
    """Write feed and pages of the library; errors are logged."""
    command = [sys.executable, "-m", "audiogen", "feed", str(library)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        _LOG.warning("The feed on disk was not written (%s).", error)
        return
    if done.returncode:
        _LOG.warning("The feed on disk was not written whole: %s", " ".join(done.stderr.split())[-500:])
