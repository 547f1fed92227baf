"""Production: runs all stages on an article, from its source to its episode.

preparing   read and clean a source
wording     write its script
speakers    choose the voice
maker       make the episode's files
reuse       decide whether an existing episode can stay as it is
revision    the GUID, dates and revision number of an episode that is made again
producing   make an episode in a library, unless it exists and can stay
sound_file  make a sound file without a library

Each name loads its module when it is first asked for: a process that only reads documents loads no encoder.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.production.made import EpisodeFiles
    from audiogen.production.maker import EpisodeMaker
    from audiogen.production.preparing import prepare
    from audiogen.production.producing import (
        check_wanted,
        keep_existing,
        location_of,
        make_in_library,
        produce,
        record_identity,
        speak_edit,
    )
    from audiogen.production.reuse import KEPT, Standing
    from audiogen.production.sound_file import write_sound_file
    from audiogen.production.speakers import Speaker, former_defaults, is_priced, traits_of

__all__ = [
    "KEPT",
    "EpisodeFiles",
    "EpisodeMaker",
    "Speaker",
    "Standing",
    "check_wanted",
    "former_defaults",
    "is_priced",
    "keep_existing",
    "location_of",
    "make_in_library",
    "prepare",
    "produce",
    "record_identity",
    "speak_edit",
    "traits_of",
    "write_sound_file",
]

#: The module of each name.
_MODULES = {
    "EpisodeFiles": "made",
    "EpisodeMaker": "maker",
    "prepare": "preparing",
    **dict.fromkeys(
        (
            "check_wanted",
            "keep_existing",
            "location_of",
            "make_in_library",
            "produce",
            "record_identity",
            "speak_edit",
        ),
        "producing",
    ),
    **dict.fromkeys(("KEPT", "Standing"), "reuse"),
    "write_sound_file": "sound_file",
    **dict.fromkeys(("Speaker", "former_defaults", "is_priced", "traits_of"), "speakers"),
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
