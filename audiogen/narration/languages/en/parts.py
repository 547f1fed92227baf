"""What the patterns of English share. All patterns are verbose ones: a space in them is written `[ ]` or `\\s`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.narration.data import load_table, words
from audiogen.narration.late import late

if TYPE_CHECKING:
    import re

#: A number: "12", "1,200", "3.5", and as India groups it "1,50,000".
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d{1,2}(?:,\d\d){1,8},\d{3}(?!\d)|\d+)(?:\.\d+)?"
#: A dash between the ends of a range.
TO = r"\s?(?:-|–|—|--)\s?"

#: After these a sum or quantity may stand before a noun: "a $5 bill".
DETERMINERS = words("a an another this that every each one the its his her their our my")

#: What goes on after an abbreviation: anything but closing marks and the end; its first word if parted.
_FOLLOWING = late(r"[\"')\]]*(?:\s+[\"'(\[]*(?:([^\W\d_][\w']*)(?![\w&])|\S)|[^\s\"')\]])")
_DATA = load_table(__file__, "sentences.toml")
#: Words that open sentences.
STARTERS = words(_DATA["starters"])
#: Words that tell who spoke.
SPEECH_VERBS = words(_DATA["said"])
NEVER_FINAL = words(_DATA["never"])
SOMETIMES_FINAL = words(_DATA["sometimes"])


def stop_after(match: re.Match[str]) -> str:
    """Give back the full stop of an abbreviation that also ended the sentence.

    It did at the text's end, or before a word that opens sentences.
    """
    text, end = match.string, match.end()
    if not text[:end].endswith("."):
        return ""
    following = _FOLLOWING.match(text, end)
    return "." if following is None or following[1] in STARTERS else ""


def word_before(match: re.Match[str]) -> str:
    """The word before the match, without punctuation and in lower case; empty at the start of a sentence."""
    start = match.start()
    text = match.string[max(0, start - 40) : start]
    found = _LAST_WORD.search(text)
    return found[1].lower() if found else ""


def word_after(match: re.Match[str]) -> str:
    """The word after the match, as written; empty if punctuation comes first."""
    found = _NEXT_WORD.match(match.string, match.end())
    return found[1] if found else ""


_LAST_WORD = late(r"([^\W\d_][\w'.&-]*?)[.,:]?[\s\"'(\[]*\Z")
_NEXT_WORD = late(r"[\s-]*([^\W\d_][\w'-]*)")
