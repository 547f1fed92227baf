"""The queue: picked episodes as a playlist and as a feed. The playlist in the library stores the queue."""

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

#: Paths of the playlist and the feed in the library.
PLAYLIST, FEED = "queue.m3u8", "feeds/queue.xml"
_FOLDER = "episodes/"


def playlist(entries: Iterable[Entry], library: str = "") -> str:
    """Return an extended M3U in UTF-8 (RFC 8216); *library* is the path from it to the library, if any.

    Titles are in one line, because a line break would begin a file name.
    """
    lines = ["#EXTM3U"]
    for entry in entries:
        who = entry.site or ", ".join(entry.authors)
        title = " ".join(f"{who} - {entry.title}".split() if who else entry.title.split())
        lines += [f"#EXTINF:{round(entry.duration)},{title}", f"{library}{_FOLDER}{entry.sound.file}"]
    return "\n".join(lines) + "\n"


def queued(root: Path, entries: Iterable[Entry]) -> list[Entry] | None:
    """Return those of *entries* that the library's playlist names, in its order; None if there is no playlist.

    Episodes are recognised by their slugs, because a new revision has a new file. Played ones are omitted.
    """
    try:
        text = read_file(root / PLAYLIST).decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    heard = read_state(root, LISTENED).keys()
    known = {entry.slug: entry for entry in entries if entry.slug not in heard}
    return [known[slug] for slug in dict.fromkeys(_slugs(text)) if slug in known]


def _slugs(text: str) -> Iterator[str]:
    """Yield the slugs in a playlist."""
    for line in text.splitlines():
        if line.startswith(_FOLDER):
            yield line.removeprefix(_FOLDER).partition(".")[0]


def queue_feed(channel: Channel, entries: Sequence[Entry]) -> bytes:
    """Return a feed of these episodes, in their order."""
    items = {entry.slug: build_item(channel, entry) for entry in entries}
    guid = show_guid(channel.address(FEED))
    return build_feed(channel, FeedPage(FEED, entries, {"self": FEED}), items, label="queue", guid=guid)
