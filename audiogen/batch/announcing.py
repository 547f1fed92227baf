"""Announces a new default voice once in each library: its episodes keep their voice, new articles get the new one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.production import former_defaults

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audiogen.batch.index import Index
    from audiogen.episodes.library import Library


@dataclass(frozen=True, slots=True)
class VoiceChange:
    """A change of the voice that reads a library's new articles."""

    new: str
    #: Voice of most of the earlier episodes in its language, and the number of these episodes.
    old: str
    kept: int


def voice_change(made: Mapping[str, int], index: Index, library: Library) -> VoiceChange | None:
    """Return the change of voice if a default voice spoke new articles of the library for the first time.

    Args:
        made: new episodes of this run by the name of their voice.
        index: notes of the library, with those of this run.
        library: its manifests are read if no other episode is noted.
    """
    for new, count in made.items():
        voices = Counter(index.voices())
        if voices.total() <= sum(made.values()):
            voices = Counter(str(one.get("voice", {}).get("name", "")) for one in library.manifests(skip_broken=True))
        old = Counter({name: voices[name] for name in former_defaults(new, voices, library.root)})
        if old and voices[new] <= count:
            (most, _), *_ = old.most_common(1)
            return VoiceChange(new, most, old.total())
    return None
