"""Finds articles in folders, by patterns and by name, in an order that is the same in every run."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.errors import ReadError, SourceNotFoundError, UnsupportedSourceError
from audiogen.model import Source
from audiogen.sources.entries import ARTICLES, failed, origin_of, path_of
from audiogen.untrusted import encodable, is_file, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Schemes of addresses that can be fetched.
SCHEMES = ("http://", "https://")
#: The scheme of any address.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.I)
#: An address without its scheme: a host with dots and a path, or one that begins with "www.".
_LIKE_ADDRESS = re.compile(r"www\.|(?:[\w-]+\.)+(?:[a-z]{2,}/|(?:com|net|org)$)", re.I)


@dataclass(slots=True)
class Found:
    """What a search found besides the articles."""

    #: Numbers of files that were skipped, by suffix.
    left: Counter[str] = field(default_factory=Counter)
    #: Lists that were read, by path, with the number of articles in each.
    lists: dict[str, int] = field(default_factory=dict)


def find(asked: Iterable[str | os.PathLike[str] | Source], found: Found | None = None) -> Iterator[Source]:
    """Yield the articles at paths, in folders, by patterns and at addresses.

    What exists and cannot be read, like a broken export or a folder that may not be listed, is a source with its
    `error`: the caller reports it and continues.

    Raises:
        SourceNotFoundError: there is no such file.
        UnsupportedSourceError: a file that was named is of no kind that is read.
    """
    found = found or Found()
    for item in asked:
        if isinstance(item, Source):
            yield item
        elif isinstance(item, str) and item.lower().startswith(SCHEMES):
            yield Source(item, url=item, origin=item)
        else:
            yield from _find_path(os.fspath(item), found)


def _find_path(asked: str, found: Found) -> Iterator[Source]:
    """Yield the sources at a path: a file, a folder, a list or an archive."""
    path, kind = path_of(asked), kind_of(path_of(asked))
    if kind == "folder":
        yield from _folder(path, asked, found)
    elif kind == "closed":
        yield failed(asked, ReadError(asked, f"{asked} may not be read: a folder above it is closed to us."), asked)
    elif kind != "missing":
        yield from _named_file(path, asked, found)
    elif glob.has_magic(asked):
        yield from _pattern(path, asked, found)
    else:
        raise not_found(asked)


def not_found(asked: str) -> SourceNotFoundError:
    """Return the error for what neither exists nor is an address that can be fetched."""
    if _SCHEME.match(asked):
        message = f"{asked} can't be fetched: only addresses that begin with https:// or http:// are."
    elif _LIKE_ADDRESS.match(asked):
        message = f"There is no file or folder {asked}. If it is an address: https://{asked}."
    else:
        message = f"There is no file or folder {asked}."
    return SourceNotFoundError(asked, message)


def _pattern(path: Path, asked: str, found: Found) -> Iterator[Source]:
    """Yield the sources in the files and folders that match a pattern; SourceNotFoundError if nothing does."""
    matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - the pattern may be absolute
    if not matches:
        raise SourceNotFoundError(asked, f"No file matches {asked}.")
    for match in map(Path, matches):
        found_here = _folder(match, asked, found) if match.is_dir() else _file(match, asked, found)
        yield from found_here


def _named_file(path: Path, asked: str, found: Found) -> Iterator[Source]:
    """Yield the sources in a file that the user named, whatever its kind: the reader reports what is wrong with it."""
    if path.suffix.lower() in (".csv", ".json", ".zip"):
        sources = _list(path, asked, found) if is_file(path) else None
        if sources is None:
            raise UnsupportedSourceError(
                path, f"{asked} is no export that audiogen knows; docs/batch.md lists those it does."
            )
        yield from sources
    else:
        # A broken link or a pipe: the reader of the article reports it.
        sources = _list(path, asked, found) if is_file(path) else None
        yield from sources or iter((_source(path, asked),))


def _file(path: Path, asked: str, found: Found) -> Iterator[Source]:
    """Yield the sources in a file that was found in a folder; files of other kinds are counted."""
    kind = kind_of(path)
    if kind == "special":
        # Opening a pipe would block until somebody writes to it.
        found.left["no regular file"] += 1
        return
    sources = _list(path, asked, found) if kind == "file" else None
    if sources is not None:
        yield from sources
    elif path.suffix.lower() in ARTICLES or (not path.suffix and _is_page(path)):
        yield _source(path, asked)
    else:
        found.left[path.suffix.lower() or "no suffix"] += 1


def _list(path: Path, asked: str, found: Found) -> Iterator[Source] | None:
    """Return the sources of a file that is a list; None if it is no list."""
    from audiogen.sources import open_list

    try:
        sources = open_list(path)
    except OSError:
        # A file that may not be read: the reader reports it, too.
        return None
    except Exception as error:
        return iter((failed(str(path.absolute()), error, asked),))
    return None if sources is None else _with_read_errors(sources, path, asked, found)


def _with_read_errors(sources: Iterator[Source], path: Path, asked: str, found: Found) -> Iterator[Source]:
    """Yield the sources of a list; if reading fails, the last source has the error."""
    name = str(path)
    found.lists[name] = 0
    try:
        for source in sources:
            found.lists[name] += 1
            yield replace(source, origin=origin_of(asked))
    except Exception as error:
        yield failed(str(path.absolute()), error, asked)


def _source(path: Path, asked: str) -> Source:
    """Return the source of one file."""
    absolute = path.absolute()
    return Source(encodable(str(absolute)), absolute, origin=origin_of(asked))


def _folder(folder: Path, asked: str, found: Found) -> Iterator[Source]:
    """Yield the sources in a folder and its subfolders.

    Libraries, and the files that browsers save beside a page, are skipped.
    """
    from audiogen.sources.archives import read_omnivore_folder

    closed: list[OSError] = []
    for directory, folders, files in os.walk(folder, onerror=closed.append):
        here = Path(directory)
        if ".audiogen" in folders:
            folders.clear()
            continue
        omnivore = read_omnivore_folder(here, files)
        if omnivore is not None:
            folders.clear()
            yield from _with_read_errors(omnivore, here, asked, found)
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_companion(name, files))
        for name in sorted(files):
            if not name.startswith("."):
                yield from _file(here / name, asked, found)
    for error in closed:
        yield failed(os.fsdecode(error.filename or asked), error, asked)


def _is_companion(folder: str, files: list[str]) -> bool:
    """Return whether a folder has the images and frames of a page beside it ("page.html" and "page_files")."""
    stems = {name.rpartition(".")[0] for name in files if name.lower().endswith((".html", ".htm", ".xhtml"))}
    # Browsers name it in the system's language: page_files, page-Dateien, page_fichiers, page.files…
    return any(folder.startswith(stem) and folder[len(stem) : len(stem) + 1] in ("_", "-", ".") for stem in stems)


def _is_page(path: Path) -> bool:
    """Return whether a file begins as an HTML page."""
    try:
        with path.open("rb") as file:
            start = file.read(512).lstrip().lower()
    except OSError:
        return False
    return start.startswith((b"<!doctype html", b"<html"))
