"""The public pages of a library, with all that podcast apps expect: byte ranges, HEAD, ETags, content types, CORS.

Feeds and pages are made for the address of the request, so that a phone can follow their links; nothing is written.
Sound and timed text come from the library's `episodes`; no other file of the disk is served. A publisher's page finds
its player by its own address: `/embed?url=…`, or `/embed.js` on every page.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import threading
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from audiogen.episodes.identity import clean_address
from audiogen.episodes.library import open_library
from audiogen.episodes.state import DRAFTS, read_state
from audiogen.episodes.storage import EPISODES
from audiogen.errors import LibraryError
from audiogen.podcast.cover import cover_files
from audiogen.podcast.embed import embed_data, embed_script
from audiogen.podcast.entries import SOUND_TYPES, plain
from audiogen.podcast.pages import POLICY
from audiogen.podcast.playlist import FEED, PLAYLIST, playlist, queue_feed, queued
from audiogen.podcast.publishing import load_note
from audiogen.podcast.show import channel_of
from audiogen.podcast.site import Site, open_site
from audiogen.server.catalog import Catalog
from audiogen.server.plays import Counted, PlayCounter, take_beacon
from audiogen.server.stored import file_response
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from audiogen.episodes.library import Library
    from audiogen.podcast.entries import Entry, Index
    from audiogen.settings import Settings, Show

_LOG = logging.getLogger("audiogen.server.public")
#: Content types by file ending, the longest ending first; other files are not served.
TYPES = {
    ".chapters.json": "application/json+chapters",
    ".words.json": "application/json",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".xml": "application/rss+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".m3u8": "audio/mpegurl; charset=utf-8",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    **SOUND_TYPES,
}
#: Valid names of episodes' files: no folders, nothing hidden.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
#: The Host header of browsers: a name or an address, and a port.
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]{1,253})(:[0-9]{1,5})?")
#: Apps and players of other sites may read feeds and timed text.
_ANYONE = {"Access-Control-Allow-Origin": "*"}
#: Responses that pages of other sites may embed.
_EMBEDDING = ("embed", "embed.js", "embed.json")
#: Maximum number of addresses whose pages are cached; a computer has only a few names.
_MOST_SITES = 8


@dataclass(slots=True)
class _Made:
    """The feeds, pages and pictures for one address, each made at the first request."""

    #: The index of published episodes; a new object if it changed.
    index: Index
    site: Site
    #: Functions that make a list, feed or picture, by path; those of feeds are added at the first request for one.
    makers: dict[str, Callable[[], bytes]]
    kept: dict[str, bytes] = field(default_factory=dict)
    #: Slugs by the clean address of their articles.
    by_address: dict[str, str] = field(default_factory=dict)
    #: Whether `kept` has the files that all pages load, and `makers` the feeds.
    has_assets: bool = False
    has_feeds: bool = False

    def find(self, path: str) -> bytes | None:
        """Return the file at a path; None if it is not one of the whole library."""
        if path.startswith("assets/") and not self.has_assets:
            self.kept |= dict(self.site.assets())
            self.has_assets = True
        if path.endswith(".xml") and not self.has_feeds:
            self.makers |= dict(self.site.feeds())
            self.has_feeds = True
        if path not in self.kept and path in self.makers:
            self.kept[path] = self.makers[path]()
        return self.kept.get(path)


@dataclass(slots=True)
class PublicSite:
    """Makes feeds, pages and pictures, and keeps them until the library changes."""

    catalog: Catalog
    settings: Settings
    home: Library
    #: Counts plays; None if plays are not counted.
    counter: PlayCounter | None = None
    #: The cached pages, by the address of the request.
    _sites: dict[str, _Made] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def root(self) -> Path:
        """The library's folder."""
        return self.catalog.root

    def find(self, base: str, path: str) -> bytes | None:
        """Return the feed, page or picture at *path*; None if there is none."""
        made = self._site(base)
        site = made.site
        if path in (PLAYLIST, FEED):
            return self._queue(site, path)
        if (found := made.find(path)) is not None:
            return found
        folder, _, name = path.rpartition("/")
        if folder in ("episodes", "oembed"):
            slug = name.partition(".")[0]
            entry = next((entry for entry in site.entries if entry.slug == slug), None)
            if entry is not None:
                return dict(site.episode(entry, site.manifest(entry))).get(path)
        return None

    def _queue(self, site: Site, path: str) -> bytes | None:
        """Return the last picked queue as a playlist or feed, for the address of the request; None if there is none."""
        entries = queued(self.root, site.entries)
        if entries is None:
            return None
        return queue_feed(site.channel, entries) if path == FEED else playlist(entries).encode()

    def entry_of(self, base: str, url: str) -> tuple[Site, Entry] | None:
        """Return the site and the published episode of the article at an address; None if there is none."""
        made = self._site(base)
        slug = made.by_address.get(clean_address(url)) if clean_address(url) else None
        entry = next((entry for entry in made.site.entries if entry.slug == slug), None)
        return (made.site, entry) if entry is not None else None

    def _site(self, base: str) -> _Made:
        """Return the site for an address, made again if the library has changed."""
        index = self.catalog.public()
        with self._lock:
            known = self._sites.get(base)
            if known is None or known.index is not index:
                while len(self._sites) >= _MOST_SITES:
                    del self._sites[next(iter(self._sites))]
                known = self._sites[base] = self._open(base, index, known.site.items if known else {})
        return known

    def _open(self, base: str, index: Index, items: dict[str, list[str]]) -> _Made:
        """Return the current library; feed items that were made before (*items*) are used again."""
        show, guids = local_show(self.settings.show, base), load_note(self.root, "feed-guids.json")
        cover, pictures = cover_files(self.root, show)
        channel = channel_of(show, cover=cover, dates=self.settings.feed.dates)
        items = {slug: item for slug, item in items.items() if slug in index.marks}
        site = open_site(self.root, channel, self.settings.feed, guids, items, index)
        site.counts_plays = self.counter is not None
        makers = {path: write for path, _, write in site.lists()}
        if show.cover:
            makers[cover] = (self.root / cover).read_bytes
        return _Made(index, site, makers, dict(pictures), self.catalog.addresses(site.entries))


