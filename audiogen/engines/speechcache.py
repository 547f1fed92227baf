"""The speech cache: what was spoken once need not be spoken again.

A clip is kept under a digest of everything that makes its sound: the text as the engine is given it, the engine and its
version, the voice and how it speaks. eSpeak is not byte-stable within a process, so this is also what makes a second
run give the same bytes.

Several processes may share it. A clip is written under another name and renamed; a clip that is cut short, damaged or
just being removed by another process counts as not there.
"""

from __future__ import annotations

import os
import struct
from array import array
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from sys import byteorder
from tempfile import NamedTemporaryFile
from time import time
from typing import TYPE_CHECKING
from zlib import crc32

from audiogen.engines.folders import kept_speech
from audiogen.model import Clip, WordTime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audiogen.model import Utterance, Voice

#: Versions of the file format: of a clip that is what the voice says at once, and of any other (`Clip.digest`).
FORMAT, OTHERWISE = 3, 4
#: The same two as they were written before; their check sum left out the head.
_OLD = {1: FORMAT, 2: OTHERWISE}
#: Goes into each key.
_KEY_VERSION = 1
#: magic, version, frames a second, count of word times, bytes of sound, CRC-32 of all else but the magic.
_HEAD = struct.Struct("<4sHIIQI")
_MAGIC = b"AGCL"
#: Most bytes of the cache: some six hours of speech at 22,050 frames a second.
USUAL_LIMIT = 1 << 30
#: After pruning it holds this share of its limit, so that not every run prunes.
_LOW_WATER = 0.8
#: Seconds before a used clip is marked as used again.
_REMEMBER_USE = 3600.0


@dataclass(frozen=True, slots=True)
class CacheUsage:
    """How much the cache holds."""

    folder: Path
    clips: int
    size: int
    limit: int


class SpeechCache:
    """A folder of clips, bounded in size: those used longest ago go first.

    Args:
        folder: where it is; the user's cache folder where none is given.
        limit: bytes it may hold.
    """

    def __init__(self, folder: Path | None = None, limit: int = USUAL_LIMIT) -> None:
        self.folder = folder or kept_speech()
        self.limit = limit
        self._written = 0

    @staticmethod
    def key(utterance: Utterance, voice: Voice, version: str, given: str | None = None) -> str:
        """Digest all that makes the sound of the utterance.

        Args:
            utterance: what is said.
            voice: by whom; a seed is among its options.
            version: of the engine.
            given: what the engine makes of text and pronunciations; both count where it does not tell.
        """
        options = sorted((name, repr(value)) for name, value in voice.options.items())
        parts: tuple[object, ...] = (_KEY_VERSION, voice.engine, version, voice.id, voice.rate, voice.pitch, options)
        parts += (utterance.spoken if given is None else given,)
        if given is None and utterance.pronunciations:
            parts += (utterance.pronunciations,)
        return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> Clip | None:
        """Return the clip kept under *key*, or None."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            if time() - path.stat().st_mtime > _REMEMBER_USE:
                os.utime(path)
        except OSError:
            return None
        return _unpack(content, key)

    def has(self, key: str) -> bool:
        """Return whether there is a clip under *key*; it may be gone a moment later."""
        return self._path(key).is_file()

    def put(self, key: str, clip: Clip) -> None:
        """Keep the clip. A disk that is full or read-only is no reason to stop speaking: then it is not kept."""
        path = self._path(key)
        content = _pack(clip, FORMAT if clip.digest == key else OTHERWISE)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False)  # noqa: SIM115 - renamed
            try:
                with temporary:
                    temporary.write(content)
                Path(temporary.name).replace(path)
            except OSError:
                Path(temporary.name).unlink(missing_ok=True)
                raise
            self._written += len(content)

    def close(self) -> None:
        """Prune, if anything was written."""
        if self._written:
            self._written = 0
            self.prune()

    def usage(self) -> CacheUsage:
        """Count the clips and their bytes."""
        sizes = [size for _, size, _ in self._files()]
        return CacheUsage(self.folder, len(sizes), sum(sizes), self.limit)

    def prune(self, limit: int | None = None) -> int:
        """Remove the clips used longest ago until the cache is well below its limit; return the bytes freed.

        A limit of 0 empties it.
        """
        limit = self.limit if limit is None else limit
        files = sorted(self._files())
        size = sum(size for _, size, _ in files)
        freed = 0
        if size <= limit and limit:
            return 0
        for _, length, path in files:
            if size - freed <= limit * _LOW_WATER:
                break
            with suppress(OSError):
                path.unlink()
                freed += length
        return freed

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.clip"

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """List time of last use, size and path of every file, parts left by a killed process among them."""
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = Path(folder) / name
                with suppress(OSError):
                    status = path.stat()
                    if name.endswith(".clip") or (name.endswith(".part") and time() - status.st_mtime > _REMEMBER_USE):
                        yield status.st_mtime, status.st_size, path


def _pack(clip: Clip, version: int = FORMAT) -> bytes:
    words = array("i", (number for word in clip.words for number in (word.start, word.end, round(word.time * 1e6))))
    if byteorder == "big":
        words.byteswap()
    body = words.tobytes() + clip.pcm
    head = (version, clip.sample_rate, len(clip.words), len(clip.pcm))
    return _HEAD.pack(_MAGIC, *head, _check(head, body)) + body


def _check(head: tuple[int, ...], body: bytes | memoryview) -> int:
    """Return the check sum of a head (version, frames, words, bytes) and of what follows it."""
    if head[0] in _OLD:
        return crc32(body, 0 if head[0] == 1 else head[0])
    return crc32(body, crc32(struct.pack("<HIIQ", *head)))


def _unpack(content: bytes, key: str = "") -> Clip | None:
    """Read a clip kept under *key*; None if it is not whole."""
    if len(content) < _HEAD.size:
        return None
    magic, version, rate, count, size, check = _HEAD.unpack_from(content)
    body = memoryview(content)[_HEAD.size :]
    known = magic == _MAGIC and version in (FORMAT, OTHERWISE, *_OLD)
    if not known or len(body) != 12 * count + size or _check((version, rate, count, size), body) != check:
        return None
    numbers = array("i", bytes(body[: 12 * count]))
    if byteorder == "big":
        numbers.byteswap()
    triples = zip(numbers[0::3], numbers[1::3], numbers[2::3], strict=True)
    words = tuple(WordTime(start, end, time / 1e6) for start, end, time in triples)
    return Clip(bytes(body[12 * count :]), rate, words, digest=key if _OLD.get(version, version) == FORMAT else "")
