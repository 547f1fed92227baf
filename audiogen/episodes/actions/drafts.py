"""Drafts: episodes that nothing shows until somebody publishes them (`show.drafts`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.episodes.actions.rows import open_episode
from audiogen.episodes.state import DRAFTS, now

if TYPE_CHECKING:
    from audiogen.episodes.actions.rows import Where


def publish(library: Where, slug: str, *, by: str = "") -> bool:
    """Publish a draft: the next feed and pages have it. Tell whether it was one.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home, _ = open_episode(library, slug)
    with home.changing(DRAFTS) as drafts:
        was_draft = drafts.pop(slug, None) is not None
    if was_draft:
        home.log("published", slug, by)
    return was_draft


def withdraw(library: Where, slug: str, *, by: str = "") -> None:
    """Make an episode a draft again: it leaves feeds, pages and playlists, and keeps its GUID and its files.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home, _ = open_episode(library, slug)
    with home.changing(DRAFTS) as drafts:
        drafts.setdefault(slug, {"at": now(), "by": by})
    home.log("withdrawn", slug, by)
