"""Publishes a library: feeds, transcripts, chapters and pages, all from manifests.

`publish` writes them beside the episodes, for any static host; `serve` serves them on the local network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from audiogen.podcast.publishing import Published
    from audiogen.settings import Settings


def publish(root: str | os.PathLike[str], settings: Settings, *, pages: bool = True, lasting: bool = True) -> Published:
    """Write the feeds of the library at *root* and, with *pages*, its pages; see `audiogen.podcast.publishing`."""
    from audiogen.podcast.publishing import publish as write

    return write(root, settings, pages=pages, lasting=lasting)
