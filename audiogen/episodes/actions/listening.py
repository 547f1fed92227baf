"""What is to be listened to, in which order, up to where it was heard, and what was listened to."""

from __future__ import annotations

import math
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
    """Mark an episode as listened to: it leaves the queue and its feed, and its place of playback is forgotten.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home, _ = open_episode(library, slug)
    with home.changing(LISTENED) as entries:
        entries.setdefault(slug, {"at": now(), "by": by})
    with home.changing(POSITIONS) as entries:
        entries.pop(slug, None)


def unlistened(library: Where, slug: str, *, by: str = "") -> None:
    """Take the mark back: the episode is in the queue again, where it was.

    Raises:
        NoEpisodeError: there is no such episode.
    """
    home, _ = open_episode(library, slug)
    with home.changing(LISTENED) as entries:
        entries.pop(slug, None)


def place_at(library: Where, slug: str, seconds: float) -> None:
    """Remember up to where an episode was played.

    Raises:
        NoEpisodeError: there is no such episode.
        ValueError: the seconds are negative, or no number.
    """
    if not (math.isfinite(seconds) and seconds >= 0):
        raise ValueError(f"{seconds} is no place in an episode")
    home, _ = open_episode(library, slug)
    with home.changing(POSITIONS) as entries:
        entries[slug] = {"seconds": round(seconds, 1), "at": now()}


def played_until(library: Where, slug: str) -> float:
    """Tell up to where an episode was played, in seconds; 0 where it was not."""
    return seconds_of(open_library(library).state(POSITIONS).get(slug))


def positions(library: Where) -> dict[str, float]:
    """Tell up to where episodes were played, in seconds by slug."""
    return {slug: seconds_of(entry) for slug, entry in open_library(library).state(POSITIONS).items()}


def to_listen(library: Where, entries: Iterable[Entry] | None = None) -> list[Entry]:
    """Return what is to be listened to, in the order of the queue: first what was moved, then what has waited longest.

    *entries* are the library's published ones, where they were read already.
    """
    from audiogen.podcast.entries import read_index
    from audiogen.queue import candidate, pick

    home = open_library(library)
    if entries is None:
        try:
            with home.storage.at_hand() as folder:
                entries = read_index(folder).entries
        except FeedError:
            return []
    heard, places = home.state(LISTENED), home.state(QUEUE)
    found = [candidate(entry, heard, places) for entry in entries]
    return pick([one for one in found if not one.read], None, "queue")


def order_in_queue(entry: Entry, states: Mapping[str, State]) -> tuple[Any, ...] | None:
    """Return what the queue is ordered by, of a published episode; None where it is not in the queue.

    *states* has the state files of what was listened to and of the queue.
    """
    from audiogen.queue import ORDERS, candidate

    one = candidate(entry, states[LISTENED], states[QUEUE])
    return None if one.read else ORDERS["queue"][0](one)


def move(library: Where, slug: str, place: int, *, by: str = "", entries: Iterable[Entry] | None = None) -> list[str]:
    """Give an episode a place in the queue, from 0; beyond the end is the end. Give the slugs in their new order.

    *entries* are the library's published ones, where they were read already.

    Raises:
        NoEpisodeError: there is no such episode in the queue.
        ValueError: the place is negative.
    """
    if place < 0:
        raise ValueError(f"{place} is no place in a queue")
    home, _ = open_episode(library, slug)
    with home.changing(QUEUE) as places:
        order = [entry.slug for entry in to_listen(home, entries) if entry.slug != slug]
        order.insert(place, slug)
        keep_order(places, order)
    return order


def reorder(library: Where, order: Sequence[str]) -> None:
    """Give the queue this order; what it does not name comes after."""
    with open_library(library).changing(QUEUE) as places:
        keep_order(places, order)


def keep_order(places: dict[str, object], order: Sequence[str]) -> None:
    """Note an order of the queue in its state file."""
    places.clear()
    places |= {slug: index for index, slug in enumerate(dict.fromkeys(order))}
