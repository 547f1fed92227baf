"""Other whole articles in the same file: only the one whose headline is the page's is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, segment_tag
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.model import Block

#: Fewest heard blocks of the article that the headline stands in: with fewer it is the head of what follows.
FEWEST_HEARD = 4


def without_other_articles(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop what stands in an `article` element after the one that holds the headline, under a heading of its own.

    Pages that load the next story below the first are saved with both. Where the headline stands in no `article`, or
    nearly nothing is heard of its own, the others are parts of one text, as the entries of a list or of a live blog.
    """
    articles = _articles(page.blocks[page.title]) if page.title >= 0 else ()
    if not articles:
        return
    indexes = [index for index, block in enumerate(page.blocks) if set(articles) & set(_articles(block))]
    if sum(verdicts[index] is None for index in indexes) < FEWEST_HEARD:
        return
    others = {_articles(page.blocks[index])[:1] for index in _headings(page, indexes[-1] + 1)} - {()}
    for index in range(indexes[-1] + 1, len(page.blocks)):
        if verdicts[index] is None and _articles(page.blocks[index])[:1] in others:
            verdicts[index] = Verdict(Reason.RELATED, "page.other-article")


def _headings(page: Page, start: int) -> list[int]:
    return [p for p in range(start, len(page.blocks)) if page.blocks[p].kind is BlockKind.HEADING]


def _articles(block: Block) -> tuple[int, ...]:
    """Return the numbers of the `article` elements around a block, the outermost first."""
    evidence = block.evidence or NOTHING
    pairs = zip(evidence.path, evidence.elements, strict=False)
    return tuple(element for segment, element in pairs if segment_tag(segment) == "article")
