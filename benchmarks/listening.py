"""What listening finds of planted faults, and how often it complains of what is whole.

    python -m benchmarks.listening [PAGE...] [--voice hibari] [--faults 100] [--model FOLDER]

The pages (the examples where none are given) are narrated into an MP3 each. In its sentences, decoded, a word is cut
out, doubled, or replaced by another of the same voice, at the times of the words, so many times each. Each is held
against a fresh speech, as `audiogen check --listen` does. What is found so is a fault, whatever a recogniser hears;
with a model of Whisper the others are heard by it, too, and so are the whole sentences.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from audiogen.errors import AudiogenError
from audiogen.listening.again import script_speaker_for, speaker_of
from audiogen.listening.comparing import compare
from audiogen.listening.judging import is_apart, judge
from audiogen.listening.recogniser import RATE, Recogniser, Whisper
from audiogen.listening.windows import BEFORE, windows
from audiogen.production import EpisodeMaker, write_sound_file
from audiogen.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

EXAMPLES = Path(__file__).parent.parent / "examples"
KINDS = ("cut out", "doubled", "replaced")
#: Letters of the shortest word that a fault is planted at.
SHORTEST = 3


class Line(NamedTuple):
    """A sentence of an episode: its sound as published, a fresh speech of it, and its words' frames in the former."""

    spoken: str
    published: Samples
    fresh: Samples
    words: tuple[tuple[str, int, int], ...]


def lines(pages: Sequence[Path], voice: str) -> Iterator[Line]:
    """Narrate the pages and give their sentences."""
    settings = Settings().with_flags(speech__voice=voice, speech__cache=False)
    with (
        TemporaryDirectory() as name,
        EpisodeMaker(settings) as episode_maker,
        script_speaker_for(Path(name), settings) as script_speaker,
    ):
        for page in pages:
            try:
                master = write_sound_file(Path(name), episode_maker, episode_maker.prepare(page))
            except AudiogenError as error:
                print(f"{page}: {error}")
                continue
            manifest = dict(master.manifest)
            speak = speaker_of(manifest, script_speaker)
            assert speak is not None, "the voice is here"
            for number, samples in windows(master.recording.path, manifest["script"]):
                line = manifest["script"][number]
                fresh = speak(line)
                if fresh is not None and fresh.samples.size:
                    words = tuple(_words(line, master.recording.cues[number].words))
                    yield Line(line["spoken"], samples, fresh.samples, words)


def _words(line: dict[str, Any], times: Sequence[Any]) -> Iterator[tuple[str, int, int]]:
    """Yield each word but the last with the frames at which it begins and ends in the window."""
    for word, after in pairwise(times):
        begin, end = (round((each.time - line["start"] + BEFORE) * RATE) for each in (word, after))
        if end - begin > 0.1 * RATE:
            yield line["spoken"][word.start : word.end], max(0, begin), end


def planted(line: Line, kind: str, others: Sequence[Line], chance: random.Random) -> Samples | None:
    """Return the line's sound with a fault at one of its words; None where it has no word long enough."""
    words = [word for word in line.words if len(word[0]) >= SHORTEST]
    if not words:
        return None
    spoken, begin, end = chance.choice(words)
    sound = line.published
    if kind == "cut out":
        return np.concatenate((sound[:begin], sound[end:]))
    if kind == "doubled":
        return np.concatenate((sound[:end], sound[begin:]))
    other = chance.choice([other for other in others if other.words])
    word, start, stop = chance.choice(other.words)
    return (
        None
        if word.lower() == spoken.lower()
        else np.concatenate((sound[:begin], other.published[start:stop], sound[end:]))
    )


def is_found(line: Line, sound: Samples, recogniser: Recogniser | None) -> bool:
    """Return whether listening finds a fault in the sound."""
    divergence = compare(sound, line.fresh)
    if is_apart(divergence):
        return True
    return recogniser is not None and judge(sound, line.spoken, "en", recogniser, divergence) is not None


def main() -> None:
    """Plant, listen, count."""
    parser = argparse.ArgumentParser(description="Count what listening finds.")
    parser.add_argument(
        "pages", nargs="*", type=Path, default=[EXAMPLES / "harbor-ledger.html", EXAMPLES / "night-train.txt"]
    )
    parser.add_argument("--voice", default="hibari")
    parser.add_argument("--faults", type=int, default=100, help="of each kind")
    parser.add_argument(
        "--model", default="", help="of Whisper, a name or a folder; without one only sounds are compared"
    )
    asked = parser.parse_args()
    recogniser = Whisper(asked.model) if asked.model else None
    sentences = list(lines(asked.pages, asked.voice))
    seconds = sum(line.published.size for line in sentences) / RATE
    alarms = [line.spoken for line in sentences if is_found(line, line.published, recogniser)]
    print(
        f"{len(sentences)} sentences, {seconds / 60:.1f} minutes: {len(alarms)} whole ones found at fault",
        *alarms,
        sep="\n  ",
    )
    chance, found = random.Random(1), Counter[str]()
    for kind in KINDS:
        tried = 0
        while tried < asked.faults:
            line = chance.choice(sentences)
            sound = planted(line, kind, sentences, chance)
            if sound is not None:
                tried += 1
                found[kind] += is_found(line, sound, recogniser)
        print(f"{kind}: {found[kind]} of {tried} found")


if __name__ == "__main__":
    main()
