"""Where a library is: a folder, or an address such as `s3://bucket/library`."""

from __future__ import annotations

from pathlib import Path

import click

from audiogen.remote import is_address


def library(value: str) -> Path | str:
    """Read where a library is to be: a folder as a `Path`, an address as it was written."""
    return value if is_address(value) else Path(value)


def folder(value: str) -> Path:
    """Read a folder, where an address would be taken for the name of one."""
    if is_address(value):
        raise click.BadParameter(f"{value!r} is an address: `audiogen batch … -o {value}` keeps a library there.")
    return Path(value)


def old_library(value: str) -> Path | str:
    """Read where a library is; a folder must be there, of an address the work itself tells."""
    if is_address(value):
        return value
    if not Path(value).is_dir():
        raise click.BadParameter(f"There is no folder {value!r}.")
    return Path(value)
