"""Objects are read, written, claimed and listed, alike in each kind of store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from audiogen.episodes.library import open_library
from audiogen.episodes.storage import is_address
from audiogen.episodes.storage.bucket import BucketStorage
from audiogen.episodes.storage.objects import Objects, _object_info
from audiogen.errors import EngineMissingError, LibraryError


@pytest.fixture(params=["memory", "s3"])
def any_store(request: pytest.FixtureRequest) -> Objects:
    """A store of either kind."""
    if request.param == "memory":
        store: Objects = request.getfixturevalue("store")
        return store
    return Objects(request.getfixturevalue("address"))


def test_a_folder_is_not_named_by_an_address(tmp_path: Path) -> None:
    from audiogen.cli import library_option

    assert library_option.folder("s3") == Path("s3")
    with pytest.raises(click.BadParameter, match="audiogen batch"):
        library_option.folder("s3://bucket/library")
    assert library_option.existing_library(str(tmp_path)) == tmp_path
    assert library_option.existing_library("s3://bucket/library") == "s3://bucket/library"
    with pytest.raises(click.BadParameter, match="does not exist"):
        library_option.existing_library(str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("where", "reported"),
    [
        ("s3://bucket/library", True),
        ("memory://library", True),
        ("gs://bucket", True),
        ("abfs+tls://box/x", True),
        ("library", False),
        ("~/library", False),
        ("/s3://bucket", False),
        ("C://library", False),
        ("", False),
    ],
)
def test_an_address_is_told_from_a_folder(where: str, reported: bool) -> None:
    assert is_address(where) is reported


def test_a_path_is_never_an_address(tmp_path: Path) -> None:
    assert not is_address(tmp_path)
    assert open_library(tmp_path).location == tmp_path


def test_what_was_written_is_read(any_store: Objects) -> None:
    assert any_store.read("notes/a") is None
    any_store.write("notes/a", b"first")
    any_store.write("notes/a", b"second")
    assert any_store.read("notes/a") == b"second"
    any_store.remove("notes/a")
    any_store.remove("notes/a")
    assert any_store.read("notes/a") is None


def test_an_object_is_replaced_only_while_it_is_what_was_read(any_store: Objects) -> None:
    assert any_store.replace("state/queue.json", b"one", "")
    assert not any_store.replace("state/queue.json", b"two", ""), "there is one by now"
    info = any_store.info("state/queue.json")
    assert info is not None
    assert any_store.replace("state/queue.json", b"two", info.mark)
    assert not any_store.replace("state/queue.json", b"three", info.mark)
    assert any_store.read("state/queue.json") == b"two"
    any_store.remove("state/queue.json")
    assert not any_store.replace("state/queue.json", b"three", info.mark)
    assert any_store.read("state/queue.json") is None


def test_parts_of_an_object_are_read(any_store: Objects) -> None:
    any_store.write("sound", bytes(range(100)))
    storage = BucketStorage(any_store.address)
    assert storage.read_part("sound", 10, 20) == bytes(range(10, 20))
    assert storage.read_part("sound", 90) == storage.read_part("sound", -10) == bytes(range(90, 100))
    assert storage.read_part("sound", 90, 200) == bytes(range(90, 100))
    assert storage.read_part("sound", 100) == storage.read_part("none", -10) == storage.read_part("none", 0, 10) == b""


def test_a_name_is_claimed_once(any_store: Objects) -> None:
    assert any_store.create("names/ferry", b"one")
    assert not any_store.create("names/ferry", b"two")
    assert any_store.read("names/ferry") == b"one"
    any_store.remove("names/ferry")
    assert any_store.create("names/ferry", b"two")


def test_files_go_there_and_come_back(any_store: Objects, tmp_path: Path) -> None:
    for name in ("a.mp3", "b.json"):
        (tmp_path / name).write_bytes(name.encode())
    any_store.put({f"episodes/{name}": tmp_path / name for name in ("a.mp3", "b.json")})
    any_store.get({f"episodes/{name}": tmp_path / "deep" / "er" / name for name in ("a.mp3", "b.json")})
    assert {path.name: path.read_bytes() for path in (tmp_path / "deep" / "er").iterdir()} == {
        "a.mp3": b"a.mp3",
        "b.json": b"b.json",
    }
    assert dict(any_store.read_all(["episodes/a.mp3", "episodes/b.json"])) == {
        "episodes/a.mp3": b"a.mp3",
        "episodes/b.json": b"b.json",
    }
    any_store.put({})
    any_store.get({})
    assert list(any_store.read_all([])) == []


def test_a_listing_tells_sizes_and_what_changed(any_store: Objects) -> None:
    assert any_store.listing() == {}
    assert any_store.list_folder() == ({}, [])
    any_store.write("top.toml", b"12345")
    any_store.write("voices/one.toml", b"1")
    any_store.write("voices/deep/two.toml", b"22")
    sizes = {name: info.size for name, info in any_store.listing().items()}
    assert sizes == {"top.toml": 5, "voices/one.toml": 1, "voices/deep/two.toml": 2}
    assert list(any_store.listing("voices")) == ["voices/deep/two.toml", "voices/one.toml"]
    files, folders = any_store.list_folder()
    assert (list(files), folders) == (["top.toml"], ["voices"])
    assert any_store.info("top.toml") == files["top.toml"] == any_store.listing()["top.toml"]
    assert any_store.info("voices") is None
    assert any_store.info("nothing") is None
    before = files["top.toml"].mark
    any_store.write("top.toml", b"54321")
    after = any_store.info("top.toml")
    assert after is not None
    assert after.mark != before


def test_a_neighbour_whose_name_begins_alike_is_not_ours(bucket: str) -> None:
    Objects(f"s3://{bucket}/library-2").write("a", b"theirs")
    ours = Objects(f"s3://{bucket}/library/")
    assert ours.listing() == {}
    assert ours.list_folder() == ({}, [])
    ours.write("a", b"ours")
    assert list(ours.listing()) == ["a"]


def test_a_whole_bucket_may_be_a_library(bucket: str) -> None:
    store = Objects(f"s3://{bucket}")
    store.write("episodes/a.json", b"{}")
    assert list(store.listing()) == ["episodes/a.json"]
    assert store.list_folder() == ({}, ["episodes"])


def test_the_store_learns_what_kind_of_file_it_has(client: Any, bucket: str, tmp_path: Path) -> None:
    kinds = {".mp3": "audio/mpeg", ".json": "application/json", ".vtt": "text/vtt", ".html": "text/html"}
    for suffix in kinds:
        (tmp_path / f"a{suffix}").write_bytes(b"x")
    Objects(f"s3://{bucket}").put({f"episodes/a{suffix}": tmp_path / f"a{suffix}" for suffix in kinds})
    result = {
        suffix: client.head_object(Bucket=bucket, Key=f"episodes/a{suffix}")["ContentType"].partition(";")[0]
        for suffix in kinds
    }
    assert result == kinds


def test_a_bucket_that_is_not_there_is_named(keys: None) -> None:
    store = Objects("s3://no-such-bucket/library")
    with pytest.raises(LibraryError, match="s3://no-such-bucket/library") as caught:
        store.write("a", b"x")
    assert caught.value.subject == "s3://no-such-bucket/library"


def test_an_address_of_a_kind_nobody_knows_is_named() -> None:
    with pytest.raises(LibraryError, match="nonsense://box"):
        Objects("nonsense://box/library")


def test_what_reaches_a_store_and_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(EngineMissingError, match=r"install .*\[s3\]"):
        open_library("s3://bucket/library")


@pytest.mark.parametrize(
    ("entry", "mark", "changed"),
    [
        pytest.param({"size": 3, "ETag": '"abc"'}, "abc", 0.0, id="S3"),
        pytest.param({"size": 3, "etag": "0x1", "mtime": 5.0}, "0x1", 5.0, id="others have tags too"),
        pytest.param({"size": 3, "mtime": 7.5}, "3.7.5", 7.5, id="size and time"),
        pytest.param({"size": 3}, "3.0.0", 0.0, id="size alone"),
    ],
)
def test_an_object_is_known_by_what_its_store_tells(entry: dict[str, Any], mark: str, changed: float) -> None:
    info = _object_info(entry)
    assert (info.size, info.mark, info.changed) == (3, mark, changed)
