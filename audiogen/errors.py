"""The errors of the package.

    AudiogenError
    ├── SettingsError              a setting is unknown, missing or of the wrong type
    ├── ReadError                  a source could not be read
    │   ├── SourceNotFoundError    no such file
    │   ├── UnsupportedSourceError binary, PDF, video…
    │   └── EmptyArticleError      nothing in it
    ├── NotAnArticleError          read well, but it is no article: a paywall stub, a listing… (`kind`, `evidence`)
    ├── ModelError                 the cleaner's trained model does not fit this version
    ├── NarrationError             text that could not be turned into speech
    │   └── LexiconError           an invalid word list, by file and entry
    ├── EngineError                a speech engine
    │   ├── EngineMissingError     not installed (names what installs it)
    │   ├── UnknownVoiceError      no such voice (offers near names)
    │   ├── UnspokenLanguageError  no voice speaks the article's language
    │   └── SpeechError            an utterance that was not spoken whole (names the sentence)
    │       └── UnsayableError     the voice has no sounds for it, so another voice must speak it
    ├── AssemblyError              sound could not be joined, encoded or tagged
    ├── LibraryError               the folder of episodes could not be read or written
    │   ├── UnwritableError        nothing can be written there any more: the disk is full, or read-only
    │   ├── NoEpisodeError         there is no episode of that name
    │   └── EditConflictError      somebody else changed the episode meanwhile
    ├── RemovedError               the article's episode was removed by a user, and is not made again
    ├── FetchError                 an address could not be fetched, or asks not to be
    ├── CrashError                 a bug, or a process that died, while an article was made
    │   └── LimitError             the work on an article took more time or memory than it may
    ├── FeedError                  the feed or its pages could not be made
    └── ListeningError             a recogniser is not installed, or its model could not be loaded

Each has its subject, and a message that says what to do next. Packages raise only these types: exceptions of other
libraries are converted where they are called.
"""

from __future__ import annotations

import warnings

from audiogen.untrusted import without_secrets


class AudiogenError(Exception):
    """The base class of all errors of audiogen. Messages are shown, logged and stored, so they contain no secrets."""

    def __init__(self, subject: object, message: str) -> None:
        message = without_secrets(message)
        super().__init__(message)
        #: The object at fault: a path, a voice's name, a setting's key, an utterance.
        self.subject = subject
        #: The message for users.
        self.message = message

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the state, as the arguments differ between types; outcomes are sent between processes."""
        return (_restore, (type(self), self.args, self.__dict__))


def _restore(kind: type[AudiogenError], args: tuple[object, ...], state: dict[str, object]) -> AudiogenError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class SettingsError(AudiogenError):
    """A setting is unknown, missing or of the wrong type; `subject` is its key or file."""


class ReadError(AudiogenError):
    """A source could not be read; `subject` is its path or address."""


class SourceNotFoundError(ReadError):
    """There is no file at the path."""


class UnsupportedSourceError(ReadError):
    """The format is not one that audiogen reads."""


class EmptyArticleError(ReadError):
    """There is no text in the source."""


class NotAnArticleError(AudiogenError):
    """The page was read, but is no article."""

    def __init__(self, subject: object, kind: str, evidence: str) -> None:
        super().__init__(subject, f"This is not an article but a {kind}: {evidence}. To narrate it anyway: --force.")
        #: "paywall stub", "cookie wall", "bot check", "login page", "error page", "listing", "video page", "live blog"…
        self.kind = kind
        #: The part of the page that shows it.
        self.evidence = evidence


class ModelError(AudiogenError):
    """A trained model of the cleaner is broken, or was trained on other features; `subject` is its path."""


class NarrationError(AudiogenError):
    """Text could not be converted to spoken words."""


class LexiconError(NarrationError):
    """A word list is invalid; `subject` is the file or entry."""


class EngineError(AudiogenError):
    """A speech engine could not do its work; `subject` is the engine's name."""


class EngineMissingError(EngineError):
    """The engine, or a library it needs, is not installed."""


class UnknownVoiceError(EngineError):
    """No voice has this name; the message suggests similar ones."""


class UnspokenLanguageError(EngineError):
    """No available voice speaks the language; `subject` is its tag. The article is refused: another try is useless."""


class SpeechError(EngineError):
    """An utterance was not spoken completely; `subject` is the utterance. *heard* is the former name of *clip*."""

    def __init__(self, subject: object, message: str, *, clip: object = None, heard: object = None) -> None:
        super().__init__(subject, message)
        if heard is not None:
            warnings.warn("`heard` is called `clip` now", DeprecationWarning, stacklevel=2)
        #: The clip of what was spoken; None if nothing was.
        self.clip = clip if clip is not None else heard

    @property
    def heard(self) -> object:
        """Return `clip`; deprecated."""
        warnings.warn("`heard` is called `clip` now", DeprecationWarning, stacklevel=2)
        return self.clip


class UnsayableError(SpeechError):
    """The text has letters that the voice has no sounds for; another try is useless."""


class AssemblyError(AudiogenError):
    """Sound could not be joined, encoded, measured or tagged."""


class LibraryError(AudiogenError):
    """The folder of episodes could not be read or written; `subject` is the path."""


class UnwritableError(LibraryError):
    """Nothing more can be written, so every other article would fail in the same way."""


class NoEpisodeError(LibraryError):
    """The library has no such episode; `subject` is the slug."""


class EditConflictError(LibraryError):
    """Another user changed the episode meanwhile; `subject` is its slug, *revision* the current revision."""

    def __init__(self, subject: object, message: str, *, revision: int = 0) -> None:
        super().__init__(subject, message)
        self.revision = revision


class RemovedError(AudiogenError):
    """The article's episode was removed by a user, and is not made again; `subject` is its slug."""

    def __init__(self, subject: object, message: str, *, guid: str = "") -> None:
        super().__init__(subject, message)
        self.guid = guid


class FetchError(AudiogenError):
    """An address could not be fetched; `subject` is the address, *final* whether another try is useless."""

    def __init__(self, subject: object, message: str, *, final: bool = False) -> None:
        super().__init__(subject, message)
        self.final = final


class CrashError(AudiogenError):
    """An unexpected error ended the work on an article; `subject` is the source, `trace` the traceback if any."""

    def __init__(self, subject: object, message: str, trace: str = "") -> None:
        super().__init__(subject, message)
        self.trace = trace


class LimitError(CrashError):
    """The work on an article took more time or memory than it may; `subject` is the source, or a site file's rule."""


class FeedError(AudiogenError):
    """The feed or its pages could not be made; `subject` is the key, tag or episode at fault."""


class ListeningError(AudiogenError):
    """A recogniser is not installed, or its model is missing; `subject` is the model."""
