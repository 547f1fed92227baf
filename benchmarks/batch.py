"""Articles an hour, with one process and with two, against the bare pipe `espeak-ng --stdout | lame` under xargs.

    python benchmarks/batch.py --articles 200

Articles are made from templates, some five minutes each. The pipe gets their plain text, once encoding at the bit rate
and sample rate that `--quality speech` has, once as `lame` comes, which keeps eSpeak's 22,050 Hz and so encodes half
the samples; it reads no page, drops nothing, rewords nothing, levels nothing, tags nothing. audiogen does all that,
through its own command line with all defaults, an empty speech cache and no feed.
CPU seconds are told beside the clock's: on a machine that others use, they are what can be compared.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

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

    def __str__(self) -> str:
        hourly = self.articles / self.wall * 3600
        return f"{self.name:<52} {hourly:8.0f} articles/h   {self.wall:7.1f} s   {self.cpu:7.1f} CPU s"


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


def audiogen(pages: Path, folder: Path, processes: int, articles: int) -> Run:
    """Time audiogen, in a home of its own."""
    library = folder / f"library-{processes}"
    home = {name: str(folder / f"home-{processes}") for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    command = [sys.executable, "-m", "audiogen", "batch", str(pages), "-o", str(library)]
    command += ["--jobs", str(processes), "--no-feed", "--keep-duplicates"]
    run = timed(
        f"audiogen, {processes} process{'es' if processes > 1 else ''}", articles, command, env=os.environ | home
    )
    made = len(list((library / "episodes").glob("*.mp3")))
    if made != articles:
        raise SystemExit(f"only {made} of {articles} were made")
    return run


def main() -> None:
    """Time each way once, the pipe first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=200)
    count = parser.parse_args().articles
    for program in ("espeak-ng", "lame"):
        if shutil.which(program) is None:
            raise SystemExit(f"{program} is not installed")
    with tempfile.TemporaryDirectory(prefix="audiogen-benchmark-") as folder:
        pages, texts = Path(folder) / "pages", Path(folder) / "texts"
        pages.mkdir()
        texts.mkdir()
        make_articles(count, pages, texts)
        runs = [
            pipe(texts, 2, count, "-b 64 --resample 44.1 -m m"),
            pipe(texts, 2, count),
            audiogen(pages, Path(folder), 1, count),
            audiogen(pages, Path(folder), 2, count),
        ]
    for run in runs:
        print(run)
    *pipes, one, two = runs
    print(f"two processes to one: {one.wall / two.wall:.2f}")
    for bare in pipes:
        print(f"two processes to {bare.name}: {bare.wall / two.wall:.2f} by the clock, {bare.cpu / two.cpu:.2f} by CPU")


if __name__ == "__main__":
    main()
