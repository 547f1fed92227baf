"""Reads MHTML (RFC 2557), a page and its pictures in one mail message, as Chrome and Edge save it."""

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

#: Maximum number of parts (pages have a few hundred pictures, styles and frames), and of parts with other parts, which
#: the parser enters recursively.
MOST_PARTS, MOST_NESTED = 10_000, 50
_PART = re.compile(rb"^content-type:\s*(multipart/)?", re.I | re.M)


def open_mhtml(data: bytes) -> UnwrappedPage:
    """Return the page in the message.

    Raises:
        UnsupportedSourceError: There is no page in it, or it has too many parts.
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
    """Check the number of parts; UnsupportedSourceError if there are too many."""
    parts = list(islice(_PART.finditer(data), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS:
        reason = f"has more than {MOST_PARTS:,} parts; no page has so many."
    elif sum(part[1] is not None for part in parts) > MOST_NESTED:
        reason = "has parts that stand in one another too deep."
    else:
        return
    raise UnsupportedSourceError("the web archive", f"The web archive (MHTML) {reason}")


def _root(message: Message) -> Message | None:
    """Return the part that the message's `start` names, or the first page in it; None if there is no page."""
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    named = [part for part in pages if start and part.get("Content-ID") == start]
    return next(iter(named or pages), None)


def _address(value: object) -> str:
    """Return a header's value if it is an HTTP address, otherwise ""."""
    text = "".join(str(value or "").split())
    return text if text.startswith(("http://", "https://")) else ""
