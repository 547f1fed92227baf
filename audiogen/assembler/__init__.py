"""Assembling: clips go in, one finished `Recording` comes out.

It owns silence, loudness, encoding, tags and cues. Sound passes through once and in pieces, so that memory does not
grow with the article: trim and join, level and limit, resample, encode. Speech is made while the encoder works.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from audiogen.model import Clip, Recording, Script


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the sound is encoded."""

    #: Frames a second; Apple asks for 44,100 or more.
    sample_rate: int
    #: kbit/s, constant: seeking in a variable rate lands seconds off.
    bitrate: int
    #: LAME's effort, 0 (best, slowest) to 9.
    effort: int


#: What `quality` in the settings means.
QUALITIES = {
    "small": Encoding(22_050, 32, 5),
    "speech": Encoding(44_100, 64, 7),
    "podcast": Encoding(44_100, 96, 2),
}


@dataclass(frozen=True, slots=True)
class Sound:
    """What the finished recording should sound like."""

    #: Integrated loudness in LUFS, after decoding.
    loudness: float = -16.0
    #: Highest true peak in dBTP, after decoding.
    peak: float = -1.0
    encoding: Encoding = QUALITIES["speech"]
    #: "mp3", or where ffmpeg is installed "m4b" or "opus"; also the target's suffix.
    format: str = "mp3"
    #: Sound files before, after and under the voice.
    intro: Path | None = None
    outro: Path | None = None
    bed: Path | None = None


def assemble(
    script: Script,
    clips: Iterable[Clip],
    target: Path,
    sound: Sound | None = None,
    preview: Path | None = None,
) -> Recording:
    """Join *clips*, one for each utterance of *script*, into a sound file at *target*.

    What is spoken so far can be heard from the file *preview* meanwhile (see `assembler.preview`).
    The caller removes it.

    Raises:
        AssemblyError: a clip is missing, or the file could not be written; *target* may be left in part, so it should
            stand in a folder of its own until the recording is returned.
    """
    from audiogen.assembler.recording import record

    return record(script, clips, target, sound or Sound(), preview)
