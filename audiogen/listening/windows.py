"""Cuts the sound of each utterance out of a finished file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from audiogen.assembler.decoding import decoded
from audiogen.listening.recogniser import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

#: Seconds of sound before and after an utterance, for soft beginnings and ends; less than the shortest pause.
BEFORE, AFTER = 0.1, 0.15


def windows(audio: Path, script: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Samples]]:
    """Yield the number and the sound of each line with words, with some sound around it, at the recogniser's rate.

    The file is decoded once, block by block, and only one utterance is in memory.

    Raises:
        AssemblyError: the file cannot be read.
    """
    import soxr

    wanted = [number for number, line in enumerate(script) if any(map(str.isalnum, line["spoken"]))]
    held, begun = np.zeros(0, dtype=np.float32), 0
    with decoded(audio) as sound:
        blocks = iter(sound.blocks)
        for number in wanted:
            first = max(0, round((script[number]["start"] - BEFORE) * sound.rate))
            last = round((script[number]["end"] + AFTER) * sound.rate)
            parts, size = [held], held.size
            while begun + size < last and (block := next(blocks, None)) is not None:
                parts.append(block)
                size += block.size
            held = np.concatenate(parts)
            held, begun = held[max(0, first - begun) :], max(begun, first)
            yield number, np.asarray(soxr.resample(held[: max(0, last - begun)], sound.rate, RATE), dtype=np.float32)
