"""Chooses the voice that replaces the default voice of a language if that cannot speak on this machine.

A default that needs more than Python (onnxruntime is compiled for some systems only, and needs libraries of theirs) may
be missing, too old, broken or damaged. Then the next of its card's fallbacks speaks, with one line that says why.
"""

from __future__ import annotations

import logging
import multiprocessing
from functools import cache
from typing import TYPE_CHECKING

from audiogen.engines.examination import look_at, trouble_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Voice

_log = logging.getLogger(__name__)


def first_that_speaks(voices: Sequence[Voice]) -> Voice:
    """Return the first voice that can speak on this machine; if none can, the first, whose error says why."""
    troubles: list[tuple[Voice, str]] = []
    for voice in voices:
        trouble = trouble_of(voice)
        if not trouble:
            if troubles:
                _tell(troubles[-1][0].name, voice.name, troubles[-1][1])
            return voice
        if not is_only_unfetched(voice):
            troubles.append((voice, trouble))
    return voices[0]


def is_only_unfetched(voice: Voice) -> bool:
    """Return whether the voice only lacks its model, which was never downloaded: that is no fault."""
    return look_at(voice).remedy.startswith("audiogen voices install")


@cache
def _tell(missing: str, instead: str, why: str) -> None:
    """Log a message once, and only in the main process, not in each of its workers."""
    if multiprocessing.parent_process() is None:
        _log.warning("The voice %s cannot speak here (%s); %s speaks instead.", missing, why.rstrip("."), instead)
