"""A library at an address keeps what a folder keeps, and an episode in it is whole or not there."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from audiogen import episodes
from audiogen.episodes.identity import Tie, key_of_location, keys_of
from audiogen.episodes.library import Library
from audiogen.episodes.storage.bucket import BucketStorage
from audiogen.errors import LibraryError
from audiogen.model import Article

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from audiogen.episodes.storage.objects import ObjectInfo, Objects

GUID = "urn:uuid:6b5e1a2d-051a-5626-9b9c-d6621671d636"
OTHER, THIRD = GUID.replace("6b", "7b"), GUID.replace("6b", "8b")
SUFFIXES = (".mp3", ".vtt", ".chapters.json", ".json")


@pytest.fixture
def library(store: Objects, tmp_path: Path) -> Library:
    return another(store, tmp_path / "here")


def another(store: Objects, copy: Path) -> Library:
    """The same library, opened on another machine."""
    return Library(BucketStorage(store.address, copy))


def objects_of(library: Library) -> Objects:
    assert isinstance(library.storage, BucketStorage)
    return library.storage.objects


def put(library: Library, slug: str, guid: str = GUID, *, sound: str = "") -> None:
    sound = sound or f"{slug}.mp3"
    with library.stage() as folder:
        for name in (sound, f"{slug}.vtt", f"{slug}.chapters.json"):
            (folder / name).write_text(guid)
        result = {"guid": guid, "slug": slug, "audio": {"file": sound}}
        (folder / f"{slug}.json").write_text(json.dumps(result))
        library.put(guid, slug, folder)


def files(store: Objects, folder: str = "episodes") -> list[str]:
    return [name.removeprefix(f"{folder}/") for name in store.listing(folder)]


def test_an_episode_that_was_put_in_is_found_by_its_guid(library: Library, store: Objects, tmp_path: Path) -> None:
    assert library.find(GUID) is None
    put(library, "ferry")
    for opened in (library, another(store, tmp_path / "there")):
        assert (opened.find(GUID) or {})["slug"] == "ferry"
        assert opened.find(OTHER) is None
        assert [manifest["slug"] for manifest in opened.manifests()] == ["ferry"]
    assert files(store) == sorted(f"ferry{suffix}" for suffix in SUFFIXES)


def test_the_manifest_comes_when_all_else_is_there(
    library: Library, store: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_files, seen = objects_of(library).put, []

    def note(given: Mapping[str, Path]) -> None:
        seen.append((sorted(given), files(store)))
        put_files(given)

    monkeypatch.setattr(objects_of(library), "put", note)
    put(library, "ferry")
    others = ["ferry.chapters.json", "ferry.mp3", "ferry.vtt"]
    assert seen == [([f"episodes/{name}" for name in others], []), (["episodes/ferry.json"], others)]


def test_a_new_reading_takes_the_place_of_the_old_sound(library: Library, store: Objects) -> None:
    put(library, "ferry")
    put(library, "ferry", sound="ferry.v2.mp3")
    assert files(store) == ["ferry.chapters.json", "ferry.json", "ferry.v2.mp3", "ferry.vtt"]


def test_two_articles_of_one_name_do_not_meet(library: Library, store: Objects, tmp_path: Path) -> None:
    there = another(store, tmp_path / "there")
    assert library.name(GUID, "ferry") == "ferry"
    assert there.name(OTHER, "ferry") == "ferry-2"
    assert there.name(GUID, "another title by now") == "ferry"
    put(library, "ferry")
    put(there, "ferry-2", OTHER)
    assert library.name(THIRD, "ferry") == "ferry-3"


def test_a_name_that_an_object_has_already_is_not_given_away(library: Library, store: Objects) -> None:
    store.write("episodes/ferry.mp3", b"somebody's own")
    assert library.name(GUID, "ferry") == "ferry-2"


def test_a_library_that_was_copied_without_its_notes_knows_its_episodes(
    library: Library, store: Objects, tmp_path: Path
) -> None:
    put(library, "ferry")
    put(library, "quay", OTHER)
    for name in store.listing(".audiogen"):
        store.remove(name)
    copy = another(store, tmp_path / "there")
    assert (copy.find(OTHER) or {})["slug"] == "quay"
    assert files(store, ".audiogen") == [], "to look for an episode writes nothing"
    put(copy, "ferry")
    notes = files(store, ".audiogen")
    assert {f"guids/{guid.removeprefix('urn:uuid:')}" for guid in (GUID, OTHER)} <= set(notes)
    assert (another(store, tmp_path / "third").find(OTHER) or {})["slug"] == "quay"


def test_sound_that_is_gone_is_missed(library: Library, store: Objects) -> None:
    put(library, "ferry")
    manifest = library.find(GUID)
    assert manifest
    assert library.has_sound(manifest)
    store.remove("episodes/ferry.mp3")
    assert not library.has_sound(manifest)
    assert not library.has_sound({"audio": {"file": "../../secret.mp3"}})


def test_sizes_come_from_one_listing_where_many_are_asked_for(
    library: Library, store: Objects, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "ferry")
    library.storage.prepare_sizes()
    put(another(store, library.root.parent / "there"), "quay", OTHER)
    asked: list[str] = []
    info = objects_of(library).info

    def note(name: str) -> ObjectInfo | None:
        asked.append(name)
        return info(name)

    monkeypatch.setattr(objects_of(library), "info", note)
    assert library.size("ferry.mp3") == len(GUID)
    assert asked == []
    assert library.size("quay.mp3") == len(GUID)
    assert library.size("nothing.mp3") is None
    assert asked == ["episodes/quay.mp3", "episodes/nothing.mp3"]


def test_one_run_makes_an_episode_at_a_time(library: Library, store: Objects, tmp_path: Path) -> None:
    there = another(store, tmp_path / "there")
    with library.hold(GUID) as first, there.hold(GUID, wait=False) as second, there.hold(OTHER, wait=False) as third:
        assert (first, second, third) == (True, False, True)
    with there.hold(GUID, wait=False) as free:
        assert free
    assert files(store, ".audiogen/locks") == []


def test_a_manifest_is_amended_in_its_place(library: Library, store: Objects) -> None:
    put(library, "ferry")
    before = files(store)
    library.amend({**(library.find(GUID) or {}), "saved": {"read": True}})
    assert (library.find(GUID) or {})["saved"] == {"read": True}
    assert files(store) == before


def test_a_manifest_that_cannot_be_read_is_named_by_its_address(library: Library, store: Objects) -> None:
    store.write("episodes/ferry.json", b"{")
    with pytest.raises(LibraryError, match=r"memory://.*/episodes/ferry\.json"):
        library.manifest("ferry")


def test_episodes_are_told_by_their_addresses(library: Library, store: Objects) -> None:
    assert library.where("ferry.mp3") == f"{store.address}/episodes/ferry.mp3"
    assert library.location == store.address


def test_the_shows_own_files_come_along_and_what_was_made_does_not(library: Library, store: Objects) -> None:
    put(library, "ferry")
    own = ("audiogen.toml", "lexicon.toml", "voices/mira.toml", "music/deep/intro.mp3")
    for name in (*own, "feeds/queue.xml", "oembed/ferry.json", "assets/player.js"):
        store.write(name, b"x")
    library.storage.refresh()
    assert {name for name in own if (library.root / name).is_file()} == set(own)
    assert not {"episodes", "feeds", "oembed", "assets"} & {
        path.name for path in library.root.iterdir() if any(path.rglob("*"))
    } - {"episodes"}
    assert not any((library.root / "episodes").iterdir())
    store.remove("lexicon.toml")
    library.storage.refresh()
    assert not (library.root / "lexicon.toml").exists()


def test_notes_of_batches_travel_from_machine_to_machine(library: Library, store: Objects, tmp_path: Path) -> None:
    from audiogen.batch.index import Index, Note

    def work(opened: Library, source: str) -> list[str]:
        with opened.storage.working(), Index(opened.notes) as index:
            known = [name for name in ("one", "two") if index.recall(name)]
            index.write(Note(source, "done"))
            index.flush()
        return known

    there = another(store, tmp_path / "there")
    assert work(library, "one") == []
    assert work(there, "two") == ["one"]
    assert work(library, "two") == ["one", "two"]


def test_a_batch_that_notes_nothing_puts_nothing(library: Library, store: Objects) -> None:
    with library.storage.working():
        pass
    assert store.listing() == {}


def test_notes_are_kept_of_a_batch_that_was_broken_off(library: Library, store: Objects) -> None:
    log = library.notes / "batch.log"
    log.parent.mkdir(parents=True)

    def fail() -> None:
        log.write_text("a line")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), library.storage.working():
        fail()
    assert store.read(".audiogen/batch.log") == b"a line"


def test_a_folder_at_hand_has_everything_but_the_sound(library: Library, store: Objects) -> None:
    put(library, "ferry")
    with library.storage.local_folder() as folder:
        assert (folder / "episodes" / "ferry.mp3").read_bytes() == bytes(len(GUID))
        assert (folder / "episodes" / "ferry.vtt").read_text() == GUID
        (folder / "index.html").write_text("page")
        (folder / "feed.xml").write_text("feed")
        (folder / ".audiogen" / "feed-items.json").write_text("{}")
        (folder / ".audiogen" / "mine.json").write_text("{}")
    assert store.read("feed.xml") == b"feed"
    assert store.read("index.html") == b"page"
    assert store.read(".audiogen/feed-items.json") == b"{}"
    assert store.read(".audiogen/mine.json") is None
    assert store.read("episodes/ferry.mp3") == GUID.encode(), "a hollow file is never put back"


def test_a_whole_folder_has_the_sound_and_is_gone_afterwards(library: Library, store: Objects) -> None:
    put(library, "ferry")
    with library.storage.local_folder(whole=True) as folder:
        assert (folder / "episodes" / "ferry.mp3").read_text() == GUID
        (folder / "scribble.txt").write_text("x")
    assert not folder.exists()
    assert store.read("scribble.txt") is None


def test_the_working_copy_may_be_lost(library: Library) -> None:
    put(library, "ferry")
    with library.storage.local_folder():
        pass
    shutil.rmtree(library.root)
    with library.storage.local_folder() as folder:
        assert (folder / "episodes" / "ferry.vtt").read_text() == GUID


def test_ties_are_kept_in_the_store_and_made_of_the_manifests_where_they_are_lost(
    library: Library, store: Objects, tmp_path: Path
) -> None:
    keys = keys_of(Article(url="https://ledger.example/ferry", document="sha256:1"))
    manifest = {
        "guid": GUID,
        "slug": "ferry",
        "audio": {"file": "ferry.mp3"},
        "article": {"url": "https://ledger.example/ferry"},
        "digests": {"document": "sha256:1"},
    }
    store.write("episodes/ferry.json", json.dumps(manifest).encode())
    library.tie(GUID, keys.values(), "/saved/ferry.html", "sha256:1")
    there = another(store, tmp_path / "there")
    assert [there.tied(key) for key in keys.values()] == [Tie(GUID)] * 2
    assert there.tied(key_of_location("/saved/ferry.html")) == Tie(GUID, "sha256:1")
    for name in store.listing(".audiogen/ties"):
        store.remove(name)
    later = another(store, tmp_path / "later")
    assert [later.tied(key) for key in keys.values()] == [Tie(GUID)] * 2
    assert later.tied(key_of_location("/saved/ferry.html")) is None


def test_an_episode_that_is_removed_on_one_machine_is_removed_on_the_other(
    library: Library, store: Objects, tmp_path: Path
) -> None:
    put(library, "ferry", sound="ferry.v2.mp3")
    there = another(store, tmp_path / "there")
    assert there.removed(GUID) is None
    episodes.remove(library, "ferry", by="ada")
    assert there.find(GUID) is None
    assert (there.removed(GUID) or ("",))[0] == "ferry"
    assert store.read("removed/ferry.v2.mp3") == GUID.encode()
    with there.storage.local_folder() as folder:
        assert not (folder / "removed").exists()
    assert store.read("removed/ferry.v2.mp3") == GUID.encode(), "hollow sound of a working copy never comes back"
    episodes.restore(there, "ferry")
    assert (library.find(GUID) or {})["slug"] == "ferry"
    assert store.read("episodes/ferry.v2.mp3") == GUID.encode()


def test_what_people_say_of_episodes_is_changed_by_one_machine_at_a_time(
    library: Library, store: Objects, tmp_path: Path
) -> None:
    put(library, "ferry")
    episodes.set_position(library, "ferry", 12.0)
    episodes.withdraw(another(store, tmp_path / "there"), "ferry", by="ada")
    assert episodes.played_until(another(store, tmp_path / "third"), "ferry") == 12.0
    assert json.loads(store.read("state/log.jsonl") or b"")["by"] == "ada"
    assert store.listing(".audiogen/locks") == {}
