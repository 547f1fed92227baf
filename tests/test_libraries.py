"""Libraries made by earlier versions: what is there stays there, however much better articles are read today.

`tests/libraries/made_by_0_1` was made by audiogen 0.1.0 (commit 27a2edc) from its folder `saved` at `/srv/reading`:

    audiogen init library; audiogen batch saved -o library; audiogen feed library; audiogen check library

with the engine `tone`. It is never made anew.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from audiogen.batch import work
from audiogen.cleaner import clean as real_clean
from audiogen.cli import cli

if TYPE_CHECKING:
    from click.testing import Result

    from audiogen.model import Article

MADE_BY_0_1 = Path(__file__).parent / "libraries" / "made_by_0_1"
#: Where the fixture stood when it was made: its notes name sources by their absolute paths.
WAS_AT = "/srv/reading"


@pytest.fixture(params=["with its notes", "without its notes"])
def reading(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder with saved pages and the library that audiogen 0.1.0 made of them."""
    folder = tmp_path / "reading"
    shutil.copytree(MADE_BY_0_1, folder)
    notes = folder / "library" / ".audiogen"
    if request.param == "without its notes":
        shutil.rmtree(notes)
    else:
        _move_notes(notes / "batch.sqlite", str(folder))
    return folder


def _move_notes(index: Path, folder: str) -> None:
    with closing(sqlite3.connect(index)) as notes, notes:
        for column in ("source", "origin"):
            notes.execute(f"UPDATE notes SET {column} = replace({column}, ?, ?)", (WAS_AT, folder))


def audiogen(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)], catch_exceptions=False)


def episodes(library: Path) -> dict[str, bytes]:
    """Sound, manifests and texts by file name; the pages beside them are the feed's and may be written anew."""
    return {
        path.name: path.read_bytes()
        for path in (library / "episodes").iterdir()
        if path.suffix in (".mp3", ".json", ".vtt")
    }


def guids_of_feed(library: Path) -> list[str]:
    return re.findall(r"<guid[^>]*>([^<]+)</guid>", (library / "feed.xml").read_text(encoding="utf-8"))


def test_a_batch_speaks_nothing_again_and_writes_no_episode_anew(reading: Path) -> None:
    library = reading / "library"
    before = episodes(library)
    done = audiogen("batch", reading / "saved", "-o", library, "--jobs", "1", "--json")
    report = [json.loads(row) for row in done.stdout.splitlines()]
    assert sorted(row["status"] for row in report) == ["done"] * 5 + ["refused"]
    assert episodes(library) == before


def test_the_feed_keeps_every_guid(reading: Path) -> None:
    library = reading / "library"
    before, guids = episodes(library), guids_of_feed(library)
    audiogen("batch", reading / "saved", "-o", library, "--jobs", "1")
    assert audiogen("feed", library).exit_code == 0
    assert guids_of_feed(library) == guids
    assert len(guids) == 5
    assert episodes(library) == before


def test_the_check_finds_no_fault(reading: Path) -> None:
    library = reading / "library"
    audiogen("batch", reading / "saved", "-o", library, "--jobs", "1")
    checked = audiogen("check", library)
    assert checked.exit_code == 0, checked.output


def correct(folder: Path, name: str) -> None:
    """Add a sentence to a saved page, as its newsroom might."""
    path = folder / "saved" / name
    text = path.read_text(encoding="utf-8")
    last = text.rindex("</p>") if "</p>" in text else len(text.rstrip())
    path.write_text(f"{text[:last]} A correction was added on Friday.{text[last:]}", encoding="utf-8")


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches work in a thread of this process: that workers are processes is tried elsewhere."""
    monkeypatch.setattr("audiogen.batch.worker_pool.WorkerPool", InThisProcess)


@pytest.fixture
def read_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read every article otherwise than 0.1.0 did: another title, outlet, day and standfirst, and an address less."""

    def clean(article: Article, **options: Any) -> Article:
        result = real_clean(article, **options)
        blocks = tuple(replace(block, text=f"{block.text} Read on.") for block in result.blocks)
        return replace(
            result,
            title=f"{result.title} | Ledger",
            dek="What is new.",
            site="The Ledger",
            published=date(2026, 1, 2),
            url="",
            blocks=blocks,
        )

    monkeypatch.setattr("audiogen.production.preparing.clean", clean)


