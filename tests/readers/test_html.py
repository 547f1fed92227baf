from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.readers import html
from audiogen.readers.html import read_html

BODY = "The ferry sailed on Thursday morning for the first time in eleven days, carrying post and fodder."
LD = {
    "@type": "NewsArticle", "headline": "The ferry sails", "author": {"@type": "Person", "name": "Ruth Okafor"},
    "datePublished": "2024-02-08T07:00:00Z", "articleBody": " ".join([BODY] * 3),
}  # fmt: skip


def make(body: str, **ld: object) -> str:
    script = f"<script type='application/ld+json'>{json.dumps(LD | ld)}</script>"
    return f"<html lang='en-GB'><head>{script}<link rel='canonical' href='https://post.example/f'></head><body>{body}</body></html>"


def test_a_page_becomes_an_article_with_its_metadata() -> None:
    article = read_html(make(f"<h1>The ferry sails</h1><p>{BODY}</p>"))
    assert (article.title, article.authors, article.url) == (
        "The ferry sails",
        ("Ruth Okafor",),
        "https://post.example/f",
    )
    assert article.published == datetime(2024, 2, 8, 7, tzinfo=UTC)
    assert [block.text for block in article.blocks] == ["The ferry sails", BODY]
    assert article.format == "html"
    assert not article.cleaned


def test_other_witnesses_are_noted_on_each_block() -> None:
    article = read_html(make(f"<h1>The ferry sails</h1><p>{BODY}</p>"))
    evidence = article.blocks[1].evidence
    assert evidence is not None
    assert evidence.marks["json_ld"] == 1.0
    assert "trafilatura" in evidence.marks


def test_a_body_that_a_script_would_have_drawn_is_taken_from_json_ld() -> None:
    long = "\n".join(f"Paragraph {n}. {BODY}" for n in range(8))
    article = read_html(make("<div id='app'>Loading</div>", articleBody=long))
    assert any(BODY in block.text for block in article.blocks)


def test_the_language_of_the_text_wins_over_that_of_the_template() -> None:
    text = (
        "Die Fähre fuhr am Donnerstag zum ersten Mal seit elf Tagen, und sie hatte die Post und das Futter an Bord. "
        * 3
    )
    assert read_html(make(f"<h1>Die Fähre</h1><p>{text}</p>")).language == "de"
    assert read_html(make(f"<h1>The ferry sails</h1><p>{BODY * 3}</p>")).language == "en-GB"


def test_what_the_page_says_of_its_own_kind_is_kept_for_the_cleaner() -> None:
    article = read_html(make(f"<p>{BODY}</p>", isAccessibleForFree="False"))
    assert article.signs == {"types": "newsarticle", "free": "no"}


@pytest.mark.parametrize(
    "document", ["", "<html></html>", "<script>var a = 1</script>"], ids=["nothing", "no body", "a script"]
)
def test_a_page_without_words_is_refused(document: str) -> None:
    with pytest.raises(EmptyArticleError):
        read_html(document)


def test_a_page_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LONGEST", 1000)
    with pytest.raises(UnsupportedSourceError, match="no article is that long"):
        read_html("<p>" + "word " * 1000)


def test_a_page_with_endless_lines_is_refused() -> None:
    with pytest.raises(UnsupportedSourceError, match="no article has so many"):
        read_html("<p>x</p>" * 16_000)


def test_pictures_written_into_the_page_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LONGEST", 1000)
    article = read_html(f"<img src='data:image/png;base64,{'A' * 5000}'><p>{BODY}</p>")
    assert article.blocks[0].text == BODY


HOSTILE = {
    "nested elements": "<div>" * 100_000 + f"<p>{BODY}</p>",
    "nested inline": "<span>" * 3_000 + BODY,
    "nested tables": "<table><tr><td>" * 3_000 + BODY,
    "nested lists": "<ul><li>" * 3_000 + BODY,
    "breaks": "<br>" * 4_000 + f"<p>{BODY}</p>",
    "nulls": f"<p>{BODY}</p>".replace("e", "e\0"),
    "entities": "<p>&nope;&#0;&#x110000;&#xD800;&amp</p>" + f"<p>{BODY}</p>",
    "half a tag": f"<p>{BODY}</p><a href='",
    "a lone surrogate": f"<p>\ud800 {BODY}</p>",
    "deep JSON-LD": "<script type='application/ld+json'>" + "[" * 50_000 + f"</script><p>{BODY}</p>",
    "a wrong charset": f"<p>{BODY}</p>".encode("utf-16").decode("latin-1"),
    "doctype and nothing": "<!DOCTYPE html>",
}


@pytest.mark.parametrize("document", HOSTILE.values(), ids=HOSTILE)
def test_hostile_html_ends_in_an_article_or_a_refusal(document: str) -> None:
    try:
        article = read_html(document)
    except (EmptyArticleError, UnsupportedSourceError):
        return
    assert all(block.text.strip() for block in article.blocks)
