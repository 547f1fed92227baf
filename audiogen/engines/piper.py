"""The engine `piper`: neural voices that run on an ordinary processor (package piper-tts, extra `piper`).

A voice is a model file and its `.onnx.json`, named by path or by name in the models folder. To use several cores, one
session with a separate thread for each sentence is the fastest and loads the model once; more threads inside the
session, or a process for each worker, cost up to 20 %.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.metadata import version as version_of
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audiogen.engines import folders
from audiogen.engines.ahead import speak_ahead
from audiogen.engines.alignment import PhonemeTime, word_starts
from audiogen.engines.graphs import open_session
from audiogen.engines.loading import LoadsModels
from audiogen.engines.marking import Marked, is_english, marked_for_espeak, sounds_of
from audiogen.engines.names import with_names
from audiogen.engines.sound import silence, to_pcm
from audiogen.engines.traits import Traits
from audiogen.engines.words import has_words, is_speakable, word_spans
from audiogen.errors import EngineMissingError, SpeechError, UnknownVoiceError
from audiogen.installation import install_command
from audiogen.model import Clip, Synthesis, Voice, WordTime

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from audiogen.model import Utterance

#: Maximum number of characters for the model: its memory grows with them, and it was not trained on longer texts.
LONGEST_PIECE = 500
#: Usual pace of the voices in words per minute, to which a card's rate is relative.
USUAL_RATE = 175
#: Pause between sentences of an utterance, in seconds; the model makes hardly any.
SENTENCE_SILENCE = 0.2
#: Value of the models' graphs with the number of frames of each phoneme; most models do not return it.
DURATIONS = "/Ceil_output_0"
#: Options of a card, by name, and the field of piper's SynthesisConfig each one sets.
SCALES = {"noise_scale": "noise_scale", "noise_w": "noise_w_scale"}


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The result for one sentence: sound, and the frames of each phoneme, if the model returns them."""

    pcm: bytes
    phonemes: tuple[tuple[str, int], ...]


class Piper(LoadsModels):
    """Piper's models, loaded at first use and kept.

    Args:
        workers: Number of sentences that are spoken at the same time; by default the number of cores.
        models: Folder of models that are named without a path; by default the user's.
    """

    name = "piper"
    traits = Traits(Synthesis.TRAINED, longest=LONGEST_PIECE, parallel=1, threads=True, word_times=True)

    def __init__(self, *, workers: int = 0, models: str = "") -> None:
        super().__init__()
        self._workers = workers or os.cpu_count() or 1
        self._models = Path(models) if models else folders.models() / "piper"

    def __enter__(self) -> Self:
        if find_spec("piper") is None:
            raise EngineMissingError(
                self.name, f"Piper is not installed: `{install_command(extra='piper')}` brings it."
            )
        # Without a handler anywhere, its warnings about unknown phonemes would end up on stderr.
        logging.getLogger("piper").addHandler(logging.NullHandler())
        return self

    @property
    def version(self) -> str:
        """The version of piper-tts."""
        return f"piper-tts {version_of('piper-tts')}"

    def fingerprint(self, voice: Voice) -> str:
        """Return a digest of the model file."""
        status = self._path(voice).stat()
        return f"{status.st_size} {status.st_mtime_ns}"

    def voices(self) -> Iterable[Voice]:
        """Return the voices of the models in the folder."""
        return [_card(path) for path in sorted(self._models.glob("*.onnx")) if _config_of(path).is_file()]

    def speak(self, utterance: Utterance, voice: Voice) -> Clip:
        """Speak one utterance; may be called from several threads."""
        model = self._model(voice)
        text = utterance.spoken
        rate: int = model.config.sample_rate
        if not is_speakable(text):
            return Clip(b"", rate)
        how = _synthesis_config(model, voice)
        try:
            spoken = [
                (offset, piece, self._speak_piece(model, piece.text, how)) for offset, piece in _given(utterance, voice)
            ]
        except Exception as error:  # whatever the model's runtime throws
            raise SpeechError(utterance, f"Piper did not speak “{text[:120]}”: {error}.") from error
        clip = _join(spoken, rate, float(voice.options.get("sentence_silence", SENTENCE_SILENCE)))  # type: ignore[arg-type]
        if has_words(text) and not clip.pcm:
            message = f"Piper has no sounds for “{text[:120]}”: is it in the voice's language?"
            raise SpeechError(utterance, message, clip=clip)
        return clip

    def speak_all(self, utterances: Iterable[Utterance], voice: Voice) -> Iterator[Clip]:
        """Speak the utterances in order, several at once."""
        return speak_ahead(self.speak, utterances, voice, self._workers)

    def given(self, utterance: Utterance, voice: Voice) -> str:
        """Return the text that the model gets, with its pronunciations, as a part of the cache's key."""
        return "".join(piece.text for _, piece in _given(utterance, voice))

    def _speak_piece(self, model: Any, text: str, how: Any) -> list[_Spoken]:
        """Return the sentences of one piece; *how* is from `_synthesis_config`."""
        chunks = model.synthesize(text, how, include_alignments=len(model.session.get_outputs()) > 1)
        return [
            _Spoken(
                to_pcm(chunk.audio_float_array),
                tuple((part.phoneme, int(part.num_samples)) for part in chunk.phoneme_alignments or ()),
            )
            for chunk in chunks
        ]

    def _model(self, voice: Voice) -> Any:
        """Return the loaded model of a voice."""
        path = self._path(voice)
        return self._load_once(path, lambda: _load(path))

    def _path(self, voice: Voice) -> Path:
        """Return the path of the model by the voice's path or name.

        Raises:
            UnknownVoiceError: There is none, or it lacks its configuration.
        """
        path = Path(voice.id).expanduser()
        if path.suffix != ".onnx":
            path = self._models / f"{voice.id}.onnx"
        if voice.id and path.is_file() and _config_of(path).is_file():
            return path
        near = get_close_matches(voice.id, [known.id for known in self.voices()], 3, 0.5)
        hint = (
            f"Did you mean {' or '.join(near)}?" if near else f"`audiogen voices install piper:{voice.id}` fetches it."
        )
        raise UnknownVoiceError(voice.id, f"There is no Piper voice '{voice.id}' in {path.parent}. {hint}")


