"""The features of the lines of a plain-text capture for the model.

A capture has no markup, so the features are the form of a line (length, punctuation, capitals, dates, marker), its
phrases, its neighbours, and its position relative to the long paragraphs of the page.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.lexis import SPACELESS
from audiogen.cleaner.phrases import ANCHORS, Match, phrases
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.model import Block

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: Pieces of words in scripts without spaces: three letters count as a word, as in `lexis.words_of`.
_SPACELESS = re.compile(rf"{SPACELESS.pattern}{{1,3}}|(?:(?!{SPACELESS.pattern}).)+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’“‘»«)\]」』）]*\Z")
_SENTENCE_BREAK = re.compile(r"[.!?…][\"'”’“‘»)]*\s+[\"'“‘„«(]?[^\W\d_a-z]")
_DATE = re.compile(
    r"\b(?:[12]\d{3}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](?:[12]\d)?\d\d|(?:19|20)\d\d)\b"
    r"|\b\d{1,2}\.? [^\W\d_]{3,9}\.?,? \d{4}"
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\b\d+ ?(?:h|hr|hrs|min|mins|d|days?|hours?|minutes?) ago\b")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|\B@\w|\w\.(?:com|org|net|co|io|gov|edu|de|fr|uk|ua|pl|ru|it|es)\b", re.I)
_SEPARATOR = re.compile(r"[|·•›»/]")
#: Shortest paragraph, in words, that counts as running text.
MIN_LONG_WORDS = 18
#: Characters from a line's beginning that are measured, as a line may be a whole page.
_MAX_LENGTH = 4000
#: Groups of reasons, one feature each.
GROUPS: dict[str, tuple[Reason, ...]] = {
    "appeal": (Reason.CALL_TO_ACTION,),
    "related": (Reason.RELATED, Reason.FEED),
    "share": (Reason.SHARE,),
    "menu": (Reason.NAVIGATION, Reason.FORM),
    "picture": (Reason.CAPTION, Reason.CREDIT),
    "author": (Reason.BYLINE, Reason.DATE, Reason.READING_TIME),
    "comments": (Reason.COMMENTS,),
    "copyright": (Reason.COPYRIGHT,),
    "small print": (Reason.DISCLAIMER, Reason.BIOGRAPHY),
    "advertisement": (Reason.ADVERTISEMENT, Reason.LABEL),
    "tags": (Reason.TAGS, Reason.REFERENCES, Reason.EMBED),
}
_GROUP = {reason: name for name, group in GROUPS.items() for reason in group}
_HINTS = (Reason.CALL_TO_ACTION, Reason.CAPTION, Reason.RELATED)
#: Features that are repeated for the neighbours of each line.
_SHIFTED = (
    "characters", "words", "sentence", "colon", "marker", "capitalized", "lower", "date", "commas", "common", "place",
    "says appeal", "says related", "says share", "says menu", "says picture", "says author",
)  # fmt: skip
_OFFSETS = (-3, -2, -1, 1, 2, 3)
#: Lines on each side with a feature of their words, and lines on each side in the average.
_WORDING, _WORDING_AROUND = 3, 4
#: Reasons of headings to which each line has its distance.
_HEADS = (Reason.RELATED, Reason.COMMENTS, Reason.BIOGRAPHY, Reason.TAGS, Reason.REFERENCES, Reason.FEED)
_MAX_DISTANCE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a capture, with its words, and the phrases in it."""

    text: str
    #: 0 none, 1 to 3 bullets by depth, 4 a number.
    marker: int
    #: Whether an empty line is before it.
    apart: bool
    words: tuple[str, ...]
    match: Match | None
    hints: frozenset[Reason]

    @property
    def is_long(self) -> bool:
        """Return whether it has the form of a paragraph: many words, a sentence's end, and no phrase."""
        return len(self.words) >= MIN_LONG_WORDS and bool(_SENTENCE_END.search(self.text)) and self.match is None

    def is_heading_of(self, reason: Reason) -> bool:
        """Return whether it is the heading of a section of *reason*."""
        return self.match is not None and self.match.anchor == "head" and self.match.reason is reason


