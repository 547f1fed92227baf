"""Finds articles: takes paths, patterns and addresses, and yields a `Source` for each article.

Folders and patterns are searched. Exports of read-later services, bookmarks and feeds are read, and a source keeps what
they say about its article: tags, dates, whether it was read. The articles themselves are not read here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from audiogen.sources.finding import Found, find

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from audiogen.model import Source

__all__ = ["Found", "find", "open_list"]

#: Readers of files that may hold many articles, by suffix: callables `(path: Path) -> Iterator[Source] | None`, with
#: None for a file that they do not know.
LISTS = {
    ".csv": ("audiogen.sources.tables:read_table",),
    ".json": (
        "audiogen.sources.services:read_json",
        "audiogen.sources.bookmarks:read_browser_json",
        "audiogen.sources.articles:read_articles",
    ),
    ".mbox": ("audiogen.sources.mailboxes:read_mailbox",),
    # Thunderbird and Apple Mail give their mailboxes no suffix.
    "": ("audiogen.sources.mailboxes:read_mailbox",),
    ".html": ("audiogen.sources.bookmarks:read_bookmarks",),
    ".htm": ("audiogen.sources.bookmarks:read_bookmarks",),
    ".txt": ("audiogen.sources.addresses:read_addresses",),
    ".zip": ("audiogen.sources.archives:read_archive",),
    ".xml": ("audiogen.sources.feeds:read_feed",),
    ".rss": ("audiogen.sources.feeds:read_feed",),
    ".atom": ("audiogen.sources.feeds:read_feed",),
}


def open_list(path: Path) -> Iterator[Source] | None:
    """Return the sources in a file that holds many articles or their addresses; None if no reader knows the file.

    Raises:
        ReadError: A reader knows the file, but it is broken.
    """
    for reference in LISTS.get(path.suffix.lower(), ()):
        module, _, name = reference.partition(":")
        reader: Callable[[Path], Iterator[Source] | None] = getattr(import_module(module), name)
        found = reader(path)
        if found is not None:
            return found
    return None
