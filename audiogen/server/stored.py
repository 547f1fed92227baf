"""Files of an episode as answers: of a folder as files, of a bucket by the parts that are asked for.

The sound of a bucket goes through this server rather than by an address of the bucket: a private feed stays private,
plays are counted, the bucket needs no rules for other sites' scripts, and apps that keep an address find it next year.
A show with many listeners publishes the bucket itself (`audiogen feed`).
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

#: Bytes that are asked for and sent at once.
_PIECE = 256 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def file_response(home: Library, name: str, *, media_type: str, headers: Mapping[str, str]) -> Response | None:
    """Make the answer with a file of the library; None if there is none.

    Raises:
        LibraryError: the bucket cannot be reached.
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
    """A file that is read from its storage as it is sent, or the one part of it that is asked for."""

    def __init__(self, storage: Storage, name: str, size: int, *, media_type: str, headers: Mapping[str, str]) -> None:
        """Take the file's name within the library, and its size in bytes."""
        super().__init__(media_type=media_type, headers=headers)
        self.headers["Accept-Ranges"] = "bytes"
        self.headers["Content-Length"] = str(size)
        self._storage, self._name, self._size = storage, name, size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; where the file goes away meanwhile, the connection is broken off rather than the answer cut short."""
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
    """Return from where to before where a file is asked for; None for all of it, an empty part if there is none.

    Of several parts at once all is sent, as RFC 9110 (14.2) allows, and where `If-Range` names another file.

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
