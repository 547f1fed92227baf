"""Ears for tests: what is in a finished MP3, measured rather than believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soundfile
from mutagen.mp3 import MP3

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

#: Level under which the tone engine's recordings are silent, and the window it is looked at in, in seconds.
_SILENT = 0.02
_WINDOW = 0.002


@dataclass(frozen=True, slots=True)
class Tone:
    """A stretch of sound; seconds and hertz."""

    start: float
    end: float
    frequency: float


def samples_of(path: Path) -> tuple[NDArray[np.float32], int]:
    """Decode a mono file: samples from -1 to 1, and frames a second."""
    samples, rate = soundfile.read(path, dtype="float32")
    return samples, rate


def length_of(path: Path) -> float:
    """Read the length that the MP3's header tells, in seconds."""
    info = MP3(path).info
    assert info is not None
    return float(info.length)


def tones_in(path: Path) -> list[Tone]:
    """Find the tones in a recording of the engine `tone`, in order."""
    samples, rate = samples_of(path)
    width = round(_WINDOW * rate)
    level = np.abs(samples[: samples.size // width * width]).reshape(-1, width).max(axis=1) > _SILENT
    edges = np.flatnonzero(np.diff(np.concatenate(([False], level, [False])).astype(int)))
    return [
        Tone(start * width / rate, end * width / rate, _frequency(samples[start * width : end * width], rate))
        for start, end in edges.reshape(-1, 2).tolist()
    ]


def _frequency(samples: NDArray[np.float32], rate: int) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(samples.size), 1 << 17))
    return float(np.argmax(spectrum) * rate / (1 << 17))
