"""Raises the pitch at the end of yes-or-no questions, and decides which questions these are.

Hibari's voice ends yes-or-no questions as it ends statements: over twenty of each, pitch fell by 0.3 and by 1.0
semitones in the last 0.3 s. Its model gives the pitch apart from the timbre, so the pitch is raised before there is
sound. It rises by 4.6 semitones then, in nineteen of the twenty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

#: Semitones above the usual pitch of the sentence at which a question ends, and the most by which a pitch is raised.
TARGET, MOST = 4.0, 12.0
#: Seconds over which the pitch rises: from the last stressed vowel on, but within these.
SHORTEST, LONGEST = 0.25, 0.6
#: Hertz under which hibari makes no tone.
_VOICED = 40.0
#: A frame of tone is at most this far under the loudest, in nepers of its spectrum's highest value: what lies lower is
#: the voice dying away.
_LOUD = 4.0
_CLOSING = "\"'”’») "
#: Where a question may begin inside a sentence: behind a colon or an opening quotation mark.
_INNER = re.compile(r"[:“«—]\s*|(?:^|[\s(])[\"‘']")


def rises(text: str, asking: Collection[str], before: Collection[str]) -> bool:
    """Return whether a text ends with a question that is asked in a rising voice: one to be answered by yes or no.

    Questions that begin with one of *asking*, behind words of *before*, ask for something, and those with "or" offer a
    choice: both fall.

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


def raised(pitch: Any, levels: Any, begin: float, frame: float) -> Any:
    """Bend a pitch so that it rises to the sentence's end.

    Args:
        pitch: hertz of each frame; where there is no tone, less than 40.
        levels: level of each frame's tone, in nepers.
        begin: seconds at which the last stressed vowel begins.
        frame: seconds of a frame.

    Returns:
        Hertz of each frame. Frames without tone are as they were.
    """
    import numpy

    tone = numpy.flatnonzero((pitch > _VOICED) & (levels > levels.max() - _LOUD))
    if not tone.size:
        return pitch
    last = int(tone[-1])
    first = int(numpy.clip(begin / frame, last - LONGEST / frame, last - SHORTEST / frame))
    usual = float(numpy.median(pitch[tone]))
    ramp = numpy.clip((numpy.arange(len(pitch)) - first) / max(1, last - first), 0.0, 1.0)
    ramp = 0.5 - 0.5 * numpy.cos(numpy.pi * ramp)
    voiced = pitch > _VOICED
    wanted = numpy.log2(numpy.where(voiced, pitch, usual) / usual)
    bent = wanted * (1 - ramp) + TARGET / 12 * ramp
    bent = numpy.minimum(bent, wanted + MOST / 12)
    return numpy.where(voiced, usual * 2.0**bent, pitch).astype(numpy.float32)
