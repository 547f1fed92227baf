"""Reads archives: exports of Omnivore (packed or unpacked), Readeck and Pocket, and ZIP files of saved pages.

Omnivore: `metadata_0_to_20.json`… with `content/<slug>.html` (or .pdf), and highlights, which are ignored. The texts
are included, so nothing is fetched. Readeck: for each bookmark a folder with `info.json` and the text as `article.html`
or `index.html`, in the archive itself or in a ZIP of its own. Others: each file is read as if it was in a folder.

An entry that cannot be unpacked or read becomes a source with an error; the entries after it are still read.
"""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
import zlib
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from audiogen.errors import ReadError
from audiogen.model import Source
from audiogen.sources.entries import ARTICLES, failed
from audiogen.sources.page import page
from audiogen.sources.services import load_json, omnivore, readeck
from audiogen.temporary import temporary_folder
from audiogen.untrusted import encodable, is_file, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
#: Exceptions of zipfile for an archive or entry that is broken, cut off, compressed in an unknown way
#: (NotImplementedError) or encrypted (RuntimeError), and of this module for one that is too large (ValueError).
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)
_OMNIVORE = re.compile(r"metadata_\d+_to_\d+\.json")
#: Maximum uncompressed size, in bytes, of a file in an archive: more than any page, less than the memory.
_LARGEST = 64 << 20
#: The same for JSON, because parsed JSON can take twenty times its size in memory.
LARGEST_JSON = 16 << 20
#: Maximum number of files in an archive, and maximum uncompressed size of all of them, in bytes.
MOST_ENTRIES, MOST_UNPACKED = 200_000, 16 << 30
#: Maximum ratio of uncompressed to compressed size, for archives of more than `SMALL` uncompressed bytes. Pages have
#: a ratio of about 10, and of 100 at most.
MOST_RATIO, SMALL = 200, 256 << 20
#: `SMALL` for an archive inside an archive, of which there may be thousands.
SMALL_INNER = 16 << 20


def read_omnivore_folder(folder: Path, files: Iterable[str]) -> Iterator[Source] | None:
    """Return the articles of Omnivore's unpacked export in *folder*; None if it is not one."""
    parts = sorted(name for name in files if _OMNIVORE.fullmatch(name))
    return _omnivore_folder(folder, parts) if parts and (folder / "content").is_dir() else None


def _omnivore_folder(folder: Path, parts: list[str]) -> Iterator[Source]:
    """Yield the articles of each metadata file; a broken one becomes a source with an error."""
    for part in parts:
        yield from _each([folder / part], lambda path: str(path.absolute()), partial(_omnivore_part, folder))


def _omnivore_part(folder: Path, part: Path) -> Iterator[Source]:
    """Yield the articles of one metadata file, each with its text from `content/` if that exists."""
    for entry in _entries(load_json(part), part):
        slug = str(entry.get("slug"))
        content = folder / "content" / f"{slug}.html"
        for source in omnivore(entry):
            if PurePosixPath(slug).name == slug and is_file(content):
                yield replace(source, name=str(content.absolute()), path=content.absolute())
            else:
                yield source


def read_archive(path: Path) -> Iterator[Source] | None:
    """Return the articles in a ZIP file.

    Raises:
        ReadError: While iterating, if the archive is broken.
    """
    return _archive(path)


def _archive(path: Path) -> Iterator[Source]:
    """Yield the articles in a ZIP file; ReadError if it is broken."""
    try:
        with closing(zipfile.ZipFile(path)) as archive:
            yield from _opened(archive, path, path.stat().st_size)
    except _BROKEN as error:
        raise ReadError(path, f"{path} could not be unpacked: {error}.") from error


def _each(entries: Iterable[T], name: Callable[[T], str], read: Callable[[T], Iterator[Source]]) -> Iterator[Source]:
    """Yield the sources of each entry; if an entry fails, continue with a source that has its *name* and the error."""
    for entry in entries:
        try:
            yield from read(entry)
        except _BROKEN as error:
            entry_name = name(entry)
            yield Source(
                encodable(entry_name), error=ReadError(entry_name, f"{entry_name} could not be unpacked: {error}.")
            )
        except Exception as error:
            yield failed(name(entry), error)


