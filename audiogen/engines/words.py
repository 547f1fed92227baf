"""Prepares text for engines: whether there is anything to speak, its words, and the pieces in which it is spoken."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

from audiogen.engines.scripts import LATIN, home_script, script_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: A run of letters and digits, with the characters that join them ("don't", "3.5", "state-of-the-art").
#: Accents, and the vowel signs of India's writings, belong to the letter before them; Python's `\w` leaves them out.
_LETTERS = r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u200c\u200d])+"
_WORD = re.compile(rf"{_LETTERS}(?:[.,'’:/-]{_LETTERS})*")
#: Where a text may be divided, the best first: after a sentence, after a clause, between words.
_CUTS = (
    re.compile(r"[.!?…]['\"”’»)\]]*\s+|[。！？]['\"”’»)\]」』）]*\s*"),
    re.compile(r"[;:,][)\"”’»]*\s+|[—–、，；：][)\"”’»」』）]*\s*"),
    re.compile(r"\s+"),
)


def is_speakable(text: str) -> bool:
    """Return whether there is anything to speak: a letter, a digit, or a symbol with a name.

    >>> [is_speakable(text) for text in ("Hello.", "7", "€", "😀", "…", " - ", "")]
    [True, True, True, True, False, False, False]
    """
    return any(category(character)[0] in "LN" or category(character) in ("Sc", "So", "Sm") for character in text)


def has_words(text: str) -> bool:
    """Return whether a voice of the text's language must make sound for it: it has a letter or a digit."""
    return any(category(character)[0] in "LN" for character in text)


#: Spelled letters: "U S", "I A E A".
SPELLED = re.compile(r"(?<![\w'’.-])[A-Z](?: [A-Z])+(?!\w)")
#: Maximum number of joined letters: eSpeak NG speaks about fifty of a longer word and drops the rest, and from about
#: 200
#: on it overruns its own memory.
LONGEST_JOINED = 8
#: Maximum number of characters of a word that eSpeak NG 1.52 speaks completely: letters alone, and with digits, signs
#: or letters that it names
#: one by one, which take longer to say. Measured by speaking words of 10 to 800 characters of sixty kinds.
LONGEST_WORD, LONGEST_MIXED = 64, 24


def for_espeak(text: str, language: str) -> str:
    """Return the text in a form that eSpeak NG reads correctly, with all offsets unchanged.

    Meaningless characters become spaces: a NUL would end the text. In English, spelled letters are joined: alone,
    eSpeak NG reads A as the article, and "A I" as "uh eye". After a full stop or a hyphen it is a letter, and also
    before a possessive.

    >>> for_espeak("An A I of the U A E", "en"), for_espeak("A P's and I A E A's", "en-GB"), for_espeak("A I", "de")
    ('An A.I of the U.A.E', "A-P's and I.A.E A's", 'A I')
    """
    text = _EMPTY.sub(" ", text)
    return SPELLED.sub(_joined, text) if language.partition("-")[0].lower() == "en" else text


#: Controls, lone surrogates, noncharacters and private characters.
_EMPTY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")


def _joined(letters: re.Match[str]) -> str:
    """Return spelled letters joined by full stops or hyphens."""
    text = letters[0]
    owner = letters.string[letters.end() : letters.end() + 1] in ("'", "’")
    if owner and len(text) == 3:
        return text.replace(" ", "-")
    return _in_groups(text[:-2]) + text[-2:] if owner else _in_groups(text)


