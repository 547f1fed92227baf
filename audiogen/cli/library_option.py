"""The option and the argument of commands that name a library: a folder, or an address such as `s3://bucket/library`."""

from __future__ import annotations

import re
from pathlib import Path

import click

from audiogen.cli.parameters import Folder
from audiogen.episodes.storage import is_address

#: Ends of the names of what is made.
_SOUND = (".mp3", ".m4b", ".opus")


#: An address with a slash too few; the one letter of a drive is no scheme.
_HALF_ADDRESS = re.compile(r"[a-z][a-z0-9+]+:/(?!/)")


def _checked_address(value: str) -> str:
    """Return the address; refuse one that names nothing behind its scheme."""
    if not value.partition("://")[2].strip("/"):
        raise click.BadParameter(f"{value} names no bucket. Write it as {value.partition(':')[0]}://bucket/library.")
    return value


def _path_of(value: str) -> Path:
    """Return the path; refuse half an address, and a new folder that is named like a file of sound."""
    path = Path(value)
    if path.exists():
        return path
    if _HALF_ADDRESS.match(value):
        raise click.BadParameter(f"{value} is no address; it needs two slashes: {value.replace(':/', '://', 1)}")
    if path.suffix.lower() in _SOUND:
        raise click.BadParameter(f"{value} is named like a file. Name a folder; files are named by their articles.")
    return path


def _folder_at(value: str) -> Path:
    """Return the path; refuse that of a file."""
    path = _path_of(value)
    if path.is_file():
        raise click.BadParameter(f"{value} is a file. Name a folder.")
    return path


@Folder
def library(value: str) -> Path | str:
    """Convert the value of an option that names a library: a folder becomes a `Path`, an address stays as it is."""
    return _checked_address(value) if is_address(value) else _folder_at(value)


@Folder
def folder(value: str) -> Path:
    """Convert the value of an option that names a folder; refuse an address."""
    if is_address(value):
        raise click.BadParameter(f"{value!r} is an address: `audiogen batch … -o {value}` keeps a library there.")
    return _path_of(str(value))  # the current folder is a default that is a path already


@Folder
def existing_library(value: str) -> Path | str:
    """Convert the value of an argument that names a library; a folder must exist, an address is not checked here."""
    if is_address(value):
        return _checked_address(value)
    found = _folder_at(value)
    if not found.exists():
        raise click.BadParameter(f"The folder {value} does not exist. `audiogen init {value}` starts a library there.")
    return found


@Folder
def existing_folder(value: str) -> Path:
    """Convert the value of an argument that names a folder, which must exist."""
    path = _folder_at(value)
    if not path.exists():
        raise click.BadParameter(f"The folder {value} does not exist. Make it, or name another one.")
    return path


def how_to_set(library: Path | str) -> str:
    """Return a sentence that says how the settings of a show are written."""
    return f"`audiogen init {library}` asks for all of it."


def missing_library_hint(library: Path | str) -> str:
    """Return a sentence if the folder holds no library: another one may be meant. Otherwise return an empty string."""
    if is_address(library) or any((Path(library) / name).exists() for name in ("audiogen.toml", "episodes")):
        return ""
    return f" There is no library in {library} yet: `audiogen batch … -o {library}` makes one."


#: The option of commands that put episodes in a library.
output = click.option(
    "-o",
    "--output",
    "library",
    type=library,
    metavar="LIBRARY",
    required=True,
    help="The library's folder or address.",
)
