"""A folder and a bucket keep the files of a library alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.storage import STATE_LOCK, Storage
from audiogen.episodes.storage.bucket import BucketStorage
from audiogen.episodes.storage.local import LocalStorage
from audiogen.episodes.storage.opening import open_storage
from audiogen.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.episodes.storage.objects import Objects


@pytest.fixture(params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path: Path, store: Objects) -> Storage:
    if request.param == "folder":
        return LocalStorage(tmp_path / "library")
    return BucketStorage(store.address, tmp_path / "copy")


def test_what_was_written_is_read(storage: Storage) -> None:
    assert storage.read("state/queue.json") is None
    assert storage.size("state/queue.json") is None
    for content in (b"first", b"the second"):
        storage.write("state/queue.json", content)
        assert storage.read("state/queue.json") == content
        assert storage.size("state/queue.json") == len(content)


def test_what_is_appended_stands_at_the_end(storage: Storage) -> None:
    for line in (b"one\n", b"two\n"):
        storage.append("state/log.jsonl", line)
    assert storage.read("state/log.jsonl") == b"one\ntwo\n"


def test_a_name_is_claimed_once(storage: Storage) -> None:
    assert storage.create(".audiogen/names/ferry", b"mine")
    assert not storage.create(".audiogen/names/ferry", b"theirs")
    assert storage.read(".audiogen/names/ferry") == b"mine"


def test_the_files_of_a_folder_are_listed_by_name(storage: Storage) -> None:
    assert storage.names("episodes") == []
    for name in ("episodes/quay.json", "episodes/ferry.json", "state/queue.json"):
        storage.write(name, b"{}")
    assert storage.names("episodes") == ["ferry.json", "quay.json"]


def test_a_file_that_is_moved_has_one_name(storage: Storage) -> None:
    storage.write("episodes/ferry.json", b"{}")
    storage.move("episodes/ferry.json", "removed/ferry.json")
    assert (storage.names("episodes"), storage.names("removed")) == ([], ["ferry.json"])


def test_many_files_come_in_their_order_without_those_that_are_gone(storage: Storage) -> None:
    names = [f"episodes/{number:03}.json" for number in range(300)]
    for name in (names[0], *names[255:258], names[299]):
        storage.write(name, name.encode())
    found = list(storage.read_all(names))
    assert [name for name, _ in found] == [names[0], *names[255:258], names[299]]
    assert all(content == name.encode() for name, content in found)


def test_a_lock_has_one_holder(storage: Storage) -> None:
    for name in (STATE_LOCK, "6b5e1a2d-051a-5626-9b9c-d6621671d636"):
        with storage.lock(name) as mine, storage.lock(name, wait=False) as theirs:
            assert (mine, theirs) == (True, False)
        with storage.lock(name, wait=False) as free:
            assert free


def test_what_is_staged_and_put_is_in_place_and_nothing_is_left_of_it(storage: Storage) -> None:
    for sound in ("ferry.mp3", "ferry.v2.mp3"):
        with storage.stage() as folder:
            (folder / sound).write_bytes(b"sound")
            (folder / "ferry.json").write_text(f'{{"audio": {{"file": "{sound}"}}}}', encoding="utf-8")
            storage.put("ferry", folder)
        assert not folder.exists()
        assert storage.names("episodes") == sorted(["ferry.json", sound])


def test_a_storage_that_can_be_written_has_nothing_of_the_trial(storage: Storage) -> None:
    storage.try_writing()
    assert storage.names("episodes") == []
    assert storage.names(".audiogen") == []


def test_a_file_that_cannot_be_read_is_told_among_the_others(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    storage.write("episodes/quay.json", b"{}")
    (tmp_path / "episodes" / "ferry.json").mkdir()
    (_, fault), (name, content) = storage.read_all(["episodes/ferry.json", "episodes/quay.json"])
    assert isinstance(fault, LibraryError)
    assert "ferry.json" in fault.message
    assert (name, content) == ("episodes/quay.json", b"{}")


def test_a_folder_is_opened_as_a_folder_and_an_address_as_a_bucket(tmp_path: Path, store: Objects) -> None:
    assert open_storage(tmp_path).location == tmp_path
    assert open_storage(store.address).location == store.address
