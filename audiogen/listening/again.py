"""The lines of an episode, spoken anew by the voices that spoke them: what the published sound is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from audiogen.assembler.clip_edges import trim
from audiogen.engines import traits_of
from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.errors import AudiogenError
from audiogen.listening.recogniser import RATE
from audiogen.listening.windows import AFTER, BEFORE
from audiogen.model import Role, Script, Utterance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from audiogen.listening.judging import Speak
    from audiogen.model import Clip
    from audiogen.settings import Settings

    Samples = NDArray[np.float32]


def script_speaker_for(folder: Path, settings: Settings) -> ScriptSpeaker:
    """Make a script speaker that speaks as the show's settings say, and keeps nothing."""
    return ScriptSpeaker(folders=(folder / "voices",), rate=settings.speech.rate or None, options=settings.engines)


def speaker_of(manifest: Mapping[str, Any], script_speaker: ScriptSpeaker) -> Speak | None:
    """Return who speaks the lines of an episode anew; None where its voice is not here, or not on this machine.

    A voice of a server is never asked: it costs, and says nothing the same way twice.
    """
    language = str(manifest["article"].get("language") or "en")
    told = manifest.get("voice", {})
    main = script_speaker.named(str(told.get("name") or ""), language)
    if main is None or (told.get("engine"), told.get("id")) != (main.engine, main.id):
        return None

    def speak(line: Mapping[str, Any]) -> Samples | None:
        own = str(line.get("language") or "")
        utterance = Utterance(line["written"], line["spoken"], 0.0, Role(line["role"]), own)
        script = Script((utterance,), language)
        try:
            (voice,) = script_speaker.cast(script, main)
            if traits_of(voice.engine).remote:
                return None
            (clip,) = script_speaker.speak(script, main)
        except (AudiogenError, ValueError):
            return None
        return _as_published(clip)

    return speak


def _as_published(clip: Clip) -> Samples:
    """Trim the clip as the assembler does, at the recogniser's rate, with the silence of a window around it."""
    import soxr

    piece = trim(clip)
    speech = piece.samples[piece.before : piece.samples.size - piece.after]
    sound = np.asarray(soxr.resample(speech, clip.sample_rate, RATE), dtype=np.float32)
    return np.pad(sound, (round(BEFORE * RATE), round(AFTER * RATE)))
