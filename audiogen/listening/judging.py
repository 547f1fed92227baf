"""One utterance before its two witnesses, and the episode it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from audiogen.listening import Finding
from audiogen.listening.comparing import depart
from audiogen.listening.hearing import differences, words_of
from audiogen.listening.recogniser import RATE
from audiogen.listening.windows import windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from audiogen.listening.comparing import Departure
    from audiogen.listening.hearing import Difference
    from audiogen.listening.recogniser import Recogniser

    Samples = NDArray[np.float32]
    #: Speaks a line of a manifest's script anew, at the recogniser's rate; None where nobody can.
    Speak = Callable[[Mapping[str, Any]], Samples | None]

#: A published sound is not what its voice says where the spectra differ by more than this over a short word's time…
DIFFERENT = 1.15
#: …or where either has a stretch of sound, in seconds, that the other has not.
STRETCH = 0.05
#: Share of an episode's lines that must sound as they do when spoken again, before one that does not is a fault. Voices
#: that never say a text the same way twice, another rate than it was made with, or music under it fail this, and the
#: recogniser alone is heard.
STEADY = 0.8
#: Seconds of silence that are put around the sound for the recogniser's second opinion.
SILENCE = 0.3
#: Fewer words than this tell a recogniser too little: its errors are half of what it says.
FEWEST_WORDS = 3
#: Share of an utterance's words that must be heard wrong, twice, where it sounds just as the voice says it: a
#: recogniser that stumbles over a name is no news then, a voice that garbles a sentence is.
GARBLED = 0.5


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What is wrong with an utterance, and what was heard."""

    kind: str
    heard: str
    message: str


def listen(
    manifest: Mapping[str, Any], audio: Path, recogniser: Recogniser, speak: Speak | None = None
) -> Iterator[Finding]:
    """Listen to an episode's sound file, utterance by utterance, in order; *speak* says its lines anew.

    Raises:
        AssemblyError: the file cannot be read.
    """
    script, language = manifest["script"], str(manifest["article"].get("language") or "en")
    departures = _departures(script, audio, speak) if speak else {}
    for number, samples in windows(audio, script):
        line = script[number]
        own = str(line.get("language") or language)
        found = judge(samples, line["spoken"], own, recogniser, departures.get(number))
        if found is not None:
            yield Finding(number, line["start"], found.kind, line["spoken"], found.heard, found.message)


def _departures(script: Sequence[Mapping[str, Any]], audio: Path, speak: Speak) -> dict[int, Departure]:
    """Compare every line with a fresh speech of it; nothing, where too few are alike for that to tell anything."""
    found = {}
    for number, samples in windows(audio, script):
        fresh = speak(script[number])
        if fresh is not None and fresh.size:
            found[number] = depart(samples, fresh)
    alike = sum(not is_apart(one) for one in found.values())
    return found if alike >= STEADY * len(found) else {}


def is_apart(departure: Departure) -> bool:
    """Return whether two sounds are not the same speech."""
    return departure.difference > DIFFERENT or max(departure.extra, departure.missing) > STRETCH


def judge(
    samples: Samples, spoken: str, language: str, recogniser: Recogniser, departure: Departure | None = None
) -> Mismatch | None:
    """Judge the sound of an utterance; None where nothing is wrong with it.

    *departure* tells how far it is from a fresh speech, where that is known to tell something.
    """
    said = words_of(spoken, language)
    if departure is not None and is_apart(departure):
        return _altered(samples, said, language, recogniser, departure)
    if len(said) < FEWEST_WORDS:
        return None
    lost, heard = missed(samples, said, language, recogniser)
    wrong = sum(max(1, one.end - one.start) for one in lost)
    if not lost or (departure is not None and wrong < GARBLED * len(said)):
        return None
    return Mismatch(lost[0].kind, heard, told(lost, heard))


def missed(
    samples: Samples, said: Sequence[str], language: str, recogniser: Recogniser
) -> tuple[list[Difference], str]:
    """Tell what the recogniser misses twice, and what it heard the second time."""
    first = differences(said, words_of(recogniser.recognise(samples, language), language))
    if not first:
        return [], ""
    around = np.zeros(round(SILENCE * RATE), dtype=np.float32)
    heard = recogniser.recognise(np.concatenate((around, samples, around)), language, careful=True)
    second = differences(said, words_of(heard, language))
    return [one for one in second if any(_same(one, other) for other in first)], heard


def _same(one: Difference, other: Difference) -> bool:
    """Return whether two opinions are of one kind and of one place."""
    return one.kind == other.kind and one.start <= other.end and other.start <= one.end


def _altered(
    samples: Samples, said: Sequence[str], language: str, recogniser: Recogniser, departure: Departure
) -> Mismatch:
    """Name what was changed as the recogniser hears it; where it hears every word, by the sound alone."""
    heard = recogniser.recognise(samples, language, careful=True)
    found = differences(said, words_of(heard, language))
    where = f"The sound {departure.place:.1f} s into it is not what the voice says."
    return Mismatch(found[0].kind if found else "altered", heard, told(found, heard) if found else where)


def told(found: Sequence[Difference], heard: str) -> str:
    one = found[0]
    what = {
        "missing": f"“{one.said}” is missing",
        "doubled": f"“{one.heard}” is heard twice",
        "garbled": f"“{one.heard}” is heard for “{one.said}”" if one.said else f"“{one.heard}” is heard besides",
    }[one.kind]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{what}{more}. Heard: “{heard}”."
