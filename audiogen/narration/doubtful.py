"""Words a voice is likely to get wrong: what a house wants to hear before its listeners do."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audiogen.narration.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
_POSSESSIVE = re.compile(r"[’']s?\Z")
#: Where a sentence begins, every word has a capital.
_OPENING = re.compile(r"(?:\A|[.!?:…]|[\"“‘'(\[—–])[\"“‘'(\[\s]*\Z")
_DATA = load_table(__file__, "doubtful.toml")
#: Spellings that English does not have, so that a voice made for it guesses.
_FOREIGN = re.compile("|".join(_DATA["foreign"]), re.VERBOSE)
_KNOWN = words(_DATA["known"])


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word without a rule that a voice is likely to get wrong."""

    written: str
    #: How often it stands in the texts.
    count: int
    #: "initialism" where the rule had to guess between letters and word, "name", or "word".
    kind: str
    #: How it is said now.
    spoken: str


def doubtful_words(texts: Iterable[str], lexicon: Lexicon) -> list[Doubt]:
    """List names, initialisms and odd words of English *texts* that no lexicon knows, the most frequent first."""
    counts: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for text in texts:
        for word, kind in _doubts(text):
            if not lexicon.knows(word):
                counts[word] += 1
                kinds[word] = kind
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Doubt(word, count, kinds[word], _said(word)) for word, count in ordered]


def _said(word: str) -> str:
    from audiogen.narration.speaking import say

    return say(word)


def _doubts(text: str) -> Iterable[tuple[str, str]]:
    for found in _WORD.finditer(text):
        for part in _POSSESSIVE.sub("", found[0]).split("-"):
            kind = _kind(part, opens=_OPENING.search(text, max(0, found.start() - 4), found.start()) is not None)
            if kind:
                yield part, kind


def _kind(word: str, *, opens: bool) -> str:
    from audiogen.narration.languages.en.letters import OTHER, PLAIN, SAID, SPELLED

    if len(word) < 2 or word in _KNOWN or word in OTHER:
        return ""
    if word.isupper():
        return (
            "" if len(word) < 4 or word in SAID or word in SPELLED or word in PLAIN or len(word) > 6 else "initialism"
        )
    if not word.isascii() or _FOREIGN.search(word.lower()):
        if word[0].isupper():
            return "name"
        return "" if opens or word.isascii() else "word"
    return "word" if _MIXED.search(word) else ""


#: Capitals inside a word, but not those of names like "McDonald", "DeSantis" or "O'Neil".
_MIXED = re.compile(r"[a-z][A-Z]{2}|^[a-z]+[A-Z]")
