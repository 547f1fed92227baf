"""What our engines cost beside the software they drive: `python -m benchmarks.engines`.

Two races, each on the same utterances, interleaved, the median of several runs:

- the engine `pyttsx3` against eSpeak NG called in process through ctypes, the same library and voice;
- the engine `piper` against `PiperVoice.synthesize` on the same model, first with one thread each, then each as it
  comes. The model is a stand-in that costs about as much as a real voice of medium quality: it hums.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from audiogen.engines.espeak_library import espeak_of_wheel
from audiogen.engines.piper import Piper
from audiogen.engines.pyttsx3 import Pyttsx3
from audiogen.model import Utterance, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 7
#: Of a paragraph written for this: some ten minutes of speech for eSpeak, less for the slower engines.
ROUNDS, NEURAL_ROUNDS = 40, 1
SENTENCES = (
    "The ferry left the harbour before the fog had lifted, with eleven passengers and a piano on board.",
    "On deck, nobody spoke until the lighthouse came into view.",
    "The captain said the crossing would take about forty minutes longer than usual, and it did.",
    "Nobody minded.",
    "By noon the market on the other side was open, the bakery had sold out, and the piano stood on the quay.",
)
#: Convolutions that make the stand-in model cost what a voice of medium quality does: some 14 times real time.
WORK = 12

Race = dict[str, list[float]]


def utterances(rounds: int) -> list[Utterance]:
    """Repeat the paragraph, each sentence an utterance."""
    return [Utterance(sentence, sentence) for sentence in SENTENCES * rounds]


def race(rivals: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Run the rivals in turn, several times; return seconds of speech for each second, the median."""
    speeds: Race = {name: [] for name in rivals}
    for _ in range(RUNS):
        for name, run in rivals.items():
            begun = time.perf_counter()
            seconds = run()
            speeds[name].append(seconds / (time.perf_counter() - begun))
    return {name: median(measured) for name, measured in speeds.items()}


def espeak_in_process() -> Callable[[list[Utterance]], float]:
    """Prepare eSpeak NG as bare as it can be called: synchronous, sound collected by a callback."""
    path, data = espeak_of_wheel()
    library = ctypes.CDLL(path)
    library.espeak_Initialize(2, 200, data.encode(), 0)
    library.espeak_SetVoiceByName(b"gmw/en-US")
    chunks: list[bytes] = []

    def collect(samples: Any, count: int, events: Any) -> int:
        if count > 0:
            chunks.append(ctypes.string_at(samples, 2 * count))
        return 0

    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
    callback = kind(collect)
    library.espeak_SetSynthCallback(callback)

    def speak(lines: list[Utterance], _kept_alive: Any = callback) -> float:
        size = 0
        for line in lines:
            chunks.clear()
            text = line.spoken.encode()
            library.espeak_Synth(text, len(text) + 1, 0, 1, 0, 0x1001, None, None)
            size += len(b"".join(chunks))
        return size / 44_100

    return speak


def race_pyttsx3() -> dict[str, float]:
    """Race the engine against eSpeak in process."""
    lines = utterances(ROUNDS)
    voice = Voice("english", "pyttsx3", "gmw/en-us", "en")
    bare = espeak_in_process()
    with Pyttsx3() as engine:
        engine.speak(lines[0], voice)
        return race(
            {
                "eSpeak NG in process": lambda: bare(lines),
                "engine pyttsx3": lambda: sum(clip.duration for clip in engine.speak_all(lines, voice)),
            }
        )


def race_piper() -> dict[str, float]:
    """Race the engine against piper-tts itself."""
    from onnxruntime import InferenceSession, SessionOptions
    from piper import PiperVoice
    from piper.config import PiperConfig

    from tests.engines.models import make_piper

    lines = utterances(NEURAL_ROUNDS)
    with TemporaryDirectory() as folder:
        path = make_piper(Path(folder), work=WORK)
        voice = Voice("hum", "piper", str(path))
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        config = PiperConfig.from_dict(json.loads(path.with_name(f"{path.name}.json").read_text()))
        single = PiperVoice(session=InferenceSession(str(path), options), config=config)
        usual = PiperVoice.load(path)

        def direct(model: Any) -> float:
            chunks = (chunk for line in lines for chunk in model.synthesize(line.spoken))
            size: int = sum(len(chunk.audio_int16_bytes) for chunk in chunks)
            return size / 2 / config.sample_rate

        with Piper(workers=1) as one, Piper() as all_cores:
            one.speak(lines[0], voice)
            all_cores.speak(lines[0], voice)
            return race(
                {
                    "PiperVoice.synthesize, one thread": lambda: direct(single),
                    "engine piper, one worker": lambda: sum(clip.duration for clip in one.speak_all(lines, voice)),
                    "PiperVoice.synthesize as it comes": lambda: direct(usual),
                    "engine piper as it comes": lambda: sum(
                        clip.duration for clip in all_cores.speak_all(lines, voice)
                    ),
                }
            )


def report(title: str, speeds: dict[str, float]) -> None:
    """Print a race, each of ours beside the one before it."""
    print(title)
    names = list(speeds)
    for theirs, ours in zip(names[::2], names[1::2], strict=True):
        for name in (theirs, ours):
            print(f"  {name:36} {speeds[name]:8.1f} times real time")
        print(f"  ratio {speeds[ours] / speeds[theirs]:.2f}")


def main() -> None:
    """Run both races."""
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores; median of {RUNS} runs")
    report("pyttsx3", race_pyttsx3())
    report("Piper", race_piper())


if __name__ == "__main__":
    main()
