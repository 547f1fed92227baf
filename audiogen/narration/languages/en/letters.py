"""Initialisms and acronyms: what is spelled, what is said, what is only loud."""

from __future__ import annotations

import re

from audiogen.narration.data import load_table, words
from audiogen.narration.languages.en.numbers import digits
from audiogen.narration.languages.en.parts import stop_after
from audiogen.narration.rewriting import WORD, Rule

_DATA = load_table(__file__, "initialisms.toml")
SAID = words(_DATA["said"])
SPELLED = words(_DATA["spelled"])
OTHER: dict[str, str] = _DATA["other"]

_VOWELS = "AEIOUY"
#: Consonant pairs a word may begin with.
_ONSETS = words("BL BR CH CL CR DR DW FL FR GL GN GR KN KR PH PL PR QU RH SC SH SK SL SM SN SP SQ ST SW TH TR TW WH WR")
_SYLLABLES = re.compile(r"(?:[BCDFGHJKLMNPQRSTVWXYZ]{0,2}[AEIOUY]{1,2})+[BCDFGHJKLMNPQRSTVWXZ]{0,2}")
_PLAIN_CODA = re.compile(r"(?:[AEIOUY]|[BCDFGKLMNPRSTXZ]|C[KST]|F[FT]|L[DKLMPST]|M[PS]|N[DGKST]|P[ST]|R[CDKLMNPST]|S[HKPST]|T[SHZ])$")


def spell(letters: str) -> str:
    """Part letters so that no voice takes them for a word.

    >>> spell("FBI")
    'F B I'
    """
    return " ".join(letters)


def pronounceable(letters: str) -> bool:
    """Tell whether an unknown acronym of four letters or more reads like an English word.

    >>> [pronounceable(name) for name in ("UNIDO", "HMAS", "GLONASS", "SPDM")]
    [True, False, True, False]
    """
    if len(letters) < 4 or not _SYLLABLES.fullmatch(letters) or not re.search(_PLAIN_CODA, letters):
        return False
    onset = re.match(r"[^AEIOUY]*", letters)[0]  # type: ignore[index]
    return len(onset) < 2 or onset in _ONSETS


def say_initialism(letters: str) -> str:
    """Say a word in capitals: spelled, or as the word it makes."""
    if letters in OTHER:
        return OTHER[letters]
    if letters in SAID:
        return letters
    if letters in SPELLED or not pronounceable(letters):
        return spell(letters)
    return letters


def say_mixed(text: str) -> str:
    """Say one run of letters or digits of an address or a code: digits one by one, letters that make no word spelled.

    >>> say_mixed("abc"), say_mixed("sm"), say_mixed("103"), say_mixed("nvidia"), say_mixed("BBC")
    ('abc', 'S M', 'one zero three', 'nvidia', 'B B C')
    """
    if not text.isalpha():
        return " ".join(digits(part) if part.isdecimal() else say_mixed(part) for part in re.findall(r"\d+|[^\W\d_]+", text))
    if text.isupper():
        return say_initialism(text)
    vowel = re.search("[aeiouyAEIOUY]", text)
    if (len(text) <= 2 and text.lower() not in _SHORT_WORDS or not vowel) and len(text) > 1 and text.upper() not in SAID:
        return spell(text.upper())
    return text


_SHORT_WORDS = words("an as at be by do go he if in is it me my no of on or so to up us we")


def _initialism(match: re.Match[str]) -> str | None:
    letters, ending = match["letters"], match["ending"] or ""
    said = say_initialism(letters)
    if ending == "s" and said.endswith(letters[-1]) and " " in said:
        ending = "'s"
    return said + ending


def _dotted(match: re.Match[str]) -> str:
    letters = match["letters"].replace(".", "").upper()
    return spell(letters) + (match["ending"] or stop_after(match))


RULES = (
    Rule("dotted letters", [WORD], r"(?P<letters>(?:[A-Z]\.){2,}[A-Z]?(?![a-z]))(?P<ending>'s)?", _dotted),
    Rule("initialism", [WORD], r"(?P<letters>[A-Z]{2,})(?P<ending>'s|s'|s)?(?![\w])", _initialism),
)
