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
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from audiogen.cli import cli

if TYPE_CHECKING:
    from click.testing import Result

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
    told = [json.loads(row) for row in done.stdout.splitlines()]
    assert sorted(row["status"] for row in told) == ["done"] * 5 + ["refused"]
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
