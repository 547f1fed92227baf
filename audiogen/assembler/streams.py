"""Streams of samples: combine pieces, read ahead, store on disk, resample."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

#: Full scale of 16-bit samples.
_FULL_SCALE = np.float32(32768.0)
#: Number of bytes that are read from disk at a time.
_CHUNK = 1 << 18


def gathered(pieces: Iterable[Samples], frames: int) -> Iterator[Samples]:
    """Yield small pieces combined to larger ones of at least *frames*, for speed."""
    waiting: list[Samples] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += piece.size
        if size >= frames:
            yield np.concatenate(waiting)
            waiting, size = [], 0
    if size:
        yield np.concatenate(waiting)


def head(pieces: Iterator[Samples], frames: int) -> tuple[Samples, Iterator[Samples]]:
    """Return the first *frames* or more, and an iterator over all pieces including them."""
    taken: list[Samples] = [np.zeros(0, dtype=np.float32)]
    size = 0
    for piece in pieces:
        taken.append(piece)
        size += piece.size
        if size >= frames:
            break
    return np.concatenate(taken), chain(taken[1:], pieces)


def to_pcm(samples: Samples) -> bytes:
    """Return samples from -1 to 1 as 16-bit little-endian PCM."""
    scaled = samples * _FULL_SCALE
    np.rint(scaled, out=scaled)
    np.clip(scaled, -32768, 32767, out=scaled)
    return scaled.astype("<i2").tobytes()


class Spool:
    """A copy of a stream on disk, so that speech is synthesized once and memory does not grow.

    Samples are stored as floats, because a voice with a gain may exceed full scale until the limiter.
    """

    def __init__(self, file: BinaryIO, header: bytes = b"") -> None:
        """Use *file*, and write *header* before the samples."""
        self._file, self._begin = file, len(header)
        file.write(header)

    def keep(self, pieces: Iterable[Samples]) -> Iterator[Samples]:
        """Yield the pieces, and write them to the file, which others may read meanwhile."""
        for piece in pieces:
            self._file.write(piece.tobytes())
            self._file.flush()
            yield piece

    def replay(self) -> Iterator[Samples]:
        """Yield all stored samples again."""
        self._file.seek(self._begin)
        while data := self._file.read(_CHUNK):
            yield np.frombuffer(data, dtype=np.float32)


class Resampler:
    """Resamples a stream, or passes it on if the rates are equal."""

    def __init__(self, rate: int, wanted: int) -> None:
        self._stream = None
        if rate != wanted:
            import soxr

            self._stream = soxr.ResampleStream(rate, wanted, 1, dtype="float32", quality="HQ")

    def __call__(self, samples: Samples, *, last: bool = False) -> Samples:
        if self._stream is None:
            return samples
        return np.asarray(self._stream.resample_chunk(samples, last=last))
