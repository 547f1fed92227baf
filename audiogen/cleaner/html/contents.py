"""Finds tables of contents: lists of links with the texts of headings further down the page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import fold, segment_tag
from audiogen.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audiogen.model import Block, Evidence

#: Share of an item inside links from which it is an entry of a table of contents.
MIN_LINKED = 0.8
#: Fewest entries, and least share of them that are headings further down.
MIN_ENTRIES, MIN_FOUND = 2, 0.6
#: Elements that may be between the text of an entry and its lists.
WITHIN = frozenset({"li", "a", "span", "p", "strong", "b", "em", "i", "div"})


def contents_indexes(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the indexes of entries of tables of contents.

    An entry is a linked list item. A list is a table of contents if most entries equal a heading further down.
    """
    headings: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            headings[_fold_without_number(block.text)] = index
    indexes: set[int] = set()
    for entries in _lists(blocks):
        found = [index for index in entries if headings.get(_fold_without_number(blocks[index].text), -1) > index]
        if len(entries) >= MIN_ENTRIES and len(found) >= MIN_FOUND * len(entries):
            indexes.update(entries)
    return frozenset(indexes)


def _fold_without_number(text: str) -> str:
    """Return the words of a heading or an entry, folded, without a number before them."""
    head, _, rest = fold(text).partition(" ")
    return rest if rest and head.isdigit() else f"{head} {rest}".strip()


def _lists(blocks: Sequence[Block]) -> Iterable[list[int]]:
    """Return the indexes of linked items, grouped by their outermost list."""
    lists: dict[int, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        evidence = block.evidence
        if evidence is not None and evidence.link_density >= MIN_LINKED and block.kind is BlockKind.LIST_ITEM:
            lists[_outermost_list(evidence)].append(index)
    lists.pop(0, None)
    return lists.values()


def _outermost_list(evidence: Evidence) -> int:
    """Return the number of the outermost list around an item, if only `WITHIN` elements are in between; 0 for none."""
    outermost = 0
    for segment, element in reversed(tuple(zip(evidence.path, evidence.elements, strict=False))):
        tag = segment_tag(segment)
        if tag in {"ul", "ol"}:
            outermost = element
        elif tag not in WITHIN:
            break
    return outermost
