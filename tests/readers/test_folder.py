"""Folders: complete pages, and articles of several pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen import read
from audiogen.errors import SourceNotFoundError, UnsupportedSourceError
from audiogen.model import Article, Block
from audiogen.readers.folder import find_pages, join
from tests.readers.saved import PAGE, make_mhtml

if TYPE_CHECKING:
    from pathlib import Path


def page(number: int, *, following: str = "", canonical: str = "") -> str:
    """Write page *number* of an article, with the links it gives."""
    head = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    link = f'<a href="{following}" rel="next">Next</a>' if following else ""
    text = f"This is the text of page {number}, and it goes on for a while about the ice in the harbour."
    body = f"<nav>Menu</nav><p>{text}</p>{link}<p>© Northern Post</p>"
    return f"<html><head><title>The harbour</title>{head}</head><body>{body}</body></html>"


def save(folder: Path, **pages: str) -> Path:
    """Put *pages* into *folder*, by their names without the suffix."""
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


def test_a_complete_page_is_found_beside_its_files(tmp_path: Path) -> None:
    save(tmp_path, harbour=PAGE)
    files = tmp_path / "harbour_files"
    files.mkdir()
    (files / "frame.html").write_text("<p>An advertisement.</p>", encoding="utf-8")
    assert find_pages(tmp_path) == (tmp_path / "harbour.html",)
    assert find_pages(files) == (tmp_path / "harbour.html",)
    assert read(tmp_path).title == "The harbour"


def test_the_folder_of_files_is_known_in_other_languages(tmp_path: Path) -> None:
    save(tmp_path, Hafen=PAGE)
    (tmp_path / "Hafen-Dateien").mkdir()
    assert find_pages(tmp_path / "Hafen-Dateien") == (tmp_path / "Hafen.html",)


def test_pages_that_name_the_next_one_are_one_article(tmp_path: Path) -> None:
    save(
        tmp_path,
        b=page(1, following="harbour-2.html", canonical="https://example.org/harbour.html"),
        a=page(2, following="harbour-3.html", canonical="https://example.org/harbour-2.html"),
        c=page(3, canonical="https://example.org/harbour-3.html"),
    )
    texts = [block.text for block in read(tmp_path).blocks]
    assert [text[20:26] for text in texts if text.startswith("This is")] == ["page 1", "page 2", "page 3"]
    assert texts.count("© Northern Post") == 1
    assert texts[-1] == "© Northern Post"


def test_pages_may_name_each_other_by_their_files(tmp_path: Path) -> None:
    save(tmp_path, **{"page-1": page(1, following="page-2.html"), "page-2": page(2)})
    assert [path.name for path in find_pages(tmp_path)] == ["page-1.html", "page-2.html"]


def test_pages_saved_as_mhtml_are_one_article(tmp_path: Path) -> None:
    first = page(1, following="harbour?page=2", canonical="https://example.org/harbour")
    (tmp_path / "b.mhtml").write_bytes(make_mhtml(first))
    (tmp_path / "a.mhtml").write_bytes(make_mhtml(page(2, canonical="https://example.org/harbour?page=2")))
    texts = [block.text for block in read(tmp_path).blocks]
    assert [text[20:26] for text in texts if text.startswith("This is")] == ["page 1", "page 2"]


def test_the_address_that_a_browser_notes_tells_a_page(tmp_path: Path) -> None:
    (tmp_path / "1.mhtml").write_bytes(make_mhtml(page(1, following="harbour-2")))
    second = make_mhtml(page(2)).replace(b"https://example.org/harbour", b"https://example.org/harbour-2")
    (tmp_path / "2.mhtml").write_bytes(second)
    assert [path.name for path in find_pages(tmp_path)] == ["1.mhtml", "2.mhtml"]


def test_a_message_without_a_page_links_nothing(tmp_path: Path) -> None:
    save_as = {"1.mhtml": make_mhtml(page(1, following="2")), "2.mhtml": b"Content-Type: multipart/related\n\nx"}
    for name, data in save_as.items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UnsupportedSourceError, match="2 pages"):
        find_pages(tmp_path)


def test_the_next_article_of_a_blog_is_another_article(tmp_path: Path) -> None:
    save(
        tmp_path,
        one=page(1, following="https://example.org/bridge", canonical="https://example.org/harbour"),
        two=page(2, canonical="https://example.org/bridge"),
    )
    with pytest.raises(UnsupportedSourceError, match="2 pages"):
        read(tmp_path)


def test_several_articles_are_named_as_such(tmp_path: Path) -> None:
    save(tmp_path, one=page(1), two=page(2))
    with pytest.raises(UnsupportedSourceError, match="audiogen batch"):
        read(tmp_path)


def test_a_folder_without_pages_is_named(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(SourceNotFoundError, match="no saved page"):
        read(tmp_path)


def test_a_page_deeper_down_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "example.org"
    inner.mkdir()
    save(inner, index=PAGE)
    assert find_pages(tmp_path) == (inner / "index.html",)


def test_joining_keeps_every_word_once() -> None:
    first = Article(blocks=tuple(map(Block, ("Menu", "One", "Foot"))))
    second = Article(blocks=tuple(map(Block, ("Menu", "Two", "Foot"))))
    assert [block.text for block in join([first, second, first]).blocks] == ["Menu", "One", "Two", "Foot"]


def test_a_next_page_at_an_address_that_is_none_is_no_page(tmp_path: Path) -> None:
    save(tmp_path, one=page(1, following="https://[", canonical="https://example.org/1"), two=page(2))
    with pytest.raises(UnsupportedSourceError, match="2 pages"):
        read(tmp_path)


def test_pages_that_name_each_other_in_a_ring_are_not_followed_for_ever(tmp_path: Path) -> None:
    save(tmp_path, **{"page-1": page(1, following="page-2.html"), "page-2": page(2, following="page-1.html")})
    with pytest.raises(UnsupportedSourceError, match="2 pages"):
        find_pages(tmp_path)
