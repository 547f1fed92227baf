"""The documents that `narrate` and `text` are asked for: files, stdin, and the pages at addresses."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audiogen.errors import FetchError
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
def open_documents(asked: Sequence[str], *, fetch: Fetch | None = None) -> Iterator[Callable[[str], Document]]:
    """Give a function that opens each of the things *asked* for; addresses are fetched meanwhile, as a batch does.

    Pages are kept only as long as this is open: who asks for an address again wants the page as it is then. Opening
    one raises `FetchError` where its page cannot be had, or is a feed. *fetch* are the settings of what may be fetched.

    Raises:
        click.UsageError: nothing is there of all that was asked for.
    """
    if asked and all(map(_is_missing, asked)):
        raise click.UsageError(_not_found(asked[0]).message)
    addresses = list(dict.fromkeys(source for source in asked if _ADDRESS.match(source)))
    if not addresses:
        yield _at_hand
        return
    from audiogen.model import Source
    from audiogen.sources.fetching import Fetcher, Limits

    limits = Limits(**asdict(fetch)) if fetch else Limits()
    with temporary_folder() as folder, Fetcher(folder, limits) as fetcher:
        pages = {address: fetcher.submit(Source(address, url=address)) for address in addresses}
        yield lambda source: _fetched(source, pages[source]) if source in pages else _at_hand(source)


def _at_hand(source: str) -> Document:
    if source == "-":
        # There is no stdin if the parent process closed it.
        return Document(sys.stdin.buffer.read() if sys.stdin else b"")
    if _is_missing(source):
        raise _not_found(source)
    return Document(Path(source))


def _is_missing(source: str) -> bool:
    return source != "-" and not _ADDRESS.match(source) and kind_of(source) == "missing"


def _not_found(source: str) -> SourceNotFoundError:
    from audiogen.sources.finding import not_found

    return not_found(source)


def _fetched(address: str, page: Future[list[Source]]) -> Document:
    sources = page.result()
    if len(sources) != 1 or sources[0].path is None or sources[0].url != address:
        message = (
            f"{address} is a feed, not an article; `audiogen batch {address} -o LIBRARY` takes each of its articles."
        )
        raise FetchError(address, message, final=True)
    # Without its name, which is made up: what the page is, its bytes tell.
    return Document(sources[0].path.read_bytes(), address)
