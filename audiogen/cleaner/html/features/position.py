"""Features of a block's position: distance from the headline and the page's ends, the heading above, the neighbours."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.html.features.columns import prose_weights, shift
from audiogen.cleaner.html.page import title_index
from audiogen.cleaner.lexis import fold, outlet_names
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from audiogen.cleaner.html.features.columns import Columns

#: Reasons of headings over blocks that are not part of the article.
HEADS = (
    Reason.RELATED, Reason.FEED, Reason.COMMENTS, Reason.REFERENCES, Reason.CALL_TO_ACTION, Reason.BIOGRAPHY,
    Reason.TAGS,
)  # fmt: skip
#: Columns that are repeated for the two blocks before and after each block.
SHIFTED = (
    "words", "link_density", "trafilatura", "ends_sentence", "kind_heading", "kind_list_item", "phrase_any", "bold",
    "ends_colon",
    "in_main_80", "path_related", "path_picture", "parent_prose", "level", "pictures_before", "italic", "site", "table",
)  # fmt: skip


def add_position(columns: Columns) -> None:
    """Add the distance of each block from the headline, from the page's prose and from the page's ends."""
    article, blocks, evidence = columns.article, columns.blocks, columns.evidence
    count = len(blocks)
    sizes = np.array([len(b.text) for b in blocks], dtype=np.float32)
    before = np.cumsum(sizes) - sizes
    order = np.arange(count, dtype=np.float32)
    columns.add("index", order)
    columns.add("index_share", order / max(1, count))
    columns.add("text_before", before / max(1.0, float(sizes.sum())))
    columns.add("blocks", np.full(count, log1p(count)))
    title = fold(article.title)
    folded = [fold(block.text) if len(block.text) < 400 else "" for block in blocks]
    same = [bool(title) and f == title for f in folded]
    columns.add("is_title", same)
    columns.add("in_title", [bool(f) and len(f) > 3 and f in title for f in folded])
    headline = title_index(article)
    columns.add("after_title", order - headline if headline >= 0 else np.full(count, -1000.0))
    authors = [fold(name) for name in article.authors]
    columns.add("author", [bool(f) and any(a and a in f for a in authors) for f in folded])
    names = outlet_names(article)
    columns.add("site", [sum(name in fold(b.text[:1500]).replace(" ", "") for name in names) for b in blocks])
    kept = np.array(
        [e.marks.get("trafilatura", 0.0) >= 0.5 and len(b.text) > 60 for e, b in zip(evidence, blocks, strict=True)]
    )
    indices = np.flatnonzero(kept)
    first, last = (int(indices[0]), int(indices[-1])) if len(indices) else (0, count - 1)
    columns.add("after_first_kept", np.clip(order - first, -60, 60))
    columns.add("before_last_kept", np.clip(last - order, -60, 60))
    prose = prose_weights(columns)
    near = np.convolve(prose, np.ones(9), "same")[:count] if count >= 9 else np.full(count, prose.sum())
    columns.add("prose_near", near)
    following = np.cumsum(prose[::-1])[::-1]
    columns.add("prose_after", following / max(1.0, float(prose.sum())))
    columns.add("prose_before", (np.cumsum(prose) - prose) / max(1.0, float(prose.sum())))


def add_headings(columns: Columns) -> None:
    """Add the reason of the nearest heading before each block, and the distance to it."""
    blocks = columns.blocks
    related = [columns.get(f"phrase_{reason.name.lower()}") for reason in HEADS]
    bad = np.max(related, axis=0) if len(blocks) else np.zeros(0)
    since, heading, distance, head_distance = 0.0, 0.0, 99.0, 99.0
    out = []
    for block, is_bad in zip(blocks, bad, strict=True):
        if block.kind is BlockKind.HEADING:
            heading, distance = float(is_bad), 0.0
        if is_bad and len(block.text) < 60:
            since, head_distance = 1.0, 0.0
        out.append((heading, min(distance, 30), since, min(head_distance, 30)))
        distance, head_distance = distance + 1, head_distance + 1
    array = np.array(out, dtype=np.float32).reshape(-1, 4)
    for number, name in enumerate(("under_bad", "under_heading", "after_bad", "after_bad_distance")):
        columns.add(name, array[:, number])
    heads = columns.get("kind_heading")
    columns.add("headings_after", np.minimum(np.cumsum(heads[::-1])[::-1], 20))
    columns.add("under_site", _is_under_outlet_heading(heads, columns.get("site")))


def _is_under_outlet_heading(heads: np.ndarray, site: np.ndarray) -> list[float]:
    """Return for each block whether the nearest heading, its own included, names the outlet (1.0 or 0.0)."""
    out, named = [], 0.0
    for heading, mentions in zip(heads, site, strict=True):
        named = float(mentions > 0) if heading else named
        out.append(named)
    return out


def add_neighbours(columns: Columns) -> None:
    """Add the columns of `SHIFTED` for the two blocks before and after each block."""
    for name in SHIFTED:
        column = columns.get(name)
        for step in (-2, -1, 1, 2):
            columns.add(f"{name}{step:+d}", shift(column, step))
