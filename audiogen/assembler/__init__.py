"""Assembles clips into one finished `Recording`.

This package is responsible for pauses, loudness, encoding, tags and cues. The sound passes through once and in pieces,
so that memory does not depend on the article's length: trim and join, level and limit, resample, encode. Speech is
synthesized while the encoder works.
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
    """The parameters of the encoder."""

    #: Frames per second; Apple recommends at least 44,100.
    sample_rate: int
    #: Constant bit rate in kbit/s; with a variable one, players seek to positions that are seconds off.
    bitrate: int
    #: LAME's effort, 0 (best, slowest) to 9.
    effort: int


#: The encodings by the setting `quality`.
QUALITIES = {
    "small": Encoding(22_050, 32, 5),
    "speech": Encoding(44_100, 64, 7),
    "podcast": Encoding(44_100, 96, 2),
}


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound properties of the finished recording."""

    #: Integrated loudness in LUFS, after decoding.
    loudness: float = -16.0
    #: Highest true peak in dBTP, after decoding.
    peak: float = -1.0
    encoding: Encoding = QUALITIES["speech"]
    #: "mp3", or, if ffmpeg is installed, "m4b" or "opus"; also the target's suffix.
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

    While it is made, the part that is already spoken can be played from the file *preview* (see `assembler.preview`).
    The caller removes that file.

    Raises:
        AssemblyError: A clip is missing, or the file cannot be written. *target* may be incomplete then, so it should
            be in a folder of its own until the recording is returned.
    """
    from audiogen.assembler.recording import record

    return record(script, clips, target, sound or Sound(), preview)