class InThisProcess(ThreadPoolExecutor):
    """A worker that is patched as the tests are."""

    def stop(self) -> list[int]:
        self.submit(work.close).result()
        self.shutdown()
        return []


@pytest.mark.usefixtures("read_otherwise")
def test_a_reader_that_reads_every_article_otherwise_makes_nothing_be_spoken(reading: Path) -> None:
    library = reading / "library"
    before, guids = episodes(library), guids_of_feed(library)
    for _ in range(2):
        done = audiogen("batch", reading / "saved", "-o", library, "--jobs", "1", "--json")
        report = [json.loads(row) for row in done.stdout.splitlines()]
        assert sorted(row["status"] for row in report) == ["done"] * 5 + ["refused"]
        assert episodes(library) == before
    assert guids_of_feed(library) == guids


@pytest.mark.slow
@pytest.mark.usefixtures("read_otherwise")
def test_who_wants_them_anew_gets_them_under_their_guids(reading: Path) -> None:
    library = reading / "library"
    guids = sorted(guids_of_feed(library))
    slugs = {path.stem for path in (library / "episodes").glob("*.vtt")}
    done = audiogen("batch", reading / "saved", "-o", library, "--jobs", "1", "--remake", "--json")
    assert [json.loads(row)["status"] for row in done.stdout.splitlines()].count("changed") == 5
    assert sorted(guids_of_feed(library)) == guids
    assert {path.stem for path in (library / "episodes").glob("*.vtt")} == slugs


@pytest.mark.parametrize("name", ["briefing.html", "lock.html"])
def test_a_corrected_article_keeps_guid_name_and_voice(reading: Path, name: str) -> None:
    library = reading / "library"
    before = episodes(library)
    correct(reading, name)
    noted = (library / ".audiogen").is_dir()
    if noted:
        # Another voice is the show's by now: that of the language.
        (library / "audiogen.toml").write_text("", encoding="utf-8")
    arguments = ["batch", reading / "saved", "-o", library, "--jobs", "1", "--json"]
    done = audiogen(*arguments) if noted else audiogen(*arguments, "--remake")
    report = {Path(row["source"]).name: row for row in map(json.loads, done.stdout.splitlines())}
    assert report.pop(name)["status"] == "changed"
    assert {row["status"] for row in report.values()} <= {"done", "refused"}
    after = episodes(library)
    [manifest] = [
        file
        for file in after
        if before.get(file) != after[file]
        and file.endswith(".json")
        and not file.endswith((".chapters.json", ".words.json"))
    ]
    old, new = json.loads(before[manifest]), json.loads(after[manifest])
    assert [new[key] for key in ("guid", "slug", "voice")] == [old[key] for key in ("guid", "slug", "voice")]
    assert new["revision"] == 2
    assert "A correction was added on Friday." in [line["written"] for line in new["script"]]
    slug = old["slug"]
    assert {file: content for file, content in after.items() if not file.startswith(slug)} == {
        file: content for file, content in before.items() if not file.startswith(slug)
    }


def test_where_nobody_can_tell_a_corrected_article_is_left_as_it_is(reading: Path) -> None:
    library = reading / "library"
    shutil.rmtree(library / ".audiogen", ignore_errors=True)
    before = episodes(library)
    correct(reading, "lock.html")
    done = audiogen("batch", reading / "saved", "-o", library, "--jobs", "1")
    assert "1 were made by an older version; --remake makes them anew." in done.stderr
    assert episodes(library) == before
