"""Reads SingleFile's self-extracting pages (`.zip.html`, formerly SingleFileZ): an HTML page that is also a ZIP.

In a browser, a script in the page's head unpacks the rest. A ZIP may have other data before and after it, so the page
itself is an ordinary member, `index.html`, beside its pictures and a `manifest.json` with its address (`originalUrl`).
"""

from __future__ import annotations

import json
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from audiogen.errors import UnsupportedSourceError
from audiogen.readers.document import LARGEST, UnwrappedPage
from audiogen.readers.encoding import decode
from audiogen.untrusted import unpack

if TYPE_CHECKING:
    from zipfile import ZipFile

#: Signature of a ZIP's end-of-directory record, and its length in bytes without the comment.
END, END_SIZE = b"PK\x05\x06", 22
_PAGE, _MANIFEST = "index.html", "manifest.json"
#: Exceptions of the library for a broken archive.
_BREAKS = (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, EOFError, NotImplementedError)


def open_singlefile(data: bytes) -> UnwrappedPage:
    """Return the page in the archive.

    Raises:
        UnsupportedSourceError: The archive is broken, protected by a password, or its page is too large.
    """
    # What is behind the archive may be longer than the comment that the library looks for its end in.
    archive = BytesIO(data[: data.rfind(END) + END_SIZE])
    try:
        with zipfile.ZipFile(archive) as members:
            return UnwrappedPage(decode(_member(members, _PAGE)), _address(members))
    except RuntimeError as error:  # the library's own for a member that needs a password
        raise _unsupported("it is protected by a password") from error
    except _BREAKS as error:
        raise _unsupported("it is broken") from error


def _member(members: ZipFile, name: str) -> bytes:
    """Return the content of a member; UnsupportedSourceError if it is too large."""
    if members.getinfo(name).file_size > LARGEST:
        raise _unsupported("it is too large")
    return unpack(members, name, LARGEST)


def _address(members: ZipFile) -> str:
    """Return the page's address in the manifest, or ""."""
    if _MANIFEST not in members.namelist():
        return ""
    try:
        address = json.loads(_member(members, _MANIFEST))["originalUrl"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return address if isinstance(address, str) and address.startswith(("http://", "https://")) else ""


def _unsupported(reason: str) -> UnsupportedSourceError:
    """Return an error with *reason*, a clause."""
    advice = "Save the page in SingleFile's format HTML."
    return UnsupportedSourceError("the page", f"The page saved by SingleFile cannot be read: {reason}. {advice}")
