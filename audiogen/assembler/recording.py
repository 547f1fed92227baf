"""Makes a sound file from clips in one pass; it is encoded again only if the loudness is wrong."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, cast

import numpy as np

from audiogen.assembler.encoding import FORMATS, EncoderThread, open_writer, writing
from audiogen.assembler.joining import Joiner
from audiogen.assembler.leveling import (
    Levels,
    Trial,
    after_decoding,
    ceiling,
    change_of,
    find_gain,
    limited,
    next_gain,
    target_loudness,
)
from audiogen.assembler.limiter import Limiter
from audiogen.assembler.loudness import SILENT, LoudnessMeter
from audiogen.assembler.preview import wav_header
from audiogen.assembler.streams import Resampler, Spool, gathered, head
from audiogen.errors import AssemblyError
from audiogen.model import Recording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from audiogen.assembler import Encoding, Sound
    from audiogen.model import Clip, Cue, Script

    Samples = NDArray[np.float32]

#: Length of the beginning from which the gain is found before the encoder starts, in seconds.
_SAMPLE = 40.0
#: Maximum difference from the wanted loudness, in LU; otherwise the recording is encoded again.
_TOLERANCE = 0.3
#: Maximum number of times that it is encoded again for that.
_CORRECTIONS = 6
#: Maximum number of times that it is encoded again because of peaks.
_MENDS = 4
#: Minimum length of the pieces of sound that are processed, in seconds.
_PIECE = 2.0


def record(script: Script, clips: Iterable[Clip], target: Path, sound: Sound, preview: Path | None = None) -> Recording:
    """Join, level and encode the clips; encode again with another gain if the loudness is wrong.

    The joined sound is stored on disk meanwhile, in the file *preview* if one is wanted.
    """
    clips = iter(clips)
    first = next(clips, None)
    if first is None:
        raise AssemblyError(target, "There is nothing to assemble: the script has no utterance that was spoken.")
    rate = _rate(first, sound)
    with writing(target), _kept(target, preview) as file:
        spool = Spool(file, wav_header(rate))
        cues: list[Cue] = []
        sample, pieces = head(
            spool.keep(_joined(script, chain((first,), clips), sound, rate, cues)), _frames(_SAMPLE, rate)
        )
        plan = Plan(rate, find_gain(sample, rate, sound), sound)
        duration, levels = encode(pieces, plan, target)
        trials = [Trial(plan.gain, levels.loudness)]
        while (
            len(trials) <= _CORRECTIONS
            and levels.loudness != SILENT
            and abs(target_loudness(sound) - levels.loudness) > _TOLERANCE
        ):
            plan = replace(plan, gain=next_gain(trials, target_loudness(sound)))
            duration, levels = encode(spool.replay(), plan, target)
            trials.append(Trial(plan.gain, levels.loudness))
        heard = after_decoding(levels, sound)
        if change_of(sound).encoder_peaks:
            heard = replace(heard, peak=_without_peaks(spool, plan, target))
    return _report(target, duration, cues, heard, plan.encoding)


def _kept(target: Path, preview: Path | None) -> BinaryIO:
    """Open the file for the joined sound; without a *preview* it has no name and disappears when it is closed."""
    if preview is not None:
        return preview.open("w+b")
    return cast("BinaryIO", tempfile.TemporaryFile(dir=target.parent))


def _without_peaks(spool: Spool, plan: Plan, target: Path) -> float:
    """Encode again, with dips where the encoder produced peaks, until there are none; return the peak in dBTP."""
    from audiogen.assembler.encoder_peaks import find_peaks

    peaks = find_peaks(target, plan.sound.peak)
    for _ in range(_MENDS):
        if not peaks.over:
            break
        plan = replace(plan, dips=(*plan.dips, *peaks.over))
        encode(spool.replay(), plan, target)
        peaks = find_peaks(target, plan.sound.peak)
    return peaks.highest


def _rate(first: Clip, sound: Sound) -> int:
    """Return the sample rate to work at: the voice's, or, with music, the finished recording's."""
    if sound.intro or sound.outro or sound.bed:
        return encoding_of(sound).sample_rate
    return first.sample_rate


def _frames(seconds: float, rate: int) -> int:
    """Return a length in frames."""
    return round(seconds * rate)


def _joined(script: Script, clips: Iterable[Clip], sound: Sound, rate: int, cues: list[Cue]) -> Iterator[Samples]:
    """Yield the sound of the script, with the show's music if there is some; *cues* are filled meanwhile."""
    joiner = Joiner(rate, cues=cues)
    if not (sound.intro or sound.outro or sound.bed):
        return gathered(joiner.join(script.utterances, clips), _frames(_PIECE, rate))
    from audiogen.assembler.music import load_music

    music = load_music(sound, rate)
    joiner.begin = music.begin
    voice = gathered(joiner.join(script.utterances, clips), _frames(_PIECE, rate))
    return music.around(voice, joiner.pauses)


@dataclass(frozen=True, slots=True)
class Plan:
    """The parameters with which the joined sound is encoded."""

    #: Frames per second of the joined sound.
    rate: int
    #: Gain in dB.
    gain: float
    sound: Sound
    #: Times, in seconds, at which the sound is lowered briefly.
    dips: tuple[float, ...] = ()

    @property
    def encoding(self) -> Encoding:
        """The encoding, adapted to the format."""
        return encoding_of(self.sound)


def encoding_of(sound: Sound) -> Encoding:
    """Return the wanted encoding, adapted to the format."""
    kind, wanted = FORMATS[sound.format], sound.encoding
    bitrate = max(kind.least, round(wanted.bitrate * kind.economy))
    return replace(wanted, sample_rate=kind.sample_rate or wanted.sample_rate, bitrate=bitrate)


def encode(pieces: Iterable[Samples], plan: Plan, target: Path) -> tuple[float, Levels]:
    """Limit, measure and encode the pieces; return the length in seconds and the levels before encoding."""
    meter, limiter = LoudnessMeter(plan.rate), Limiter(plan.rate, ceiling(plan.sound))
    resample = Resampler(plan.rate, plan.encoding.sample_rate)
    with open_writer(target, plan.sound.format, plan.encoding) as writer, EncoderThread(writer) as encoder:
        for samples in _dipped(limited(pieces, limiter, plan.gain), plan):
            meter.add(samples)
            encoder.write(resample(samples))
        encoder.write(resample(np.zeros(0, dtype=np.float32), last=True))
        duration = encoder.finish()
    return duration, Levels(meter.integrated, limiter.peak)


def _dipped(pieces: Iterator[Samples], plan: Plan) -> Iterator[Samples]:
    """Yield the pieces, lowered at the plan's dips."""
    if not plan.dips:
        # What reads files back is not loaded for nothing.
        return pieces
    from audiogen.assembler.encoder_peaks import dipped

    return dipped(pieces, plan.dips, plan.rate)


def _report(target: Path, duration: float, cues: list[Cue], heard: Levels, encoding: Encoding) -> Recording:
    """Return the facts of the finished recording."""
    return Recording(
        path=target,
        duration=duration,
        sample_rate=encoding.sample_rate,
        bitrate=encoding.bitrate,
        cues=tuple(cues),
        loudness=None if heard.loudness == SILENT else round(heard.loudness, 2),
        peak=None if heard.peak == SILENT else round(heard.peak, 2),
    )
