"""Drops bylines that no markup or phrase shows: lines with nothing but the author's name, roles and a place."""

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

#: Most words of a byline, and of the place or role after "By" and the name.
MAX_BYLINE_WORDS, MAX_PLACE_WORDS = 12, 4
#: The end of a sentence, or of a line that introduces speech: no byline has it.
NO_BYLINE_END = re.compile(r"[.!?…:;,\"”»]\Z")


def veto_byline(page: Page, index: int) -> Verdict | None:
    """Return a verdict if a block is only the author's name with roles, or "By" with the name and a place.

    If the line occurs twice, or is right below a quotation, it names a speaker and is kept.
    """
    block = page.blocks[index]
    if (
        block.kind is not BlockKind.PARAGRAPH
        or block.text.count(" ") > 2 * MAX_BYLINE_WORDS
        or NO_BYLINE_END.search(block.text)
    ):
        return None
    words = _words(block.text)
    if not 1 < len(words) <= MAX_BYLINE_WORDS:
        return None
    rest = _without_names(words, [_words(author) for author in page.article.authors])
    if len(rest) == len(words):
        return None
    known = _vocabulary(page.article.language)
    placed = words[0] in known[0] and len(rest) <= MAX_PLACE_WORDS + 1
    if not (placed or all(word in known[1] for word in rest)) or _is_speaker(page, index):
        return None
    return Verdict(Reason.BYLINE, "page.byline")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def _without_names(words: list[str], names: list[list[str]]) -> list[str]:
    """Return the words of a line without the full names of authors."""
    rest = f" {' '.join(words)} "
    for name in names:
        if len(name) > 1:
            rest = rest.replace(f" {' '.join(name)} ", " ")
    return rest.split()


@cache
def _vocabulary(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words before an author's name ("by"), and all words that a byline may have besides the name."""
    known = (phrases(language) if language else all_phrases()).vocabulary
    before = frozenset(word for entry in known.get("by", ()) for word in entry.split())
    beside = (word for key in ("and", "roles") for entry in known.get(key, ()) for word in entry.split())
    return before, before | frozenset(beside)


def _is_speaker(page: Page, index: int) -> bool:
    """Return whether the line names a speaker: it occurs twice in the text, or is right below a quotation."""
    text = page.blocks[index].text
    again = sum(block.text == text for block in page.blocks[page.first :]) > 1
    return again or (index > 0 and page.blocks[index - 1].kind is BlockKind.QUOTE)
