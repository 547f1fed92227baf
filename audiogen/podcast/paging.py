"""Determines the feeds of a library, and divides long ones into pages (RFC 5005).

The first page of a feed is the one that apps subscribe to, with the newest episodes. Older ones are on archive pages,
numbered from the oldest, so that a new episode changes only the first page. When the first page has grown to the size
of two, an archive is split off.
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

#: The feed of all episodes.
MAIN = "feed.xml"


@dataclass(frozen=True, slots=True)
class Selection:
    """A feed and its episodes, newest first."""

    #: Path of its first page, relative to the library.
    path: str
    #: Its label in titles; empty for the main feed.
    label: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of a feed."""

    path: str
    entries: Sequence[Entry]
    #: Paths of other pages by link relation; "next" and "prev-archive" lead to older episodes.
    links: dict[str, str]
    #: Whether it is an archive: its episodes are not the newest.
    archive: bool = False


def selections(entries: Sequence[Entry], feed: Feed) -> Iterator[Selection]:
    """Yield the feeds of *entries* (newest first) that the settings request."""
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
    """Yield a selection of entries for each name that *names_of* returns, sorted by `_key`.

    Names with the same key share one, labelled with the first; its feed is "feeds/KIND-KEY.xml".
    """
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
    """Return a name as a part of a file name.

    >>> _key("Zürich & région")
    'zurich-region'
    """
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")[:60].strip("-") or "other"


def pages(path: str, entries: Sequence[Entry], size: int) -> list[FeedPage]:
    """Return the pages of a feed: the first page, then the archives, newest first; *size* 0 means a single page."""
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
    """Return the path of an archive of a feed."""
    whole = PurePosixPath(path)
    return str(whole.with_name(f"{whole.stem}-archive-{number}.xml"))


def _links(names: Sequence[str], index: int) -> dict[str, str]:
    """Return the links of a page: as pages (first, last, next, prev) and as archives (prev-archive…)."""
    links = {"self": names[index], "first": names[0], "last": names[-1]}
    if index + 1 < len(names):
        links |= {"next": names[index + 1], "prev-archive": names[index + 1]}
    if index > 0:
        links |= {"prev": names[index - 1], "current": names[0]}
    if index > 1:
        links["next-archive"] = names[index - 1]
    return links
