"""Small heads of pages as site software writes them, and what is made of each; every row is a page."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from audiogen import clean, read

if TYPE_CHECKING:
    from audiogen.model import Article

BODY = (
    "<p>For eleven years the clock over the harbour showed ten past four, and the fishermen had long agreed to read it "
    "as a joke about the tide rather than as the time of day.</p><p>On Thursday it was set right by a woman from the "
    "next town, who would not say what it had cost her, nor who had asked.</p>"
)


def page(head: str = "", top: str = "<h1>The clock is right</h1>", under: str = "", foot: str = "") -> Article:
    return read(f"<!doctype html><html><head>{head}</head><body>{top}{under}{BODY}{foot}</body></html>")


def ld(**fields: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle'} | fields)}</script>"


def meta(**fields: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in fields.items())


TITLES = {
    "a bar and the site": ("<title>The clock is right | Quay Post</title>", "", "The clock is right"),
    "a dash and the site, named": (
        "<title>The clock is right - Quay Post</title>" + meta(og__site_name="Quay Post"),
        "",
        "The clock is right",
    ),
    "an en dash and the site": (
        "<title>The clock is right – Quay Post</title>" + meta(og__site_name="Quay Post"),
        "",
        "The clock is right",
    ),
    "the site first": (
        "<title>Quay Post: The clock is right</title>" + meta(og__site_name="Quay Post"),
        "",
        "Quay Post: The clock is right",
    ),
    "the site first, after a bar": (
        "<title>Quay Post | The clock is right</title>" + meta(og__site_name="Quay Post"),
        "",
        "The clock is right",
    ),
    "a dash of its own": (
        "<title>The clock is right - at last</title>" + meta(og__site_name="Quay Post"),
        "",
        "The clock is right - at last",
    ),
    "a section and the site": (
        "<title>The clock is right | Harbour | Quay Post</title>",
        "<h1>The clock is right</h1>",
        "The clock is right",
    ),
    "a heading that says it better": (
        "<title>Clock set right after 11 years | Quay Post</title>",
        "<h1>The harbour clock is right</h1>",
        "The harbour clock is right",
    ),
    "the site's name in the first heading": (
        "<title>The clock is right | Quay Post</title>" + meta(og__site_name="Quay Post"),
        "<h1>Quay Post</h1><h2>The clock is right</h2>",
        "The clock is right",
    ),
    "the site's address in the first heading": (
        "<title>The clock is right</title>",
        "<h1>quaypost.example</h1><h2>The clock is right</h2>",
        "The clock is right",
    ),
    "two main headings": (
        "<title>The clock is right | Quay Post</title>",
        "<h1>Read the news</h1><h1>The clock is right</h1>",
        "The clock is right",
    ),
    "a hidden heading": (
        meta(og__title="The clock is right"),
        "<h1 hidden>Quay Post home page</h1><h2>The clock is right</h2>",
        "The clock is right",
    ),
    "a title for search engines": (
        meta(og__title="10 facts about the clock (2024)"),
        "<h1>The clock is right</h1>",
        "The clock is right",
    ),
    "JSON-LD alone": (ld(headline="The clock is right"), "<h2>Related</h2>", "The clock is right"),
    "JSON-LD with entities": (ld(headline="The clock &amp; the gull"), "", "The clock & the gull"),
    "JSON-LD with tags": (ld(headline="The <i>clock</i> is right"), "", "The clock is right"),
    "OpenGraph alone": (meta(og__title="The clock is right"), "", "The clock is right"),
    "Twitter's alone": (meta(twitter__title="The clock is right"), "", "The clock is right"),
    "a heading alone": ("", "<h1>The clock is right</h1>", "The clock is right"),
    "typographic quotes": (
        meta(og__title="'Right at last': the clock"),
        "<h1>‘Right at last’: the clock</h1>",
        "‘Right at last’: the clock",
    ),
    "a picture's title": (
        "<title>The clock is right</title>",
        "<svg><title>Logo</title></svg><h1>The clock is right</h1>",
        "The clock is right",
    ),
    "nothing": ("", "", ""),
}


@pytest.mark.parametrize(("head", "top", "title"), TITLES.values(), ids=TITLES)
def test_the_title_is_the_headline_as_people_see_it(head: str, top: str, title: str) -> None:
    assert page(head, top).title == title


PERSON = {"@type": "Person", "name": "Ana Ruiz"}
AUTHORS = {
    "a person": (ld(author=PERSON), "", ("Ana Ruiz",)),
    "a name": (ld(author="Ana Ruiz"), "", ("Ana Ruiz",)),
    "names in a list": (ld(author=["Ana Ruiz", "Tom Lee"]), "", ("Ana Ruiz", "Tom Lee")),
    "names in one text": (ld(author="Ana Ruiz and Tom Lee"), "", ("Ana Ruiz", "Tom Lee")),
    "a list of names in a person": (ld(author={"name": ["Ana Ruiz", "Tom Lee"]}), "", ("Ana Ruiz", "Tom Lee")),
    "a person and an agency": (
        ld(author=[PERSON, {"@type": "Organization", "name": "Quay Press Agency"}]),
        "",
        ("Ana Ruiz",),
    ),
    "staff, and a byline that is shown": (ld(author="Staff"), "<p>By Ana Ruiz</p>", ("Ana Ruiz",)),
    "an address, and a byline that is shown": (
        meta(article__author="https://social.example/anaruiz"),
        "<p>By Ana Ruiz</p>",
        ("Ana Ruiz",),
    ),
    "a user's name, and a byline that is shown": (meta(author="aruiz"), "<p>By Ana Ruiz</p>", ("Ana Ruiz",)),
    "the outlet, and a byline that is shown": (
        meta(author="Quay Post", og__site_name="Quay Post"),
        "<p>By Ana Ruiz</p>",
        ("Ana Ruiz",),
    ),
    "the outlet behind the name": (meta(author="Ana Ruiz, Quay Post", og__site_name="Quay Post"), "", ("Ana Ruiz",)),
    "a role behind the name": (meta(author="Ana Ruiz, Harbour Editor"), "", ("Ana Ruiz",)),
    "capitals": (meta(author="ANA RUIZ"), "", ("Ana Ruiz",)),
    "twice": (ld(author=[PERSON, PERSON]), "", ("Ana Ruiz",)),
    "a house's own name": (meta(articleAuthor="Ana Ruiz"), "", ("Ana Ruiz",)),
    "Parse.ly": (meta(**{"parsely-author": "Ana Ruiz"}), "", ("Ana Ruiz",)),
    "Dublin Core": (meta(**{"dc.creator": "Ana Ruiz"}), "", ("Ana Ruiz",)),
    "Twitter's label": (meta(twitter__label1="Written by", twitter__data1="Ana Ruiz"), "", ("Ana Ruiz",)),
    "Twitter's other label": (meta(twitter__label1="Reading time", twitter__data1="4 minutes"), "", ()),
    "microdata": ("", "<p itemprop='author'>Ana Ruiz</p>", ("Ana Ruiz",)),
    "a link to the author": ("", "<p><a rel='author' href='/ana'>Ana Ruiz</a></p>", ("Ana Ruiz",)),
    "German": ("", "<p>Von Jana Feld</p>", ("Jana Feld",)),
    "French": ("", "<p>Par Zoé Martin</p>", ("Zoé Martin",)),
    "Ukrainian": ("", "<p>Автор: Олена Гай</p>", ("Олена Гай",)),
    "a commenter": ("", "<div class='comments'><p class='comment-author'>Tom Lee</p></div>", ()),
    "nobody": ("", "", ()),
}


@pytest.mark.parametrize(("head", "under", "authors"), AUTHORS.values(), ids=AUTHORS)
def test_the_authors_are_people(head: str, under: str, authors: tuple[str, ...]) -> None:
    assert page(head, under=under).authors == authors


FIFTH, SEVENTH = date(2024, 3, 5), date(2024, 3, 7)
MORNING = datetime(2024, 3, 5, 8, 30, tzinfo=timezone(timedelta(hours=1)))
DAYS = {
    "JSON-LD": (ld(datePublished="2024-03-05T08:30:00+01:00"), "", MORNING, None),
    "both": (ld(datePublished="2024-03-05", dateModified="2024-03-07"), "", FIFTH, SEVENTH),
    "OpenGraph": (meta(article__published_time="2024-03-05T08:30:00+01:00"), "", MORNING, None),
    "a change in OpenGraph": (
        meta(article__published_time="2024-03-05", og__updated_time="2024-03-07"),
        "",
        FIFTH,
        SEVENTH,
    ),
    "Dublin Core": (meta(**{"dcterms.created": "2024-03-05"}), "", FIFTH, None),
    "a bare day": (meta(date="5 March 2024"), "", FIFTH, None),
    "seconds": (meta(pubdate="1709627400"), "", datetime(2024, 3, 5, 8, 30, tzinfo=UTC), None),
    "a time element": ("", "<time datetime='2024-03-05'>5 March</time>", FIFTH, None),
    "a time of a comment": ("", "<div class='comment'><time datetime='2024-03-05'>x</time></div>", None, None),
    "a line that is shown": ("", "<p>March 5, 2024</p>", FIFTH, None),
    "in German": ("", "<p>Veröffentlicht am 5. März 2024</p>", FIFTH, None),
    "in Polish": ("", "<p>Opublikowano 5 marca 2024</p>", FIFTH, None),
    "in Ukrainian": ("", "<p>5 березня 2024</p>", FIFTH, None),
    "in the address": ("<link rel=canonical href='https://quaypost.example/2024/03/05/clock'>", "", FIFTH, None),
    "said later than shown": (ld(datePublished="2024-08-07"), "<p>March 5, 2024</p>", FIFTH, None),
    "said earlier than the change that is shown": (
        ld(datePublished="2024-03-05"),
        "<p>Updated March 7, 2024</p>",
        FIFTH,
        SEVENTH,
    ),
    "only a change": ("", "<p>Last updated: March 7, 2024</p>", SEVENTH, SEVENTH),
    "a day of long ago": (ld(datePublished="0001-01-01T00:00:00"), "", None, None),
    "no day": (ld(datePublished="soon"), "", None, None),
}


@pytest.mark.parametrize(("head", "under", "published", "modified"), DAYS.values(), ids=DAYS)
def test_the_day_is_that_of_publication(head: str, under: str, published: date | None, modified: date | None) -> None:
    article = page(head, under=under)
    assert (article.published, article.modified) == (published, modified)


SITES = {
    "OpenGraph": (meta(og__site_name="Quay Post"), "Quay Post"),
    "the publisher": (ld(publisher={"@type": "Organization", "name": "Quay Post"}), "Quay Post"),
    "the publisher by reference": (
        "<script type='application/ld+json'>"
        + json.dumps(
            {
                "@graph": [
                    {"@type": "Article", "publisher": {"@id": "#o"}},
                    {"@type": "Organization", "@id": "#o", "name": "Quay Post"},
                ]
            }
        )
        + "</script>",
        "Quay Post",
    ),
    "the web site": (
        f"<script type='application/ld+json'>{json.dumps({'@type': 'WebSite', 'name': 'Quay Post'})}</script>",
        "Quay Post",
    ),
    "the application": (meta(**{"application-name": "Quay Post"}), "Quay Post"),
    "a handle": (meta(og__site_name="@QuayPost"), "QuayPost"),
    "an address": (meta(og__site_name="https://quaypost.example"), ""),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("head", "site"), SITES.values(), ids=SITES)
def test_the_site_is_called_as_it_calls_itself(head: str, site: str) -> None:
    assert page(head).site == site


ADDRESSES = {
    "canonical": ("<link rel='canonical' href='https://a.example/clock'>", "https://a.example/clock"),
    "canonical among other words": (
        "<link rel='Canonical amphtml' href='https://a.example/clock'>",
        "https://a.example/clock",
    ),
    "JSON-LD": (ld(url="https://a.example/clock"), "https://a.example/clock"),
    "OpenGraph": (meta(og__url="https://a.example/clock"), "https://a.example/clock"),
    "canonical first": (
        "<link rel='canonical' href='https://a.example/clock'>" + meta(og__url="https://a.example/x"),
        "https://a.example/clock",
    ),
    "relative": ("<link rel='canonical' href='/clock'>", ""),
    "no address": ("<link rel='canonical' href='https://['>", "https://["),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("head", "url"), ADDRESSES.values(), ids=ADDRESSES)
def test_the_address_is_the_canonical_one(head: str, url: str) -> None:
    assert page(head).url == url


IMAGES = {
    "OpenGraph": (meta(og__image="https://a.example/c.jpg"), "https://a.example/c.jpg"),
    "Twitter's": (meta(twitter__image="https://a.example/c.jpg"), "https://a.example/c.jpg"),
    "JSON-LD": (ld(image="https://a.example/c.jpg"), "https://a.example/c.jpg"),
    "JSON-LD's list": (
        ld(image=[{"url": "https://a.example/c.jpg"}, "https://a.example/d.jpg"]),
        "https://a.example/c.jpg",
    ),
    "an object's content": (ld(image={"contentUrl": "https://a.example/c.jpg"}), "https://a.example/c.jpg"),
    "an empty list": (ld(image=[]), ""),
    "relative to the page": (
        "<link rel='canonical' href='https://a.example/clock'>" + meta(og__image="c.jpg"),
        "https://a.example/c.jpg",
    ),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("head", "image"), IMAGES.values(), ids=IMAGES)
def test_the_lead_image_is_an_address(head: str, image: str) -> None:
    assert page(head).image == image


TAGS = {
    "a list": (ld(keywords=["clock", "harbour"]), ("clock", "harbour")),
    "a text": (ld(keywords="clock, harbour"), ("clock", "harbour")),
    "a meta tag": (meta(keywords="clock,  harbour ,"), ("clock", "harbour")),
    "the news' own": (meta(news_keywords="clock", keywords="everything"), ("clock",)),
    "terms": (ld(keywords=[{"@type": "DefinedTerm", "name": "clock"}]), ("clock",)),
    "a sentence": (
        meta(keywords="clock, " + "a very long sentence about the clock and everything over the harbour"),
        ("clock",),
    ),
}


@pytest.mark.parametrize(("head", "tags"), TAGS.values(), ids=TAGS)
def test_the_tags_are_short_words(head: str, tags: tuple[str, ...]) -> None:
    assert page(head).tags == tags


KINDS = {
    "an article": (ld(), "newsarticle", None),
    "free": (ld(isAccessibleForFree=True), "newsarticle", "yes"),
    "not free": (ld(isAccessibleForFree="False"), "newsarticle", "no"),
    "by OpenGraph": (meta(og__type="article"), "og:article", None),
    "several types": (ld(**{"@type": ["Article", "BlogPosting"]}), "article blogposting", None),
}


@pytest.mark.parametrize(("head", "types", "free"), KINDS.values(), ids=KINDS)
def test_the_page_says_what_it_is(head: str, types: str, free: str | None) -> None:
    signs = page(head).signs
    assert (signs["types"], signs.get("free")) == (types, free)


LANGUAGES = {
    "declared": ("<html lang='en-GB'>", "en-GB"),
    "declared in capitals": ("<html lang='EN'>", "en"),
    "declared with an underscore": ("<html lang='en_us'>", "en-US"),
    "declared as XML": ("<html xml:lang='en-NZ'>", "en-NZ"),
    "declared wrongly": ("<html lang='de-DE'>", "en"),
    "nonsense": ("<html lang='{{ lang }}'>", "en"),
    "not declared": ("<html>", "en"),
}


@pytest.mark.parametrize(("tag", "language"), LANGUAGES.values(), ids=LANGUAGES)
def test_the_language_is_that_of_the_text(tag: str, language: str) -> None:
    assert read(f"{tag}<body><h1>The clock is right</h1>{BODY}</body></html>").language == language


def test_a_headline_in_capitals_is_heard_once_and_not_shouted() -> None:
    article = clean(page("<title>The clock is right | Quay Post</title>", "<h1>THE CLOCK IS RIGHT</h1>"))
    assert article.text.startswith("The clock is right\nFor eleven years")
    assert [entry.block.text for entry in article.removed] == ["THE CLOCK IS RIGHT"]
