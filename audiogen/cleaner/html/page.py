"""The data of one page that the rules use."""

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
    """An article with the model's probabilities and the structure that the rules use."""

    article: Article
    #: The model's probability that a block is narrated, for each block.
    chances: NDArray[np.float64]
    #: Indexes of the headline and the standfirst, -1 for none.
    title: int
    dek: int
    #: Index of the first certain paragraph.
    first: int
    #: Whether the text follows the headline, as on nearly all pages.
    titled: bool
    #: Tags around more than half of the certain prose, "hidden" if all of it is hidden: on this page they show nothing.
    around: frozenset[str] = frozenset()
    #: Numbers of the elements with more than half of the certain prose: their names show nothing.
    outer: frozenset[int] = frozenset()
    #: Indexes of the article's tables of contents.
    contents: frozenset[int] = frozenset()
    #: Indexes of notes: blocks that begin with a mark that a word of the text has.
    notes: frozenset[int] = frozenset()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the page's blocks."""
        return self.article.blocks


def title_index(article: Article) -> int:
    """Return the index of the headline in the page's text; -1 if it is not there.

    Preferred are a heading of level 1, then any heading, then any block with the text of the title.
    """
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
