"""The library on the local network, with what podcast apps ask of a host: byte ranges, HEAD, entity tags, types, CORS.

Feeds and pages are made for the address that they are asked at, so that a phone follows links that it can reach;
nothing is written. Sound and timed text come from the library's `episodes`, and nothing else of the disk is shown.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from audiogen.podcast.cover import cover_files
from audiogen.podcast.entries import SOUND_TYPES, plain
from audiogen.podcast.pages import POLICY
from audiogen.podcast.playlist import FEED, PLAYLIST, playlist, queue_feed, queued
from audiogen.podcast.publishing import load_note
from audiogen.podcast.show import channel_of
from audiogen.podcast.site import Site, open_site
from audiogen.state import DRAFTS, FOLDER, read_state

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from audiogen.settings import Settings, Show

#: Types by file ending, longest ending first; a file of another kind is not served.
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
#: Names of files that episodes can have; no folders, nothing hidden.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,200}")
#: A host as browsers send it: a name or an address, and a port.
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9.-]{1,253})(:[0-9]{1,5})?")
#: Apps and players of other sites may read feeds and timed text.
_ANYONE = {"Access-Control-Allow-Origin": "*"}
#: Addresses that sites are kept for: a computer is known by a few names.
_MOST_SITES = 8


@dataclass(slots=True)
class Kiosk:
    """Makes what is asked for, and keeps it until the library changes."""

    root: Path
    settings: Settings
    #: Sites by the address that they are asked at.
    _sites: dict[str, tuple[object, Site, dict[str, bytes]]] = field(default_factory=dict)

    def find(self, base: str, path: str) -> bytes | None:
        """Make the feed, page or picture at *path*, or None where there is no such thing."""
        site, made = self._site(base)
        if path in made:
            return made[path]
        if path in (PLAYLIST, FEED):
            return self._queue(site, path)
        folder, _, name = path.rpartition("/")
        if folder in ("episodes", "oembed"):
            slug = name.partition(".")[0]
            entry = next((entry for entry in site.entries if entry.slug == slug), None)
            if entry is not None:
                return dict(site.episode(entry, site.manifest(entry))).get(path)
        return None

    def _queue(self, site: Site, path: str) -> bytes | None:
        """Write what `audiogen queue` picked last, for the address that it is asked at."""
        entries = queued(self.root, site.entries)
        if entries is None:
            return None
        return queue_feed(site.channel, entries) if path == FEED else playlist(entries).encode()

    def _site(self, base: str) -> tuple[Site, dict[str, bytes]]:
        state = self._state()
        known = self._sites.get(base)
        if known is None or known[0] != state:
            show, guids = local_show(self.settings.show, base), load_note(self.root, "feed-guids.json")
            cover, pictures = cover_files(self.root, show)
            channel = channel_of(show, cover=cover, dates=self.settings.feed.dates)
            site = open_site(self.root, channel, self.settings.feed, guids, {})
            made = pictures | {path: write() for path, _, write in site.lists()}
            made |= dict(site.assets()) | dict(site.feeds())
            if show.cover:
                made[cover] = (self.root / cover).read_bytes()
            while len(self._sites) >= _MOST_SITES:
                del self._sites[next(iter(self._sites))]
            known = self._sites[base] = state, site, made
        return known[1], known[2]

    def _state(self) -> object:
        """Tell one state of the library from another: an episode comes and goes by the names in its folder.

        What people say of episodes is written by renaming, which the folder of that shows as well.
        """
        folders = (self.root / "episodes", self.root / FOLDER)
        return [folder.stat().st_mtime_ns if folder.is_dir() else None for folder in folders]


def local_show(show: Show, base: str) -> Show:
    """Fill in what a show on the local network can do without telling."""
    return replace(
        show,
        base_url=base,
        link="",
        title=show.title if plain(show.title) else "Saved articles",
        description=show.description if plain(show.description) else "Articles, read aloud.",
        private=True,
    )


def build_app(root: Path, settings: Settings) -> Starlette:
    """Make the application that shows the library at *root*."""
    kiosk = Kiosk(root, settings)

    async def answer(request: Request) -> Response:
        path = request.path_params["path"] or "index.html"
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            return PlainTextResponse("Bad host", 400)
        return await run_in_threadpool(_answer, kiosk, request, f"http://{host}", path)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD"])])


def _answer(kiosk: Kiosk, request: Request, base: str, path: str) -> Response:
    file = library_file(kiosk.root, path)
    if file is not None:
        response: Response = FileResponse(file, media_type=_type(path), stat_result=file.stat(), headers=_headers(path))
    else:
        content = kiosk.find(base, path)
        if content is None:
            return PlainTextResponse("Not found", 404)
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        response = Response(content, media_type=_type(path), headers=_headers(path) | {"ETag": tag})
    return _unless_known(request, response)


def library_file(root: Path, path: str) -> Path | None:
    """Find a file of an episode; None for any other file of the disk, however it is named, and for those of drafts.

    What a link of the file system leads out to is not the library's.
    """
    folder, _, name = path.partition("/")
    kind = next((ending for ending in TYPES if name.endswith(ending)), None)
    if folder != "episodes" or not _NAME.fullmatch(name) or kind in (None, ".html"):
        return None
    if name.partition(".")[0] in read_state(root, DRAFTS):
        return None
    file = root / "episodes" / name
    inside = file.is_file() and file.resolve().parent == (root / "episodes").resolve()
    return file if inside else None


def _type(path: str) -> str:
    return next((kind for ending, kind in TYPES.items() if path.endswith(ending)), "application/octet-stream")


def _headers(path: str) -> dict[str, str]:
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    if path.endswith(".html"):
        ancestors = "*" if path.endswith(".embed.html") else "'self'"
        return headers | {"Content-Security-Policy": f"{POLICY}; frame-ancestors {ancestors}"}
    return headers | _ANYONE


def _unless_known(request: Request, response: Response) -> Response:
    """Answer 304 to who has this very file already; a request for a part of it is answered as it is."""
    tags = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if response.headers.get("etag") not in tags and "*" not in tags:
        return response
    kept = ("etag", "cache-control", "last-modified", "access-control-allow-origin", "content-security-policy")
    return Response(
        status_code=304, headers={name: response.headers[name] for name in kept if name in response.headers}
    )
