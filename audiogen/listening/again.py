"""Speaks the lines of an episode again, to compare the published sound with the new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from audiogen.assembler.clip_edges import trim
from audiogen.engines import traits_of
from audiogen.engines.names import names_in
from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.engines.words import SPELLED
from audiogen.episodes.manifest import SPEECH_DIGITS, pronunciations_of
from audiogen.errors import AudiogenError
from audiogen.listening.hearing import words_of
from audiogen.listening.judging import Fresh
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
    """Return a script speaker with the settings of the show in *folder*, without the cache of clips."""
    return ScriptSpeaker(folders=(folder / "voices",), rate=settings.speech.rate or None, options=settings.engines)


def speaker_of(manifest: Mapping[str, Any], script_speaker: ScriptSpeaker) -> Speak | None:
    """Return a function that speaks a line of an episode again; None if the episode's voice is not on this machine.

    Remote voices are never used: they cost money, and speak a text differently each time.
    """
    language = str(manifest["article"].get("language") or "en")
    recorded = manifest.get("voice", {})
    main = script_speaker.named(str(recorded.get("name") or ""), language)
    if main is None or (recorded.get("engine"), recorded.get("id")) != (main.engine, main.id):
        return None

    def speak(line: Mapping[str, Any]) -> Fresh | None:
        line_language = str(line.get("language") or "")
        pronunciations = pronunciations_of(line)
        utterance = Utterance(
            line["written"], line["spoken"], 0.0, Role(line["role"]), line_language, pronunciations=pronunciations
        )
        script = Script((utterance,), language)
        try:
            (voice,) = script_speaker.cast(script, main)
            if traits_of(voice.engine).remote:
                return None
            (clip,) = script_speaker.speak(script, main)
        except (AudiogenError, ValueError):
            return None
        same = bool(clip.digest) and clip.digest[:SPEECH_DIGITS] == line.get("speech")
        return Fresh(
            _trim_and_resample(clip), frozenset() if same else may_differ(line, line_language or language), same
        )

    return speak


def may_differ(line: Mapping[str, Any], language: str) -> frozenset[str]:
    """Return the words of a line that another version of audiogen, or another lexicon, may read differently.

    These are spelled letters, names, and respelled words.

    >>> line = {"written": "In Kyiv, the FBI met Łukasz.", "spoken": "In Keeyiv, the F B I met Łukasz."}
    >>> sorted(may_differ(line, "en"))
    ['fbi', 'keeyiv', 'łukasz']
    """
    spoken, printed = line["spoken"], frozenset(words_of(line["written"], language))
    letters = [run[0] for run in SPELLED.finditer(spoken)]
    names = [word for word in spoken.split() if word[:1].isupper() and len(word) > 1]
    respelled = [name for name in names if not printed.issuperset(words_of(name, language))]
    return frozenset(word for part in (*letters, *names_in(spoken), *respelled) for word in words_of(part, language))


def _trim_and_resample(clip: Clip) -> Samples:
    """Return the samples of a clip as if published: trimmed, at the recogniser's rate, with silence around."""
    import soxr

    piece = trim(clip)
    speech = piece.samples[piece.before : piece.samples.size - piece.after]
    sound = np.asarray(soxr.resample(speech, clip.sample_rate, RATE), dtype=np.float32)
    return np.pad(sound, (round(BEFORE * RATE), round(AFTER * RATE)))
