"""The engine `kokoro`: one small model with many voices (package kokoro-onnx, extra `kokoro`).

A card's id is a voice's name ("af_heart") or a blend of several ("af_heart:0.7+am_adam:0.3"). The model, `*.onnx`, and
its voices, `voices*.bin`, are in the models folder or at the paths in the card's options `model` and `styles`.
"""

from __future__ import annotations

import logging
import os
import re
import tomllib
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from audiogen.engines import folders
from audiogen.engines.ahead import speak_ahead
from audiogen.engines.alignment import PhonemeTime, word_starts
from audiogen.engines.graphs import open_session
from audiogen.engines.loading import LoadsModels
from audiogen.engines.marking import Piece, is_british, is_english, marked, misaki_of, pieces, stretches
from audiogen.engines.names import with_names
from audiogen.engines.sound import silence, to_pcm
from audiogen.engines.traits import Traits
from audiogen.engines.words import has_words, is_speakable
from audiogen.errors import EngineMissingError, SpeechError, UnknownVoiceError
from audiogen.installation import install_command
from audiogen.model import Clip, Synthesis, Voice, WordTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Self

    from audiogen.engines.marking import Stretch
    from audiogen.model import Utterance

#: Maximum number of characters that are phonemized at once. The model accepts 510 phonemes, but rushes long texts.
LONGEST_PIECE = 300
#: Maximum number of phonemes for the model; a piece with more is divided again.
MOST_PHONEMES = 400
#: The style depends on the number of phonemes. This is the minimum: with styles for fewer, voices babble.
SHORTEST_STYLE = 24
#: Words per minute at speed 1, to which a card's rate is relative, and the model's minimum and maximum speed.
USUAL_RATE = 175
SLOWEST, FASTEST = 0.5, 2.0
SAMPLE_RATE = 24_000
#: Pause between the pieces of an utterance, in seconds.
PIECE_SILENCE = 0.15
#: Language of a voice, by the first letter of its name, as the model's authors named them.
LANGUAGES = {
    "a": "en-US",
    "b": "en-GB",
    "e": "es",
    "f": "fr",
    "h": "hi",
    "i": "it",
    "p": "pt-BR",
}
#: The tags of languages in the phonemizer, eSpeak NG.
PHONEMIZER_TAGS = {"en": "en-us", "en-us": "en-us", "en-gb": "en-gb", "fr": "fr-fr", "pt": "pt-br"}
#: The value of the model's graph with each phoneme's duration, which is computed but is no output.
DURATIONS = "/encoder/Clip_output_0"
#: The phonemizer's library has one state for the whole process.
_PHONEMIZING = Lock()


