"""The room that reads: a source goes in, an `Article` with every block of it comes out.

A reader decides nothing about what is heard; it reports all visible text in order, with the evidence the cleaner needs.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.errors import EmptyArticleError, SourceNotFoundError

if TYPE_CHECKING:
    from audiogen.model import Article

#: Reader of each format: a callable `(document: str, url: str | None) -> Article`.
READERS = {
    "html": "audiogen.readers.html:read_html",
    "text": "audiogen.readers.text:read_text",
}


def read(source: str | bytes | Path, *, url: str | None = None) -> Article:
    """Read *source*, a path or the document itself, into an article with all its blocks."""
    document = _load(source)
    if not document.strip():
        raise EmptyArticleError(source, f"There is no text in {source!s}.")
    kind = "html" if "<" in document[:2000] and ">" in document[:2000] else "text"
    module, _, name = READERS[kind].partition(":")
    article: Article = getattr(import_module(module), name)(document, url)
    return article


def _load(source: str | bytes | Path) -> str:
    if isinstance(source, bytes):
        return source.decode("utf-8", "replace")
    if isinstance(source, str) and ("\n" in source or "<" in source):
        return source
    path = Path(source)
    if not path.is_file():
        raise SourceNotFoundError(path, f"There is no file {path}.")
    return path.read_bytes().decode("utf-8", "replace")
