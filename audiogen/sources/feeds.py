"""Reads RSS and Atom feeds through feedparser, with the full text of an entry if the feed includes it."""

from __future__ import annotations

import re
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from audiogen.errors import ReadError
from audiogen.model import Source
from audiogen.sources.addresses import is_address
from audiogen.sources.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Root elements of feeds, within the first bytes.
_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf")
#: Minimum length, in characters, of an entry's text that is the article and not a teaser.
_WHOLE = 1500
#: Maximum number of entries in a feed; feeds of complete archives have a few thousand.
MOST_ENTRIES = 20_000
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b", re.I)


def is_feed(start: bytes) -> bool:
    """Return whether *start*, the first bytes of a document, are those of a feed.

    >>> is_feed(b'<?xml version="1.0"?><rss version="2.0">'), is_feed(b"<!doctype html><p>Our <rss> reader")
    (True, False)
    """
    head = start[:2048].lstrip().lower()
    return (
        head.startswith(b"<")
        and not head.startswith((b"<!doctype html", b"<html"))
        and any(root in head for root in _ROOTS)
    )


def read_feed(path: Path) -> Iterator[Source] | None:
    """Return the entries of a feed that is saved as a file; None for other XML."""
    with path.open("rb") as file:
        start = file.read(2048)
    return feed_sources(path.read_bytes(), str(path.absolute())) if is_feed(start) else None


def feed_sources(content: bytes, name: str) -> Iterator[Source]:
    """Yield a source for each entry of a feed, in the feed's order; *name* is the feed's name.

    Raises:
        ReadError: It is not a feed, or has too many entries.
    """
    import feedparser

    if len(_ENTRY.findall(content.replace(b"\0", b""))) > MOST_ENTRIES:
        raise ReadError(name, f"{name} is a feed of more than {MOST_ENTRIES:,} entries, which no outlet has.")

    # Saved or fetched, the bytes tell their encoding themselves. Links may be relative to where the feed was.
    headers = {"content-type": "application/xml"} | ({"content-location": name} if is_address(name) else {})
    feed = feedparser.parse(content, response_headers=headers, sanitize_html=False)
    if not feed.entries and feed.bozo:
        raise ReadError(name, f"{name} is a broken feed: {feed.bozo_exception}.")
    return (_entry(entry, feed.feed, name, number) for number, entry in enumerate(feed.entries, 1))


def _entry(entry: Any, feed: Any, name: str, number: int) -> Source:
    """Return the source of a feed's entry, with its full text if the feed includes it."""
    url = str(entry.get("link") or "")
    known = Source(
        url,
        url=url if is_address(url) else "",
        title=str(entry.get("title") or ""),
        tags=tuple(dict.fromkeys(str(tag.term) for tag in entry.get("tags", ()) if tag.get("term"))),
        # Under the latter name feedparser hands out the former, with a warning, where an entry has only that.
        published=_moment(entry.get("published_parsed") or dict.get(entry, "updated_parsed")),
        external_id=str(entry.get("id") or ""),
    )
    content = next((part.value for part in entry.get("content", ()) if "html" in (part.get("type") or "html")), "")
    if not known.url:
        content = content or str(entry.get("summary") or "")
    if len(content) > _WHOLE or (content and not known.url):
        document = page(
            content,
            title=known.title,
            url=known.url,
            authors=[str(author.name) for author in entry.get("authors", ()) if author.get("name")],
            published=known.published,
            site=str(feed.get("title") or ""),
            language=str(feed.get("language") or ""),
        )
        return replace(known, name=f"{name}#{entry.get('id') or url or number}", document=document)
    # With neither address nor text there is nothing to narrate, and the reader says so.
    return known if known.url else replace(known, name=f"{name}#{entry.get('id') or url or number}", document="")


def _moment(parts: Any) -> datetime | None:
    """Return the time of a `struct_time` in UTC; None if there is none."""
    return datetime.fromtimestamp(timegm(parts), UTC) if parts else None
