"""Features of a capture's lines from the probabilities of all lines: where the article is, and which words it has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.text.features import content_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.text.features import Line

#: Number of neighbours on each side with a feature.
_NEIGHBOURS = 6
#: Bounds of the gain of one line, in log-odds, so that unwanted lines inside an article do not split it.
_MIN_GAIN, _MAX_GAIN = -1.0, 3.0


def find_span(chances: NDArray[np.float64], lines: Sequence[Line]) -> tuple[int, int]:
    """Return the indexes of the article's first and last line: the run with the highest sum of log-odds, by length."""
    sure = np.clip(chances, 1e-4, 1 - 1e-4)
    odds = np.log(sure / (1 - sure))
    weight = np.array([0.3 + min(len(line.words), 40) / 20 for line in lines])
    gains = np.clip(odds, 0, _MAX_GAIN) * weight + np.clip(odds, _MIN_GAIN, 0) * np.minimum(weight, 1.0)
    best, start, total, found = 0.0, 0, 0.0, (0, 0)
    for i, gain in enumerate(gains):
        if total <= 0:
            start, total = i, 0.0
        total += gain
        if total > best:
            best, found = total, (start, i)
    return found


def span_features(chances: NDArray[np.float64], lines: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
    """Return the features of each line that depend on the probabilities of all lines."""
    start, end = find_span(chances, lines)
    index = np.arange(len(lines))
    padded = np.concatenate([np.zeros(_NEIGHBOURS), chances, np.zeros(_NEIGHBOURS)])
    total = np.concatenate([[0.0], np.cumsum(chances)])
    body = [i for i in range(start, end + 1) if chances[i] > 0.5]
    return {
        **{
            f"opinion {by:+d}": padded[_NEIGHBOURS + by : _NEIGHBOURS + by + len(lines)]
            for by in range(-_NEIGHBOURS, _NEIGHBOURS + 1)
        },
        "opinion so far": total[:-1],
        "opinion to come": total[-1] - total[1:],
        "from start": np.clip(index - start, -50, 200).astype(float),
        "to end": np.clip(end - index, -50, 200).astype(float),
        "inside": ((index >= start) & (index <= end)).astype(float),
        "shared": _shared(lines, body),
        "shared with lead": _shared(lines, body[:6]),
    }


def _shared(lines: Sequence[Line], chosen: Sequence[int]) -> NDArray[np.float64]:
    """Return for each line the share of its words that other lines of *chosen* have."""
    inside = set(chosen)
    count = Counter(word for i in inside for word in content_words(lines[i]))
    shares = []
    for i, line in enumerate(lines):
        mine = content_words(line)
        shares.append(sum(count[word] > (i in inside) for word in mine) / max(1, len(mine)))
    return np.array(shares)
