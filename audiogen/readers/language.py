"""Which language a text is in, by its script and its commonest words."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("languages.toml")
_WORD = re.compile(r"[^\W\d_]+")
#: Languages that a script gives away, by a stretch of its letters.
_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
}
_ANY_SCRIPT = re.compile(f"(?:{'|'.join(script.pattern for script in _SCRIPTS.values())})+")
#: Letters that text in Japanese, Chinese and Korean cannot do without.
_COMMON_LETTERS = re.compile("[のにはをたがでとしれさ的一是不了在人有我他这這中大来來上国國이다는을에의가를]")
#: How much of a text is looked at, in characters.
_REACH = 60_000


def detect(text: str) -> str:
    """Name the language of *text* as a BCP 47 tag; "" where nothing tells.

    >>> detect("The harbour was frozen and the ferries did not leave for a week.")
    'en'
    >>> detect("Порт замерз, і пороми не виходили в море цілий тиждень.")
    'uk'
    """
    text = text[:_REACH]
    if foreign := "".join(_ANY_SCRIPT.findall(text)):
        for tag, script in _SCRIPTS.items():
            if len(script.findall(foreign)) > 0.15 * len(text):
                return tag
    scores = _scores(text)
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] >= 2 else ""


def likeness(text: str) -> float:
    """Measure how much *text* is like any language at all, to choose among encodings.

    Han letters count by the commonest of them, for any bytes can be read as some Han letters.
    """
    return max(*_scores(text[:_REACH]).values(), float(len(_COMMON_LETTERS.findall(text[:_REACH]))))


def _scores(text: str) -> dict[str, float]:
    counts = Counter(word.casefold() for word in _WORD.findall(text))
    return {tag: _score(counts, words) for tag, words in _common().items()}


@cache
def _common() -> dict[str, frozenset[str]]:
    return {tag: frozenset(words.split()) for tag, words in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}


def _score(counts: Counter[str], words: frozenset[str]) -> float:
    """Add up a language's words in the text; many different ones tell more than one that comes often."""
    return sum(math.pow(min(counts[word], 50), 0.75) for word in words & counts.keys())
