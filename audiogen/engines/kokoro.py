"""The engine `kokoro`: one small model with many voices (package kokoro-onnx, extra `kokoro`).

A card's id is a voice's name ("af_heart") or a blend of several ("af_heart:0.7+am_adam:0.3"). The model, `*.onnx`, and
its voices, `voices*.bin`, lie in the models folder or where the card's options `model` and `styles` say.
"""

from __future__ import annotations

import logging
import os
from difflib import get_close_matches
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from audiogen.engines import places
from audiogen.engines.ahead import speak_ahead
from audiogen.engines.sound import silence, to_pcm
from audiogen.engines.traits import Traits
from audiogen.engines.words import cut, has_words, is_speakable, pieces_for_espeak, word_spans
from audiogen.errors import EngineMissingError, SpeechError, UnknownVoiceError
from audiogen.installation import install_command
from audiogen.model import Clip, Synthesis, Voice, WordTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from audiogen.model import Utterance

#: Characters phonemized at once. The model takes 510 phonemes and rushes long before that.
LONGEST_PIECE = 300
#: Phonemes given to the model at most: a piece that sounds longer is cut again.
MOST_PHONEMES = 400
#: A style is chosen by the number of phonemes. Those for fewer than this make a voice babble, so this one is used.
SHORTEST_STYLE = 24
#: Words a minute at speed 1, against which a card's rate is measured, and the speeds the model takes.
USUAL_RATE = 175
SLOWEST, FASTEST = 0.5, 2.0
SAMPLE_RATE = 24_000
#: Seconds between the pieces of one utterance.
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
#: What the phonemizer, eSpeak NG, calls a language.
PHONEMIZER_TAGS = {"en": "en-us", "en-us": "en-us", "en-gb": "en-gb", "fr": "fr-fr", "pt": "pt-br"}


class Kokoro:
    """The Kokoro model, loaded when first spoken with.

    Args:
        workers: pieces spoken at once; as many as there are cores where it is not given.
        models: folder of the model and its voices; the user's where it is not given.
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
        self._workers = workers or os.cpu_count() or 1
        self._models = Path(models) if models else places.models() / "kokoro"
        self._loaded: dict[tuple[Path, Path], Any] = {}
        self._loading = Lock()

    def __enter__(self) -> Self:
        if find_spec("kokoro_onnx") is None:
            raise EngineMissingError(
                self.name,
                f"Kokoro is not installed: `{install_command(extra='kokoro')}` brings it (not on Python 3.14).",
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loaded.clear()

    @property
    def version(self) -> str:
        """Name the version of kokoro-onnx."""
        return f"kokoro-onnx {version_of('kokoro-onnx')}"

    def fingerprint(self, voice: Voice) -> str:
        """Tell the files of the model and its voices from others under the same names."""
        files = [path.stat() for path in self._paths(voice)]
        return " ".join(f"{status.st_size} {status.st_mtime_ns}" for status in files)

    def voices(self) -> Iterable[Voice]:
        """List the voices in the folder's file of voices."""
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
            pieces = [
                (offset, piece, self._speak_piece(model, phonemes, style, voice))
                for offset, piece, phonemes in _phonemized(model, text, voice)
            ]
        except Exception as error:  # whatever phonemizer and runtime throw
            raise SpeechError(utterance, f"Kokoro did not speak “{text[:120]}”: {error}.") from error
        clip = _join(pieces)
        if has_words(text) and not clip.pcm:
            said = f"Kokoro has no sounds for “{text[:120]}”: is it in the voice's language?"
            raise SpeechError(utterance, said, heard=clip)
        return clip

    def speak_all(self, utterances: Iterable[Utterance], voice: Voice) -> Iterator[Clip]:
        """Speak the utterances in order, several at once."""
        return speak_ahead(self.speak, utterances, voice, self._workers)

    def _speak_piece(self, model: Any, phonemes: str, style: Any, voice: Voice) -> tuple[bytes, list[float]]:
        """Return the sound of one piece and the seconds its words begin at, where the model tells them."""
        if not phonemes:
            return b"", []
        speed = min(FASTEST, max(SLOWEST, (voice.rate or USUAL_RATE) / USUAL_RATE))
        # Silence is not trimmed and no pause put in: whoever joins the clips does both, for every engine alike.
        samples, _, timings = model.create_timed(
            phonemes, style, speed=speed, is_phonemes=True, trim=False, sentence_pause=0.0, clause_pause=0.0
        )
        return to_pcm(samples), _word_starts(timings)

    def _model(self, voice: Voice) -> Any:
        paths = self._paths(voice)
        with self._loading:
            if paths not in self._loaded:
                self._loaded[paths] = _load(*paths)
            return self._loaded[paths]

    def _paths(self, voice: Voice) -> tuple[Path, Path]:
        """Find the model and its voices."""
        model = self._file(voice, "model", "*.onnx")
        return model, self._file(voice, "styles", "voices*.bin")

    def _file(self, voice: Voice, option: str, pattern: str) -> Path:
        named = voice.options.get(option)
        found = [Path(str(named)).expanduser()] if named else sorted(self._models.glob(pattern))
        if found and found[-1].is_file():
            return found[-1]
        where = found[-1] if found else self._models / pattern
        raise UnknownVoiceError(
            voice.id, f"There is no Kokoro model at {where}. `audiogen voices install kokoro` fetches it."
        )


