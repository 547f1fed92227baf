"""Listening to what was published: is every word of the script heard, once and as it should be?

Each utterance is cut out of the decoded file and checked in two independent ways:

- *A fresh speech of it*, where the voice is on this machine: the published sound is laid over it (`comparing`). What
  was cut out, doubled or replaced after speaking shows to the frame.
- *A recogniser* (`recogniser`, `hearing`): what it hears is aligned with the words. It errs, so it is asked twice, the
  second time more carefully and with silence around the sound; only what it misses both times counts. How far it is
  believed is seen from how much of the episode it understands (`judging`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """An utterance that is not heard as it should be."""

    #: Index in the manifest's script, and when the utterance begins, in seconds.
    line: int
    start: float
    #: "missing", "doubled", "garbled"; "altered" where the sound is not what the voice says, whatever words are heard.
    kind: str
    spoken: str
    heard: str
    #: A sentence for people.
    message: str
