"""Time to listen: episodes that fit into it, as a playlist and as a feed of their own."""

from __future__ import annotations

import json
import random
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audiogen.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from audiogen.podcast.entries import Entry
    from audiogen.settings import Settings

#: Where the playlist and the feed are, in the library.
PLAYLIST, FEED = "queue.m3u8", "feeds/queue.xml"
#: Namespace of `podcast:guid`, by its specification.
_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An episode that could be listened to."""

    entry: Entry
    #: When it was saved, ISO 8601; where nobody said, when its first audio was made.
    saved: str
    #: Whether it was read already, where a service said so.
    read: bool


#: Orders by name: a key, and whether the largest comes first. The slug settles ties, not the order of files.
ORDERS: dict[str, tuple[Callable[[Candidate], tuple[Any, str]], bool]] = {
    "newest": (lambda one: (one.entry.when().timestamp(), one.entry.slug), True),
    "oldest": (lambda one: (one.entry.when().timestamp(), one.entry.slug), False),
    "saved": (lambda one: (one.saved, one.entry.slug), False),
    "shortest": (lambda one: (one.entry.duration, one.entry.slug), False),
    "longest": (lambda one: (one.entry.duration, one.entry.slug), True),
}
SHUFFLE = "shuffle"


def candidates(root: Path, *, tags: Iterable[str] = (), read: bool = False) -> list[Candidate]:
    """Give the library's episodes that carry one of *tags* (or all), without those that were read unless *read*."""
    from audiogen.podcast.entries import read_index

    wanted = {tag.casefold() for tag in tags}
    library = Library(root)
    found = []
    for entry in read_index(root).entries:
        if wanted and wanted.isdisjoint(tag.casefold() for tag in entry.tags):
            continue
        saved = (library.manifest(entry.slug) or {}).get("saved") or {}
        if read or not saved.get("read"):
            found.append(Candidate(entry, saved.get("at") or entry.added, bool(saved.get("read"))))
    return found


def pick(found: Sequence[Candidate], minutes: float | None, order: str, seed: int | None = None) -> list[Entry]:
    """Choose in *order* what fits into *minutes*; what is too long for the time that is left is passed over."""
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
    return picked


def playlist(entries: Iterable[Entry]) -> str:
    """Write an extended M3U in UTF-8, with addresses relative to the library (RFC 8216 has the tags).

    Titles are in one line: a line break would be read as a file's name.
    """
    lines = ["#EXTM3U"]
    for entry in entries:
        who = entry.site or ", ".join(entry.authors)
        title = " ".join(f"{who} - {entry.title}".split() if who else entry.title.split())
        lines += [f"#EXTINF:{round(entry.duration)},{title}", f"episodes/{entry.sound.file}"]
    return "\n".join(lines) + "\n"


def feed(root: Path, entries: Sequence[Entry], settings: Settings) -> bytes:
    """Write a feed of just these episodes, in their order.

    Raises:
        SettingsError: the show lacks what a feed needs.
    """
    from audiogen.podcast.cover import cover_files
    from audiogen.podcast.feed import build_feed, build_item
    from audiogen.podcast.paging import Page
    from audiogen.podcast.show import channel_of

    channel_of(settings.show, cover="")
    cover, _ = cover_files(root, settings.show)
    channel = channel_of(settings.show, cover=cover, dates=settings.feed.dates)
    address = channel.address(FEED)
    guid = str(uuid.uuid5(_NAMESPACE, address.partition("://")[2]))
    items = {entry.slug: build_item(channel, entry) for entry in entries}
    return build_feed(channel, Page(FEED, entries, {"self": FEED}), items, label="queue", guid=guid)


def told(entries: Iterable[Entry]) -> str:
    """Give the queue as JSON."""
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
