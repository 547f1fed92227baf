"""Drops the note about the author after the article: a last paragraph that begins with the author's full name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.html.rescue import CORRECTION
from audiogen.cleaner.lexis import fold
from audiogen.cleaner.verdict import Verdict
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page

#: Among how many of the last heard blocks such a paragraph is looked for, and how many must be heard at least.
LAST, LEAST = 3, 6
#: Most other heard blocks that name the author: more do where the article is about him, or speaks with him.
NAMED = 2
#: Probability from which what follows such a paragraph is heard.
SURE = 0.9


def without_biographies(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop a last paragraph that begins with an author's name, and what the model is not sure of behind it."""
    heard = [index for index, verdict in enumerate(verdicts) if verdict is None]
    names = [fold(name) for name in page.article.authors if " " in name.strip()]
    if not names or len(heard) < LEAST:
        return
    begins = next((index for index in heard[-LAST:] if _is_biography(page.blocks[index].text, names)), None)
    if begins is None:
        return
    surnames = {name.split()[-1] for name in names}
    others = sum(not surnames.isdisjoint(fold(page.blocks[p].text).split()) for p in heard if p < begins)
    for index in heard if others <= NAMED else ():
        follows = index > begins and page.chances[index] < SURE and not CORRECTION.match(page.blocks[index].text)
        if index == begins or follows:
            verdicts[index] = Verdict(Reason.BIOGRAPHY, "page.biography")


def _is_biography(text: str, names: Sequence[str]) -> bool:
    """Return whether a text is about the person it begins with; after a colon it would be the person's words."""
    folded = fold(text[:200])
    name = next((name for name in names if folded.startswith(f"{name} ")), "")
    return bool(name) and ":" not in text[: len(name) + 2]
