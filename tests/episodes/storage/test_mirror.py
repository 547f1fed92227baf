"""A working copy brings what changed, once, and puts back what was changed here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.storage.mirror import SOUND, Mirror

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from audiogen.episodes.storage.objects import Objects


@pytest.fixture
def copy(store: Objects, tmp_path: Path) -> Mirror:
    for name, content in {"a.toml": b"a", "voices/b.toml": b"bb", "episodes/c.mp3": b"sound"}.items():
        store.write(name, content)
    return Mirror(store, tmp_path / "copy")


@pytest.fixture
def brought(store: Objects, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what is brought from the store, as it is."""
    names: list[str] = []
    get = store.get

    def note(files: Mapping[str, Path]) -> None:
        names.extend(sorted(files))
        get(files)

    monkeypatch.setattr(store, "get", note)
    return names


@pytest.fixture
def put(store: Objects, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what is put in the store, in order."""
    names: list[str] = []
    real = store.put

    def note(files: Mapping[str, Path]) -> None:
        names.extend(files)
        real(files)

    monkeypatch.setattr(store, "put", note)
    return names


def everything(name: str) -> bool:
    return not name.startswith(".audiogen/")


def content(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and ".audiogen" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_what_did_not_change_is_brought_once(store: Objects, copy: Mirror, brought: list[str]) -> None:
    copy.download(store.listing(), everything)
    assert content(copy.folder) == {"a.toml": b"a", "voices/b.toml": b"bb", "episodes/c.mp3": b"sound"}
    brought.clear()
    copy.download(store.listing(), everything)
    assert brought == []
    store.write("a.toml", b"A")
    (copy.folder / "voices" / "b.toml").unlink()
    copy.download(store.listing(), everything)
    assert brought == ["a.toml", "voices/b.toml"]
    assert (copy.folder / "a.toml").read_bytes() == b"A"


def test_what_is_gone_goes_here_too_and_no_more_than_that(store: Objects, copy: Mirror) -> None:
    copy.download(store.listing(), everything)
    (copy.folder / "mine.txt").write_text("never brought")
    store.remove("voices/b.toml")
    store.remove("a.toml")
    copy.download(store.listing(), lambda name: name.startswith("voices/"))
    assert set(content(copy.folder)) == {"a.toml", "episodes/c.mp3", "mine.txt"}


def test_hollow_sound_has_its_size_and_nothing_in_it(store: Objects, copy: Mirror, brought: list[str]) -> None:
    copy.download(store.listing(), everything, is_placeholder=lambda name: name.endswith(SOUND))
    assert content(copy.folder)["episodes/c.mp3"] == bytes(5)
    assert brought == ["a.toml", "voices/b.toml"]
    brought.clear()
    copy.download(store.listing(), everything, is_placeholder=lambda name: name.endswith(SOUND))
    assert brought == []
    # Who wants to hear it gets it, and need not bring it again to look at its size.
    copy.download(store.listing(), everything)
    copy.download(store.listing(), everything, is_placeholder=lambda name: name.endswith(SOUND))
    assert brought == ["episodes/c.mp3"]
    assert content(copy.folder)["episodes/c.mp3"] == b"sound"


def test_a_file_has_the_time_that_the_store_tells(store: Objects, copy: Mirror) -> None:
    listing = store.listing()
    copy.download(listing, everything)
    assert (copy.folder / "a.toml").stat().st_mtime == pytest.approx(listing["a.toml"].changed, abs=0.001)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        pytest.param(lambda folder: None, [], id="nothing"),
        pytest.param(lambda folder: (folder / "a.toml").write_bytes(b"AA"), ["a.toml"], id="another size"),
        pytest.param(lambda folder: os.utime(folder / "a.toml", (1, 1)), ["a.toml"], id="another time"),
        pytest.param(lambda folder: (folder / "z.html").write_bytes(b"z"), ["z.html"], id="a new file"),
        pytest.param(
            lambda folder: [(folder / name).write_bytes(b"new") for name in ("feed.xml", "b.html", "a.html")],
            ["a.html", "b.html", "feed.xml"],
            id="in order, the feed last",
        ),
        pytest.param(lambda folder: (folder / "a.toml").unlink(), [], id="a file less"),
        pytest.param(lambda folder: (folder / ".audiogen" / "note").write_bytes(b"x"), [], id="what is not ours"),
    ],
)
def test_what_changed_here_is_put_there(
    store: Objects, copy: Mirror, put: list[str], change: Callable[[Path], object], names: list[str]
) -> None:
    copy.download(store.listing(), everything)
    with copy.uploading_changes(everything, lambda name: (name == "feed.xml", name)):
        change(copy.folder)
    assert put == names
    assert {name: store.read(name) for name in store.listing()} == content(copy.folder)


@pytest.mark.parametrize("count", [2, 40], ids=["a few", "many"])
def test_what_was_put_is_not_brought_back(store: Objects, copy: Mirror, brought: list[str], count: int) -> None:
    copy.download(store.listing(), everything)
    with copy.uploading_changes(everything, str):
        for number in range(count):
            (copy.folder / f"{number}.html").write_bytes(b"page")
    brought.clear()
    copy.download(store.listing(), everything)
    assert brought == []
    store.write("1.html", b"of another machine")
    copy.download(store.listing(), everything)
    assert brought == ["1.html"]


def test_what_fails_on_the_way_is_not_put(store: Objects, copy: Mirror, put: list[str]) -> None:
    copy.download(store.listing(), everything)
    half = copy.folder / "half.html"
    with pytest.raises(ZeroDivisionError), copy.uploading_changes(everything, str):
        half.write_bytes(b"half" * (1 // 0))
    assert put == []


def test_a_broken_memory_is_as_none(store: Objects, copy: Mirror, brought: list[str]) -> None:
    copy.download(store.listing(), everything)
    (copy.folder / ".audiogen" / "mirror.json").write_text("{")
    brought.clear()
    copy.download(store.listing(), everything)
    assert len(brought) == 3
