"""The script speaker: turns a script into clips that have been checked.

It does what is common to all engines: it chooses the voice of each utterance by role and language and opens its engine,
uses the cache, checks each clip and retries the doubtful ones, estimates word times if the engine has none, and brings
all voices of a script to one sample rate and level.
"""

from __future__ import annotations

import logging
import tomllib
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from audiogen.engines import open_engine, speak_all
from audiogen.engines.examination import trouble_of
from audiogen.engines.retrying import attempt, attempt_pieces, best, check_whole, confirmed_by_pieces
from audiogen.engines.scripts import home_script, main_script, usual_language
from audiogen.engines.selfcheck import SelfCheck
from audiogen.engines.sound import resample, silence
from audiogen.engines.speechcache import SpeechCache
from audiogen.engines.traits import Estimate
from audiogen.engines.voices import find_voice, load_cards, named_voice, no_voice_for, speaks, with_settings
from audiogen.engines.words import has_words
from audiogen.engines.wordtimes import with_word_times
from audiogen.errors import AudiogenError, EngineMissingError, SpeechError, UnknownVoiceError, UnspokenLanguageError
from audiogen.model import Clip, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from audiogen.engines import Engine
    from audiogen.engines.retrying import Attempt
    from audiogen.model import Role, Script, Voice

    #: Listens to a clip of an utterance in a language; says what is wrong with it, or nothing.
    Listen = Callable[[Utterance, Clip, str], str]

_log = logging.getLogger(__name__)
#: The engine for languages without a voice card: it has voices for more than a hundred.
MULTILINGUAL_ENGINE = "pyttsx3"
#: The related languages whose voice may read a language without a voice.
NEIGHBOURS_FILE = Path(__file__).with_name("neighbours.toml")
#: Language tags of articles, and the tags that the multilingual engine uses for them.
OTHER_TAGS = {"zh": "cmn", "no": "nb"}
#: The pause for an utterance in a foreign script that no voice speaks, in seconds, and its doubt.
NO_SPEECH, NO_SPEECH_PAUSE, NO_SPEECH_RATE = "no speech: no voice makes a sound of it", 0.7, 22_050
#: A difference in level between two voices that is smaller than this, in decibels, is inaudible.
AUDIBLE_STEP = 0.5
#: The text of a trial: letters that nearly every language has.
_TRIAL = Utterance("a", "a")
#: Seeds of further attempts at an utterance in which the listener did not recognise every word.
SEEDS = (1, 2)


@cache
def neighbours() -> dict[str, list[str]]:
    """Return the related languages, the nearest first, of each language without a voice in a default installation."""
    return tomllib.loads(NEIGHBOURS_FILE.read_text(encoding="utf-8"))


@cache
def log_related_language(language: str, near: str) -> None:
    """Log, once in a process, that the voice of a related language reads the language."""
    _log.warning("No voice here speaks '%s': that of '%s', a language near to it, reads it.", language, near)