def make_line(block: Block, language: str) -> Line:
    """Return the line of a capture's block."""
    marks = block.evidence.marks if block.evidence else {}
    known = phrases(language)
    marker = 4 if marks.get("number") else int(marks.get("bullet", 0))
    return Line(
        block.text,
        marker,
        bool(marks.get("blank before")),
        words_of(block.text[:_MAX_LENGTH]),
        known.match(block.text),
        known.hint(block.text[:600]),
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of *text*; in scripts without spaces, pieces of three letters.

    >>> words_of("Ice, 氷が張った。")
    ('Ice', '氷が張', 'った')
    """
    words = _WORD.findall(text)
    if not SPACELESS.search(text):
        return tuple(words)
    return tuple(part for word in words for part in _SPACELESS.findall(word))


def features(lines: Sequence[Line], language: str) -> tuple[list[str], NDArray[np.float64]]:
    """Return the names of the features, and an array with a row for each line."""
    vocabulary = phrases(language).vocabulary
    words = {name: frozenset(vocabulary.get(name, ())) for name in ("common", "you", "we")}
    rows = [_line_features(line, words) for line in lines]
    base = {name: np.array([row[name] for row in rows], dtype=float) for name in rows[0]}
    near = {f"{name} {by:+d}": _shifted(base[name], by) for by in _OFFSETS for name in _SHIFTED}
    return columns(
        {**base, **near, **_window_features(lines), **_position_features(lines), **_repetition_features(lines)}
    )


def word_columns(log_odds: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    """Return the columns of the log-odds by words: those of the line, those of its neighbours, and an average."""
    padded = np.pad(log_odds, _WORDING)
    size = len(log_odds)
    near = {f"wording {by:+d}": padded[_WORDING + by : _WORDING + by + size] for by in range(-_WORDING, _WORDING + 1)}
    total = np.cumsum(np.pad(log_odds, (_WORDING_AROUND + 1, _WORDING_AROUND)))
    wide = 2 * _WORDING_AROUND + 1
    return near | {"wording around": (total[wide:] - total[:-wide]) / wide}


def columns(named: dict[str, NDArray[np.float64]]) -> tuple[list[str], NDArray[np.float64]]:
    """Return the names of the columns, and their values as one array with a row for each line."""
    return list(named), np.column_stack(list(named.values()))


def _line_features(line: Line, words: dict[str, frozenset[str]]) -> dict[str, float]:
    """Return the features of a line alone: its form, its words and its phrases."""
    group = _GROUP.get(line.match.reason) if line.match else None
    return {
        **_form_features(line.text[:_MAX_LENGTH], line.marker),
        **_word_features(line.words, words),
        **{f"says {name}": float(group == name) for name in GROUPS},
        "place": ANCHORS.index(line.match.anchor) + 1 if line.match else 0,
        **{f"hint {reason}": float(reason in line.hints) for reason in _HINTS},
    }


def _form_features(text: str, marker: int) -> dict[str, float]:
    """Return the features of a line that depend on its length, its case and its punctuation."""
    return {
        "characters": math.log1p(len(text)),
        "sentence": bool(_SENTENCE_END.search(text)),
        "colon": text.endswith(":"),
        "question": text.rstrip("\"'”’“‘»«").endswith("?"),
        "cut": text.endswith(("...", "…")),
        "lower start": text[:1].islower(),
        "quote start": text[:1] in "\"'“‘«„(",
        "marker": marker,
        "digits": sum(c.isdigit() for c in text) / max(1, len(text)),
        "commas": text.count(","),
        "sentences": len(_SENTENCE_BREAK.findall(text)),
        "date": bool(_DATE.search(text)),
        "clock": bool(_CLOCK.search(text)),
        "address": bool(_ADDRESS.search(text)),
        "separators": len(_SEPARATOR.findall(text)),
        "bracketed": text.startswith("(") and text.endswith(")"),
        "copyright sign": "©" in text,
        "exclamation": "!" in text,
        "bracket end": text.endswith((")", "]")),
    }


def _word_features(line_words: Sequence[str], words: dict[str, frozenset[str]]) -> dict[str, float]:
    """Return the features of a line's words: their case, their length, and shares of listed words."""
    count = max(1, len(line_words))
    later = [word for word in line_words[1:] if len(word) > 3]
    lower = [word.lower() for word in line_words]
    return {
        "words": math.log1p(len(line_words)),
        "capitalized": sum(word[0].isupper() for word in later) / max(1, len(later)),
        "upper": sum(word.isupper() for word in line_words) / count,
        "lower": sum(word[0].islower() for word in line_words) / count,
        "word length": sum(map(len, line_words)) / count,
        **{name: sum(word in listed for word in lower) / count for name, listed in words.items()},
    }


def _shifted(column: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    """Return a column in which each row has the value of the line *by* lines below; -1 if there is none."""
    moved = np.full_like(column, -1.0)
    if abs(by) < len(column):
        if by > 0:
            moved[:-by] = column[by:]
        else:
            moved[-by:] = column[:by]
    return moved


def _window_features(lines: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
    """Return the numbers of paragraphs, phrases, list items and words in windows before and after each line."""
    signals = {
        "long": [line.is_long for line in lines],
        "known": [line.match is not None for line in lines],
        "items": [line.marker > 0 for line in lines],
        "text": [min(len(line.words), 80) for line in lines],
    }
    return {
        f"{name} in {before}/{after}": _window(np.array(signal, dtype=float), before, after)
        for name, signal in signals.items()
        for before, after in ((4, 0), (0, 4), (10, 0), (0, 10))
    }


def _window(signal: NDArray[np.float64], before: int, after: int) -> NDArray[np.float64]:
    """Return for each index the sum of the *before* values before it, or of the *after* values after it."""
    total = np.concatenate([[0.0], np.cumsum(signal)])
    index = np.arange(len(signal))
    low = np.maximum(index - before, 0) if before else index + 1
    high = np.minimum(index + 1 + after, len(signal)) if after else index
    return np.asarray(total[np.maximum(high, low)] - total[low])


def _position_features(lines: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
    """Return the position of each line relative to the long paragraphs and to headings of sections."""
    size, index = len(lines), np.arange(len(lines))
    weight = np.array([min(len(line.words), 120) if line.is_long else 0 for line in lines], dtype=float)
    total = weight.sum() or 1.0
    behind, ahead = _decay(weight, 0.8), _decay(weight[::-1], 0.8)[::-1]
    density = behind + ahead - weight
    peak = density.max() or 1.0
    named = {
        "at": index / size,
        "from top": np.minimum(index, 300),
        "from end": np.minimum(size - index, 300),
        "text behind": behind / peak,
        "text ahead": ahead / peak,
        "text around": density / peak,
        "text so far": (np.cumsum(weight) - weight) / total,
        "since long": _distances_since(weight > 0),
        "until long": _distances_since((weight > 0)[::-1])[::-1],
        "page text": np.full(size, math.log1p(total)),
        "page lines": np.full(size, math.log1p(size)),
    }
    for reason in _HEADS:
        named[f"since {reason}"] = _distances_since(
            np.array([line.is_heading_of(reason) for line in lines], dtype=bool)
        )
    return {name: column.astype(float) for name, column in named.items()}


def _decay(signal: NDArray[np.float64], rate: float) -> NDArray[np.float64]:
    """Return for each index the sum of the values up to it, with each value multiplied by *rate* for each step."""
    out, level = np.zeros(len(signal)), 0.0
    for i, value in enumerate(signal):
        level = level * rate + value
        out[i] = level
    return out


def _distances_since(flags: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the number of lines since the last flagged line, at most `_MAX_DISTANCE`; -1 before the first."""
    out, last = np.full(len(flags), -1.0), None
    for i, flag in enumerate(flags):
        last = i if flag else last
        if last is not None:
            out[i] = min(i - last, _MAX_DISTANCE)
    return out


def _repetition_features(lines: Sequence[Line]) -> dict[str, NDArray[np.float64]]:
    """Return how often each line occurs, and the share of its words that the long paragraphs have."""
    keys = [" ".join(line.words).lower() for line in lines]
    counts, seen = Counter(keys), Counter[str]()
    core = Counter(word for line in lines if line.is_long for word in content_words(line))
    times, before, shared = [], [], []
    for line, key in zip(lines, keys, strict=True):
        mine = content_words(line)
        times.append(min(counts[key], 9))
        before.append(min(seen[key], 9))
        shared.append(sum(core[word] > line.is_long for word in mine) / max(1, len(mine)))
        seen[key] += 1
    named = {"times": times, "times before": before, "vocabulary": shared}
    return {name: np.array(column, dtype=float) for name, column in named.items()}


def content_words(line: Line) -> set[str]:
    """Return the words of *line* with four letters or more, in lower case."""
    return {word.lower() for word in line.words if len(word) > 3}
