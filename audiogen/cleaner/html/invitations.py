"""How a line that invites begins, what it asks, and what it aims at: `[vocabulary]` of the phrase files, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from audiogen.cleaner.phrases import all_phrases, make_plain, phrases

#: No invitation shows itself later than this in a line, in characters.
REACH = 400


@dataclass(frozen=True, slots=True)
class Invitations:
    """The patterns of one language, and the English ones after them."""

    #: An imperative to the reader: "check out", "read".
    begins: re.Pattern[str]
    #: A question to the reader that an offer follows: "Ready to …?"
    asks: re.Pattern[str]
    #: What it aims at: "our guide", "this episode", "here".
    aims: re.Pattern[str]
    #: How a word about the outlet's own merits begins: "Why trust".
    trust: re.Pattern[str]


@lru_cache
def invitations(language: str) -> Invitations:
    """Compile the patterns of *language*, "" for any."""
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
    """Fold a line to what the patterns are matched against; its question mark stays."""
    folded = make_plain(text[:REACH]).lower()
    return f"{folded}?" if text[:REACH].rstrip("\"'”’») ").endswith("?") else folded
