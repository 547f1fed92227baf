"""Drafts: episodes that are in no feed or page until a user publishes them (`show.drafts`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.episodes.actions.rows import open_episode
from audiogen.episodes.state import DRAFTS, now

if TYPE_CHECKING:
    from audiogen.episodes.actions.rows import Where


def publish(library: Where, slug: str, *, by: str = "") -> bool:
    """Publish a draft: the next feed and pages have it. Return whether the episode was a draft.

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
    """Make a published episode a draft. Return whether it was published.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home, _ = open_episode(library, slug)
    with home.changing(DRAFTS) as drafts:
        drafts.setdefault(slug, {"at": now(), "by": by})
    home.log("withdrawn", slug, by)
