"""EPUB of one article, as read-later services send it: the chapters of its spine, joined to one page."""

from __future__ import annotations

import html
import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from audiogen.errors import UnsupportedSourceError
from audiogen.readers.document import LARGEST, UnwrappedPage
from audiogen.readers.encoding import decode
from audiogen.untrusted import unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What else a broken package makes the libraries raise.
_BREAKS = (OSError, RuntimeError, ValueError, StopIteration, EOFError, NotImplementedError)
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
#: Days that EPUB 2 tells from that of publication.
_OTHER_DAYS = ("modification", "creation", "conversion")
#: A book has more chapters than this of `_CHAPTER` words and more; an article with its cover and contents has fewer.
_MOST_CHAPTERS = 4
_CHAPTER = 400
#: Most files of a package, and most chapters of any length. An article has one or two; its pictures are files.
_MOST_FILES, _MOST_PARTS = 10_000, 300
#: What a page calls an element of the package's metadata.
_METAS = (("author", "creator"), ("date", "date"), ("og:site_name", "publisher"), ("description", "description"))


def open_epub(data: bytes) -> UnwrappedPage:
    """Join the article's chapters to one page, with the package's metadata in its head.

    Raises:
        UnsupportedSourceError: the file is broken, protected, or a book of many chapters.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST:
                raise _unsupported("it is too large")
            if len(archive.infolist()) > _MOST_FILES:
                raise _unsupported(f"it holds more than {_MOST_FILES:,} files, and is no article")
            if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
                raise _unsupported("it is protected")
            return _page(archive)
    except (zipfile.BadZipFile, zlib.error, KeyError, etree.XMLSyntaxError, *_BREAKS) as error:
        raise _unsupported("it is broken") from error


def _page(archive: zipfile.ZipFile) -> UnwrappedPage:
    container = _parse(unpack(archive, "META-INF/container.xml", LARGEST))
    root = next(container.iter(f"{_CONTAINER}rootfile"))
    path = unquote(root.get("full-path", ""))
    package = _parse(unpack(archive, path, LARGEST))
    held = set(archive.namelist())
    names = [name for name in dict.fromkeys(_spine(package, path)) if name in held]
    if len(names) > _MOST_PARTS:
        raise _unsupported(f"it is a book of {len(names)} chapters, and no article")
    return UnwrappedPage(
        _head(package) + "\n".join(_bodies(archive, names)) + "</body></html>", _value(package, "source")
    )


def _bodies(archive: zipfile.ZipFile, names: Sequence[str]) -> Iterator[str]:
    """Yield the chapters' bodies; the chapter that makes it a book is the last that is read.

    Raises:
        UnsupportedSourceError: more of them are long than an article has.
    """
    long = 0
    for name in names:
        body, words = _body(unpack(archive, name, LARGEST))
        long += words >= _CHAPTER
        if long > _MOST_CHAPTERS:
            raise _unsupported(f"it is a book of more than {_MOST_CHAPTERS} chapters, and no article")
        yield body


def _spine(package: etree._Element, path: str) -> Iterator[str]:
    """Yield the chapters' names in reading order, without the table of contents."""
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or ""):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(item.get("href", ""))))


def _body(data: bytes) -> tuple[str, int]:
    """Return a chapter's body as markup, and how many words are in it."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)
    root = etree.fromstring(decode(data).encode("utf-8"), parser)
    body = root.find("body") if root is not None else None
    if body is None:
        return "", 0
    body.tag = "div"
    words = sum(len(str(text).split()) for text in body.itertext())
    return etree.tostring(body, encoding="unicode", method="html"), words


def _head(package: etree._Element) -> str:
    values = [(name, html.escape(_value(package, element))) for name, element in _METAS]
    lines = [f'<meta name="{name}" content="{value}">' for name, value in values if value]
    title, language = html.escape(_value(package, "title")), html.escape(_value(package, "language"))
    return f'<html lang="{language}"><head><title>{title}</title>{"".join(lines)}</head><body>'


def _value(package: etree._Element, name: str) -> str:
    """Return an element of the metadata: of creators all, of dates that of publication."""
    found = [one for one in package.iter(f"{_DC}{name}") if one.get(f"{_OPF}event") not in _OTHER_DAYS]
    texts = [text for one in found if (text := " ".join((one.text or "").split()))]
    return "; ".join(texts) if name == "creator" else next(iter(texts), "")


def _parse(data: bytes) -> etree._Element:
    """Parse a file of the package; entities stay unresolved and nothing is fetched."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _unsupported(reason: str) -> UnsupportedSourceError:
    return UnsupportedSourceError("the EPUB", f"The EPUB cannot be read: {reason}. Save the article's page as HTML.")
