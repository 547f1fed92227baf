"""Reads folders: a "complete page" with its `_files`, or the pages of one article that were saved separately."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

from audiogen.errors import SourceNotFoundError, UnsupportedSourceError
from audiogen.readers.document import LARGEST
from audiogen.readers.encoding import decode
from audiogen.readers.mhtml import open_mhtml
from audiogen.untrusted import file_name_of, join_address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audiogen.model import Article, Block

_PAGES = (
    ".html",
    ".htm",
    ".xhtml",
    ".mhtml",
    ".mht",
    ".webarchive",
    ".epub",
    ".docx",
    ".pdf",
    ".eml",
    ".md",
    ".markdown",
    ".txt",
)
#: The name of the folder beside a complete page; browsers translate the word "files".
_FILES = re.compile(
    r"[_-](?:files|dateien|fichiers|archivos|arquivos|file|pliki|файлы|файли|filer|bestanden|soubory)\Z", re.I
)
_LINK = re.compile(r"<(?:link|a)\b[^>]*>", re.I)
_ATTRIBUTE = re.compile(r"""\b(rel|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.I)
#: The number of a page in an address: "/2", "/page/2", "?page=2", "-2.html".
_NUMBER = re.compile(
    r"(?:[?&](?:page|p|pg|seite|pagina|strona)=\d{1,3}|[/_-]?(?:page[-_/]?)?(?<!\d)\d{1,3})?/?(?:\.x?html?)?\Z", re.I
)
#: The beginning of MHTML; its page is encoded, so its links cannot be found in the file's bytes.
_MHTML = re.compile(rb"^content-type:\s*multipart/related", re.I | re.M)
_MHTML_WITHIN = 20_000
#: Number of bytes of a page that are searched for links to other pages.
_HEAD = 400_000


def find_pages(folder: Path) -> tuple[Path, ...]:
    """Return the page in *folder*, or the pages of the article in it, in order.

    Raises:
        SourceNotFoundError: There is no page in it.
        UnsupportedSourceError: There are several articles in it.
    """
    if _FILES.search(folder.name):
        beside = [folder.parent / f"{_FILES.sub('', folder.name)}{suffix}" for suffix in (".html", ".htm")]
        if found := [path for path in beside if path.is_file()]:
            return (found[0],)
    pages = _candidates(folder)
    if not pages:
        raise SourceNotFoundError(folder, f"There is no saved page in the folder {folder}.")
    if len(pages) == 1:
        return (pages[0],)
    chain = _chain(pages)
    if len(chain) < len(pages):
        advice = "name one of them, or narrate all with audiogen batch."
        raise UnsupportedSourceError(folder, f"There are {len(pages)} pages in the folder {folder}: {advice}")
    return chain


def _candidates(folder: Path) -> list[Path]:
    """Return the files with the first suffix of `_PAGES` that occurs in the folder.

    A page that was saved completely may have text files beside it.
    """
    files = sorted(path for path in folder.iterdir() if path.is_file())
    for suffix in _PAGES:
        if found := [path for path in files if path.suffix.lower() == suffix]:
            return found
    inner = (path for path in sorted(folder.iterdir()) if path.is_dir() and not _FILES.search(path.name))
    return [path for one in inner for path in sorted(one.glob("*.htm*"))]


def _chain(pages: Sequence[Path]) -> tuple[Path, ...]:
    """Return the pages in the order of their `rel=next` links; pages without links between them are omitted."""
    links = {path: _links(path) for path in pages}
    following: dict[Path, Path] = {}
    for path, (canonical, next_) in links.items():
        for other, (address, _) in links.items():
            is_next = next_ and other != path and _same_page(next_, other, address)
            if is_next and _same_article(canonical or path.name, next_):
                following[path] = other
    first = [path for path in pages if path not in following.values()]
    chain = first[:1]
    while chain and chain[-1] in following and following[chain[-1]] not in chain:
        chain.append(following[chain[-1]])
    return tuple(chain)


def _links(path: Path) -> tuple[str, str]:
    """Return a page's canonical address and that of the next page; "" for what it does not state."""
    text, address = _opened(path)
    found: dict[str, str] = {}
    for tag in _LINK.findall(text):
        pairs = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
        for rel in pairs.get("rel", "").lower().split():
            found.setdefault(rel, pairs.get("href", ""))
    canonical, next_ = found.get("canonical", "") or address, found.get("next", "")
    return canonical, join_address(canonical, next_) if next_ else ""


def _opened(path: Path) -> tuple[str, str]:
    """Return the beginning of a page, taken out of its container, and the address that the container states."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not _MHTML.search(head, 0, _MHTML_WITHIN):
            return decode(head), ""
        data = head + file.read(LARGEST)
    try:
        page = open_mhtml(data)
    except UnsupportedSourceError:  # the reader will say so
        return "", ""
    return page.text[:_HEAD], page.url


def _same_page(address: str, path: Path, canonical: str) -> bool:
    """Return whether an address is that of a page: its canonical address, or one with its file name."""
    name = file_name_of(address.rstrip("/"))
    return (bool(canonical) and address.rstrip("/") == canonical.rstrip("/")) or name in (path.name, path.stem)


def _same_article(current: str, following: str) -> bool:
    """Return whether two addresses differ only in the page number; in blogs `rel=next` may be another article."""
    one, two = (_NUMBER.sub("", address, count=1) for address in (current, following))
    return one.rsplit("/", 1)[-1] == two.rsplit("/", 1)[-1] or one == two


def join(pages: Sequence[Article]) -> Article:
    """Return one article from its pages; blocks that only later pages have go to where the first page's text ends."""
    article = pages[0]
    for page in pages[1:]:
        article = replace(article, blocks=_joined(article.blocks, page.blocks))
    return article


def _joined(first: tuple[Block, ...], second: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of two pages; the new ones of the second go after the last one that only the first has."""
    known, coming = {block.text for block in first}, {block.text for block in second}
    new = tuple(block for block in second if block.text not in known)
    unshared = [i for i, block in enumerate(first) if block.text not in coming]
    index = unshared[-1] + 1 if unshared else len(first)
    return (*first[:index], *new, *first[index:])
