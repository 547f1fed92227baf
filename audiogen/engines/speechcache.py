"""The speech cache, which stores clips so that the same text is not spoken again.

A clip is stored under a digest of everything that determines its sound: the text in the engine's notation, the engine
and its version, the voice and its settings. eSpeak NG is not byte-stable within a process, so the cache also makes
repeated runs reproducible.

Several processes may share it. A clip is written under another name and renamed; an incomplete or damaged clip, or one
that another process is removing, is treated as missing.
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

#: Versions of the file format: of a clip of the first attempt, and of any other (`Clip.digest`).
FORMAT, OTHERWISE = 3, 4
#: Former versions of these two; their checksum did not include the header.
_OLD = {1: FORMAT, 2: OTHERWISE}
#: A part of each key.
_KEY_VERSION = 1
#: magic, version, frames a second, count of word times, bytes of sound, CRC-32 of all else but the magic.
_HEAD = struct.Struct("<4sHIIQI")
_MAGIC = b"AGCL"
#: Default maximum size of the cache in bytes: about six hours of speech at 22,050 frames per second.
USUAL_LIMIT = 1 << 30
#: Share of the limit to which the cache is pruned, so that not every run prunes.
_LOW_WATER = 0.8
#: Minimum time between two updates of a clip's time of use, in seconds.
_REMEMBER_USE = 3600.0


@dataclass(frozen=True, slots=True)
class CacheUsage:
    """The size of the cache."""

    folder: Path
    clips: int
    size: int
    limit: int


class SpeechCache:
    """A folder of clips with a maximum size; those that were not used for the longest time are removed first.

    Args:
        folder: Its path; by default in the user's cache folder.
        limit: Its maximum size in bytes.
    """

    def __init__(self, folder: Path | None = None, limit: int = USUAL_LIMIT) -> None:
        self.folder = folder or kept_speech()
        self.limit = limit
        self._written = 0

    @staticmethod
    def key(utterance: Utterance, voice: Voice, version: str, given: str | None = None) -> str:
        """Return the key of an utterance: a digest of all that determines its sound.

        Args:
            utterance: The utterance.
            voice: The voice, with a seed among its options.
            version: The engine's version.
            given: The text in the engine's notation; None if the engine does not report it.
        """
        options = sorted((name, repr(value)) for name, value in voice.options.items())
        parts: tuple[object, ...] = (_KEY_VERSION, voice.engine, version, voice.id, voice.rate, voice.pitch, options)
        parts += (utterance.spoken if given is None else given,)
        if given is None and utterance.pronunciations:
            parts += (utterance.pronunciations,)
        return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str) -> Clip | None:
        """Return the clip with *key*; None if it is missing or damaged."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            if time() - path.stat().st_mtime > _REMEMBER_USE:
                os.utime(path)
        except OSError:
            return None
        return _unpack(content, key)

    def has(self, key: str) -> bool:
        """Return whether there is a clip with *key*; another process may remove it at any time."""
        return self._path(key).is_file()

    def put(self, key: str, clip: Clip) -> None:
        """Store the clip. If the disk is full or read-only, nothing is stored and no error is raised."""
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
        """Prune the cache if anything was written."""
        if self._written:
            self._written = 0
            self.prune()

    def usage(self) -> CacheUsage:
        """Return the number and size of the clips."""
        sizes = [size for _, size, _ in self._files()]
        return CacheUsage(self.folder, len(sizes), sum(sizes), self.limit)

    def prune(self, limit: int | None = None) -> int:
        """Remove the clips that were not used for the longest time, if the cache is above *limit*.

        Return the bytes freed.

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
        """Return the path of the clip with *key*."""
        return self.folder / key[:2] / f"{key}.clip"

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Yield time of last use, size and path of each file, including temporary files of killed processes."""
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = Path(folder) / name
                with suppress(OSError):
                    status = path.stat()
                    if name.endswith(".clip") or (name.endswith(".part") and time() - status.st_mtime > _REMEMBER_USE):
                        yield status.st_mtime, status.st_size, path


def _pack(clip: Clip, version: int = FORMAT) -> bytes:
    """Return the bytes of a clip's file."""
    words = array("i", (number for word in clip.words for number in (word.start, word.end, round(word.time * 1e6))))
    if byteorder == "big":
        words.byteswap()
    body = words.tobytes() + clip.pcm
    head = (version, clip.sample_rate, len(clip.words), len(clip.pcm))
    return _HEAD.pack(_MAGIC, *head, _check(head, body)) + body


def _check(head: tuple[int, ...], body: bytes | memoryview) -> int:
    """Return the checksum of a header (version, frames, words, bytes) and the body after it."""
    if head[0] in _OLD:
        return crc32(body, 0 if head[0] == 1 else head[0])
    return crc32(body, crc32(struct.pack("<HIIQ", *head)))


def _unpack(content: bytes, key: str = "") -> Clip | None:
    """Return the clip in a file with *key*; None if it is incomplete or damaged."""
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
