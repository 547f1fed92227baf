"""Articles as JSON: the project's own form, schema.org's and WordPress's; what is wrong is named by its key."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from audiogen import clean, read
from audiogen.errors import EmptyArticleError, UnsupportedSourceError
from audiogen.model import BlockKind

FIRST = "The harbour froze in the third week of January, and no ferry left it for nine days, not even the small one."
SECOND = "“It is only a ship, and we have only been waiting,” the keeper said, and put another log into the stove."
HTML = f"<p>{FIRST}</p><p>{SECOND}</p>"
KNOWN: dict[str, Any] = {
    "title": "Nine days of ice", "authors": ["Ruth Okafor"], "published": "2024-01-24T07:00:00Z", "id": 17,
    "url": "https://post.example/ice", "language": "en", "tags": ["ice"], "image": "https://post.example/ice.jpg",
}  # fmt: skip
SCHEMA_ORG = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Nine days of ice",
    "author": {"@type": "Person", "name": "Ruth Okafor"}, "datePublished": "2024-01-24T07:00:00Z",
    "url": "https://post.example/ice", "inLanguage": "en", "keywords": ["ice"], "identifier": "17",
    "image": "https://post.example/ice.jpg", "articleBody": f"{FIRST}\n\n{SECOND}",
}  # fmt: skip
WORDPRESS = {
    "id": 17, "date": "2024-01-24T08:00:00", "date_gmt": "2024-01-24T07:00:00", "link": "https://post.example/ice",
    "title": {"rendered": "Nine days of ice"}, "content": {"rendered": HTML, "protected": False},
    "_embedded": {
        "author": [{"name": "Ruth Okafor"}], "wp:term": [[{"name": "ice"}]],
        "wp:featuredmedia": [{"source_url": "https://post.example/ice.jpg"}],
    },
}  # fmt: skip
FORMS = {
    "html": KNOWN | {"html": HTML},
    "text": KNOWN | {"text": f"{FIRST}\n\n{SECOND}\n"},
    "blocks": KNOWN | {"blocks": [FIRST, {"text": SECOND}]},
    "schema.org": SCHEMA_ORG,
    "schema.org in a graph": {"@graph": [{"@type": "WebPage"}, SCHEMA_ORG]},
    "WordPress": WORDPRESS,
    "an array of one": [KNOWN | {"html": HTML}],
    "wrapped": {"articles": [KNOWN | {"text": f"{FIRST}\n{SECOND}"}]},
}


def as_json(thing: object) -> bytes:
    return json.dumps(thing).encode()


@pytest.mark.parametrize("thing", FORMS.values(), ids=FORMS)
def test_every_form_gives_the_same_article(thing: object) -> None:
    article = read(as_json(thing))
    assert (article.title, article.authors, article.url) == (
        "Nine days of ice", ("Ruth Okafor",), "https://post.example/ice",
    )  # fmt: skip
    assert article.published == datetime(2024, 1, 24, 7, tzinfo=UTC)
    assert (article.tags, article.image, article.external_id) == (("ice",), "https://post.example/ice.jpg", "17")
    assert article.language == "en"
    assert [block.text for block in clean(article).blocks] == [FIRST, SECOND]


def test_blocks_keep_their_kinds() -> None:
    blocks = [{"text": "Ice", "kind": "heading", "level": 2}, {"text": FIRST, "kind": "quote", "language": "de"}]
    found = read(as_json(KNOWN | {"blocks": blocks})).blocks
    assert [(block.kind, block.level, block.language) for block in found] == [
        (BlockKind.HEADING, 2, None), (BlockKind.QUOTE, 0, "de"),
    ]  # fmt: skip


REFUSED = {
    "an unknown key": (KNOWN | {"text": FIRST, "colour": "red"}, "'colour'"),
    "a wrong type": (KNOWN | {"text": FIRST, "tags": "ice"}, "a text under 'tags', where a list"),
    "a number for a title": (KNOWN | {"text": FIRST, "title": 4}, "a number under 'title'"),
    "true for an id": (KNOWN | {"text": FIRST, "id": True}, "true or false under 'id'"),
    "an author that is none": (KNOWN | {"text": FIRST, "authors": ["A", 4]}, r"a number under 'authors\[1\]'"),
    "a date that is none": (KNOWN | {"text": FIRST, "published": "soon"}, "'soon' under 'published'"),
    "an unknown kind of block": (KNOWN | {"blocks": [{"text": "x", "kind": "box"}]}, r"'box' under 'blocks\[0\].kind'"),
    "a block without text": (KNOWN | {"blocks": [{"kind": "quote"}]}, r"no text in 'blocks\[0\]'"),
    "an unknown key of a block": (KNOWN | {"blocks": [{"text": "x", "id": 1}]}, r"'blocks\[0\].id'"),
    "two bodies": (KNOWN | {"text": FIRST, "html": HTML}, "'html' and 'text'"),
    "unknown JSON": ({"name": "audiogen", "version": 3}, "no form that audiogen knows"),
    "a list of numbers": ([1, 2, 3], "no form that audiogen knows"),
    "several articles": ([KNOWN | {"text": FIRST}] * 3, "3 articles; audiogen batch"),
    "a protected post": (WORDPRESS | {"content": {"rendered": "", "protected": True}}, "protected by a password"),
}


@pytest.mark.parametrize(("thing", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_named(thing: object, expected: str) -> None:
    with pytest.raises(UnsupportedSourceError, match=expected):
        read(as_json(thing))


BROKEN = {
    "cut off": (b'{"title": "Ice", "text": "It fro', "broken"),
    "a document a line": (b'{"text": "a"}\n{"text": "b"}\n', "one a line"),
    "brackets": (b"[" * 200_000, "brackets"),
}


@pytest.mark.parametrize(("data", "expected"), BROKEN.values(), ids=BROKEN)
def test_broken_json_is_refused_and_not_read_aloud(data: bytes, expected: str) -> None:
    with pytest.raises(UnsupportedSourceError, match=expected):
        read(data)


def test_an_article_without_text_is_empty() -> None:
    with pytest.raises(EmptyArticleError):
        read(as_json(KNOWN | {"text": " \n "}))


OURS = ("html", "text", "blocks", "an array of one", "wrapped")


@pytest.mark.parametrize("name", OURS)
def test_the_schema_accepts_what_is_read(name: str) -> None:
    schema = json.loads(files("audiogen.readers").joinpath("article.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(FORMS[name], schema)


@pytest.mark.parametrize(
    "name", ["an unknown key", "a wrong type", "true for an id", "two bodies", "a block without text"]
)
def test_the_schema_refuses_what_is_refused(name: str) -> None:
    schema = json.loads(files("audiogen.readers").joinpath("article.schema.json").read_text(encoding="utf-8"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(REFUSED[name][0], schema)


def test_a_number_that_python_does_not_read_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnsupportedSourceError, match="a number that is longer"):
        read('[{"title": ' + "9" * 5000 + ', "url": "https://news.example/a", "content": "<p>Ice.</p>"}]')
