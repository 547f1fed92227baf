"""Features for the second rating of a capture's lines, which are computed from the first rating.

They are: names that are the outlet's own (in menus and small print), similarity of short lines to the paragraphs around
them and to other short lines, and words of appeals.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.text.context import span_features
from audiogen.cleaner.text.features import content_words
from audiogen.language.tags import list_tag
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.text.features import Line

URGES_FILE = Path(__file__).with_name("urges.toml")
#: Probability in the first rating from which a line is counted as the article's.
_MIN_CHANCE = 0.5
#: Most words of a heading or a caption; lines in which a paragraph near it is searched.
_MAX_SHORT_WORDS, _MAX_DISTANCE = 16, 8
#: Bounds of counts, so that long pages have the same values as others.
_MAX_COUNT, _MAX_GAP = 20, 30
#: Characters from a line's beginning in which the first words of sentences are searched.
_MAX_LENGTH = 600
_ENDED = re.compile(r"[.!?…。:;][\"'”’“‘»)\]]*\Z")
_FIRST_WORD = re.compile(r"(?:\A|[.!?:] )\W{0,3}([^\W\d_]+(?:['’][^\W\d_]+)?)")


def second_features(
    chances: NDArray[np.float64], lines: Sequence[Line], language: str
) -> dict[str, NDArray[np.float64]]:
    """Return the features of each line that are computed from the first rating."""
    return {
        **span_features(chances, lines),
        **_name_features(chances, lines),
        **_shared_word_features(lines),
        **_short_line_features(chances, lines),
        **_appeal_features(lines, language),
    }


@cache
def load_urges(language: str) -> frozenset[str]:
    """Return the first words of appeals in *language* and in English, which pages in other languages have, too."""
    known = tomllib.loads(URGES_FILE.read_text(encoding="utf-8"))["urges"]
    return frozenset(known.get(list_tag(language), ())) | frozenset(known["en"])


def _names(line: Line) -> set[str]:
    """Return the capitalized words of a line with at least three letters, in lower case."""
    return {word.lower() for word in line.words if word[0].isupper() and len(word) > 2}


def _name_features(chances: NDArray[np.float64], lines: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
    """Return how often the names in each line occur in other lines: inside the article, outside, in small print.

    Words that the capture also has in lower case are no names.
    """
    names = [_names(line) for line in lines]
    small = {word for line in lines for word in line.words if word[0].islower()}
    likely = chances > _MIN_CHANCE
    inside = Counter(name for line_names, is_in in zip(names, likely, strict=True) if is_in for name in line_names)
    outside = Counter(name for line_names, is_in in zip(names, likely, strict=True) if not is_in for name in line_names)
    print_ = Counter(
        name for line, line_names in zip(lines, names, strict=True) if _is_small_print(line) for name in line_names
    )
    rows = []
    for line_names, is_in in zip(names, likely, strict=True):
        mine = line_names - small
        out = [outside[name] - (not is_in) for name in mine]
        within = [inside[name] - bool(is_in) for name in mine]
        share = [a / (a + b + 1) for a, b in zip(out, within, strict=True)]
        in_small_print = max((print_[name] for name in mine), default=0)
        rows.append(
            (
                max(out, default=0),
                sum(n > 1 for n in out),
                max(share, default=0.0),
                max(within, default=0),
                in_small_print,
            )
        )
    table = np.minimum(np.array(rows, dtype=float).reshape(-1, 5), _MAX_COUNT)
    named = ("outside", "outside twice", "share outside", "inside", "small print")
    return {f"names {name}": table[:, i] for i, name in enumerate(named)}


def _is_small_print(line: Line) -> bool:
    """Return whether a line has a phrase of a copyright notice."""
    return line.match is not None and line.match.reason is Reason.COPYRIGHT


def _shared_word_features(lines: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
    """Return the share of each line's words that the nearest paragraphs have; -1 if none is near."""
    words = [content_words(line) for line in lines]
    after, later, before = (np.full(len(lines), -1.0) for _ in range(3))
    for i, mine in enumerate(words):
        size = max(1, len(mine))
        below = [j for j in range(i + 1, min(len(lines), i + _MAX_DISTANCE)) if lines[j].is_long][:2]
        above = [j for j in range(i - 1, max(-1, i - _MAX_DISTANCE), -1) if lines[j].is_long][:1]
        for column, found in ((after, below[:1]), (later, below[1:]), (before, above)):
            for j in found:
                column[i] = len(mine & words[j]) / size
    return {"shared next": after, "shared later": later, "shared before": before}


def is_short(line: Line) -> bool:
    """Return whether a line may be a heading or a caption: few words, and no sentence's end."""
    return len(line.words) <= _MAX_SHORT_WORDS and not _ENDED.search(line.text)


def _short_line_features(chances: NDArray[np.float64], lines: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
    """Return how each line compares with the article's short lines: length, capitals, distance to the next ones."""
    likely = chances > _MIN_CHANCE
    chosen = [i for i, line in enumerate(lines) if likely[i] and is_short(line)]
    free = [i for i in chosen if not lines[i].marker]
    length = float(np.median([len(lines[i].words) for i in free])) if free else 0.0
    capitals = np.array([_capital_share(line) for line in lines])
    usual = float(capitals[free].mean()) if free else 0.0
    ended = np.array([bool(_ENDED.search(line.text)) for line in lines], dtype=float)
    long = np.array([line.is_long for line in lines], dtype=float)
    counts = np.array([len(line.words) for line in lines], dtype=float)
    return {
        "short": np.array([is_short(line) for line in lines], dtype=float),
        "short since": _distances_after(chosen, len(lines)),
        "short until": _distances_after([len(lines) - 1 - i for i in reversed(chosen)], len(lines))[::-1],
        "short length": np.full(len(lines), length),
        "to short length": counts / max(1.0, length),
        "to short capitals": capitals - usual,
        "short share": np.full(len(lines), len(free) / max(1, int(likely.sum()))),
        "ended -1": np.concatenate([[0.0], ended[:-1]]),
        "long -1": np.concatenate([[0.0], long[:-1]]),
        "long +1": np.concatenate([long[1:], [0.0]]),
    }


def _capital_share(line: Line) -> float:
    """Return the share of capitalized words among those of four letters and more after the first."""
    later = [word for word in line.words[1:] if len(word) > 3]
    return sum(word[0].isupper() for word in later) / max(1, len(later))


def _distances_after(indexes: Sequence[int], size: int) -> NDArray[np.float64]:
    """Return the number of lines between each line and the last of *indexes* before it, at most `_MAX_GAP`."""
    out = np.full(size, float(_MAX_GAP))
    for start, end in pairwise([*indexes, size - 1]):
        out[start + 1 : end + 1] = np.minimum(np.arange(1, end - start + 1), _MAX_GAP)
    return out


def _appeal_features(lines: Sequence[Line], language: str) -> dict[str, NDArray[np.float64]]:
    """Return how many sentences of each line begin with a word of an appeal."""
    known = load_urges(language)
    first, share, count = (np.zeros(len(lines)) for _ in range(3))
    for i, line in enumerate(lines):
        starts = [word.lower() in known for word in _FIRST_WORD.findall(line.text[:_MAX_LENGTH].replace("’", "'"))]
        if starts:
            first[i], share[i], count[i] = starts[0], sum(starts) / len(starts), sum(starts)
    return {"urges": first, "urges share": share, "urges count": count}