def _given(utterance: Utterance, voice: Voice) -> Iterator[tuple[int, Marked]]:
    """Yield the pieces for the model, each with its offset in the spoken text."""
    if is_english(voice.language):
        utterance = with_names(utterance)
    return marked_for_espeak(utterance, voice.language, LONGEST_PIECE, sounds_of(voice.language, Piper.name))


def _load(path: Path) -> Any:
    """Load a Piper voice."""
    from piper import PiperVoice
    from piper.config import PiperConfig

    try:
        config = PiperConfig.from_dict(json.loads(_config_of(path).read_text(encoding="utf-8")))
        session = open_session(path, DURATIONS)
    except Exception as error:  # a runtime that knows no common error type
        raise UnknownVoiceError(str(path), f"The Piper voice {path} could not be loaded: {error}.") from error
    return PiperVoice(session=session, config=config)


def _synthesis_config(model: Any, voice: Voice) -> Any:
    """Return the synthesis configuration. Sentences are not normalized, which would make loudness vary."""
    from piper.config import SynthesisConfig

    pace = USUAL_RATE / voice.rate if voice.rate else 1.0
    scale = float(voice.options.get("length_scale", model.config.length_scale))
    scales = {field: float(voice.options[option]) for option, field in SCALES.items() if option in voice.options}  # type: ignore[arg-type]
    return SynthesisConfig(
        speaker_id=_speaker(model, voice), length_scale=scale * pace, normalize_audio=False, **scales
    )


def _speaker(model: Any, voice: Voice) -> int | None:
    """Return the number of the card's speaker; None if it has none."""
    speaker = voice.options.get("speaker")
    if speaker is None or isinstance(speaker, int):
        return speaker
    if speaker not in model.config.speaker_id_map:
        known = ", ".join(list(model.config.speaker_id_map)[:10])
        raise UnknownVoiceError(voice.id, f"The Piper voice '{voice.id}' has no speaker '{speaker}', but {known}.")
    number: int = model.config.speaker_id_map[speaker]
    return number


def _config_of(path: Path) -> Path:
    """Return the path of a model's configuration."""
    return path.with_name(f"{path.name}.json")


def _card(path: Path) -> Voice:
    """Return the voice of a model without a card."""
    try:
        config = json.loads(_config_of(path).read_text(encoding="utf-8"))
        language = str(config.get("language", {}).get("code", "")).replace("_", "-")
    except (OSError, ValueError, AttributeError):
        language = ""
    return Voice(f"piper:{path.stem}", "piper", path.stem, language, "Piper", synthesis=Synthesis.TRAINED)


def _join(spoken: list[tuple[int, Marked, list[_Spoken]]], rate: int, pause: float) -> Clip:
    """Return the sentences of all pieces as one clip, with pauses between them."""
    sounds: list[bytes] = []
    words: list[WordTime] = []
    begun = 0
    for offset, piece, sentences in spoken:
        heard: list[PhonemeTime] = []
        for sentence in sentences:
            if sounds:
                sounds.append(silence(pause, rate))
                begun += len(sounds[-1]) // 2
            heard += [*_phoneme_times(sentence.phonemes, begun, rate), PhonemeTime(" ", 0.0, 0.0)]
            sounds.append(sentence.pcm)
            begun += len(sentence.pcm) // 2
        spans = _words(piece)
        starts = word_starts([piece.text[a:b] for a, b in word_spans(piece.text)], heard)
        if len(starts) == len(spans):
            words += [WordTime(offset + a, offset + b, time) for (a, b), time in zip(spans, starts, strict=True)]
    return Clip(b"".join(sounds), rate, tuple(words) if len(words) == sum(len(_words(p)) for _, p, _ in spoken) else ())


def _words(piece: Marked) -> list[tuple[int, int]]:
    """Return the words of a piece, as offsets in the spoken piece."""
    return [piece.spoken_span(*span) for span in word_spans(piece.text)]


def _phoneme_times(phonemes: tuple[tuple[str, int], ...], begun: int, rate: int) -> Iterator[PhonemeTime]:
    """Yield the times of the phonemes of a sentence that begins at frame *begun*."""
    for phoneme, frames in phonemes:
        yield PhonemeTime(phoneme, begun / rate, (begun + frames) / rate)
        begun += frames
