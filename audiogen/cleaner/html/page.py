"""A page as the rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.cleaner.lexis import fold
from audiogen.model import BlockKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiogen.model import Article, Block


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the rules see it."""

    article: Article
    #: Each block's probability of being heard, as the model has it.
    chances: NDArray[np.float64]
    #: Places of the headline and the standfirst, -1 for none.
    title: int
    dek: int
    #: Place of the first paragraph that is surely heard.
    first: int
    #: Whether the text follows the headline, as on nearly all pages.
    titled: bool
    #: Tags around more than half of what is surely heard, "hidden" where all of it is: they mean nothing there.
    around: frozenset[str] = frozenset()
    #: Numbers of the elements with more than half of the surely heard text: their names say nothing.
    outer: frozenset[int] = frozenset()
    #: Places of the lists of what the article itself holds.
    contents: frozenset[int] = frozenset()
    #: Indexes of notes: blocks that begin with a mark that a word further up has.
    notes: frozenset[int] = frozenset()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the page's blocks."""
        return self.article.blocks


def title_index(article: Article) -> int:
    """Return the block that is the headline: the heading with its text before the article begins; -1 for none."""
    title = fold(article.title)
    if not title:
        return -1
    found = -1
    for index, block in enumerate(article.blocks):
        if len(block.text) < 500 and block.kind is BlockKind.HEADING and fold(block.text) == title:
            if block.level == 1:
                return index
            found = index if found < 0 else found
    if found >= 0:
        return found
    return next((p for p, b in enumerate(article.blocks) if len(b.text) < 500 and fold(b.text) == title), -1)
