"""Text as an engine meets it: is there something to say, where are its words, and how to hand it over in pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A run of letters, digits and what holds them together ("don't", "3.5", "state-of-the-art").
_WORD = re.compile(r"[^\W_]+(?:[.,'’:/-][^\W_]+)*")
#: Where a text may be cut, best places first: after a sentence, after a clause, between words.
_CUTS = (re.compile(r"[.!?…。！？]['\"”’»)\]]*\s+"), re.compile(r"[;:,—–、，；：][)\"”’»]*\s*"), re.compile(r"\s+"))


def is_speakable(text: str) -> bool:
    """Tell whether there is anything to say: a letter, a digit or a symbol that has a name.

    >>> [is_speakable(text) for text in ("Hello.", "7", "€", "😀", "…", " - ", "")]
    [True, True, True, True, False, False, False]
    """
    return any(category(character)[0] in "LN" or category(character) in ("Sc", "So", "Sm") for character in text)


def has_words(text: str) -> bool:
    """Tell whether any voice of the text's language must make a sound of it: it has a letter or a digit."""
    return any(category(character)[0] in "LN" for character in text)


#: Letters that are said one by one: "U S", "I A E A".
_SPELLED = re.compile(r"(?<![\w'’.-])[A-Z](?: [A-Z])+(?!\w)")


def for_espeak(text: str, language: str) -> str:
    """Join spelled letters as eSpeak reads them right, character for character so that places stay the same.

    Alone, an A is the article to its English rules: it says "A I" as "uh eye". Behind a stop or a hyphen it is a
    letter, and so it is before a possessive.

    >>> for_espeak("An A I of the U A E", "en"), for_espeak("A P's and I A E A's", "en-GB"), for_espeak("A I", "de")
    ('An A.I of the U.A.E', "A-P's and I.A.E A's", 'A I')
    """
    if language.partition("-")[0].lower() != "en":
        return text
    return _SPELLED.sub(_joined, text)


def _joined(letters: re.Match[str]) -> str:
    text = letters[0]
    if letters.string[letters.end() : letters.end() + 1] not in ("'", "’"):
        return text.replace(" ", ".")
    return f"{text[:-2].replace(' ', '.')} {text[-1]}" if len(text) > 3 else text.replace(" ", "-")


def word_spans(text: str) -> list[tuple[int, int]]:
    """Find the words, as offsets with exclusive ends.

    >>> word_spans("It's 3.5 km.")
    [(0, 4), (5, 8), (9, 11)]
    """
    return [match.span() for match in _WORD.finditer(text)]


def cut(text: str, longest: int) -> Iterator[tuple[int, str]]:
    """Cut *text* into pieces of at most *longest* characters, each with its offset; nothing is lost between them.

    A piece ends after a sentence where one ends in its second half, else after a clause, else between words, and only
    a single longer word is broken.

    >>> list(cut("One two. Three four, five.", 12))
    [(0, 'One two. '), (9, 'Three four, '), (21, 'five.')]
    """
    start = 0
    while len(text) - start > longest:
        end = start + _cut_within(text[start : start + longest])
        yield start, text[start:end]
        start = end
    if start < len(text) or not text:
        yield start, text[start:]


def _cut_within(window: str) -> int:
    """Find where the first piece of the window ends."""
    for cuts in _CUTS:
        ends = [match.end() for match in cuts.finditer(window) if match.end() > len(window) // 2]
        if ends:
            return ends[-1]
    return len(window)
