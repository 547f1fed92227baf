"""Reads Safari's `.webarchive`, a property list with the page and its resources."""

from __future__ import annotations

import plistlib
from xml.parsers.expat import ExpatError

from audiogen.errors import UnsupportedSourceError
from audiogen.readers.document import UnwrappedPage
from audiogen.readers.encoding import decode

#: Keys of the main resource, as WebKit's `LegacyWebArchive` writes them.
_MAIN, _DATA, _TYPE = "WebMainResource", "WebResourceData", "WebResourceMIMEType"
_ENCODING, _ADDRESS = "WebResourceTextEncodingName", "WebResourceURL"


def open_webarchive(data: bytes) -> UnwrappedPage:
    """Return the page in the archive.

    Raises:
        UnsupportedSourceError: The property list is broken, or its main resource is not a page.
    """
    try:
        main = plistlib.loads(data)[_MAIN]
        body, kind = main[_DATA], main.get(_TYPE, "text/html")
    except (
        plistlib.InvalidFileException,
        ExpatError,
        KeyError,
        TypeError,
        ValueError,
        IndexError,
        OverflowError,
        RecursionError,
    ) as error:
        raise _unsupported("it is broken") from error
    if kind not in ("text/html", "application/xhtml+xml", "text/plain") or not isinstance(body, bytes):
        raise _unsupported(f"it holds {kind}, and no page")
    return UnwrappedPage(decode(body, str(main.get(_ENCODING, ""))), str(main.get(_ADDRESS, "")))


def _unsupported(reason: str) -> UnsupportedSourceError:
    """Return an error with *reason*, a clause."""
    return UnsupportedSourceError(
        "the web archive", f"The web archive cannot be read: {reason}. Save the page as HTML."
    )
