"""Removes episodes that were listened to long ago, if the setting `show.remove_listened_after` says so."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from audiogen.episodes import remove_listened
from audiogen.episodes.library import open_library
from audiogen.errors import AudiogenError
from audiogen.server.periodic import PeriodicThread
from audiogen.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.episodes.library import Library

_LOG = logging.getLogger("audiogen.server.retention")
#: Interval in seconds at which the library is checked.
_INTERVAL = 3600.0


class RetentionThread(PeriodicThread):
    """Removes old episodes at once and then every hour, in a thread."""

    def __init__(self, home: Library, interval: float = _INTERVAL) -> None:
        """Create a thread for the library."""
        super().__init__("audiogen-retention", interval)
        self._home = home

    def look(self) -> None:
        """Remove the episodes that the setting allows to remove."""
        tidy(self._home)


def tidy(library: Path | Library) -> list[str]:
    """Remove the episodes that the current setting allows to remove, and return their slugs; errors are logged."""
    try:
        home = open_library(library)
        days = load_settings(home.root).show.remove_listened_after
        gone = remove_listened(home, days, by="audiogen") if days else []
    except (AudiogenError, OSError) as error:
        _LOG.warning("What was listened to was not removed (%s).", error)
        return []
    for slug in gone:
        _LOG.info("%s was removed: it was listened to %d days ago or earlier.", slug, days)
    return gone
