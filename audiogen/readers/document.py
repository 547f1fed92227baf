"""The document that a reader gets, and its maximum size."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.readers.encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

#: Maximum size of a document, in bytes; a page with all its pictures is rarely larger than a few megabytes.
LARGEST = 64_000_000
#: Maximum size of a text or note, in bytes; a book has one or two million.
LARGEST_TEXT = 10_000_000
#: A picture, a font or a script that a page contains as a `data:` address.
INLINED = re.compile(r"""data:[\w/+.;-]{0,80},[^"'\s)<>]{100,}""")


@dataclass(frozen=True, slots=True)
class UnwrappedPage:
    """A page taken out of a container such as an archive."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its format."""

    #: The document's name in error messages: its path, or its beginning.
    subject: str
    format: str
    data: bytes = b""
    #: The pages of the article in order, if it was saved as several files.
    parts: tuple[Path, ...] = ()

    @property
    def text(self) -> str:
        """The decoded text of the document."""
        return decode(self.data)

    @property
    def digest(self) -> str:
        """ "sha256:" and the SHA-256 of the document's bytes, or of all its parts one after another."""
        found = hashlib.sha256(self.data)
        for part in self.parts:
            found.update(part.read_bytes())
        return f"sha256:{found.hexdigest()}"