class Kokoro(LoadsModels):
    """The Kokoro model, loaded at first use.

    Args:
        workers: Number of pieces that are spoken at the same time; by default the number of cores.
        models: Folder of the model and its voices; by default the user's.
    """

    name = "kokoro"
    traits = Traits(
        Synthesis.TRAINED,
        longest=LONGEST_PIECE,
        threads=True,
        languages=tuple(sorted(LANGUAGES.values())),
        word_times=True,
    )

    def __init__(self, *, workers: int = 0, models: str = "") -> None:
        super().__init__()
        self._workers = workers or os.cpu_count() or 1
        self._models = Path(models) if models else folders.models() / "kokoro"

    def __enter__(self) -> Self:
        if find_spec("kokoro_onnx") is None:
            raise EngineMissingError(
                self.name,
                f"Kokoro is not installed: `{install_command(extra='kokoro')}` brings it (not on Python 3.14).",
            )
        return self

    @property
    def version(self) -> str:
        """The version of kokoro-onnx."""
        return f"kokoro-onnx {version_of('kokoro-onnx')}"

    def fingerprint(self, voice: Voice) -> str:
        """Return a digest of the files of the model and its voices."""
        files = [path.stat() for path in self._paths(voice)]
        return " ".join(f"{status.st_size} {status.st_mtime_ns}" for status in files)

    def voices(self) -> Iterable[Voice]:
        """Return the voices in the file of voices."""
        import numpy

        try:
            _, styles = self._paths(Voice("", self.name))
        except UnknownVoiceError:
            return ()
        with numpy.load(styles) as names:
            return [
                Voice(f"kokoro:{name}", self.name, name, language_of(name), synthesis=Synthesis.TRAINED)
                for name in sorted(names.keys())
            ]

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance; may be called from several threads."""
        text = utterance.spoken
        model = self._model(voice)
        if not is_speakable(text):
            return Clip(b"", SAMPLE_RATE)
        style = _style(model, voice)
        try:
            spoken = [
                (piece, self._speak_piece(model, phonemes, style, voice))
                for piece, phonemes in _phonemized(model.tokenizer, utterance, voice)
            ]
        except Exception as error:  # whatever phonemizer and runtime throw
            raise SpeechError(utterance, f"Kokoro did not speak “{text[:120]}”: {error}.") from error
        clip = _join(spoken)
        if has_words(text) and not clip.pcm:
            message = f"Kokoro has no sounds for “{text[:120]}”: is it in the voice's language?"
            raise SpeechError(utterance, message, clip=clip)
        return clip

    def speak_all(self, utterances: Iterable[Utterance], voice: Voice) -> Iterator[Clip]:
        """Speak the utterances in order, several at once."""
        return speak_ahead(self.speak, utterances, voice, self._workers)

    def given(self, utterance: Utterance, voice: Voice) -> str:
        """Return the spoken text with the phonemes of its pronunciations."""
        utterance, write = _with_pronounced_names(utterance, voice), _inline(_language(voice))
        text, found = utterance.spoken, stretches(utterance)
        return marked(
            text,
            found,
            [_stretch_phonemes(text, stretch, write) or text[stretch.start : stretch.end] for stretch in found],
        ).text

    def _speak_piece(self, model: Any, phonemes: str, style: Any, voice: Voice) -> tuple[bytes, list[PhonemeTime]]:
        """Return the sound of one piece as PCM, and the times of its phonemes if the model reports them, else none."""
        if not phonemes:
            return b"", []
        speed = min(FASTEST, max(SLOWEST, (voice.rate or USUAL_RATE) / USUAL_RATE))
        # Silence is not trimmed and no pause added: the assembler does both, for every engine.
        samples, _, timings = model.create_timed(
            phonemes, style, speed=speed, is_phonemes=True, trim=False, sentence_pause=0.0, clause_pause=0.0
        )
        return to_pcm(samples), [PhonemeTime(timing.phoneme, timing.start, timing.end) for timing in timings]

    def _model(self, voice: Voice) -> Any:
        """Return the loaded model."""
        paths = self._paths(voice)
        return self._load_once(paths, lambda: _load(*paths))

    def _paths(self, voice: Voice) -> tuple[Path, Path]:
        """Return the paths of the model and its voices."""
        model = self._file(voice, "model", "*.onnx")
        return model, self._file(voice, "styles", "voices*.bin")

    def _file(self, voice: Voice, option: str, pattern: str) -> Path:
        """Return a file that the card names, or the last one in the models folder that matches the pattern."""
        named = voice.options.get(option)
        found = [Path(str(named)).expanduser()] if named else sorted(self._models.glob(pattern))
        if found and found[-1].is_file():
            return found[-1]
        where = found[-1] if found else self._models / pattern
        raise UnknownVoiceError(
            voice.id, f"There is no Kokoro model at {where}. `audiogen voices install kokoro` fetches it."
        )


def language_of(name: str) -> str:
    """Return the language of a voice by its name.

    >>> language_of("bf_emma"), language_of("xx")
    ('en-GB', '')
    """
    return LANGUAGES.get(name[:1], "") if name[2:3] == "_" else ""


def _load(model: Path, styles: Path) -> Any:
    """Load the model and its voices, without the log handlers that their packages install."""
    # Both packages add log handlers for stderr when they are imported. These are removed; handlers of other code stay,
    # and get their messages.
    loggers = {name: logging.getLogger(name) for name in ("kokoro_onnx", "phonemizer")}
    before = {name: logger.handlers[:] for name, logger in loggers.items()}
    from kokoro_onnx import Kokoro as Model

    for name, logger in loggers.items():
        logger.handlers[:] = before[name] or [logging.NullHandler()]
    try:
        session = open_session(model, DURATIONS)
        session._model_path = str(model)  # kokoro-onnx wants to see that the file is there
        loaded = Model.from_session(session, str(styles))
        loaded.has_timings = len(session.get_outputs()) > 1
        # Styles are read lazily from a zip file, which is not thread-safe.
        loaded.voices = dict(loaded.voices.items())
        return loaded
    except Exception as error:  # a runtime that knows no common error type
        raise UnknownVoiceError(str(model), f"The Kokoro model {model} could not be loaded: {error}.") from error


def _style(model: Any, voice: Voice) -> Any:
    """Return the weighted mean of the card's voices; the styles of very short texts are replaced by a stabler one.

    Raises:
        UnknownVoiceError: one of them does not exist, or a weight is no number.
    """
    blend = 0.0
    total = 0.0
    for part in voice.id.split("+"):
        name, _, weight = part.strip().partition(":")
        if name not in model.voices:
            near = get_close_matches(name, model.get_voices(), 3, 0.4)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise UnknownVoiceError(voice.id, f"Kokoro has no voice '{name}'.{hint}")
        try:
            share = float(weight or 1)
        except ValueError:
            raise UnknownVoiceError(voice.id, f"In the blend '{voice.id}', '{weight}' is no weight.") from None
        blend = blend + share * model.get_voice_style(name)
        total += share
    style: Any = (blend / total).astype("float32")  # type: ignore[attr-defined]
    style[: SHORTEST_STYLE - 1] = style[SHORTEST_STYLE - 1]
    return style


def _language(voice: Voice) -> str:
    """Return the language of a voice."""
    return voice.language or language_of(voice.id) or "en-US"


def _with_pronounced_names(utterance: Utterance, voice: Voice) -> Utterance:
    """Return the utterance with pronunciations of names in other languages, if the voice is English."""
    return with_names(utterance) if is_english(_language(voice)) else utterance


def _inline(language: str) -> Callable[[str, Stretch], str]:
    """Return a function that converts a range to the model's phonemes; outside of English only to given ones."""
    if not is_english(language):
        return lambda plain, stretch: dict(stretch.pronunciation.phonemes).get(Kokoro.name, "")
    british = is_british(language)
    return lambda plain, stretch: misaki_of(plain, stretch, Kokoro.name, british=british)


