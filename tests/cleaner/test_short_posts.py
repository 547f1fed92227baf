"""A post of a line or two is an article; the beginning of something longer, a login and a player's label are none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.phrases import phrases
from audiogen.cleaner.short_posts import MIN_POST_WORDS, is_whole_post
from audiogen.errors import NotAnArticleError
from audiogen.readers.html import read_html

POST = "My son asked whether the tide comes in on Sundays as well. I said yes. He was sorry for the sea."
TYPE = "<meta property='og:type' content='article'>"
MENU = "<ul><li><a href='/'>Home</a></li><li><a href='/about'>About me</a></li><li><a href='/old'>Archive</a></li></ul>"


def make(post: str = POST, *, description: str | None = None, body: str = "", head: str = TYPE) -> str:
    """Make a page with a post; *body* stands in the place of its text's element."""
    said = post if description is None else description
    return (
        f"<html lang='en'><head><title>On Sundays | Low Water Notes</title><meta name='description' content='{said}'>"
        f"<meta property='og:title' content='On Sundays'>{head}</head><body>{MENU}<div class='post hentry'>"
        f"<h1><a href='/sundays'>On Sundays</a></h1><div class='date'>3 May 2019</div>"
        + (body or f"<div class='post-content'><p>{post}</p></div>")
        + "<div class='sharing'><h3>Share this:</h3><ul><li><a href='/t'>Share on Tooter</a></li></ul></div>"
        "<p class='meta'>Filed under <a href='/sea'>Sea</a></p></div></body></html>"
    )


def is_whole(page: str, *lines: str) -> bool:
    article = read_html(page)
    heard = tuple(block for block in article.blocks if block.text in (lines or (POST,)))
    assert heard
    return is_whole_post(article, replace(article, blocks=heard), phrases("en"))


def test_a_post_of_a_line_or_two_is_an_article() -> None:
    assert POST in clean(read_html(make())).text


def test_a_few_words_that_call_themselves_nothing_are_a_teaser() -> None:
    with pytest.raises(NotAnArticleError):
        clean(read_html(make(head="")))


PLAYER = "<iframe src='https://www.youtube.com/embed/x' title='A film'></iframe>"
BEGINNINGS = {
    "the standfirst of an article that a script fills": make(body=f"<header><p class='lead'>{POST}</p></header>"),
    "a standfirst inside the article's element": make(
        body=f"<div class='article-body'><p class='standfirst'>{POST}</p><div class='loading'></div></div>"
    ),
    "an excerpt in a list of posts": make(body=f"<div class='entry-content teaser'><p>{POST}</p></div>"),
    "a page that describes itself otherwise": make(description="All about the sea"),
    "a page that is not free": make(
        head=TYPE + '<script type=\'application/ld+json\'>{"@type":"Article","isAccessibleForFree":false}</script>'
    ),
    "a film with a line below it": make(body=f"<div class='post-content'>{PLAYER}<p>{POST}</p></div>"),
    "a picture with a line below it": make(body=f"<div class='post-content'><img src='a.jpg'><p>{POST}</p></div>"),
    "a form in the place of the text": make(body=f"<div class='post-content'><form><p>{POST}</p></form></div>"),
    "a link to the whole text": make(body=f"<div class='post-content'><p><a href='/x'>{POST}</a></p></div>"),
    "the line under a player": make(
        body=f"<div class='post-content'><div class='audio-player'><p>{POST}</p></div></div>"
    ),
}


@pytest.mark.parametrize("page", BEGINNINGS.values(), ids=BEGINNINGS)
def test_the_beginning_of_something_longer_is_no_post(page: str) -> None:
    assert not is_whole(page)


ASKING = {
    "an excerpt": "My son asked whether the tide comes in on Sundays as well, and I said that it does…",
    "an excerpt with dots": "My son asked whether the tide comes in on Sundays as well, and I said that...",
    "a headline": "My son asked whether the tide comes in on Sundays as well as on Mondays",
    "a password": "You must log in to read this post. It is for members of the society alone.",
    "a place that is empty": "This page could not be found. Perhaps you would like to look for it elsewhere.",
    "a subscription": "Subscribe to our newsletter and get every post of the week in your inbox for free.",
}


@pytest.mark.parametrize("line", ASKING.values(), ids=ASKING)
def test_a_line_that_asks_or_breaks_off_is_no_post(line: str) -> None:
    assert not is_whole(make(line), line)


@pytest.mark.parametrize(("count", "whole"), [(MIN_POST_WORDS - 1, False), (MIN_POST_WORDS, True)])
def test_a_post_has_a_length(count: int, whole: bool) -> None:
    line = " ".join(["Low", *["water"] * (count - 2), "again."])
    assert is_whole(make(line), line) is whole


def test_all_that_is_heard_is_of_the_post() -> None:
    page = make(body=f"<div class='post-content'><p>{POST}</p></div><div class='aside'><p>The sea is wide.</p></div>")
    assert not is_whole(page, POST, "The sea is wide.")