class ScriptSpeaker:
    """Speaks scripts, one after another, with the voices of a show.

    Entering it starts the engine of the show's voice, so that it is ready when the article is read and cleaned.

    Args:
        name: The show's voice; empty for the default of each script's language.
        folders: Folders with voice cards of the show.
        rate: Words per minute, instead of the cards'.
        options: Options of engines, by the engine's name.
        cache: The speech cache; None for no cache.
        insist: Use the show's voice also for languages that no available voice speaks.
        strict: Raise an error for a doubtful utterance, instead of using the clip with its doubt.
        listen: Called for each new clip (utterance, clip, language); returns what is wrong, or "". Such an utterance is
            spoken again, with other seeds if the engine has them, then by another voice of the language.
    """

    def __init__(
        self,
        name: str = "",
        *,
        folders: Sequence[Path] = (),
        rate: int | None = None,
        options: Mapping[str, Mapping[str, Any]] | None = None,
        cache: SpeechCache | None = None,
        insist: bool = False,
        strict: bool = False,
        listen: Listen | None = None,
    ) -> None:
        self._name = name
        self._folders = tuple(folders)
        self._rate = rate
        self._options = options or {}
        self._cache = cache
        self._insist = insist and bool(name)
        self._strict = strict
        self._listen = listen
        self._engines: dict[str, Engine] = {}
        self._checks: dict[str, SelfCheck] = {}
        self._fallback_engines: dict[str, Engine] = {}
        self._mains: dict[str, Voice] = {}
        self._loaded_ahead: list[Voice] = []
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        cards = load_cards(self._folders)
        voice = named_voice(self._name, cards, "en") if self._name else find_voice("", "en", self._folders)
        self._engine(voice.engine)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engines.clear()
        self._fallback_engines.clear()
        self._stack.close()
        if self._cache is not None:
            self._cache.close()

    def voice(self, language: str) -> Voice:
        """Return the main voice of scripts in *language*.

        Raises:
            UnknownVoiceError: no voice has the show's name.
            UnspokenLanguageError: none speaks the language.
        """
        if language not in self._mains:
            self._mains[language] = with_settings(self._find(language), rate=self._rate)
        return self._mains[language]

    def load_ahead(self, language: str) -> None:
        """Start to load the main voice of a language in another thread, if its engine can do that.

        Errors are ignored here; they are raised when the voice speaks.
        """
        with suppress(AudiogenError):
            voice = self.voice(language)
            load = getattr(self._engine(voice.engine), "load", None)
            if load is not None and voice not in self._loaded_ahead:
                self._loaded_ahead.append(voice)
                Thread(target=_load_or_ignore, args=(load, voice), name="audiogen-voice", daemon=True).start()

    def named(self, name: str, language: str) -> Voice | None:
        """Return the voice called *name* with the rate asked for; None if it cannot speak the language here."""
        try:
            voice = named_voice(name, load_cards(self._folders), language)
            if trouble_of(voice):
                return None
            self._engine(voice.engine)
        except (UnknownVoiceError, EngineMissingError):
            return None
        return with_settings(voice, rate=self._rate) if speaks(voice, language) else None

    def check(self, *, here: bool = True) -> None:
        """Return the named voice; if its engine runs on this machine, have it speak a word as a trial.

        Nothing is asked of servers, nor of the voices of the package's own cards.

        Raises:
            UnknownVoiceError: there is no such voice.
            EngineMissingError: something its engine needs is not installed.
        """
        cards = load_cards(self._folders)
        if not self._name:
            return
        voice = named_voice(self._name, cards)
        if not here or (self._name in cards and cards[self._name].layer == "package"):
            return
        engine = self._engine(voice.engine)
        if not engine.traits.remote:
            # Other errors concern only this article, and are handled there.
            with suppress(SpeechError):
                engine.speak(_TRIAL, voice)

    def _find(self, language: str) -> Voice:
        """Return the voice for a language: by card, else multilingual, else of a related language."""
        try:
            return find_voice(self._name, language, self._folders)
        except UnspokenLanguageError:
            with suppress(UnspokenLanguageError):
                return self._multilingual_voice(language)
            if self._insist:
                # Somebody named this very voice for an article that no other can read.
                return replace(named_voice(self._name, load_cards(self._folders), language), language=language)
            return self._related_voice(language)

    def estimate(self, script: Script, main: Voice | None = None) -> Estimate:
        """Return the characters and requests that servers would get for the script, and the cost if it is known."""
        parts = [
            ask(list(run), voice)
            for voice, run in _runs(script, self.cast(script, main))
            if (ask := getattr(self._engine(voice.engine), "estimate", None)) is not None
        ]
        prices = [part.price for part in parts if part.price is not None]
        return Estimate(
            sum(part.characters for part in parts),
            sum(part.requests for part in parts),
            sum(prices) if prices else None,
        )

    def cast(self, script: Script, main: Voice | None = None) -> tuple[Voice, ...]:
        """Return the voice of each utterance; *main* is the main voice instead of the show's."""
        main = main or self.voice(script.language)
        chosen: dict[tuple[Role, str], Voice] = {}
        for utterance in script.utterances:
            part = (utterance.role, utterance.language or script.language)
            if part not in chosen:
                chosen[part] = self._voice_of_role(main, *part)
        return tuple(chosen[line.role, line.language or script.language] for line in script.utterances)

    def speak(self, script: Script, main: Voice | None = None) -> Iterator[Clip]:
        """Speak the script: yield a clip for each utterance, in order; `doubt` is set if one may be incomplete.

        *main* is the main voice instead of the show's.

        All clips have the sample rate of the first one that has sound, a gain that brings them to the level of the main
        voice, and word times, which are estimated if the engine has none.

        Raises:
            SpeechError: no voice produced sound for an utterance; or a clip is doubtful, and the speaker is strict.
            EngineMissingError: something that an engine needs is not installed.
            UnknownVoiceError: a named voice does not exist.
            UnspokenLanguageError: no voice speaks a language of the script.
        """
        main = main or self.voice(script.language)
        rate = 0
        for voice, run in _runs(script, self.cast(script, main)):
            step = _gain(main, voice)
            for utterance, clip in zip(run, self._speak_run(run, voice), strict=True):
                rate = rate or (clip.sample_rate if clip.pcm else 0)
                timed = with_word_times(clip, utterance.spoken)
                yield replace(resample(timed, rate) if rate else timed, gain=step)

    def _voice_of_role(self, main: Voice, role: Role, language: str) -> Voice:
        """Return the voice that the main voice's card names for a role; if it does not speak the language, another."""
        name = main.roles.get(role.value) or main.roles.get("body")
        voice = named_voice(name, load_cards(self._folders), language) if name else main
        if speaks(voice, language):
            return voice if voice is main else with_settings(voice, rate=self._rate)
        return main if speaks(main, language) else self.voice(language)

    def _multilingual_voice(self, language: str) -> Voice:
        """Return the multilingual engine's voice for a language without a voice card."""
        primary = language.lower().split("-")[0]
        wanted = OTHER_TAGS.get(primary, primary)
        try:
            voices = self._engine(MULTILINGUAL_ENGINE).voices()
        except EngineMissingError:
            voices = ()
        for voice in voices:
            if voice.language.split("-")[0] == wanted:
                return replace(voice, language=language)
        raise UnspokenLanguageError(language, no_voice_for(language))

    def _related_voice(self, language: str) -> Voice:
        """Return the voice of the nearest related language for a language without a voice; log that once."""
        for near in neighbours().get(language.lower().split("-")[0], ()):
            for find in (partial(find_voice, None, near, self._folders), partial(self._multilingual_voice, near)):
                with suppress(UnspokenLanguageError):
                    voice = find()
                    log_related_language(language, near)
                    return replace(voice, language=language)
        raise UnspokenLanguageError(language, no_voice_for(language))

    def _engine(self, name: str) -> Engine:
        """Return the engine *name*, which is opened at first use."""
        if name not in self._engines:
            self._engines[name] = self._stack.enter_context(open_engine(name, self._options.get(name)))
        return self._engines[name]

    def _speak_run(self, utterances: list[Utterance], voice: Voice) -> Iterator[Clip]:
        """Yield the clips of consecutive utterances of one voice, from the cache if they are there."""
        engine = self._engine(voice.engine)
        cache = self._cache
        version = _sound_version(engine, voice)
        given = getattr(engine, "given", None) or (lambda utterance, voice: None)
        keys = [SpeechCache.key(utterance, voice, version, given(utterance, voice)) for utterance in utterances]
        missing = [cache is None or not cache.has(key) for key in keys]
        wanted = [utterance for utterance, absent in zip(utterances, missing, strict=True) if absent]
        with closing(_speak_past_errors(engine, wanted, voice)) as spoken:
            for utterance, key, absent in zip(utterances, keys, missing, strict=True):
                kept = None if cache is None or absent else cache.get(key)
                clip = kept or self._checked_clip(utterance, voice, next(spoken) if absent else None, key)
                # A clip in doubt is not kept: the next time it may come out whole, or be judged better.
                if cache is not None and kept is None and not clip.doubt:
                    cache.put(key, clip)
                yield clip

    def _checked_clip(self, utterance: Utterance, voice: Voice, answer: Clip | SpeechError | None, digest: str) -> Clip:
        """Check the engine's *answer* (None: ask it now); return that clip, or the best one of several attempts.

        The *digest* is set on the clip if the first attempt is good. `doubt` is set if no attempt is.

        Raises:
            SpeechError: no voice produced sound; or the clip is doubtful, and the speaker is strict.
        """
        engine = self._engine(voice.engine)
        check = self._check(voice)
        speak = partial(engine.speak, voice=voice)
        first = attempt(utterance, speak if answer is None else lambda _: _clip_or_raise(answer), check)
        first = replace(first, clip=replace(first.clip, digest=digest))
        clip = replace(first.clip, doubt=first.fault) if first.fault else first.clip
        if clip.doubt:
            clip = self._retry(utterance, voice, first)
        elif self._listen is not None and has_words(utterance.spoken):
            clip = self._recognised(utterance, voice, clip, self._listen)
        if clip.doubt and self._strict:
            message = f"{engine.name} did not speak “{utterance.spoken}” whole: {clip.doubt}."
            raise SpeechError(utterance, message, clip=clip)
        return clip

    def _retry(self, utterance: Utterance, voice: Voice, first: Attempt) -> Clip:
        """Speak a doubtful utterance again in each of the ways that `retrying` lists; return the best attempt's clip.

        Raises:
            SpeechError: no voice produced sound, and the text is in the script of the voice's language.
        """
        if first.refused and (clip := self._by_other_voice(utterance, voice)) is not None:
            return clip
        check = self._check(voice)
        attempts = [first]
        for speak in self._fallbacks(voice):
            attempts.append(attempt(utterance, speak, check))
            if self._engine(voice.engine).traits.remote and not any(one.answered for one in attempts):
                break  # the server is down: pieces would only ask it more often
            if not attempts[-1].fault:
                return attempts[-1].clip
            if len(attempts) == 2 and (parts := attempt_pieces(utterance, speak, check)):
                if not parts.fault and (whole := confirmed_by_pieces(attempts, parts, utterance)):
                    return whole
                attempts.append(check_whole(parts, utterance, check))
                if not attempts[-1].fault:
                    return parts.clip
        heard = best(attempts, utterance, check)
        if heard and heard.audible:
            return replace(heard.clip, doubt=heard.fault)
        answered = any(one.answered for one in attempts)
        foreign = _is_foreign(utterance, voice) and not self._engine(voice.engine).traits.remote
        if answered or foreign:
            clip = self._by_other_voice(utterance, voice)
            if clip is None and foreign:
                clip = Clip(silence(NO_SPEECH_PAUSE, NO_SPEECH_RATE), NO_SPEECH_RATE, doubt=NO_SPEECH)
            if clip is not None:
                return clip
        raise SpeechError(utterance, f"{voice.engine} did not speak “{utterance.spoken}”: {first.fault}.")

    def _fallbacks(self, voice: Voice) -> Iterator[Callable[[Utterance], Clip]]:
        """Yield the functions that may speak a failed utterance: the renewed engine's, then its fallback instance's."""
        engine = self._engine(voice.engine)
        renew = getattr(engine, "renew", None)
        if renew is not None:
            renew()
        yield partial(engine.speak, voice=voice)
        options: Mapping[str, Any] | None = getattr(engine, "fallback_options", None) or getattr(engine, "spare", None)
        if options:
            with suppress(EngineMissingError):
                other = self._fallback_engines.get(voice.engine)
                other = other or self._stack.enter_context(open_engine(voice.engine, options))
                self._fallback_engines[voice.engine] = other
                yield partial(other.speak, voice=voice)

    def _recognised(self, utterance: Utterance, voice: Voice, clip: Clip, listen: Listen) -> Clip:
        """Return the clip if *listen* recognises every word, else the first other attempt in which it does.

        If there is none, the clip is returned with the complaint as its doubt.
        """
        language = utterance.language or voice.language or "en"
        complaint = listen(utterance, clip, language)
        for speak in self._other_ways(voice) if complaint else ():
            other = attempt(utterance, speak, self._check(voice))
            if not other.fault and not listen(utterance, other.clip, language):
                return other.clip
        return replace(clip, doubt=complaint) if complaint else clip

    def _other_ways(self, voice: Voice) -> Iterator[Callable[[Utterance], Clip]]:
        """Yield functions that speak in other ways, for what was not recognised: other seeds, then another voice."""
        engine = self._engine(voice.engine)
        if engine.traits.seeds:
            for seed in SEEDS:
                other = replace(voice, options={**voice.options, "seed": seed})
                yield partial(engine.speak, voice=other)
        with suppress(UnspokenLanguageError, UnknownVoiceError, EngineMissingError):
            other = self._multilingual_voice(voice.language)
            if (other.engine, other.id) != (voice.engine, voice.id):
                yield partial(self._engine(other.engine).speak, voice=other)

    def _by_other_voice(self, utterance: Utterance, voice: Voice) -> Clip | None:
        """Return the clip of another voice for an utterance without sound; None if none can speak it."""
        for language in _languages_of(utterance, voice):
            with suppress(UnspokenLanguageError, UnknownVoiceError, EngineMissingError):
                other = self._multilingual_voice(language)
                if (other.engine, other.id) != (voice.engine, voice.id):
                    engine = self._engine(other.engine)
                    tried = attempt(utterance, partial(engine.speak, voice=other), SelfCheck(other.language))
                    if tried.audible:
                        doubt = f"{voice.name} gave no sound, so {other.name} speaks"
                        return replace(tried.clip, doubt=f"{doubt}; {tried.fault}" if tried.fault else doubt)
        return None

    def _check(self, voice: Voice) -> SelfCheck:
        """Return the self-check of a voice, which learns from its clips."""
        key = repr(voice)
        if key not in self._checks:
            self._checks[key] = SelfCheck(voice.language, self._engine(voice.engine).traits.word_seconds)
        return self._checks[key]


