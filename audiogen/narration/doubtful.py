"""Finds words that a voice is likely to mispronounce, for an outlet to check before it publishes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words
from audiogen.narration.vocabulary import bits_per_letter, is_known, plain
from audiogen.narration.vocabulary import words as vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audiogen.narration.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*[^\W_])?")
#: The end of a word that is not part of it: a possessive, or the second half of a contraction.
_TAIL = re.compile(r"(?:n[’']t|[’'](?:s|m|re|ve|ll|d|em)?)\Z", re.IGNORECASE)
#: The beginning of a sentence, where a capital does not show a name.
_OPENING = re.compile(r"(?:\A|[.!?:…]|[\"“‘'(\[—–])[\"“‘'(\[\s]*\Z")
_DATA = load_table(__file__, "doubtful.toml")
#: Spellings that English does not have, so that a voice made for it guesses.
_FOREIGN = re.compile("|".join(_DATA["foreign"]), re.VERBOSE)
_KNOWN = words(_DATA["known"])


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that no rule or lexicon has and that a voice probably mispronounces."""

    written: str
    #: How often it occurs in the texts.
    count: int
    #: "initialism" (unknown, so whether it is spelled is a guess), "name" or "word".
    kind: str
    #: The spoken text of the word.
    spoken: str
    #: Its first occurrence, with a few words around it.
    context: str = ""
    #: Bits per letter (see `bits_per_letter`): English words have 2 to 4, unusual spellings more.
    surprise: float = 0.0


def doubtful_words(texts: Iterable[str], lexicon: Lexicon) -> list[Doubt]:
    """Return names, initialisms and unusual words of English *texts* that *lexicon* does not have.

    Words that are not in the dictionary come first, sorted by how unusual their spelling is; then the others, by
    frequency.
    """
    counts: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    for text in texts:
        for word, kind, offset in _doubts(text):
            if not lexicon.knows(word):
                counts[word] += 1
                if word not in first:
                    first[word] = kind, _context(text, offset, len(word))
    found = [
        Doubt(word, count, first[word][0], _spoken(word), first[word][1], round(bits_per_letter(word), 1))
        for word, count in counts.items()
    ]
    return sorted(
        found,
        key=lambda doubt: (plain(doubt.written) in vocabulary(), -doubt.surprise, -doubt.count, doubt.written),
    )


def _context(text: str, offset: int, length: int) -> str:
    """Return the text around an offset: up to `_AROUND` characters on each side, in whole words."""
    before = text[max(0, offset - _AROUND) : offset].rpartition("\n")[2]
    after = text[offset + length : offset + length + _AROUND].partition("\n")[0]
    if offset > _AROUND and " " in before:
        before = "…" + before.partition(" ")[2]
    if len(after) == _AROUND and " " in after:
        after = after.rpartition(" ")[0] + "…"
    return f"{before}{text[offset : offset + length]}{after}".strip()


def _spoken(word: str) -> str:
    """Return the spoken text of a word."""
    from audiogen.narration.speaking import say

    return say(word)


def _doubts(text: str) -> Iterable[tuple[str, str, int]]:
    """Yield each doubtful word with its kind and its offset."""
    for found in _WORD.finditer(text):
        offset = found.start()
        for part in found[0].split("-"):
            word = _TAIL.sub("", part)
            kind = _kind(word, opens=_OPENING.search(text, max(0, offset - 4), offset) is not None)
            if kind:
                yield word, kind, offset
            offset += len(part) + 1


def _kind(word: str, *, opens: bool) -> str:
    """Return the kind of a doubtful word; "" if it is not doubtful. *opens* is whether it begins a sentence."""
    from audiogen.narration.languages.en.letters import ACRONYMS, OTHER, PLAIN, SPELLED

    if len(word) < 2 or word in _KNOWN or word in OTHER:
        return ""
    if word.isupper():
        known = word in ACRONYMS or word in SPELLED or word in PLAIN or plain(word) in vocabulary()
        return "" if known or not 4 <= len(word) <= _MAX_INITIALISM else "initialism"
    if word[0].isupper():
        foreign = not word.isascii() or _FOREIGN.search(word.lower())
        known = is_known(word, name=True) or (opens and is_known(word))
        return "" if known and not foreign else "name"
    if _MIXED.search(word) or not (is_known(word) or len(word) < _MIN_WORD):
        return "word"
    return ""


#: Letters of the longest initialism (a longer one is a word of a headline), and of the shortest word that is checked.
_MAX_INITIALISM, _MIN_WORD = 6, 4
#: Characters of context on either side.
_AROUND = 40
#: Capitals inside a word, but not those of names like "McDonald", "DeSantis" or "O'Neil".
_MIXED = re.compile(r"[a-z][A-Z]{2}|^[a-z]+[A-Z]")
