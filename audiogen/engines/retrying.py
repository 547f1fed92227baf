"""Handles a doubtful clip: the utterance is spoken again in other ways, and the best attempt is used.

The ways, in order; each is tried only if the doubt remains after those before it:

1. The same engine, in a new process if it has one. This repairs random failures.
2. In pieces, sentence by sentence or clause by clause. This repairs omissions in long or difficult texts. If the
   pieces together are as long as the whole, nothing was omitted and the whole is accepted: the pieces predict its
   duration better than any rule.
3. Another instance of the engine (`fallback_options`): pyttsx3's own driver instead of audiogen's.
4. Another voice of the language, or of the script's usual language, but only if all attempts had no sound. A change of
   voice in the middle of an article is audible, so a doubt is not enough; and an engine that fails (a server that is
   down) remains a failure. If a voice reports that it has no sounds for some letters, the other voice is used at once.

If the doubt remains, the best clip is used and its `doubt` is set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audiogen.engines.marking import part_of
from audiogen.engines.selfcheck import is_audible
from audiogen.engines.sound import resample
from audiogen.engines.words import cut, has_words, word_spans
from audiogen.errors import SpeechError, UnsayableError
from audiogen.model import Clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from audiogen.engines.selfcheck import SelfCheck
    from audiogen.model import Utterance

#: Minimum number of words of a piece; shorter ones predict too little.
FEWEST_WORDS = 2
#: Maximum relative difference in length between the pieces and the whole, and the silence in seconds that each piece
#: adds.
AGREEMENT, PIECE_SILENCE = 0.12, 0.35
#: Minimum length of a letter in seconds; eSpeak NG's fastest speech has fifty per second.
FASTEST = 0.02


@dataclass(frozen=True, slots=True)
class Attempt:
    """A clip and what is wrong with it; "" if nothing is."""

    clip: Clip
    fault: str
    #: Whether the engine answered at all; if not, the attempt is no evidence about the text.
    answered: bool = True
    #: Whether the engine lacks sounds for the text: pieces of it would have words missing.
    refused: bool = False

    @property
    def audible(self) -> bool:
        """Whether the clip has sound."""
        return is_audible(self.clip)


def attempt(utterance: Utterance, speak: Callable[[Utterance], Clip], check: SelfCheck) -> Attempt:
    """Speak the utterance and check the clip; an error of the engine gives an attempt with the sound that it has."""
    try:
        clip = speak(utterance)
    except SpeechError as error:
        spoken = isinstance(error.clip, Clip)
        clip = error.clip if isinstance(error.clip, Clip) else Clip(b"", 1)
        return Attempt(clip, error.message, spoken, isinstance(error, UnsayableError))
    return Attempt(clip, check.judge(utterance, clip))


def attempt_pieces(utterance: Utterance, speak: Callable[[Utterance], Clip], check: SelfCheck) -> Attempt | None:
    """Speak the utterance in pieces and join them; None if it cannot be divided.

    The joined clip has a fault if a piece has no sound. Its length is not checked.
    """
    pieces = pieces_of(utterance.spoken)
    if len(pieces) < 2:
        return None
    attempts = [attempt(part_of(utterance, offset, text), speak, check) for offset, text in pieces]
    clip = join([(offset, one.clip) for (offset, _), one in zip(pieces, attempts, strict=True)])
    silent = next((one.fault for one in attempts if one.fault and not one.audible), "")
    return Attempt(clip, silent, any(one.answered for one in attempts))


def pieces_of(text: str) -> list[tuple[int, str]]:
    """Return the text in pieces that have words, each with its offset.

    >>> pieces_of("The ferry left at noon, and nobody waved.")
    [(0, 'The ferry left at noon, '), (24, 'and nobody waved.')]
    >>> pieces_of("Nobody.")
    [(0, 'Nobody.')]
    """
    if len(word_spans(text)) < 2 * FEWEST_WORDS:
        return [(0, text)]
    pieces = list(cut(text, max(1, -(-len(text) * 5 // 8))))
    return pieces if all(has_words(piece) for _, piece in pieces) else [(0, text)]


def join(clips: Iterable[tuple[int, Clip]]) -> Clip:
    """Return the clips joined as one; each comes with the offset of its text."""
    sounds: list[bytes] = []
    words = []
    rate, begun = 0, 0.0
    for offset, part in clips:
        clip = resample(part, rate) if rate else part
        rate = rate or (clip.sample_rate if clip.pcm else 0)
        words += [
            replace(word, start=word.start + offset, end=word.end + offset, time=word.time + begun)
            for word in clip.words
        ]
        sounds.append(clip.pcm)
        begun += clip.duration
    return Clip(b"".join(sounds), rate or 1, tuple(words))


def agree(text: str, whole: Clip, pieces: Clip) -> bool:
    """Return whether the whole clip is as long as the pieces, so that nothing of the text was omitted."""
    if whole.duration < FASTEST * sum(map(str.isalnum, text)):
        return False
    least = pieces.duration - PIECE_SILENCE * len(pieces_of(text))
    return least * (1 - AGREEMENT) <= whole.duration <= pieces.duration * (1 + AGREEMENT)


def best(attempts: Iterable[Attempt], utterance: Utterance, check: SelfCheck) -> Attempt | None:
    """Return the attempt with sound that is nearest to the expected length; None if none has sound."""
    heard = [one for one in attempts if one.audible]
    return min(heard, key=lambda one: check.distance(utterance, one.clip), default=None)


def check_whole(pieces: Attempt, utterance: Utterance, check: SelfCheck) -> Attempt:
    """Return the joined pieces, checked as one clip of the whole text."""
    return pieces if pieces.fault else Attempt(pieces.clip, check.judge(utterance, pieces.clip))


def confirmed_by_pieces(whole: Iterable[Attempt], pieces: Attempt, utterance: Utterance) -> Clip | None:
    """Return the first clip of the whole text that is as long as the joined pieces; None if none is."""
    text = utterance.spoken
    return next((one.clip for one in whole if one.audible and agree(text, one.clip, pieces.clip)), None)
