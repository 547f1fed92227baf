"""The option and the argument of commands that name a library: a folder, or an address such as `s3://bucket/library`."""

from __future__ import annotations

from pathlib import Path

import click

from audiogen.episodes.storage import is_address

_NEW = click.Path(file_okay=False, path_type=Path)
_OLD = click.Path(exists=True, file_okay=False, path_type=Path)


def library(value: str) -> Path | str:
    """Convert the value of an option that names a library: a folder becomes a `Path`, an address stays as it is."""
    return value if is_address(value) else _NEW.convert(value, None, None)


def folder(value: str) -> Path:
    """Convert the value of an option that names a folder; refuse an address."""
    if is_address(value):
        raise click.BadParameter(f"{value!r} is an address: `audiogen batch … -o {value}` keeps a library there.")
    return Path(value)


def existing_library(value: str) -> Path | str:
    """Convert the value of an argument that names a library; a folder must exist, an address is not checked here."""
    return value if is_address(value) else _OLD.convert(value, None, None)


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
