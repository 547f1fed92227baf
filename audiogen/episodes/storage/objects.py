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
class Facts:
    """The listing's entry of an object."""

    #: In bytes.
    size: int
    #: Differs when the content does: the store's entity tag, or size and time where it has none.
    mark: str
    #: When it was written, in seconds since 1970; 0 if unknown.
    changed: float


class Objects:
    """The objects below an address; names are relative to it, with slashes."""

    def __init__(self, address: str) -> None:
        """Take the address; nothing is asked of it yet.

        Raises:
            EngineMissingError: fsspec, or its part for such addresses, is not installed.
            LibraryError: nobody knows such addresses.
        """
        self.address = address.rstrip("/")
        try:
            from fsspec.core import url_to_fs

            # Other machines write to it: a listing that is kept would be wrong at once.
            self._files, self._root = url_to_fs(self.address, use_listings_cache=False)
        except ImportError as error:
            message = f"A library at {address} needs more: `{install_command(extra='s3')}`; it says {error}."
            raise EngineMissingError("s3", message) from error
        except ValueError as error:
            raise LibraryError(address, f"There is no way to a library at {address}: {error}.") from error

    def read(self, name: str, start: int | None = None, end: int | None = None) -> bytes | None:
        """Return an object's content, or its bytes from *start* to before *end*; None if there is none."""
        with self._trouble():
            try:
                content: bytes = self._files.cat_file(self._path(name), start=start, end=end)
            except FileNotFoundError:
                return None
            return content

    def read_all(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield the content of objects, several at once; those that are gone meanwhile are left out."""
        paths = {self._path(name): name for name in names}
        with self._trouble():
            for path, content in (self._files.cat(list(paths), on_error="omit") if paths else {}).items():
                yield paths[path], content

    def write(self, name: str, content: bytes) -> None:
        """Write an object; who reads it sees the old one or the new one."""
        with self._trouble():
            self._files.pipe_file(self._path(name), content)

    def replace(self, name: str, content: bytes, mark: str) -> bool:
        """Write an object if its content still has this mark ("": if it does not exist); return whether it was written.

        Of stores other than S3 the mark is looked at just before: they have to be kept from changing by a lock.
        """
        if not mark:
            return self.create(name, content)
        if not self._has_conditions:
            facts = self.facts(name)
            if facts is None or facts.mark != mark:
                return False
            self.write(name, content)
            return True
        with self._trouble():
            try:
                self._files.pipe_file(self._path(name), content, IfMatch=f'"{mark}"')
            except (OSError, ValueError) as error:
                if _is_conflict(error):
                    return False
                raise
            return True

    @property
    def _has_conditions(self) -> bool:
        """Whether the store writes under a condition (If-Match): S3 does."""
        return "s3" in (self._files.protocol if isinstance(self._files.protocol, tuple) else (self._files.protocol,))

    def create(self, name: str, content: bytes) -> bool:
        """Write an object unless it exists; if several try at once, exactly one succeeds."""
        with self._trouble():
            try:
                self._files.pipe_file(self._path(name), content, mode="create")
            except FileExistsError:
                return False
            return True

    def put(self, files: Mapping[str, Path]) -> None:
        """Upload files as objects of these names, several at once."""
        if files:
            with self._trouble():
                self._files.put([str(path) for path in files.values()], [self._path(name) for name in files])

    def get(self, files: Mapping[str, Path]) -> None:
        """Download objects into files, several at once; each file is complete or does not exist."""
        drafts = {name: path.with_name(f".{path.name}.draft") for name, path in files.items()}
        if not files:
            return
        for path in files.values():
            path.parent.mkdir(parents=True, exist_ok=True)
        with self._trouble():
            self._files.get([self._path(name) for name in drafts], [str(draft) for draft in drafts.values()])
        for name, draft in drafts.items():
            draft.replace(files[name])

    def remove(self, name: str) -> None:
        """Delete an object, if it exists."""
        with self._trouble():
            try:
                self._files.rm_file(self._path(name))
            except FileNotFoundError:
                return

    def move(self, old: str, new: str) -> None:
        """Give an object another name: it is copied, then the old one removed."""
        with self._trouble():
            self._files.makedirs(self._path(new).rpartition("/")[0], exist_ok=True)
            self._files.cp_file(self._path(old), self._path(new))
            self._files.rm_file(self._path(old))

    def facts(self, name: str) -> Facts | None:
        """Return the facts of one object, or None."""
        with self._trouble():
            try:
                found: dict[str, Any] = self._files.info(self._path(name))
            except FileNotFoundError:
                return None
            return _facts(found) if found["type"] == "file" else None

    def listing(self, folder: str = "") -> dict[str, Facts]:
        """List all objects below a folder, by name."""
        with self._trouble():
            found: dict[str, dict[str, Any]] = self._files.find(self._path(folder), detail=True)
        return {self._name(path): _facts(entry) for path, entry in sorted(found.items())}

    def shallow(self, folder: str = "") -> tuple[dict[str, Facts], list[str]]:
        """List the top of a folder: its objects, and the names of its folders."""
        with self._trouble():
            try:
                found: list[dict[str, Any]] = self._files.ls(self._path(folder), detail=True)
            except FileNotFoundError:
                return {}, []
        files = {self._name(entry["name"]): _facts(entry) for entry in found if entry["type"] == "file"}
        return files, sorted(self._name(entry["name"]) for entry in found if entry["type"] == "directory")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else str(self._root)

    def _name(self, path: str) -> str:
        return path.lstrip("/").removeprefix(str(self._root).lstrip("/")).strip("/")

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Turn an error of a store into one of ours; each kind of store has exceptions of its own."""
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


def _facts(entry: Mapping[str, Any]) -> Facts:
    when = entry.get("LastModified") or entry.get("mtime") or entry.get("created") or 0
    changed = when.timestamp() if isinstance(when, datetime) else float(when)
    mark = str(entry.get("ETag") or entry.get("etag") or entry.get("md5") or f"{entry['size']}.{changed}")
    return Facts(int(entry["size"]), mark.strip('"'), changed)
