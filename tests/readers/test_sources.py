"""From what a caller names to the document."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from audiogen.errors import EmptyArticleError, SourceNotFoundError, UnsupportedSourceError
from audiogen.readers import sources
from audiogen.readers.sources import load
from tests.readers.saved import PAGE, TEXT


@pytest.mark.parametrize("source", [TEXT, f"One\n{TEXT}", PAGE, PAGE.encode(), "<p>x</p>"], ids=range(5))
def test_a_document_is_taken_as_it_is(source: str | bytes) -> None:
    assert load(source).text == (source if isinstance(source, str) else source.decode())


def test_a_path_is_opened_as_text_or_as_a_path(tmp_path: Path) -> None:
    path = tmp_path / "My saved article.html"
    path.write_text(PAGE, encoding="utf-8")
    assert load(path).text == load(str(path)).text == PAGE
    assert load(path).subject == str(path)


def test_a_path_that_reads_as_a_sentence_is_still_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("What a winter that was.").write_text(TEXT, encoding="utf-8")
    assert load("What a winter that was.").text == TEXT


@pytest.mark.parametrize("name", ["missing.html", "no such folder/missing.html", "article"])
def test_a_missing_file_is_named(name: str) -> None:
    with pytest.raises(SourceNotFoundError, match="There is no file"):
        load(name)


@pytest.mark.parametrize("address", ["https://example.org/harbour", "file:///tmp/page.html"])
def test_an_address_is_not_fetched(address: str) -> None:
    with pytest.raises(UnsupportedSourceError, match="save the page"):
        load(address)


@pytest.mark.parametrize("source", ["", "  ", "\n\n", b"", b"\x00\x00", b"\xef\xbb\xbf"], ids=range(6))
def test_nothing_is_an_empty_article(source: str | bytes) -> None:
    with pytest.raises(EmptyArticleError):
        load(source)


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "paper.html"
    path.write_bytes(b"%PDF-1.7\n\xe2\xe3")
    assert load(path).format == "pdf"


def test_a_page_called_pdf_is_read(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_text(PAGE, encoding="utf-8")
    assert load(path).format == "html"


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST", 100)
    path = tmp_path / "page.html"
    path.write_bytes(b"x" * 101)
    for source in (path, b"y " * 60, "y\n" * 60):
        with pytest.raises(UnsupportedSourceError, match="larger than"):
            load(source)


def test_lone_surrogates_do_not_stop_a_document() -> None:
    assert "ice" in load("ice \ud800\nport").text


def test_a_damaged_pdf_is_told_as_one(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(random.Random(13).randbytes(20_000))
    with pytest.raises(UnsupportedSourceError, match=r"paper\.pdf is no PDF, or a damaged one; save or download"):
        load(path)
