"""Every form that an article is saved in: one made for the tests of each, in the words of its program."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from audiogen import clean, read
from audiogen.model import Article, BlockKind
from tests.readers.saved import make_epub, make_mhtml, make_webarchive

PAGES = Path(__file__).with_name("pages")
FIRST = (
    "The ferry sailed on Thursday morning for the first time in eleven days, carrying post and fodder for the farms."
)
SECOND = "Nobody on the quay cheered, the harbour master said, because everybody was too busy with the ropes."
ADDRESS = "https://northern-post.example/news/the-ferry-sails"
FORMS = sorted(path.name for path in PAGES.iterdir())


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks]


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_article(name: str) -> None:
    article = read(PAGES / name)
    assert [text for text in texts(article) if text in {FIRST, SECOND}] == [FIRST, SECOND]
    assert article.title == "The ferry sails" or "# The ferry sails" in (PAGES / name).read_text(encoding="utf-8")
    assert article.authors == ("Ruth Okafor",)
    assert article.url.partition("?")[0] == ADDRESS
    assert article.language.startswith("en")


def test_singlefile_saves_what_web_components_show() -> None:
    shown = texts(read(PAGES / "singlefile.html"))
    assert {"Front page", "It is only a ship, and we have only been waiting."} <= set(shown)
    assert not any("never shown" in text or "base64" in text or "display" in text for text in shown)


def test_amp_is_read_with_its_own_elements() -> None:
    blocks = read(PAGES / "amp.html").blocks
    kinds = {block.text: block.kind for block in blocks}
    paths = {block.text: ".".join(block.evidence.path) for block in blocks if block.evidence}
    assert kinds["It is only a ship."] is BlockKind.EMBED
    assert ("amp-ad" in paths["Advertisement"], "amp-embed" in paths["More for you"]) == (True, True)
    assert "amp-sidebar" in paths["Front page"]
    assert not any("account" in text for text in kinds)


def test_a_picture_of_amp_stands_before_its_paragraph() -> None:
    block = next(block for block in read(PAGES / "amp.html").blocks if block.text == FIRST)
    assert block.evidence is not None
    assert block.evidence.marks["pictures_before"] >= 1


def test_a_saved_reader_view_is_heard_without_its_controls() -> None:
    article = read(PAGES / "reader-view.html")
    assert "1 minute" in texts(article)
    assert article.site in {"", "northern-post.example"}


def test_the_clippers_day_is_not_the_articles() -> None:
    assert read(PAGES / "obsidian.md").published == date(2024, 2, 8)
    assert read(PAGES / "markdownload.md").published is None
    hugo = read(PAGES / "hugo.md")
    assert str(hugo.published)[:10] == "2024-02-08"
    assert hugo.modified == date(2024, 2, 9)
    assert hugo.tags == ("ferry", "ice")


def test_a_callout_loses_its_mark_and_a_footnote_its_number() -> None:
    shown = texts(read(PAGES / "obsidian.md"))
    assert shown == [FIRST, SECOND, "It is only a ship, and we have only been waiting."]


def test_a_linked_picture_shows_no_words() -> None:
    heard = clean(read(PAGES / "markdownload.md"))
    assert [text for text in texts(heard) if "ferry.jpg" in text or not text] == []


SAVERS = {
    "Internet Explorer's mark": "<!-- saved from url=(0027)https://example.org/harbour -->",
    "Chrome's": "<!-- saved from url=(0027)https://example.org/harbour -->\n<!-- a theme's own comment -->",
    "SingleFile's": (
        "<!--\n Page saved with SingleFile \n url: https://example.org/harbour \n saved date: Sat Mar 09 2024\n-->"
    ),
    "SingleFile's with a title": "<!-- Page saved with SingleFile\n title: Ice\n url: https://example.org/harbour -->",
}


@pytest.mark.parametrize("comment", SAVERS.values(), ids=SAVERS)
def test_the_address_that_a_saver_notes_is_taken(comment: str) -> None:
    page = f"<!DOCTYPE html>{comment}<html><body><p>{FIRST}</p></body></html>"
    assert read(page).url == "https://example.org/harbour"
    assert read(page, url="https://example.org/told").url == "https://example.org/told"
    linked = page.replace("<body>", "<head><link rel=canonical href='https://example.org/canonical'></head><body>")
    assert read(linked).url == "https://example.org/canonical"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- url: https://example.org/x -->",
        "<!-- saved from url=(0014)about:internet -->",
        "saved from url=(1)https://a.b",
    ],
)
def test_other_comments_are_no_address(comment: str) -> None:
    assert read(f"<!DOCTYPE html>{comment}<html><body><p>{FIRST}</p></body></html>").url == ""


def page_of(body: str) -> str:
    return f"<!doctype html><html><head><title>The ferry</title></head><body>{body}</body></html>"


MESSAGES = {
    "base64": b"Content-Transfer-Encoding: base64\r\n\r\nPHA+VGhlIGZlcnJ5IHNhaWxlZCBhdCBub29uLjwvcD4=",
    "quoted": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>The ferry sailed=\r\n at noon.</p>",
    "eight bits": b"Content-Transfer-Encoding: 8bit\r\n\r\n<p>The ferry sailed at noon.</p>",
    "nothing said": b"\r\n<p>The ferry sailed at noon.</p>",
    "a length that lies": b"Content-Length: 3\r\n\r\n<p>The ferry sailed at noon.</p>",
    "a length beyond the end": b"Content-Length: 99999999999\r\n\r\n<p>The ferry sailed at noon.</p>",
    "an unknown encoding": b"Content-Transfer-Encoding: x-zip\r\n\r\n<p>The ferry sailed at noon.</p>",
}


@pytest.mark.parametrize("part", MESSAGES.values(), ids=MESSAGES)
@pytest.mark.parametrize(
    "end", [b"\r\n--b--\r\n", b"\r\n--b\r\nContent-Type: image/png\r\n\r\nx", b""], ids=["end", "more", "cut"]
)
def test_the_page_in_a_message_is_decoded(part: bytes, end: bytes) -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n"
    assert texts(read(head + part + end)) == ["The ferry sailed at noon."]


def test_a_message_names_the_page_it_begins_with() -> None:
    frame = b"--b\nContent-Type: text/html\nContent-ID: <frame>\n\n<p>An advertisement in a frame.</p>\n"
    main = b"--b\nContent-Type: text/html\nContent-ID: <main>\n\n<p>The ferry sailed at noon.</p>\n--b--\n"
    head = b'Content-Type: multipart/related; boundary=b; start="<main>"\n\n'
    assert texts(read(head + frame + main)) == ["The ferry sailed at noon."]
    assert texts(read(head.replace(b"; start", b"; x-start") + frame + main)) == ["An advertisement in a frame."]


def test_windows_line_ends_and_blank_lines_before_a_message_do_not_hide_it() -> None:
    assert read(b"\r\n\r\n" + make_mhtml()).title == "The harbour"


@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml", "text/plain"])
def test_a_web_archive_holds_a_page_or_a_text(kind: str) -> None:
    assert read(make_webarchive(page_of(f"<p>{FIRST}</p>"), kind)).blocks[-1].text == FIRST


CHAPTERS = {
    "a cover without words": (["<img src='cover.jpg'/>", f"<p>{FIRST}</p>"], [FIRST]),
    "a title page": (
        ["<h1>The ferry</h1><p>Northern Post</p>", f"<p>{FIRST}</p>"],
        ["The ferry", "Northern Post", FIRST],
    ),
    "a long article and its notes": ([f"<p>{FIRST * 30}</p>", f"<p>{SECOND}</p>"], [FIRST * 30, SECOND]),
    "markup of the web": ([f"<p>{FIRST}<br>{SECOND}</p>"], [FIRST, SECOND]),
    "entities": ([f"<p>Caf&eacute; &amp; quay. {FIRST}</p>"], [f"Café & quay. {FIRST}"]),
}


@pytest.mark.parametrize(("chapters", "expected"), CHAPTERS.values(), ids=CHAPTERS)
def test_the_chapters_of_an_article_are_joined(chapters: list[str], expected: list[str]) -> None:
    assert texts(read(make_epub(chapters, title="The ferry"))) == expected
