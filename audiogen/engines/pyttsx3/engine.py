"""The engine `pyttsx3`: sends utterances to the speaking child, and returns complete clips."""

from __future__ import annotations

import os
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

from audiogen.engines.marking import Marked, is_english, marked_for_espeak, mnemonics_of
from audiogen.engines.names import with_names
from audiogen.engines.pyttsx3.child import Child, ChildLost
from audiogen.engines.traits import Traits
from audiogen.engines.words import for_espeak, has_words, is_speakable, spoken_end
from audiogen.errors import EngineError, EngineMissingError, SpeechError, UnknownVoiceError
from audiogen.installation import install_command
from audiogen.model import Clip, Synthesis, Voice, WordTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType
    from typing import Self

    from audiogen.model import Utterance

#: Maximum number of characters for pyttsx3: its stock driver crashes on long texts, and its time is quadratic.
LONGEST_PIECE = 800
#: Most characters of pending requests: enough that the child never waits, and too few to fill a pipe that nobody reads.
AHEAD = 4_000
#: eSpeak NG's default rate in words per minute, and the middle of its range of pitch.
USUAL_RATE = 175
USUAL_PITCH = 50
#: pyttsx3's own driver for eSpeak.
FALLBACK = "espeak"
#: Minimum length of 1,000 characters in seconds, at 450 words per minute, eSpeak NG's maximum.
SHORTEST_PER_THOUSAND = 8.0


@dataclass(slots=True)
class _Request:
    """A pending utterance, the child that it was sent to, and the request's number."""

    utterance: Utterance
    settings: Mapping[str, Any]
    language: str = ""
    child: Child | None = None
    number: int = -1
    #: The pieces that were sent to the child, each with its offset in the spoken text.
    given: list[tuple[int, Marked]] = field(default_factory=list)

    def ask(self, child: Child, *, inline: bool) -> None:
        """Send the utterance to *child*; with *inline*, phonemes are written inside the text."""
        self.child = child
        self.given = list(_given(self.utterance, self.language, inline=inline))
        texts, length = [], 0
        for _, piece in self.given:
            texts.append((length, piece.text))
            length += len(piece.text)
        self.number = child.ask(("speak", texts, dict(self.settings)))

    def word_times(self, words: Iterable[tuple[int, int, int]]) -> tuple[WordTime, ...]:
        """Return the times of spoken words for the child's words: (offset, length, milliseconds) in its text.

        Of several events at one offset the first counts: eSpeak NG repeats one for each part of a word that it spells
        or reads as a number.
        """
        text = for_espeak(self.utterance.spoken, self.language)
        times: list[WordTime] = []
        for start, length, milliseconds in words:
            begin, end = self._spoken_span(start, length)
            if 0 <= begin < len(text) and (not times or begin > times[-1].start):
                times.append(WordTime(begin, spoken_end(text, begin, min(end, len(text))), milliseconds / 1000))
        return tuple(times)

    def _spoken_span(self, start: int, length: int) -> tuple[int, int]:
        """Return the range in the spoken text of a range in the text that the child got."""
        begun = 0
        for offset, piece in self.given:
            if start < begun + len(piece.text):
                begin, end = piece.spoken_span(start - begun, start - begun + length)
                return offset + begin, offset + end
            begun += len(piece.text)
        return len(self.utterance.spoken), len(self.utterance.spoken)


