"""Streams of samples: gathered into larger pieces, looked into, kept on disk, brought to another rate."""

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
#: Bytes read back from disk at a time.
_CHUNK = 1 << 18


def gathered(pieces: Iterable[Samples], frames: int) -> Iterator[Samples]:
    """Gather small pieces into larger ones of at least *frames*, for speed."""
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
    """Take the first *frames* or more; give them, and the whole again."""
    taken: list[Samples] = [np.zeros(0, dtype=np.float32)]
    size = 0
    for piece in pieces:
        taken.append(piece)
        size += piece.size
        if size >= frames:
            break
    return np.concatenate(taken), chain(taken[1:], pieces)


def to_pcm(samples: Samples) -> bytes:
    """Round samples from -1 to 1 to 16-bit little-endian PCM."""
    scaled = samples * _FULL_SCALE
    np.rint(scaled, out=scaled)
    np.clip(scaled, -32768, 32767, out=scaled)
    return scaled.astype("<i2").tobytes()


class Spool:
    """A copy on disk of what passes: speech is not made twice, and memory does not grow.

    Samples are kept as they are: a voice that was raised may go beyond full scale, where only the limiter may cut it.
    """

    def __init__(self, file: BinaryIO, header: bytes = b"") -> None:
        """Take the file, and what stands in it before the samples."""
        self._file, self._begin = file, len(header)
        file.write(header)

    def keep(self, pieces: Iterable[Samples]) -> Iterator[Samples]:
        """Pass the pieces on, and write them to the file, where others may read them meanwhile."""
        for piece in pieces:
            self._file.write(piece.tobytes())
            self._file.flush()
            yield piece

    def replay(self) -> Iterator[Samples]:
        """Yield all of it again."""
        self._file.seek(self._begin)
        while data := self._file.read(_CHUNK):
            yield np.frombuffer(data, dtype=np.float32)


class Resampler:
    """Brings a stream to another rate, or leaves it."""

    def __init__(self, rate: int, wanted: int) -> None:
        self._stream = None
        if rate != wanted:
            import soxr

            self._stream = soxr.ResampleStream(rate, wanted, 1, dtype="float32", quality="HQ")

    def __call__(self, samples: Samples, *, last: bool = False) -> Samples:
        if self._stream is None:
            return samples
        return np.asarray(self._stream.resample_chunk(samples, last=last))
