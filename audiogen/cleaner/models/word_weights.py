"""Judges a block by its words alone: whether they are those of articles, or of captions, promotion and pointers.

An outlet that sells itself in the voice of the article has no class and no stock phrase, but it has words that articles
have not. Each word and each pair of words has a weight, learned from pages that were read (`python -m
training.html_model`); a block's leaning is their sum. Only those that occur on several pages are learned.
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

#: Words, and the signs that articles and their surroundings use differently.
TERM = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?!:→»>©]")
#: How much of a block is looked at, in characters and in words.
REACH, WORDS = 1500, 220
#: What stands for the outlet's name and for a number, and where a text begins and ends.
OUTLET, NUMBER, BEGIN, END = "HOUSE", "0", "^", "$"
#: Most words of an outlet's name.
NAME = 3
#: Bounds of a leaning, in log-odds.
MOST = 4.0


def leanings(texts: Sequence[str], known: Mapping[str, float], names: Iterable[str] = ()) -> NDArray[np.float64]:
    """Return each text's leaning towards the article by the weights *known*, in log-odds: 0 is undecided.

    *names* are what the outlet is called, folded.
    """
    names = tuple(names)
    return np.array([leaning(terms(text, names), known) for text in texts])


def leaning(found: set[str], known: Mapping[str, float]) -> float:
    """Sum up the weights *known* of the terms that are *found*, by the root of their number.

    The sum is exact: a set has no order, and added up in another one the figures would differ in their last bits, from
    which a training makes other trees.
    """
    total = fsum(known[term] for term in found if term in known) / sqrt(max(1, len(found)))
    return min(MOST, max(-MOST, known[""] + total))


def terms(text: str, names: Sequence[str] = ()) -> set[str]:
    """Return the words of *text*, its pairs of words, and the words it begins and ends with.

    >>> sorted(terms("Call Acme 24/7!", ("acme",)))[:5]
    ['!', '!_$', '$', '$$0_0_!', '0']
    """
    words = TERM.findall(text[:REACH].lower().replace("’", "'"))[:WORDS]
    if names:
        whole = "".join(words)
        if any(name in whole for name in names):
            words = with_outlet(words, names)
    row = [BEGIN, *(NUMBER if word.isdigit() else word for word in words), END]
    pairs = {f"{one}_{other}" for one, other in pairwise(row)}
    return {*row, *pairs, "^^" + "_".join(row[1:4]), "$$" + "_".join(row[-4:-1])}


def with_outlet(words: Sequence[str], names: Sequence[str]) -> list[str]:
    """Put one word in place of the outlet's name, which may be several.

    >>> with_outlet(["the", "harbor", "ledger", "says"], ["harborledger"])
    ['the', 'HOUSE', 'says']
    """
    out = []
    index = 0
    while index < len(words):
        length = next((n for n in range(NAME, 0, -1) if "".join(words[index : index + n]) in names), 0)
        out.append(OUTLET if length else words[index])
        index += length or 1
    return out
