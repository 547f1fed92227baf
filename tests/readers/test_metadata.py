from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from audiogen.readers.metadata import Metadata, find_metadata, host
from audiogen.readers.tree import parse


def find(head: str = "", body: str = "", url: str | None = None) -> Metadata:
    root = parse(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    return find_metadata(root, url)


def ld(value: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def meta(name: str, content: str) -> str:
    return f"<meta property='{name}' content='{content}'>"


AUTHORS = {
    "JSON-LD": (
        ld({"@type": "Article", "author": [{"name": "Ana Ruiz"}, {"name": "Tom Lee"}]}),
        "",
        ("Ana Ruiz", "Tom Lee"),
    ),
    "JSON-LD by reference": (
        ld(
            {
                "@graph": [
                    {"@type": "Article", "author": {"@id": "#p"}},
                    {"@type": "Person", "@id": "#p", "name": "Ana Ruiz"},
                ]
            }
        ),
        "",
        ("Ana Ruiz",),
    ),
    "a meta tag": (meta("author", "Ana Ruiz"), "", ("Ana Ruiz",)),
    "microdata": ("", "<div itemprop='author'><span itemprop='name'>Ana Ruiz</span></div>", ("Ana Ruiz",)),
    "no outlet with a missing name": (
        ld({"@type": "Article", "author": {"@type": "Person", "name": ", QUAY POST"}}),
        "",
        (),
    ),
    "no organisation": (ld({"@type": "Article", "author": {"@type": "Organization", "name": "Quay Post"}}), "", ()),
    "no address": (meta("article:author", "https://facebook.example/ana"), "", ()),
}


@pytest.mark.parametrize(("head", "body", "authors"), AUTHORS.values(), ids=AUTHORS)
def test_authors_are_people(head: str, body: str, authors: tuple[str, ...]) -> None:
    assert find(head, body).authors == authors


BYLINES = {
    "a class": ("<p class='byline'>By Ana Ruiz and Tom Lee</p>", ("Ana Ruiz", "Tom Lee")),
    "a link to a person": ("<p>Hello <a href='/authors/ana-ruiz'>Ana Ruiz</a></p>", ("Ana Ruiz",)),
    "a link to another page": ("<p><a href='/harbour/ana-ruiz'>Ana Ruiz</a></p>", ()),
    "a commenter": ("<p class='comment'><a href='/profile/ana'>Ana Ruiz</a></p>", ()),
    "a label": ("<p class='author-link'>Full Bio</p>", ()),
}


@pytest.mark.parametrize(("body", "names"), BYLINES.values(), ids=BYLINES)
def test_bylines_anywhere_are_kept_apart(body: str, names: tuple[str, ...]) -> None:
    found = find("", body)
    assert (found.authors, found.bylines) == ((), names)


CET = timezone(timedelta(hours=1))
DATES = {
    "JSON-LD": (
        ld({"@type": "Article", "datePublished": "2024-03-05T08:30:00+01:00"}),
        "",
        datetime(2024, 3, 5, 8, 30, tzinfo=CET),
    ),
    "a meta tag": (meta("article:published_time", "2024-03-05T08:30:00Z"), "", datetime(2024, 3, 5, 8, 30, tzinfo=UTC)),
    "a time element": ("", "<time datetime='2024-03-05'>yesterday</time>", date(2024, 3, 5)),
    "a visible line": ("", "<p class='post-date'>Posted on March 5, 2024</p>", date(2024, 3, 5)),
    "a class of several words": ("", "<div class='text__date'>March 5, 2024</div>", date(2024, 3, 5)),
    "not the last change": ("", "<p class='date-last-modify'>March 5, 2024</p>", None),
    "the address": ("<link rel='canonical' href='https://a.example/2024/03/05/clock'>", "", date(2024, 3, 5)),
    "none": ("", "<p>Some day</p>", None),
}


@pytest.mark.parametrize(("head", "body", "published"), DATES.values(), ids=DATES)
def test_the_date_keeps_its_zone(head: str, body: str, published: object) -> None:
    assert find(head, body).published == published


def test_the_date_of_a_comment_is_not_the_articles() -> None:
    assert find("", "<div class='comment-meta'><time datetime='2020-01-01'>x</time></div>").published is None


def test_titles_come_best_first() -> None:
    head = ld({"@type": "Article", "headline": "One"}) + meta("og:title", "Two") + "<title>Three | Post</title>"
    assert find(head).titles == ("One", "Two", "Three | Post")


LANGUAGES = {
    "lang": ("en-us", "en-US"),
    "underscore": ("pt_BR", "pt-BR"),
    "short": ("uk", "uk"),
    "nonsense": ("english language", ""),
}


@pytest.mark.parametrize(("value", "language"), LANGUAGES.values(), ids=LANGUAGES)
def test_the_declared_language_is_a_tag(value: str, language: str) -> None:
    assert find(meta("language", value)).language == language


def test_the_site_the_image_and_the_tags_are_found() -> None:
    head = meta("og:site_name", "The Quay Post") + meta("og:image", "/a.jpg") + meta("keywords", "tide, clock")
    found = find(head + "<link rel='canonical' href='https://a.example/x'>")
    assert (found.site, found.image, found.tags) == ("The Quay Post", "https://a.example/a.jpg", ("tide", "clock"))


def test_a_page_that_is_not_free_says_so() -> None:
    assert find(ld({"@type": "Article", "isAccessibleForFree": False})).free is False
    assert find(ld({"@type": "Article", "isAccessibleForFree": "True"})).free is True
    assert find().free is None


@pytest.mark.parametrize("text", ["{", "[[[[", "null", "3", '{"@type": 5}', '{"@graph": 1}'])
def test_broken_json_ld_is_passed_over(text: str) -> None:
    assert find(f"<script type='application/ld+json'>{text}</script>").titles == ()


def test_the_saved_address_is_used_where_the_page_names_none() -> None:
    assert find(url="https://a.example/b").url == "https://a.example/b"


@pytest.mark.parametrize(
    ("url", "name"), [("https://www.a.example/b", "a.example"), ("nonsense", ""), ("https://[", "")]
)
def test_the_host_is_plain(url: str, name: str) -> None:
    assert host(url) == name
