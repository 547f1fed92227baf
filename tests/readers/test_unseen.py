"""What nobody sees of a page's metadata is no part of it: controls, and overrides that turn what stands around them."""

from __future__ import annotations

import json

import pytest

from audiogen import read
from tests.readers.saved import TEXT

#: A name with an escape of terminals, an override of direction, an isolate, a bell and a line break.
EVIL = "Ada\x1b[31m \u202eLind\u2066\x07\x9b of\u2028Quay"
PAGES = {
    "meta": f"<html><head><title>{EVIL}</title><meta name='author' content='{EVIL}'><meta property='og:site_name'"
    f" content='{EVIL}'><meta property='article:tag' content='{EVIL}'></head><body><p>{TEXT}</p></body></html>",
    "entities": "<html><head><title>Ada&#27;[31m &#x202e;Lind&#8294;&#7;&#155; of&#8232;Quay</title></head>"
    f"<body><p>{TEXT}</p></body></html>",
    "JSON-LD": '<html><head><script type="application/ld+json">'
    + json.dumps({"@type": "NewsArticle", "headline": EVIL, "author": {"name": EVIL}, "keywords": [EVIL]})
    + f"</script></head><body><p>{TEXT}</p></body></html>",
    "a note": f'---\ntitle: {json.dumps(EVIL)}\nauthor: {json.dumps(EVIL)}\ntags: [{json.dumps(EVIL)}]\n---\n{TEXT}',
    "a CMS": json.dumps({"title": EVIL, "html": f"<p>{TEXT}</p>", "authors": [EVIL], "tags": [EVIL]}),
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_metadata_holds_nothing_unseen(page: str) -> None:
    article = read(page)
    result = [article.title, article.dek, *article.authors, article.site, *article.tags]
    assert all(text.replace("\u200b", "").isprintable() for text in result)
    assert "Lind" in article.title


def test_spaces_and_marks_of_direction_that_are_meant_stay() -> None:
    title = "« Quay » \u200fשלום"
    assert read(f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{TEXT}").title == title


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://quay.example/a.jpg", True),
        ("a_files/a.jpg", True),
        ("file:///etc/passwd", False),
        ("data:image/png;base64,AAAA", False),
        ("javascript:alert(1)", False),
    ],
)
def test_a_picture_is_of_the_web_or_beside_the_page(address: str, kept: bool) -> None:
    article = read(f"---\ntitle: Quay\nimage: {address}\n---\n{TEXT}")
    assert article.image == (address if kept else "")
