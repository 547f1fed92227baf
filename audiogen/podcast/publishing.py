"""Writes the published files of a library: only those that changed, each atomically, and removes obsolete ones."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.episodes.state import replace_file
from audiogen.episodes.storage.local import check_links
from audiogen.errors import LibraryError
from audiogen.podcast.cover import cover_files
from audiogen.podcast.entries import dump_index, index_path
from audiogen.podcast.paging import MAIN
from audiogen.podcast.show import channel_of
from audiogen.podcast.site import open_site
from audiogen.trust import is_inside
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from audiogen.podcast.entries import Broken, Entry
    from audiogen.podcast.site import Site
    from audiogen.settings import Settings

#: Paths of files that publishing writes and may remove.
_OURS = re.compile(r"[^/\\]+\.(xml|html)|episodes/[^/\\]+\.html|oembed/[^/\\]+\.json|(assets|feeds)/[^\\]+")
#: Notes from one run to the next: identities of feeds, which are permanent, and two caches.
_IDENTITIES, _ITEMS, _FILES = "feed-guids.json", "feed-items.json", "feed-files.json"


@dataclass(frozen=True, slots=True)
class Published:
    """The result of a run."""

    #: Addresses of the feeds, the main one first.
    feeds: tuple[str, ...]
    episodes: int
    #: Paths of files, relative to the library.
    written: tuple[str, ...]
    removed: tuple[str, ...]
    #: Episodes that could not be published, and why.
    broken: tuple[Broken, ...]


@dataclass(slots=True)
class _SiteWriter:
    """Writes files of a library, and keeps a note of them."""

    root: Path
    #: Digests of the sources of the files that an earlier run wrote, by path.
    before: dict[str, str]
    after: dict[str, str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    #: Names in each folder when it was first needed.
    listed: dict[str, frozenset[str]] = field(default_factory=dict)

    def put(self, path: str, content: bytes, mark: str = "") -> None:
        """Write a file unless it already has this content."""
        self.after[path] = mark
        target = self.root / path
        with suppress(OSError):
            if target.stat().st_size == len(content) and read_file(target) == content:
                return
        replace_file(target, content)
        self.written.append(path)

    def keep(self, paths: tuple[str, ...], mark: str) -> bool:
        """Return whether all *paths* exist and were made from the same sources (*mark*) before; then they are kept."""
        if any(self.before.get(path) != mark or not self._is_there(path) for path in paths):
            return False
        self.after |= dict.fromkeys(paths, mark)
        return True

    def _is_there(self, path: str) -> bool:
        """Return whether a file exists, by one listing of its folder."""
        folder, _, name = path.rpartition("/")
        if folder not in self.listed:
            try:
                self.listed[folder] = frozenset(item.name for item in os.scandir(self.root / folder))
            except OSError:
                self.listed[folder] = frozenset()
        return name in self.listed[folder]

    def sweep(self) -> Iterator[str]:
        """Remove files that earlier runs wrote and this one did not; yield their paths."""
        for path in sorted(self.before.keys() - self.after.keys()):
            # What is noted came with the library, and that from anywhere.
            if not (_OURS.fullmatch(path) and is_inside(self.root, path)):
                continue
            with suppress(FileNotFoundError):
                (self.root / path).unlink()
                yield path


def publish(root: str | os.PathLike[str], settings: Settings, *, pages: bool = True, lasting: bool = True) -> Published:
    """Write the feeds of the library at *root* and, with *pages*, its pages.

    The identity of a feed is derived from its first address and kept permanently; if the address is not *lasting*, it
    is derived again each time.

    Raises:
        SettingsError: A setting of the show that directories require is missing or wrong; `subject` is its key.
        FeedError: There is no library.
        LibraryError: The library cannot be written.
    """
    root = Path(root)
    check_links(root)
    guids = load_note(root, _IDENTITIES)
    if settings.show.guid:
        guids[MAIN] = settings.show.guid.lower()
    # The settings are checked before anything is read or drawn.
    channel_of(settings.show, cover="")
    cover, pictures = cover_files(root, settings.show)
    channel = channel_of(settings.show, cover=cover, dates=settings.feed.dates)
    site = open_site(root, channel, settings.feed, guids, load_note(root, _ITEMS))
    writer = _SiteWriter(root, load_note(root, _FILES))
    try:
        _write_site(writer, site, pictures, pages=pages)
        removed = tuple(writer.sweep())
        _write_notes(writer, site, identities=lasting)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LibraryError(
            root, f"{root} cannot be written ({reason}). Make room, or change its permissions."
        ) from error
    return Published(site.addresses(), len(site.entries), tuple(writer.written), removed, site.broken)


def _write_site(writer: _SiteWriter, site: Site, pictures: dict[str, bytes], *, pages: bool) -> None:
    """Write all files of the site; the feeds come last, as apps follow their links at once."""
    # An app that follows the new feed finds all that it names: pages and pictures come before it.
    for path, content in pictures.items():
        writer.put(path, content)
    if pages:
        base = site.digest()
        for entry in site.entries:
            _write_episode_page(writer, site, entry, f"{base}/{site.index.marks[entry.slug]}")
        for path, mark, write in site.lists():
            if not writer.keep((path,), mark):
                writer.put(path, write(), mark)
        for path, content in site.assets():
            writer.put(path, content)
    else:
        _leave_pages(writer, site)
    for path, write in site.feeds():
        writer.put(path, write())


def _write_episode_page(writer: _SiteWriter, site: Site, entry: Entry, mark: str) -> None:
    """Write the pages of an episode if their sources (*mark*) have changed."""
    paths = (f"episodes/{entry.slug}.html", f"episodes/{entry.slug}.embed.html", f"oembed/{entry.slug}.json")
    if not writer.keep(paths, mark):
        for path, content in site.episode(entry, site.manifest(entry)):
            writer.put(path, content, mark)


def _leave_pages(writer: _SiteWriter, site: Site) -> None:
    """Keep the pages of earlier runs, except those of removed episodes."""
    slugs = {entry.slug for entry in site.entries}
    for path, mark in writer.before.items():
        folder, _, name = path.rpartition("/")
        gone = folder in ("episodes", "oembed") and name.partition(".")[0] not in slugs
        if not gone and (folder in ("episodes", "oembed", "assets") or name.endswith(".html")):
            writer.after.setdefault(path, mark)


def _write_notes(writer: _SiteWriter, site: Site, *, identities: bool) -> None:
    """Write the notes for the next run if they have changed."""
    slugs = site.index.marks
    notes: dict[Path, Callable[[], bytes]] = {
        index_path(writer.root): lambda: dump_index(site.index),
        _note(writer.root, _IDENTITIES): lambda: _dump(dict(sorted(site.guids.items())), indent=True),
        _note(writer.root, _ITEMS): lambda: _dump({slug: site.items[slug] for slug in slugs if slug in site.items}),
        _note(writer.root, _FILES): lambda: _dump(dict(sorted(writer.after.items()))),
    }
    if not identities:
        del notes[_note(writer.root, _IDENTITIES)]
    for path, content in notes.items():
        made = content()
        if not path.is_file() or path.read_bytes() != made:
            replace_file(path, made)


def _note(root: Path, name: str) -> Path:
    """Return the path of a note."""
    return root / ".audiogen" / name


def load_note(root: Path, name: str) -> dict[str, Any]:
    """Return a note of an earlier run; empty if there is none."""
    import orjson

    try:
        known = orjson.loads(read_file(_note(root, name)))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _dump(value: object, *, indent: bool = False) -> bytes:
    """Return a value as JSON."""
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE if indent else 0)
