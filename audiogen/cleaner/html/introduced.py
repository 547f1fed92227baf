"""Lists that the article announces: their items are heard though they are links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, hinted_reasons, match_phrase
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.cleaner.verdict import Verdict

#: Probability from which a line that ends in a colon is the article's own, and its fewest words.
SURE, INTRODUCTION = 0.75, 5
#: Most items of such a list: a longer one leads to the rest of the site.
ITEMS = 12
#: What an introduction must not sound like: "Read more about clocks:" is none.
POINTING = frozenset({Reason.RELATED, Reason.FEED, Reason.CALL_TO_ACTION, Reason.SHARE, Reason.TAGS, Reason.COMMENTS})
#: Rules of the ledger by which an item is doubted for being a link, and for nothing that it says.
BY_LINKS = frozenset({"page.links", "page.model"})


def with_introduced_lists(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Hear all items of the list right under a heard line that ends in a colon, in the same element."""
    for index, block in enumerate(page.blocks[:-1]):
        if verdicts[index] is None and block.text.endswith(":") and _introduces(page, index):
            items = _items(page, index + 1)
            rules = {verdict.rule for item in items if (verdict := verdicts[item])}
            if len(items) <= ITEMS and rules <= BY_LINKS:
                for item in items:
                    verdicts[item] = None


def _introduces(page: Page, index: int) -> bool:
    """Return whether a line is the article's own and announces no pointers."""
    block = page.blocks[index]
    long = block.text.count(" ") + 1 >= INTRODUCTION and block.kind is BlockKind.PARAGRAPH
    if not long or page.chances[index] < SURE or index <= page.first:
        return False
    language = page.article.language
    return match_phrase(language, block.text) is None and not hinted_reasons(language, block.text) & POINTING


def _items(page: Page, start: int) -> list[int]:
    """List the items right under the line before *start*, in one list of the element that holds the line."""
    blocks = page.blocks
    holder = (blocks[start - 1].evidence or NOTHING).elements[-2:-1]
    above = (blocks[start].evidence or NOTHING).elements[-2:-1]
    items = []
    for index in range(start, len(blocks)):
        elements = (blocks[index].evidence or NOTHING).elements
        if blocks[index].kind is not BlockKind.LIST_ITEM or not set(above) & set(elements):
            break
        items.append(index)
    within = holder and items and set(holder) & set((blocks[start].evidence or NOTHING).elements)
    return items if within else []
