"""Rules for Roman numerals; the words around them must show that they are numerals."""

from __future__ import annotations

import re

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.en.numbers import cardinal, ordinal
from audiogen.narration.languages.en.parts import word_after, word_before
from audiogen.narration.late import late
from audiogen.narration.patterns import roman_value, search_before
from audiogen.narration.rewriting import WORD, Rule

_DATA = load_table(__file__, "roman.toml")
#: Words before a numeral: "World War II"; those in `SMALL` also in lower case ("type II").
COUNTED = words(_DATA["counted"])
SMALL = words(_DATA["small"])
REGNAL = words(_DATA["regnal"])
GIVEN = words(_DATA["given"])
#: Verbs after which "I" is a pronoun: "the Charles I know".
SAYS_I = words(_DATA["says_i"])
#: Nouns with an ordinal before them: "the XXXIII Olympiad", "XVIII Airborne Corps".
ORDERED = words(_DATA["ordered"])
CROWNS = words(_DATA["crowns"])


#: The word right before, and one before that.
_LAST, _EARLIER = late(r"([^\W\d_][\w'-]*)\.?\Z"), late(r"[^\W\d_][\w'.-]*\Z")
_SUCCESSOR = late(r"(?:II|III|IV|V)\Z")
#: After the number of a part: "IV. The war".
_HEADS = late(r"\.\s[A-Z]")
#: Conjunctions and marks between two numerals.
_LINKS = ("and", "or", "to", ",", "-", "–", "&")
_LINK = r"(?:,?\s(?:and|or|to)|,|\s?[-–&])\s?"
#: A name or a counted word, its numeral, and a conjunction before a second one: "James VI and ".
_FIRST_OF_TWO = late(rf"([A-Z][\w'-]*|parts|chapters|volumes|phases|stages)\s([IVXLC]+){_LINK}\Z")
_SECOND_OF_TWO = late(rf"{_LINK}[IVX]+\b(?!['’])")


def _words_before(match: re.Match[str]) -> list[str]:
    """Return up to three words before the numeral.

    The words are matched one by one, because a pattern of three is slow.
    """
    *parts, rest = match.string[max(0, match.start() - 60) : match.start()].split(" ")
    found = _LAST.search(parts[-1]) if parts and not rest else None
    if found is None:
        return []
    words_found, whole = [found[1]], found.start() == 0
    for part in reversed(parts[-3:-1]):
        earlier = _EARLIER.search(part) if whole else None
        if earlier is None:
            break
        words_found.insert(0, earlier[0])
        whole = earlier.start() == 0
    return words_found


def _second(match: re.Match[str], value: int) -> str | None:
    """Return the second numeral of "James VI and I", "Henry VII and VIII" or "World Wars I and II" in words.

    Otherwise None.
    """
    if not match.string[max(0, match.start() - 5) : match.start()].rstrip().endswith(_LINKS):
        return None
    first = search_before(match, _FIRST_OF_TWO)
    if first is None or not roman_value(first[2]):
        return None
    if _counts(first[1]) or _counts_several(first[1]):
        return cardinal(value)
    alone = match["numeral"] == "I" and (first[1], first[2]) != ("James", "VI")
    return ordinal(value) if first[1] in REGNAL and not alone else None


def _counts_several(word: str) -> bool:
    """Return whether a word is the plural of one that a numeral may follow."""
    return word.endswith("s") and _counts(word[:-1])


def _roman(match: re.Match[str]) -> str | None:
    """Return a Roman numeral as an ordinal or a cardinal; None if its context does not show that it is a numeral."""
    numeral = match["numeral"]
    value = roman_value(numeral)
    if not value:
        return None
    if not match.start() and len(numeral) > 1 and _HEADS.match(match.string, match.end()):
        return cardinal(value)  # the number of a part: "IV. The war"
    second = _second(match, value)
    if second:
        return second
    after = word_after(match)
    if len(numeral) > 1 and after in ORDERED:
        return ordinal(value)
    if numeral == match.string.strip(" .") and len(numeral) > 1 and not numeral.strip("IVX"):
        return cardinal(value)
    before = _words_before(match)
    if not before:
        return None
    *earlier, word = before
    if _counts_several(word) and _SECOND_OF_TWO.match(match.string, match.end()):
        return cardinal(value)
    if _counts(word) and (
        len(numeral) > 1
        or (numeral in "VX" and word.lower() not in _NAMED)
        or (numeral == "I" and not _is_pronoun(match))
    ):
        return cardinal(value)
    if len(numeral) > 1 and not numeral.strip("IVX") and any(letter.isdigit() for letter in word):
        return cardinal(value)
    if numeral.strip("IVX") or (word.isupper() and word.isalpha()) or not word[0].isupper():
        return None
    if word in REGNAL and (len(numeral) > 1 or _is_regnal_numeral(match, earlier[-1] if earlier else "")):
        return f"the {ordinal(value)}"
    if len(numeral) == 1:
        return None
    if not GIVEN.isdisjoint(earlier) and earlier[-1][0].isupper():
        return f"the {ordinal(value)}" if _SUCCESSOR.match(numeral) else None
    return cardinal(value)


#: Nouns with a letter as a name: "Model X", "Series X".
_NAMED = frozenset(["model", "series"])


def _counts(word: str) -> bool:
    """Return whether a numeral may follow a word."""
    return word.lower() in COUNTED and (word[0].isupper() or word in SMALL)


def _is_regnal_numeral(match: re.Match[str], earlier: str) -> bool:
    """Return whether a single letter after a ruler's name is a numeral: "King Charles I", not "the Charles I knew"."""
    after = match.string[match.end() : match.end() + 1]
    if earlier.rstrip(".") in CROWNS or match["numeral"] == "V":
        return True
    if match["numeral"] != "I":
        return False
    return after in ",.;:)'" or (after == " " and not _is_pronoun(match))


def _is_pronoun(match: re.Match[str]) -> bool:
    """Return whether the text after "I" shows that it is the pronoun: "No. I won't", "I'm"."""
    following = match.string[match.end() : match.end() + 3]
    return bool(re.match(r"['’][mdlv]", following)) or word_after(match) in SAYS_I


RULES = (
    Rule(
        "small roman numeral",
        ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"],
        r"[ivx]+(?![\w'-])",
        lambda m: cardinal(roman_value(m[0].upper())) if word_before(m) in COUNTED else None,
    ),
    Rule("roman numeral", [WORD], r"(?P<numeral>[IVXLCDM]+)\b(?!['’-]?\w(?<!'s))(?=(?:'s)?(?![\w'’-]))", _roman),
)
