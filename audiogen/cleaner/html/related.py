"""Drops boxes inside the text that link to other articles, with the sentences that describe these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page

#: Largest share of the narrated characters that a box may have. With more, it is the text under a heading.
MAX_SHARE = 0.3


def drop_related_boxes(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop the blocks of a box under a heading like "Related articles", including teasers of several sentences.

    The box is the smallest element that begins with the heading and contains further blocks.
    """
    total = sum(len(page.blocks[index].text) for index, verdict in enumerate(verdicts) if verdict is None)
    for head, verdict in enumerate(verdicts):
        if verdict is None or verdict.reason is not Reason.RELATED or page.blocks[head].kind is not BlockKind.HEADING:
            continue
        box = [index for index in _box(page, head) if verdicts[index] is None]
        if sum(len(page.blocks[index].text) for index in box) <= MAX_SHARE * total:
            for index in box:
                verdicts[index] = Verdict(Reason.RELATED, "page.related-box")


def _box(page: Page, head: int) -> Sequence[int]:
    """Return the indexes of the blocks in the box of the heading *head*, itself included; none if there is no box."""
    for element in reversed((page.blocks[head].evidence or NOTHING).elements):
        end = head + 1
        while end < len(page.blocks) and element in (page.blocks[end].evidence or NOTHING).elements:
            end += 1
        begins = head == 0 or element not in (page.blocks[head - 1].evidence or NOTHING).elements
        if element in page.outer or not begins:
            return ()
        if end > head + 1:
            return range(head, end)
    return ()
