"""One pass from clips to a finished MP3."""

from __future__ import annotations

import tempfile
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from audiogen.assembler.joints import MARGIN, silence, trim
from audiogen.assembler.limiter import Limiter
from audiogen.assembler.loudness import SILENT, LoudnessMeter
from audiogen.assembler.mp3 import ENCODER_GAIN, PEAK_GROWTH, Mp3Writer
from audiogen.errors import AssemblyError
from audiogen.model import Cue, Recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from audiogen.assembler import Encoding, Sound
    from audiogen.assembler.joints import Piece
    from audiogen.model import Clip, Script, Utterance

    Samples = NDArray[np.float32]

#: Silence before the first word, in seconds: players and headphones that wake up swallow the beginning.
LEAD_IN = 0.2
#: Seconds of sound from which the gain is found before the encoder starts.
_SAMPLE = 40.0
#: How far from the wanted loudness a recording may end before it is encoded again, in LU.
_TOLERANCE = 0.3
#: Sound goes to the encoder in pieces of at least this many seconds…
_PIECE = 2.0
#: …of which so many may wait.
_WAITING = 8


def record(script: Script, clips: Iterable[Clip], target: Path, sound: Sound) -> Recording:
    """Join, level and encode; encode once more with a better gain where the loudness came out wrong."""
    clips = iter(clips)
    first = next(clips, None)
    if first is None:
        raise AssemblyError(target, "There is nothing to assemble: the script has no utterance that was spoken.")
    joiner = _Joiner(first.sample_rate)
    with tempfile.TemporaryFile(dir=target.parent) as spool:
        pieces = _spooled(_gathered(joiner.join(script.utterances, chain((first,), clips)), joiner.rate), spool)
        sample, pieces = _head(pieces, round(_SAMPLE * joiner.rate))
        plan = _Plan(joiner.rate, _find_gain(sample, joiner.rate, sound), sound)
        duration, levels = _encode(pieces, plan, target)
        missed = _aim(sound) - levels.loudness
        if levels.loudness != SILENT and abs(missed) > _TOLERANCE:
            duration, levels = _encode(_replay(spool), replace(plan, gain=plan.gain + missed), target)
    return _report(target, duration, joiner.cues, levels, sound.encoding)


@dataclass(slots=True)
class _Joiner:
    """Lays clips end to end with the script's pauses between them, and keeps the times."""

    rate: int
    cues: list[Cue] = field(default_factory=list)
    _frames: int = 0

    def join(self, utterances: tuple[Utterance, ...], clips: Iterator[Clip]) -> Iterator[Samples]:
        """Give the sound of the whole script, piece by piece."""
        yield self._advance(silence(LEAD_IN, self.rate))
        for number, utterance in enumerate(utterances):
            clip = next(clips, None)
            if clip is None:
                raise AssemblyError(utterance, f"Only {number} of {len(utterances)} utterances came from the engine.")
            yield from self._place(utterance, self._at_rate(clip))
        if next(clips, None) is not None:
            raise AssemblyError(None, f"The engine spoke more than the script's {len(utterances)} utterances.")

    def _place(self, utterance: Utterance, clip: Clip) -> Iterator[Samples]:
        piece = trim(clip)
        self.cues.append(self._cue(piece, clip))
        yield self._advance(piece.samples)
        # The margins left around speech belong to the pause.
        yield self._advance(silence(utterance.pause_after - 2 * MARGIN, self.rate))

    def _cue(self, piece: Piece, clip: Clip) -> Cue:
        begin = self._frames / self.rate
        start = begin + piece.before / self.rate
        end = begin + (piece.samples.size - piece.after) / self.rate
        shift = begin - piece.skipped / self.rate
        words = tuple(replace(word, time=min(max(start, word.time + shift), end)) for word in clip.words)
        return Cue(start, end, words)

    def _at_rate(self, clip: Clip) -> Clip:
        """Bring a clip of another engine to the recording's rate."""
        if clip.sample_rate == self.rate:
            return clip
        import soxr

        samples = soxr.resample(np.frombuffer(clip.pcm, dtype="<i2"), clip.sample_rate, self.rate)
        return replace(clip, pcm=samples.astype("<i2").tobytes(), sample_rate=self.rate)

    def _advance(self, samples: Samples) -> Samples:
        self._frames += samples.size
        return samples


def _gathered(pieces: Iterable[Samples], rate: int) -> Iterator[Samples]:
    """Gather small pieces into larger ones, for speed."""
    waiting: list[Samples] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += piece.size
        if size >= _PIECE * rate:
            yield np.concatenate(waiting)
            waiting, size = [], 0
    if waiting:
        yield np.concatenate(waiting)


def _spooled(pieces: Iterable[Samples], spool: BinaryIO) -> Iterator[Samples]:
    """Keep a copy of what passes on disk: speech is not made twice, and memory does not grow."""
    for piece in pieces:
        spool.write(_to_pcm(piece))
        yield piece