def _languages_of(utterance: Utterance, voice: Voice) -> Iterator[str]:
    """Yield the language whose voices may read the utterance: its own, or the usual one of another script."""
    script = main_script(utterance.spoken)
    language = utterance.language or voice.language
    yield from (tag for tag in ((usual_language(script),) if script != home_script(language) else (language,)) if tag)


def _is_foreign(utterance: Utterance, voice: Voice) -> bool:
    """Return whether the utterance is in another script than the voice's language."""
    script = main_script(utterance.spoken)
    return bool(voice.language and script) and script != home_script(voice.language)


def _runs(script: Script, voices: Sequence[Voice]) -> Iterator[tuple[Voice, list[Utterance]]]:
    """Yield the groups of consecutive utterances with the same voice."""
    lines = zip(voices, script.utterances, strict=True)
    for voice, run in groupby(lines, key=lambda line: line[0]):
        yield voice, [utterance for _, utterance in run]


def _speak_past_errors(engine: Engine, utterances: list[Utterance], voice: Voice) -> Generator[Clip | SpeechError]:
    """Speak the utterances; if the engine fails at one, yield the error in its place and continue with the next."""
    done = 0
    while done < len(utterances):
        try:
            for clip in speak_all(engine, utterances[done:], voice):
                yield clip
                done += 1
        except SpeechError as error:
            yield error
            done += 1


def _load_or_ignore(load: Callable[[Voice], None], voice: Voice) -> None:
    """Load a voice and ignore errors."""
    with suppress(Exception):
        load(voice)


def _clip_or_raise(answer: Clip | SpeechError) -> Clip:
    """Return a clip, or raise an error."""
    if isinstance(answer, SpeechError):
        raise answer
    return answer


def _sound_version(engine: Engine, voice: Voice) -> str:
    """Return what determines a voice's sound besides its card: the versions of the engine and of its model."""
    fingerprint = getattr(engine, "fingerprint", None)
    return f"{engine.version} {fingerprint(voice)}" if fingerprint else engine.version


def _gain(main: Voice, voice: Voice) -> float:
    """Return the gain, in decibels, that brings the voice to the main voice's level; 0 if a loudness is unknown."""
    if main.loudness is None or voice.loudness is None:
        return 0.0
    step = main.loudness - voice.loudness
    return step if abs(step) >= AUDIBLE_STEP else 0.0
