"""Checks published sound by listening: is every word of the script in it, once and correctly?

Each utterance is cut out of the decoded file and checked in two independent ways:

- *New speech of it*, if the voice is on this machine: the published sound is compared with it (`comparing`). What
  was cut out, doubled or replaced after speaking is found to the frame.
- *A recogniser* (`recogniser`, `hearing`): its text is aligned with the words. It errs, so it runs twice, the
  second time more carefully and with silence around the sound; only what it misses both times counts. How far it is
  believed is seen from how much of the episode it understands (`judging`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in the sound of an utterance."""

    #: Index in the manifest's script, and the start of the utterance, in seconds.
    line: int
    start: float
    #: "missing", "doubled", "garbled"; "altered" if the sound is not what the voice says, whatever is recognised.
    kind: str
    spoken: str
    heard: str
    #: A message for users.
    message: str
