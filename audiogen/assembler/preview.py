"""Streams a preview of a recording while it is made.

It reads the joined sound as it grows on disk, levels and encodes it. The assembler stores the joined sound on disk in
any case. If a preview is wanted, that file is a WAV file of unknown length: one channel of 32-bit floats, not leveled.
Its times are those of the finished recording. Without a reader, a preview costs nothing.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import lameenc
    import numpy as np
    from numpy.typing import NDArray

    from audiogen.assembler.limiter import Limiter
    from audiogen.assembler.streams import Resampler

    Samples = NDArray[np.float32]

#: The value of an unknown length.
_UNKNOWN = 0xFFFFFFFF
#: Code of IEEE floats in a WAV file.
_FLOATS = 3
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_WIDTH = 4
#: Bit rate of the preview in kbit/s, and LAME's effort, the fastest with acceptable speech.
_BITRATE, _EFFORT = 64, 7
#: Sample rates of MP3; sound at another rate is resampled to the last of them.
_RATES = (8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 48_000, 44_100)
#: Length of the pieces that are encoded, in seconds.
_PIECE = 4.0


def wav_header(rate: int) -> bytes:
    """Return the header of a WAV file of floats with one channel and unknown length."""
    form = (16, _FLOATS, 1, rate, rate * _WIDTH, _WIDTH, 8 * _WIDTH)
    return _HEADER.pack(b"RIFF", _UNKNOWN, b"WAVE", b"fmt ", *form, b"data", _UNKNOWN)


class Preview:
    """An MP3 stream of a growing file; it holds a piece of a few seconds in memory."""

    def __init__(self, path: Path) -> None:
        """Create a stream of the file at *path*, which may not exist yet."""
        self._path = path
        self._file: IO[bytes] | None = None
        self._rate = 0
        self._encoder: _Encoder | None = None

    def read(self) -> bytes:
        """Return the next few seconds, encoded; b"" if there is no more yet."""
        import numpy as np

        if not self._open() or self._file is None:
            return b""
        data = self._file.read(round(_PIECE * self._rate) * _WIDTH)
        whole = len(data) // _WIDTH * _WIDTH
        self._file.seek(whole - len(data), 1)
        samples = np.frombuffer(data[:whole], dtype=np.float32)
        if not samples.size:
            return b""
        self._encoder = self._encoder or _Encoder(samples, self._rate)
        return self._encoder.encode(samples)

    def finish(self) -> bytes:
        """Return the encoded rest."""
        return self._encoder.finish() if self._encoder is not None else b""

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def _open(self) -> bool:
        """Open the file if it exists; return whether its header is complete."""
        if self._rate:
            return True
        try:
            file = self._file = self._file or self._path.open("rb")
        except FileNotFoundError:
            return False
        file.seek(0)
        header = file.read(_HEADER.size)
        if len(header) == _HEADER.size:
            self._rate = _HEADER.unpack(header)[7]
        return bool(self._rate)


class _Encoder:
    """Levels and encodes a stream; the gain is found from its first piece."""

    def __init__(self, samples: Samples, rate: int) -> None:
        from audiogen.assembler import Encoding, Sound
        from audiogen.assembler.leveling import ceiling, find_gain
        from audiogen.assembler.limiter import Limiter
        from audiogen.assembler.mp3 import open_encoder
        from audiogen.assembler.streams import Resampler

        encoding = Encoding(rate if rate in _RATES else _RATES[-1], _BITRATE, _EFFORT)
        sound = replace(Sound(), encoding=encoding)
        self._factor = 10 ** (find_gain(samples, rate, sound) / 20)
        self._limiter: Limiter = Limiter(rate, ceiling(sound))
        self._resample: Resampler = Resampler(rate, encoding.sample_rate)
        self._lame: lameenc.Encoder = open_encoder(encoding)

    def encode(self, samples: Samples) -> bytes:
        """Return the next piece, encoded."""
        return self._put(self._resample(self._limiter.process(samples * self._factor)))

    def finish(self) -> bytes:
        """Return the encoded rest."""
        rest = self._put(self._resample(self._limiter.finish(), last=True))
        return rest + bytes(self._lame.flush())

    def _put(self, samples: Samples) -> bytes:
        """Return samples encoded by LAME."""
        from audiogen.assembler.streams import to_pcm

        return bytes(self._lame.encode(to_pcm(samples)))
