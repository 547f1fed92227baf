"""What is measured of the elements around a block, and of the blocks that share its markup."""

from __future__ import annotations

from collections import defaultdict
from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.html.features.columns import prose_of
from audiogen.cleaner.html.features.markup import inner_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.features.columns import Columns
    from audiogen.model import Evidence


def containers(columns: Columns) -> None:
    """Measure the elements around each block: how much prose they hold, how linked they are, what trafilatura kept."""
    evidence = columns.evidence
    prose = prose_of(columns)
    size = np.expm1(columns.get("characters"))
    kept = np.maximum(columns.get("trafilatura"), 0) * size
    linked = columns.get("link_density") * size
    figures = _figures(evidence, size, prose, kept, linked)
    empty = (0.0,) * 5
    columns.add("pictured", _pictured(columns, evidence))
    for step, label in ((2, "parent"), (3, "grandparent"), (4, "great")):
        rows = [figures[e.elements[-step]] if len(e.elements) >= step else empty for e in evidence]
        array = np.array(rows, dtype=np.float32).reshape(-1, 5)
        for index, name in enumerate(("size", "prose", "kept", "linked", "blocks")):
            columns.add(f"{label}_{name}", array[:, index])
    _main(columns, evidence, figures)
    inner_markup(columns, figures, prose=bool(prose.any()))


def _figures(
    evidence: Sequence[Evidence], size: np.ndarray, prose: np.ndarray, kept: np.ndarray, linked: np.ndarray
) -> dict[int, tuple[float, ...]]:
    """Return of each element the logarithm of its size, its shares of prose, kept and linked, and how many blocks."""
    blocks = np.array([block for block, e in enumerate(evidence) for _ in e.elements], dtype=np.int64)
    if not len(blocks):
        return {}
    numbers = np.array([element for e in evidence for element in e.elements], dtype=np.int64)
    elements, index = np.unique(numbers, return_inverse=True)
    sums = [np.bincount(index, weights=column[blocks]) for column in (size, prose, kept, linked)]
    whole, total = np.maximum(1.0, sums[0]), max(1.0, float(prose.sum()))
    columns = (np.log1p(whole), sums[1] / total, sums[2] / whole, sums[3] / whole, np.log1p(np.bincount(index)))
    return dict(zip(elements.tolist(), zip(*(column.tolist() for column in columns), strict=True), strict=True))


def _pictured(columns: Columns, evidence: Sequence[Evidence]) -> list[float]:
    """Return the share of a block's like, by markup, that follow a picture and are short: much for captions."""
    follows = (columns.get("pictures_before") > 0) & (columns.get("words") < log1p(45))
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, e in enumerate(evidence):
        members[e.path[-2:]].append(index)
    shares = {key: float(follows[indexes].mean()) if len(indexes) > 2 else -1.0 for key, indexes in members.items()}
    return [shares[e.path[-2:]] for e in evidence]


def _main(columns: Columns, evidence: Sequence[Evidence], figures: dict[int, tuple[float, ...]]) -> None:
    """Measure how far up the tree the block meets the element that holds most of the page's prose."""
    best = {share: _deepest(evidence, figures, share) for share in (0.5, 0.8)}
    for share, element in best.items():
        columns.add(f"in_main_{int(share * 100)}", [element in e.elements for e in evidence])
        columns.add(
            f"below_main_{int(share * 100)}",
            [len(e.elements) - e.elements.index(element) if element in e.elements else -1 for e in evidence],
        )
    columns.add("biggest_prose", [max((figures[el][1] for el in e.elements[-3:]), default=0.0) for e in evidence])


def _deepest(evidence: Sequence[Evidence], figures: dict[int, tuple[float, ...]], share: float) -> int:
    depth: dict[int, int] = {}
    for e in evidence:
        for level, element in enumerate(e.elements):
            depth[element] = level
    wanted = [(depth[element], element) for element, figure in figures.items() if figure[1] >= share]
    return max(wanted, default=(0, -1))[1]


def signatures(columns: Columns) -> None:
    """Measure the blocks that share a block's markup: captions of a page share a class, and so do its paragraphs."""
    evidence = columns.evidence
    prose = prose_of(columns)
    kept = columns.get("trafilatura")
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    keys = [e.path[-2:] for e in evidence]
    for index, key in enumerate(keys):
        members[key].append(index)
    total = max(1.0, float(prose.sum()))
    figures = {
        key: (
            log1p(len(p)),
            float(prose[p].sum()) / total,
            float(kept[p].mean()),
            float(columns.get("link_density")[p].mean()),
        )
        for key, p in members.items()
    }
    array = np.array([figures[key] for key in keys], dtype=np.float32).reshape(-1, 4)
    for index, name in enumerate(("count", "prose", "kept", "linked")):
        columns.add(f"alike_{name}", array[:, index])
