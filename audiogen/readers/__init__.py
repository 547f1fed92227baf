"""Reads a source into an `Article` with all its visible blocks.

Readers drop nothing: they return all visible text in order, with the evidence that the cleaner needs to judge it.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.errors import UnsupportedSourceError
from audiogen.untrusted import split_address, visible, without_secrets

if TYPE_CHECKING:
    from audiogen.model import Article
    from audiogen.readers.document import Document

#: Schemes of a picture's address; a relative address has none.
_PICTURED = frozenset({"http", "https", ""})
#: Reader of each format: a callable `(document: str, url: str | None) -> Article`.
READERS = {
    "html": "audiogen.readers.html:read_html",
    "markdown": "audiogen.readers.markdown:read_markdown",
    "text": "audiogen.readers.text:read_text",
}
#: Reader of each format that is not one text: a callable `(data: bytes, url: str | None) -> Article`.
DOCUMENTS = {
    "docx": "audiogen.readers.docx:read_docx",
    "json": "audiogen.readers.cms:read_json",
    "mail": "audiogen.readers.mail:read_mail",
    "pdf": "audiogen.readers.pdf:read_pdf",
    "picture": "audiogen.readers.ocr:read_image",
}
#: Opener of each format that wraps an HTML page: a callable `(data: bytes) -> UnwrappedPage`.
CONTAINERS = {
    "epub": "audiogen.readers.epub:open_epub",
    "mhtml": "audiogen.readers.mhtml:open_mhtml",
    "singlefile": "audiogen.readers.singlefile:open_singlefile",
    "webarchive": "audiogen.readers.webarchive:open_webarchive",
}


def read(source: str | bytes | Path, *, url: str | None = None) -> Article:
    """Read *source* into an article with all its blocks.

    Args:
        source: A path to a file, or to a folder that holds one saved page; or the document itself. A `str` is the
            document if it has a line break or a tag in it or reads as a sentence, and a path otherwise.
        url: The address it was saved from, where the page does not say.

    Raises:
        SourceNotFoundError: there is no file or folder at the path.
        UnsupportedSourceError: it is a PDF, a picture, an address…
        EmptyArticleError: there is no text in it.
    """
    from audiogen.readers.sources import load

    document = load(source)
    try:
        return replace(_plain(_read(document, url)), document=document.digest)
    except UnsupportedSourceError as error:
        if not isinstance(source, Path) or source.name in error.message:
            raise
        raise UnsupportedSourceError(source, f"{source.name}: {error.message}") from error


def _plain(article: Article) -> Article:
    """Return the article without invisible characters in its metadata, and without an image that is not on the web."""
    return replace(
        article,
        title=visible(article.title),
        dek=visible(article.dek),
        # Some pages name a site or an author by an address, with all that lets in.
        authors=tuple(without_secrets(visible(author)) for author in article.authors),
        site=without_secrets(visible(article.site)),
        tags=tuple(map(visible, article.tags)),
        image=article.image if split_address(article.image).scheme in _PICTURED else "",
    )


def _read(document: Document, url: str | None) -> Article:
    """Read a document with the reader of its format; the pages of a folder are joined."""
    if document.parts:
        from audiogen.readers.folder import join

        return join([read(part, url=url) for part in document.parts])
    if document.format in DOCUMENTS:
        article: Article = _imported(DOCUMENTS[document.format])(document.data, url)
        return article
    if document.format in CONTAINERS:
        page = _imported(CONTAINERS[document.format])(document.data)
        return _read_as("html", page.text, url or page.url or None)
    return _read_as(document.format, document.text, url)


def _read_as(form: str, text: str, url: str | None) -> Article:
    """Read text with the reader of the format *form*."""
    article: Article = _imported(READERS[form])(text, url)
    return article


def _imported(path: str) -> Any:
    """Import and return the object that "module:name" names; a reader's libraries are imported only when needed."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
