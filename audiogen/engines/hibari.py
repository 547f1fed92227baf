"""The engine `hibari`: a small neural voice for English that is installed with pip (package hibari-tts, Apache-2.0).

The voice `heart` is inside the package; the others are downloaded by `audiogen voices install hibari:NAME`. Nothing is
downloaded while speaking: a model is always opened by its path.

The package is young, so only a small part of its interface is used: its phonemizer's tokens (`G2P.tokenize`,
`phonemize_tokens`), its model file and `dsp.synth`. Text with a pronunciation of its own (spelled letters, IPA) is
written as inline phonemes, `[written](/phonemes/)`; brackets of the text itself are replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize
from zlib import crc32

from audiogen.engines import folders
from audiogen.engines.ahead import speak_ahead
from audiogen.engines.graphs import open_session
from audiogen.engines.loading import LoadsModels
from audiogen.engines.marking import ROUND, is_british, marked, misaki_of, pieces, stretches
from audiogen.engines.names import name_in_misaki, names_in
from audiogen.engines.questions import raise_pitch, rises
from audiogen.engines.scripts import LATIN, script_of
from audiogen.engines.sound import silence, to_pcm
from audiogen.engines.traits import Traits
from audiogen.engines.words import has_words, is_speakable
from audiogen.errors import EngineMissingError, SpeechError, UnknownVoiceError, UnsayableError
from audiogen.model import Clip, Synthesis, Voice, WordTime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Self

    from audiogen.engines.marking import Piece, Stretch
    from audiogen.model import Utterance

#: Maximum number of characters that are phonemized at once.
LONGEST_PIECE = 400
#: Maximum number of phonemes for the model, as in hibari itself; a piece with more is divided again.
MOST_PHONEMES = 400
#: Rate of a card at speed 1: on the English of `benchmarks/sentences.toml` and `examples/`, without silence,
#: `heart` speaks 192 words a minute, and eSpeak NG, when asked for 175, speaks 198. So the same rate means the same
#: pace with both.
USUAL_RATE = 170
#: Minimum and maximum speed of the model.
SLOWEST, FASTEST = 0.5, 2.0
SAMPLE_RATE = 24_000
#: Pause between the pieces of an utterance, in seconds.
PIECE_SILENCE = 0.15
#: Between pieces the model's own silence (0.3 s before its words, 0.5 s after them) is cut off, but for a margin in
#: seconds: what is at most this share of the piece's peak, -48 dB.
FLOOR, MARGIN = 10 ** (-48 / 20), 0.02
#: Unit of the model's durations in seconds: two frames of 12.5 ms.
DURATION_UNIT = 0.025
#: Value of the model's graph with each phoneme's duration, which is computed but is no output.
DURATIONS = "/Clip_output_0"
#: Sound before a vowel with the main stress.
STRESS = "ˈ"
#: Quotation marks in the phonemizer's input, and its part-of-speech tags for them.
QUOTES = {"“": "``", "”": "''"}
#: A straight mark that opens: nothing, a space, a bracket or a dash is before it, and a word behind it.
_OPENING = re.compile(r"(?<![^\s([“—–-])\"(?=\S)")
#: The inputs of hibari's models.
INPUTS = {"ids", "speed"}
#: The voice inside the package, and the language of each voice.
BUNDLED = "heart"
LANGUAGES = {"heart": "en-US", "emma": "en-GB", "fenrir": "en-US", "fable": "en-GB", "kore": "en-US"}


@dataclass(frozen=True, slots=True)
class _Word:
    """A token of the phonemizer: its offsets in the text, its phonemes, and whether a space follows it."""

    start: int
    end: int
    phonemes: str
    spaced: bool


@dataclass(frozen=True, slots=True)
class _Model:
    """A loaded voice: its session, the numbers of its sounds, its phonemizer, and whether that is British."""

    session: Any
    numbers: Mapping[str, int]
    g2p: Any
    british: bool


class Hibari(LoadsModels):
    """The engine of hibari's voices, each of which is loaded when it first speaks.

    Args:
        workers: Number of pieces that are spoken at the same time; by default the number of cores.
        models: Folder of voices besides the bundled one; by default the user's.
    """

    name = "hibari"
    traits = Traits(
        Synthesis.TRAINED,
        longest=LONGEST_PIECE,
        parallel=os.cpu_count() or 1,
        threads=True,
        languages=("en-GB", "en-US"),
        word_times=True,
        seeds=True,
    )

    def __init__(self, *, workers: int = 0, models: str = "") -> None:
        super().__init__()
        self._workers = workers or os.cpu_count() or 1
        self._models = Path(models) if models else folders.models() / "hibari"
        self._digests: dict[Path, str] = {}

    def __enter__(self) -> Self:
        load()
        return self

    @property
    def version(self) -> str:
        """The version of hibari-tts."""
        return f"hibari-tts {version_of('hibari-tts')}"

    def fingerprint(self, voice: Voice) -> str:
        """Return a checksum of the voice's model."""
        path = self._path(voice)
        if path not in self._digests:
            self._digests[path] = f"{crc32(path.read_bytes()):08x}"
        return self._digests[path]

    def voices(self) -> Iterable[Voice]:
        """Return the voices with an installed model."""
        return [
            Voice(f"{self.name}:{name}", self.name, name, language, synthesis=Synthesis.TRAINED)
            for name, language in LANGUAGES.items()
            if model_of(Voice(name, self.name, name), self._models)[0].is_file()
        ]

    def given(self, utterance: Utterance, voice: Voice) -> str:
        """Return the text that the phonemizer gets, with inline phonemes, as a part of the cache's key.

        It is followed by names in other languages with their pronunciation (whether the phonemizer knows them is not
        checked, because that would load it), by a mark if the utterance ends as a rising question, and by its pace.
        """
        british = _is_british(voice)
        plain = _plain(utterance.spoken)
        names = [f"\n{name} {name_in_misaki(name, british=british)}" for name in names_in(plain)]
        rising = "\n↗" if _rises(plain) else ""
        pace = "" if (share := _pace(utterance)) == 1.0 else f"\n×{share}"
        return _written(plain, stretches(utterance), british) + "".join(names) + rising + pace

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance; may be called from several threads."""
        text = utterance.spoken
        model = self._model(voice)
        if not is_speakable(text):
            return Clip(b"", SAMPLE_RATE)
        if foreign := foreign_letters(text):
            message = f"hibari has no sounds for the letters “{foreign}” of “{text[:120]}”."
            raise UnsayableError(utterance, message, clip=Clip(b"", SAMPLE_RATE))
        try:
            found = list(_pieces(model, utterance))
            rising = len(found) - 1 if _rises(text) else -1
            speed = _speed(voice) * _pace(utterance)
            clip = _join(
                [
                    _speak_piece(model, *piece, speed, _seed(voice), rising=number == rising)
                    for number, piece in enumerate(found)
                ]
            )
        except Exception as error:  # whatever phonemizer and runtime throw
            raise SpeechError(utterance, f"hibari did not speak “{text[:120]}”: {error}.") from error
        if has_words(text) and not clip.pcm:
            raise SpeechError(utterance, f"hibari has no sounds for “{text[:120]}”: is it English?", clip=clip)
        return clip

    def speak_all(self, utterances: Iterable[Utterance], voice: Voice) -> Iterator[Clip]:
        """Speak the utterances in order, several at once."""
        return speak_ahead(self.speak, utterances, voice, self._workers)

    def load(self, voice: Voice) -> None:
        """Load a voice before it speaks.

        Raises:
            UnknownVoiceError: hibari has no such voice, or its model is not installed.
        """
        self._model(voice)

    def _model(self, voice: Voice) -> _Model:
        """Return the loaded model of a voice."""
        path = self._path(voice)
        model: _Model = self._load_once(path, lambda: _load(path, voice))
        return model

    def _path(self, voice: Voice) -> Path:
        """Return the path of the voice's model.

        Raises:
            UnknownVoiceError: hibari has no such voice, or its model is not installed.
        """
        if "model" not in voice.options and voice.id not in LANGUAGES:
            known = ", ".join(sorted(LANGUAGES))
            raise UnknownVoiceError(voice.id, f"hibari has no voice '{voice.id}'. It has {known}.")
        path, _ = model_of(voice, self._models)
        if not path.is_file():
            fetch = f" `audiogen voices install hibari:{voice.id}` fetches it." if voice.id in downloads() else ""
            raise UnknownVoiceError(voice.id, f"There is no model at {path}.{fetch}")
        return path


@cache
def downloads() -> Mapping[str, Any]:
    """Return the file, size, SHA-256 and language of the voices that can be downloaded, by name."""
    voices: Mapping[str, Any] = _table()["voices"]
    return voices


def base_url() -> str:
    """Return the base URL of the downloads."""
    return str(_table()["base_url"])


@cache
def _table() -> Mapping[str, Any]:
    """Return the content of `hibari.toml`."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def model_of(voice: Voice, folder: Path | None = None) -> tuple[Path, int]:
    """Return the path and the size of the voice's model; the size is 0 if unknown. Nothing is imported."""
    if named := voice.options.get("model"):
        return Path(str(named)).expanduser(), 0
    if voice.id == BUNDLED:
        facts = _facts_of_bundled()
        return _assets() / str(facts["file"]), int(facts["bytes"])
    facts = downloads().get(voice.id, {})
    return (folder or folders.models() / "hibari") / str(facts.get("file", voice.id)), int(facts.get("bytes", 0))


