"""A library is a plain folder in which an episode is whole or not there."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest

from audiogen.errors import LibraryError
from audiogen.library import Library, slug_of

GUID = "urn:uuid:6b5e1a2d-051a-5626-9b9c-d6621671d636"
SUFFIXES = (".mp3", ".vtt", ".chapters.json", ".json")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def put(library: Library, slug: str, guid: str = GUID, note: str = "") -> None:
    with library.stage() as folder:
        for suffix in SUFFIXES:
            content = json.dumps({"slug": slug, "guid": guid, "note": note}) if suffix == ".json" else note
            (folder / f"{slug}{suffix}").write_text(content, encoding="utf-8")
        library.put(guid, slug, folder)


def files(library: Library) -> list[str]:
    return sorted(path.name for path in library.shelf.episodes.iterdir())


def test_an_episode_that_was_put_in_is_found_by_its_guid(library: Library) -> None:
    assert library.find(GUID) is None
    put(library, "ferry", note="first")
    found = library.find(GUID)
    assert found is not None
    assert found["note"] == "first"
    assert files(library) == sorted(f"ferry{suffix}" for suffix in SUFFIXES)
    assert [manifest["slug"] for manifest in library.manifests()] == ["ferry"]


def test_an_episode_made_anew_takes_the_place_of_the_old_one(library: Library) -> None:
    put(library, "ferry", note="first")
    put(library, "ferry-2", note="second")
    assert files(library) == sorted(f"ferry-2{suffix}" for suffix in SUFFIXES)


def test_two_articles_of_one_name_do_not_meet(library: Library) -> None:
    assert library.free_slug("ferry") == "ferry"
    put(library, "ferry")
    assert library.free_slug("ferry") == "ferry-2"
    put(library, "ferry-2", guid=GUID.replace("6b", "7b"))
    assert library.free_slug("ferry") == "ferry-3"


def test_nothing_is_left_of_an_episode_that_failed(library: Library) -> None:
    with pytest.raises(RuntimeError), library.stage() as folder:
        (folder / "half.mp3").write_bytes(b"half")
        raise RuntimeError("the power went")
    assert files(library) == []
    assert list(library.shelf.notes.glob("making-*")) == []


def test_the_work_of_a_killed_run_is_swept_away_by_a_later_one(library: Library) -> None:
    put(library, "ferry")
    stale, fresh = library.shelf.notes / "making-stale", library.shelf.notes / "making-fresh"
    for folder in (stale, fresh):
        folder.mkdir()
        (folder / "half.mp3").write_bytes(b"half")
    os.utime(stale, (0, 0))
    put(library, "ferry-2")
    assert not stale.exists()
    assert fresh.exists()


def test_an_episode_without_its_manifest_does_not_exist(library: Library) -> None:
    put(library, "ferry")
    library.path("ferry", ".json").unlink()
    assert library.find(GUID) is None
    assert list(library.manifests()) == []


def test_a_manifest_that_cannot_be_read_is_named(library: Library) -> None:
    put(library, "ferry")
    library.path("ferry", ".json").write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"ferry\.json"):
        library.find(GUID)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    with pytest.raises(LibraryError, match="Name another folder"), Library(blocker / "library").stage():
        pass


@pytest.mark.parametrize(
    ("title", "published", "slug"),
    [
        ("The ferry sails again", date(2026, 9, 6), "2026-09-06-the-ferry-sails-again"),
        ("The ferry sails again", None, "the-ferry-sails-again"),
        ("Паром знову ходить", None, "parom-znovu-khodit"),
        ("It’s “over” — isn't it?", None, "its-over-isnt-it"),
        ("!!!", None, "article"),
        ("", date(2026, 9, 6), "2026-09-06-article"),
        ("a" * 300, None, "a" * 80),
        ("one two three four five six seven eight nine", None, "one-two-three-four-five-six-seven-eight"),
        ("../../etc/passwd", None, "etc-passwd"),
    ],
)
def test_a_file_name_is_plain_and_short(title: str, published: date | None, slug: str) -> None:
    assert slug_of(title, published) == slug
