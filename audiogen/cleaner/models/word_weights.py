"""Estimates by the words of a block whether it is part of the article: a linear model of words and pairs of words.

Promotion in the style of the article has no class or stock phrase, but other words. Each word and each pair of words
has a weight, trained on labelled pages (`python -m training.html_model`). Words on few pages have no weight.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import fsum, sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

#: Words, and signs with different frequencies inside and outside articles.
TERM = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!:→»>©]")
#: Number of characters and words from a block's beginning that are read.
MAX_LENGTH, MAX_WORDS = 1500, 220
#: Tokens that replace the outlet's name and numbers, and tokens for a text's beginning and end.
OUTLET, NUMBER, BEGIN, END = "HOUSE", "0", "^", "$"
#: Most words of an outlet's name.
MAX_NAME_WORDS = 3
#: Bound of the log-odds, in both directions.
MAX_LOG_ODDS = 4.0


def article_log_odds(
    texts: Sequence[str], weights: Mapping[str, float], names: Iterable[str] = ()
) -> NDArray[np.float64]:
    """Return the log-odds that each text is part of the article; 0 means undecided.

    *names* are the outlet's names, folded and without spaces.
    """
    names = tuple(names)
    return np.array([log_odds_of_terms(terms(text, names), weights) for text in texts])


def log_odds_of_terms(found: set[str], weights: Mapping[str, float]) -> float:
    """Return the bias (the weight of "") plus the sum of the terms' weights, divided by the root of their number.

    The result is clipped to ±`MAX_LOG_ODDS`. The sum is exact (`fsum`): a set has no order, so a rounded sum could
    differ in its last bits from run to run, and so would the trees that are trained on it.
    """
    total = fsum(weights[term] for term in found if term in weights) / sqrt(max(1, len(found)))
    return min(MAX_LOG_ODDS, max(-MAX_LOG_ODDS, weights[""] + total))


def terms(text: str, names: Sequence[str] = ()) -> set[str]:
    """Return the words of *text*, its pairs of words, and its first and last three words as one term each.

    >>> sorted(terms("Call Acme 24/7!", ("acme",)))[:5]
    ['!', '!_$', '$', '$$0_0_!', '0']
    """
    words = TERM.findall(text[:MAX_LENGTH].lower().replace("’", "'"))[:MAX_WORDS]
    if names:
        whole = "".join(words)
        if any(name in whole for name in names):
            words = with_outlet(words, names)
    row = [BEGIN, *(NUMBER if word.isdigit() else word for word in words), END]
    pairs = {f"{one}_{other}" for one, other in pairwise(row)}
    return {*row, *pairs, "^^" + "_".join(row[1:4]), "$$" + "_".join(row[-4:-1])}


def with_outlet(words: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return *words* with the outlet's name, which may have several words, replaced by one token.

    >>> with_outlet(["the", "harbor", "ledger", "says"], ["harborledger"])
    ['the', 'HOUSE', 'says']
    """
    out = []
    index = 0
    while index < len(words):
        length = next((n for n in range(MAX_NAME_WORDS, 0, -1) if "".join(words[index : index + n]) in names), 0)
        out.append(OUTLET if length else words[index])
        index += length or 1
    return out
