"""What the assembler costs and keeps to: stages against the bare encoder, and levels after decoding.

    python -m benchmarks.assembler [--minutes 10] [--runs 3] [--levels [--languages ru,en]]

Costs are seconds of processor time for the same speech (eSpeak NG, English), in turns, in one run; the last column is
the ratio to LAME alone. With `--levels` half a minute of each default voice is made in each format and quality, and the
loudness and true peak are measured after decoding, beside those that the recording told.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiogen.assembler import QUALITIES, Sound, assemble
from audiogen.assembler.joining import Joiner
from audiogen.assembler.leveling import ceiling
from audiogen.assembler.limiter import Limiter
from audiogen.assembler.loudness import LoudnessMeter
from audiogen.assembler.mp3 import open_mp3
from audiogen.assembler.streams import Resampler, gathered, to_pcm
from audiogen.audit.listening import listen
from audiogen.engines.script_speaker import ScriptSpeaker
from audiogen.model import Script, Utterance
from benchmarks.articles import make_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from audiogen.model import Clip

    Samples = NDArray[np.float32]

#: Words a minute of the default voice.
_PACE = 156


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--levels", action="store_true", help="measure loudness and peaks by voice, format, quality")
    parser.add_argument(
        "--languages", default="en,de,fr,es,it,pt,pl,uk,ru", help="of the voices whose levels are measured"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.levels:
            measure_levels(Path(folder), arguments.languages.split(","))
        else:
            measure_costs(Path(folder), arguments.minutes, arguments.runs)


def measure_costs(folder: Path, minutes: float, runs: int) -> None:
    """Time each stage and the whole."""
    text = make_text(1, round(minutes * _PACE))
    script, clips = _speech([line for paragraph in text for line in paragraph.split(". ")], "en")
    rate, sound = clips[0].sample_rate, Sound()
    pieces = list(gathered(Joiner(rate).join(script.utterances, clips), 2 * rate))
    louder = [piece * np.float32(1.8) for piece in pieces]
    resample = Resampler(rate, sound.encoding.sample_rate)
    pcm = [to_pcm(resample(piece)) for piece in louder]
    stages: dict[str, Callable[[], object]] = {
        "LAME alone": lambda: _encode(folder / "lame.mp3", pcm, sound),
        "join": lambda: list(gathered(Joiner(rate).join(script.utterances, clips), 2 * rate)),
        "meter": lambda: _meter(louder, rate),
        "limiter": lambda: _limit(louder, rate, sound),
        "resample": lambda: _resample(louder, rate, sound),
        "assemble": lambda: assemble(script, clips, folder / "whole.mp3", sound),
    }
    taken: dict[str, list[float]] = {name: [] for name in stages}
    for _ in range(runs):
        for name, stage in stages.items():
            started = time.process_time()
            stage()
            taken[name].append(time.process_time() - started)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    seconds = sum(piece.size for piece in pieces) / rate
    print(f"{seconds / 60:.1f} minutes of speech, processor seconds")
    for name, median in medians.items():
        print(f"{name:<12} {median:6.2f} s {seconds / median:7.0f} x real time {median / medians['LAME alone']:6.2f}")


def _speech(lines: list[str], language: str) -> tuple[Script, list[Clip]]:
    script = Script(tuple(Utterance(line, line, 0.5) for line in lines), language)
    with ScriptSpeaker() as script_speaker:
        return script, list(script_speaker.speak(script))


def _encode(path: Path, pcm: list[bytes], sound: Sound) -> None:
    with open_mp3(path, sound.encoding) as writer:
        for piece in pcm:
            writer.write(piece)
        writer.finish()


def _meter(pieces: list[Samples], rate: int) -> float:
    meter = LoudnessMeter(rate)
    for piece in pieces:
        meter.add(piece)
    return meter.integrated


def _limit(pieces: list[Samples], rate: int, sound: Sound) -> None:
    limiter = Limiter(rate, ceiling(sound))
    for piece in pieces:
        limiter.process(piece)
    limiter.finish()


def _resample(pieces: list[Samples], rate: int, sound: Sound) -> None:
    resample = Resampler(rate, sound.encoding.sample_rate)
    for piece in pieces:
        resample(piece)


def measure_levels(folder: Path, languages: list[str]) -> None:
    """Make half a minute of each language's voice in each format and quality, and measure it."""
    sentences = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))
    print("language format quality   told LUFS  dBTP   heard LUFS  dBTP")
    for language in languages:
        script, clips = _speech(sentences[language] * 3, language)
        for name in ("mp3", "m4b", "opus"):
            for quality, encoding in QUALITIES.items():
                sound = Sound(encoding=encoding, format=name)
                made = assemble(script, clips, folder / f"a.{name}", sound)
                heard = listen(made.path)
                reported = f"{made.loudness:10.2f} {made.peak:6.2f}"
                print(
                    f"{language:<8} {name:<6} {quality:<8} {reported}  {heard.loudness:9.2f} {heard.peak:6.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
