"""What must hold for piles of thousands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen import produce_all
from audiogen.batch.index import Index, Note
from audiogen.batch.memory import known_digest
from audiogen.batch.work import Task
from audiogen.cli.outcomes import Report
from audiogen.episodes.digests import heard_settings_digest
from audiogen.model import Source
from audiogen.production import EpisodeMaker
from tests.batch.conftest import snapshot
from tests.batch.pile import make_pile

if TYPE_CHECKING:
    from audiogen.settings import Settings

COUNT = 10_000


def forge(pile: Path, library: Path, task: Task) -> None:
    """A pile of thousands, with a library in which every article of it was done."""
    episodes = library / "episodes"
    pile.mkdir()
    episodes.mkdir(parents=True)
    with Index(library / ".audiogen") as index:
        for number in range(COUNT):
            path = pile / f"{number}.html"
            path.write_text(f"<p>Story {number}.")
            os.utime(path, (1_700_000_000, 1_700_000_000))
            for suffix in (".mp3", ".json", ".vtt", ".words.json", ".chapters.json"):
                (episodes / f"story-{number}{suffix}").write_text("x")
            origin = str(pile)
            source = Source(str(path), path, origin=origin)
            stamp = path.stat()
            index.write(
                Note(
                    str(path), "done", f"digest-{number}", known_digest(source), stamp.st_size, stamp.st_mtime_ns,
                    guid=f"urn:uuid:{number}", slug=f"story-{number}", audio=f"story-{number}.mp3", bytes=1,
                    title=f"Story {number}", settings=heard_settings_digest(task.settings), origin=origin,
                )
            )  # fmt: skip


def opened_below(folder: Path) -> list[Path]:
    """Note from now on what this process opens below a folder: an audit hook cannot be taken away again."""
    reads: list[Path] = []

    def note(event: str, arguments: tuple[object, ...]) -> None:
        # `os.open` tells no mode; it is called by `open` too, which tells its own.
        if event == "open" and arguments[1] is not None and isinstance(arguments[0], str | os.PathLike):
            path = Path(arguments[0])
            reads.extend([path] if path.is_relative_to(folder) else [])

    sys.addaudithook(note)
    return reads


@pytest.mark.slow
def test_ten_thousand_done_articles_are_passed_over_without_reading_one(
    tmp_path: Path, tones: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pile, library = tmp_path / "pile", tmp_path / "library"
    forge(pile, library, Task(str(library), tones))
    # The first run after an older version's notes how the files of episodes are.
    assert {outcome.status for outcome in produce_all([pile], library, jobs=1, settings=tones)} == {"done"}
    before = snapshot(library)
    monkeypatch.setattr(EpisodeMaker, "prepare", None)
    reads = opened_below(tmp_path)
    report = Report()
    for outcome in produce_all([pile], library, jobs=1, settings=tones):
        assert outcome.status == "done"
        report.add(outcome)
    opened = [path for path in reads if path.suffix != ".log"]
    # What tells a list of links from a page looks at the beginning of each page, and what was removed is asked for
    # the whole pile at once; nothing else is opened.
    assert {path.suffix for path in opened if path.parent != library / "state"} <= {".html"}
    state = [path.name for path in opened if path.parent == library / "state"]
    assert set(state) == {"removed.json"}
    assert len(state) <= 2
    monkeypatch.undo()
    assert snapshot(library) == before


MEMORY = """
import sys
from pathlib import Path
from audiogen.batch import work
from audiogen.model import Source
from audiogen.settings import Settings
from tests.memory import peak
settings = Settings().with_flags(speech__voice="tone", speech__cache=False, audio__quality="small")
task = work.Task(sys.argv[2], settings)
for number, path in enumerate(sorted(Path(sys.argv[1]).iterdir()), 1):
    source = Source(str(path), path)
    prepared = work.prepare(task, source)
    if number % 20 == 0:
        work.make(task, source, prepared.article, wait=True)
    if number in (200, 1000):
        print(peak())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="resource is of Unix")
def test_a_worker_does_not_grow_over_a_thousand_articles(tmp_path: Path) -> None:
    """Each is read and cleaned, where libraries keep caches; every twentieth is spoken, which goes in pieces."""
    pile = make_pile(tmp_path / "pile", 1000)
    command = [sys.executable, "-c", MEMORY, str(pile), str(tmp_path / "library")]
    early, late = map(int, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    # Kilobytes; the tenth is the allocator's habit. A leak of pages or of sound would show.
    assert late < early * 1.1
