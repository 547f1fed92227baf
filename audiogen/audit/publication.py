"""Checks that the feed and the page of an episode are right, and that they disclose the synthetic voice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from audiogen.episodes.state import DRAFTS, read_state
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_TAGS = re.compile(r"<[^>]*>")
_SCRIPT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_JSON_LD = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """An episode in a feed."""

    description: str
    #: "true" where the feed says that the content is made with AI.
    marked: str
    #: Bytes of the enclosure, as told.
    bytes: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What a library publishes."""

    root: Path
    #: Items of all feeds by GUID; None if nothing is published yet.
    items: Mapping[str, Item] | None
    #: Feeds that cannot be read.
    broken: tuple[str, ...]
    #: Slugs of episodes that nobody has published yet.
    drafts: frozenset[str] = frozenset()

    def page(self, slug: str) -> str | None:
        """Read the episode's page; None if it has none."""
        path = self.root / "episodes" / f"{slug}.html"
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None

    def disclosure_faults(self, slug: str, manifest: dict[str, Any]) -> Iterator[str]:
        """Yield the published layers of the disclosure that are missing."""
        text = _plain(manifest["disclosure"]["text"])
        item = (self.items or {}).get(manifest["guid"])
        if item is not None:
            if text not in _plain(_visible(item.description)):
                yield "It is not in the feed's description."
            if item.marked != "true":
                yield 'The feed does not say <podcast:txt purpose="ai-content">true.'
        page = self.page(slug)
        if page is not None:
            if text not in _plain(_visible(page)):
                yield "It is not on the episode's page."
            if not any("digitalSourceType" in data for data in _JSON_LD.findall(page)):
                yield "The page's JSON-LD has no digitalSourceType."


def read_publication(root: Path) -> Publication:
    """Read all feeds of the library at *root*."""
    items: dict[str, Item] = {}
    broken = []
    feeds = sorted(root.glob("*.xml"))
    for path in feeds:
        try:
            tree = ElementTree.fromstring(read_file(path))
        except (ElementTree.ParseError, OSError) as error:
            broken.append(f"{path.name} cannot be read: {error}.")
            continue
        for item in tree.iter("item"):
            items[(item.findtext("guid") or "").strip()] = _item(item)
    drafts = frozenset(read_state(root, DRAFTS))
    return Publication(root, items if (root / "feed.xml").is_file() else None, tuple(broken), drafts)


def _item(item: ElementTree.Element) -> Item:
    marks = [mark for mark in item.iter(f"{_PODCAST}txt") if mark.get("purpose") == "ai-content"]
    enclosure = item.find("enclosure")
    return Item(
        item.findtext("description") or "",
        (marks[0].text or "").strip() if marks else "",
        "" if enclosure is None else enclosure.get("length", ""),
    )


def publication_faults(publication: Publication, slug: str, manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with an episode in the feed."""
    if publication.items is None or publication.broken:
        return
    item = publication.items.get(manifest["guid"])
    if slug in publication.drafts:
        if item is not None or publication.page(slug) is not None:
            yield "It is a draft, and published: run `audiogen feed`."
    elif item is None:
        yield "It is not in the feed: run `audiogen feed`."
    elif item.bytes != str(manifest["audio"]["bytes"]):
        yield f"The feed says {item.bytes} bytes; the file has {manifest['audio']['bytes']}: run `audiogen feed`."


def _visible(page: str) -> str:
    return unescape(_TAGS.sub(" ", _SCRIPT.sub(" ", page)))


def _plain(text: str) -> str:
    return " ".join(text.split())
