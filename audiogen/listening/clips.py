"""Listening to speech before it is published, clip by clip."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from audiogen.listening.hearing import words_of
from audiogen.listening.judging import FEWEST_WORDS, missed, told
from audiogen.listening.recogniser import RATE, Whisper

if TYPE_CHECKING:
    from audiogen.listening.recogniser import Recogniser
    from audiogen.model import Clip, Utterance


class Listener:
    """Tells of clips in which words are missing, doubled or garbled.

    Args:
        model: of the recogniser, which is loaded when it is first asked, with one thread: a batch has a process for
            each core.
        recogniser: in place of Whisper.
    """

    def __init__(self, model: str, recogniser: Recogniser | None = None) -> None:
        self._model = model
        self._given = recogniser

    @cached_property
    def _recogniser(self) -> Recogniser:
        return self._given or Whisper(self._model, threads=1)

    def __call__(self, utterance: Utterance, clip: Clip, language: str) -> str:
        """Say what is wrong with the clip; nothing, where every word is heard or there are too few to tell."""
        import soxr

        said = words_of(utterance.spoken, language)
        if len(said) < FEWEST_WORDS or not clip.pcm:
            return ""
        samples = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / np.float32(32768.0)
        sound = np.asarray(soxr.resample(samples, clip.sample_rate, RATE), dtype=np.float32)
        lost, heard = missed(sound, said, language, self._recogniser)
        return told(lost, heard) if lost else ""
