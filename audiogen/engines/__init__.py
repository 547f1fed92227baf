"""The room of voices: an `Utterance` goes in, a `Clip` comes out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from typing import Self

    from audiogen.model import Clip, Utterance, Voice


class Engine(Protocol):
    """What a speech engine is to us: a context manager that lists voices and speaks utterances."""

    #: Its name in voice cards and on the command line.
    name: str
    #: Version of the engine and of what it speaks with; part of the speech cache's key.
    version: str

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def voices(self) -> Iterable[Voice]:
        """List the voices that can be spoken with now."""
        ...

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak the whole utterance, or raise.

        Raises:
            UnknownVoiceError: the engine has no voice of that id.
            SpeechError: the utterance was not spoken whole.
            EngineMissingError: something the engine needs is not installed.
        """
        ...


#: Where each engine lives.
ENGINES = {
    "pyttsx3": "audiogen.engines.pyttsx3:Pyttsx3",
    "tone": "audiogen.engines.tone:Tone",
}


def open_engine(name: str) -> Engine:
    """Make the engine called *name*; enter it before use."""
    module, _, attribute = ENGINES[name].partition(":")
    engine: Engine = getattr(import_module(module), attribute)()
    return engine
