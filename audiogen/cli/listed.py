"""A list on stdin: paths, patterns and addresses, one on a line, and nothing that is a document."""

from __future__ import annotations

import glob
import os
from pathlib import Path

import click

#: What to do with a document that came where a list was expected.
_INSTEAD = "`audiogen narrate -` makes an MP3 of a document on stdin, `audiogen text -` shows what would be read of it"


def listed(data: bytes) -> list[str]:
    """Return what a list names; lines that begin with # are comments, unless there is a file of that name.

    Raises:
        click.UsageError: it is a document, or no line names anything that is there.
    """
    from audiogen.readers.formats import detect_format

    form = detect_format(data, "")
    if data.strip() and form != "text":
        raise click.UsageError(f"On stdin is a document, not a list of paths. {_INSTEAD}.")
    lines = [line.strip() for line in os.fsdecode(data.removeprefix(b"\xef\xbb\xbf")).splitlines()]
    named = [line for line in lines if line and (not line.startswith("#") or _is_there(line))]
    if named and not any(map(_is_there, named)):
        first = named[0] if len(named[0]) <= 60 else f"{named[0][:60]}…"
        raise click.UsageError(
            f"Nothing that is named on stdin is there: no file, folder or address {first!r}. `-` takes a list, "
            f"one on a line. {_INSTEAD}."
        )
    return named


def _is_there(line: str) -> bool:
    """Return whether a line names something; whether a pattern does is seen when it is looked for."""
    from audiogen.sources.finding import SCHEMES

    try:
        return line.startswith(SCHEMES) or Path(line).expanduser().exists() or glob.has_magic(line)
    except (OSError, ValueError, RuntimeError):
        return False
