"""The rows of a list of episodes, with the state of each."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from audiogen.episodes.library import Library, open_library
from audiogen.episodes.shape import is_bare
from audiogen.episodes.state import DRAFTS, LISTENED, POSITIONS, REMOVED
from audiogen.errors import FeedError, NoEpisodeError

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from audiogen.episodes.state import State
    from audiogen.podcast.entries import Broken, Entry, Index

    Where = Library | str | os.PathLike[str]

#: States of an episode, in order of precedence. "broken": its manifest or sound cannot be read.
STATES = ("removed", "broken", "draft", "listened", "to listen")

#: State files that are shown in a row.
STATE_FILES = (REMOVED, LISTENED, POSITIONS, DRAFTS)


@dataclass(frozen=True, slots=True)
class Row:
    """An episode in the list of a library."""

    slug: str
    guid: str
    title: str
    #: The article's date as YYYY-MM-DD; without one, the date when the episode was added.
    day: str
    #: When the episode was first made, ISO 8601.
    added: str
    #: Length in seconds.
    seconds: float
    #: The outlet's name.
    site: str
    #: One of `STATES`.
    state: str
    #: Its playback position, in seconds.
    position: float = 0.0
    #: Why it is broken; or when and by whom it was removed.
    note: str = ""


def listing(library: Where, *, removed: bool = True, index: Index | None = None) -> list[Row]:
    """Return the rows of the episodes, the last added first; with the removed ones unless *removed* is false.

    *index* is the library's, drafts included, if it has been read.
    """
    home = open_library(library)
    states = {kind: home.state(kind) for kind in STATE_FILES}
    found = _found(home, index)
    slugs = found.keys() | states[REMOVED].keys() if removed else found.keys() - states[REMOVED].keys()
    rows = filter(None, (row_of(slug, found.get(slug), states) for slug in slugs))
    return sorted(rows, key=added_last, reverse=True)


def added_last(row: Row) -> tuple[str, str]:
    """Return the sort key of rows."""
    return row.added, row.slug


def _found(home: Library, index: Index | None) -> dict[str, Entry | Broken]:
    """Return the index's entries of the episodes whose files exist, by slug."""
    from audiogen.podcast.entries import read_index

    if index is None:
        try:
            with home.storage.local_folder() as folder:
                index = read_index(folder, drafts=True)
        except FeedError:
            return {}
    return index.by_slug()


def row_of(slug: str, found: Entry | Broken | None, states: Mapping[str, State]) -> Row | None:
    """Return the row of an episode from its manifest, if any, and its state.

    *states* has the state files named in `STATE_FILES`. None if there is neither a manifest nor a state.
    """
    from audiogen.podcast.entries import Broken

    if slug in states[REMOVED]:
        entry = states[REMOVED][slug]
        return _removed(slug, entry) if isinstance(entry, dict) else None
    if isinstance(found, Broken):
        return Row(slug, "", slug, "", "", 0.0, "", "broken", note=found.reason)
    return _row(found, states) if found is not None else None


def _row(entry: Entry, states: Mapping[str, State]) -> Row:
    """Return the row of an episode."""
    return Row(
        slug=entry.slug,
        guid=entry.guid,
        title=entry.title,
        day=(entry.published or entry.added)[:10],
        added=entry.added,
        seconds=entry.duration,
        site=entry.site,
        state=_state(entry.slug, states),
        position=seconds_of(states[POSITIONS].get(entry.slug)),
    )


def _state(slug: str, states: Mapping[str, State]) -> str:
    if slug in states[DRAFTS]:
        return "draft"
    return "listened" if slug in states[LISTENED] else "to listen"


def _removed(slug: str, entry: dict[str, Any]) -> Row:
    """Return the row of a removed episode."""
    texts = {key: str(entry.get(key) or "") for key in ("guid", "title", "day", "added", "site", "at", "by")}
    by = f" by {texts['by']}" if texts["by"] else ""
    return Row(
        slug=slug,
        guid=texts["guid"],
        title=texts["title"] or slug,
        day=texts["day"],
        added=texts["added"],
        seconds=seconds_of(entry),
        site=texts["site"],
        state="removed",
        note=f"removed {texts['at'][:10]}{by}",
    )


def seconds_of(entry: object) -> float:
    """Return the seconds in an entry of a state file; 0 if it has none."""
    seconds = entry.get("seconds") if isinstance(entry, dict) else None
    good = isinstance(seconds, int | float) and not isinstance(seconds, bool) and 0 <= seconds < 1e9
    return float(seconds) if good and seconds is not None else 0.0


def find(library: Where, slug: str) -> dict[str, Any]:
    """Return the manifest of the episode *slug*.

    Raises:
        NoEpisodeError: there is none; near names are offered.
        LibraryError: its manifest cannot be read.
    """
    return open_episode(library, slug)[1]


def open_episode(library: Where, slug: str) -> tuple[Library, dict[str, Any]]:
    """Open the library, and return it with the manifest of the episode *slug*.

    Raises:
        NoEpisodeError: there is none; near names are offered.
        LibraryError: its manifest cannot be read.
    """
    home = open_library(library)
    manifest = home.manifest(slug) if is_bare(slug) else None
    if manifest is None or slug in home.state(REMOVED):
        raise NoEpisodeError(slug, _unknown(home, slug))
    return home, manifest


def _unknown(home: Library, slug: str) -> str:
    if slug in home.state(REMOVED):
        return f"{slug} was removed; `audiogen remove --restore {home.location} {slug}` brings it back."
    names = [str(manifest.get("slug")) for manifest in home.manifests(skip_broken=True)]
    near = get_close_matches(slug, names, 1, 0.5)
    hint = f"Did you mean {near[0]}?" if near else f"`audiogen list {home.location}` names those there are."
    return f"There is no episode called {slug!r} in {home.location}. {hint}"
