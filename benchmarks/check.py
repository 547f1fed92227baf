"""What checking a library costs, beside decoding its sound alone: for the first time, and with nothing changed since.

    python -m benchmarks.check [--episodes 30] [--minutes 5] [--library FOLDER]

The episodes are spoken with eSpeak NG and published; with `--library` a folder is measured as it is. Costs are seconds
of processor time of all threads in one run; the last column is the ratio to decoding each file once and doing nothing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from audiogen.assembler.decoding import decoded
from audiogen.audit import audit
from audiogen.episodes.library import Library
from audiogen.podcast import publish
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.settings import Settings, load_settings
from benchmarks.articles import make_page

if TYPE_CHECKING:
    from collections.abc import Callable

#: Words a minute of the default voice.
_PACE = 170


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--episodes", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--library", type=Path, help="measure this library instead")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.library:
            measure(arguments.library, load_settings(arguments.library))
        else:
            settings = Settings().with_flags(
                show__title="A show", show__description="To be checked.", show__base_url="https://audio.example"
            )
            make_library(Path(folder), settings, arguments.episodes, round(arguments.minutes * _PACE))
            measure(Path(folder), settings)


def make_library(root: Path, settings: Settings, episodes: int, words: int) -> None:
    """Speak and publish so many episodes of so many *words*."""
    with EpisodeMaker(settings, folder=root) as episode_maker:
        for seed in range(episodes):
            make_in_library(Library(root), episode_maker, episode_maker.prepare(make_page(seed, words)))
    publish(root, settings)


def measure(root: Path, settings: Settings) -> None:
    """Print what each way costs."""
    sounds = sorted((root / "episodes").glob("*.mp3"))
    decoding = cost(lambda: decode(sounds))
    first = cost(lambda: audit(root, settings))
    again = cost(lambda: audit(root, settings, everything=False))
    print(f"{'':24}{'seconds':>9}{'ratio':>8}")
    for name, seconds in (("decoding alone", decoding), ("check --all", first), ("check again", again)):
        print(f"{name:24}{seconds:9.2f}{seconds / decoding:8.2f}")


def decode(paths: list[Path]) -> None:
    """Decode files and drop what comes."""
    for path in paths:
        with decoded(path) as sound:
            for _ in sound.blocks:
                pass


def cost(work: Callable[[], object]) -> float:
    """Return the processor time that the work takes, in seconds, of all threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
