"""Writes the tags of a file, and reads its GUID, by its format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mutagen import MutagenError

from audiogen.assembler.tags import guid_of_mp3, tag_mp3
from audiogen.errors import AssemblyError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audiogen.assembler.tags import Tags


def tag(path: Path, tags: Tags) -> None:
    """Write *tags* to the file at *path*, as its format requires.

    Raises:
        AssemblyError: The file cannot be written.
    """
    try:
        _TAGGERS[path.suffix](path, tags)
    except (OSError, MutagenError) as error:
        raise AssemblyError(path, f"The tags of {path} could not be written: {error}.") from error


def read_guid(path: Path) -> str:
    """Return the GUID in the tags of a file; "" if there is none."""
    try:
        return _GUIDS[path.suffix](path)
    except (KeyError, OSError, MutagenError):
        return ""


def _tag_m4b(path: Path, tags: Tags) -> None:
    from audiogen.assembler.containers import tag_m4b

    tag_m4b(path, tags)


def _tag_opus(path: Path, tags: Tags) -> None:
    from audiogen.assembler.containers import tag_opus

    tag_opus(path, tags)


def _guid_of_m4b(path: Path) -> str:
    from audiogen.assembler.containers import guid_of_m4b

    return guid_of_m4b(path)


def _guid_of_opus(path: Path) -> str:
    from audiogen.assembler.containers import guid_of_opus

    return guid_of_opus(path)


#: Functions by suffix; those of other formats than MP3 are imported when needed.
_TAGGERS: dict[str, Callable[[Path, Tags], None]] = {".mp3": tag_mp3, ".m4b": _tag_m4b, ".opus": _tag_opus}
_GUIDS: dict[str, Callable[[Path], str]] = {".mp3": guid_of_mp3, ".m4b": _guid_of_m4b, ".opus": _guid_of_opus}
