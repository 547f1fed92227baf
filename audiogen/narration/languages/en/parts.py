"""What the patterns of English share. All patterns are verbose ones: a space in them is written `[ ]` or `\\s`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A number: "12", "1,200", "3.5".
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?"
#: Not inside a longer number or word.
END = r"(?![\w])(?![.,:/]\d)"
#: A dash between the ends of a range.
TO = r"\s?(?:-|–|—|--)\s?"
#: A space that a line or a page may have widened or dropped.
GAP = r"[ ]?"

#: Behind these a sum or quantity may stand before a noun: "a $5 bill".
DETERMINERS = frozenset("a an another this that every each one the its his her their our my".split())

_SENTENCE_GOES_ON = re.compile(r"[\s\"')\]]*\S")
_SENTENCE_STARTS = re.compile(
    r"[\"')\]]*\s+[\"'(\[]*(?:The|He|She|It|They|We|You|This|That|These|Those|But|And|In|On|At|His|Her|Its|Their|Our|My|"
    r"As|If|When|While|After|Before|There|Then|So|For|With|By|From|An|Now|Yet|Nor|What|Who|Why|How|Where|Some|Many|Most|"
    r"All|Both|Each|Not|Only|Even|Still|Since|Last|More|No|One|Two|Such|Also|However|Although|Though|Because|According|"
    r"Meanwhile|Instead|Later|Today|Officials|Police|Experts|Critics|Analysts)\b"
)


def choice(words: Iterable[str]) -> str:
    """Make an alternation of literal *words*, the longest first, for a verbose pattern."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def stop_after(match: re.Match[str]) -> str:
    """Give back the full stop of an abbreviation that also ended the sentence: at the text's end, or before a word that opens one."""
    text, end = match.string, match.end()
    if not text[:end].endswith("."):
        return ""
    return "" if _SENTENCE_GOES_ON.match(text, end) and not _SENTENCE_STARTS.match(text, end) else "."


def word_before(match: re.Match[str]) -> str:
    """The word before the match, without punctuation and in lower case; empty at the start of a sentence."""
    start = match.start()
    text = match.string[max(0, start - 40) : start]
    found = _LAST_WORD.search(text)
    return found[1].lower() if found else ""


def word_after(match: re.Match[str]) -> str:
    """The word behind the match, as written; empty where punctuation comes first."""
    found = _NEXT_WORD.match(match.string, match.end())
    return found[1] if found else ""


_LAST_WORD = re.compile(r"([^\W\d_][\w'.&-]*?)[.,:]?[\s\"'(\[]*\Z")
_NEXT_WORD = re.compile(r"[\s-]*([^\W\d_][\w'-]*)")
