"""Features of the elements around a block, and of the blocks with the same markup."""

from __future__ import annotations

from collections import defaultdict
from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.html.features.columns import prose_weights
from audiogen.cleaner.html.features.markup import inner_markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.features.columns import Columns
    from audiogen.model import Evidence


def add_containers(columns: Columns) -> None:
    """Add features of the elements around each block: size, and shares of prose, links and text kept by trafilatura."""
    evidence = columns.evidence
    prose = prose_weights(columns)
    size = np.expm1(columns.get("characters"))
    kept = np.maximum(columns.get("trafilatura"), 0) * size
    linked = columns.get("link_density") * size
    figures = _measure_elements(evidence, size, prose, kept, linked)
    empty = (0.0,) * 5
    columns.add("pictured", _measure_picture_share(columns, evidence))
    for step, label in ((2, "parent"), (3, "grandparent"), (4, "great")):
        rows = [figures[e.elements[-step]] if len(e.elements) >= step else empty for e in evidence]
        array = np.array(rows, dtype=np.float32).reshape(-1, 5)
        for index, name in enumerate(("size", "prose", "kept", "linked", "blocks")):
            columns.add(f"{label}_{name}", array[:, index])
    _add_main_element(columns, evidence, figures)
    inner_markup(columns, figures, prose=bool(prose.any()))


def _measure_elements(
    evidence: Sequence[Evidence], size: np.ndarray, prose: np.ndarray, kept: np.ndarray, linked: np.ndarray
) -> dict[int, tuple[float, ...]]:
    """Return five figures for each element.

    They are: logarithm of its characters, its share of the page's prose, the share of its text that trafilatura kept,
    the share that is linked, and the logarithm of its number of blocks.
    """
    blocks = np.array([block for block, e in enumerate(evidence) for _ in e.elements], dtype=np.int64)
    if not len(blocks):
        return {}
    numbers = np.array([element for e in evidence for element in e.elements], dtype=np.int64)
    elements, index = np.unique(numbers, return_inverse=True)
    sums = [np.bincount(index, weights=column[blocks]) for column in (size, prose, kept, linked)]
    whole, total = np.maximum(1.0, sums[0]), max(1.0, float(prose.sum()))
    columns = (np.log1p(whole), sums[1] / total, sums[2] / whole, sums[3] / whole, np.log1p(np.bincount(index)))
    return dict(zip(elements.tolist(), zip(*(column.tolist() for column in columns), strict=True), strict=True))


def _measure_picture_share(columns: Columns, evidence: Sequence[Evidence]) -> list[float]:
    """Return for each block the share of blocks with the same markup that are short and follow a picture.

    It is high for captions; -1 if fewer than three blocks have the markup.
    """
    follows = (columns.get("pictures_before") > 0) & (columns.get("words") < log1p(45))
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, e in enumerate(evidence):
        members[e.path[-2:]].append(index)
    shares = {key: float(follows[indexes].mean()) if len(indexes) > 2 else -1.0 for key, indexes in members.items()}
    return [shares[e.path[-2:]] for e in evidence]


def _add_main_element(columns: Columns, evidence: Sequence[Evidence], figures: dict[int, tuple[float, ...]]) -> None:
    """Add features of each block's depth in the innermost elements with half and four fifths of the page's prose."""
    best = {share: _find_deepest(evidence, figures, share) for share in (0.5, 0.8)}
    for share, element in best.items():
        columns.add(f"in_main_{int(share * 100)}", [element in e.elements for e in evidence])
        columns.add(
            f"below_main_{int(share * 100)}",
            [len(e.elements) - e.elements.index(element) if element in e.elements else -1 for e in evidence],
        )
    columns.add("biggest_prose", [max((figures[el][1] for el in e.elements[-3:]), default=0.0) for e in evidence])


def _find_deepest(evidence: Sequence[Evidence], figures: dict[int, tuple[float, ...]], share: float) -> int:
    """Return the innermost element with at least *share* of the page's prose; -1 if there is none."""
    depth: dict[int, int] = {}
    for e in evidence:
        for level, element in enumerate(e.elements):
            depth[element] = level
    wanted = [(depth[element], element) for element, figure in figures.items() if figure[1] >= share]
    return max(wanted, default=(0, -1))[1]


def add_signatures(columns: Columns) -> None:
    """Add features of the blocks with the same tags and classes, which the captions or paragraphs of a page share."""
    evidence = columns.evidence
    prose = prose_weights(columns)
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
