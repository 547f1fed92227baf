from __future__ import annotations

from math import exp

import numpy as np
import pytest

from audiogen.cleaner.models.forest import load_forest

STUMP = {
    "column": [0, 0, 0],
    "threshold": [2.0, 0, 0],
    "left": [1, 1, 2],
    "right": [2, 1, 2],
    "value": [0.0, -1.0, 1.0],
}
LEAF = {"column": [0], "threshold": [0.0], "left": [0], "right": [0], "value": [0.5]}
FOREST = {"names": ["height"], "depth": 1, "trees": [STUMP, LEAF]}


def probability(value: float) -> float:
    figures = np.array([[9.0, value]], dtype=np.float32)
    return float(load_forest(FOREST).probability(("other", "height"), figures)[0])


@pytest.mark.parametrize(("value", "total"), [(1.0, -0.5), (2.0, -0.5), (2.5, 1.5)], ids=["below", "at", "above"])
def test_a_row_goes_left_at_or_below_the_threshold_and_trees_add_up(value: float, total: float) -> None:
    assert probability(value) == pytest.approx(1 / (1 + exp(-total)))
