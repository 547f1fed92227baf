"""Features that come from an opinion of all lines of a capture: where the article is, and what it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.text.features import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.text.features import Line

#: How many neighbours' opinions a line sees, on each side.
_REACH = 6
#: Bounds of what one line adds to a stretch, in log-odds: nuisances inside an article must not cut it in two.
_LEAST, _MOST = -1.0, 3.0


def stretch(chance: NDArray[np.float64], lines: Sequence[Line]) -> tuple[int, int]:
    """Return the first and last line of the article: the run of lines with the highest sum of odds, by length."""
    sure = np.clip(chance, 1e-4, 1 - 1e-4)
    odds = np.log(sure / (1 - sure))
    weight = np.array([0.3 + min(len(line.words), 40) / 20 for line in lines])
    gains = np.clip(odds, 0, _MOST) * weight + np.clip(odds, _LEAST, 0) * np.minimum(weight, 1.0)
    best, start, total, found = 0.0, 0, 0.0, (0, 0)
    for i, gain in enumerate(gains):
        if total <= 0:
            start, total = i, 0.0
        total += gain
        if total > best:
            best, found = total, (start, i)
    return found


def opinions(chance: NDArray[np.float64], lines: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
    """Return the features of each line that come from the opinion of all lines."""
    start, end = stretch(chance, lines)
    index = np.arange(len(lines))
    padded = np.concatenate([np.zeros(_REACH), chance, np.zeros(_REACH)])
    total = np.concatenate([[0.0], np.cumsum(chance)])
    body = [i for i in range(start, end + 1) if chance[i] > 0.5]
    return {
        **{f"opinion {by:+d}": padded[_REACH + by : _REACH + by + len(lines)] for by in range(-_REACH, _REACH + 1)},
        "opinion so far": total[:-1],
        "opinion to come": total[-1] - total[1:],
        "from start": np.clip(index - start, -50, 200).astype(float),
        "to end": np.clip(end - index, -50, 200).astype(float),
        "inside": ((index >= start) & (index <= end)).astype(float),
        "shared": _shared(lines, body),
        "shared with lead": _shared(lines, body[:6]),
    }


def _shared(lines: Sequence[Line], chosen: Sequence[int]) -> NDArray[np.float64]:
    """Measure the share of each line's words that other lines of *chosen* have."""
    inside = set(chosen)
    count = Counter(word for i in inside for word in content(lines[i]))
    shares = []
    for i, line in enumerate(lines):
        mine = content(line)
        shares.append(sum(count[word] > (i in inside) for word in mine) / max(1, len(mine)))
    return np.array(shares)
