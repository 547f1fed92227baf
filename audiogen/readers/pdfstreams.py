"""Checks the uncompressed sizes of a PDF's streams before PDFium, which has no limits, reads a page.

A hundred kilobytes can decompress to a page of a hundred megabytes, for which PDFium needs gigabytes. A stream's length
does not show this, so each stream is decompressed up to the limit. Pictures are skipped, because PDFium decodes them
only for OCR. Other compressions (LZW, encryption) and repetitions on a page are not checked here; the limits of the
process stop them.
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

#: Maximum uncompressed size of a stream, and of all streams, in bytes. A page of text has about ten kilobytes, a map a
#: few
#: megabytes, a font up to ten.
LARGEST_STREAM, LARGEST_TOGETHER = 20_000_000, 200_000_000
_STREAM, _END = re.compile(rb"(?<!end)stream\r?\n"), b"endstream"
_FILTER = re.compile(rb"/(?:Filter|F)\b")
_NAMES = re.compile(rb"/(\w+)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
#: Filters that are decoded here, by their long and short names; only the first can expand data.
_FLATE, _BASE_85, _HEX = (b"FlateDecode", b"Fl"), (b"ASCII85Decode", b"A85"), (b"ASCIIHexDecode", b"AHx")
_UNDONE = frozenset({*_FLATE, *_BASE_85, *_HEX})
#: Number of bytes before a stream that are searched for its dictionary.
_DICTIONARY = 4000


def is_swollen(data: bytes) -> bool:
    """Return whether a stream of a PDF, or all of them together, exceed the maximum uncompressed size."""
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
    """Yield the content of each stream that is not a picture, and the filters to decode, in order."""
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
    """Return content with one filter decoded, up to a byte more than the maximum; b"" if it is broken."""
    with suppress(ValueError, zlib.error):
        if name in _FLATE:
            return zlib.decompressobj().decompress(content, LARGEST_STREAM + 1)
        if name in _BASE_85:
            return base64.a85decode(content.strip().removeprefix(b"<~").removesuffix(b"~>"))
        return bytes.fromhex(content.decode("ascii", "replace").strip().removesuffix(">"))
    return b""
