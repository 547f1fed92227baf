"""How fast the narration is: texts a second, time against length, and the first text of a fresh process.

    python benchmarks/narration.py [--seconds N]

Times are those of the processor, so that a busy machine tells little else. The texts are those of the tests: sentences
in the style of wire copy, far denser in figures than news is on the whole.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from audiogen import narrate, normalize
from audiogen.model import Article, Block

CASES = Path(__file__).parent.parent / "tests" / "narration" / "languages" / "english"

FIRST = """
import time; started = time.process_time()
import audiogen; audiogen.normalize({text!r})
print(time.process_time() - started)
"""


def written(name: str) -> list[str]:
    """Read the written side of a table of the tests."""
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    return [pair.split("\n")[0] for pair in text.strip().split("\n\n")]


def rate(texts: list[str], seconds: float) -> float:
    """Count how many of *texts* are said in a second, warm."""
    for text in texts:
        normalize(text)
    rounds, started = 0, time.process_time()
    while time.process_time() - started < seconds:
        for text in texts:
            normalize(text)
        rounds += 1
    return rounds * len(texts) / (time.process_time() - started)


def duration_of(words: int, text: str) -> float:
    """Measure a text of about so many words, in seconds."""
    long = (text + " ") * (words // len(text.split()) + 1)
    started = time.process_time()
    normalize(long)
    return time.process_time() - started


def first_text(runs: int = 7, *, compiled: bool = True) -> float:
    """Measure import and first text in a fresh process, the best of some runs, in seconds.

    Installed packages have their bytecode; where Python may not write any, each process compiles the source anew.
    """
    command = [sys.executable, "-c", FIRST.format(text="Sen. Smith (R-Ohio) paid $3.5bn on Sept. 6.")]
    with tempfile.TemporaryDirectory() as cache:
        bytecode = {"PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
        settings = {**os.environ, **(bytecode if compiled else {"PYTHONDONTWRITEBYTECODE": "1"})}
        run = partial(subprocess.run, command, capture_output=True, text=True, check=True, env=settings)
        run()  # writes the bytecode
        return min(float(run().stdout) for _ in range(runs))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each rate is measured")
    seconds: float = parser.parse_args().seconds
    news = written("news")
    plain = (CASES / "plain.txt").read_text(encoding="utf-8").splitlines()
    print(f"import and first text   {first_text() * 1000:8.0f} ms")
    print(f"without bytecode        {first_text(compiled=False) * 1000:8.0f} ms")
    for name, texts in (("news sentences", news), ("plain sentences", plain)):
        words = sum(len(text.split()) for text in texts) / len(texts)
        print(f"{name:20} {rate(texts, seconds):10.0f} texts/s of {words:.0f} words")
    for words in (25_000, 50_000, 100_000):
        print(f"a text of {words:7,} words {duration_of(words, ' '.join(news)):8.2f} s")
    article = Article(title="Title", language="en", blocks=tuple(Block(text) for text in news), cleaned=True)
    started = time.process_time()
    script = narrate(article)
    print(f"a script of {len(script.utterances)} utterances, aligned {time.process_time() - started:.2f} s")


if __name__ == "__main__":
    main()
