"""Compares the spoken words with the recognised ones, and finds those that are missing, doubled or garbled.

Both texts are normalised: numbers in words by the narration's rules, spelled letters joined, case and punctuation
removed. Words are aligned by sound rather than by spelling, since a recogniser writes "leanFIRE" as "lean fire",
"colour" as "color", and names in any way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Kind = Literal["missing", "doubled", "garbled"]

#: Words with at least this similarity of sound, of 1, count as the same word.
MIN_LIKENESS = 0.5
#: The same for several words that match one, so that a doubled word does not match a longer one.
MIN_JOINED_LIKENESS = 0.75
#: Cost of a word on one side only, and of a pair of unlike words, which is a little less than two single ones.
_SINGLE_COST, _UNLIKE_COST = 1.0, 1.6
#: Letters with the sound of another, in any of the languages, as pairs of pattern and replacement.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"\b[kgp](?=n|s)", ""), (r"\bwr", "r"), (r"ph", "f"), (r"tch|ch|sh|sch", "j"), (r"ck|qu|q|x", "k"),
        (r"c(?=[eiy])", "s"), (r"c", "k"), (r"gh(?=t|\b)", ""), (r"dg|g(?=[eiy])", "j"), (r"th", "t"), (r"wh", "w"),
        (r"h", ""), (r"mb\b", "m"), (r"z", "s"), (r"v", "f"), (r"d", "t"), (r"b", "p"), (r"g", "k"), (r"e\b", ""),
        (r"[aeiouyw]+", "a"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
#: Spelled letters, as in a narration ("L E D") and in a recogniser's text ("L.E.D.", "L-E-D").
_LETTERS = re.compile(r"(?<![^\W_]['’])\b[^\W\d_](?:[ .-]{1,2}[^\W\d_]\b){1,40}(?!['’])")
#: Separators between them; "IQ.LIGHT LED" is narrated as "I Q.L I G H T L E D".
_SEPARATORS = re.compile("[ .-]")
#: Characters of scripts without spaces; each counts as a word.
_SIGNS = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of spoken words that was recognised differently."""

    kind: Kind
    #: Index of the first of them among the spoken words, and the index after the last.
    start: int
    end: int
    expected: str
    heard: str


