"""Keeps the feed and pages on disk as the library is, where somebody publishes the folder on another host.

The server itself makes feed and pages as they are asked for. A library that has a `feed.xml` is copied somewhere, or
served by another program: there it is written again when the library has changed and been quiet for a moment. That is
the work of `audiogen feed`, done in a process of its own, so that listeners don't wait for it.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.server.catalog import Catalog

_LOG = logging.getLogger("audiogen.server.feed")
#: Seconds between two looks at whether the library has changed; it is quiet when it did not between two of them.
_RHYTHM = 5.0
#: Longest that writing may take, in seconds.
_LONGEST = 1800.0


class Renewer:
    """Looks at the library in a thread of its own."""

    def __init__(self, root: Path, catalog: Catalog, rhythm: float = _RHYTHM) -> None:
        """Take the library's folder, and what tells whether it has changed."""
        self._root, self._catalog, self._rhythm = root, catalog, rhythm
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audiogen-feed", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> None:
        """End; a feed that is being written is written to its end."""
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        written = seen = self._catalog.stamp()
        while not self._closed.wait(self._rhythm):
            now = self._catalog.stamp()
            if now == seen and now != written and (self._root / "feed.xml").is_file():
                renew(self._root)
                written = self._catalog.stamp()
            seen = now


def renew(root: Path) -> None:
    """Write feed and pages of the library; what is wrong is logged."""
    command = [sys.executable, "-m", "audiogen", "feed", str(root)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        _LOG.warning("The feed on disk was not written (%s).", error)
        return
    if done.returncode:
        _LOG.warning("The feed on disk was not written whole: %s", " ".join(done.stderr.split())[-500:])
