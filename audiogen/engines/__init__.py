"""Speech engines, which turn an `Utterance` into a `Clip`.

An engine is a thin adapter of one speech software. What is common to all engines (the choice of voices by role and
language, retries, the self-check, the cache) is in `script_speaker`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from audiogen.errors import AudiogenError, EngineMissingError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from audiogen.engines.examination import Finding
    from audiogen.engines.traits import Traits
    from audiogen.model import Clip, Utterance, Voice


class Engine(Protocol):
    """A speech engine: a context manager that lists voices and speaks utterances.

    Optional members, which `script_speaker` uses if the engine has them:

    - `speak_all(utterances, voice) -> Iterator[Clip]` yields the clips in order and works ahead; without it, `speak` is
      called for each utterance.
    - `fingerprint(voice) -> str` identifies what determines the sound besides the card and the engine's version: a
      model, a server.
    - `given(utterance, voice) -> str` returns what the engine makes of text and pronunciations, for the cache's key.
    - `renew()` is called before a doubtful utterance is spoken again; it restarts what may be in a bad state.
    - `fallback_options` are the options of another instance of the engine, which speaks the utterance if the doubt
      stays (the former name `spare` is read, too).
    """

    #: The engine's name in voice cards and on the command line.
    name: str
    #: The properties of the engine.
    traits: Traits

    @property
    def version(self) -> str:
        """The version of the engine and of the software that it uses; part of the speech cache's key."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def voices(self) -> Iterable[Voice]:
        """Return the voices that can speak now."""
        ...

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak the complete utterance, or raise an error; an utterance without anything to speak gives an empty clip.

        Raises:
            UnknownVoiceError: the engine has no voice of that id.
            SpeechError: the utterance was not spoken completely.
            EngineMissingError: something the engine needs is not installed.
        """
        ...


#: The class of each engine. Other engines are found by the entry points of the group below.
ENGINES = {
    "pyttsx3": "audiogen.engines.pyttsx3:Pyttsx3",
    "hibari": "audiogen.engines.hibari:Hibari",
    "piper": "audiogen.engines.piper:Piper",
    "kokoro": "audiogen.engines.kokoro:Kokoro",
    "http": "audiogen.engines.http:Http",
    "command": "audiogen.engines.command:Command",
    "sapi5": "audiogen.engines.pyttsx3:Sapi5",
    "nsss": "audiogen.engines.pyttsx3:Nsss",
    "tone": "audiogen.engines.tone:Tone",
}
#: Engines whose voices `audiogen voices install` downloads.
FETCHED = frozenset({"hibari", "piper", "kokoro"})
#: Group of entry points for further engines: callables that return an engine, with options as keywords.
GROUP = "audiogen.engines"


def engine_names() -> tuple[str, ...]:
    """Return the names of all engines, the built-in ones first, then those of other packages."""
    from importlib.metadata import entry_points

    return tuple(dict.fromkeys([*ENGINES, *sorted(entry_points(group=GROUP).names)]))


def open_engine(name: str, options: Mapping[str, Any] | None = None) -> Engine:
    """Return the engine *name*, which must be entered before use.

    Raises:
        EngineMissingError: no engine has the name, or a package it needs is not installed.
        SettingsError: an option is not one of the engine's.
    """
    maker = _maker(name)
    # The address for downloads of voices is a setting of the engine, but no option of its class.
    used = {key: value for key, value in (options or {}).items() if key != "base_url" or name not in FETCHED}
    try:
        engine: Engine = maker(**used)
    except TypeError as error:
        raise SettingsError(f"engines.{name}", f"The engine {name} does not take these options: {error}.") from error
    return engine


def traits_of(name: str) -> Traits:
    """Return the traits of the engine *name*, without starting it.

    Raises:
        EngineMissingError: no engine has the name, or a package it needs is not installed.
    """
    from audiogen.engines.traits import Traits

    traits = getattr(_maker(name), "traits", None)
    return traits if isinstance(traits, Traits) else Traits()


def _maker(name: str) -> Any:
    """Import the class, or the function, that makes the engine of a name."""
    try:
        if name in ENGINES:
            module, _, attribute = ENGINES[name].partition(":")
            return getattr(import_module(module), attribute)
        return _foreign(name)
    except AudiogenError:
        raise
    except ImportError as error:
        raise EngineMissingError(
            name, f"The engine {name} needs a package that is not installed ({error}). `audiogen doctor` tells which."
        ) from error


def _foreign(name: str) -> Any:
    """Import an engine of another package; only this function reads entry points, which takes time."""
    from importlib.metadata import entry_points

    found = entry_points(group=GROUP)
    if name not in found.names:
        known = ", ".join(dict.fromkeys([*ENGINES, *sorted(found.names)]))
        raise EngineMissingError(name, f"There is no engine called '{name}'. Known are {known}.")
    return found[name].load()


def speak_all(engine: Engine, utterances: Iterable[Utterance], voice: Voice) -> Iterator[Clip]:
    """Yield the clips of the utterances in order; the engine works ahead if it can."""
    ahead = getattr(engine, "speak_all", None)
    if ahead is not None:
        yield from ahead(utterances, voice)
    else:
        yield from (engine.speak(utterance, voice) for utterance in utterances)


def examine() -> tuple[Finding, ...]:
    """Return, for each engine, what is installed, what is missing, and the command that installs it."""
    from audiogen.engines.examination import examine as look

    return look()
