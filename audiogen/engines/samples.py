"""Speaks a sample of a voice: a sentence of its language."""

from __future__ import annotations

import tomllib
import wave
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.engines import open_engine
from audiogen.errors import LibraryError
from audiogen.model import Utterance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from audiogen.model import Clip, Voice


def sample_text(language: str) -> str:
    """Return the sample sentence of a language; the English one if there is none.

    >>> sample_text("de-AT")[:11]
    'Guten Abend'
    """
    texts = _texts()
    return texts.get(language.lower().split("-")[0], texts["en"])


@cache
def _texts() -> dict[str, str]:
    """Return the sample sentences by language."""
    return tomllib.loads(Path(__file__).with_name("samples.toml").read_text(encoding="utf-8"))


def speak_sample(voice: Voice, text: str = "", options: Mapping[str, Any] | None = None) -> Clip:
    """Return the clip of a text, or of the language's sample."""
    text = text or sample_text(voice.language)
    with open_engine(voice.engine, options) as engine:
        return engine.speak(Utterance(text, text), voice)


def write_wav(clip: Clip, path: Path) -> None:
    """Write a clip as a WAV file.

    Raises:
        LibraryError: The file cannot be written.
    """
    try:
        with path.open("wb") as file, wave.open(file, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(clip.sample_rate)
            sound.writeframes(clip.pcm)
    except OSError as error:
        raise LibraryError(path, f"{path} cannot be written ({error.strerror}). Name another file with -o.") from error
