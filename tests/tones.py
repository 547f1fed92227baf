"""How long the tones of the engine `tone` are in the process of the tests."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiogen.engines import tone

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds of a word as other processes have them, the pace of a calm reader.
CALM = tone.WORD_SECONDS
#: Seconds of a word in the tests: each second of sound has to be made, measured and encoded.
SHORT = 0.05


@contextmanager
def tones_of(seconds: float) -> Iterator[None]:
    """Let a word of a tone take so many seconds."""
    with pytest.MonkeyPatch.context() as patch:
        set_tones(patch, seconds)
        yield


def set_tones(patch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let a word of a tone take so many seconds until *patch* is undone."""
    patch.setattr(tone, "WORD_SECONDS", seconds)
    patch.setattr(tone.Tone, "traits", replace(tone.Tone.traits, word_seconds=seconds))
