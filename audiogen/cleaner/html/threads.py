"""Threads of forums: the first post on the page is heard, the replies are comments."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.model import Block

#: What a forum's program, or who set it up, calls the page, or what the page calls itself in its data.
FORUM = re.compile(
    r"forum|(?:^|[.#@/_-])(?:phpbb|xenforo|vbulletin|smf|mybb|discourse|viewtopic|showthread|threads?)(?![a-z])", re.I
)
DISCUSSION = "discussionforumposting"
#: What such a program calls the element of one post: by a class, or by an id that numbers it.
POST = re.compile(
    r"\.(?:message--post|postbit\w*|postcontainer|topic-post|crawler-post|post_wrapper|post-(?:container|row|item)|"
    r"forum-?(?:post|comment)|post)(?=[.#@]|$)|#[\w-]*(?:post|msg|comment|reply)[_-]?(?:\d+|first)(?=@|$)|#p\d+(?=@|$)",
    re.I,
)
#: Fewest words of a first post: fewer are a greeting or a remark of the outlet above the thread.
FIRST_POST = 8


def without_replies(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop what stands in another post than the first one of which something is heard."""
    if not is_thread(page):
        return
    posts: dict[int, list[int]] = {}
    for index, verdict in enumerate(verdicts):
        post = _post(page.blocks[index])
        if verdict is None and post and index > page.title:
            posts.setdefault(post, []).append(index)
    long = (post for post, held in posts.items() if _words(page, held) >= FIRST_POST)
    first = next(long, 0)
    for post, held in posts.items():
        for index in held if first and post != first else ():
            verdicts[index] = Verdict(Reason.COMMENTS, "page.reply")


def is_thread(page: Page) -> bool:
    """Return whether a page is a thread: it says so, or what holds its posts is called a forum's."""
    if DISCUSSION in page.article.signs.get("types", ""):
        return True
    steps = {step for block in page.blocks for step in (block.evidence or NOTHING).path}
    if not any(_is_post(step) for step in steps) or not any(_is_forum(step) for step in steps):
        return False
    held = {step for block in page.blocks if _post(block) for step in (block.evidence or NOTHING).path}
    return any(_is_forum(step) for step in held)


def _post(block: Block) -> int:
    """Return the number of the innermost element around a block that is called a post; 0 for none.

    The outermost one may be the first post, if the page never closes it.
    """
    evidence = block.evidence or NOTHING
    pairs = zip(evidence.path, evidence.elements, strict=False)
    return next((element for step, element in reversed(list(pairs)) if _is_post(step)), 0)


@lru_cache(maxsize=20_000)
def _is_post(step: str) -> bool:
    return POST.search(step) is not None


@lru_cache(maxsize=20_000)
def _is_forum(step: str) -> bool:
    return FORUM.search(step) is not None


def _words(page: Page, indexes: Sequence[int]) -> int:
    blocks = (page.blocks[index] for index in indexes)
    return sum(block.text.count(" ") + 1 for block in blocks if block.kind is not BlockKind.HEADING)
