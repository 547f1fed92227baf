"""Responses with an episode's files: from a folder as files, from a bucket in the requested parts.

The sound of a bucket passes through this server and not directly from the bucket: a private feed stays private, plays
are counted, the bucket needs no CORS rules, and addresses stay valid. A show with many listeners should publish the
bucket itself (`audiogen feed`).
"""

from __future__ import annotations

import re
from email.utils import formatdate
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

    from audiogen.episodes.library import Library
    from audiogen.episodes.storage import Storage

#: Number of bytes that are read and sent at a time.
_PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def file_response(home: Library, name: str, *, media_type: str, headers: Mapping[str, str]) -> Response | None:
    """Return the response with a file of the library; None if there is none.

    Raises:
        LibraryError: The bucket cannot be reached.
    """
    if not home.storage.is_remote:
        path = home.root / name
        return FileResponse(path, media_type=media_type, headers=headers, stat_result=path.stat())
    from audiogen.episodes.storage.bucket import BucketStorage

    assert isinstance(home.storage, BucketStorage)
    info = home.storage.objects.info(name)
    if info is None:
        return None
    all_headers = {**headers, "ETag": f'"{info.mark}"'}
    if info.changed:
        all_headers["Last-Modified"] = formatdate(info.changed, usegmt=True)
    return StoredFile(home.storage, name, info.size, media_type=media_type, headers=all_headers)


class StoredFile(Response):
    """A response with a file, or a part of it, that is read from its storage while it is sent."""

    def __init__(self, storage: Storage, name: str, size: int, *, media_type: str, headers: Mapping[str, str]) -> None:
        """Create a response with the file *name* in the library, of *size* bytes."""
        super().__init__(media_type=media_type, headers=headers)
        self.headers["Accept-Ranges"] = "bytes"
        self.headers["Content-Length"] = str(size)
        self._storage, self._name, self._size = storage, name, size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response.

        If the file disappears meanwhile, the connection is aborted, so that the response is not cut.
        """
        start, end = 0, self._size
        part = part_of(Headers(scope=scope), self.headers, self._size)
        if part is not None:
            start, end = part
            self.status_code = 206 if start < end else 416
            self.headers["Content-Range"] = f"bytes {f'{start}-{end - 1}' if start < end else '*'}/{self._size}"
            self.headers["Content-Length"] = str(end - start)
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if scope["method"] == "HEAD":
            end = start
        while start < end:
            piece = await run_in_threadpool(self._storage.read_part, self._name, start, min(end, start + _PIECE))
            if not piece:
                raise ConnectionAbortedError(f"{self._name} is gone")
            start += len(piece)
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def part_of(requested: Headers, answered: Mapping[str, str], size: int) -> tuple[int, int] | None:
    """Return start and end of the requested part of a file; None for all of it, an empty part if it is out of range.

    If several parts are requested, all is sent, as RFC 9110 (14.2) allows, and also if `If-Range` names another
    version.

    >>> part_of(Headers({"range": "bytes=2-5"}), {}, 10), part_of(Headers({"range": "bytes=-3"}), {}, 10)
    ((2, 6), (7, 10))
    >>> part_of(Headers({"range": "bytes=10-"}), {}, 10), part_of(Headers({"range": "bytes=0-1,4-5"}), {}, 10)
    ((0, 0), None)
    """
    match = _RANGE.fullmatch(requested.get("range", "").strip())
    condition = requested.get("if-range", "")
    if (
        match is None
        or not any(match.groups())
        or condition not in ("", answered.get("etag"), answered.get("last-modified"))
    ):
        return None
    first, last = match.groups()
    if first and last and int(last) < int(first):
        return None
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    return (start, end) if start < end else (0, 0)
