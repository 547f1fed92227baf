"""Checks published sound: is every word of the script in it, once and correctly?

Each utterance is cut out of the decoded file and checked in two independent ways:

- *New speech of it*, if the voice is on this machine: the published sound is compared with it (`comparing`). A part
  that was cut out, doubled or replaced after speaking is found to the frame.
- *A recogniser* (`recogniser`, `hearing`): the recognised text is aligned with the words. A recogniser errs, so it runs
  twice, the second time with a wider search and with silence around the sound; only a word that both runs miss counts.
  How far its results are used depends on how much of the episode it understands (`judging`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in the sound of an utterance."""

    #: Index in the manifest's script, and the start of the utterance, in seconds.
    line: int
    start: float
    #: "missing", "doubled", "garbled"; "altered" if the sound differs from that of the voice and no word does.
    kind: str
    spoken: str
    heard: str
    #: A message for users.
    message: str