def local_show(show: Show, base: str) -> Show:
    """Return the show with defaults for missing settings, because a show on a local network needs no address."""
    return replace(
        show,
        base_url=base,
        link="",
        title=show.title if plain(show.title) else "Saved articles",
        description=show.description if plain(show.description) else "Articles, read aloud.",
        private=True,
    )


_NOTHING_HERE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nothing here</title>
<link rel="stylesheet" href="{base}/assets/audiogen.css">
<body class="list">
<main class="head">
<h1>Nothing here</h1>
<p>There is no episode at this address; it may have been removed.</p>
<p><a href="{base}/">All episodes</a></p>
</main>
"""


def build_app(library: Path | Library, settings: Settings) -> Starlette:
    """Return an application that only serves the library."""
    home = open_library(library)
    site = PublicSite(Catalog(home.root, keeps=False), settings, home)
    return Starlette(routes=public_routes(site), exception_handlers={LibraryError: unreachable})


async def unreachable(request: Request, error: Exception) -> Response:
    """Return the response while the library cannot be read, for example if the network of a bucket is down; log why."""
    _LOG.warning("%s could not be answered (%s).", request.url.path, error)
    return PlainTextResponse("The library cannot be read now. Try again later.", 503, headers={"Retry-After": "30"})


def public_routes(site: PublicSite, key: Callable[[], str] = lambda: "") -> list[Route]:
    """Return the routes of feed, pages and sound; only under `/k/KEY/` if *key* returns a key."""

    async def answer(request: Request) -> ASGIApp:
        path = request.path_params["path"] or "index.html"
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host) or not split_address(f"http://{host}").netloc:
            return PlainTextResponse("Bad host", 400)
        return await run_in_threadpool(shown, request, f"{request.url.scheme}://{host}", path)

    def shown(request: Request, base: str, path: str) -> ASGIApp:
        secret = key()
        if secret:
            prefix, _, rest = path.partition("/")
            given, _, path = rest.partition("/")
            if prefix != "k" or not hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode()):
                return PlainTextResponse("Not found", 404)
            base, path = f"{base}/k/{secret}", path or "index.html"
        return _embedding(site, request, base, path) if path in _EMBEDDING else _answer(site, request, base, path)

    async def played(request: Request) -> Response:
        given = request.path_params.get("key", "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), key().encode()):
            return PlainTextResponse("Not found", 404)
        return await take_beacon(site.counter, request)

    beacons = [Route(path, played, methods=["POST"]) for path in ("/plays/{slug}", "/k/{key}/plays/{slug}")]
    return [*(beacons if site.counter is not None else []), Route("/{path:path}", answer, methods=["GET", "HEAD"])]


def _embedding(site: PublicSite, request: Request, base: str, path: str) -> Response:
    """Return the response to a publisher's page: the script for all pages, or the player of one by its address."""
    if path == "embed.js":
        return _unless_known(request, _content(embed_script().encode(), path))
    found = site.entry_of(base, request.query_params.get("url", ""))
    if path == "embed.json":
        data = embed_data(found[0].channel, found[1]) if found else {"player": None}
        return JSONResponse(data, headers=_headers(path))
    if found is None:
        return PlainTextResponse("There is no episode of that article.", 404, headers=_ANYONE)
    where = found[0].channel.address(f"episodes/{found[1].slug}.embed.html")
    return RedirectResponse(where, 302, headers=_headers(path))


