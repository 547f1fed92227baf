"""Features of a block's markup: the reader's marks, the tags around it, the words in class names."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.lexis import groups, segment_mask, segment_tag
from audiogen.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audiogen.cleaner.html.features.columns import Columns

MARKS = (
    "bold", "italic", "hidden", "unrendered", "player", "centred", "links", "own_links", "pictures_before",
    "pictures_inside",
)  # fmt: skip
#: Marks with the share of a block that another extractor has kept; the feature is -1 without the mark.
EXTRACTORS = ("trafilatura", "json_ld", "description")
KINDS = (
    BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CODE, BlockKind.EMBED,
)  # fmt: skip
TAGS = (
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "div", "blockquote", "figcaption", "td", "th", "a", "span", "button",
    "label", "option", "dd", "dt", "section", "strong", "em", "time", "cite", "summary", "pre", "footer", "header",
    "small",
)  # fmt: skip
AROUND = (
    "article", "main", "aside", "nav", "footer", "header", "form", "figure", "figcaption", "table", "ul", "ol",
    "section", "button", "select", "blockquote", "noscript", "dialog", "details", "dl", "label", "address",
    "li", "video",
    "fieldset",
)  # fmt: skip
#: Share of the page's prose from which an element is the article's own, or contains it.
MIN_OUTER_SHARE = 0.5


def add_marks(columns: Columns) -> None:
    """Add the reader's marks on each block, its kind, its level, and the share of it that other extractors kept."""
    blocks, evidence = columns.blocks, columns.evidence
    columns.add("link_density", [e.link_density for e in evidence])
    for name in MARKS:
        columns.add(name, [e.marks.get(name, 0.0) for e in evidence])
    columns.add("table", [float("table" in e.marks) for e in evidence])
    columns.add("repeated", [e.marks.get("repeated", 1.0) for e in evidence])
    for name in EXTRACTORS:
        columns.add(name, [e.marks.get(name, -1.0) for e in evidence])
    for kind in KINDS:
        columns.add(f"kind_{kind.name.lower()}", [b.kind is kind for b in blocks])
    columns.add("level", [b.level for b in blocks])


def add_markup(columns: Columns) -> None:
    """Add the tags of each block and of the elements around it, and the word groups of their class names."""
    evidence = columns.evidence
    names = groups()
    here, near, all_ = [], [], []
    for e in evidence:
        masks = [segment_mask(segment) for segment in e.path[1:]]
        here.append(_union(masks[-1:]))
        near.append(_union(masks[-3:-1]))
        all_.append(_union(masks))
    for label, values in (("own", here), ("near", near), ("path", all_)):
        array = np.array(values, dtype=np.int64)
        for index, name in enumerate(names):
            columns.add(f"{label}_{name}", (array >> index) & 1)
    tags = [[segment_tag(segment) for segment in e.path] for e in evidence]
    for tag in TAGS:
        columns.add(f"tag_{tag}", [bool(t) and (t[-1] == tag or t[-2:-1] == [tag]) for t in tags])
    for tag in AROUND:
        columns.add(f"in_{tag}", [tag in t for t in tags])
    columns.add("depth", [len(t) for t in tags])


def inner_markup(columns: Columns, figures: Mapping[int, tuple[float, ...]], *, prose: bool) -> None:
    """Add the features of markup again, without the elements that contain most of the page's prose.

    Their names say nothing about a single block. If the page has no *prose*, all elements are left out.
    """
    outer = {element for element, figure in figures.items() if figure[1] >= MIN_OUTER_SHARE or not prose}
    inner = [
        # Only block elements have a number; inline ones stand at the end of a path.
        [segment for segment, element in zip_longest(e.path[1:], e.elements[1:]) if segment and element not in outer]
        for e in columns.evidence
    ]
    masks = np.array([_union([segment_mask(segment) for segment in path]) for path in inner], dtype=np.int64)
    for index, name in enumerate(groups()):
        columns.add(f"inner_{name}", (masks >> index) & 1)
    tags = [{segment_tag(segment) for segment in path} for path in inner]
    for tag in AROUND:
        columns.add(f"inner_tag_{tag}", [tag in found for found in tags])
    columns.add("inner_depth", [len(path) for path in inner])


def _union(masks: Sequence[int]) -> int:
    """Return the bitwise "or" of *masks*."""
    total = 0
    for mask in masks:
        total |= mask
    return total