def _assets() -> Path:
    """Return the folder of hibari's data."""
    found = find_spec("hibari")
    return Path(found.origin if found and found.origin else "hibari").parent / "assets"


def _facts_of_bundled() -> Mapping[str, Any]:
    """Return file, size and SHA-256 of the bundled voice."""
    try:
        facts: Mapping[str, Any] = json.loads((_assets() / "voices.json").read_text(encoding="utf-8"))[BUNDLED]
    except (OSError, ValueError, KeyError):
        return {"file": "hibari.onnx", "bytes": 0, "sha256": ""}
    return facts


def load() -> None:
    """Import the packages that hibari needs.

    Raises:
        EngineMissingError: One is not installed, or cannot be imported.
    """
    for name in ("onnxruntime", "hibari", "hibari.g2p"):
        try:
            import_module(name)
        except Exception as error:  # a library that is missing shows as any error
            message = (
                f"The voice hibari needs the packages hibari-tts and onnxruntime; {name} could not be loaded ({error})."
            )
            raise EngineMissingError("hibari", message) from error


def check(name: str) -> None:
    """Check that the voice *name* can speak: import its packages, and compare its model's digest.

    Raises:
        EngineMissingError: A package is not installed, or cannot be imported.
        UnknownVoiceError: The model is not installed, or is damaged.
    """
    load()
    path = Hibari()._path(Voice(name, "hibari", name))
    facts = _facts_of_bundled() if name == BUNDLED else downloads()[name]
    with path.open("rb") as file:
        if facts["sha256"] not in ("", hashlib.file_digest(file, "sha256").hexdigest()):
            raise UnknownVoiceError(name, f"The model {path} is damaged: it is not the file that hibari lists.")