class Pyttsx3:
    """pyttsx3 in one long-lived child process, which gets requests in advance, and is replaced if it dies or hangs.

    An engine serves one thread.

    Args:
        patience: Timeout in seconds for a request, plus one second per hundred characters.
        driver: pyttsx3's driver; empty for audiogen's own on eSpeak NG.
    """

    name = "pyttsx3"
    traits = Traits(Synthesis.RULES, longest=LONGEST_PIECE, parallel=os.cpu_count() or 1, word_times=True)
    #: pyttsx3's driver if the caller does not name one.
    driver = ""

    def __init__(self, *, patience: float = 30.0, driver: str = "") -> None:
        self._patience = patience
        self._driver = driver or self.driver
        self._child: Child | None = None
        self._description = ""
        self._sample_rate = 0

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    @property
    def version(self) -> str:
        """The versions of pyttsx3 and of its speech library."""
        self._greeted()
        return f"pyttsx3 {version_of('pyttsx3')}, {self._description}"

    def voices(self) -> Iterable[Voice]:
        """Return pyttsx3's voices."""
        child = self._greeted()
        answer = child.answer(child.ask(("voices",)), self._patience)
        if answer[0] != "ok":
            raise EngineError(self.name, f"pyttsx3 could not list its voices: {answer[2]}.")
        return [
            Voice(
                name=f"{self.name}:{identifier}", engine=self.name, id=identifier, language=language, description=name
            )
            for identifier, name, language in answer[1]
        ]

    @property
    def fallback_options(self) -> Mapping[str, Any]:
        """Options of another instance, for failed utterances: pyttsx3's own driver on eSpeak NG."""
        return {} if self._driver else {"driver": FALLBACK, "patience": self._patience}

    def renew(self) -> None:
        """End the child, so that a new one speaks the next sentence."""
        self._stop()

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance; see `Engine.speak`."""
        (clip,) = self.speak_all((utterance,), voice)
        return clip

    def speak_all(self, utterances: Iterable[Utterance], voice: Voice) -> Iterator[Clip]:
        """Yield the clips in order; the child speaks the next utterances while the caller uses a clip."""
        settings = _settings(voice)
        waiting: deque[_Request] = deque()
        try:
            for utterance in utterances:
                while waiting and _size(waiting) + len(utterance.spoken) > AHEAD:
                    yield self._finish(waiting)
                waiting.append(_Request(utterance, settings, voice.language))
                self._send(waiting[-1])
            while waiting:
                yield self._finish(waiting)
        finally:
            if waiting:
                self._stop()  # the caller left half way: nobody will take the answers under way

    def _send(self, request: _Request) -> None:
        """Send a request if it has anything to speak; a lost child is noticed when the answer is needed."""
        if is_speakable(request.utterance.spoken):
            with suppress(ChildLost):  # seen again when the answer is waited for
                self._ask(request)

    def _ask(self, request: _Request) -> None:
        """Send a request to the current child."""
        child = self._greeted()
        request.ask(child, inline=self._takes_phonemes)

    @property
    def _takes_phonemes(self) -> bool:
        """Whether audiogen's own driver is used, which reads phonemes inside the text."""
        return not self._driver

    def given(self, utterance: Utterance, voice: Voice) -> str:
        """Return the text that the child gets, with its pronunciations, as a part of the cache's key."""
        self._greeted()
        parts = _given(utterance, voice.language, inline=self._takes_phonemes)
        return "".join(piece.text for _, piece in parts)

    def _finish(self, waiting: deque[_Request]) -> Clip:
        """Return the clip of the first pending request; if it is lost or bad, a new child is asked once."""
        request = waiting[0]
        if not is_speakable(request.utterance.spoken):
            self._greeted()
            clip = Clip(b"", self._sample_rate)
        else:
            try:
                clip = self._take(request)
            except (ChildLost, SpeechError):
                clip = self._take_again(request)
        waiting.popleft()
        for later in waiting:
            if later.child is not self._child:
                self._send(later)
        return clip

    def _take_again(self, request: _Request) -> Clip:
        """Speak a failed request in a new child."""
        if request.child is self._child:
            self._stop()
        try:
            self._ask(request)
            return self._take(request)
        except ChildLost as error:
            self._stop()
            raise SpeechError(request.utterance, _not_spoken(request.utterance, str(error))) from error

    def _take(self, request: _Request) -> Clip:
        """Return the clip of a request, or raise the error that the child reports."""
        text = request.utterance.spoken
        if request.child is None or request.child is not self._child:
            raise ChildLost("the engine's process was replaced")
        answer = request.child.answer(request.number, self._patience + len(text) / 100)
        if answer[0] == "ok":
            clip = Clip(answer[1], self._sample_rate, request.word_times(answer[2]))
            _check(request.utterance, clip)
            return clip
        if answer[1] == "UnknownVoice":
            raise UnknownVoiceError(answer[2], self._unknown(answer[2]))
        raise SpeechError(request.utterance, _not_spoken(request.utterance, answer[2]))

    def _unknown(self, name: str) -> str:
        """Return the message that there is no voice *name*, with similar names."""
        with suppress(EngineError, ChildLost):
            near = get_close_matches(name, [voice.id for voice in self.voices()], 3, 0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            return f"{self.name} has no voice '{name}'.{hint}"
        return f"{self.name} has no voice '{name}'."

    def _start(self) -> Child:
        """Start a child."""
        self._description = ""
        self._child = Child(self._driver)
        return self._child

    def _greeted(self) -> Child:
        """Return the child after its greeting, which describes its speech library.

        A child that is lost before that is replaced. If audiogen's own driver does not fit the installed pyttsx3, the
        stock driver is used, which is slower.

        Raises:
            EngineMissingError: pyttsx3 or its speech library is not installed.
        """
        if self._child is not None and self._description:
            return self._child
        why = ""
        for driver in (self._driver, self._driver, self._driver or FALLBACK):
            self._driver = driver
            child = self._child or self._start()
            why = self._greet(child)
            if not why:
                return child
            self._stop()
        remedy = f"`{install_command('pyttsx3', 'espeakng-loader')}` brings all it needs"
        raise EngineMissingError(
            self.name, f"pyttsx3 found nothing to speak with ({why}). {remedy}; `audiogen doctor` looks closer."
        )

    def _greet(self, child: Child) -> str:
        """Receive the child's greeting; return why there is none, or ""."""
        try:
            answer = child.answer(0, self._patience)
        except ChildLost as error:
            return str(error)
        if answer[0] != "ok":
            return f"{answer[1]}: {answer[2]}"
        self._description, self._sample_rate = answer[1], answer[2]
        return ""

    def _stop(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.close()
            self._child = None


class Sapi5(Pyttsx3):
    """The voices of Windows, through pyttsx3's driver for SAPI 5."""

    name = "sapi5"
    driver = "sapi5"
    traits = Traits(Synthesis.RECORDINGS, longest=LONGEST_PIECE)


class Nsss(Pyttsx3):
    """The voices of macOS, through pyttsx3's driver for NSSpeechSynthesizer."""

    name = "nsss"
    driver = "nsss"
    traits = Traits(Synthesis.RECORDINGS, longest=LONGEST_PIECE)


def _size(waiting: Iterable[_Request]) -> int:
    """Return the number of characters of the requests."""
    return sum(len(request.utterance.spoken) for request in waiting)


def _settings(voice: Voice) -> dict[str, Any]:
    """Return the voice's settings for the child."""
    return {
        "voice": voice.id,
        "rate": USUAL_RATE if voice.rate is None else voice.rate,
        "pitch": USUAL_PITCH if voice.pitch is None else voice.pitch,
    }


def _given(utterance: Utterance, language: str, *, inline: bool) -> Iterator[tuple[int, Marked]]:
    """Yield the pieces for the child, each with its offset in the spoken text."""
    if inline and is_english(language):
        utterance = with_names(utterance)
    return marked_for_espeak(utterance, language, LONGEST_PIECE, mnemonics_of(language) if inline else None)


def _check(utterance: Utterance, clip: Clip) -> None:
    """Check that the clip may be the whole text.

    Raises:
        SpeechError: It has no sound, or is shorter than the fastest speech.
    """
    text = utterance.spoken
    letters = sum(character.isalnum() for character in text)
    if len(clip.pcm) % 2 or (has_words(text) and clip.duration < letters * SHORTEST_PER_THOUSAND / 1000):
        why = f"only {clip.duration:.2f} seconds of sound came back"
        raise SpeechError(utterance, _not_spoken(utterance, why), clip=clip)


def _not_spoken(utterance: Utterance, why: str) -> str:
    """Return the message that the utterance was not spoken."""
    text = utterance.spoken if len(utterance.spoken) <= 120 else utterance.spoken[:117] + "…"
    return f"pyttsx3 did not speak “{text}”: {why}."
