"""A folder that follows a bucket has what lists are made of, at once what is said here, and soon what others say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes import listened, remove, restore
from audiogen.episodes.library import Library
from audiogen.episodes.state import LISTENED, QUEUE
from audiogen.episodes.storage import followed
from audiogen.episodes.storage.bucket import CHANGED, BucketStorage
from audiogen.episodes.storage.followed import FollowedStorage
from audiogen.errors import LibraryError
from tests.episodes.storage.test_bucket import GUID, OTHER, put

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.episodes.storage.objects import Objects


@pytest.fixture
def here(store: Objects, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FollowedStorage:
    """The folder of a server on this machine, which lists at each change however long that takes."""
    monkeypatch.setattr(followed, "SHARE", 0)
    return FollowedStorage(store.address, tmp_path / "here")


@pytest.fixture
def elsewhere(store: Objects, tmp_path: Path) -> Library:
    """The library as another machine has it open."""
    return Library(BucketStorage(store.address, tmp_path / "elsewhere"))


def files(storage: FollowedStorage) -> dict[str, int]:
    """Sizes of the files of the folder, but for notes of our own."""
    paths = (path for path in storage.root.rglob("*") if path.is_file())
    names = {path.relative_to(storage.root).as_posix(): path.stat().st_size for path in paths}
    return {name: size for name, size in names.items() if not name.startswith(".")}


def test_it_has_the_manifests_and_of_other_files_the_size(
    here: FollowedStorage, elsewhere: Library, store: Objects
) -> None:
    store.write("audiogen.toml", b"[show]\n")
    store.write("voices/own.toml", b"name\n")
    store.write("state/edits/ferry.json", b"{}")
    store.write("episodes/ferry.html", b"<p>")
    put(elsewhere, "ferry")
    assert here.follow()
    assert files(here) == {
        "audiogen.toml": 7,
        "voices/own.toml": 5,
        "episodes/ferry.json": len(store.read("episodes/ferry.json") or b""),
        **{f"episodes/ferry{ending}": len(GUID) for ending in (".mp3", ".vtt", ".chapters.json")},
    }
    assert (here.root / "episodes" / "ferry.mp3").read_bytes() == bytes(len(GUID))
    assert json.loads((here.root / "episodes" / "ferry.json").read_bytes())["guid"] == GUID


def test_it_lists_the_bucket_only_where_something_changed_or_a_while_passed(
    here: FollowedStorage, elsewhere: Library, store: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert here.follow()
    assert not here.follow()
    put(elsewhere, "ferry")
    elsewhere.log("made", "ferry")
    assert here.follow()
    assert not here.follow()
    with elsewhere.changing(LISTENED) as entries:
        entries["ferry"] = {"at": "2026-11-30"}
    assert here.follow()
    assert (here.root / "state" / "listened.json").read_bytes() == store.read("state/listened.json")
    # Notes of our own are nothing that anybody sees.
    store_mark = store.read(CHANGED)
    elsewhere.tie(GUID, ["key"], "place")
    assert store.read(CHANGED) == store_mark
    # Another program wrote, and told nobody.
    store.write("lexicon.toml", b"")
    assert not here.follow()
    monkeypatch.setattr(followed, "LONGEST_UNLISTED", 0.0)
    assert here.follow()
    assert "lexicon.toml" in files(here)


def test_a_bucket_that_takes_long_to_list_is_not_listed_at_each_change(
    here: FollowedStorage, elsewhere: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "SHARE", 10)
    assert here.follow()
    assert here._listed is not None
    mark, ended, _ = here._listed
    here._listed = mark, ended, 3600.0
    put(elsewhere, "ferry")
    assert not here.follow()
    here._listed = mark, ended, 0.0
    assert here.follow()


def test_what_is_said_here_is_in_the_folder_at_once(here: FollowedStorage, elsewhere: Library, store: Objects) -> None:
    put(elsewhere, "ferry")
    put(elsewhere, "tide", OTHER)
    here.follow()
    home = Library(here)
    listened(home, "ferry", by="Mira")
    assert (here.root / "state" / "listened.json").read_bytes() == store.read("state/listened.json")
    remove(home, "tide")
    assert not [name for name in files(here) if name.startswith("episodes/tide")]
    assert list(store.listing("removed")) == sorted(
        f"removed/tide{ending}" for ending in (".chapters.json", ".json", ".mp3", ".vtt")
    )
    restore(home, "tide")
    there = files(here)
    assert there["episodes/tide.mp3"] == len(OTHER)
    assert json.loads((here.root / "episodes" / "tide.json").read_bytes())["guid"] == OTHER
    here.follow()
    assert files(here) == there


def test_an_episode_of_a_worker_is_brought_without_a_listing(
    here: FollowedStorage, elsewhere: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.follow()
    put(elsewhere, "ferry")
    monkeypatch.setattr(here.objects, "listing", None)
    monkeypatch.setattr(here.objects, "list_folder", None)
    here.fetch_episode("ferry")
    assert {name for name in files(here) if name.startswith("episodes/")} == {
        f"episodes/ferry{ending}" for ending in (".mp3", ".vtt", ".chapters.json", ".json")
    }
    here.fetch_episode("../outside")
    here.fetch_episode("nothing")


def test_what_another_removed_leaves_the_folder(here: FollowedStorage, elsewhere: Library) -> None:
    put(elsewhere, "ferry")
    here.follow()
    remove(elsewhere, "ferry")
    here.follow()
    assert not [name for name in files(here) if name.startswith("episodes/")]
    assert "state/removed.json" in files(here)


def test_what_goes_away_while_it_is_listed_is_seen_at_the_next_look(
    here: FollowedStorage, elsewhere: Library, store: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(elsewhere, "ferry")
    found = here._found

    def removed_meanwhile() -> object:
        result = found()
        store.remove("episodes/ferry.json")
        return result

    with monkeypatch.context() as patch:
        patch.setattr(here, "_found", removed_meanwhile)
        with pytest.raises(LibraryError):
            here.follow()
    assert here.follow()
    assert "episodes/ferry.json" not in files(here)


def test_a_holder_whose_lock_ran_out_takes_nothing_back(elsewhere: Library, store: Objects, tmp_path: Path) -> None:
    other = Library(BucketStorage(store.address, tmp_path / "third"))
    with other.changing(QUEUE) as entries:
        entries["tide"] = 0

    def too_late() -> None:
        with elsewhere.changing(QUEUE) as mine:
            mine["ferry"] = 1
            # Its machine stood still so long that others take it for dead.
            for name in store.listing(".audiogen/locks"):
                store.remove(name)
            with other.changing(QUEUE) as entries:
                entries["weir"] = 2

    with pytest.raises(LibraryError, match="changed by another program meanwhile"):
        too_late()
    assert elsewhere.state(QUEUE) == {"tide": 0, "weir": 2}
    with elsewhere.changing(QUEUE) as entries:
        entries["ferry"] = 1
    assert elsewhere.state(QUEUE) == {"tide": 0, "weir": 2, "ferry": 1}


def test_the_folder_lends_another_to_those_who_publish(
    here: FollowedStorage, elsewhere: Library, store: Objects
) -> None:
    put(elsewhere, "ferry")
    here.follow()
    before = {name: store.read(name) for name in store.listing("episodes")}
    with here.local_folder() as folder:
        assert folder != here.root
        (folder / "feed.xml").write_text("<rss/>")
    assert store.read("feed.xml") == b"<rss/>"
    assert {name: store.read(name) for name in store.listing("episodes")} == before
