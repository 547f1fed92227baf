"""Drops tables of contents: links whose words are headings of the article, which are heard where they are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import fold, segment_tag
from audiogen.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audiogen.model import Block, Evidence

#: Share of an item inside links from which it is an entry of such a list.
LINKED = 0.8
#: Least number of entries, and of those that are headings further down, as a share of the entries.
ENTRIES, FOUND = 2, 0.6
#: Elements between an entry's words and its lists.
WITHIN = frozenset({"li", "a", "span", "p", "strong", "b", "em", "i", "div"})


def contents_indexes(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the entries of tables of contents: linked items, most of which equal a heading further down."""
    headings: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            headings[_plain(block.text)] = index
    indexes: set[int] = set()
    for entries in _lists(blocks):
        found = [index for index in entries if headings.get(_plain(blocks[index].text), -1) > index]
        if len(entries) >= ENTRIES and len(found) >= FOUND * len(entries):
            indexes.update(entries)
    return frozenset(indexes)


def _plain(text: str) -> str:
    """Fold a heading or an entry, without the number before it."""
    head, _, rest = fold(text).partition(" ")
    return rest if rest and head.isdigit() else f"{head} {rest}".strip()


def _lists(blocks: Sequence[Block]) -> Iterable[list[int]]:
    """Return the indexes of linked items by the outermost list that holds them."""
    lists: dict[int, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        evidence = block.evidence
        if evidence is not None and evidence.link_density >= LINKED and block.kind is BlockKind.LIST_ITEM:
            lists[_outermost_list(evidence)].append(index)
    lists.pop(0, None)
    return lists.values()


def _outermost_list(evidence: Evidence) -> int:
    """Return the number of the list that holds the item's own list, or that list's own; 0 outside lists."""
    outermost = 0
    for segment, element in reversed(tuple(zip(evidence.path, evidence.elements, strict=False))):
        tag = segment_tag(segment)
        if tag in {"ul", "ol"}:
            outermost = element
        elif tag not in WITHIN:
            break
    return outermost
