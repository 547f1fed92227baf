"""`make sample`: make `docs/sample.mp3`, a minute of the example article, as the default voice reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from audiogen.production import EpisodeMaker, write_sound_file
from audiogen.settings import Settings
from examples.demo import PAGE

SAMPLE = Path(__file__).parent.parent / "docs" / "sample.mp3"
#: Blocks of the article that take a minute: paragraphs, quoted words and a heading.
BLOCKS = 6


def make(path: Path) -> None:
    """Write the sample to *path*. Nobody's settings and no kept speech come into it: it is the same each time."""
    settings = Settings().with_flags(speech__voice="hibari", speech__cache=False)
    with EpisodeMaker(settings) as episode_maker, TemporaryDirectory() as folder:
        article = episode_maker.prepare(PAGE)
        master = write_sound_file(Path(folder), episode_maker, replace(article, blocks=article.blocks[:BLOCKS]))
        path.write_bytes(master.recording.path.read_bytes())


def main() -> None:
    """Make the sample that the README links."""
    make(SAMPLE)
    print(SAMPLE.relative_to(Path.cwd()) if SAMPLE.is_relative_to(Path.cwd()) else SAMPLE)


if __name__ == "__main__":
    main()