def _opened(archive: zipfile.ZipFile, path: Path, packed: int, *, inner: bool = False) -> Iterator[Source]:
    """Yield the articles of an open archive by its kind; *path* is its name, and *packed* its size in bytes.

    *inner* is whether it is inside another archive.
    """
    _bound(archive, packed, SMALL_INNER if inner else SMALL)
    names = _names(archive)
    if any(_OMNIVORE.fullmatch(PurePosixPath(name).name) for name in names):
        yield from _omnivore_zip(archive, names, path)
    elif any(PurePosixPath(name).name == "info.json" for name in names):
        yield from _readeck_zip(archive, names, path)
    else:
        yield from _plain_zip(archive, names, path, inner=inner)


def _omnivore_zip(archive: zipfile.ZipFile, names: list[str], path: Path) -> Iterator[Source]:
    """Yield the articles of Omnivore's export, with their texts."""
    held = {PurePosixPath(name).name: name for name in names if PurePosixPath(name).parent.name == "content"}

    def read(entry: dict[str, Any]) -> Iterator[Source]:
        content = held.get(f"{entry.get('slug')}.html")
        for source in omnivore(entry):
            if content:
                yield replace(source, name=f"{path.absolute()}#{content}", document=_text(archive, content))
            else:
                yield source

    def read_part(part: str) -> Iterator[Source]:
        entries = _entries(json.loads(_text(archive, part)), Path(_named(path, part)))
        yield from _each(entries, lambda entry: _named(path, f"content/{entry.get('slug')}.html"), read)

    parts = (name for name in names if _OMNIVORE.fullmatch(PurePosixPath(name).name))
    yield from _each(parts, partial(_named, path), read_part)


def _readeck_zip(archive: zipfile.ZipFile, names: list[str], path: Path) -> Iterator[Source]:
    """Yield the bookmarks of Readeck's export, each with its text if it has one."""
    beside: dict[str, list[str]] = {}
    for name in names:
        beside.setdefault(str(PurePosixPath(name).parent), []).append(name)

    def read(name: str) -> Iterator[Source]:
        folder = str(PurePosixPath(name).parent)
        [entry] = _entries([json.loads(_text(archive, name))], Path(_named(path, name)))
        text = _readeck_text(archive, beside[folder])
        for source in readeck(entry):
            if text:
                yield replace(source, name=_named(path, folder), document=_build_readeck_page(text, entry, source))
            else:
                yield source

    infos = (name for name in names if PurePosixPath(name).name == "info.json")
    yield from _each(infos, lambda name: _named(path, str(PurePosixPath(name).parent)), read)


def _readeck_text(archive: zipfile.ZipFile, names: list[str], *, inner: bool = False) -> str:
    """Return the HTML of a bookmark from its files; "" if it has none."""
    for name in names:
        if PurePosixPath(name).name in ("article.html", "index.html"):
            return _text(archive, name)
        if name.endswith(".zip"):
            return "" if inner else _inner_readeck_text(_bytes(archive, name))
    return ""


def _inner_readeck_text(data: bytes) -> str:
    """Return the HTML of a bookmark from a ZIP of its own; further ZIP files inside that are ignored."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _bound(archive, len(data), SMALL_INNER)
        return _readeck_text(archive, _names(archive), inner=True)


def _build_readeck_page(text: str, entry: dict[str, Any], source: Source) -> str:
    """Return a bookmark's text as an HTML page with its metadata in meta tags, for the HTML reader."""
    published = source.published
    return page(
        text,
        title=source.title,
        url=source.url,
        authors=[str(author) for author in entry.get("authors") or ()],
        published=published,
        site=str(entry.get("site_name") or ""),
        language=str(entry.get("lang") or ""),
    )


