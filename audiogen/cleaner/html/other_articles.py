"""Drops other complete articles in the same file: only the one with the page's headline is narrated."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, segment_tag
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.model import Block

#: Fewest kept blocks in the headline's article element. With fewer, the element is only a header.
MIN_KEPT = 4
#: Characters from which a line before a headline is a paragraph.
MIN_PARAGRAPH_LENGTH = 80
#: Classes of elements that are articles although their tag is not `article`.
NAMED = re.compile(r"\.(?:post|hentry|story|article|blog-?post)(?=[.#@]|\Z)", re.IGNORECASE)


def drop_other_articles(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop article elements with a heading, before and after the one that contains the headline.

    Pages that load the next story below the first are saved with both. Nothing is dropped if the headline is in no
    article element, or if almost nothing in its element is kept: then the elements are parts of one text, as in a list
    or a live blog. Elements that are articles only by their class may be such parts, too; of these, only the ones with
    a heading of the headline's level are dropped.
    """
    for holds, alike in ((_is_article, False), (_is_named, True)):
        if page.title >= 0 and (own := _articles(page.blocks[page.title], holds)):
            _drop_others(page, verdicts, own, holds, alike=alike)


def _drop_others(
    page: Page, verdicts: list[Verdict | None], own: Sequence[int], holds: Callable[[str], bool], *, alike: bool
) -> None:
    """Drop the article elements that have a heading, except *own*, the elements around the headline.

    *holds* returns whether a segment is an article element. With *alike*, the heading must have the headline's level.
    """
    held = [_articles(block, holds) for block in page.blocks]
    indexes = [index for index, articles in enumerate(held) if set(own) & set(articles)]
    if sum(verdicts[index] is None for index in indexes) < MIN_KEPT:
        return
    level = page.blocks[page.title].level if alike else 0
    headed = {held[index][:1] for index in _headings(page, level) if index not in range(indexes[0], indexes[-1] + 1)}
    for index in (*range(indexes[0]), *range(indexes[-1] + 1, len(page.blocks))):
        if verdicts[index] is None and held[index] and held[index][:1] in headed:
            verdicts[index] = Verdict(Reason.RELATED, "page.other-article")


def begins_article(blocks: Sequence[Block], title: int) -> bool:
    """Return whether the headline at index *title* is in an `article` element that has no paragraph before it."""
    own = _articles(blocks[title], _is_article)
    before = (block for block in blocks[:title] if len(block.text) > MIN_PARAGRAPH_LENGTH)
    return bool(own) and not any(set(own) & set(_articles(block, _is_article)) for block in before)


def _headings(page: Page, level: int) -> list[int]:
    """Return the indexes of the headings of *level*; of all levels if it is 0."""
    blocks = page.blocks
    return [p for p, b in enumerate(blocks) if b.kind is BlockKind.HEADING and level in {0, b.level}]


def _is_article(segment: str) -> bool:
    return segment_tag(segment) == "article"


@lru_cache(maxsize=20_000)
def _is_named(segment: str) -> bool:
    """Return whether an element is an article by its class only."""
    return NAMED.search(segment) is not None and not _is_article(segment)


def _articles(block: Block, holds: Callable[[str], bool]) -> tuple[int, ...]:
    """Return the numbers of the article elements around a block, outermost first."""
    evidence = block.evidence or NOTHING
    pairs = zip(evidence.path, evidence.elements, strict=False)
    return tuple(element for segment, element in pairs if holds(segment))