def _in_groups(letters: str) -> str:
    """Join spelled letters by full stops, in groups of about the same size, each of at most `LONGEST_JOINED`.

    >>> _in_groups("A B C D E F G H I")
    'A.B.C.D E.F.G.H.I'
    """
    names = letters.split(" ")
    groups = -(-len(names) // LONGEST_JOINED)
    bounds = [len(names) * number // groups for number in range(groups + 1)]
    return " ".join(".".join(names[first:last]) for first, last in pairwise(bounds))


def pieces_for_espeak(text: str, language: str, longest: int) -> list[tuple[int, str]]:
    """Return the text in pieces that eSpeak says completely, of at most *longest* characters, each with its offset.

    >>> pieces_for_espeak("See " + "ab/" * 12, "en", 800)
    [(0, 'See ab/ab/ab/ab/ab/ab/ab/ab/'), (28, 'ab/ab/ab/ab/')]
    >>> [len(piece) for _, piece in pieces_for_espeak("1,234,567 " * 30, "en", 800)]
    [130, 130, 40]
    """
    text = for_espeak(text, language)
    pieces = []
    for offset, piece in cut(text, longest, _costs(text, language)):
        ends = [end for word in _LONG.finditer(piece) for end in _broken(word)]
        pieces += [(offset + start, piece[start:end]) for start, end in pairwise([0, *ends, len(piece)])]
    return pieces


#: What a digit, a sign, a joined letter, a letter of another alphabet and one of another writing that eSpeak names may
#: take to say, in plain letters. eSpeak NG drops what goes beyond a thousand phonemes without a stop, some sixty
#: seconds: a row of sixteen long numbers, or fifty Ethiopic letters.
_DIGIT, _SIGN, _JOINED_LETTER, _FOREIGN, _NAMED = 8, 10, 6, 4, 24


def _costs(text: str, language: str) -> list[int]:
    """Return how much there is to say at each character, in plain letters, at most."""
    home = home_script(language)
    costs = [_cost(character, home) for character in text]
    for joined in _JOINED.finditer(text):
        costs[joined.start() : joined.end()] = [_JOINED_LETTER] * len(joined[0])
    return costs


@lru_cache(maxsize=4096)
def _cost(character: str, home: str) -> int:
    """Return the time to speak a character, in plain letters, in a text of the script *home*."""
    kind = category(character)
    if kind[0] in "NS":
        return _DIGIT if kind[0] == "N" else _SIGN
    if kind[0] != "L" or (script := script_of(character)) == home:
        return 4 if east_asian_width(character) in "WF" else 1
    return 1 if script == LATIN else _FOREIGN if kind != "Lo" else _NAMED


#: Letters joined by stops or hyphens, which eSpeak times as one word of one letter.
_JOINED = re.compile(r"[^\W\d_](?:[.-][^\W\d_])+(?!\w)")


def spoken_end(text: str, start: int, end: int) -> int:
    """Return the end of a word that eSpeak NG, given *text*, reports from *start* to *end*.

    >>> spoken_end("at C.N.B.C now", 3, 4), spoken_end("at noon", 3, 7)
    (10, 7)
    """
    joined = _JOINED.match(text, start)
    return max(end, joined.end()) if joined else end


#: Runs that may be too long for one word.
_LONG = re.compile(rf"\S{{{LONGEST_MIXED + 1},}}")
_VOWEL = re.compile("[aeiouyà-ÿаеёиоуыэюяіїєαεηιουωάέήίόύώ]", re.IGNORECASE)
#: Punctuation around a word that is not spoken.
_AROUND = ".,;:!?…()[]\"'“”‘’«»"


def _broken(word: re.Match[str]) -> Iterator[int]:
    """Yield the offsets at which a word must be divided."""
    text, start = word[0], word.start()
    if len(set(text)) == 1 and not text[0].isalnum():
        return  # eSpeak says a few of a row of one sign, as a person would
    bound = LONGEST_WORD if _is_pronounced(text.strip(_AROUND)) else LONGEST_MIXED
    while len(text) > bound:
        end = _break_within(text[: bound + 1])
        start, text = start + end, text[end:]
        yield start


def _is_pronounced(word: str) -> bool:
    """Return whether a word is read as a word and not letter by letter."""
    return word.isalpha() and 6 * len(_VOWEL.findall(word)) > len(word)


def _break_within(window: str) -> int:
    """Return where to divide a word: after a sign in its second half, otherwise before a base character."""
    longest = len(window) - 1
    signs = [end for match in re.finditer(r"[^\w\s]", window) if longest // 2 < (end := match.end()) <= longest]
    alone = (end for end in range(longest, longest // 2, -1) if category(window[end])[0] not in "MC")
    return signs[-1] if signs else next(alone, longest)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return the words, as offsets with exclusive ends.

    >>> word_spans("It's 3.5 km."), word_spans("नगर परिषद ने।")
    ([(0, 4), (5, 8), (9, 11)], [(0, 3), (4, 9), (10, 12)])
    """
    return [match.span() for match in _WORD.finditer(text)]


def cut(text: str, longest: int, costs: Sequence[int] | None = None) -> Iterator[tuple[int, str]]:
    """Yield *text* in pieces of at most *longest* characters, each with its offset; nothing between them is lost.

    A piece ends after a sentence if one ends in its second half, otherwise after a clause, otherwise between words;
    only a single longer word is divided. If characters have *costs*, these count instead of their number.

    >>> list(cut("One two. Three four, five.", 12))
    [(0, 'One two. '), (9, 'Three four, '), (21, 'five.')]
    """
    sums = range(len(text) + 1) if costs is None else list(accumulate(costs, initial=0))
    start = 0
    while sums[-1] - sums[start] > longest:
        reach = max(start + 1, bisect_right(sums, sums[start] + longest) - 1)
        end = start + _cut_within(text[start:reach])
        yield start, text[start:end]
        start = end
    if start < len(text) or not text:
        yield start, text[start:]


def _cut_within(window: str) -> int:
    """Return where the first piece of the window ends."""
    for cuts in _CUTS:
        ends = [match.end() for match in cuts.finditer(window) if match.end() > len(window) // 2]
        if ends:
            return ends[-1]
    return len(window)
