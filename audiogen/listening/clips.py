"""Checks clips by speech recognition before they are published."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from audiogen.listening.hearing import words_of
from audiogen.listening.judging import MIN_UNDERSTOOD
from audiogen.listening.opinions import MIN_WORDS, mismatch_message, opinion_of
from audiogen.listening.recogniser import RATE, Whisper

if TYPE_CHECKING:
    from audiogen.listening.recogniser import Recogniser
    from audiogen.model import Clip, Utterance

_log = logging.getLogger(__name__)
#: Number of sentences after which a warning says that the recogniser does not know a language.
MIN_SENTENCES = 8


class Listener:
    """A check of clips for words that are missing, doubled or garbled.

    Args:
        model: the recogniser's model, which is loaded at first use, with one thread: a batch has a process for
            each core.
        recogniser: the recogniser to use instead of Whisper.
    """

    def __init__(self, model: str, recogniser: Recogniser | None = None) -> None:
        self._model = model
        self._given = recogniser
        self._tallies: dict[str, _Tally] = {}

    @cached_property
    def _recogniser(self) -> Recogniser:
        return self._given or Whisper(self._model, threads=1)

    def __call__(self, utterance: Utterance, clip: Clip, language: str) -> str:
        """Return a message on what is wrong with the clip; "" if nothing is, or if it cannot be judged.

        It cannot be judged if it has too few words, or if the recogniser has not understood the language so far.
        """
        import soxr

        expected = words_of(utterance.spoken, language)
        tally = self._tallies.setdefault(language, _Tally())
        if not self._recogniser.knows(language):
            tally.warn_once(f"The recogniser does not know the language “{language}”: nobody listens to it.")
            return ""
        if len(expected) < MIN_WORDS or not clip.pcm:
            return ""
        samples = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(32768.0)
        sound = np.asarray(soxr.resample(samples, clip.sample_rate, RATE), dtype=np.float32)
        opinion = opinion_of(sound, expected, language, self._recogniser)
        tally.count(not opinion.lost)
        if tally.is_understood:
            return mismatch_message(opinion.lost, opinion.heard) if opinion.lost else ""
        if tally.sentences >= MIN_SENTENCES:
            tally.warn_once(f"The recogniser hears few sentences in “{language}” whole: what it misses is not counted.")
        return ""


@dataclass(slots=True)
class _Tally:
    """The number of sentences in a language, and of those that a recogniser understood completely."""

    sentences: int = 0
    whole: int = 0
    is_logged: bool = False

    @property
    def is_understood(self) -> bool:
        """Return whether the recogniser understood enough of the sentences so far."""
        return self.whole >= MIN_UNDERSTOOD * self.sentences

    def count(self, whole: bool) -> None:
        self.sentences, self.whole = self.sentences + 1, self.whole + whole

    def warn_once(self, message: str) -> None:
        """Log a warning at the first call."""
        if not self.is_logged:
            _log.warning(message)
        self.is_logged = True
