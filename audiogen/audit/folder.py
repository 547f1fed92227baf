"""Files of a library that belong to no episode."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audiogen.audit import Fault
from audiogen.audit.episode import manifest_paths
from audiogen.audit.publication import read_publication
from audiogen.untrusted import read_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


#: What may stand beside an episode's sound, after its slug.
_BESIDE = (
    ".json", ".mp3", ".m4b", ".m4a", ".opus", ".vtt", ".words.json", ".chapters.json", ".html", ".embed.html", ".txt",
    ".jpg", ".png", ".oembed.json", ".srt",
)  # fmt: skip


def stray_files(root: Path) -> Iterator[Fault]:
    """Yield files that belong to no episode, unfinished ones, and feeds that cannot be read."""
    slugs, sounds = set(), set()
    for path in manifest_paths(root):
        slugs.add(path.stem)
        sounds.add(_sound(path))
    known = {f"{slug}{suffix}" for slug in slugs for suffix in _BESIDE} | sounds
    for path in sorted((root / "episodes").iterdir()):
        if path.is_file() and path.name not in known:
            yield Fault("folder", f"episodes/{path.name} belongs to no episode.")
    for path in sorted((root / ".audiogen").glob("ready-*")):
        yield Fault("folder", f".audiogen/{path.name} was not put in place: run audiogen again to finish it.")
    for message in read_publication(root).broken:
        yield Fault("folder", message)


def _sound(path: Path) -> str:
    try:
        return str(json.loads(read_file(path))["audio"]["file"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
