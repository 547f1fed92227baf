"""Sound and covers for the app's own player: from this server, whatever the feed's address is, and also of drafts.

Sound can be played while it is made. Only the app has that stream; feeds, pages and the API have only files.
"""

from __future__ import annotations

import asyncio
import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response, StreamingResponse

from audiogen.assembler.preview import Preview
from audiogen.episodes.storage import EPISODES
from audiogen.errors import LibraryError
from audiogen.server.accounts import Scope
from audiogen.server.jobs import ENDED_BADLY, State
from audiogen.server.plays import TAG_HEAD, tag_size
from audiogen.server.stored import file_response
from audiogen.server.web.pages import Visit, page, version

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.routing import Route

    from audiogen.episodes.library import Library
    from audiogen.episodes.storage import Storage
    from audiogen.podcast.entries import Sound
    from audiogen.server.service import Service

#: Side of a cover in the app, in pixels: twice its size on the page.
_SIDE = 240
#: Maximum number of covers in memory, at about 10 kB each.
_MOST_COVERS = 500
#: Maximum number of streams of unfinished articles, as each has an encoder.
_MOST_PREVIEWS = 8
#: Interval in seconds at which new sound of an unfinished article is read.
_INTERVAL = 0.1
#: Number of bytes of sound that are read after the tags of an MP3.
_SOME_SOUND = 4096


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        page(service, "/app/sound/{slug}", _sound, Scope.READ),
        page(service, "/app/cover/{slug}", _cover, Scope.READ),
        page(service, "/app/preview/{id}", _preview, Scope.READ),
    ]


async def _sound(visit: Visit) -> Response:
    """Return an episode's sound, or the requested part of it."""
    response = await run_in_threadpool(_sound_of, visit)
    return response or visit.refused(404, "There is no such episode.")


def _sound_of(visit: Visit) -> Response | None:
    """Return the response with an episode's sound; None if there is none."""
    sound = _file(visit)
    if sound is None:
        return None
    headers = {"Cache-Control": "private, no-cache"}
    return file_response(visit.service.home, f"{EPISODES}/{sound.file}", media_type=sound.type, headers=headers)


def _file(visit: Visit) -> Sound | None:
    """Return an episode's sound; None if there is none, or if it is a link out of the library."""
    entry = visit.service.catalog.contents().entries.get(visit.request.path_params["slug"])
    folder = visit.service.home.root / EPISODES
    path = folder / entry.sound.file if entry is not None else None
    inside = path is not None and path.is_file() and path.resolve().parent == folder.resolve()
    return entry.sound if entry is not None and inside else None


async def _preview(visit: Visit) -> Response:
    """Return the sound of a job's article so far, and the rest while it is made."""
    service = visit.service
    job = await run_in_threadpool(service.queue.find, visit.request.path_params["id"])
    if job is None or not job.is_live:
        return visit.refused(404, "Nothing is spoken for this job now.")
    if service.previews >= _MOST_PREVIEWS:
        return visit.refused(503, "So many listen to articles that are being made that no more can.")
    headers = {"Cache-Control": "private, no-store", "Accept-Ranges": "none", "X-Accel-Buffering": "no"}
    return StreamingResponse(_spoken(service, job.id), media_type="audio/mpeg", headers=headers)


async def _spoken(service: Service, identifier: str) -> AsyncIterator[bytes]:
    """Yield the sound of a job as an MP3 stream: to its end, or until the job is cancelled, fails or begins anew."""
    preview, attempt = None, 0
    service.previews += 1
    try:
        while not service.closing.is_set():
            job = await run_in_threadpool(service.queue.find, identifier)
            if job is None or job.unwanted or job.state in ENDED_BADLY or (preview and job.attempts != attempt):
                return
            if preview is None and job.state is State.WORKING:
                preview, attempt = Preview(service.dispatcher.preview_of(job)), job.attempts
            sound = await run_in_threadpool(preview.read) if preview else b""
            if sound:
                yield sound
            elif not job.is_live:
                yield await run_in_threadpool(preview.finish) if preview else b""
                return
            else:
                await asyncio.sleep(_INTERVAL)
    finally:
        service.previews -= 1
        if preview is not None:
            preview.close()


async def _cover(visit: Visit) -> Response:
    """Return the picture in an episode's sound file, resized; the app's icon if there is none."""
    picture = await run_in_threadpool(_cover_of, visit)
    if not picture:
        return RedirectResponse(f"/app/static/icon.svg?v={version()}")
    return Response(picture, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


def _cover_of(visit: Visit) -> bytes:
    """Return the resized picture of an episode; b"" if there is none."""
    sound = _file(visit)
    if sound is None:
        return b""
    home, name = visit.service.home, f"{EPISODES}/{sound.file}"
    return _small(home, name, (home.root / name).stat().st_mtime_ns)


@lru_cache(maxsize=_MOST_COVERS)
def _small(home: Library, name: str, changed: int) -> bytes:
    """Return the resized picture in a sound file; b"" if there is none. *changed* is the file's time, for the cache."""
    from PIL import Image

    content = _picture(home.storage, name)
    if not content:
        return b""
    try:
        image = Image.open(io.BytesIO(content))
        image.draft("RGB", (2 * _SIDE, 2 * _SIDE))
        out = io.BytesIO()
        image.convert("RGB").resize((_SIDE, _SIDE), reducing_gap=2.0).save(out, "JPEG", quality=80)
    except (OSError, ValueError, Image.DecompressionBombError):
        return b""
    return out.getvalue()


def _picture(storage: Storage, name: str) -> bytes:
    """Return the picture in a sound file's tags; in a bucket only if the file begins with them, as an MP3 does."""
    from mutagen import File, MutagenError

    try:
        file: Any = storage.where(name)
        if storage.is_remote:
            beginning = storage.read_part(name, 0, TAG_HEAD)
            # With some sound behind them, by which the kind of file is known.
            file = io.BytesIO(storage.read_part(name, 0, tag_size(beginning) + _SOME_SOUND))
            file.name = name
        tags = getattr(File(file), "tags", None)
    except (MutagenError, OSError, LibraryError):
        return b""
    if tags is None:
        return b""
    framed = [bytes(tags[key].data) for key in tags if key.startswith("APIC")]
    covers = [bytes(cover) for cover in tags.get("covr", [])]
    return next(iter(framed + covers), b"")
