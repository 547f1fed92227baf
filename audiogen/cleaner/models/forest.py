"""Trees that were trained elsewhere, asked here: gradient-boosted decisions kept as small JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees in arrays, a row each.

    Every node has a column to look at, a threshold and two children; leaves point to themselves.
    """

    names: tuple[str, ...]
    columns: NDArray[np.int32]
    thresholds: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    values: NDArray[np.float64]
    depth: int

    def probability(self, names: Sequence[str], figures: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return each row's probability; *names* are the columns of *figures*, be they more than the trees need."""
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


def from_dict(data: dict[str, Any]) -> Forest:
    """Lay kept trees out in arrays of one width."""
    trees = data["trees"]
    width = max(len(tree["column"]) for tree in trees)

    def lay(key: str, kind: type) -> NDArray[Any]:
        return np.array([tree[key] + [0] * (width - len(tree[key])) for tree in trees], dtype=kind)

    return Forest(
        tuple(data["names"]),
        lay("column", np.int32),
        lay("threshold", np.float64),
        lay("left", np.int32),
        lay("right", np.int32),
        lay("value", np.float64),
        int(data["depth"]),
    )
