"""A page as the rules see it, and what they say of a block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from audiogen.model import Article, Block, Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a block is not heard."""

    reason: Reason
    rule: str


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
    #: Whether the article's text stands after its headline, as it does on all pages but a few.
    titled: bool
    #: Tags around more than half of what is surely heard, "hidden" where all of it is: they mean nothing there.
    around: frozenset[str] = frozenset()
    #: Places of the lists of what the article itself holds.
    contents: frozenset[int] = frozenset()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Give the page's blocks."""
        return self.article.blocks
