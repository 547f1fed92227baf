"""Narration: turns an `Article` into a `Script`, a list of utterances with a written and a spoken text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.model import Article, Script
    from audiogen.narration.script import Narration

__all__ = ["narrate", "normalize"]


def narrate(article: Article, options: Narration | None = None) -> Script:
    """Return the script of a cleaned article: utterances for title, standfirst and each sentence of its blocks.

    *options* are pauses, word lists and others; None means the defaults.
    """
    from audiogen.narration.script import Narration, script_of

    return script_of(article, options or Narration())


def normalize(text: str, language: str = "en") -> str:
    """Return *text* with numbers, abbreviations and symbols as words of *language*, a BCP 47 tag.

    >>> normalize("The vote was 5-4 on Sept. 6.")
    'The vote was five to four on September sixth.'
    """
    from audiogen.narration.speaking import say

    return say(text, language)
