"""Keeps lists that the article introduces by a colon, although their items are links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, hinted_reasons, match_phrase
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.cleaner.verdict import Verdict

#: Least probability and fewest words of a line with a colon at its end that introduces a list.
MIN_CHANCE, MIN_INTRODUCTION_WORDS = 0.75, 5
#: Most items of such a list. A longer one is navigation.
MAX_ITEMS = 12
#: Reasons that hints of an introduction must not give, as in "Read more about clocks:".
POINTING = frozenset({Reason.RELATED, Reason.FEED, Reason.CALL_TO_ACTION, Reason.SHARE, Reason.TAGS, Reason.COMMENTS})
#: Rules that drop an item because it is a link, not because of its words.
BY_LINKS = frozenset({"page.links", "page.model"})


def keep_introduced_lists(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int]) -> None:
    """Keep all items of a list right under a kept line that ends in a colon, in the same element."""
    for index, block in enumerate(page.blocks[:-1]):
        if verdicts[index] is None and block.text.endswith(":") and _introduces(page, index):
            items = _items(page, index + 1)
            rules = {verdict.rule for item in items if (verdict := verdicts[item])}
            if len(items) <= MAX_ITEMS and rules <= BY_LINKS:
                for item in items:
                    verdicts[item] = None


def _introduces(page: Page, index: int) -> bool:
    """Return whether a line is part of the article, after its first paragraph, without phrases or hints of pointers."""
    block = page.blocks[index]
    long = block.text.count(" ") + 1 >= MIN_INTRODUCTION_WORDS and block.kind is BlockKind.PARAGRAPH
    if not long or page.chances[index] < MIN_CHANCE or index <= page.first:
        return False
    language = page.article.language
    return match_phrase(language, block.text) is None and not hinted_reasons(language, block.text) & POINTING


def _items(page: Page, start: int) -> list[int]:
    """Return the indexes of the list items from *start*: those of one list, in the element of the line before it."""
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
