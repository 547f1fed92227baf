"""The files of an episode before they are moved into the library, and the episode afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audiogen.episodes.manifest import doubtful_lines
from audiogen.model import Episode

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.episodes.library import Library
    from audiogen.model import Recording


@dataclass(frozen=True, slots=True)
class EpisodeFiles:
    """An episode's files in a temporary folder."""

    folder: Path
    slug: str
    recording: Recording
    manifest: dict[str, Any]

    def episode(self, library: Library) -> Episode:
        """Return the episode that is now in the library."""
        return episode_of(self.manifest, library)


def episode_of(manifest: dict[str, Any], library: Library) -> Episode:
    """Return the episode that a manifest in the library describes."""
    slug = manifest["slug"]
    return Episode(
        slug=slug,
        audio=library.where(manifest["audio"]["file"]),
        manifest=library.where(f"{slug}.json"),
        title=manifest["article"]["title"],
        duration=manifest["audio"]["duration"],
        utterances=manifest["utterances"]["total"],
        spoken=manifest["utterances"]["spoken"],
        size=manifest["audio"]["bytes"],
        doubtful=len(doubtful_lines(manifest)),
    )
