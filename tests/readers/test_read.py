"""The room's door: every form ends in an article of the same text, or in an error of ours."""

from __future__ import annotations

import datetime
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiogen import read
from audiogen.errors import AudiogenError, UnsupportedSourceError
from tests.readers.saved import ADDRESS, PAGE, TEXT, make_epub, make_mhtml, make_webarchive, zipped

if TYPE_CHECKING:
    from pathlib import Path

CYRILLIC = PAGE.replace(TEXT, "Порт замерз у третій тиждень січня, і пороми не виходили в море дев'ять днів.")


@pytest.mark.parametrize(
    "source",
    [
        PAGE,
        PAGE.encode(),
        make_mhtml(),
        make_webarchive(),
        make_webarchive(binary=False),
        make_epub([f"<p>{TEXT}</p>"]),
    ],
    ids=["text", "bytes", "MHTML", "web archive", "web archive in XML", "EPUB"],
)
def test_a_page_is_the_same_in_every_wrapping(source: str | bytes) -> None:
    article = read(source)
    assert article.format == "html"
    assert article.title == "The harbour"
    assert TEXT in [block.text for block in article.blocks]


WRAPPED = {"MHTML": make_mhtml(), "web archive": make_webarchive(), "EPUB": make_epub([f"<p>{TEXT}</p>"])}


@pytest.mark.parametrize("source", WRAPPED.values(), ids=WRAPPED)
def test_a_wrapping_gives_the_address(source: bytes) -> None:
    assert read(source).url == ADDRESS


def test_a_caller_knows_the_address_better() -> None:
    assert read(make_mhtml(), url="https://example.org/other").url == "https://example.org/other"


@pytest.mark.parametrize("source", [make_mhtml(CYRILLIC, "cp1251"), make_webarchive(CYRILLIC, encoding="koi8-u")])
def test_a_wrapping_gives_the_encoding(source: bytes) -> None:
    assert any(block.text.startswith("Порт замерз") for block in read(source).blocks)


def test_an_epub_of_several_files_is_one_article_with_its_metadata() -> None:
    article = read(make_epub(["<h1>The harbour</h1>", f"<p>{TEXT}</p>", "<p>The ice broke on a Sunday.</p>"]))
    assert [block.text for block in article.blocks][-2:] == [TEXT, "The ice broke on a Sunday."]
    assert article.authors == ("Ada Lind",)
    assert article.published == datetime.date(2024, 3, 5)
    assert article.language == "en"


BROKEN = {
    "a book": make_epub([f"<p>{TEXT * 40}</p>"] * 9),
    "an EPUB without a package": zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<container/>"}),
    "a cut EPUB": make_epub([f"<p>{TEXT}</p>"])[:400],
    "a cut web archive": make_webarchive()[:90] + b"WebMainResource",
    "a web archive of a picture": make_webarchive(kind="image/png"),
    "MHTML of a picture": make_mhtml().replace(b"text/html", b"image/png"),
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_a_broken_wrapping_is_refused(source: bytes) -> None:
    with pytest.raises(UnsupportedSourceError):
        read(source)


def test_a_wrapping_is_known_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(make_mhtml())
    assert read(path).title == "The harbour"


@given(st.binary(max_size=300), st.integers(0, 1000))
def test_bytes_that_were_changed_end_in_an_article_or_an_error_of_ours(noise: bytes, place: int) -> None:
    for whole in (*WRAPPED.values(), PAGE.encode()):
        at = place % len(whole)
        with suppress(AudiogenError):
            assert read(whole[:at] + noise + whole[at + len(noise) :]).format
