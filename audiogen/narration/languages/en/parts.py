r"""Patterns and helper functions that the rules of English share.

All patterns are verbose regular expressions: a space in them is written `[ ]` or `\\s`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words
from audiogen.narration.late import late

if TYPE_CHECKING:
    import re

#: A number: "12", "1,200", "3.5", and in Indian grouping "1,50,000". Python reads no number of more than 4,300 digits.
NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,300}(?!\d)|\d{1,2}(?:,\d\d){1,8},\d{3}(?!\d)|(?!\d{1001})\d+)(?:\.\d+)?"
#: A dash between the ends of a range.
TO = r"\s?(?:-|–|—|--)\s?"

#: Words before a sum or quantity that precedes a noun: "a $5 bill".
DETERMINERS = words("a an another this that every each one the its his her their our my")

#: The text after an abbreviation, without closing marks; group 1 is its first word if a space comes before it.
_FOLLOWING = late(r"[\"')\]]*(?:\s+[\"'(\[]*(?:([^\W\d_][\w']*)(?![\w&])|\S)|[^\s\"')\]])")
_DATA = load_table(__file__, "sentences.toml")
#: Words that begin sentences.
STARTERS = words(_DATA["starters"])
#: Verbs of speech that follow a quotation.
SPEECH_VERBS = words(_DATA["said"])
NEVER_FINAL = words(_DATA["never"])
SOMETIMES_FINAL = words(_DATA["sometimes"])


def stop_after(match: re.Match[str]) -> str:
    """Return "." if the abbreviation's full stop also ends the sentence; otherwise "".

    It does so at the end of the text and before a word that begins sentences.
    """
    text, end = match.string, match.end()
    if not text[:end].endswith("."):
        return ""
    following = _FOLLOWING.match(text, end)
    return "." if following is None or following[1] in STARTERS else ""


def word_before(match: re.Match[str]) -> str:
    """Return the word before the match, without punctuation and in lower case; "" at the start of a sentence."""
    start = match.start()
    text = match.string[max(0, start - 40) : start]
    found = _LAST_WORD.search(text)
    return found[1].lower() if found else ""


def word_after(match: re.Match[str]) -> str:
    """Return the word after the match, as written; "" if punctuation comes first."""
    found = _NEXT_WORD.match(match.string, match.end())
    return found[1] if found else ""


_LAST_WORD = late(r"([^\W\d_][\w'.&-]*?)[.,:]?[\s\"'(\[]*\Z")
_NEXT_WORD = late(r"[\s-]*([^\W\d_][\w'-]*)")