def foreign_letters(text: str) -> str:
    """Return the first run of non-Latin letters, which the phonemizer drops or spells incorrectly.

    "" if there is none.

    >>> foreign_letters("He said Привет, friend"), foreign_letters("naïve Łódź ﬁne ªº"), foreign_letters("漢字")
    ('Привет', '', '漢字')
    """
    run = ""
    for character in text:
        if script_of(character) not in ("", LATIN):
            run += character
        elif run:
            break
    return run


def _is_british(voice: Voice) -> bool:
    """Return whether a voice is British."""
    return is_british(LANGUAGES.get(voice.id, voice.language))


def _load(path: Path, voice: Voice) -> _Model:
    """Return the loaded model and phonemizer of a voice; both are thread-safe."""
    british = _is_british(voice)
    try:
        g2p = _phonemizer(british)
        # Sentences differ in length: with an arena each worker would keep the memory of its longest, some 40 MB more.
        session = open_session(path, DURATIONS, arena=False)
        if (takes := {given.name for given in session.get_inputs()}) != INPUTS:
            raise ValueError(f"it takes {', '.join(sorted(takes)) or 'nothing'}")
        numbers = json.loads((_assets() / "vocab.json").read_text(encoding="utf-8"))
    except Exception as error:  # a runtime that knows no common error type
        raise UnknownVoiceError(voice.id, f"The model {path} could not be loaded: {error}.") from error
    return _Model(session, numbers, g2p, british)