def _answer(site: PublicSite, request: Request, base: str, path: str) -> ASGIApp:
    """Return the response to a request for a public file, a page or a feed; sound is counted as plays."""
    response: Response | None
    if is_of_episode(site.root, path):
        response = file_response(site.home, path, media_type=_type(path), headers=_headers(path))
    else:
        content = site.find(base, path)
        response = _content(content, path) if content is not None else None
    if response is None:
        return _nothing_here(request, base)
    answer = _unless_known(request, response)
    if site.counter is None or answer is not response or not path.endswith(tuple(SOUND_TYPES)):
        return answer
    return Counted(site.counter, response, path.rpartition("/")[2])


def _nothing_here(request: Request, base: str) -> Response:
    """Return the response 404; browsers get a page with a link to the list."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("Not found", 404)
    return HTMLResponse(_NOTHING_HERE.format(base=escape(base)), 404, headers=_headers("404.html"))


def _content(content: bytes, path: str) -> Response:
    """Return a response with an ETag."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return Response(content, media_type=_type(path), headers=_headers(path) | {"ETag": tag})


def is_of_episode(root: Path, path: str) -> bool:
    """Return whether the file at *path* belongs to a published episode; links that lead out of the library do not."""
    folder, _, name = path.partition("/")
    kind = next((ending for ending in TYPES if name.endswith(ending)), None)
    if folder != EPISODES or not _NAME.fullmatch(name) or kind in (None, ".html"):
        return False
    if name.partition(".")[0] in read_state(root, DRAFTS):
        return False
    file = root / EPISODES / name
    return file.is_file() and file.resolve().parent == (root / EPISODES).resolve()


def _type(path: str) -> str:
    """Return the media type of a path."""
    return next((kind for ending, kind in TYPES.items() if path.endswith(ending)), "application/octet-stream")


def _headers(path: str) -> dict[str, str]:
    """Return the headers of a path: caching, security, and access for other sites."""
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    if path.endswith(".html"):
        ancestors = "*" if path.endswith(".embed.html") else "'self'"
        return headers | {"Content-Security-Policy": f"{POLICY}; frame-ancestors {ancestors}"}
    return headers | _ANYONE


def _unless_known(request: Request, response: Response) -> Response:
    """Return 304 if the client has this version of the file, otherwise *response*."""
    tags = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if response.headers.get("etag") not in tags and "*" not in tags:
        return response
    kept = ("etag", "cache-control", "last-modified", "access-control-allow-origin", "content-security-policy")
    return Response(
        status_code=304, headers={name: response.headers[name] for name in kept if name in response.headers}
    )
