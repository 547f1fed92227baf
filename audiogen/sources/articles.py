"""Articles as JSON: one, or an array of such, as content management systems export them.

Here they are only known and taken apart; what reads them says what is wrong with one.
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
#: Keys that hold an article's body, and some that its object has besides.
_BODIES = frozenset({"html", "text", "blocks"})
_BESIDES = frozenset({"title", "authors", "published", "url", "language", "id", "tags"})


def read_articles(path: Path) -> Iterator[Source] | None:
    """Read a file of articles; None if the JSON holds none. One alone stays in its file."""
    try:
        data = load_json(path)
    except RecursionError:
        return None
    if isinstance(data, dict) and (is_article(data) or isinstance(data.get("@graph"), list)):
        return iter((Source(str(path.absolute()), path.absolute()),)) if is_article(data) or _in_graph(data) else None
    entries = _entries(data)
    return _sources(entries, str(path.absolute())) if entries and is_article(entries[0]) else None


def is_article(entry: Entry) -> bool:
    """Return whether the keys of an object are those of an article: a CMS's, WordPress's or schema.org's.

    >>> is_article({"title": "Ice", "text": "It froze."}), is_article({"text": "a token"})
    (True, False)
    """
    rendered = all(isinstance(entry.get(key), dict) and "rendered" in entry[key] for key in ("title", "content"))
    described = "@type" in entry and isinstance(entry.get("articleBody"), str)
    return rendered or described or bool(_BODIES & entry.keys() and _BESIDES & entry.keys())


def _in_graph(data: Entry) -> bool:
    return any(isinstance(node, dict) and is_article(node) for node in data["@graph"])


def _entries(data: Any) -> list[Entry]:
    if isinstance(data, dict):
        data = next((data[key] for key in WRAPPERS if isinstance(data.get(key), list)), None)
    return [entry for entry in data if isinstance(entry, dict)] if isinstance(data, list) else []


def _sources(entries: list[Entry], name: str) -> Iterator[Source]:
    for number, entry in enumerate(entries, 1):
        identity = entry.get("id") if isinstance(entry.get("id"), str | int) else ""
        yield Source(
            f"{name}#{identity or number}",
            document=json.dumps(entry, ensure_ascii=False).encode(),
            external_id=str(identity),
        )
