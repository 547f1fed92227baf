"""Articles an hour, with one process and with two, against the bare pipe `espeak-ng --stdout | lame` under xargs.

    python benchmarks/batch.py --articles 200 [--voice espeak] [--voice hibari] [--no-pipe]

Articles are made from templates, some five minutes each. The pipe gets their plain text, once encoding at the bit rate
and sample rate that `--quality speech` has, once as `lame` comes, which keeps eSpeak's 22,050 Hz and so encodes half
the samples; it reads no page, drops nothing, rewords nothing, levels nothing, tags nothing. audiogen does all that,
through its own command line with all defaults, an empty speech cache and no feed, with byte code kept in the
benchmark's own folder.

CPU seconds are told beside the clock's: on a machine that others use, they are what can be compared. "Busy" is the
share of the cores that was used, CPU seconds by clock and cores; "wanted" is the share that audiogen would have used on
a machine of its own: the mean of how many of its threads ran or waited for a core, a core each at most, looked at every
0.2 s (Linux). Memory is the largest proportional set size of a single process.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_WHO = [
    "The council",
    "A spokesman for the port",
    "Mrs. Tolland, 61,",
    "The ministry",
    "Dr. Reeve",
    "Two of the crew",
    "The union",
]
_DID = [
    "said on Tuesday that",
    "told reporters that",
    "denied that",
    "wrote in a letter that",
    "agreed that",
    "hopes that",
]
_WHAT = [
    "the ferry line will be closed until the spring",
    "repairs would cost $3.5 million",
    "the bridge was safe in 2019",
    "no more than 40% of the houses had been checked",
    "the vote had been 5-4",
    "trains would run at 6:45 a.m.",
]
_WHY = [
    "because of the storm",
    "in spite of the forecast",
    "after months of talks",
    "as the law demands",
    "for lack of money",
]
#: Of Linux' `prctl`.
_PR_SET_CHILD_SUBREAPER = 36
#: Seconds between two looks at the processes; a look takes some milliseconds of a core.
_LOOK = 0.2
#: Words of five minutes at the default voice's 175 words a minute, less its pauses.
_WORDS = 800


@dataclass(frozen=True, slots=True)
class Run:
    """What a way of doing it took."""

    name: str
    articles: int
    #: Seconds by the clock, and of processors.
    wall: float
    cpu: float
    #: Share of the cores that was wanted, and MB of the largest process; None where nobody looked.
    wanted: float | None = None
    memory: float | None = None

    def __str__(self) -> str:
        hourly, busy = self.articles / self.wall * 3600, self.cpu / self.wall / (os.cpu_count() or 1)
        figures = (
            f"{self.name:<52} {hourly:8.0f} articles/h   {self.wall:7.1f} s   {self.cpu:7.1f} CPU s   busy {busy:.2f}"
        )
        seen = "" if self.wanted is None else f"   wanted {self.wanted:.2f}   {self.memory:.0f} MB"
        return figures + seen


class Watch:
    """Looks at a process and all its children until it ends (Linux; elsewhere it sees nothing)."""

    def __init__(self, pid: int) -> None:
        self._root, self._memory = pid, 0.0
        self._seen: list[int] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def wanted(self) -> float | None:
        """Mean share of the cores that its threads wanted."""
        return sum(self._seen) / len(self._seen) / (os.cpu_count() or 1) if self._seen else None

    @property
    def memory(self) -> float | None:
        """Largest proportional set size of a process, in MB: what it shares with others counts in part."""
        return self._memory / 1024 if self._seen else None

    def _look(self) -> None:
        count = 0
        while not self._ended.wait(_LOOK):
            tree = _tree(self._root)
            running = sum(_state(task) == "R" for pid in tree for task in Path(f"/proc/{pid}/task").glob("*"))
            self._seen.append(min(running, os.cpu_count() or 1))
            if count % 5 == 0:
                self._memory = max(self._memory, *(_proportional(pid) for pid in tree))
            count += 1


def _tree(root: int) -> list[int]:
    """List a process and all below it."""
    parents = {int(path.name): _stat(path) for path in Path("/proc").glob("[0-9]*")}
    found = [root]
    for pid in found:
        found += [child for child, fields in parents.items() if fields and int(fields[1]) == pid]
    return found


def _stat(path: Path) -> list[str]:
    """Read what the kernel tells of a process or thread, from its state on; nothing where it is gone."""
    try:
        return (path / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _state(path: Path) -> str:
    return next(iter(_stat(path)), "")


def _proportional(pid: int) -> float:
    """Return a process's proportional set size, in KB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith("Pss:")), 0.0)


