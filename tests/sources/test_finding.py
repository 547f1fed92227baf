"""Folders are searched in an order that does not change, and what is no article is left aside and counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen.errors import SourceNotFoundError
from audiogen.model import Source
from audiogen.sources import Found, find

if TYPE_CHECKING:
    from collections.abc import Iterable


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder as people have them."""
    folder = tmp_path / "saved"
    for name, content in {
        "b.html": "<p>b",
        "a.html": "<p>a",
        "notes.txt": "Some plain text.",
        "clip.md": "---\ntags: [a]\n---\nText",
        "deep/er/page.HTM": "<p>deep",
        "picture.png": "x",
        "movie.mp4": "x",
        "no-suffix": "<!DOCTYPE html><p>page",
        "README": "not a page",
        ".hidden.html": "<p>hidden",
        ".obsidian/workspace.html": "<p>settings",
        "a_files/frame.html": "<p>an advertisement",
        "b-Dateien/frame.html": "<p>an advertisement",
        "about/page.html": "<p>about",
        "Podcasts/.audiogen/note": "x",
        "Podcasts/index.html": "<p>a library's page",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def names(sources: Iterable[Source], folder: Path) -> list[str]:
    return [Path(source.name).relative_to(folder).as_posix() for source in sources]


def test_a_folder_is_searched_to_its_depths_and_in_order(saved: Path) -> None:
    found = Found()
    assert names(find([saved], found), saved) == [
        "a.html", "b.html", "clip.md", "no-suffix", "notes.txt", "about/page.html", "deep/er/page.HTM",
    ]  # fmt: skip
    assert found.left == {".png": 1, ".mp4": 1, "no suffix": 1}


def test_a_source_knows_its_file_and_what_was_asked_for(saved: Path) -> None:
    [source] = find([str(saved / "a.html")])
    assert source == Source(str(saved / "a.html"), saved / "a.html", origin=str(saved / "a.html"))


def test_a_pattern_finds_files_and_folders(saved: Path) -> None:
    assert names(find([str(saved / "*.html")]), saved) == ["a.html", "b.html"]
    assert names(find([str(saved / "**" / "*.HTM")]), saved) == ["deep/er/page.HTM"]
    assert names(find([str(saved / "d*")]), saved) == ["deep/er/page.HTM"]


def test_a_name_with_brackets_is_a_name_where_there_is_such_a_file(tmp_path: Path) -> None:
    path = tmp_path / "story [2024].html"
    path.write_text("<p>x")
    assert [source.name for source in find([path])] == [str(path)]


@pytest.mark.parametrize("asked", ["nothing.html", "no*thing", "nowhere/"])
def test_what_is_not_there_is_named(tmp_path: Path, asked: str) -> None:
    with pytest.raises(SourceNotFoundError, match=r"no|No"):
        list(find([str(tmp_path / asked)]))


def test_an_address_is_a_source_and_a_source_stays_as_it_is() -> None:
    own = Source("mine", document="<p>x")
    address, same = find(["https://ledger.example/ferry", own])
    assert (address.name, address.url, address.path) == (
        "https://ledger.example/ferry",
        "https://ledger.example/ferry",
        None,
    )
    assert same is own


def test_a_file_of_any_kind_that_is_asked_for_by_name_is_taken(saved: Path) -> None:
    [source] = find([saved / "picture.png"])
    assert source.path == saved / "picture.png"


def test_a_text_that_only_begins_with_an_address_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "capture.txt"
    path.write_text("https://ledger.example/ferry\nThe ferry left at noon.\n")
    [source] = find([path])
    assert source.path == path
