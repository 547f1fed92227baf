"""Files of a library that belong to no episode are told, one by one; nothing is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.audit.folder import stray_files
from tests.podcast.libraries import files_of, manifest, shelve

if TYPE_CHECKING:
    from pathlib import Path


def strays(root: Path) -> list[str]:
    found = list(stray_files(root))
    assert {fault.check for fault in found} <= {"folder"}
    return [fault.message for fault in found]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    shelve(tmp_path, "river")
    return tmp_path


def test_a_tidy_library_has_none(library: Path) -> None:
    assert strays(library) == []


@pytest.mark.parametrize(
    "suffix",
    [".html", ".embed.html", ".txt", ".jpg", ".png", ".oembed.json", ".srt", ".words.json", ".m4b", ".opus", ".m4a"],
)
def test_what_may_stand_beside_an_episode_is_none(library: Path, suffix: str) -> None:
    (library / "episodes" / f"river{suffix}").touch()
    assert strays(library) == []


@pytest.mark.parametrize(
    "name", ["lake.mp3", "lake.vtt", "lake.html", "notes", "river.mp3.part", ".DS_Store", "river.v2.mp3", "river.wav"]
)
def test_what_belongs_to_no_episode_is_named(library: Path, name: str) -> None:
    (library / "episodes" / name).touch()
    assert strays(library) == [f"episodes/{name} belongs to no episode."]


def test_the_sound_of_a_later_revision_belongs_to_its_episode(library: Path) -> None:
    data = manifest("lake")
    data["audio"]["file"] = "lake.v3.mp3"
    shelve(library, "lake", data)
    assert strays(library) == []
    (library / "episodes" / "lake.v2.mp3").touch()
    assert strays(library) == ["episodes/lake.v2.mp3 belongs to no episode."]


def test_folders_are_not_looked_at(library: Path) -> None:
    (library / "episodes" / "drafts").mkdir()
    (library / "episodes" / "drafts" / "x.mp3").touch()
    assert strays(library) == []


@pytest.mark.parametrize("content", ["", "{", "[]", '{"audio": []}', '{"audio": {"file": 3}}', "\x00"])
def test_a_broken_manifest_still_keeps_its_own_files(library: Path, content: str) -> None:
    """That it is broken is told elsewhere; its sound is no stray for that."""
    (library / "episodes" / "river.json").write_text(content)
    assert strays(library) == []


def test_an_episode_that_was_not_put_in_place_is_named(library: Path) -> None:
    for name in ("ready-lake", "ready-pond", "making-sea"):
        (library / ".audiogen" / name).mkdir(parents=True)
    assert strays(library) == [
        f".audiogen/{name} was not put in place: run audiogen again to finish it."
        for name in ("ready-lake", "ready-pond")
    ]


def test_a_feed_that_cannot_be_read_is_named(library: Path) -> None:
    (library / "feed.xml").write_text("<rss><channel>")
    (library / "feed-news.xml").write_bytes(b"\xff\xfe")
    assert [message.split(" cannot")[0] for message in strays(library)] == ["feed-news.xml", "feed.xml"]


def test_looking_changes_nothing(library: Path) -> None:
    (library / "episodes" / "notes").touch()
    before = files_of(library)
    strays(library)
    assert files_of(library) == before
