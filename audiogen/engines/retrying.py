"""Handles a doubtful clip: the utterance is spoken again in other ways, and the best attempt is used.

The ways, in order; each is tried only if the doubt is left after those before it:

1. The same engine, in a new process if it has one. This repairs random failures.
2. In pieces, sentence by sentence or clause by clause. This repairs what an engine drops of a long or difficult text.
   If the pieces together are as long as the whole was, nothing was dropped and the whole is accepted: the pieces
   predict its duration better than any rule.
3. Another instance of the engine (`fallback_options`): pyttsx3's own driver in place of ours.
4. Another voice of the language, or of the script's usual language, but only if all attempts answered without sound.
   Everybody hears a change of voice in the middle of an article, so that doubt alone is no reason for it; and an engine
   that fails (a server that is down) stays a failure. If a voice reports that it has no sounds for some letters, the
   other voice speaks at once.

If the doubt stays, the best clip is used and its `doubt` is set.
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

#: Least words of a piece; fewer say nothing about the whole.
FEWEST_WORDS = 2
#: Share by which the pieces of a text may differ from the whole in length, and the seconds of silence that each piece
#: brings besides.
AGREEMENT, PIECE_SILENCE = 0.12, 0.35
#: Least seconds for a letter: eSpeak NG at its fastest speaks forty a second.
FASTEST = 0.02


@dataclass(frozen=True, slots=True)
class Attempt:
    """A clip with what is wrong with it; empty if nothing is."""

    clip: Clip
    fault: str
    #: Whether the engine answered at all; if not, the attempt says nothing about the text.
    answered: bool = True
    #: Whether the engine lacks sounds for the text: pieces of it would have words missing.
    refused: bool = False

    @property
    def audible(self) -> bool:
        """Whether the clip has sound."""
        return is_audible(self.clip)


def attempt(utterance: Utterance, speak: Callable[[Utterance], Clip], check: SelfCheck) -> Attempt:
    """Have the utterance spoken and judged; an engine's error is an attempt with what sound there was."""
    try:
        clip = speak(utterance)
    except SpeechError as error:
        spoken = isinstance(error.clip, Clip)
        clip = error.clip if isinstance(error.clip, Clip) else Clip(b"", 1)
        return Attempt(clip, error.message, spoken, isinstance(error, UnsayableError))
    return Attempt(clip, check.judge(utterance, clip))


def attempt_pieces(utterance: Utterance, speak: Callable[[Utterance], Clip], check: SelfCheck) -> Attempt | None:
    """Have the utterance spoken in pieces and joined; None if it can't be cut.

    The joined clip is at fault where a piece has no sound. Its length is not judged: it is what the whole is judged by.
    """
    pieces = pieces_of(utterance.spoken)
    if len(pieces) < 2:
        return None
    attempts = [attempt(part_of(utterance, offset, text), speak, check) for offset, text in pieces]
    clip = join([(offset, one.clip) for (offset, _), one in zip(pieces, attempts, strict=True)])
    silent = next((one.fault for one in attempts if one.fault and not one.audible), "")
    return Attempt(clip, silent, any(one.answered for one in attempts))


def pieces_of(text: str) -> list[tuple[int, str]]:
    """Cut a text at its best places into pieces that have words, each with its offset.

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
    """Lay clips end to end as one; each comes with the offset of its text."""
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
    """Return whether a text took as long in one as in pieces: then nothing of it was dropped."""
    if whole.duration < FASTEST * sum(map(str.isalnum, text)):
        return False
    least = pieces.duration - PIECE_SILENCE * len(pieces_of(text))
    return least * (1 - AGREEMENT) <= whole.duration <= pieces.duration * (1 + AGREEMENT)


def best(attempts: Iterable[Attempt], utterance: Utterance, check: SelfCheck) -> Attempt | None:
    """Return the attempt with sound whose length is nearest to what was expected; None if none has sound."""
    heard = [one for one in attempts if one.audible]
    return min(heard, key=lambda one: check.distance(utterance, one.clip), default=None)


def judged_again(pieces: Attempt, utterance: Utterance, check: SelfCheck) -> Attempt:
    """Judge joined pieces as one clip of the whole text."""
    return pieces if pieces.fault else Attempt(pieces.clip, check.judge(utterance, pieces.clip))


def confirmed_by_pieces(whole: Iterable[Attempt], pieces: Attempt, utterance: Utterance) -> Clip | None:
    """Return the first clip of the whole text that is as long as the joined pieces; None if none is."""
    text = utterance.spoken
    return next((one.clip for one in whole if one.audible and agree(text, one.clip, pieces.clip)), None)
