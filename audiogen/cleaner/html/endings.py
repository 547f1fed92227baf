"""Drops the blocks after the end of an article: feeds of other articles, lists of sources, headings without text.

A feed or a list of sources begins with a heading that a phrase matches: "Read this next" outside the article's element
begins a feed; "References" begins a list of titles, names and addresses, which is not useful as audio.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import NOTHING, match_phrase, segment_tag
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page
    from audiogen.model import Block

#: Reasons of headings that end an article.
ENDS = frozenset({Reason.RELATED, Reason.FEED, Reason.COMMENTS})
#: Fewest narrated blocks before the end; least share of their text that is in the article's element.
MIN_BODY_BLOCKS, MIN_BODY_SHARE = 8, 0.9
#: Most headings that are tried on a page, because each takes a pass over all blocks.
MAX_TRIES = 20
#: Least share of the blocks under the heading of a list of sources that have the form of an entry.
MIN_ENTRY_SHARE = 0.6
#: Most characters of an entry.
MAX_ENTRY_LENGTH = 600
#: A sign of an entry: an address, a year in brackets or at its end, "et al.", pages, the day of access.
CITED = re.compile(
    r"https?://|www\.|\bdoi\b|\bet al\b|\((?:[^()]{0,20}\b)?(?:19|20)\d\d[a-z]?\b|\b(?:19|20)\d\d[a-z]?[.;]|"
    r"\bpp?\. ?\d|"
    r"\b(?i:accessed|retrieved|abgerufen|consulté|consultado|consultato|dostęp|дата обращения|дата звернення)\b|↩"
)
#: The rating in a review: "4.5 out of 5", "8/10", "7,5 von 10".
RATING = re.compile(r"(?i)\b\d{1,3}(?:[.,]\d)?\s?(?:/|out of|von|sur|de|su|na|z|из|з|із)\s?(?:5|6|10|20|100)\b")


def drop_after_end(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop lists of sources, and the blocks after the article's end."""
    tried = 0
    for index, block in enumerate(page.blocks):
        if index <= page.first or block.text.count(" ") > MAX_ENTRY_LENGTH:
            continue
        found = match_phrase(page.article.language, block.text)
        if found is None or found.anchor not in {"head", "whole"}:
            continue
        if found.reason is Reason.REFERENCES and block.kind is BlockKind.HEADING:
            _drop_sources(page.blocks, verdicts, index)
        elif found.reason in ENDS and verdicts[index] is not None and tried < MAX_TRIES:
            tried = MAX_TRIES if _drop_rest(page.blocks, verdicts, index) else tried + 1


def _drop_sources(blocks: Sequence[Block], verdicts: list[Verdict | None], head: int) -> None:
    """Drop the heading *head* and the blocks up to the next heading, if most of those that are kept are entries."""
    members = []
    for index in range(head + 1, len(blocks)):
        if blocks[index].kind is BlockKind.HEADING:
            break
        if verdicts[index] is None:
            members.append(index)
    entries = sum(_is_entry(blocks[index]) for index in members)
    if members and entries >= MIN_ENTRY_SHARE * len(members):
        for index in (head, *members):
            verdicts[index] = verdicts[index] or Verdict(Reason.REFERENCES, "page.sources")


def _is_entry(block: Block) -> bool:
    """Return whether a block has the form of an entry in a list of sources: a list item or a citation, not too long."""
    listed = block.kind is BlockKind.LIST_ITEM and len(block.text) < MAX_ENTRY_LENGTH
    return listed or (len(block.text) < MAX_ENTRY_LENGTH and CITED.search(block.text) is not None)


def _drop_rest(blocks: Sequence[Block], verdicts: list[Verdict | None], head: int) -> bool:
    """Drop the kept blocks after *head* that are outside the article's element; return whether any was dropped.

    Nothing is dropped if one of them has the same tags and classes as a kept block before *head*.
    """
    narrated = [index for index, verdict in enumerate(verdicts) if verdict is None]
    before = [index for index in narrated if index < head]
    body = _body([blocks[index] for index in before]) if len(before) >= MIN_BODY_BLOCKS else 0
    if not body or body in _elements(blocks[head]):
        return False
    after = [index for index in narrated if index > head and body not in _elements(blocks[index])]
    known = {_signature(blocks[index]) for index in before}
    if not after or any(_signature(blocks[index]) in known for index in after):
        return False
    for index in after:
        verdicts[index] = Verdict(Reason.FEED, "page.after-end")
    return True


def _body(blocks: Sequence[Block]) -> int:
    """Return the number of the innermost element with nearly all of the text of *blocks*; 0 for none."""
    sizes: Counter[int] = Counter()
    for block in blocks:
        for element in _elements(block):
            sizes[element] += len(block.text)
    most = MIN_BODY_SHARE * sum(len(block.text) for block in blocks)
    return max((element for element, size in sizes.items() if size >= most), default=0)


def _elements(block: Block) -> tuple[int, ...]:
    return (block.evidence or NOTHING).elements


def _signature(block: Block) -> tuple[str, ...]:
    """Return the tags and classes of a block and its parent. Names with digits, which tools generate, are left out."""
    steps = (block.evidence or NOTHING).path[-2:]
    return tuple(segment_tag(step) if any(map(str.isdigit, step)) else step for step in steps)


def drop_orphan_headings(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop headings at the article's end without kept text after them, except a review's rating."""
    blocks = page.blocks
    for index in range(len(blocks) - 1, -1, -1):
        if verdicts[index] is None:
            if blocks[index].kind is not BlockKind.HEADING or RATING.search(blocks[index].text):
                return
            verdicts[index] = Verdict(Reason.BOILERPLATE, "page.orphan-heading")
