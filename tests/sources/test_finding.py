"""Folders are searched in an order that does not change, and what is no article is left aside and counted."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen.errors import SourceNotFoundError
from audiogen.model import Source
from audiogen.sources import Found, find
from audiogen.sources.entries import ARTICLES

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


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
@pytest.mark.parametrize("name", ["gone.html", "gone.csv", "gone.txt", "gone"])
def test_a_link_that_leads_nowhere_does_not_end_the_search(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(tmp_path / "nothing")
    (tmp_path / "page.html").write_text("<p>page")
    found = names(find([tmp_path]), tmp_path)
    assert "page.html" in found
    assert found in (["page.html"], [name, "page.html"])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep names in Unicode")
def test_a_name_of_no_encoding_can_be_written_down(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.html")).write_text("<p>page")
    [source] = find([tmp_path])
    assert source.path
    assert source.path.is_file()
    assert source.name.encode().endswith(b"caf\\udce9.html")


@pytest.mark.parametrize(
    ("page", "folder", "taken"),
    [
        ("page.html", "page_files", False),
        ("page.html", "page-Dateien", False),
        ("page.htm", "page_fichiers", False),
        ("page.xhtml", "page.files", False),
        ("page.html", "pages", True),
        ("page.html", "page", True),
        ("page.html", "other_files", True),
        ("page.txt", "page_files", True),
    ],
)
def test_what_a_browser_saved_beside_a_page_is_not_taken(tmp_path: Path, page: str, folder: str, taken: bool) -> None:
    (tmp_path / page).write_text("Some text of a page.")
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "frame.html").write_text("<p>frame")
    assert (f"{folder}/frame.html" in names(find([tmp_path]), tmp_path)) is taken


@pytest.mark.parametrize("suffix", sorted(ARTICLES))
def test_each_kind_of_article_is_found_in_a_folder(tmp_path: Path, suffix: str) -> None:
    for name in (f"a{suffix}", f"b{suffix.upper()}"):
        (tmp_path / name).write_text("Some text of a page.")
    assert names(find([tmp_path]), tmp_path) == [f"a{suffix}", f"b{suffix.upper()}"]


def test_what_a_list_brought_is_counted(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("https://ledger.example/a\nhttps://ledger.example/b\n")
    (tmp_path / "page.html").write_text("<p>page")
    found = Found()
    assert len(list(find([tmp_path], found))) == 3
    assert found.lists == {str(tmp_path / "list.txt"): 2}


def test_a_folder_that_is_a_library_has_no_articles(tmp_path: Path) -> None:
    (tmp_path / ".audiogen").mkdir()
    (tmp_path / "index.html").write_text("<p>ours")
    assert list(find([tmp_path])) == []


def test_the_home_of_whoever_asks_is_known(nobodys_home: Path) -> None:
    (nobodys_home / "page.html").write_text("<p>page")
    [source] = find(["~/page.html"])
    assert source.path == nobodys_home / "page.html"
    assert source.origin == str(nobodys_home / "page.html")


def test_a_path_relative_to_here_has_a_name_that_holds_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text("<p>page")
    monkeypatch.chdir(tmp_path)
    [source] = find(["page.html"])
    assert (source.name, source.path) == (str(tmp_path / "page.html"), tmp_path / "page.html")
    [source] = find(["*.html"])
    assert source.origin == str(tmp_path / "*.html"), "where a retry looks, from wherever it is started"


def test_searching_is_lazy(saved: Path) -> None:
    sources = find([saved, "nowhere"])
    assert Path(next(iter(sources)).name).name == "a.html"


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("ftp://tide.example/a", "only addresses that begin with https:// or http://"),
        ("www.tide.example/a", "If it is an address: https://www.tide.example/a."),
        ("tide.example/a", "If it is an address: https://tide.example/a."),
        ("news.tide.example/", "If it is an address: https://news.tide.example/."),
        ("tide.com", "If it is an address: https://tide.com."),
    ],
)
def test_what_is_like_an_address_is_told_how_one_begins(asked: str, message: str) -> None:
    with pytest.raises(SourceNotFoundError) as caught:
        list(find([asked]))
    assert message in caught.value.message


@pytest.mark.parametrize(
    "asked", ["tide/a.html", "tide.html", "a.b/tide", "./tide.d/a", "tide.community", "../tide", "tide"]
)
def test_what_is_like_a_file_is_told_to_be_missing(asked: str) -> None:
    with pytest.raises(SourceNotFoundError) as caught:
        list(find([asked]))
    assert caught.value.message == f"There is no file or folder {asked}."


def test_an_address_may_be_written_in_capitals() -> None:
    [source] = find(["HTTPS://tide.example/a"])
    assert source.url == "HTTPS://tide.example/a"
