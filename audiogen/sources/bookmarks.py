"""Reads bookmarks of browsers, and Pocket's old page of links.

Every browser exports the Netscape format: `<DT><A HREF ADD_DATE TAGS>` under folders of `<DT><H3>`. Firefox also makes
backups as JSON, and Chrome has its own `Bookmarks` file. Pocket's page has two lists, under "Unread" and "Read
Archive", of `<a href time_added tags>`. Tags come from the attribute and from the folder, except browsers' default
folders.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from audiogen.model import Source
from audiogen.sources.addresses import is_address
from audiogen.sources.moments import chrome_moment, moment
from audiogen.sources.services import load_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Default folders of browsers, which are not used as tags.
_USUAL_FOLDERS = {
    "", "bookmarks", "bookmarks bar", "bookmarks toolbar", "bookmarks menu", "other bookmarks", "mobile bookmarks",
    "favorites", "favorites bar", "favourites", "favourites bar", "imported", "menu", "toolbar", "unfiled", "mobile",
    "reading list",
}  # fmt: skip


#: Marks at the beginning of pages of links. Only the first bytes of a page are read, because all HTML files are
#: examined.
_MARKS = (b"netscape-bookmark-file-1", b"<title>pocket export</title>")


def read_bookmarks(path: Path) -> Iterator[Source] | None:
    """Return the bookmarks in the Netscape format or in Pocket's page of links; None for another page."""
    with path.open("rb", buffering=0) as file:
        start = (file.read(1024) or b"").lower()
    return _links(path) if any(mark in start for mark in _MARKS) else None


def read_browser_json(path: Path) -> Iterator[Source] | None:
    """Return the bookmarks in Chrome's file or in Firefox's backup; None for other JSON."""
    data = load_json(path)
    if isinstance(data, dict) and isinstance(data.get("roots"), dict):
        return (source for root in data["roots"].values() for source in _chrome(root))
    if isinstance(data, dict) and data.get("type") == "text/x-moz-place-container":
        return _firefox(data)
    return None


def _links(path: Path) -> Iterator[Source]:
    """Yield the sources in a page of links."""
    parser = _Links()
    parser.feed(path.read_text(encoding="utf-8-sig", errors="replace"))
    parser.close()
    yield from parser.found


class _Links(HTMLParser):
    """Collects links with the folder or heading above them; neither format closes its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Source] = []
        self._folders: list[str] = []
        self._heading = ""
        self._link: dict[str, str] | None = None
        self._text: list[str] = []

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Skip an SGML section (`<![…`) for which `HTMLParser` raises AssertionError."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "dl":
            self._folders.append(self._heading)
        elif tag in ("a", "h1", "h3"):
            self._text = []
            if tag == "a":
                self._link = {name: value or "" for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "dl" and self._folders:
            self._folders.pop()
        elif tag in ("h1", "h3"):
            self._heading = "".join(self._text).strip()
        elif tag == "a" and self._link is not None:
            self._add_link(self._link, "".join(self._text).strip())
            self._link = None

    def _add_link(self, link: dict[str, str], title: str) -> None:
        """Add a link to the sources."""
        url = link.get("href", "").strip()
        pocket = "time_added" in link
        folder = "" if pocket or not self._folders else self._folders[-1]
        if is_address(url):
            self.found.append(
                Source(
                    url,
                    url=url,
                    title="" if is_address(title) else title,
                    tags=_tags(link.get("tags", "").split(","), folder),
                    saved=moment(link.get("time_added") or link.get("add_date")),
                    read=self._heading.lower().startswith("read") if pocket else None,
                )
            )


def _tags(tags: list[str], folder: str) -> tuple[str, ...]:
    """Return the tags, and the folder unless it is a default folder, without duplicates."""
    of_folder = [] if folder.lower() in _USUAL_FOLDERS else [folder]
    return tuple(dict.fromkeys(tag for tag in (*(tag.strip() for tag in tags), *of_folder) if tag))


def _chrome(root: Any) -> Iterator[Source]:
    """Yield the bookmarks below a root of Chrome's file."""
    for node, folder in _walk(root, "name"):
        url = str(node.get("url", ""))
        if is_address(url):
            title, saved = str(node.get("name", "")), chrome_moment(node.get("date_added"))
            yield Source(url, url=url, title=title, tags=_tags([], folder), saved=saved)


def _firefox(root: Any) -> Iterator[Source]:
    """Yield the bookmarks below the root of Firefox's backup."""
    for node, folder in _walk(root, "title"):
        url, title = str(node.get("uri", "")), str(node.get("title", ""))
        if is_address(url):
            tags = _tags(str(node.get("tags", "")).split(","), folder)
            yield Source(url, url=url, title=title, tags=tags, saved=moment(node.get("dateAdded")))


def _walk(root: Any, label: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each node below *root* with the name of its folder (under the key *label*), in order; without recursion."""
    waiting = [(root, "")]
    while waiting:
        node, folder = waiting.pop()
        if isinstance(node, dict):
            yield node, folder
            children, name = node.get("children"), str(node.get(label, ""))
            waiting += [(child, name) for child in reversed(children if isinstance(children, list) else [])]
