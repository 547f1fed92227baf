"""MHTML (RFC 2557): a page and its pictures in one mail message, as Chrome and Edge save it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import compat32
from itertools import islice
from typing import TYPE_CHECKING

from audiogen.errors import UnsupportedSourceError
from audiogen.readers.document import UnwrappedPage
from audiogen.readers.encoding import decode

if TYPE_CHECKING:
    from email.message import Message

#: Most parts of a page, whose pictures, styles and frames are a few hundred, and most that hold others; the parser
#: goes down into these one by one.
MOST_PARTS, MOST_NESTED = 10_000, 50
_PART = re.compile(rb"^content-type:\s*(multipart/)?", re.I | re.M)


def open_mhtml(data: bytes) -> UnwrappedPage:
    """Take the page out of the message.

    Raises:
        UnsupportedSourceError: there is no page in it, or it has more parts than any page.
    """
    _bound(data)
    message = message_from_bytes(data.lstrip(), policy=compat32)
    part = _root(message)
    if part is None:
        raise UnsupportedSourceError("the web archive", "There is no HTML page in the web archive (MHTML).")
    body = part.get_payload(decode=True)
    text = decode(body if isinstance(body, bytes) else b"", part.get_content_charset("") or "")
    return UnwrappedPage(
        text, _address(message.get("Snapshot-Content-Location")) or _address(part.get("Content-Location"))
    )


def _bound(data: bytes) -> None:
    parts = list(islice(_PART.finditer(data), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS:
        reason = f"has more than {MOST_PARTS:,} parts; no page has so many."
    elif sum(part[1] is not None for part in parts) > MOST_NESTED:
        reason = "has parts that stand in one another too deep."
    else:
        return
    raise UnsupportedSourceError("the web archive", f"The web archive (MHTML) {reason}")


def _root(message: Message) -> Message | None:
    """Find the part the message starts with: the one its `start` names, or the first page in it."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    named = [part for part in pages if start and part.get("Content-ID") == start]
    return next(iter(named or pages), None)


def _address(value: object) -> str:
    text = "".join(str(value or "").split())
    return text if text.startswith(("http://", "https://")) else ""