def _phonemizer(british: bool) -> Any:
    """Return hibari's phonemizer with a replacement for its guess at unknown words.

    Names with the spelling of another language are pronounced as in that language, except words that English has
    without the accents ("Café"). Others are guessed by English rules; hibari's guess drops long words, so they are
    divided for it.
    """
    from hibari.g2p import ASSETS, G2P
    from hibari.g2p.oov import OOV

    model = Path(ASSETS) / ("oov_gb.onnx" if british else "oov.onnx")
    guess = OOV(str(model), open_session(model, arena=False))

    def say(word: str) -> str:
        if not _is_english_word(g2p, word) and (phonemes := name_in_misaki(word, british=british)):
            return phonemes
        parts = [word[start : start + guess.maxlen] for start in range(0, len(word), guess.maxlen)]
        return "".join(guess(part) or "" for part in parts)

    g2p = G2P(oov=say, british=british)
    tags = g2p.tagger
    g2p.tagger = lambda words: _tags_apart_from_quotes(tags, words)
    return g2p


def _tags_apart_from_quotes(tags: Callable[[list[str]], list[str]], words: list[str]) -> list[str]:
    """Return the part-of-speech tags of words, computed without quotation marks, which have their own tags.

    hibari takes many quotation marks for words. It then guesses the pronunciation of the word beside it ("This" with
    the sound of "thin"), and takes an article after it for the letter A.
    """
    found = iter(tags([word for word in words if word not in QUOTES]))
    return [QUOTES.get(word) or next(found) for word in words]


def _is_english_word(g2p: Any, word: str) -> bool:
    """Return whether the phonemizer's lexicons have a word, without accents, in lower case."""
    letters = "".join(letter for letter in normalize("NFD", word.lower()) if not combining(letter))
    plain = re.sub(r"['’]?s$", "", letters)
    words = (g2p.lexicon.golds.d, g2p.lexicon.silvers.d)
    return any(form in known for form in (letters, plain) for known in words)


