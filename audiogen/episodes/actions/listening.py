"""The queue: the episodes that are still to be listened to, in order, and their playback positions."""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

from audiogen.episodes.actions.rows import open_episode, seconds_of
from audiogen.episodes.library import open_library
from audiogen.episodes.state import LISTENED, POSITIONS, QUEUE, now
from audiogen.errors import FeedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from audiogen.episodes.actions.rows import Where
    from audiogen.episodes.state import State
    from audiogen.podcast.entries import Entry


def listened(library: Where, slug: str, *, by: str = "") -> None:
    """Mark an episode as listened to: it leaves the queue and its feed, and its playback position is forgotten.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home, _ = open_episode(library, slug)
    with home.changing(LISTENED) as entries:
        entries.setdefault(slug, {"at": now(), "by": by})
    with home.changing(POSITIONS) as entries:
        entries.pop(slug, None)


def unlistened(library: Where, slug: str, *, by: str = "") -> None:
    """Undo `listened`: the episode is in the queue again, where it was.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home, _ = open_episode(library, slug)
    with home.changing(LISTENED) as entries:
        entries.pop(slug, None)


def set_position(library: Where, slug: str, seconds: float) -> None:
    """Save the playback position of an episode, in seconds from its start.

    Raises:
        NoEpisodeError: there is no such episode.
        ValueError: the seconds are negative, or no number.
    """
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ValueError(f"{seconds} is no position in an episode")
    home, _ = open_episode(library, slug)
    with home.changing(POSITIONS) as entries:
        entries[slug] = {"seconds": round(seconds, 1), "at": now()}


def played_until(library: Where, slug: str) -> float:
    """Return the playback position of an episode, in seconds; 0 if it was never played."""
    return seconds_of(open_library(library).state(POSITIONS).get(slug))


def positions(library: Where) -> dict[str, float]:
    """Return the playback positions of all episodes that were played: seconds by slug."""
    return {slug: seconds_of(entry) for slug, entry in open_library(library).state(POSITIONS).items()}


def to_listen(library: Where, entries: Iterable[Entry] | None = None) -> list[Entry]:
    """Return the queue: first the episodes that were moved, in their order, then the others, the oldest first.

    *entries* are the library's published episodes, if the caller has read them already.
    """
    from audiogen.podcast.entries import read_index
    from audiogen.queue import make_candidate, pick

    home = open_library(library)
    if entries is None:
        try:
            with home.storage.local_folder() as folder:
                entries = read_index(folder).entries
        except FeedError:
            return []
    heard, moved = home.state(LISTENED), home.state(QUEUE)
    found = [make_candidate(entry, heard, moved) for entry in entries]
    return pick([one for one in found if not one.read], None, "queue")


def order_in_queue(entry: Entry, states: Mapping[str, State]) -> tuple[Any, ...] | None:
    """Return the sort key of a published episode in the queue; None if it is not in the queue.

    *states* has the contents of the state files `LISTENED` and `QUEUE`.
    """
    from audiogen.queue import ORDERS, make_candidate

    one = make_candidate(entry, states[LISTENED], states[QUEUE])
    return None if one.read else ORDERS["queue"][0](one)


def move(
    library: Where,
    slug: str,
    index: int | None = None,
    *,
    by: str = "",
    entries: Iterable[Entry] | None = None,
    place: int | None = None,
) -> list[str]:
    """Move an episode to an *index* of the queue, from 0; return the slugs in their new order.

    An index beyond the end moves it to the end. *entries* are the library's published episodes, if the caller has read
    them already. *place* is the former name of *index*; deprecated.

    Raises:
        NoEpisodeError: there is no such episode in the queue.
        ValueError: the index is negative, or missing.
    """
    if place is not None:
        warnings.warn("`place` is called `index` now", DeprecationWarning, stacklevel=2)
        index = place if index is None else index
    if index is None or index < 0:
        raise ValueError(f"{index} is no index of a queue")
    home, _ = open_episode(library, slug)
    with home.changing(QUEUE) as moved:
        order = [entry.slug for entry in to_listen(home, entries) if entry.slug != slug]
        order.insert(index, slug)
        keep_order(moved, order)
    return order


def reorder(library: Where, order: Sequence[str]) -> None:
    """Put the queue in this order; episodes that *order* does not name come after."""
    with open_library(library).changing(QUEUE) as moved:
        keep_order(moved, order)


def keep_order(moved: dict[str, object], order: Sequence[str]) -> None:
    """Write the order of the queue into its state: the index of each slug."""
    moved.clear()
    moved |= {slug: index for index, slug in enumerate(dict.fromkeys(order))}
