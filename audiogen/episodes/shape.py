"""Checks that a manifest has the keys and types that all code relies on; `manifest.schema.json` is stricter.

A manifest is untrusted: a library may come from a stranger, or from a disk that failed. All code that reads one checks
it here first, and reports the one broken episode instead of failing.
"""

from __future__ import annotations

import json
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Any

from audiogen.episodes.manifest import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = (int, float)
#: Times, counts and sizes in a manifest are below this; larger ones would overflow in calculations.
_MOST = 1e13
#: Seconds that no episode reaches: a year.
_LONGEST = 366 * 86400
#: Required keys, with the types of their values.
_SHAPE: dict[str, dict[str, Any]] = {
    "": {"format": int, "guid": str, "slug": str, "article": dict, "audio": dict, "disclosure": dict, "script": list},
    "article": {"title": str, "authors": list, "site": str, "url": str},
    "audio": {"file": str, "type": str, "bytes": int, "sha256": str, "duration": _NUMBER},
    "disclosure": {"text": str, "place": str, "source_type": str},
    "utterances": {"total": int, "spoken": int},
}
#: Keys that may be missing or null, with the types of their values.
_OPTIONAL: dict[str, dict[str, Any]] = {
    "": {"revision": int, "saved": dict, "created": str, "added": str, "removed": list},
    "article": {"dek": str, "language": str, "image": str, "tags": list, "published": str, "modified": str},
}
_LINE = {"written": str, "spoken": str, "role": str, "start": _NUMBER, "end": _NUMBER}


def shape_faults(manifest: object, slug: str) -> list[str]:
    """Return what is wrong with the shape of the manifest of *slug*."""
    if not isinstance(manifest, dict):
        return ["Its manifest is not a JSON object."]
    faults = list(_faults(manifest))
    if not faults and manifest["slug"] != slug:
        faults.append(f"Its manifest is of another episode, {manifest['slug']}.")
    if not faults and manifest["format"] > FORMAT:
        faults.append(f"Its manifest has format {manifest['format']}; this version knows {FORMAT}.")
    if not faults and manifest["disclosure"]["place"] not in ("start", "end", "both", "none"):
        faults.append(f"Its manifest has the disclosure at {manifest['disclosure']['place']!r}.")
    if not faults and not (is_bare(slug) and is_bare(manifest["guid"])):
        faults.append(f"Its manifest has the GUID {manifest['guid']!r}, which cannot be the name of a note.")
    if not faults and not is_bare(manifest["audio"]["file"]):
        faults.append(f"Its manifest names the sound {manifest['audio']['file']!r}, which is no file beside it.")
    return faults


def _faults(manifest: dict[str, Any]) -> Iterator[str]:
    """Yield what is missing in a manifest, or has another type than it should have."""
    for section, keys in _SHAPE.items():
        table = manifest.get(section) if section else manifest
        yield from _missing(table, keys, f"{section}." if section else "")
    for section, keys in _OPTIONAL.items():
        table = manifest.get(section) if section else manifest
        if isinstance(table, dict):
            present = {key: kind for key, kind in keys.items() if table.get(key) is not None}
            yield from _missing(table, present, f"{section}." if section else "")
    lines = manifest.get("script")
    for number, line in enumerate(lines if isinstance(lines, list) else ()):
        doubt = {"doubtful": str} if isinstance(line, dict) and "doubtful" in line else {}
        yield from _missing(line, _LINE | doubt, f"script[{number}].")


def _missing(table: object, keys: dict[str, Any], prefix: str) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"Its manifest lacks {prefix.rstrip('.')}."
        return
    for key, kind in keys.items():
        if not _is_of(table.get(key), kind):
            yield f"Its manifest lacks {prefix}{key}, or it is of the wrong kind."


def _is_of(value: object, kind: Any) -> bool:
    """Return whether a value has its type; a number must be in the range of times and counts."""
    if isinstance(value, bool) or not isinstance(value, kind):
        return False
    return not isinstance(value, int | float) or 0 <= value < (_LONGEST if isinstance(value, float) else _MOST)


def is_bare(name: str) -> bool:
    """Return whether a name has no path: libraries are untrusted, and a path may lead anywhere.

    >>> is_bare("2026-03-01-quay.mp3"), is_bare("../quay.mp3"), is_bare(""), is_bare("C:quay")
    (True, False, False, False)
    """
    plain = bool(name) and name not in (".", "..") and len(name.encode("utf-8", "replace")) <= 250
    if not plain or any(mark in name for mark in "/\\\0"):
        return False
    # Without a slash, only a colon can make a drive; making a path for each of ten thousand names takes long.
    return ":" not in name or not PureWindowsPath(name).drive


def sound_of(manifest: dict[str, Any]) -> str:
    """Return the name of the episode's sound file; "" if it leads out of the folder."""
    audio = manifest.get("audio")
    name = str(audio.get("file", "")) if isinstance(audio, dict) else ""
    return name if is_bare(name) else ""


def sound_in(content: bytes | None) -> str:
    """Return the name of the sound file in the JSON of a manifest; "" if there is none, or if it is broken."""
    try:
        manifest = json.loads(content or b"")
    except (ValueError, RecursionError):
        return ""
    return sound_of(manifest) if isinstance(manifest, dict) else ""
