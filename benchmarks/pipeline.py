"""The whole way of one article, HTML in and tagged MP3 out, against the bare voice and `lame`, by each default voice.

    python -m benchmarks.pipeline [--words 1560] [--runs 5] [--voice espeak] [--voice hibari]

All speak the same words, in turns, in one run: audiogen with its defaults, and the bare way, which reads no page:
`espeak-ng --stdout | lame`, and hibari's own `Hibari().save` with `lame` behind it, at audiogen's sample rate and bit
rate; of eSpeak also as `lame` has it by default, which keeps 22,050 Hz and so encodes half the samples. Medians of
processor time (of all processes and threads) and of the clock, and their ratios, are printed, with the peak memory of
the largest process. On a machine that others use, processor time is what can be compared.

Byte code is kept in the benchmark's own folder, whatever `PYTHONDONTWRITEBYTECODE` says: a Python that keeps none
compiles audiogen and its libraries anew in each process, which takes longer than the article does.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import audiogen
from benchmarks.articles import make_page

#: What `lame` is told in each pipe.
_OURS, _USUAL = "-m m -b 64 --resample 44.1", ""
#: Says a text with hibari alone.
_HIBARI = "import sys; from hibari import Hibari; Hibari().save(open(sys.argv[1]).read(), sys.argv[2], seed=0)"


@dataclass(frozen=True, slots=True)
class Taken:
    """What one run took, in seconds."""

    cpu: float
    clock: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=1560, help="1,560 words are about ten minutes")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--voice", action="append", choices=["espeak", "hibari"], help="both by default")
    arguments = parser.parse_args()
    if not (shutil.which("espeak-ng") and shutil.which("lame")):
        raise SystemExit("espeak-ng or lame is not installed")
    with tempfile.TemporaryDirectory() as folder:
        for voice in arguments.voice or ("espeak", "hibari"):
            measure(Path(folder), voice, arguments.words, arguments.runs)


def measure(folder: Path, voice: str, words: int, runs: int) -> None:
    """Time both sides in turns and print their medians."""
    page, text = folder / "page.html", folder / "spoken.txt"
    page.write_text(make_page(1, words), encoding="utf-8")
    text.write_text(audiogen.narrate(audiogen.clean(audiogen.read(page))).text, encoding="utf-8")
    ways = {f"audiogen, {voice}": _audiogen(page, folder / voice, voice)} | _bare(voice, text, folder)
    taken: dict[str, list[Taken]] = {name: [] for name in ways}
    for way in ways.values():
        _run(way, folder)  # once unmeasured: byte code, disk cache
    for _ in range(runs):
        for name, way in ways.items():
            taken[name].append(_run(way, folder))
    _report(taken, _length(next((folder / voice).glob("*.mp3"))))
    print(f"memory    {_peak(ways[f'audiogen, {voice}'], folder):6.0f} MB at the peak of the largest process")


def _audiogen(page: Path, target: Path, voice: str) -> list[str]:
    return [sys.executable, "-m", "audiogen", "narrate", str(page), "-o", str(target), "--voice", voice]


def _bare(voice: str, text: Path, folder: Path) -> dict[str, list[str]]:
    """Return the commands that speak and encode, and do nothing else, by name."""
    target, sound = folder / "bare.mp3", folder / "bare.wav"
    if voice == "hibari":
        speak = f"{sys.executable} -c '{_HIBARI}' {text} {sound} && lame --quiet {_OURS} {sound} {target}"
        return {"hibari and lame": ["sh", "-c", speak]}
    pipe = f"espeak-ng -v en-us -f '{text}' --stdout | lame --quiet {{}} - '{target}'"
    return {
        "pipe at our rates": ["sh", "-c", pipe.format(_OURS)],
        "pipe as it comes": ["sh", "-c", pipe.format(_USUAL)],
    }


def _run(command: list[str], folder: Path) -> Taken:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    quiet = subprocess.DEVNULL
    subprocess.run(command, check=True, stdout=quiet, stderr=quiet, env=_environment(folder))
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock)


def _report(taken: dict[str, list[Taken]], seconds: float) -> None:
    medians = {
        name: Taken(statistics.median(one.cpu for one in runs), statistics.median(one.clock for one in runs))
        for name, runs in taken.items()
    }
    for name, median in medians.items():
        spread = f"{min(one.cpu for one in taken[name]):.2f} to {max(one.cpu for one in taken[name]):.2f}"
        print(f"{name:<18} {median.cpu:6.2f} CPU s ({spread}), {median.clock:6.2f} s by the clock")
    (_, ours), *bare = medians.items()
    for name, other in bare:
        ratios = f"{ours.cpu / other.cpu:6.2f} by processor time, {ours.clock / other.clock:.2f} by the clock"
        print(f"ratio     {ratios}, against {name}, for {seconds / 60:.1f} minutes of audio")


def _environment(folder: Path) -> dict[str, str]:
    """Turn the speech cache off, so that every run speaks, and the byte code's on."""
    variables = {"AUDIOGEN_SPEECH_CACHE": "false", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | variables


def _peak(command: list[str], folder: Path) -> float:
    """Run once more and ask the system for the peak of the process, in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment(folder))
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_maxrss / 1024


def _length(path: Path) -> float:
    from mutagen.mp3 import MP3

    info = MP3(path).info
    assert info is not None
    return float(info.length)


if __name__ == "__main__":
    main()