def _plain_zip(archive: zipfile.ZipFile, names: list[str], path: Path, *, inner: bool = False) -> Iterator[Source]:
    """Yield a source for each page, and the sources in each list, of an ordinary ZIP file.

    Lists are unpacked to a temporary folder. A ZIP inside a ZIP is read, one inside that is ignored.
    """
    from audiogen.sources import LISTS, open_list

    def read(name: str) -> Iterator[Source]:
        suffix, named = PurePosixPath(name).suffix.lower(), _named(path, name)
        if suffix == ".zip":
            if not inner:
                yield from _inner_zip(_bytes(archive, name), Path(named))
            return
        if suffix in LISTS:
            # A name in an archive may be longer than a file system takes.
            copy = folder / f"list{suffix}"
            copy.write_bytes(_bytes(archive, name))
            sources = open_list(copy)
            if sources is not None:
                yield from (_renamed(source, copy, named) for source in sources)
                return
        if suffix in ARTICLES:
            yield Source(named, document=_bytes(archive, name))

    with temporary_folder() as folder:
        yield from _each((name for name in names if not _is_left(archive, name)), partial(_named, path), read)


def _is_left(archive: zipfile.ZipFile, name: str) -> bool:
    """Return whether an entry is ignored: a hidden file, metadata of macOS, or a symbolic link."""
    return PurePosixPath(name).name.startswith(".") or name.startswith("__MACOSX/") or _is_link(archive, name)


def _named(path: Path, name: str) -> str:
    """Return the name of an entry: the archive's path, "#", and the entry's path; it is the same in every run."""
    return f"{path.absolute()}#{name}"


def _inner_zip(data: bytes, name: Path) -> Iterator[Source]:
    """Yield the articles of a ZIP inside an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from _opened(archive, name, len(data), inner=True)


def _names(archive: zipfile.ZipFile) -> list[str]:
    """Return the sorted paths of the files in an archive."""
    return sorted(info.filename for info in archive.infolist() if not info.is_dir())


def _is_link(archive: zipfile.ZipFile, name: str) -> bool:
    """Return whether an entry is a symbolic link, by its Unix mode. Its target may be outside of the archive."""
    return stat.S_ISLNK(archive.getinfo(name).external_attr >> 16)


def _bound(archive: zipfile.ZipFile, packed: int, small: int) -> None:
    """Check the number of files in an archive and their uncompressed size.

    *packed* is the compressed size; the ratio is checked only for archives of more than *small* uncompressed bytes.

    Raises:
        ValueError: A limit is exceeded.
    """
    entries = archive.infolist()
    size = sum(info.file_size for info in entries)
    if len(entries) > MOST_ENTRIES:
        raise ValueError(f"it holds more than {MOST_ENTRIES:,} files")
    if size > MOST_UNPACKED:
        raise ValueError(f"its files are larger than {MOST_UNPACKED >> 30} GB together")
    if size > small and size > MOST_RATIO * packed:
        raise ValueError(f"it unpacks to more than {MOST_RATIO} times its size")


def _renamed(source: Source, copy: Path, name: str) -> Source:
    """Return a source of an unpacked list under the list's *name* in the archive.

    The path of *copy* differs in each run.
    """
    if source.path == copy:
        return replace(source, name=name, path=None, document=copy.read_bytes())
    ours = source.name.startswith(f"{copy}#")
    return replace(source, name=f"{name}{source.name.removeprefix(str(copy))}") if ours else source


def _entries(data: Any, path: Path) -> list[dict[str, Any]]:
    """Return *data* if it is a list of objects.

    Raises:
        ReadError: It is something else; to ignore it would lose articles.
    """
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise ReadError(path, f"{path} is broken: it holds no list of articles where one should be.")
    return data


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the uncompressed content of an entry; ValueError if it is too large."""
    most = LARGEST_JSON if name.lower().endswith(".json") else _LARGEST
    if archive.getinfo(name).file_size > most:
        raise ValueError(f"{name} is larger than {most >> 20} MB")
    return unpack(archive, name, most)


def _text(archive: zipfile.ZipFile, name: str) -> str:
    """Return the content of an entry as text."""
    return _bytes(archive, name).decode("utf-8-sig", "replace")
