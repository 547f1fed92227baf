"""Which feeds a library gives, and how a long one is cut in pages (RFC 5005).

The first page of a feed is the one that apps subscribe to and holds the newest episodes. Older ones are in archive
pages that are counted from the oldest, so that a new episode changes the first page alone; now and then, when the
first has grown to two pages, one more archive is split off it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from audiogen.podcast.phrases import language_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from audiogen.podcast.entries import Entry
    from audiogen.settings import Feed

#: The feed of everything.
MAIN = "feed.xml"


@dataclass(frozen=True, slots=True)
class Selection:
    """A feed: what it is called and what is in it, newest first."""

    #: Path of its first page, relative to the library.
    path: str
    #: What sets it apart from the main feed; empty for that.
    label: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of a feed."""

    path: str
    entries: Sequence[Entry]
    #: Paths of other pages by their relation: "next" and "prev-archive" lead to older episodes.
    links: dict[str, str]
    #: Whether it is an archive: its episodes are not the newest.
    archive: bool = False


def selections(entries: Sequence[Entry], feed: Feed) -> Iterator[Selection]:
    """Yield the feeds of *entries* (newest first) that the settings ask for."""
    yield Selection(MAIN, "", entries)
    if feed.latest:
        yield Selection("feeds/latest.xml", "", entries[: feed.latest])
    if feed.sites:
        yield from _by("site", entries, lambda entry: (entry.site,) if entry.site else ())
    if feed.languages:
        for group in _by("language", entries, lambda entry: (entry.language,)):
            yield replace(group, label=language_name(group.label))
    if feed.tags:
        yield from _by("tag", entries, lambda entry: entry.tags)


def _by(kind: str, entries: Iterable[Entry], names_of: Callable[[Entry], Iterable[str]]) -> Iterator[Selection]:
    """Yield a selection of entries for each name that *names_of* returns."""
    groups: dict[str, list[Entry]] = {}
    labels: dict[str, str] = {}
    for entry in entries:
        for name in dict.fromkeys(names_of(entry)):
            key = _key(name)
            labels.setdefault(key, name)
            groups.setdefault(key, []).append(entry)
    for key in sorted(groups):
        unique = list({entry.slug: entry for entry in groups[key]}.values())
        yield Selection(f"feeds/{kind}-{key}.xml", labels[key], unique)


def _key(name: str) -> str:
    """Make a part of a file name.

    >>> _key("Zürich & région")
    'zurich-region'
    """
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:60].strip("-") or "other"


def pages(path: str, entries: Sequence[Entry], size: int) -> list[FeedPage]:
    """Cut a feed into its first page and archives, newest first; *size* 0 keeps it whole."""
    archives = max(0, len(entries) // size - 1) if size else 0
    if not archives:
        return [FeedPage(path, entries, {"self": path})]
    newest = len(entries) - archives * size
    cuts = [entries[:newest], *(entries[start : start + size] for start in range(newest, len(entries), size))]
    names = [path, *(_archive(path, number) for number in range(archives, 0, -1))]
    return [
        FeedPage(name, cut, _links(names, index), archive=index > 0)
        for index, (name, cut) in enumerate(zip(names, cuts, strict=True))
    ]


def _archive(path: str, number: int) -> str:
    whole = PurePosixPath(path)
    return str(whole.with_name(f"{whole.stem}-archive-{number}.xml"))


def _links(names: Sequence[str], index: int) -> dict[str, str]:
    """Relate a page to the others: as pages (first, last, next, prev) and as archives, for apps that know either."""
    links = {"self": names[index], "first": names[0], "last": names[-1]}
    if index + 1 < len(names):
        links |= {"next": names[index + 1], "prev-archive": names[index + 1]}
    if index > 0:
        links |= {"prev": names[index - 1], "current": names[0]}
    if index > 1:
        links["next-archive"] = names[index - 1]
    return links
