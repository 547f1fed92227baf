"""A line that names who wrote the article and says nothing else, wherever it stands and whatever it is called."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import WORD
from audiogen.cleaner.phrases import all_phrases, phrases
from audiogen.cleaner.verdict import Verdict
from audiogen.model import BlockKind, Reason

if TYPE_CHECKING:
    from audiogen.cleaner.html.page import Page

#: Longest byline, in words, and most words of a place or a role behind "By" and the name.
BYLINE_WORDS, PLACE_WORDS = 12, 4
#: How a line ends that is no byline: as a sentence, or as what somebody is about to say.
SAID = re.compile(r"[.!?…:;,\"”»]\Z")


def is_byline(page: Page, index: int) -> Verdict | None:
    """Drop a line of the author's name: alone, with the words of bylines and roles, or "By", the name and a place.

    A name that stands there twice is a speaker's, and one right under a quotation is of who is quoted.
    """
    block = page.blocks[index]
    if block.kind is not BlockKind.PARAGRAPH or block.text.count(" ") > 2 * BYLINE_WORDS or SAID.search(block.text):
        return None
    words = _words(block.text)
    if not 1 < len(words) <= BYLINE_WORDS:
        return None
    rest = _without_names(words, [_words(author) for author in page.article.authors])
    if len(rest) == len(words):
        return None
    known = _vocabulary(page.article.language)
    placed = words[0] in known[0] and len(rest) <= PLACE_WORDS + 1
    if not (placed or all(word in known[1] for word in rest)) or _is_speaker(page, index):
        return None
    return Verdict(Reason.BYLINE, "page.byline")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def _without_names(words: list[str], names: list[list[str]]) -> list[str]:
    """Return what is left of a line without the full names of authors."""
    rest = f" {' '.join(words)} "
    for name in names:
        if len(name) > 1:
            rest = rest.replace(f" {' '.join(name)} ", " ")
    return rest.split()


@cache
def _vocabulary(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that stand before an author's name, and all that may stand beside it."""
    known = (phrases(language) if language else all_phrases()).vocabulary
    before = frozenset(word for entry in known.get("by", ()) for word in entry.split())
    beside = (word for key in ("and", "roles") for entry in known.get(key, ()) for word in entry.split())
    return before, before | frozenset(beside)


def _is_speaker(page: Page, index: int) -> bool:
    text = page.blocks[index].text
    again = sum(block.text == text for block in page.blocks[page.first :]) > 1
    return again or (index > 0 and page.blocks[index - 1].kind is BlockKind.QUOTE)
