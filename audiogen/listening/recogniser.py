"""Speech recognition by faster-whisper (MIT), which runs Whisper's models on a CPU (extra `listen`).

A model is downloaded only if it is given by name; a folder is used as it is.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from audiogen.errors import ListeningError
from audiogen.installation import install_command

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

#: Sample rate for a recogniser.
RATE = 16_000
#: Default model.
MODEL = "base"


#: Language tags of articles, and the tags that Whisper uses for them.
_OTHER_TAGS = {"nb": "no", "fil": "tl", "iw": "he", "in": "id", "cmn": "zh"}


class Recogniser(Protocol):
    """An interface of speech recognisers."""

    #: Name and version of the model, by which cached results are valid.
    name: str

    def knows(self, language: str) -> bool:
        """Return whether the model was trained on *language*, a BCP 47 tag."""
        ...

    def recognise(self, samples: Samples, language: str, *, careful: bool = False) -> str:
        """Return the text in mono sound at `RATE`. With *careful*, the search is wider and takes longer."""
        ...


class Whisper:
    """A recogniser with one of Whisper's models. Loading takes a second, and 250 MB for `base`.

    Args:
        model: a name that faster-whisper knows ("base", "small"), which it downloads at first use, or a folder.
        threads: number of threads; 0 means the number of cores.

    Raises:
        ListeningError: faster-whisper is not installed, or the model cannot be loaded.
    """

    def __init__(self, model: str = MODEL, *, threads: int = 0) -> None:
        if find_spec("faster_whisper") is None:
            raise ListeningError(
                model, f"To listen, a recogniser must be installed: `{install_command(extra='listen')}` brings it."
            )
        # Threads of OpenMP that wait in a loop take the cores from threads that have work.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from faster_whisper import WhisperModel

        folder = Path(model).expanduser()
        try:
            self._model: Any = WhisperModel(
                str(folder) if folder.is_dir() else model,
                device="cpu",
                compute_type="int8",
                cpu_threads=threads or os.cpu_count() or 1,
            )
        except Exception as error:  # whatever the hub's client and the runtime throw
            raise ListeningError(
                model,
                f"The recogniser's model '{model}' could not be loaded ({error}). Name one that faster-whisper knows"
                " (base, small…) or the folder of one.",
            ) from error
        self.name = f"faster-whisper {_version()} {folder.name}"
        self._languages = frozenset(self._model.supported_languages)

    def knows(self, language: str) -> bool:
        """Return whether the model was trained on the language; see `Recogniser`."""
        return _whisper_tag(language) in self._languages

    def recognise(self, samples: Samples, language: str, *, careful: bool = False) -> str:
        """Return the recognised text; see `Recogniser`."""
        segments, _ = self._model.transcribe(
            samples,
            language=_whisper_tag(language) if self.knows(language) else None,
            beam_size=5 if careful else 1,
            temperature=0.0,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return " ".join(segment.text.strip() for segment in segments)


def _whisper_tag(language: str) -> str:
    """Return Whisper's tag for a BCP 47 tag.

    >>> [_whisper_tag(tag) for tag in ("en-GB", "nb", "fil", "zh-Hant-TW")]
    ['en', 'no', 'tl', 'zh']
    """
    primary = language.lower().partition("-")[0]
    return _OTHER_TAGS.get(primary, primary)


def _version() -> str:
    from importlib.metadata import version

    return version("faster-whisper")
