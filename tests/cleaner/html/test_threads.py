"""Threads of forums: the first post is heard, whatever program shows it."""

from __future__ import annotations

import numpy as np
import pytest

from audiogen.cleaner.html.clean import decide
from audiogen.cleaner.html.threads import MIN_FIRST_POST_WORDS
from audiogen.readers.html import read_html

FIRST = (
    "I bought an old tide clock at a sale in Norrvik, and it gains four minutes a day.",
    "What else can I try before I take it to somebody who knows about such clocks?",
)
REPLIES = (
    "Have you looked at the escapement? Mine had a bent tooth and gained about as much.",
    "Check the teeth first, and then the spring, which may have been replaced by a stiffer one.",
)
#: How programs mark a page and a post, with its number.
PROGRAMS = {
    "phpBB": ("<body id='phpbb' class='section-viewtopic'>", "<div id='p{n}' class='post bg2'><div class='content'>"),
    "XenForo": (
        "<body><div class='p-body' data-template='thread_view'>",
        "<article class='message message--post js-post' id='js-post-{n}'><div class='bbWrapper'>",
    ),
    "vBulletin": ("<body><ol class='posts' id='threads'>", "<li class='postbit postbitlegacy' id='post_{n}'><div>"),
    "Discourse": ("<body class='crawler discourse'>", "<div id='post_{n}' class='topic-body crawler-post'><div>"),
    "a program of its own": ("<body><main class='forum'>", "<div id='ForumComment_{n}'><div>"),
}
DISCUSSION = '<script type=\'application/ld+json\'>{"@type": "DiscussionForumPosting", "headline": "Fast"}</script>'


def heard(body: str, post: str, head: str = "", first: tuple[str, ...] = FIRST) -> str:
    """Give what is heard of a thread whose lines the model is sure of."""
    posts = [first, *((reply,) for reply in REPLIES)]
    made = "".join(
        post.format(n=41 + number) + "".join(f"<p>{line}</p>" for line in lines) + "</div></article></div></li>"
        for number, lines in enumerate(posts)
    )
    article = read_html(f"<html lang='en'><head><title>Fast clock</title>{head}</head>{body}<h1>Fast clock</h1>{made}")
    return decide(article, np.full(len(article.blocks), 0.9)).text


@pytest.mark.parametrize(("body", "post"), PROGRAMS.values(), ids=PROGRAMS)
def test_the_first_post_of_a_thread_is_heard(body: str, post: str) -> None:
    text = heard(body, post, DISCUSSION if "bbWrapper" in post else "")
    assert all(line in text for line in FIRST)
    assert not any(reply in text for reply in REPLIES)


def test_a_page_that_says_it_is_a_discussion_needs_no_name() -> None:
    assert REPLIES[0] not in heard("<body>", "<div class='post' id='post-{n}'><div>", DISCUSSION)


def test_replies_inside_a_post_that_is_never_closed_are_replies() -> None:
    inside = "".join(f"<div id='p{n}' class='post'><p>{reply}</p>" for n, reply in enumerate(REPLIES))
    text = heard("<body id='phpbb'>", "<div id='p{n}' class='post'>", first=(*FIRST, inside))
    assert all(line in text for line in FIRST)
    assert not any(reply in text for reply in REPLIES)


def test_posts_of_a_blog_are_no_thread() -> None:
    assert REPLIES[0] in heard("<body class='blog'>", "<div class='post' id='post-{n}'><div>")


def test_what_a_forum_does_not_call_a_post_is_heard() -> None:
    assert REPLIES[0] in heard("<body class='forum'>", "<div class='chapter'><div>")


@pytest.mark.parametrize(("words", "reply_is_heard"), [(MIN_FIRST_POST_WORDS, False), (MIN_FIRST_POST_WORDS - 1, True)])
def test_a_greeting_is_no_first_post(words: int, reply_is_heard: bool) -> None:
    body, post = PROGRAMS["phpBB"]
    greeting = " ".join(["word"] * (words - 1)) + " here."
    assert (REPLIES[0] in heard(body, post, first=(greeting,))) is reply_is_heard
