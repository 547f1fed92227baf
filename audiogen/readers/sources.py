"""Loads the path, folder or document that a caller names as a `Document`."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from audiogen.errors import EmptyArticleError, SourceNotFoundError, UnsupportedSourceError
from audiogen.readers.document import LARGEST, LARGEST_TEXT, Document
from audiogen.readers.encoding import decode
from audiogen.readers.folder import find_pages
from audiogen.readers.formats import detect_format
from audiogen.readers.kinds import binary_kind, text_kind, unknown_kind

_ADDRESS = re.compile(r"\A[a-z][a-z+.-]{1,20}://\S+\Z", re.I)
_SENTENCE = re.compile(r"\S\s.*[.!?…。][\"'”’»)]*\s*\Z")
#: Maximum length of a path, in characters; a longer text is a document.
_LONGEST_PATH = 1000


def load(source: str | bytes | Path) -> Document:
    """Return the document that *source* names or is.

    Raises:
        SourceNotFoundError: There is no file or folder at the path.
        UnsupportedSourceError: It is of a kind that is not read, or too large.
        EmptyArticleError: There is nothing in it.
    """
    if isinstance(source, bytes):
        return _checked_document(source, _label(source.decode("utf-8", "replace")))
    if isinstance(source, str) and _is_document(source):
        return _checked_document(source.encode("utf-8", "replace"), _label(source))
    if isinstance(source, str) and _ADDRESS.match(source):
        raise UnsupportedSourceError(source, f"{source} is an address; save the page and give the saved file.")
    return _load_path(Path(source))


def _load_path(path: Path) -> Document:
    """Load a file, or a folder with the pages of one article."""
    if path.is_dir():
        pages = find_pages(path)
        return _load_path(pages[0]) if len(pages) == 1 else Document(str(path), "", parts=pages)
    if not path.is_file():
        raise SourceNotFoundError(path, f"There is no file {path}.")
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise SourceNotFoundError(path, f"{path} could not be read: {error.strerror}.") from error
    if size > LARGEST:
        raise _too_large(str(path), LARGEST)
    return _checked_document(data, str(path), path.name)


def _checked_document(data: bytes, subject: str, name: str = "") -> Document:
    """Return a document with its format.

    Raises:
        UnsupportedSourceError: It is too large, or of a kind that is not read.
        EmptyArticleError: It has no text.
    """
    if len(data) > LARGEST:
        raise _too_large(subject, LARGEST)
    if name and not data:
        raise EmptyArticleError(subject, f"{subject} is empty; save or export it again.")
    if not data.strip(b"\x00 \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe"):
        raise EmptyArticleError(subject, f"There is no text in {subject or 'the document'}.")
    form = detect_format(data, name)
    if form in ("text", "markdown", "json") and len(data) > LARGEST_TEXT:
        raise _too_large(subject, LARGEST_TEXT)
    kind = text_kind(decode(data), PurePath(name).suffix.lower()) if form == "text" else None
    if not form:
        kind = binary_kind(data) or unknown_kind(PurePath(name).suffix.lower())
    if kind is not None:
        raise UnsupportedSourceError(subject, f"{subject} is {kind.name}; {kind.advice}.")
    return Document(subject, form, data)


def _too_large(subject: str, limit: int) -> UnsupportedSourceError:
    """Return the error for a document of more than *limit* bytes."""
    return UnsupportedSourceError(subject, f"{subject} is larger than {limit // 1_000_000} MB; save the article alone.")


def _is_document(text: str) -> bool:
    """Return whether *text* is a document and not a path to one."""
    if not text.strip() or any(mark in text for mark in "\n\r<\x00") or len(text) > _LONGEST_PATH:
        return True
    return bool(_SENTENCE.search(text)) and not Path(text).exists()


def _label(text: str) -> str:
    """Return the beginning of a document, by which error messages name it."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[:200])
    short = " ".join(shown.split())[:60] or "the document"
    return short if len(text) <= 60 else f"{short}…"
