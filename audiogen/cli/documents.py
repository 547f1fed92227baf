"""The documents that `narrate` and `text` read: files, stdin, and pages that are fetched from addresses."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audiogen.errors import EmptyArticleError, FetchError
from audiogen.temporary import temporary_folder
from audiogen.untrusted import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from audiogen.errors import SourceNotFoundError
    from audiogen.model import Article, Source
    from audiogen.settings import Fetch

_ADDRESS = re.compile(r"https?://", re.I)


@dataclass(frozen=True, slots=True)
class Document:
    """A document, and where it is from."""

    #: The file, or the document itself.
    content: Path | bytes
    #: The address it was fetched from; empty where it was not.
    address: str = ""

    def known(self, article: Article) -> Article:
        """Add to an article that it was fetched, and from where."""
        return replace(article, source=article.source or self.address)


@contextmanager
def open_documents(sources: Sequence[str], *, fetch: Fetch | None = None) -> Iterator[Callable[[str], Document]]:
    """Start to fetch the addresses among *sources*; yield a function that returns the document of a source.

    Fetched pages are deleted at the end: the next run shall fetch the page as it is then. The function raises
    `FetchError` if a page cannot be fetched, or is a feed. *fetch* are the limits of fetching.

    Raises:
        click.UsageError: none of the sources exists.
    """
    if sources and all(map(_is_missing, sources)):
        raise click.UsageError(_not_found(sources[0]).message)
    addresses = list(dict.fromkeys(source for source in sources if _ADDRESS.match(source)))
    if not addresses:
        yield _local_document
        return
    from audiogen.model import Source
    from audiogen.sources.fetching import Fetcher, Limits

    limits = Limits(**asdict(fetch)) if fetch else Limits()
    with temporary_folder() as folder, Fetcher(folder, limits) as fetcher:
        pages = {address: fetcher.submit(Source(address, url=address)) for address in addresses}
        yield lambda source: _fetched(source, pages[source]) if source in pages else _local_document(source)


def _local_document(source: str) -> Document:
    if source == "-":
        # There is no stdin if the parent process closed it.
        data = sys.stdin.buffer.read() if sys.stdin else b""
        if not data:
            raise EmptyArticleError(
                "-", "Nothing came on stdin; `-` reads a document from there: … - < saved-page.html"
            )
        return Document(data)
    if _is_missing(source):
        raise _not_found(source)
    return Document(Path(source))


def _is_missing(source: str) -> bool:
    return source != "-" and not _ADDRESS.match(source) and kind_of(source) == "missing"


def _not_found(source: str) -> SourceNotFoundError:
    from audiogen.sources.finding import not_found

    return not_found(source)


def _fetched(address: str, page: Future[list[Source]]) -> Document:
    """Return the document of a fetched page; raise FetchError if it is a feed."""
    sources = page.result()
    if len(sources) != 1 or sources[0].path is None or sources[0].url != address:
        message = (
            f"{address} is a feed, not an article; `audiogen batch {address} -o LIBRARY` takes each of its articles."
        )
        raise FetchError(address, message, final=True)
    # Without its name, which is made up: what the page is, its bytes tell.
    return Document(sources[0].path.read_bytes(), address)
