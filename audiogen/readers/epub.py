"""Reads EPUB files of one article, as read-later services send them: joins the chapters of the spine to one page."""

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

#: Other exceptions of the libraries for a broken package.
_BREAKS = (OSError, RuntimeError, ValueError, StopIteration, EOFError, NotImplementedError)
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
#: Events of dates in EPUB 2 other than publication.
_OTHER_DAYS = ("modification", "creation", "conversion")
#: Maximum number of chapters of at least `_CHAPTER` words; a file with more is a book.
_MOST_CHAPTERS = 4
_CHAPTER = 400
#: Maximum number of files in a package, and of chapters of any length. Articles have one or two chapters.
_MOST_FILES, _MOST_PARTS = 10_000, 300
#: Meta tags, and the elements of the package's metadata that they take their values from.
_METAS = (("author", "creator"), ("date", "date"), ("og:site_name", "publisher"), ("description", "description"))


def open_epub(data: bytes) -> UnwrappedPage:
    """Return the article's chapters as one page with the package's metadata in its head.

    Raises:
        UnsupportedSourceError: The file is broken, protected, or a book of many chapters.
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
    """Return the page of an open package; UnsupportedSourceError if it has too many chapters."""
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
    """Yield the chapters' bodies as markup.

    Raises:
        UnsupportedSourceError: Too many of them are long, so that it is a book.
    """
    long = 0
    for name in names:
        body, words = _body(unpack(archive, name, LARGEST))
        long += words >= _CHAPTER
        if long > _MOST_CHAPTERS:
            raise _unsupported(f"it is a book of more than {_MOST_CHAPTERS} chapters, and no article")
        yield body


def _spine(package: etree._Element, path: str) -> Iterator[str]:
    """Yield the chapters' file names in reading order, without the table of contents."""
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or reference.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        if "html" in (item.get("media-type") or ""):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(item.get("href", ""))))


def _body(data: bytes) -> tuple[str, int]:
    """Return a chapter's body as markup, and its number of words."""
    parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)
    root = etree.fromstring(decode(data).encode("utf-8"), parser)
    body = root.find("body") if root is not None else None
    if body is None:
        return "", 0
    body.tag = "div"
    words = sum(len(str(text).split()) for text in body.itertext())
    return etree.tostring(body, encoding="unicode", method="html"), words


def _head(package: etree._Element) -> str:
    """Return the beginning of the page, with the package's metadata, up to `<body>`."""
    values = [(name, html.escape(_value(package, element))) for name, element in _METAS]
    lines = [f'<meta name="{name}" content="{value}">' for name, value in values if value]
    title, language = html.escape(_value(package, "title")), html.escape(_value(package, "language"))
    return f'<html lang="{language}"><head><title>{title}</title>{"".join(lines)}</head><body>'


def _value(package: etree._Element, name: str) -> str:
    """Return the text of a metadata element: all creators, the date of publication, otherwise the first."""
    found = [one for one in package.iter(f"{_DC}{name}") if one.get(f"{_OPF}event") not in _OTHER_DAYS]
    texts = [text for one in found if (text := " ".join((one.text or "").split()))]
    return "; ".join(texts) if name == "creator" else next(iter(texts), "")


def _parse(data: bytes) -> etree._Element:
    """Parse an XML file of the package, without resolving entities or fetching anything."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _unsupported(reason: str) -> UnsupportedSourceError:
    """Return an error with *reason*, a clause."""
    return UnsupportedSourceError("the EPUB", f"The EPUB cannot be read: {reason}. Save the article's page as HTML.")