def words_of(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a text, normalised for comparison.

    >>> words_of("The U.S. paid $3, twice.", "en")
    ('the', 'us', 'paid', 'three', 'dollars', 'twice')
    >>> words_of("With I Q.L E D lamps.", "en"), words_of("With IQ, L-E-D lamps.", "en"), words_of("東京へ行く", "ja")
    (('with', 'iqled', 'lamps'), ('with', 'iq', 'led', 'lamps'), ('東', '京', 'へ', '行', 'く'))
    """
    from audiogen.narration import normalize

    joined = _LETTERS.sub(lambda letters: _SEPARATORS.sub("", letters[0]), normalize(text, language=language))
    return tuple(word.replace("’", "'").replace("'", "").lower() for word in _WORD.findall(_SIGNS.sub(r" \1 ", joined)))


def differences(expected: Sequence[str], heard: Sequence[str]) -> tuple[Difference, ...]:
    """Return the differences between the spoken words and the recognised ones."""
    return tuple(_runs(expected, heard, _align(expected, heard)))


def likeness(one: str, other: str) -> float:
    """Return how similar two words, or runs of words, sound: 0 (unlike) to 1 (same).

    >>> likeness("their", "there"), likeness("colour", "color"), likeness("boat", "tree") < 0.5
    (1.0, 1.0, True)
    """
    if one == other:
        return 1.0
    left, right = _sound(one), _sound(other)
    if not left or not right:
        return float(left == right)
    return 1.0 - _distance(left, right) / max(_weight(left), _weight(right))


@cache
def _sound(word: str) -> str:
    """Return a word with letters that stand for its sound; all vowels are "a"."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _weight(sound: str) -> float:
    """Return the weight of a sound: the sum of its letters' costs."""
    return sum(_VOWEL if letter == "a" else 1.0 for letter in sound) or 1.0


#: The weight of a vowel, while a consonant has 1: recognisers write vowels in many ways.
_VOWEL = 0.4


def _distance(one: str, other: str) -> float:
    """Return the edit distance of two sounds; vowels cost less than consonants."""
    row = [0.0]
    for letter in other:
        row.append(row[-1] + _cost(letter))
    for letter in one:
        before, row = row, [row[0] + _cost(letter)]
        for reached, match in enumerate(other):
            swap = 0.0 if letter == match else max(_cost(letter), _cost(match))
            row.append(min(before[reached] + swap, before[reached + 1] + _cost(letter), row[-1] + _cost(match)))
    return row[-1]


def _cost(letter: str) -> float:
    return _VOWEL if letter == "a" else 1.0


#: Words of either side that may be one word of the other.
_RUN_LENGTHS = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
_Step = tuple[int, int, bool]


def _align(expected: Sequence[str], heard: Sequence[str]) -> list[_Step]:
    """Return the cheapest alignment: numbers of spoken and recognised words, and whether they sound alike, by step."""
    best: dict[tuple[int, int], tuple[float, _Step | None]] = {(0, 0): (0.0, None)}
    for i in range(len(expected) + 1):
        for j in range(len(heard) + 1):
            if (i, j) not in best:
                continue
            for step, cost in _steps(expected, heard, i, j):
                reached, total = (i + step[0], j + step[1]), best[i, j][0] + cost
                if reached not in best or total < best[reached][0] - 1e-9:
                    best[reached] = (total, step)
    steps: list[_Step] = []
    reached = (len(expected), len(heard))
    while (taken := best[reached][1]) is not None:
        steps.append(taken)
        reached = (reached[0] - taken[0], reached[1] - taken[1])
    return steps[::-1]


def _steps(expected: Sequence[str], heard: Sequence[str], i: int, j: int) -> Iterator[tuple[_Step, float]]:
    """Yield the possible next steps of an alignment at two indexes, each with its cost."""
    if i < len(expected):
        yield (1, 0, False), _SINGLE_COST
    if j < len(heard):
        yield (0, 1, False), _SINGLE_COST
    for left, right in _RUN_LENGTHS:
        if i + left > len(expected) or j + right > len(heard):
            continue
        alike = likeness("".join(expected[i : i + left]), "".join(heard[j : j + right]))
        if alike >= (MIN_LIKENESS if left == right == 1 else MIN_JOINED_LIKENESS):
            yield (left, right, True), (1.0 - alike) + 0.2 * (left + right - 2)
        elif left == right == 1:
            yield (1, 1, False), _UNLIKE_COST


def _runs(expected: Sequence[str], heard: Sequence[str], steps: Sequence[_Step]) -> Iterator[Difference]:
    """Yield a difference for each run of consecutive steps that differ."""
    i = j = 0
    begun: tuple[int, int] | None = None
    for left, right, alike in (*steps, (0, 0, True)):
        if alike and begun is not None:
            yield _difference(expected, heard, begun, (i, j))
            begun = None
        elif not alike and begun is None:
            begun = (i, j)
        i, j = i + left, j + right


def _difference(
    expected: Sequence[str], heard: Sequence[str], begin: tuple[int, int], end: tuple[int, int]
) -> Difference:
    """Return the difference of two ranges of words, with its kind."""
    lost, found = expected[begin[0] : end[0]], heard[begin[1] : end[1]]
    beside = (*expected[max(0, begin[0] - len(found)) : begin[0]], *expected[end[0] : end[0] + len(found)])
    kind: Kind = "missing" if not found else "garbled"
    if found and not lost and likeness("".join(found), "".join(beside[: len(found)])) >= MIN_LIKENESS:
        kind = "doubled"
    if found and not lost and likeness("".join(found), "".join(beside[len(found) :])) >= MIN_LIKENESS:
        kind = "doubled"
    return Difference(kind, begin[0], end[0], " ".join(lost), " ".join(found))