def _stretch_phonemes(text: str, stretch: Stretch, write: Callable[[str, Stretch], str]) -> str:
    """Return the phonemes of a range, by the function *write*."""
    return write(text[stretch.start : stretch.end], stretch)


def _phonemized(tokenizer: Any, utterance: Utterance, voice: Voice) -> Iterator[tuple[Piece, str]]:
    """Yield the pieces of the utterance that fit the model, each with its phonemes."""
    language = _language(voice)
    write = _inline(language)
    utterance = _with_pronounced_names(utterance, voice)
    text = utterance.spoken
    inline = [stretch for stretch in stretches(utterance) if _stretch_phonemes(text, stretch, write)]
    waiting = list(pieces(text, inline, language, LONGEST_PIECE))
    while waiting:
        piece = waiting.pop(0)
        phonemes = _phonemes(tokenizer, piece, language, write) if is_speakable(piece.text) else ""
        if len(phonemes) <= MOST_PHONEMES or len(piece.text) < 2:
            yield piece, phonemes
        else:
            halves = pieces(piece.text, piece.stretches, language, -(-len(piece.text) // 2))
            waiting[:0] = [half._replace(offset=piece.offset + half.offset) for half in halves]


#: Placeholders for ranges with given phonemes while the text around them is phonemized, so that "the" and "a" are
#: pronounced correctly before them: one begins with a consonant, one with a vowel. No language has such words.
STAND_INS = ("zhuzhuzhu", "ozhuzhu")
#: misaki's vowels.
VOWELS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ")


def _phonemes(tokenizer: Any, piece: Piece, language: str, write: Callable[[str, Stretch], str]) -> str:
    """Return the phonemes of a piece, with the given phonemes for its ranges."""
    tag = _phonemizer_tag(language)
    if not piece.stretches:
        return _say(tokenizer, piece.text, tag)
    given = [_stretch_phonemes(piece.text, stretch, write) for stretch in piece.stretches]
    words = [STAND_INS[phonemes.lstrip("ˈˌ")[:1] in VOWELS] for phonemes in given]
    whole = marked(piece.text, piece.stretches, words).text
    around = _stand_in(tokenizer, tag).split(_say(tokenizer, whole, tag))
    if len(around) != len(given) + 1:  # the phonemizer has taken one for something else: part by part, then
        around = [_say(tokenizer, part, tag) for part in _between(piece)]
        return " ".join(part for pair in zip(around, [*given, ""], strict=True) for part in pair if part)
    return "".join(part for pair in zip(around, [*given, ""], strict=True) for part in pair)


@lru_cache(maxsize=8)
def _stand_in(tokenizer: Any, tag: str) -> re.Pattern[str]:
    """Return a pattern for the phonemes of the placeholders, with any stress."""
    phonemes = {re.sub("[ˈˌ]", "", _say(tokenizer, word, tag)) for word in STAND_INS}
    return re.compile(
        "|".join("[ˈˌ]?" + "[ˈˌ]?".join(map(re.escape, sounds)) for sounds in sorted(phonemes, key=len)[::-1])
    )


def _between(piece: Piece) -> list[str]:
    """Return the parts of the text between its ranges."""
    ends = [0, *(stretch.end for stretch in piece.stretches)]
    starts = [*(stretch.start for stretch in piece.stretches), len(piece.text)]
    return [piece.text[end:start] for end, start in zip(ends, starts, strict=True)]


def _phonemizer_tag(language: str) -> str:
    """Return the phonemizer's tag of a language."""
    language = language.lower()
    primary = language.split("-")[0]
    return PHONEMIZER_TAGS.get(language) or PHONEMIZER_TAGS.get(primary) or primary


def _say(tokenizer: Any, text: str, tag: str) -> str:
    """Return the text in the model's phonemes."""
    if not is_speakable(text):
        return ""
    with _PHONEMIZING:
        phonemes: str = _phonemizer(tag).phonemize([text.strip()])[0]
    return "".join(filter(tokenizer.vocab.__contains__, in_alphabet(phonemes, tag))).strip()


def in_alphabet(phonemes: str, tag: str) -> str:
    """Convert eSpeak NG's phonemes to the model's alphabet.

    >>> in_alphabet("ðə t^ʃˈænsɛlɚ pˈɑː^ɹɾiz", "en-us"), in_alphabet("ɡˈə^ʊ", "en-gb"), in_alphabet("t^ʃˈi^a^ʊ", "it")
    ('ðə ʧˈænsɛləɹ pˈɑɹTiz', 'ɡˈQ', 'ʧˈiW')
    """
    table = _alphabet(tag)
    return re.sub("|".join(map(re.escape, table)), lambda sound: table[sound[0]], phonemes)


@cache
def _alphabet(tag: str) -> dict[str, str]:
    """Return the replacements for a language, the longest first."""
    tables = tomllib.loads(Path(__file__).with_name("kokoro.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = tables["every"] | tables.get(tag, {})
    return dict(sorted(table.items(), key=lambda entry: -len(entry[0])))


@cache
def _phonemizer(tag: str) -> Any:
    """Return eSpeak NG for a language, started once: kokoro-onnx would start it for each sentence, in 0.15 s.

    The marks of words in another language, "(en)", are removed, as they would be spoken.
    """
    from phonemizer.backend import EspeakBackend

    return EspeakBackend(tag, preserve_punctuation=True, with_stress=True, tie="^", language_switch="remove-flags")


def _join(spoken: list[tuple[Piece, tuple[bytes, list[PhonemeTime]]]]) -> Clip:
    """Join the pieces of an utterance with short silences; word times are kept if all pieces have them."""
    sounds: list[bytes] = []
    words: list[WordTime] = []
    begun = 0.0
    complete = True
    for piece, (sound, heard) in spoken:
        if sounds and sound:
            sounds.append(silence(PIECE_SILENCE, SAMPLE_RATE))
            begun += PIECE_SILENCE
        spans, offset = piece.words(), piece.offset
        starts = word_starts([piece.text[a:b] for a, b in spans], heard)
        complete = complete and len(spans) == len(starts)
        words += [WordTime(offset + a, offset + b, begun + time) for (a, b), time in zip(spans, starts, strict=False)]
        sounds.append(sound)
        begun += len(sound) / 2 / SAMPLE_RATE
    return Clip(b"".join(sounds), SAMPLE_RATE, tuple(words) if complete else ())
