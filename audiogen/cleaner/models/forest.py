"""Evaluates gradient-boosted decision trees, which were trained elsewhere and stored as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Decision trees in arrays: a row for each tree, a column for each node.

    A node compares the feature in `columns` with its threshold, and has two children; the children of a leaf are
    itself.
    """

    names: tuple[str, ...]
    columns: NDArray[np.int32]
    thresholds: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    values: NDArray[np.float64]
    depth: int

    def probability(self, names: Sequence[str], figures: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability for each row of *figures*.

        *names* are its columns, in any order; columns that the trees do not use are ignored.
        """
        indexes = {name: index for index, name in enumerate(names)}
        rows = figures[:, [indexes[name] for name in self.names]]
        count, width = self.columns.shape
        roots = np.arange(count, dtype=np.int64)[None, :] * width
        left, right = (np.ravel(side + roots.T) for side in (self.left, self.right))
        columns, thresholds, flat = self.columns.ravel(), self.thresholds.ravel(), rows.ravel()
        lines = np.arange(len(rows), dtype=np.int64)[:, None] * rows.shape[1]
        nodes = np.repeat(roots, len(rows), axis=0)
        for _ in range(self.depth):
            low = flat.take(lines + columns.take(nodes)) <= thresholds.take(nodes)
            nodes = np.where(low, left.take(nodes), right.take(nodes))
        total = self.values.ravel().take(nodes).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-np.clip(total, -50, 50))))


def load_forest(data: dict[str, Any]) -> Forest:
    """Return the trees of a model file's entry as arrays, padded with zeros to the size of the largest tree."""
    trees = data["trees"]
    width = max(len(tree["column"]) for tree in trees)

    def pad(key: str, kind: type) -> NDArray[Any]:
        return np.array([tree[key] + [0] * (width - len(tree[key])) for tree in trees], dtype=kind)

    return Forest(
        tuple(data["names"]),
        pad("column", np.int32),
        pad("threshold", np.float64),
        pad("left", np.int32),
        pad("right", np.int32),
        pad("value", np.float64),
        int(data["depth"]),
    )
