"""The queue: episodes that were picked, as a playlist and as a feed. The library's playlist is what remembers them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.episodes.state import LISTENED, read_state
from audiogen.podcast.feed import build_feed, build_item
from audiogen.podcast.paging import FeedPage
from audiogen.podcast.show import show_guid
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from audiogen.podcast.entries import Entry
    from audiogen.podcast.show import Channel

#: Where the playlist and the feed are, in the library.
PLAYLIST, FEED = "queue.m3u8", "feeds/queue.xml"
_FOLDER = "episodes/"


def playlist(entries: Iterable[Entry], library: str = "") -> str:
    """Write an extended M3U in UTF-8 (RFC 8216 has the tags); *library* is the way from it to the library, if any.

    Titles are in one line: a line break would be read as a file's name.
    """
    lines = ["#EXTM3U"]
    for entry in entries:
        who = entry.site or ", ".join(entry.authors)
        title = " ".join(f"{who} - {entry.title}".split() if who else entry.title.split())
        lines += [f"#EXTINF:{round(entry.duration)},{title}", f"{library}{_FOLDER}{entry.sound.file}"]
    return "\n".join(lines) + "\n"


def queued(root: Path, entries: Iterable[Entry]) -> list[Entry] | None:
    """Return those of *entries* that the library's playlist names, in its order; None if there is no playlist.

    An episode that was spoken anew has a new file: it is known by its slug. One that was listened to since leaves it.
    """
    try:
        text = read_file(root / PLAYLIST).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    heard = read_state(root, LISTENED).keys()
    known = {entry.slug: entry for entry in entries if entry.slug not in heard}
    return [known[slug] for slug in dict.fromkeys(_slugs(text)) if slug in known]


def _slugs(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if line.startswith(_FOLDER):
            yield line.removeprefix(_FOLDER).partition(".")[0]


def queue_feed(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Write a feed of just these episodes, in their order."""
    items = {entry.slug: build_item(channel, entry) for entry in entries}
    guid = show_guid(channel.address(FEED))
    return build_feed(channel, FeedPage(FEED, entries, {"self": FEED}), items, label="queue", guid=guid)