def _replay(spool: BinaryIO) -> Iterator[Samples]:
    spool.seek(0)
    while data := spool.read(1 << 18):
        yield np.frombuffer(data, dtype="<i2").astype(np.float32) / 32768.0


def _head(pieces: Iterator[Samples], frames: int) -> tuple[Samples, Iterator[Samples]]:
    """Take the first *frames* or more; give them, and the whole again."""
    taken: list[Samples] = []
    size = 0
    for piece in pieces:
        taken.append(piece)
        size += piece.size
        if size >= frames:
            break
    return np.concatenate(taken), chain(taken, pieces)


def _aim(sound: Sound) -> float:
    """Give the loudness before encoding that is the wanted one after decoding."""
    return sound.loudness - ENCODER_GAIN


def _ceiling(sound: Sound) -> float:
    return sound.peak - ENCODER_GAIN - PEAK_GROWTH


def _find_gain(sample: Samples, rate: int, sound: Sound) -> float:
    """Find the gain in dB that brings *sample* to the wanted loudness with its peaks limited.

    The limiter takes up to a unit away, and the more the higher the gain, so it takes a few rounds.
    """
    gain = 0.0
    meter = LoudnessMeter(rate)
    meter.add(sample)
    measured = meter.integrated
    for _ in range(4):
        if measured == SILENT or abs(_aim(sound) - measured) < 0.05:
            break
        gain += _aim(sound) - measured
        measured = _loudness_with(sample, rate, gain, sound)
    return gain


def _loudness_with(sample: Samples, rate: int, gain: float, sound: Sound) -> float:
    limiter, meter = Limiter(rate, _ceiling(sound)), LoudnessMeter(rate)
    meter.add(limiter.process(sample * np.float32(10 ** (gain / 20))))
    meter.add(limiter.finish())
    return meter.integrated


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the joined sound becomes a file."""

    rate: int
    #: In dB.
    gain: float
    sound: Sound


@dataclass(frozen=True, slots=True)
class _Levels:
    """What was measured of the sound on its way to the encoder."""

    loudness: float
    peak: float


def _encode(pieces: Iterable[Samples], plan: _Plan, target: Path) -> tuple[float, _Levels]:
    """Encode the pieces; give the length in seconds and the levels."""
    meter, limiter = LoudnessMeter(plan.rate), Limiter(plan.rate, _ceiling(plan.sound))
    resample = _Resampler(plan.rate, plan.sound.encoding.sample_rate)
    with target.open("wb") as file, _Encoder(Mp3Writer(file, plan.sound.encoding)) as encoder:
        for samples in _limited(pieces, limiter, plan.gain):
            meter.add(samples)
            encoder.write(resample(samples, False))
        encoder.write(resample(np.zeros(0, dtype=np.float32), True))
        duration = encoder.finish()
    return duration, _Levels(meter.integrated, limiter.peak)


def _limited(pieces: Iterable[Samples], limiter: Limiter, gain: float) -> Iterator[Samples]:
    factor = np.float32(10 ** (gain / 20))
    for piece in pieces:
        yield limiter.process(piece * factor)
    yield limiter.finish()


class _Resampler:
    """Brings a stream to another rate, or leaves it."""

    def __init__(self, rate: int, wanted: int) -> None:
        import soxr

        self._stream = None if rate == wanted else soxr.ResampleStream(rate, wanted, 1, dtype="float32", quality="HQ")

    def __call__(self, samples: Samples, last: bool) -> Samples:
        if self._stream is None:
            return samples
        return np.asarray(self._stream.resample_chunk(samples, last=last))


class _Encoder:
    """Runs the encoder in a thread of its own; LAME releases the interpreter lock."""

    def __init__(self, writer: Mp3Writer) -> None:
        self._writer = writer
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mp3")
        self._pending: deque[Future[None]] = deque()

    def __enter__(self) -> _Encoder:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def write(self, samples: Samples) -> None:
        """Hand the next piece over; waits where the encoder is behind."""
        self._pending.append(self._pool.submit(self._writer.write, _to_pcm(samples)))
        if len(self._pending) > _WAITING:
            self._pending.popleft().result()

    def finish(self) -> float:
        """Wait for the rest; give the length in seconds."""
        for waiting in self._pending:
            waiting.result()
        return self._pool.submit(self._writer.finish).result()


def _to_pcm(samples: Samples) -> bytes:
    pcm: bytes = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype("<i2").tobytes()
    return pcm


def _report(target: Path, duration: float, cues: list[Cue], levels: _Levels, encoding: Encoding) -> Recording:
    return Recording(
        path=target,
        duration=duration,
        sample_rate=encoding.sample_rate,
        bitrate=encoding.bitrate,
        cues=tuple(cues),
        loudness=None if levels.loudness == SILENT else round(levels.loudness + ENCODER_GAIN, 2),
        peak=None if levels.peak == SILENT else round(levels.peak + ENCODER_GAIN + PEAK_GROWTH, 2),
    )
