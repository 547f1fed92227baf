"""Shared by the readers of folders and archives: the suffixes of articles, and sources for broken files."""

from __future__ import annotations

import os
import traceback
from functools import lru_cache
from pathlib import Path

from audiogen.errors import AudiogenError, CrashError, ReadError
from audiogen.model import Source
from audiogen.untrusted import encodable

#: Suffixes of files that a search of a folder includes; files with others are counted.
ARTICLES = frozenset(
    {
        ".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".webarchive", ".txt", ".text", ".md", ".markdown",
        ".epub", ".eml", ".emlx", ".docx", ".pdf",
    }
)  # fmt: skip


def failed(name: str, error: Exception, asked: str = "") -> Source:
    """Return a source with the error of a file that could not be opened; an unexpected error includes its traceback."""
    name = encodable(name)
    if isinstance(error, OSError):
        error = ReadError(name, f"{name} could not be read ({error.strerror or error}).")
    elif not isinstance(error, AudiogenError):
        message = (
            f"{name} could not be opened ({type(error).__name__}: {error}). The log has the details; please report it."
        )
        error = CrashError(name, message, "".join(traceback.format_exception(error)))
    return Source(name, origin=origin_of(asked) if asked else "", error=error)


def origin_of(asked: str) -> str:
    """Return the path or pattern that a user named, made absolute."""
    return _from_anywhere(asked, "" if os.path.isabs(asked) else os.getcwd())  # noqa: PTH117, PTH109 - as strings: one a file


@lru_cache(maxsize=16)
def _from_anywhere(asked: str, here: str) -> str:
    """Return *asked* as an absolute path, relative to the folder *here*."""
    # Old names may be of no encoding; what is noted, logged and printed must be.
    return encodable(str(here / path_of(asked)))


def path_of(asked: str) -> Path:
    """Return the path that a user named, with "~" expanded."""
    try:
        return Path(asked).expanduser()
    except RuntimeError:
        # "~name" where nobody is called so.
        return Path(asked)
