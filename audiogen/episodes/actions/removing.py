"""Removes episodes: their files are moved to `removed/`, and they are recorded, so that they are not made again."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from audiogen.episodes.actions.rows import find, open_episode
from audiogen.episodes.identity import keys_of_manifest
from audiogen.episodes.library import open_library
from audiogen.episodes.manifest import added_of
from audiogen.episodes.shape import sound_of
from audiogen.episodes.state import LISTENED, POSITIONS, QUEUE, REMOVED, now
from audiogen.errors import NoEpisodeError

if TYPE_CHECKING:
    from audiogen.episodes.actions.rows import Where
    from audiogen.episodes.library import Library


def remove(library: Where, slug: str, *, by: str = "") -> dict[str, Any]:
    """Remove an episode; return its manifest.

    Its files are moved to `removed/`, where you can delete them to free the space. The library remembers enough for
    batches, `watch` and the server to recognise its article from any source, and to skip it.

    Raises:
        NoEpisodeError: there is no such episode.
        LibraryError: the library cannot be written.
    """
    home, manifest = open_episode(library, slug)
    guid = str(manifest.get("guid") or "")
    with home.hold(guid):
        manifest = find(home, slug)
        # Recorded first: if this is interrupted, the next run finishes it.
        with home.changing(REMOVED) as removed:
            removed[slug] = _remembered(manifest, by)
        home.set_aside(slug)
    for kind in (QUEUE, POSITIONS):
        _forget(home, kind, slug)
    home.log("removed", slug, by, title=_article_field(manifest, "title"))
    return manifest


def remove_listened(library: Where, days: int, *, by: str = "") -> list[str]:
    """Remove the episodes that were listened to at least so many days ago; return their slugs.

    A restored episode returns to the queue. An episode whose time of listening cannot be read stays.

    Raises:
        LibraryError: the library cannot be written.
    """
    home, gone = open_library(library), []
    before = datetime.now(UTC) - timedelta(days=days)
    for slug, entry in home.state(LISTENED).items():
        if not _is_before(entry, before):
            continue
        with suppress(NoEpisodeError):
            remove(home, slug, by=by)
            gone.append(slug)
        _forget(home, LISTENED, slug)
    return gone


def _is_before(entry: object, moment: datetime) -> bool:
    at_text = entry.get("at") if isinstance(entry, dict) else None
    try:
        at = datetime.fromisoformat(at_text) if isinstance(at_text, str) else None
    except ValueError:
        return False
    return at is not None and at.replace(tzinfo=at.tzinfo or UTC) <= moment


def restore(library: Where, slug: str, *, by: str = "") -> dict[str, Any]:
    """Restore a removed episode; return its manifest.

    Raises:
        NoEpisodeError: no episode of that name was removed.
        LibraryError: its files are gone, or the library cannot be written.
    """
    home = open_library(library)
    entry = home.state(REMOVED).get(slug)
    if not isinstance(entry, dict):
        raise NoEpisodeError(slug, f"No episode called {slug!r} was removed from {home.location}.")
    with home.hold(str(entry.get("guid") or slug)):
        home.bring_back(slug)
        _forget(home, REMOVED, slug)
    _forget(home, LISTENED, slug)
    home.log("restored", slug, by)
    return find(home, slug)


def forget(library: Where, slug: str, *, by: str = "") -> None:
    """Forget a removed episode: the next batch that finds its article makes it again.

    Its files stay in `removed/`.

    Raises:
        NoEpisodeError: no episode of that name was removed.
    """
    home = open_library(library)
    if slug not in home.state(REMOVED):
        raise NoEpisodeError(slug, f"No episode called {slug!r} was removed from {home.location}.")
    _forget(home, REMOVED, slug)
    home.log("forgotten", slug, by)


def _remembered(manifest: dict[str, Any], by: str) -> dict[str, Any]:
    """Return the entry of a removed episode: what identifies it, and who removed it when."""
    audio = manifest.get("audio")
    return {
        "guid": str(manifest.get("guid") or ""),
        "title": _article_field(manifest, "title"),
        "site": _article_field(manifest, "site"),
        "day": (_article_field(manifest, "published") or added_of(manifest))[:10],
        "added": added_of(manifest),
        "seconds": audio.get("duration") if isinstance(audio, dict) else None,
        "sound": sound_of(manifest),
        "keys": sorted(keys_of_manifest(manifest).values()),
        "at": now(),
        "by": by,
    }


def _article_field(manifest: dict[str, Any], key: str) -> str:
    article = manifest.get("article")
    return str(article.get(key) or "") if isinstance(article, dict) else ""


def _forget(home: Library, kind: str, slug: str) -> None:
    with home.changing(kind) as entries:
        entries.pop(slug, None)
