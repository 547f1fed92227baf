"""Drops what follows the end of an article: feeds of other articles, lists of sources, headings without text.

Feeds and sources begin with a line that says so. What follows "Read this next" outside the element that holds the
article is another article's; what stands under "References" is a list of titles, names and addresses, which nobody
listens to.
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

#: Reasons whose head ends an article; blocks that must be heard before it, and their share in the article's element.
ENDS = frozenset({Reason.RELATED, Reason.FEED, Reason.COMMENTS})
BODY, WITHIN = 8, 0.9
#: How many such heads are tried: each costs a walk over the page.
TRIES = 20
#: How much of what stands under the head of a list of sources must look like an entry.
ENTRIES = 0.6
#: Longest entry, in characters.
LONGEST = 600
#: What an entry of such a list has: an address, a year in brackets or at its end, "et al.", pages, the day it was read.
CITED = re.compile(
    r"https?://|www\.|\bdoi\b|\bet al\b|\((?:[^()]{0,20}\b)?(?:19|20)\d\d[a-z]?\b|\b(?:19|20)\d\d[a-z]?[.;]|"
    r"\bpp?\. ?\d|"
    r"\b(?i:accessed|retrieved|abgerufen|consulté|consultado|consultato|dostęp|дата обращения|дата звернення)\b|↩"
)
#: What a review gives: "4.5 out of 5", "8/10", "7,5 von 10".
RATING = re.compile(r"(?i)\b\d{1,3}(?:[.,]\d)?\s?(?:/|out of|von|sur|de|su|na|z|из|з|із)\s?(?:5|6|10|20|100)\b")


def without_endings(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop the sources that an article lists, and what follows its end."""
    tried = 0
    for index, block in enumerate(page.blocks):
        if index <= page.first or block.text.count(" ") > LONGEST:
            continue
        found = match_phrase(page.article.language, block.text)
        if found is None or found.anchor not in {"head", "whole"}:
            continue
        if found.reason is Reason.REFERENCES and block.kind is BlockKind.HEADING:
            _without_sources(page.blocks, verdicts, index)
        elif found.reason in ENDS and verdicts[index] is not None and tried < TRIES:
            tried = TRIES if _without_rest(page.blocks, verdicts, index) else tried + 1


def _without_sources(blocks: Sequence[Block], verdicts: list[Verdict | None], head: int) -> None:
    """Drop a head and its list where most of what is heard up to the next heading are entries of it."""
    members = []
    for index in range(head + 1, len(blocks)):
        if blocks[index].kind is BlockKind.HEADING:
            break
        if verdicts[index] is None:
            members.append(index)
    entries = sum(_is_entry(blocks[index]) for index in members)
    if members and entries >= ENTRIES * len(members):
        for index in (head, *members):
            verdicts[index] = verdicts[index] or Verdict(Reason.REFERENCES, "page.sources")


def _is_entry(block: Block) -> bool:
    listed = block.kind is BlockKind.LIST_ITEM and len(block.text) < LONGEST
    return listed or (len(block.text) < LONGEST and CITED.search(block.text) is not None)


def _without_rest(blocks: Sequence[Block], verdicts: list[Verdict | None], head: int) -> bool:
    """Drop what follows a head, outside the article's element and marked otherwise than anything heard before it."""
    heard = [index for index, verdict in enumerate(verdicts) if verdict is None]
    before = [index for index in heard if index < head]
    body = _body([blocks[index] for index in before]) if len(before) >= BODY else 0
    if not body or body in _elements(blocks[head]):
        return False
    after = [index for index in heard if index > head and body not in _elements(blocks[index])]
    known = {_marked(blocks[index]) for index in before}
    if not after or any(_marked(blocks[index]) in known for index in after):
        return False
    for index in after:
        verdicts[index] = Verdict(Reason.FEED, "page.after-end")
    return True


def _body(blocks: Sequence[Block]) -> int:
    """Return the innermost element that holds nearly all of the text of *blocks*; 0 for none."""
    sizes: Counter[int] = Counter()
    for block in blocks:
        for element in _elements(block):
            sizes[element] += len(block.text)
    most = WITHIN * sum(len(block.text) for block in blocks)
    return max((element for element, size in sizes.items() if size >= most), default=0)


def _elements(block: Block) -> tuple[int, ...]:
    return (block.evidence or NOTHING).elements


def _marked(block: Block) -> tuple[str, ...]:
    """Return how a block and what holds it are marked; numbers in the names are those of the page's builder."""
    steps = (block.evidence or NOTHING).path[-2:]
    return tuple(segment_tag(step) if any(map(str.isdigit, step)) else step for step in steps)


def without_orphans(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop headings at the article's end that have no heard text under them, unless a review ends with them."""
    blocks = page.blocks
    for index in range(len(blocks) - 1, -1, -1):
        if verdicts[index] is None:
            if blocks[index].kind is not BlockKind.HEADING or RATING.search(blocks[index].text):
                return
            verdicts[index] = Verdict(Reason.BOILERPLATE, "page.orphan-heading")