def paragraph(chance: random.Random) -> str:
    """Some three sentences."""
    return " ".join(
        f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)} {chance.choice(_WHY)}, "
        f"and that {chance.randrange(2, 999)} people had asked about it."
        for _ in range(3)
    )


def make_articles(count: int, pages: Path, texts: Path) -> None:
    """Write *count* articles, as pages and as plain texts."""
    for number in range(count):
        chance, paragraphs, words = random.Random(number), [], 0
        while words < _WORDS:
            paragraphs.append(paragraph(chance))
            words += len(paragraphs[-1].split())
        title = f"What became of the ferry, part {number + 1}"
        body = "".join(f"<p>{text}</p>\n" for text in paragraphs)
        (pages / f"{number:04}.html").write_text(
            f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>'
            f'<link rel="canonical" href="https://ledger.example/{number}"></head><body><nav><a href="/">Home</a></nav>'
            f"<article><h1>{title}</h1>\n{body}</article><footer>Subscribe to our newsletter</footer></body></html>",
            encoding="utf-8",
        )
        (texts / f"{number:04}.txt").write_text("\n".join((title, *paragraphs)), encoding="utf-8")


def timed(name: str, articles: int, command: list[str], **named: object) -> Run:
    """Run a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **named)  # type: ignore[call-overload]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(name, articles, time.perf_counter() - start, cpu)


def pipe(texts: Path, processes: int, articles: int, options: str = "") -> Run:
    """Time the bare pipe, `lame` with these *options*."""
    one = f"espeak-ng -v en-us -f {{}} --stdout | lame --quiet {options} - {{}}.mp3"
    command = f"find {texts} -name '*.txt' | sort | xargs -P{processes} -I{{}} sh -c '{one}'"
    return timed(f"espeak-ng | lame{options and ' ' + options}, -P{processes}", articles, ["sh", "-c", command])


def adopt_orphans() -> None:
    """Let processes whose parent ended without waiting for them become our children (Linux).

    The system counts the processor time of a child when it is waited for: the speakers' of workers that ended before
    them, a fifth of a batch with eSpeak NG, were counted nowhere.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def wait_for_orphans() -> None:
    """Wait for all children there are, so that their processor time counts."""
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


def audiogen(pages: Path, folder: Path, processes: int, articles: int, voice: str) -> Run:
    """Time audiogen, in a home of its own."""
    library = folder / f"library-{voice}-{processes}"
    home = {name: str(folder / f"home-{voice}-{processes}") for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    variables = {**home, "PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-m", "audiogen", "batch", str(pages), "-o", str(library), "--voice", voice]
    command += ["--jobs", str(processes), "--no-feed", "--keep-duplicates"]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=os.environ | variables)
    with Watch(process.pid) as watch:
        process.wait()
    wall = time.perf_counter() - start
    wait_for_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    made = len(list((library / "episodes").glob("*.mp3")))
    if made != articles:
        raise SystemExit(f"only {made} of {articles} were made")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    name = f"audiogen, {voice}, {processes} process{'es' if processes > 1 else ''}"
    return Run(name, articles, wall, cpu, watch.wanted, watch.memory)


def main() -> None:
    """Time each way once, the pipe first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--voice", action="append", choices=["espeak", "hibari"], help="both by default")
    parser.add_argument("--no-pipe", action="store_true", help="time audiogen alone, with two processes")
    asked = parser.parse_args()
    for program in () if asked.no_pipe else ("espeak-ng", "lame"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} is not installed")
    adopt_orphans()
    with tempfile.TemporaryDirectory(prefix="audiogen-benchmark-") as folder:
        measure(Path(folder), asked.articles, asked.voice or ["espeak", "hibari"], pipes=not asked.no_pipe)


def measure(folder: Path, count: int, voices: list[str], *, pipes: bool) -> None:
    """Time each way once, the pipe first, and print them."""
    pages, texts = folder / "pages", folder / "texts"
    pages.mkdir()
    texts.mkdir()
    make_articles(count, pages, texts)
    ways = ("-b 64 --resample 44.1 -m m", "") if pipes else ()
    bare = [pipe(texts, 2, count, options) for options in ways]
    for run in bare:
        print(run, flush=True)
    for voice in voices:
        runs = [audiogen(pages, folder, processes, count, voice) for processes in ((1, 2) if pipes else (2,))]
        for run in runs:
            print(run, flush=True)
        one, two = runs[0], runs[-1]
        if pipes:
            print(f"two processes to one: {one.wall / two.wall:.2f}")
        for other in bare if voice == "espeak" else ():
            by_clock, by_cpu = other.wall / two.wall, other.cpu / two.cpu
            print(f"two processes to {other.name}: {by_clock:.2f} by the clock, {by_cpu:.2f} by CPU")


if __name__ == "__main__":
    main()
