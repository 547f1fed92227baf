"""Access to the objects below an address, through fsspec; no other module uses a store directly."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from audiogen.errors import AudiogenError, EngineMissingError, LibraryError
from audiogen.installation import install_command

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class ObjectInfo:
    """The metadata of an object."""

    #: In bytes.
    size: int
    #: Differs if the content differs: the store's entity tag (ETag), or size and time if it has none.
    mark: str
    #: When it was written, in seconds since 1970; 0 if unknown.
    changed: float


class Objects:
    """The objects below an address; names are relative to it, with slashes."""

    def __init__(self, address: str) -> None:
        """Take the address; no request is made yet.

        Raises:
            EngineMissingError: fsspec, or its part for such addresses, is not installed.
            LibraryError: no implementation supports such addresses.
        """
        self.address = address.rstrip("/")
        try:
            from fsspec.core import url_to_fs

            # Other machines write to it, so a cached listing would soon be wrong.
            self._files, self._root = url_to_fs(self.address, use_listings_cache=False)
        except ImportError as error:
            message = f"A library at {address} needs more: `{install_command(extra='s3')}`; it says {error}."
            raise EngineMissingError("s3", message) from error
        except ValueError as error:
            raise LibraryError(address, f"There is no way to a library at {address}: {error}.") from error

    def read(self, name: str, start: int | None = None, end: int | None = None) -> bytes | None:
        """Return an object's content, or its bytes from *start* to before *end*; None if there is none."""
        with self._store_errors():
            try:
                content: bytes = self._files.cat_file(self._path(name), start=start, end=end)
            except FileNotFoundError:
                return None
            return content

    def read_all(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the content of objects, fetched several at once; missing ones are left out."""
        paths = {self._path(name): name for name in names}
        with self._store_errors():
            for path, content in (self._files.cat(list(paths), on_error="omit") if paths else {}).items():
                yield paths[path], content

    def write(self, name: str, content: bytes) -> None:
        """Write an object atomically: readers see the old content or the new one."""
        with self._store_errors():
            self._files.pipe_file(self._path(name), content)

    def replace(self, name: str, content: bytes, mark: str) -> bool:
        """Write an object if its content still has this mark ("": if it does not exist); return whether it was written.

        In stores other than S3 the mark is only compared before writing, so the caller must hold a lock.
        """
        if not mark:
            return self.create(name, content)
        if not self._has_conditions:
            info = self.info(name)
            if info is None or info.mark != mark:
                return False
            self.write(name, content)
            return True
        with self._store_errors():
            try:
                self._files.pipe_file(self._path(name), content, IfMatch=f'"{mark}"')
            except (OSError, ValueError) as error:
                if _is_conflict(error):
                    return False
                raise
            return True

    @property
    def _has_conditions(self) -> bool:
        """Whether the store supports conditional writes (If-Match), as S3 does."""
        return "s3" in (self._files.protocol if isinstance(self._files.protocol, tuple) else (self._files.protocol,))

    def create(self, name: str, content: bytes) -> bool:
        """Write an object unless it exists; if several try at once, exactly one succeeds."""
        with self._store_errors():
            try:
                self._files.pipe_file(self._path(name), content, mode="create")
            except FileExistsError:
                return False
            return True

    def put(self, files: Mapping[str, Path]) -> None:
        """Upload files as objects of these names, several at once."""
        if files:
            with self._store_errors():
                self._files.put([str(path) for path in files.values()], [self._path(name) for name in files])

    def get(self, files: Mapping[str, Path]) -> None:
        """Download objects into files, several at once; each file is complete or does not exist."""
        drafts = {name: path.with_name(f".{path.name}.draft") for name, path in files.items()}
        if not files:
            return
        for path in files.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        with self._store_errors():
            self._files.get([self._path(name) for name in drafts], [str(draft) for draft in drafts.values()])
        for name, draft in drafts.items():
            draft.replace(files[name])

    def remove(self, name: str) -> None:
        """Delete an object, if it exists."""
        with self._store_errors():
            try:
                self._files.rm_file(self._path(name))
            except FileNotFoundError:
                return

    def move(self, old: str, new: str) -> None:
        """Give an object another name: it is copied, then the old one removed."""
        with self._store_errors():
            self._files.makedirs(self._path(new).rpartition("/")[0], exist_ok=True)
            self._files.cp_file(self._path(old), self._path(new))
            self._files.rm_file(self._path(old))

    def info(self, name: str) -> ObjectInfo | None:
        """Return the metadata of an object, or None."""
        with self._store_errors():
            try:
                found: dict[str, Any] = self._files.info(self._path(name))
            except FileNotFoundError:
                return None
            return _object_info(found) if found["type"] == "file" else None

    def listing(self, folder: str = "") -> dict[str, ObjectInfo]:
        """Return the metadata of all objects below a folder, by name."""
        with self._store_errors():
            found: dict[str, dict[str, Any]] = self._files.find(self._path(folder), detail=True)
        return {self._name(path): _object_info(entry) for path, entry in sorted(found.items())}

    def list_folder(self, folder: str = "") -> tuple[dict[str, ObjectInfo], list[str]]:
        """Return the objects directly in a folder, and the names of its subfolders."""
        with self._store_errors():
            try:
                found: list[dict[str, Any]] = self._files.ls(self._path(folder), detail=True)
            except FileNotFoundError:
                return {}, []
        files = {self._name(entry["name"]): _object_info(entry) for entry in found if entry["type"] == "file"}
        return files, sorted(self._name(entry["name"]) for entry in found if entry["type"] == "directory")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else str(self._root)

    def _name(self, path: str) -> str:
        return path.lstrip("/").removeprefix(str(self._root).lstrip("/")).strip("/")

    @contextmanager
    def _store_errors(self) -> Iterator[None]:
        """Turn any error of a store into a LibraryError; each kind of store has its own exceptions."""
        try:
            yield
        except (AudiogenError, GeneratorExit):
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            advice = "Check the address, the keys and the connection; then run it again."
            message = f"{self.address} cannot be used ({reason}). {advice}"
            raise LibraryError(self.address, message) from error


def _is_conflict(error: BaseException | None) -> bool:
    """Return whether a store refused because the object has changed (412), or is changing now (409)."""
    response = getattr(error, "response", None) or getattr(getattr(error, "__cause__", None), "response", None) or {}
    code = str(response.get("Error", {}).get("Code", "")) if isinstance(response, dict) else ""
    # S3 says 404 where it is gone.
    return code in ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey", "412", "409", "404")


def _object_info(entry: Mapping[str, Any]) -> ObjectInfo:
    when = entry.get("LastModified") or entry.get("mtime") or entry.get("created") or 0
    changed = when.timestamp() if isinstance(when, datetime) else float(when)
    mark = str(entry.get("ETag") or entry.get("etag") or entry.get("md5") or f"{entry['size']}.{changed}")
    return ObjectInfo(int(entry["size"]), mark.strip('"'), changed)