def _pieces(model: _Model, utterance: Utterance) -> Iterator[tuple[int, list[_Word]]]:
    """Yield the pieces of the utterance that fit the model, each with its offset and its words."""
    waiting = list(pieces(utterance.spoken, stretches(utterance), "en", LONGEST_PIECE))
    while waiting:
        piece = waiting.pop(0)
        words = _phonemized(model, piece) if is_speakable(piece.text) else []
        if sum(len(word.phonemes) + word.spaced for word in words) <= MOST_PHONEMES or len(piece.text) < 2:
            yield piece.offset, words
        else:
            halves = pieces(piece.text, piece.stretches, "en", -(-len(piece.text) // 2))
            waiting[:0] = [half._replace(offset=piece.offset + half.offset) for half in halves]


def _phonemized(model: _Model, piece: Piece) -> list[_Word]:
    """Return the phonemizer's words of a piece, each with its offset."""
    plain = _plain(piece.text)
    words, offset = [], 0
    for token in model.g2p.phonemize_tokens(model.g2p.tokenize(_written(plain, piece.stretches, model.british))):
        start = max(offset, plain.find(token.text, offset))
        offset = min(len(plain), start + len(token.text))
        words.append(_Word(start, offset, token.phonemes or "", bool(token.whitespace)))
    return words


def _plain(text: str) -> str:
    """Return a text with its brackets replaced, so that they are not markup, and with typographic quotation marks.

    >>> _plain('"We met [once]," she said ("a pity").')
    '“We met (once),” she said (“a pity”).'
    """
    return _OPENING.sub("“", text.translate(ROUND)).replace('"', "”")


def _written(plain: str, found: Iterable[Stretch], british: bool) -> str:
    """Return the phonemizer's input: pronunciations are written as `[written](/phonemes/)`."""
    inline, written = [], []
    for stretch in found:
        part = plain[stretch.start : stretch.end]
        if phonemes := misaki_of(part, stretch, Hibari.name, british=british):
            inline.append(stretch)
            written.append(f"[{part}](/{phonemes}/)")
    return marked(plain, inline, written).text


def _rises(text: str) -> bool:
    """Return whether a text ends as a question with rising pitch."""
    table = _table()["questions"]
    return rises(text, table["asking"].split(), table["before"].split())


def _speak_piece(
    model: _Model, offset: int, words: list[_Word], speed: float, seed: int, *, rising: bool = False
) -> tuple[Any, list[WordTime]]:
    """Return the samples of one piece, and the start of each of its words; *rising* raises the pitch at the end."""
    import numpy
    from hibari import dsp

    known = model.numbers
    ids, starts = [0], []
    for word in words:
        starts.append(len(ids))
        ids += [known[sound] for sound in word.phonemes + " " * word.spaced if sound in known]
    if not any(has_words(word.phonemes) for word in words):  # of punctuation alone it makes a breath of noise
        return (), []
    ids.append(0)
    speeds = numpy.array([min(FASTEST, max(SLOWEST, speed))], numpy.float32)
    given = {"ids": numpy.array([ids], numpy.int64), "speed": speeds}
    outputs = model.session.run(None, given)
    spectra, pitch = [part[0] for part in outputs[:5]], outputs[5][0]
    durations = outputs[6].ravel() if len(outputs) > 6 else _even(len(ids), len(pitch) * dsp.HOP)
    begins = numpy.concatenate(([0.0], numpy.cumsum(durations))) * DURATION_UNIT
    if rising:
        stressed = [index for index, sound in enumerate(ids) if sound == known.get(STRESS)]
        frame = dsp.HOP / SAMPLE_RATE
        pitch = raise_pitch(pitch, spectra[0].max(axis=0), float(begins[stressed[-1]]) if stressed else 0.0, frame)
    samples = dsp.synth(*spectra, pitch, numpy.random.default_rng(seed))
    times = [
        WordTime(offset + word.start, offset + word.end, float(begins[index]))
        for word, index in zip(words, starts, strict=True)
        if has_words(word.phonemes)
    ]
    return samples, times


def _speed(voice: Voice) -> float:
    """Return the model's speed for the voice's rate."""
    return (voice.rate or USUAL_RATE) / USUAL_RATE


def _pace(utterance: Utterance) -> float:
    """Return the pace for the utterance's role, as a factor of the voice's own."""
    return float(_table()["paces"].get(utterance.role.value, 1.0))


def _seed(voice: Voice) -> int:
    """Return the seed of the voice's noise, by which the same text has the same sound."""
    seed = voice.options.get("seed", 0)
    return seed if isinstance(seed, int) else 0


def _even(sounds: int, samples: int) -> Any:
    """Return equal durations for all phonemes, for a model that does not return them."""
    import numpy

    return numpy.full(sounds, samples / SAMPLE_RATE / DURATION_UNIT / sounds)


def _join(pieces: list[tuple[Any, list[WordTime]]]) -> Clip:
    """Return the pieces as one clip, with a short pause in place of the model's silence between them."""
    pieces = [piece for piece in pieces if len(piece[0])]
    sounds: list[bytes] = []
    words: list[WordTime] = []
    begun = 0.0
    for number, (samples, times) in enumerate(pieces):
        first, last = _within_silence(samples)
        first = first if number else 0
        last = last if number < len(pieces) - 1 else len(samples)
        words += [replace(word, time=max(0.0, begun + word.time - first / SAMPLE_RATE)) for word in times]
        sounds.append(to_pcm(samples[first:last]))
        begun += (last - first) / SAMPLE_RATE
        if number < len(pieces) - 1:
            sounds.append(silence(PIECE_SILENCE, SAMPLE_RATE))
            begun += PIECE_SILENCE
    return Clip(b"".join(sounds), SAMPLE_RATE, tuple(words))


def _within_silence(samples: Any) -> tuple[int, int]:
    """Return the first and last sample of sound, with a margin on both sides."""
    import numpy

    level = numpy.abs(samples)
    heard = numpy.flatnonzero(level > FLOOR * level.max())
    margin = round(MARGIN * SAMPLE_RATE)
    return (max(0, int(heard[0]) - margin), min(len(samples), int(heard[-1]) + margin)) if heard.size else (0, 0)
