"""The sizes that a PDF's streams unpack to, looked at before PDFium reads a page: it has no limits of its own.

A hundred kilobytes can unpack to a page of a hundred megabytes, for which PDFium takes gigabytes. A stream's length
says nothing of that, so each is unpacked up to the limit. Pictures are left out: PDFium draws them only where OCR is
wanted. What is packed in other ways (LZW, encryption) and what a page repeats is not seen here, and is ended by the
limits of the process.
"""

from __future__ import annotations

import base64
import re
import zlib
from contextlib import suppress
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Most bytes of a stream, and of all streams together. A page of text has some ten kilobytes, a drawn map a few
#: megabytes, a font up to ten.
LARGEST_STREAM, LARGEST_TOGETHER = 20_000_000, 200_000_000
_STREAM, _END = re.compile(rb"(?<!end)stream\r?\n"), b"endstream"
_FILTER = re.compile(rb"/(?:Filter|F)\b")
_NAMES = re.compile(rb"/(\w+)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
#: Filters that are undone here, by their long and short names; only the first can unpack to more than was packed.
_FLATE, _BASE_85, _HEX = (b"FlateDecode", b"Fl"), (b"ASCII85Decode", b"A85"), (b"ASCIIHexDecode", b"AHx")
_UNDONE = frozenset({*_FLATE, *_BASE_85, *_HEX})
#: Bytes before a stream in which its dictionary is looked for.
_DICTIONARY = 4000


def is_swollen(data: bytes) -> bool:
    """Return whether a stream of a PDF unpacks to more than any page has, or all of them do together."""
    together = 0
    for content, filters in _streams(data):
        for name in takewhile(_UNDONE.__contains__, filters):
            content = _undone(content, name)
            if len(content) > LARGEST_STREAM:
                return True
        together += len(content)
        if together > LARGEST_TOGETHER:
            return True
    return False


def _streams(data: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield the packed content of each stream that is no picture, and the filters to undo, in order."""
    end = 0
    for found in _STREAM.finditer(data):
        if found.start() < end:
            # Inside of the content of another one.
            continue
        end = data.find(_END, found.end())
        end = end if end >= 0 else len(data)
        dictionary = data[max(0, found.start() - _DICTIONARY) : found.start()].rpartition(b"obj")[2]
        filtered = _FILTER.search(dictionary)
        if filtered and not _PICTURE.search(dictionary):
            yield data[found.end() : end], _NAMES.findall(dictionary[filtered.end() :])


def _undone(content: bytes, name: bytes) -> bytes:
    """Undo one filter, up to a byte more than is allowed; what is broken is no content."""
    with suppress(ValueError, zlib.error):
        if name in _FLATE:
            return zlib.decompressobj().decompress(content, LARGEST_STREAM + 1)
        if name in _BASE_85:
            return base64.a85decode(content.strip().removeprefix(b"<~").removesuffix(b"~>"))
        return bytes.fromhex(content.decode("ascii", "replace").strip().removesuffix(">"))
    return b""
