"""The whole way of one article, HTML in and tagged MP3 out, against the bare `espeak-ng --stdout | lame` pipe.

    python -m benchmarks.pipeline [--words 1560] [--runs 5]

All speak the same words, in turns, in one run: audiogen with its defaults, the pipe at audiogen's sample rate and bit
rate, and the pipe as `lame` has it by default, which keeps eSpeak's 22,050 Hz and so encodes half the samples. The
medians and the ratios are printed, with the peak memory of the largest process. The pipe needs espeak-ng and lame on
the PATH.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import audiogen
from benchmarks.articles import make_page

if TYPE_CHECKING:
    from collections.abc import Callable

#: What `lame` is told in each pipe.
_PIPES = {"pipe at our rates": "-m m -b 64 --resample 44.1", "pipe as it comes": ""}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=1560, help="1,560 words are about ten minutes")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), arguments.words, arguments.runs)


def measure(folder: Path, words: int, runs: int) -> None:
    """Time both sides in turns and print their medians."""
    page, text = folder / "page.html", folder / "spoken.txt"
    page.write_text(make_page(1, words), encoding="utf-8")
    text.write_text(audiogen.narrate(audiogen.clean(audiogen.read(page))).text, encoding="utf-8")
    ways: dict[str, Callable[[], None]] = {"audiogen": lambda: _audiogen(page, folder)}
    if shutil.which("espeak-ng") and shutil.which("lame"):
        ways |= {name: partial(_pipe, text, folder, options) for name, options in _PIPES.items()}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()  # once unmeasured: byte code, disk cache
    for _ in range(runs):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - started)
    _report(folder, taken)


def _report(folder: Path, taken: dict[str, list[float]]) -> None:
    seconds = _length(next(folder.glob("*/*.mp3")))
    for name, times in taken.items():
        median = statistics.median(times)
        spread = f"from {min(times):.2f} to {max(times):.2f}"
        print(f"{name:<18} {median:6.2f} s ({spread}), {seconds / median:.0f} x real time")
    for name in _PIPES:
        if name in taken:
            ratio = statistics.median(taken["audiogen"]) / statistics.median(taken[name])
            print(f"ratio     {ratio:6.2f} of the time of the {name}, for {seconds / 60:.1f} minutes of audio")
        else:
            print(f"ratio     to the {name} not measured: espeak-ng or lame is not installed")
    print(f"memory    {_peak(folder):6.0f} MB at the peak of the largest process")


def _audiogen(page: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "audiogen", "narrate", str(page), "-o", str(folder / "out")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_environment())


def _environment() -> dict[str, str]:
    """Turn the speech cache off: every run speaks."""
    return os.environ | {"AUDIOGEN_SPEECH_CACHE": "false"}


def _pipe(text: Path, folder: Path, options: str) -> None:
    target = folder / "pipe.mp3"
    command = f"espeak-ng -v en-us -f '{text}' --stdout | lame --quiet {options} - '{target}'"
    subprocess.run(command, shell=True, check=True, stderr=subprocess.DEVNULL)


def _peak(folder: Path) -> float:
    """Run once more and ask the system for the peak of the process, in MB."""
    command = [sys.executable, "-m", "audiogen", "narrate", str(folder / "page.html"), "-o", str(folder / "again")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=_environment())
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
