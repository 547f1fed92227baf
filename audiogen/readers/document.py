"""A document to be read, and how large one may be."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.readers.encoding import decode

if TYPE_CHECKING:
    from pathlib import Path

#: Largest document that is read, in bytes: a page with all its pictures inside is seldom larger than a few megabytes.
LARGEST = 64_000_000
#: Largest text or note, in bytes: a book has one or two millions.
LARGEST_TEXT = 10_000_000
#: A picture, a font or a script written into a page as an address.
INLINED = re.compile(r"""data:[\w/+.;-]{0,80},[^"'\s)<>]{100,}""")


@dataclass(frozen=True, slots=True)
class UnwrappedPage:
    """A page that was taken out of a container, such as an archive."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was found, with its form."""

    #: What errors name: the path, or the document's beginning.
    subject: str
    format: str
    data: bytes = b""
    #: Pages of one article, in order, where it was saved as several files.
    parts: tuple[Path, ...] = ()

    @property
    def text(self) -> str:
        """The document decoded."""
        return decode(self.data)

    @property
    def digest(self) -> str:
        """SHA-256 of the document as it was found; of one in several files, of its parts one after another."""
        found = hashlib.sha256(self.data)
        for part in self.parts:
            found.update(part.read_bytes())
        return f"sha256:{found.hexdigest()}"
