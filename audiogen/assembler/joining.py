"""Joins clips with the script's pauses between them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler.clip_edges import trim
from audiogen.errors import AssemblyError
from audiogen.model import Cue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from audiogen.assembler.clip_edges import Piece
    from audiogen.model import Clip, Utterance

    Samples = NDArray[np.float32]

#: Silence before the first word, in seconds, because players and headphones may drop the beginning.
LEAD_IN = 0.2


@dataclass(slots=True)
class Joiner:
    """Joins clips and records their times.

    A pause lasts from the last sound of a clip to the first sound of the next one; the silence that a clip keeps at its
    ends is a part of the pause.
    """

    #: Frames per second.
    rate: int
    #: Frames of sound before the first piece (a jingle).
    begin: int = 0
    #: The cues of the clips so far.
    cues: list[Cue] = field(default_factory=list)
    #: Ranges without speech, in frames from the recording's start.
    pauses: list[tuple[int, int]] = field(default_factory=list)
    _frames: int = 0
    #: Frames of silence that are still to come before the next sound.
    _owed: int = 0

    def join(self, utterances: tuple[Utterance, ...], clips: Iterable[Clip]) -> Iterator[Samples]:
        """Yield the sound of the whole script in pieces.

        Raises:
            AssemblyError: The numbers of clips and utterances differ, or an utterance's clip has no sound.
        """
        self._frames, self._owed = self.begin, round(LEAD_IN * self.rate)
        clips = iter(clips)
        for number, utterance in enumerate(utterances):
            clip = next(clips, None)
            if clip is None:
                raise AssemblyError(utterance, f"Only {number} of {len(utterances)} utterances came from the engine.")
            yield from self._with_pause(utterance, self._at_rate(clip))
        if next(clips, None) is not None:
            raise AssemblyError(None, f"The engine spoke more than the script's {len(utterances)} utterances.")
        yield self._pause(0)

    def _with_pause(self, utterance: Utterance, clip: Clip) -> Iterator[Samples]:
        """Yield the pause before an utterance and its sound; record its cue, and the pause after it."""
        piece = trim(clip)
        if not piece.samples.size and not clip.doubt and any(character.isalnum() for character in utterance.spoken):
            raise AssemblyError(utterance, f"The engine gave no sound for “{utterance.spoken}”.")
        yield self._pause(piece.before)
        self.cues.append(self._cue(piece, clip))
        self._frames += piece.samples.size
        yield piece.samples
        # A clip of silence that the engines answer for stands for itself: a pause where nobody could speak.
        silent = 0 if piece.samples.size else len(clip.pcm) // 2
        self._owed = silent + round(utterance.pause_after * self.rate) - piece.after

    def _pause(self, before: int) -> Samples:
        """Return the pending silence, without the *before* frames of silence at the beginning of the next sound."""
        pause = max(0, self._owed - before)
        self.pauses.append((self._frames, self._frames + pause))
        self._frames += pause
        self._owed = 0
        return np.zeros(pause, dtype=np.float32)

    def _cue(self, piece: Piece, clip: Clip) -> Cue:
        """Return the times of a clip that begins now."""
        begin = self._frames / self.rate
        start = begin + piece.before / self.rate
        end = begin + (piece.samples.size - piece.after) / self.rate
        shift = begin - piece.skipped / self.rate
        words = tuple(replace(word, time=min(max(start, word.time + shift), end)) for word in clip.words)
        return Cue(start, end, words, clip.doubt, clip.digest)

    def _at_rate(self, clip: Clip) -> Clip:
        """Return the clip, resampled to the recording's rate if necessary."""
        if clip.sample_rate == self.rate:
            return clip
        import soxr

        samples = soxr.resample(np.frombuffer(clip.pcm, dtype="<i2"), clip.sample_rate, self.rate)
        return replace(clip, pcm=samples.astype("<i2").tobytes(), sample_rate=self.rate)
