"""Checks the sound of all episodes of a library, and caches the results, so that only new episodes are checked.

The cache, `.audiogen/listened.json`, can be deleted. A result is valid as long as the episode's sound, script and voice
and the recogniser are the same. Faults are cached, too, and reported again.
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
class LibraryResults:
    """The results of a library."""

    #: Faults by episode; () for one without faults.
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    #: Remarks on what the recogniser does not understand, by episode.
    remarks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Number of episodes with a cached result.
    unchanged: int = 0

    def add(self, slug: str, judgement: Judgement) -> None:
        """Store the result of an episode."""
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
) -> LibraryResults:
    """Check the library's episodes that are new or have changed, or all with *everything*; return the results.

    Episodes with an unreadable manifest or sound file are skipped, since other checks report them. *progress* is called
    with an episode's slug before it is checked.
    """
    results, known = LibraryResults(), {} if everything else _read_results(root)
    notes: dict[str, Any] = {}
    with script_speaker_for(root, settings) as script_speaker:
        for slug, manifest in _manifests(root):
            mark = _digest(manifest, recogniser)
            if known.get(slug, {}).get("mark") == mark:
                results.unchanged += 1
                notes[slug] = known[slug]
                results.add(slug, _judgement_of(known[slug]))
                continue
            progress(slug)
            audio = root / "episodes" / manifest["audio"]["file"]
            with suppress(AssemblyError):
                judgement = listen(manifest, audio, recogniser, speaker_of(manifest, script_speaker))
                results.add(slug, judgement)
                found = [asdict(one) for one in judgement.findings]
                notes[slug] = {"mark": mark, "found": found, "remarks": list(judgement.remarks)}
                # Written after each episode: listening to one takes a minute or more, and may be stopped.
                _write_results(root, {**known, **notes})
    _write_results(root, notes)
    return results


def _manifests(root: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return slug and content of all valid manifests, in order of their names."""
    from audiogen.audit.episode import manifest_paths
    from audiogen.episodes.shape import shape_faults

    found = []
    for path in manifest_paths(root):
        with suppress(OSError, ValueError, RecursionError):
            manifest = json.loads(path.read_text(encoding="utf-8"))
            if not shape_faults(manifest, path.stem):
                found.append((path.stem, manifest))
    return found


def _digest(manifest: dict[str, Any], recogniser: Recogniser) -> str:
    """Return a digest of all that the result for an episode depends on."""
    facts = [_METHOD, recogniser.name, manifest["audio"]["sha256"], manifest.get("voice"), manifest["script"]]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _read_results(root: Path) -> dict[str, dict[str, Any]]:
    """Return the cached results by episode, without invalid ones."""
    try:
        rows = json.loads((root / _PATH).read_text(encoding="utf-8"))
        return {slug: row for slug, row in rows.items() if _is_valid(row)}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def _is_valid(row: Any) -> bool:
    """Return whether a row of the cache is complete."""
    try:
        return isinstance(row["mark"], str) and isinstance(_judgement_of(row), Judgement)
    except (KeyError, TypeError):
        return False


def _judgement_of(row: dict[str, Any]) -> Judgement:
    """Return the judgement in a row of the cache."""
    return Judgement(tuple(Finding(**one) for one in row["found"]), tuple(map(str, row["remarks"])))


def _write_results(root: Path, notes: dict[str, Any]) -> None:
    """Write the cache. If that fails, the next run checks the episodes again."""
    with suppress(OSError):
        replace_file(root / _PATH, json.dumps(notes).encode())
