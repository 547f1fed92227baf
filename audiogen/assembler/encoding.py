"""The formats of sound files, and a thread that runs the encoder."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from audiogen.assembler.streams import to_pcm
from audiogen.errors import AssemblyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from audiogen.assembler import Encoding

    Samples = NDArray[np.float32]

#: Maximum number of pieces that wait for the encoder.
_WAITING = 8


class Writer(Protocol):
    """The interface of encoders that write 16-bit mono PCM to a file."""

    def write(self, pcm: bytes) -> None:
        """Encode the next piece."""
        ...

    def finish(self) -> float:
        """Encode the rest, and return the length in seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """The change of level by an encoder, in dB, measured on speech of nine languages (benchmarks/assembler.py)."""

    #: The change of the level. LAME's CBR encoder scales its input by 0.95 at all tested rates.
    gain: float
    #: The maximum increase of a true peak at that level. eSpeak's increases by 0.75 dB in an MP3, that of the
    #: neural voice by up to 1.45, measured over 36 articles of it.
    growth: float
    #: Whether single peaks may increase more, so that the finished file must be searched for them.
    encoder_peaks: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """A file format."""

    #: Opens a `Writer`: a callable `(target: Path, encoding: Encoding) -> AbstractContextManager[Writer]`.
    writer: str
    media_type: str
    #: The change of level at usual bit rates, and below `_LOW`.
    usual: Change
    low: Change
    #: The only sample rate that it supports; None for any.
    sample_rate: int | None = None
    #: The share of an MP3's bit rate with which it has the same quality.
    economy: float = 1.0
    #: Minimum bit rate in kbit/s. Opus is much worse for speech below 24.
    least: int = 0

    def change(self, encoding: Encoding) -> Change:
        """Return the change of level at this encoding."""
        return self.low if encoding.bitrate < _LOW else self.usual


#: Bit rate of an MP3, in kbit/s, below which encoders increase peaks much more.
_LOW = 48
#: The formats by the setting `format`, which is also the file's suffix.
FORMATS = {
    "mp3": Format(
        "audiogen.assembler.mp3:open_mp3", "audio/mpeg", Change(-0.446, 1.6), Change(-0.42, 2.2, encoder_peaks=True)
    ),
    "m4b": Format(
        "audiogen.assembler.ffmpeg:open_ffmpeg",
        "audio/mp4",
        Change(-0.05, 1.9, encoder_peaks=True),
        Change(-0.15, 4.0, encoder_peaks=True),
        None,
        1.5,
    ),
    "opus": Format(
        "audiogen.assembler.ffmpeg:open_ffmpeg",
        "audio/ogg",
        Change(-0.3, 1.7, encoder_peaks=True),
        Change(-0.5, 2.6, encoder_peaks=True),
        sample_rate=48_000,
        economy=0.5,
        least=24,
    ),
}


def open_writer(target: Path, name: str, encoding: Encoding) -> AbstractContextManager[Writer]:
    """Open the writer of the format *name* for the file at *target*."""
    module, _, maker = FORMATS[name].writer.partition(":")
    writer: AbstractContextManager[Writer] = getattr(import_module(module), maker)(target, encoding)
    return writer


class EncoderThread:
    """Runs a writer in a thread; LAME releases the interpreter lock."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="encoder")
        self._pending: deque[Future[None]] = deque()

    def __enter__(self) -> EncoderThread:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def write(self, samples: Samples) -> None:
        """Pass on the next piece; wait if too many pieces are pending."""
        self._pending.append(self._pool.submit(self._write, samples))
        if len(self._pending) > _WAITING:
            self._pending.popleft().result()

    def _write(self, samples: Samples) -> None:
        self._writer.write(to_pcm(samples))

    def finish(self) -> float:
        """Wait for the rest, and return the length in seconds."""
        for waiting in self._pending:
            waiting.result()
        return self._pool.submit(self._writer.finish).result()


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Convert file-system errors while *target* is written to `AssemblyError`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise AssemblyError(
            target,
            f"{target.name} could not be written in {target.parent} ({reason}). Make room, or name another folder.",
        ) from error
