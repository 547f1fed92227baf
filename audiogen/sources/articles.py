"""Recognises JSON files with one article or an array of articles, as content management systems export them.

The files are only split into articles here; the JSON reader reports errors in an article.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from audiogen.model import Source
from audiogen.sources.services import load_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    Entry = dict[str, Any]

#: Keys under which systems wrap a list of articles.
WRAPPERS = ("articles", "posts", "items", "entries", "data")
#: Keys of an article's body, and other keys that articles have.
_BODIES = frozenset({"html", "text", "blocks"})
_BESIDES = frozenset({"title", "authors", "published", "url", "language", "id", "tags"})


def read_articles(path: Path) -> Iterator[Source] | None:
    """Return the articles in a JSON file; None if it holds none, or only one, which is read as a file."""
    try:
        data = load_json(path)
    except RecursionError:
        return None
    if isinstance(data, dict) and (is_article(data) or isinstance(data.get("@graph"), list)):
        return iter((Source(str(path.absolute()), path.absolute()),)) if is_article(data) or _in_graph(data) else None
    entries = _entries(data)
    return _sources(entries, str(path.absolute())) if entries and is_article(entries[0]) else None


def is_article(entry: Entry) -> bool:
    """Return whether an object has the keys of an article: of audiogen's format, WordPress or schema.org.

    >>> is_article({"title": "Ice", "text": "It froze."}), is_article({"text": "a token"})
    (True, False)
    """
    rendered = all(isinstance(entry.get(key), dict) and "rendered" in entry[key] for key in ("title", "content"))
    described = "@type" in entry and isinstance(entry.get("articleBody"), str)
    return rendered or described or bool(_BODIES & entry.keys() and _BESIDES & entry.keys())


def _in_graph(data: Entry) -> bool:
    """Return whether a JSON-LD `@graph` contains an article."""
    return any(isinstance(node, dict) and is_article(node) for node in data["@graph"])


def _entries(data: Any) -> list[Entry]:
    """Return the objects of a list, also of one that is the value of a key in `WRAPPERS`."""
    if isinstance(data, dict):
        data = next((data[key] for key in WRAPPERS if isinstance(data.get(key), list)), None)
    return [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []


def _sources(entries: list[Entry], name: str) -> Iterator[Source]:
    """Yield a source for each article, with its id or its number in the name."""
    for number, entry in enumerate(entries, 1):
        identity = entry.get("id") if isinstance(entry.get("id"), str | int) else ""
        yield Source(
            f"{name}#{identity or number}",
            document=json.dumps(entry, ensure_ascii=False).encode(),
            external_id=str(identity),
        )
