"""Reads Word documents (`.docx`): mammoth converts them to HTML by their styles, which is read like a page.

mammoth omits what the printed text does not show: deleted text, comments, running heads. Footnotes are marked, because
they are not spoken. docs/formats.md compares other libraries.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.language.detection import choose_language
from audiogen.model import Article, Block, Evidence
from audiogen.readers.dates import find_date
from audiogen.readers.document import LARGEST
from audiogen.readers.opening import choose_title
from audiogen.readers.people import people
from audiogen.untrusted import unpack

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

#: The HTML of Word's styles, by their names in the file, which are English in every language of Word.
STYLES = "\n".join(
    (
        "p[style-name='Title'] => h1.title:fresh",
        "p[style-name='Subtitle'] => p.subtitle:fresh",
        "p[style-name='Quote'] => blockquote:fresh",
        "p[style-name='Intense Quote'] => blockquote:fresh",
        "p[style-name='caption'] => p.caption:fresh",
        "p[style-name='toc 1'] => p.contents:fresh",
        "p[style-name='toc 2'] => p.contents:fresh",
        "p[style-name='toc 3'] => p.contents:fresh",
    )
)
#: Marks of blocks, by the class or id of their element.
_MARKS = (("#footnote-", "footnote"), ("#endnote-", "footnote"), (".caption", "caption"), (".contents", "contents"))
_CORE = "docProps/core.xml"
_DC, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
#: Exceptions of the libraries for a broken package.
_BREAKS = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, NotImplementedError, AttributeError)


@dataclass(frozen=True, slots=True)
class Properties:
    """The document's properties."""

    title: str = ""
    authors: tuple[str, ...] = ()
    created: datetime | date | None = None
    modified: datetime | date | None = None
    language: str = ""


def read_docx(data: bytes, url: str | None = None) -> Article:
    """Read a Word document into an article.

    Raises:
        UnsupportedSourceError: It is broken, or too large for an article.
        EmptyArticleError: There is no text in it.
    """
    properties, page = _opened(data)
    blocks = _blocks(page)
    if not blocks:
        raise EmptyArticleError(properties.title or "the document", "There is no text in the Word document.")
    titled = next((b.text for b in blocks if b.evidence and b.evidence.path[-1:] == ("h1.title",)), "")
    dek = next((b.text for b in blocks[:4] if b.evidence and b.evidence.path[-1:] == ("p.subtitle",)), "")
    return Article(
        title=titled or choose_title(blocks, properties.title),
        dek=dek,
        authors=properties.authors,
        published=properties.created,
        modified=properties.modified,
        url=url or "",
        language=choose_language(properties.language, "\n".join(block.text for block in blocks)),
        blocks=tuple(blocks),
        format="docx",
    )


def _opened(data: bytes) -> tuple[Properties, str]:
    """Return the properties of a Word document, and its text as HTML."""
    from mammoth import convert_to_html

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > 4 * LARGEST:
                raise _unsupported("is too large")
            for part in package.namelist():
                # mammoth trusts the sizes in the directory.
                unpack(package, part, LARGEST)
            properties = _properties(unpack(package, _CORE, LARGEST)) if _CORE in package.namelist() else Properties()
        # Pictures are not seen, and would be written into the page.
        page: Any = convert_to_html(BytesIO(data), style_map=STYLES, convert_image=lambda image: [])
    except RecursionError as error:
        raise _unsupported("has parts that stand in one another too deep") from error
    except _BREAKS as error:
        raise _unsupported("is broken") from error
    except Exception as error:
        # mammoth's XML parser has errors of its own (xml.sax, xml.parsers.expat).
        if type(error).__module__.startswith("xml."):
            raise _unsupported("is broken") from error
        raise
    return properties, str(page.value).replace("\u2011", "-")


def _unsupported(reason: str) -> UnsupportedSourceError:
    """Return an error with *reason*, which begins with a verb."""
    return UnsupportedSourceError("the document", f"The Word document {reason}; save it anew, or as a PDF.")


def _properties(data: bytes) -> Properties:
    """Return the document's core properties; empty ones if they are broken."""
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError:
        root = None  # not even a broken element: the text is heard without its properties
    values = {element.tag: " ".join((element.text or "").split()) for element in root} if root is not None else {}
    return Properties(
        values.get(f"{_DC}title", ""),
        people([values.get(f"{_DC}creator", "")]),
        find_date(values.get(f"{_TERMS}created")),
        find_date(values.get(f"{_TERMS}modified")),
        values.get(f"{_DC}language", ""),
    )


def _blocks(page: str) -> list[Block]:
    """Return the blocks of the HTML of a document, without the numbers of notes."""
    from audiogen.readers.tree import parse
    from audiogen.readers.walk import Walk

    root = parse(f"<html><body>{page}</body></html>") if page.strip() else None
    if root is None:
        return []
    for mark in list(root.iter("a")):
        # The number of a note in the text, and the arrow back to it in the note.
        if "note-ref-" in (mark.get("id") or mark.get("href") or ""):
            mark.drop_tree()
    return _marked(Walk().over(root))


def _marked(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with marks for footnotes and captions."""
    marked = []
    for block in blocks:
        evidence = block.evidence or Evidence()
        marks = {mark: 1.0 for sign, mark in _MARKS if any(sign in step for step in evidence.path)}
        marked.append(replace(block, evidence=replace(evidence, marks={**evidence.marks, **marks})) if marks else block)
    return marked
