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

#: Fewest kept blocks in the headline's article element; with fewer, that element is only the header of what follows.
FEWEST_HEARD = 4
#: Characters from which a line before a headline is a paragraph.
PARAGRAPH = 80
#: Classes of elements that are articles although their tag is not `article`.
NAMED = re.compile(r"\.(?:post|hentry|story|article|blog-?post)(?=[.#@]|\Z)", re.IGNORECASE)


def without_other_articles(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop the article elements, with headings of their own, before and after the one that contains the headline.

    Pages that load the next story below the first are saved with both. If the headline is in no such element, or nearly
    nothing of its own is kept, the others are parts of one text, like the entries of a list or of a live blog.
    Elements that are articles only by their class may be parts of one, too, except those with a heading of the
    headline's level.
    """
    for holds, alike in ((_is_article, False), (_is_named, True)):
        if page.title >= 0 and (own := _articles(page.blocks[page.title], holds)):
            _without_others(page, verdicts, own, holds, alike=alike)


def _without_others(
    page: Page, verdicts: list[Verdict | None], own: Sequence[int], holds: Callable[[str], bool], *, alike: bool
) -> None:
    """Drop the article elements other than the headline's *own* that have a heading of the level that is looked for."""
    held = [_articles(block, holds) for block in page.blocks]
    indexes = [index for index, articles in enumerate(held) if set(own) & set(articles)]
    if sum(verdicts[index] is None for index in indexes) < FEWEST_HEARD:
        return
    level = page.blocks[page.title].level if alike else 0
    headed = {held[index][:1] for index in _headings(page, level) if index not in range(indexes[0], indexes[-1] + 1)}
    for index in (*range(indexes[0]), *range(indexes[-1] + 1, len(page.blocks))):
        if verdicts[index] is None and held[index] and held[index][:1] in headed:
            verdicts[index] = Verdict(Reason.RELATED, "page.other-article")


def begins_article(blocks: Sequence[Block], title: int) -> bool:
    """Return whether the headline at *title* is in an `article` that has no paragraph before it."""
    own = _articles(blocks[title], _is_article)
    before = (block for block in blocks[:title] if len(block.text) > PARAGRAPH)
    return bool(own) and not any(set(own) & set(_articles(block, _is_article)) for block in before)


def _headings(page: Page, level: int) -> list[int]:
    """Return the indexes of the headings of a level, or of all levels for 0."""
    blocks = page.blocks
    return [p for p, b in enumerate(blocks) if b.kind is BlockKind.HEADING and level in {0, b.level}]


def _is_article(segment: str) -> bool:
    return segment_tag(segment) == "article"


@lru_cache(maxsize=20_000)
def _is_named(segment: str) -> bool:
    return NAMED.search(segment) is not None and not _is_article(segment)


def _articles(block: Block, holds: Callable[[str], bool]) -> tuple[int, ...]:
    """Return the numbers of the article elements around a block, the outermost first."""
    evidence = block.evidence or NOTHING
    pairs = zip(evidence.path, evidence.elements, strict=False)
    return tuple(element for segment, element in pairs if holds(segment))
