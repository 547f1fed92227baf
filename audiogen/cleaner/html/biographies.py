"""Drops the note about the author after an article: a last paragraph that begins with the author's full name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.html.rescue import CORRECTION
from audiogen.cleaner.lexis import fold
from audiogen.cleaner.verdict import Verdict
from audiogen.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.cleaner.html.page import Page

#: Number of the last narrated blocks among which the note is searched; fewest narrated blocks of the page.
LAST_BLOCKS, MIN_NARRATED = 3, 6
#: Most other narrated blocks with the author's name. If there are more, the article is about the author.
MAX_MENTIONS = 2
#: Probability from which a block after the note is kept.
SURE = 0.9


def drop_biographies(page: Page, verdicts: list[Verdict | None], doubted: Sequence[int] = ()) -> None:
    """Drop the note about the author, and the blocks after it that the model is not sure of."""
    narrated = [index for index, verdict in enumerate(verdicts) if verdict is None]
    names = [fold(name) for name in page.article.authors if " " in name.strip()]
    if not names or len(narrated) < MIN_NARRATED:
        return
    begins = next((index for index in narrated[-LAST_BLOCKS:] if _is_biography(page.blocks[index].text, names)), None)
    if begins is None:
        return
    surnames = {name.split()[-1] for name in names}
    others = sum(not surnames.isdisjoint(fold(page.blocks[p].text).split()) for p in narrated if p < begins)
    for index in narrated if others <= MAX_MENTIONS else ():
        follows = index > begins and page.chances[index] < SURE and not CORRECTION.match(page.blocks[index].text)
        if index == begins or follows:
            verdicts[index] = Verdict(Reason.BIOGRAPHY, "page.biography")


def _is_biography(text: str, names: Sequence[str]) -> bool:
    """Return whether a text begins with one of *names*, and no colon follows, which would begin the person's words."""
    folded = fold(text[:200])
    name = next((name for name in names if folded.startswith(f"{name} ")), "")
    return bool(name) and ":" not in text[: len(name) + 2]
