"""A second look at a page of which next to nothing would be heard: the witnesses' opinion before the model's doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.lexis import NOTHING, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audiogen.model import Article, Block

#: Fewer heard words than these are next to nothing: the page is looked at again.
LITTLE = 60
#: So many words that a witness takes for the article are prose: the page is not empty. Where nothing at all would be
#: heard, a paragraph is enough.
ENOUGH, PARAGRAPH = 80, 40
#: The same where the page is short: so many words, if they are so large a share of all that is not in links.
FEW, MOST = 25, 0.5
#: Who is asked, the surest first: the page's own data, then trafilatura.
WITNESSES = ("json_ld", "trafilatura")
#: From what share of a block's words a witness has it, and the probability that it is then given.
WITNESSED, TRUSTED = 0.8, 0.72
#: Share of a block inside links from which it is a pointer, not prose.
POINTER = 0.5


def with_trusted_witnesses(
    article: Article, chances: NDArray[np.float64], enough: float = ENOUGH
) -> NDArray[np.float64] | None:
    """Set the model's doubt aside for the blocks that a witness takes for the article.

    The rules judge them all the same. None if no witness sees *enough* words of them, or most of a short page's.
    """
    unlinked = words_of([block for block in article.blocks if (block.evidence or NOTHING).link_density < POINTER])
    enough = min(enough, max(FEW, MOST * unlinked))
    for witness in WITNESSES:
        witnessed = np.array([_is_witnessed(block, witness) for block in article.blocks], dtype=bool)
        if words_of([block for block, seen in zip(article.blocks, witnessed, strict=True) if seen]) >= enough:
            return np.where(witnessed, np.maximum(chances, TRUSTED), chances)
    return None


def _is_witnessed(block: Block, witness: str) -> bool:
    evidence = block.evidence or NOTHING
    return evidence.link_density < POINTER and evidence.marks.get(witness, 0.0) >= WITNESSED
