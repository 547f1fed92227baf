"""Listens to all episodes of a library, and caches the results, so that the next run listens only to new episodes.

The cache, `.audiogen/listened.json`, can be deleted. A result is valid as long as the episode's sound, script and voice
and the recogniser are the same. Faults are cached, too, and reported again without listening.
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
from audiogen.listening.judging import Judgement, listen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audiogen.listening.recogniser import Recogniser
    from audiogen.settings import Settings

#: Version of the method; results of another one are not used.
_METHOD = 2
_PATH = ".audiogen/listened.json"


@dataclass(slots=True)
class Heard:
    """The results for a library."""

    #: Faults by episode; empty for one without any.
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    #: Remarks on what the recogniser does not understand, by episode.
    remarks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: How many episodes were not listened to again.
    unchanged: int = 0

    def note(self, slug: str, judgement: Judgement) -> None:
        """Add the results for an episode."""
        self.findings[slug] = judgement.findings
        if judgement.remarks:
            self.remarks[slug] = judgement.remarks


def listen_to_all(
    root: Path,
    settings: Settings,
    recogniser: Recogniser,
    *,
    everything: bool = False,
    progress: Callable[[str], None] = lambda slug: None,
) -> Heard:
    """Listen to the library's episodes that are new or have changed; to all with *everything*.

    Episodes whose manifest or sound cannot be read are left to the other checks.
    """
    heard, known = Heard(), {} if everything else _read_results(root)
    notes: dict[str, Any] = {}
    with script_speaker_for(root, settings) as script_speaker:
        for slug, manifest in _manifests(root):
            mark = _mark(manifest, recogniser)
            if known.get(slug, {}).get("mark") == mark:
                heard.unchanged += 1
                notes[slug] = known[slug]
                heard.note(slug, _judgement_of(known[slug]))
                continue
            progress(slug)
            audio = root / "episodes" / manifest["audio"]["file"]
            with suppress(AssemblyError):
                judgement = listen(manifest, audio, recogniser, speaker_of(manifest, script_speaker))
                heard.note(slug, judgement)
                found = [asdict(one) for one in judgement.findings]
                notes[slug] = {"mark": mark, "found": found, "remarks": list(judgement.remarks)}
                # Written after each episode: listening to one takes a minute or more, and may be stopped.
                _write_results(root, {**known, **notes})
    _write_results(root, notes)
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
    facts = [_METHOD, recogniser.name, manifest["audio"]["sha256"], manifest.get("voice"), manifest["script"]]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _read_results(root: Path) -> dict[str, dict[str, Any]]:
    """Return the cached results by episode; invalid ones are left out."""
    try:
        rows = json.loads((root / _PATH).read_text(encoding="utf-8"))
        return {slug: row for slug, row in rows.items() if _is_valid(row)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _is_valid(row: Any) -> bool:
    try:
        return isinstance(row["mark"], str) and isinstance(_judgement_of(row), Judgement)
    except (KeyError, TypeError):
        return False


def _judgement_of(row: dict[str, Any]) -> Judgement:
    return Judgement(tuple(Finding(**one) for one in row["found"]), tuple(map(str, row["remarks"])))


def _write_results(root: Path, notes: dict[str, Any]) -> None:
    """Write the cache; if that fails, the next run listens again."""
    with suppress(OSError):
        replace_file(root / _PATH, json.dumps(notes).encode())
