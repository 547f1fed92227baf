"""A folder of numbered files: it follows the queue, and nothing that somebody else put there is touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from audiogen.cli import cli
from audiogen.errors import LibraryError
from audiogen.exporting import LIST, ExportResult, export
from audiogen.podcast.entries import read_index
from tests.podcast.libraries import shelve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.podcast.entries import Entry


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for slug in ("dam", "ferry", "gulls"):
        shelve(tmp_path / "library", slug, title=f"The {slug}")
        (tmp_path / "library" / "episodes" / f"{slug}.mp3").write_bytes(slug.encode() * 99)
    return tmp_path / "library"


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return tmp_path / "card" / "articles"


def entries(library: Path, *slugs: str) -> list[Entry]:
    known = {entry.slug: entry for entry in read_index(library).entries}
    return [known[slug] for slug in slugs]


def held(card: Path) -> dict[str, str]:
    """What the folder holds, by name: the slug that each file says."""
    return {path.name: path.read_bytes()[:3].decode() for path in sorted(card.iterdir()) if path.name != LIST}


def put(card: Path, library: Path, *slugs: str, link: bool = False) -> ExportResult:
    return export(card, library, entries(library, *slugs), link=link)


def test_the_files_are_numbered_in_the_queues_order(library: Path, card: Path) -> None:
    done = put(card, library, "gulls", "dam")
    assert held(card) == {"001 The gulls.mp3": "gul", "002 The dam.mp3": "dam"}
    assert done == ExportResult(("001 The gulls.mp3", "002 The dam.mp3"), 2, 0)


@pytest.mark.parametrize(
    ("before", "after", "written", "removed"),
    [
        (("dam", "ferry"), ("dam", "ferry"), 0, 0),
        (("dam", "ferry"), ("ferry", "dam"), 0, 0),
        (("dam", "ferry", "gulls"), ("ferry", "gulls", "dam"), 0, 0),
        (("dam", "ferry", "gulls"), ("gulls",), 0, 2),
        (("dam",), ("ferry", "dam", "gulls"), 2, 0),
        (("dam", "ferry"), ("gulls", "ferry"), 1, 1),
        (("dam", "ferry"), (), 0, 2),
    ],
)
def test_running_again_brings_the_folder_up_to_date_and_copies_nothing_twice(
    library: Path, card: Path, before: Sequence[str], after: Sequence[str], written: int, removed: int
) -> None:
    put(card, library, *before)
    done = put(card, library, *after)
    assert held(card) == {f"{number:03} The {slug}.mp3": slug[:3] for number, slug in enumerate(after, 1)}
    assert (done.written, done.removed) == (written, removed)


def test_what_was_spoken_anew_is_copied_anew(library: Path, card: Path) -> None:
    put(card, library, "dam")
    (library / "episodes" / "dam.mp3").write_bytes(b"new" * 50)
    assert put(card, library, "dam").written == 1
    assert held(card) == {"001 The dam.mp3": "new"}


def test_what_somebody_else_put_there_stays(library: Path, card: Path) -> None:
    card.mkdir(parents=True)
    for name in ("001 The dam.mp3", "song.mp3", "003 Mine.mp3"):
        (card / name).write_bytes(b"own")
    put(card, library, "dam", "ferry")
    assert held(card) == {
        "001 The dam (2).mp3": "dam",
        "001 The dam.mp3": "own",
        "002 The ferry.mp3": "fer",
        "003 Mine.mp3": "own",
        "song.mp3": "own",
    }
    put(card, library)
    assert held(card) == {"001 The dam.mp3": "own", "003 Mine.mp3": "own", "song.mp3": "own"}


def test_a_file_that_was_changed_since_is_somebodys(library: Path, card: Path) -> None:
    put(card, library, "dam", "ferry")
    (card / "001 The dam.mp3").write_bytes(b"own")
    put(card, library, "gulls")
    assert held(card) == {"001 The dam.mp3": "own", "001 The gulls.mp3": "gul"}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "no JSON", '["../library/episodes/dam.mp3", "a", 1, 1, 297, 1]', '["x"]', "[" * 99_999],
    ids=["empty", "a list", "no JSON", "a way out", "short", "brackets"],
)
def test_a_damaged_list_makes_every_file_somebody_elses(library: Path, card: Path, text: str) -> None:
    put(card, library, "dam")
    (card / LIST).write_text(f"{text}\n", encoding="utf-8")
    put(card, library)
    assert "001 The dam.mp3" in held(card)
    assert (library / "episodes" / "dam.mp3").is_file()


def test_a_file_is_ours_where_the_disk_rounds_its_time(library: Path, card: Path) -> None:
    """FAT has times to two seconds."""
    put(card, library, "dam", "ferry")
    for name, late in (("001 The dam.mp3", 1.9), ("002 The ferry.mp3", 2.5)):
        when = (card / name).stat().st_mtime
        os.utime(card / name, (when, when + late))
    assert put(card, library).removed == 1
    assert list(held(card)) == ["002 The ferry.mp3"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What? A “dam”: closed / open", "001 What A “dam” closed open.mp3"),
        ("..", "001 dam.mp3"),
        ("../../etc/passwd", "001 etc passwd.mp3"),
        ("Ends in dots...", "001 Ends in dots.mp3"),
        ("Łódź ma most", "001 Łódź ma most.mp3"),
        ("word " * 40, f"001 {('word ' * 16).strip()}.mp3"),
    ],
)
def test_a_title_becomes_a_name_that_any_disk_takes(tmp_path: Path, card: Path, title: str, name: str) -> None:
    shelve(tmp_path / "library", "dam", title=title)
    assert put(card, tmp_path / "library", "dam").names == (name,)
    assert [path.name for path in card.iterdir() if path.name != LIST] == [name]


def test_a_link_is_a_second_name_of_the_same_file(library: Path, card: Path) -> None:
    put(card, library, "dam", link=True)
    assert (card / "001 The dam.mp3").samefile(library / "episodes" / "dam.mp3")
    put(card, library)
    assert (library / "episodes" / "dam.mp3").is_file()


def test_where_the_disk_has_no_links_a_copy_is_made(library: Path, card: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    put(card, library, "dam", link=True)
    assert held(card) == {"001 The dam.mp3": "dam"}


def test_a_run_that_was_cut_short_is_finished_by_the_next(
    library: Path, card: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(card, library, "dam", "ferry", "gulls")
    rename, left = Path.rename, [3]

    def give_up(self: Path, target: Path) -> Path:
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", give_up)
        with pytest.raises(KeyboardInterrupt):
            put(card, library, "gulls", "ferry", "dam")
    put(card, library, "gulls", "ferry", "dam")
    assert held(card) == {"001 The gulls.mp3": "gul", "002 The ferry.mp3": "fer", "003 The dam.mp3": "dam"}


@pytest.mark.parametrize("place", [".", "episodes"])
def test_the_librarys_own_folders_are_refused(library: Path, place: str) -> None:
    with pytest.raises(LibraryError, match="own folder"):
        put(library / place, library, "dam")


def test_a_place_that_cannot_be_written_is_told(library: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(LibraryError, match="cannot be written"):
        put(tmp_path / "taken" / "card", library, "dam")


def test_the_command_exports_what_it_picked(library: Path, card: Path) -> None:
    arguments = ["queue", str(library), "--order", "newest", "--count", "2", "--export", str(card)]
    result = [CliRunner().invoke(cli, arguments, catch_exceptions=False) for _ in range(2)]
    assert list(held(card)) == ["001 The gulls.mp3", "002 The ferry.mp3"]
    assert "2 files written, 0 kept, 0 removed." in result[0].stderr
    assert "0 files written, 2 kept, 0 removed." in result[1].stderr
