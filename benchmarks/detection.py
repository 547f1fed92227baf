"""What share of faults the self-check finds, against its false alarms: `python -m benchmarks.detection`.

eSpeak NG speaks sentences in the shape of a newspaper's in nine languages; each clip is judged as it is, twice over,
and then with each fault planted in it:

- cut: the engine stopped in full voice, with so much of its sound and of its word times left out;
- left out: the same, with the silence behind it that the voice always ends in;
- silence and noise of the same length; another sentence's clip; the clip of the sentence before; the clip twice over.

The check is taught by the sound clips alone. Figures are percentages, once with the engine's word times and once
without them, as of engines that give none.
"""

from __future__ import annotations

import copy
import tomllib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy

from audiogen.engines.pyttsx3 import Pyttsx3
from audiogen.engines.selfcheck import SelfCheck
from audiogen.engines.voices import find_voice
from audiogen.model import Clip, Utterance
from audiogen.narration import normalize

if TYPE_CHECKING:
    from collections.abc import Callable

#: Sentences made of parts in each language, besides the whole ones.
MADE = 60
#: What eSpeak NG ends each clip with.
TAIL = 0.301
#: An utterance with its clip.
Spoken = tuple[Utterance, Clip]


def sentences(parts: dict[str, list[str]]) -> list[str]:
    """Put sentences together from a language's parts, no two alike."""
    made = []
    for number in range(MADE):
        opening = parts["openings"][number % 10]
        core = parts["cores"][(3 * number + number // 10) % 10]
        ending = parts["endings"][(number + number // 5) % 5]
        made.append(f"{opening} {core} {ending}".strip().replace(" ,", ",") + ".")
    return made + parts["special"]


def cut(share: float, pairs: list[Spoken], place: int, *, tail: float = 0.0) -> Clip:
    """Leave out the last *share* of a clip's speech; *tail* is the silence behind it."""
    clip = pairs[place][1]
    whole = len(clip.pcm) // 2 - (round(TAIL * clip.sample_rate) if tail else 0)
    frames = int(whole * (1 - share))
    words = tuple(word for word in clip.words if word.time < frames / clip.sample_rate)
    return replace(clip, pcm=clip.pcm[: 2 * frames] + bytes(2 * round(tail * clip.sample_rate)), words=words)


def other(step: int, pairs: list[Spoken], place: int) -> Clip:
    """Give another sentence's clip, with what the engine would make of its word times."""
    text, clip = pairs[place][0].spoken, pairs[(place + step) % len(pairs)][1]
    words = (replace(word, end=min(word.end, len(text))) for word in clip.words if word.start < len(text))
    return replace(clip, words=tuple(words))


def silence(pairs: list[Spoken], place: int) -> Clip:
    """Return as much silence."""
    return replace(pairs[place][1], pcm=bytes(len(pairs[place][1].pcm)))


def twice(pairs: list[Spoken], place: int) -> Clip:
    """Say it twice over."""
    return replace(pairs[place][1], pcm=pairs[place][1].pcm * 2)


def noise(pairs: list[Spoken], place: int) -> Clip:
    """Return as much noise, as loud."""
    samples = numpy.frombuffer(pairs[place][1].pcm, "<i2").astype(float)
    sound = numpy.random.default_rng(place).normal(0, samples.std(), samples.size)
    return replace(pairs[place][1], pcm=sound.clip(-32767, 32767).astype("<i2").tobytes())


FAULTS: dict[str, Callable[[list[Spoken], int], Clip]] = {
    **{f"cut {share} %": partial(cut, share / 100) for share in (5, 10, 20, 30, 40, 60)},
    **{f"left out {share} %": partial(cut, share / 100, tail=TAIL) for share in (5, 10, 20, 30, 40, 60)},
    "silence": silence,
    "noise": noise,
    "another clip": partial(other, 7),
    "the clip before": partial(other, -1),
    "twice over": twice,
}


def detect(language: str, pairs: list[Spoken]) -> dict[str, float]:
    """Return the percentage of clips that are refused: as they are, and with each fault."""
    check: Any = SelfCheck(language)
    alarms = [bool(check.judge(*pair)) for _ in range(2) for pair in pairs]
    found = dict.fromkeys(FAULTS, 0)
    for place, (utterance, _) in enumerate(pairs):
        before = copy.deepcopy(check)
        before.judge(*pairs[place - 1])
        for name, plant in FAULTS.items():
            found[name] += bool(copy.deepcopy(before).judge(utterance, plant(pairs, place)))
    shares = {name: 100 * count / len(pairs) for name, count in found.items()}
    return {"false alarms": 100 * sum(alarms) / len(alarms)} | shares


def main() -> None:
    """Print a table of faults by languages, with and without word times."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    columns: dict[str, tuple[dict[str, float], dict[str, float]]] = {}
    with Pyttsx3() as engine:
        for language, parts in table.items():
            texts = [normalize(sentence, language) for sentence in sentences(parts)]
            utterances = [Utterance(text, text) for text in texts]
            # By name: what speaks English when nobody asks may be another engine.
            voice = find_voice("english" if language == "en" else None, language)
            pairs = list(zip(utterances, engine.speak_all(utterances, voice), strict=True))
            bare = [(utterance, replace(clip, words=())) for utterance, clip in pairs]
            columns[language] = detect(language, pairs), detect(language, bare)
    print("| fault |", " | ".join(columns), "|")
    print("|---|" + "---|" * len(columns))
    for name in ("false alarms", *FAULTS):
        cells = (f"{timed[name]:.0f} · {untimed[name]:.0f}" for timed, untimed in columns.values())
        print(f"| {name} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
