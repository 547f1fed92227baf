"""All published files of a library by path: feeds, lists, episode pages and assets. Nothing is written here.

The publisher writes them beside the episodes; the server makes them when they are requested.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.podcast.entries import Broken, Entry, read_index
from audiogen.podcast.feed import build_feed, build_item
from audiogen.podcast.pages import Masthead, embed_page, episode_page, list_pages, oembed, search_index, shared_files
from audiogen.podcast.paging import pages, selections
from audiogen.podcast.qr import qr_svg
from audiogen.podcast.show import show_guid
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from audiogen.podcast.entries import Index
    from audiogen.podcast.paging import FeedPage, Selection
    from audiogen.podcast.show import Channel
    from audiogen.settings import Feed

#: Path of the QR code of the feed's address.
QR = "assets/feed-qr.svg"


@dataclass(slots=True)
class Site:
    """The published files of a library."""

    root: Path
    channel: Channel
    feed: Feed
    index: Index
    #: Known `podcast:guid`s by the feed's path; new ones are added.
    guids: dict[str, str] = field(default_factory=dict)
    #: Items of the feed by slug, each with the digest of its sources; new ones are added.
    items: dict[str, list[str]] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    broken: tuple[Broken, ...] = ()
    #: Whether players report plays to the server of the page.
    counts_plays: bool = False
    _masthead: Masthead | None = None

    def __post_init__(self) -> None:
        """Sort the episodes, newest first; of those with the same GUID, which apps treat as one, keep one."""
        dates = self.channel.dates
        order = sorted(self.index.entries, key=lambda entry: (entry.when(dates), entry.added, entry.slug))
        seen: dict[str, Entry] = {}
        near_duplicates = []
        for entry in reversed(order):
            first = seen.setdefault(entry.guid, entry)
            if first is not entry:
                near_duplicates.append(Broken(entry.slug, f"it has the GUID of {first.slug}"))
        self.entries = tuple(seen.values())
        self.broken = (*self.index.broken, *near_duplicates)

    @property
    def masthead(self) -> Masthead:
        """The facts of the show that every page needs."""
        if self._masthead is None:
            feeds = tuple((feed.label, feed.path) for feed in self.selections() if feed.label)
            self._masthead = Masthead(self.channel, feeds, QR, self.counts_plays)
        return self._masthead

    def selections(self) -> Iterator[Selection]:
        """Yield the feeds, the main one first."""
        return selections(self.entries, self.feed)

    def addresses(self) -> tuple[str, ...]:
        """Return the feeds' addresses, the main one first."""
        return tuple(self.channel.address(selection.path) for selection in self.selections())

    def digest(self) -> str:
        """Return the digest of the common sources of all episode pages: the show, the shared files, the version."""
        return _digest((self.channel, shared_files().digest, __version__))

    def feeds(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Yield all pages of all feeds: path, and a function that returns the page."""
        for selection in self.selections():
            guid = self.guids.setdefault(selection.path, show_guid(self.channel.address(selection.path)))
            for page in pages(selection.path, selection.entries, self.feed.page_size):
                yield page.path, partial(self._feed, page, selection.label, guid)

    def _feed(self, page: FeedPage, label: str, guid: str) -> bytes:
        """Return a page of a feed."""
        return build_feed(self.channel, page, self._items(page.entries), label=label, guid=guid)

    def _items(self, entries: Iterable[Entry]) -> Mapping[str, str]:
        """Return the feed items of entries, from the notes if they are up to date."""
        base = _digest((self.channel, __version__))
        made = {}
        for entry in entries:
            mark = f"{base}{self.index.marks[entry.slug]}"
            kept = self.items.get(entry.slug)
            if kept is None or kept[0] != mark:
                kept = self.items[entry.slug] = [mark, build_item(self.channel, entry)]
            made[entry.slug] = kept[1]
        return made

    def lists(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """Yield the pages of the list of episodes: path, a digest that changes with the page, and its writer."""
        masthead, base = self.masthead, self.digest()
        total = len(self.entries)
        for path, part, write in list_pages(masthead, self.entries):
            states = [self.index.marks[entry.slug] for entry in self.entries[part]]
            yield path, _digest((base, masthead.feeds, part, total, states)), write

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that pages load: the search index, and those that all pages share."""
        yield "assets/episodes.js", search_index(self.entries)
        yield QR, qr_svg(self.channel.address("feed.xml"))
        yield from shared_files().files.items()

    def episode(self, entry: Entry, manifest: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
        """Yield the pages of an episode."""
        yield f"episodes/{entry.slug}.html", episode_page(self.masthead, entry, manifest)
        yield f"episodes/{entry.slug}.embed.html", embed_page(self.masthead, entry)
        yield f"oembed/{entry.slug}.json", oembed(self.channel, entry)

    def manifest(self, entry: Entry) -> dict[str, Any]:
        """Return an episode's manifest."""
        path = self.root / "episodes" / f"{entry.slug}.json"
        manifest: dict[str, Any] = json.loads(read_file(path))
        return manifest


def open_site(
    root: Path,
    channel: Channel,
    feed: Feed,
    guids: dict[str, str],
    items: dict[str, list[str]],
    index: Index | None = None,
) -> Site:
    """Return the site of the library at *root*; *index* is read if it is None."""
    return Site(root, channel, feed, read_index(root) if index is None else index, guids, items)


def _digest(value: object) -> str:
    """Return a short digest of a value's `repr`."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]
