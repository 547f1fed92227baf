"""Exports as JSON: Omnivore, Wallabag, Karakeep, Readeck.

- Omnivore: a list of `{slug, title, url, state, labels, savedAt, publishedAt}`; the text lies beside it.
- Wallabag: a list of `{title, url, is_archived (0/1), tags, content, created_at, published_at, published_by, language}`
  with the text as HTML; tags are texts, or objects with a `label`. Version 1 wrote `is_read` and `is_fav` as "0" and
  "1", tags as one text with commas, no dates, and here and there an object of entries by number instead of a list.
- Karakeep: `{bookmarks: [{createdAt, title, tags, content: {type, url or text}, archived}]}`; Unix seconds, no text
  but that of a person's own notes.
- Readeck: a list of `{url, title, labels, is_archived, created, published, authors}`, as its API gives it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from audiogen.errors import ReadError
from audiogen.model import Source
from audiogen.sources.addresses import is_address
from audiogen.sources.moments import moment
from audiogen.sources.page import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    Entry = dict[str, Any]


def load_json(path: Path) -> Any:
    """Return the parsed JSON of a file; None if it is invalid or nested too deeply."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        return None


def read_json(path: Path) -> Iterator[Source] | None:
    """Return the articles of a service's export; None for other JSON."""
    return sources_of(load_json(path), str(path.absolute()))


def sources_of(data: Any, name: str) -> Iterator[Source] | None:
    """Return the articles in a service's JSON, or None; *name* is the file's name."""
    entries = _entries(data)
    for marks, read in SERVICES:
        if entries and marks <= entries[0].keys():
            return (source for number, entry in enumerate(entries, 1) for source in _read(read, entry, name, number))
    return None


def _read(read: Callable[[Entry, str], Iterator[Source]], entry: Entry, name: str, number: int) -> Iterator[Source]:
    """Yield the sources of one entry; if it cannot be read, a source with the error."""
    try:
        yield from list(read(entry, name))
    except (TypeError, ValueError, AttributeError, KeyError, OverflowError) as error:
        entry_name = f"{name}#{number}"
        yield Source(
            entry_name,
            error=ReadError(entry_name, f"Entry {number} of {name} is not written as its service does: {error}."),
        )


def _entries(data: Any) -> list[Entry]:
    """Return the list of entries, also one that is wrapped in an object."""
    if isinstance(data, dict):
        # Karakeep wraps the list; Wallabag 1 wrote an object of entries by number, with a count beside them.
        data = data.get("bookmarks", [entry for entry in data.values() if isinstance(entry, dict)])
    return [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []


def omnivore(entry: Entry, name: str = "") -> Iterator[Source]:
    """Yield the source of an entry of Omnivore's metadata."""
    yield from _bookmark(entry, "publishedAt", "savedAt", read=str(entry.get("state", "")).lower() == "archived")


def readeck(entry: Entry, name: str = "") -> Iterator[Source]:
    """Yield the source of a bookmark of Readeck. Its `href`, an address on the user's own server, is ignored."""
    yield from _bookmark(entry, "published", "created", read=bool(entry.get("is_archived")))


def _bookmark(entry: Entry, published: str, saved: str, *, read: bool) -> Iterator[Source]:
    """Read an entry without a text; *published* and *saved* are the keys of its dates. Skip it if it has no address."""
    url = entry.get("url", "")
    if is_address(str(url)):
        yield Source(
            url,
            url=url,
            title=entry.get("title") or "",
            tags=_texts(entry.get("labels")),
            published=moment(entry.get(published)),
            saved=moment(entry.get(saved)),
            read=read,
        )


def _wallabag(entry: Entry, name: str) -> Iterator[Source]:
    """Yield the source of an entry of wallabag's export."""
    url, title = str(entry.get("url") or entry.get("given_url") or ""), str(entry.get("title") or "")
    content, published = str(entry.get("content") or ""), moment(entry.get("published_at"))
    document = None
    if _is_kept(content):
        authors = _texts(entry.get("published_by"))
        language = str(entry.get("language") or "").replace("_", "-")
        document = page(content, title=title, url=url, authors=authors, published=published, language=language)
    if document or is_address(url):
        yield Source(
            f"{name}#{entry.get('id', url)}" if document else url,
            document=document,
            url=url,
            title=title,
            tags=_texts(entry.get("tags")),
            published=published,
            saved=moment(entry.get("created_at")),
            read=str(entry.get("is_archived", entry.get("is_read"))).lower() in ("1", "true"),
        )


def _is_kept(content: str) -> bool:
    """Return whether wallabag has the text; if it could not fetch the page, it stores a note instead."""
    return bool(content.strip()) and "wallabag can't retrieve contents for this article" not in content


def _karakeep(entry: Entry, name: str) -> Iterator[Source]:
    """Yield the source of a bookmark of Karakeep's export."""
    content = entry.get("content") or {}
    title, url, text = (str(value or "") for value in (entry.get("title"), content.get("url"), content.get("text")))
    known = Source(
        url,
        url=url,
        title=title,
        tags=_texts(entry.get("tags")),
        saved=moment(entry.get("createdAt")),
        read=bool(entry.get("archived")),
    )
    if is_address(url):
        yield known
    elif text.strip():
        # A note of the person's own: plain text, a blank line between paragraphs.
        paragraphs = "\n".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())
        note = f"{name}#{entry.get('createdAt', title)}"
        yield replace(known, name=note, url="", document=page(paragraphs, title=title))


def _texts(tags: object) -> tuple[str, ...]:
    """Parse tags or names: strings, objects with a label or name, or one string with commas."""
    parts: Iterable[Any] = tags.split(",") if isinstance(tags, str) else tags if isinstance(tags, list) else ()
    named = (part.get("label") or part.get("name") if isinstance(part, dict) else part for part in parts)
    texts = (str(name) for name in named if name is not None)
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


#: Keys that identify a service's entries, the most specific first, and the functions that read these entries.
SERVICES: tuple[tuple[frozenset[str], Callable[[Entry, str], Iterator[Source]]], ...] = (
    (frozenset(("slug", "savedAt", "labels")), omnivore),
    (frozenset(("url", "is_archived", "labels")), readeck),
    (frozenset(("url", "is_archived")), _wallabag),
    (frozenset(("url", "is_read", "is_fav")), _wallabag),
    (frozenset(("createdAt", "tags", "content")), _karakeep),
)
