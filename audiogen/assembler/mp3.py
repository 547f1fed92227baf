"""Writes MP3 files with a constant bit rate and the header frame that states the exact length.

lameenc contains LAME in a wheel and releases the interpreter lock, but does not write LAME's Info frame. Without it,
players count the encoder's delay as sound (72 ms) and do not know that the bit rate is constant.
"""

from __future__ import annotations

import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import lameenc

from audiogen.errors import AssemblyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audiogen.assembler import Encoding

#: LAME's delay in frames.
_DELAY = 576
#: kbit/s by index, layer III: MPEG-1 and MPEG-2.
BITRATES = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
#: The Info tag needs this many bytes after the side information.
_INFO_SIZE = 156


@contextmanager
def open_mp3(target: Path, encoding: Encoding) -> Iterator[Mp3Writer]:
    """Open the MP3 at *target* for writing."""
    with target.open("wb") as file:
        yield Mp3Writer(file, encoding)


def open_encoder(encoding: Encoding) -> lameenc.Encoder:
    """Return a LAME encoder for one channel of 16-bit PCM."""
    encoder = lameenc.Encoder()
    encoder.set_channels(1)
    encoder.set_in_sample_rate(encoding.sample_rate)
    encoder.set_out_sample_rate(encoding.sample_rate)
    encoder.set_bit_rate(encoding.bitrate)
    encoder.set_quality(encoding.effort)
    encoder.silence()
    return encoder


class Mp3Writer:
    """A writer that encodes 16-bit mono PCM into an open, seekable file."""

    def __init__(self, file: BinaryIO, encoding: Encoding) -> None:
        self._file = file
        self._encoding = encoding
        self._frames_in = 0
        self._header = b""
        self._encoder = open_encoder(encoding)
        self._start = file.tell()

    def write(self, pcm: bytes) -> None:
        """Encode the next piece."""
        if pcm:
            self._frames_in += len(pcm) // 2
            self._put(bytes(self._encoder.encode(pcm)))

    def finish(self) -> float:
        """Encode the rest, write the header frame, and return the length in seconds."""
        if not self._frames_in:
            raise AssemblyError(None, "There is no sound to encode.")
        self._put(bytes(self._encoder.flush()))
        end = self._file.tell()
        self._file.seek(self._start)
        self._file.write(self._info(end - self._start))
        self._file.seek(end)
        return self._frames_in / self._encoding.sample_rate

    def _put(self, data: bytes) -> None:
        """Write encoded data, after a placeholder for the header frame."""
        if data and not self._header:
            self._header = data[:4]
            self._file.write(bytes(len(self._info(0))))
        self._file.write(data)

    def _info(self, size: int) -> bytes:
        """Return the Info frame of a file of *size* bytes.

        It is a silent frame with the numbers of frames and bytes, a seek table, and LAME's delay and padding.
        """
        header, length, side = _info_header(self._header)
        version = self._header[1] >> 3 & 3
        per_frame = 1152 if version == 3 else 576
        payload = max(0, size - length)
        frames = round(payload * self._encoding.sample_rate / (per_frame / 8 * self._encoding.bitrate * 1000))
        padding = max(0, min(4095, frames * per_frame - _DELAY - self._frames_in)) if size else 0
        toc = bytes(i * 256 // 100 for i in range(100))
        info = b"Info" + struct.pack(">III", 0x0F, frames, size) + toc + struct.pack(">I", 0)
        lame = b"LAME3.100" + bytes((0x01, 0)) + bytes(8) + bytes((0, min(255, self._encoding.bitrate)))
        lame += (_DELAY << 12 | padding).to_bytes(3, "big") + bytes(4) + struct.pack(">I", size) + bytes(2)
        frame = header + bytes(side) + info + lame
        frame += _crc16(frame).to_bytes(2, "big")
        return frame.ljust(length, b"\0")


def _info_header(first: bytes) -> tuple[bytes, int, int]:
    """Return the header of a large enough Info frame, its length, and the length of its side information.

    *first* is the header of another frame of the file.
    """
    version = first[1] >> 3 & 3
    rate = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}[version][first[2] >> 2 & 3]
    side = 17 if version == 3 else 9
    slots = 144_000 if version == 3 else 72_000
    for index, kbits in enumerate(BITRATES[3 if version == 3 else 2]):
        length = slots * kbits // rate
        if length >= 4 + side + _INFO_SIZE + 2:
            return bytes((0xFF, first[1] | 1, index << 4 | first[2] & 0x0C, first[3])), length, side
    raise AssemblyError(rate, f"MP3 at {rate} Hz has no room for its header frame.")


def _crc16(data: bytes) -> int:
    """Return the CRC-16 with the reflected polynomial 0xA001, which LAME's tag has."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
