"""An embedded post whose words stand on the page is quoted with who wrote it and where."""

from __future__ import annotations

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.posts import Post, find_post
from audiogen.model import Block, BlockKind, Evidence
from tests.cleaner.pages import make_article

TEXT = "The clock is right and I am late."


def texts_of(markup: str, head: str = "") -> list[str]:
    article = clean(make_article(markup, head=head))
    return [block.text for block in article.blocks if block.kind is BlockKind.STAND_IN]


def post(text: str, under: str = "", network: str = "twitter-tweet") -> str:
    return f"<blockquote class='{network}'><p>{text}</p>{under}</blockquote>"


SIGNED = "&mdash; Quay Clock (@quayclock) <a href='https://twitter.com/quayclock/status/1'>May 3, 2026</a>"
POSTS = {
    "signed": (post(TEXT, SIGNED), ["Quay Clock wrote on X:", TEXT]),
    "unsigned": (post(TEXT), ["A post on X says:", TEXT]),
    "another network": (post(TEXT, SIGNED, "mastodon-embed"), ["Quay Clock wrote on Mastodon:", TEXT]),
    "with an address at its end": (
        post(f"{TEXT} https://t.co/abc pic.twitter.com/xyz", SIGNED),
        ["Quay Clock wrote on X:", TEXT],
    ),
    "of two paragraphs": (
        post(f"{TEXT}</p><p>Nobody minds.", SIGNED),
        ["Quay Clock wrote on X:", TEXT, "Nobody minds."],
    ),
    "without words": (
        post("View this post on Instagram", "<p>A post shared by Quay Clock (@quayclock)</p>", "instagram-media"),
        ["An embedded post is in the article."],
    ),
    "of two words": (post("So late."), ["An embedded post is in the article."]),
    "of three words": (post("We are late."), ["A post on X says:", "We are late."]),
}


@pytest.mark.parametrize(("markup", "expected"), POSTS.values(), ids=POSTS)
def test_a_post_is_quoted_where_its_words_are_there(markup: str, expected: list[str]) -> None:
    assert texts_of(markup) == expected


def test_a_post_is_introduced_in_the_articles_language() -> None:
    from dataclasses import replace

    article = clean(replace(make_article(post(TEXT, SIGNED)), language="de"))
    assert "Quay Clock schrieb auf X:" in [block.text for block in article.blocks]


def evidence(*path: str) -> Evidence:
    return Evidence(("html", "body", *path))


def test_the_network_is_that_of_the_first_block() -> None:
    other = Block("Nobody minds that at all.", evidence=evidence("blockquote.mastodon-embed"))
    assert (find_post([Block(TEXT), other]) or Post("", "?", ())).network == ""
    assert (find_post([other, Block(TEXT)]) or Post("", "?", ())).network == "Mastodon"


def test_the_last_signature_is_the_authors() -> None:
    post = find_post([Block(f"{TEXT} — Quay Clock (@quayclock) May 3, 2026"), Block("View this post on Instagram")])
    assert post == Post("Quay Clock", "", (TEXT,))


@pytest.mark.parametrize(("words", "found"), [(2, False), (3, True)])
def test_a_post_has_three_words_in_all_its_blocks(words: int, found: bool) -> None:
    assert (find_post([Block("late") for _ in range(words)]) is not None) is found
