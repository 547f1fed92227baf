"""Keeps the first post of a forum's thread, and drops the replies as comments."""

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

#: Classes and ids of forum software around its posts.
FORUM = re.compile(
    r"forum|(?:^|[.#@/_-])(?:phpbb|xenforo|vbulletin|smf|mybb|discourse|viewtopic|showthread|threads?)(?![a-z])", re.I
)
#: The type of a thread in the page's structured data.
DISCUSSION = "discussionforumposting"
#: Classes and numbered ids of the element of one post.
POST = re.compile(
    r"\.(?:message--post|postbit\w*|postcontainer|topic-post|crawler-post|post_wrapper|post-(?:container|row|item)|"
    r"forum-?(?:post|comment)|post)(?=[.#@]|$)|#[\w-]*(?:post|msg|comment|reply)[_-]?(?:\d+|first)(?=@|$)|#p\d+(?=@|$)",
    re.I,
)
#: Fewest words of a first post. A shorter one is a greeting or a remark of the outlet.
MIN_FIRST_POST_WORDS = 8


def drop_replies(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop kept blocks in all posts except the first post of some length."""
    if not is_thread(page):
        return
    posts: dict[int, list[int]] = {}
    for index, verdict in enumerate(verdicts):
        post = _post(page.blocks[index])
        if verdict is None and post and index > page.title:
            posts.setdefault(post, []).append(index)
    long = (post for post, held in posts.items() if _count_words(page, held) >= MIN_FIRST_POST_WORDS)
    first = next(long, 0)
    for post, held in posts.items():
        for index in held if first and post != first else ():
            verdicts[index] = Verdict(Reason.COMMENTS, "page.reply")


def is_thread(page: Page) -> bool:
    """Return whether a page is a thread: by its declared type, or by the names of the elements around its posts."""
    if DISCUSSION in page.article.signs.get("types", ""):
        return True
    steps = {step for block in page.blocks for step in (block.evidence or NOTHING).path}
    if not any(_is_post(step) for step in steps) or not any(_is_forum(step) for step in steps):
        return False
    held = {step for block in page.blocks if _post(block) for step in (block.evidence or NOTHING).path}
    return any(_is_forum(step) for step in held)


def _post(block: Block) -> int:
    """Return the number of the innermost element of a post around a block; 0 for none.

    The outermost element may be that of the first post, if the page never closes it.
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


def _count_words(page: Page, indexes: Sequence[int]) -> int:
    """Return the number of words in the blocks at *indexes*, headings apart."""
    blocks = (page.blocks[index] for index in indexes)
    return sum(block.text.count(" ") + 1 for block in blocks if block.kind is not BlockKind.HEADING)
