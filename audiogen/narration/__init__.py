"""Rewording: an `Article` goes in, a `Script` of utterances, written and spoken, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.model import Article, Script
    from audiogen.narration.script import Narration

__all__ = ["narrate", "normalize"]


def narrate(article: Article, options: Narration | None = None) -> Script:
    """Reword a cleaned article into utterances: title, standfirst, then each block's sentences, in order."""
    from audiogen.narration.script import Narration, script_of

    return script_of(article, options or Narration())


def normalize(text: str, language: str = "en") -> str:
    """Say *text*, written in *language*, in words.

    >>> normalize("The vote was 5-4 on Sept. 6.")
    'The vote was five to four on September sixth.'
    """
    from audiogen.narration.speaking import say

    return say(text, language)
