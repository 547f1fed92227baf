"""Chooses episodes to listen to: those that fit into a given time."""

from __future__ import annotations

import json
import math
import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from audiogen.episodes.state import LISTENED, QUEUE, read_state

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence
    from pathlib import Path

    from audiogen.podcast.entries import Entry


@dataclass(frozen=True, slots=True)
class Candidate:
    """An episode that may be chosen."""

    entry: Entry
    #: When its article was saved, ISO 8601; if unknown, when its first audio was made.
    saved: str
    #: Whether the article was read, according to a read-later service, or the episode was listened to.
    read: bool
    #: Its index in the queue, if a user moved it; else infinity.
    position: float = math.inf


#: Orders by name: a sort key, and whether the largest comes first. Equal episodes are sorted by slug.
ORDERS: dict[str, tuple[Callable[[Candidate], tuple[Any, ...]], bool]] = {
    "queue": (lambda one: (one.position, one.saved, one.entry.slug), False),
    "newest": (lambda one: (one.entry.when().timestamp(), one.entry.slug), True),
    "oldest": (lambda one: (one.entry.when().timestamp(), one.entry.slug), False),
    "saved": (lambda one: (one.saved, one.entry.slug), False),
    "shortest": (lambda one: (one.entry.duration, one.entry.slug), False),
    "longest": (lambda one: (one.entry.duration, one.entry.slug), True),
}
SHUFFLE = "shuffle"


def since(text: str, now: datetime) -> datetime:
    """Return the time that *text* means: "today", "yesterday", a number of days ("7d") or a date ("2026-11-30").

    A day begins at midnight in the time zone of *now*.

    Raises:
        ValueError: the text is none of these.

    >>> since("yesterday", datetime.fromisoformat("2026-11-30T20:15:00+01:00")).isoformat()
    '2026-11-29T00:00:00+01:00'
    """
    days = {"today": "0d", "yesterday": "1d"}.get(text, text)
    if days.endswith("d") and days[:-1].isdecimal() and len(days) < 6:
        day = now.date() - timedelta(days=int(days[:-1]))
    else:
        day = date.fromisoformat(text)
    return datetime.combine(day, time(), now.tzinfo)


def candidates(
    root: Path,
    *,
    tags: Iterable[str] = (),
    read: bool = False,
    added: datetime | None = None,
    entries: Iterable[Entry] | None = None,
) -> list[Candidate]:
    """Return the library's episodes with one of *tags* (all if there are none), without those that were read.

    With *read*, those are included. With *added*, only episodes that were added since then are. *entries* are the
    published episodes; they are read from the library if they are not given.
    """
    from audiogen.podcast.entries import read_index

    wanted = {tag.casefold() for tag in tags}
    listened, moved = read_state(root, LISTENED), read_state(root, QUEUE)
    found = []
    for entry in read_index(root).entries if entries is None else entries:
        if wanted and wanted.isdisjoint(tag.casefold() for tag in entry.tags):
            continue
        if added and entry.when("added") < added:
            continue
        one = make_candidate(entry, listened, moved)
        if read or not one.read:
            found.append(one)
    return found


def make_candidate(entry: Entry, listened: Container[str], positions: Mapping[str, Any]) -> Candidate:
    """Return an episode as a candidate.

    *listened* has the slugs of episodes that were listened to, *positions* the indexes of moved ones by slug.
    """
    position = positions.get(entry.slug)
    read = entry.read or entry.slug in listened
    return Candidate(entry, entry.saved or entry.added, read, position if isinstance(position, int) else math.inf)


def pick(
    found: Sequence[Candidate], minutes: float | None, order: str, seed: int | None = None, count: int | None = None
) -> list[Entry]:
    """Return at most *count* entries, in *order*, that fit into *minutes*; skip those too long for the rest.

    *seed* makes the order "shuffle" repeatable.
    """
    if order == SHUFFLE:
        ordered = sorted(found, key=lambda one: one.entry.slug)
        random.Random(seed).shuffle(ordered)
    else:
        key, reverse = ORDERS[order]
        ordered = sorted(found, key=key, reverse=reverse)
    left, picked = (minutes * 60 if minutes else float("inf")), []
    for one in ordered:
        if one.entry.duration <= left:
            left -= one.entry.duration
            picked.append(one.entry)
    return picked[:count]


def queue_json(entries: Iterable[Entry]) -> str:
    """Return the queue as JSON."""
    return json.dumps(
        [
            {
                "slug": entry.slug,
                "title": entry.title,
                "duration": entry.duration,
                "file": f"episodes/{entry.sound.file}",
            }
            for entry in entries
        ],
        ensure_ascii=False,
        indent=1,
    )