def language_of(name: str) -> str:
    """Tell the language of a voice by its name.

    >>> language_of("bf_emma"), language_of("xx")
    ('en-GB', '')
    """
    return LANGUAGES.get(name[:1], "") if name[2:3] == "_" else ""


def _load(model: Path, styles: Path) -> Any:
    from kokoro_onnx import Kokoro as Model
    from onnxruntime import InferenceSession, SessionOptions

    for library in ("kokoro_onnx", "phonemizer"):  # both write to stderr through handlers of their own
        logging.getLogger(library).handlers[:] = [logging.NullHandler()]
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        loaded = Model.from_session(InferenceSession(str(model), options, ["CPUExecutionProvider"]), str(styles))
        # It reads each style out of a zip file when it is asked for, which two threads must not do at once.
        loaded.voices = dict(loaded.voices.items())
        return loaded
    except Exception as error:  # a runtime that knows no common error type
        raise UnknownVoiceError(str(model), f"The Kokoro model {model} could not be loaded: {error}.") from error


def _style(model: Any, voice: Voice) -> Any:
    """Blend the voices the card names, by weight; the styles of very short texts are replaced by a steadier one.

    Raises:
        UnknownVoiceError: one of them is not there, or a weight is no number.
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


def _phonemized(model: Any, text: str, voice: Voice) -> Iterator[tuple[int, str, str]]:
    """Cut the text into pieces whose phonemes the model takes, each with its offset and phonemes."""
    language = (voice.language or language_of(voice.id) or "en-US").lower()
    tag = PHONEMIZER_TAGS.get(language) or PHONEMIZER_TAGS.get(language.split("-")[0]) or language.split("-")[0]
    waiting = pieces_for_espeak(text, language, LONGEST_PIECE)
    while waiting:
        offset, piece = waiting.pop(0)
        phonemes = model.tokenizer.phonemize(piece, tag) if is_speakable(piece) else ""
        if len(phonemes) <= MOST_PHONEMES or len(piece) < 2:
            yield offset, piece, phonemes
        else:
            waiting[:0] = [(offset + start, part) for start, part in cut(piece, -(-len(piece) // 2))]


def _word_starts(timings: Iterable[Any]) -> list[float]:
    starts: list[float] = []
    between = True
    for timing in timings:
        if timing.phoneme == " ":
            between = True
        elif between and timing.phoneme.isalpha():
            starts.append(timing.start)
            between = False
    return starts


def _join(pieces: list[tuple[int, str, tuple[bytes, list[float]]]]) -> Clip:
    sounds: list[bytes] = []
    words: list[WordTime] = []
    begun = 0.0
    complete = True
    for offset, text, (sound, starts) in pieces:
        if sounds and sound:
            sounds.append(silence(PIECE_SILENCE, SAMPLE_RATE))
            begun += PIECE_SILENCE
        spans = word_spans(text)
        complete = complete and len(spans) == len(starts)
        words += [WordTime(offset + a, offset + b, begun + time) for (a, b), time in zip(spans, starts, strict=False)]
        sounds.append(sound)
        begun += len(sound) / 2 / SAMPLE_RATE
    return Clip(b"".join(sounds), SAMPLE_RATE, tuple(words) if complete else ())
