"""Patterns of invitations to the reader: how they begin, what they ask and offer.

They are compiled from the table `[vocabulary]` of the phrase files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from audiogen.cleaner.phrases import all_phrases, make_plain, phrases

#: Number of characters from a line's beginning that are searched.
MAX_SEARCHED = 400


@dataclass(frozen=True, slots=True)
class Invitations:
    """Compiled patterns of invitations in one language and in English."""

    #: An imperative to the reader: "check out", "read".
    begins: re.Pattern[str]
    #: A question to the reader that an offer follows: "Ready to …?"
    asks: re.Pattern[str]
    #: What is offered: "our guide", "this episode", "here".
    aims: re.Pattern[str]
    #: The beginning of a text about the outlet's merits: "Why trust".
    trust: re.Pattern[str]


@lru_cache
def invitations(language: str) -> Invitations:
    """Return the patterns of *language*; of all languages if it is ""."""
    words = (phrases(language) if language else all_phrases()).vocabulary
    invite, asks, ours, trust = (
        "|".join(words.get(name, ())) or "(?!)" for name in ("invite", "asks", "ours", "trust")
    )
    return Invitations(
        begins=re.compile(rf"(?:\w+[:,]? ){{0,2}}?(?:{invite})(?!\w)"),
        asks=re.compile(rf"(?:{asks})(?!\w)[^?.]{{0,140}}\?"),
        aims=re.compile(rf"(?<!\w)(?:{ours})(?!\w)"),
        trust=re.compile(rf"(?:{trust})(?!\w)"),
    )


@lru_cache(maxsize=20_000)
def plain_line(text: str) -> str:
    """Return the beginning of a line, normalized for the patterns, with a final question mark if it has one."""
    folded = make_plain(text[:MAX_SEARCHED]).lower()
    return f"{folded}?" if text[:MAX_SEARCHED].rstrip("\"'”’») ").endswith("?") else folded
