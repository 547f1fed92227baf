"""Where a library is: a folder, or an address such as `s3://bucket/library`."""

from __future__ import annotations

from pathlib import Path

import click

from audiogen.episodes.storage import is_address

_NEW = click.Path(file_okay=False, path_type=Path)
_OLD = click.Path(exists=True, file_okay=False, path_type=Path)


def library(value: str) -> Path | str:
    """Read where a library is to be: a folder as a `Path`, an address as it was written."""
    return value if is_address(value) else _NEW.convert(value, None, None)


def folder(value: str) -> Path:
    """Read a folder, where an address would be taken for the name of one."""
    if is_address(value):
        raise click.BadParameter(f"{value!r} is an address: `audiogen batch … -o {value}` keeps a library there.")
    return Path(value)


def old_library(value: str) -> Path | str:
    """Read where a library is; a folder must be there, of an address the work itself tells."""
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
