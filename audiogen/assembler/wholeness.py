"""Checks that a sound file is complete: compares the length that it declares with its content.

A file that someone tagged, trimmed or encoded again plays and is complete; a file that a full disk or an interrupted
copy cut off declares more than it contains. Both differ from the original, but only the latter may be replaced.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from audiogen.assembler.mp3 import BITRATES
from audiogen.errors import AssemblyError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: Sampling rates by index, for MPEG-1; MPEG-2 has half of them, MPEG-2.5 a quarter.
_RATES = (44100, 48000, 32000)
#: Number of bytes that are searched for the first frame.
_SEARCHED = 1 << 16
#: Bit of an Ogg page's type that marks the last page of a stream (RFC 3533, 6).
_LAST_PAGE = 4


def find_damage(path: Path) -> str:
    """Return why the file is incomplete or cannot be played; "" if it can.

    Its frames, boxes or pages are compared with what it declares, and it is decoded completely.
    """
    from audiogen.assembler.decoding import decoded

    check = _CHECKS.get(path.suffix.lower())
    try:
        fault = check(path.read_bytes()) if check else ""
        if fault:
            return fault
        with decoded(path) as sound:
            heard = sum(block.size for block in sound.blocks)
    except (AssemblyError, OSError) as error:
        return f"it cannot be decoded ({error})"
    return "" if heard else "there is no sound in it"


def _mp3(data: bytes) -> str:
    """Return what is missing in an MP3 file, by the count of frames in its Xing or Info header; "" if nothing."""
    start = _first_frame(data)
    if start is None:
        return "there is no frame of sound in it"
    stated = _stated_frames(data[start : start + _frame_length(data, start)])
    count, offset = 0, start
    while length := _frame_length(data, offset):
        if offset + length > len(data):
            return "its last frame is cut off"
        count, offset = count + 1, offset + length
    # The header frame itself is not counted in.
    if stated is not None and count - 1 < stated:
        return f"it has {count - 1:,} of its {stated:,} frames"
    return ""


def _first_frame(data: bytes) -> int | None:
    """Return the offset of the first MP3 frame after ID3 tags; None if there is none."""
    start = 0
    while data[start : start + 3] == b"ID3" and len(data) >= start + 10:
        size = 0
        for byte in data[start + 6 : start + 10]:
            size = size << 7 | byte & 0x7F
        start += 10 + size
    for offset in range(start, min(len(data), start + _SEARCHED)):
        length = _frame_length(data, offset)
        if length and (offset + length >= len(data) or _frame_length(data, offset + length)):
            return offset
    return None


def _frame_length(data: bytes, offset: int) -> int:
    """Return the length in bytes of the layer III frame at an offset; 0 if there is none."""
    head = data[offset : offset + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bits in (0, 15) or rate == 3:
        return 0
    first = version == 3
    sampling = _RATES[rate] // {3: 1, 2: 2, 0: 4}[version]
    kbits = BITRATES[3 if first else 2][bits]
    return (144_000 if first else 72_000) * kbits // sampling + (head[2] >> 1 & 1)


def _stated_frames(frame: bytes) -> int | None:
    """Return the number of frames in the header frame *frame*; None if it is not one."""
    for mark in (b"Info", b"Xing"):
        offset = frame.find(mark, 4, 64)
        if offset > 0 and len(frame) >= offset + 12 and frame[offset + 7] & 1:
            return int(struct.unpack(">I", frame[offset + 8 : offset + 12])[0])
    return None


def _ogg(data: bytes) -> str:
    """Return what is missing in an Ogg file; "" if it is complete."""
    offset, last = 0, False
    while data[offset : offset + 4] == b"OggS":
        segments = data[offset + 26] if len(data) > offset + 26 else 0
        length = 27 + segments + sum(data[offset + 27 : offset + 27 + segments])
        if offset + length > len(data):
            return "its last page is cut off"
        last, offset = bool(data[offset + 5] & _LAST_PAGE), offset + length
    return "" if last else "its last page is missing"


def _mp4(data: bytes) -> str:
    """Return what is missing in an MP4 file; "" if it is complete."""
    offset, kinds = 0, set()
    while offset + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[offset : offset + 8])
        if length == 1 and offset + 16 <= len(data):
            length = struct.unpack(">Q", data[offset + 8 : offset + 16])[0]
        length = length or len(data) - offset
        if length < 8 or offset + length > len(data):
            return "its last part is cut off"
        kinds.add(kind)
        offset += length
    return "" if {b"moov", b"mdat"} <= kinds else "a part of it is missing"


_CHECKS: dict[str, Callable[[bytes], str]] = {".mp3": _mp3, ".opus": _ogg, ".m4b": _mp4, ".m4a": _mp4}
