"""A finished file, decoded and measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.decoding import decoded
from audiogen.assembler.loudness import LoudnessMeter, PeakMeter

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

#: Seconds of a window in which the level is looked at, to a frame.
WINDOW = 0.01


@dataclass(frozen=True, slots=True)
class Heard:
    """What is in a file."""

    #: Seconds of decoded sound.
    duration: float
    #: In LUFS; minus infinity for silence.
    loudness: float
    #: In dBTP; minus infinity for silence.
    peak: float
    #: Highest level in each window, linear.
    levels: NDArray[np.float32]
    #: Seconds of a window: a whole number of frames.
    window: float = WINDOW

    def level(self, start: float, end: float) -> float:
        """Return the highest level between two times, linear; 0 outside the file."""
        first, last = max(0, round(start / self.window)), max(0, round(end / self.window) + 1)
        return float(self.levels[first:last].max(initial=0.0))


def listen(path: Path) -> Heard:
    """Decode the whole file, a block at a time.

    Raises:
        AssemblyError: it cannot be read.
    """
    with decoded(path) as sound:
        loudness, peak = LoudnessMeter(sound.rate), PeakMeter()
        levels: list[NDArray[np.float32]] = []
        rest = np.zeros(0, dtype=np.float32)
        width, frames = round(WINDOW * sound.rate), 0
        for block in sound.blocks:
            loudness.add(block)
            peak.add(block)
            frames += block.size
            rest = np.concatenate((rest, block))
            whole = rest.size // width * width
            levels.append(np.abs(rest[:whole]).reshape(-1, width).max(axis=1))
            rest = rest[whole:]
        rate = sound.rate
    all_levels = np.concatenate([np.zeros(0, dtype=np.float32), *levels])
    return Heard(frames / rate, loudness.integrated, peak.peak, all_levels, width / rate)
