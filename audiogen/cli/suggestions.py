"""Telling a person at a terminal that a language can have a better voice: once a run for each language."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.cli.verbosity import inform

if TYPE_CHECKING:
    from audiogen.model import Episode
    from audiogen.settings import Settings


class Suggestions:
    """Remembers who spoke what, where nobody has named a voice: who did knows what they want."""

    def __init__(self, settings: Settings) -> None:
        self._wanted = sys.stderr.isatty() and not settings.speech.voice
        self._spoken: dict[tuple[str, str], bool] = {}

    def heard(self, engine: str, language: str) -> None:
        """Note that an engine spoke a text in a language."""
        if self._wanted:
            self._spoken.setdefault((engine, language), False)

    def made(self, episode: Episode) -> None:
        """Note who spoke an episode of a library on this machine, by its manifest."""
        if self._wanted and isinstance(episode.manifest, Path):
            manifest = json.loads(episode.manifest.read_bytes())
            self.heard(str(manifest["voice"]["engine"]), str(manifest["article"].get("language") or "en"))

    def print_new(self) -> None:
        """Say on stderr what has not been said yet."""
        from audiogen.engines.recommended import suggestion

        for spoken, shown in self._spoken.items():
            if not shown and (line := suggestion(*spoken)):
                inform(line)
            self._spoken[spoken] = True
