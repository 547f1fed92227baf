"""A library, listened to episode by episode; what was found is noted, so that the next run hears only what is new.

The notes, `.audiogen/listened.json`, are a cache, safe to delete. They hold for an episode as long as its sound, its
script, its voice and the recogniser are the same. Faults are noted too, and told again without listening.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from audiogen.episodes.state import replace_file
from audiogen.errors import AssemblyError
from audiogen.listening import Finding
from audiogen.listening.again import script_speaker_for, speaker_of
from audiogen.listening.judging import listen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audiogen.listening.recogniser import Recogniser
    from audiogen.settings import Settings

#: Changes with the way of judging: what was found otherwise is listened to again.
_WAY = 1
_PATH = ".audiogen/listened.json"


@dataclass(slots=True)
class Heard:
    """What was found of a library."""

    #: Faults by episode; one without any has none.
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    #: How many episodes were not listened to again.
    unchanged: int = 0


def listen_to_all(
    root: Path,
    settings: Settings,
    recogniser: Recogniser,
    *,
    everything: bool = False,
    progress: Callable[[str], None] = lambda slug: None,
) -> Heard:
    """Listen to the library's episodes that were not listened to as they are; to all with *everything*.

    Episodes whose manifest or sound cannot be read are left to the other checks.
    """
    heard, known = Heard(), {} if everything else _read(root)
    notes: dict[str, Any] = {}
    with script_speaker_for(root, settings) as script_speaker:
        for slug, manifest in _manifests(root):
            mark = _mark(manifest, recogniser)
            if known.get(slug, {}).get("mark") == mark:
                heard.unchanged += 1
                notes[slug] = known[slug]
                heard.findings[slug] = tuple(Finding(**row) for row in known[slug]["found"])
                continue
            progress(slug)
            audio = root / "episodes" / manifest["audio"]["file"]
            with suppress(AssemblyError):
                heard.findings[slug] = tuple(listen(manifest, audio, recogniser, speaker_of(manifest, script_speaker)))
                notes[slug] = {"mark": mark, "found": [asdict(one) for one in heard.findings[slug]]}
                # At once: listening takes a minute or more an episode, and may be stopped.
                _write(root, {**known, **notes})
    _write(root, notes)
    return heard


def _manifests(root: Path) -> list[tuple[str, dict[str, Any]]]:
    """Read the manifests that have the shape of one, in order of their names."""
    from audiogen.audit.episode import manifest_paths
    from audiogen.episodes.shape import shape_faults

    found = []
    for path in manifest_paths(root):
        with suppress(OSError, ValueError, RecursionError):
            manifest = json.loads(path.read_text(encoding="utf-8"))
            if not shape_faults(manifest, path.stem):
                found.append((path.stem, manifest))
    return found


def _mark(manifest: dict[str, Any], recogniser: Recogniser) -> str:
    told = [_WAY, recogniser.name, manifest["audio"]["sha256"], manifest.get("voice"), manifest["script"]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _read(root: Path) -> dict[str, dict[str, Any]]:
    """Read the notes; rows that are not whole count as not there."""
    try:
        rows = json.loads((root / _PATH).read_text(encoding="utf-8"))
        return {slug: row for slug, row in rows.items() if _is_whole(row)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _is_whole(row: Any) -> bool:
    try:
        return isinstance(row["mark"], str) and all(isinstance(Finding(**one), Finding) for one in row["found"])
    except (KeyError, TypeError):
        return False


def _write(root: Path, notes: dict[str, Any]) -> None:
    """Write the notes; where that cannot be done, the next run listens again."""
    with suppress(OSError):
        replace_file(root / _PATH, json.dumps(notes).encode())
