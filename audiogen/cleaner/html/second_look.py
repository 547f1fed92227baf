"""A second look at a page of which next to nothing would be narrated: it trusts the other extractors over the model.

The other extractors are the page's JSON-LD and trafilatura; the reader marks on each block how much of it they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.lexis import NOTHING, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audiogen.model import Article, Block

#: A page with fewer narrated words than this gets a second look.
LITTLE = 60
#: An extractor is trusted if it found at least this many words. If nothing at all would be narrated, the smaller number
#: (a paragraph) is enough.
ENOUGH, PARAGRAPH = 80, 40
#: On a short page an extractor is trusted from this many words, if they are this share of the words outside links.
FEW, MOST = 25, 0.5
#: The extractors, the most reliable first.
EXTRACTORS = ("json_ld", "trafilatura")
#: The share of a block's words from which an extractor has it, and the probability that the block then gets at least.
CONFIRMED, TRUSTED = 0.8, 0.72
#: Share of a block inside links from which it is a pointer, not prose.
POINTER = 0.5


def with_trusted_extractors(
    article: Article, chances: NDArray[np.float64], enough: float = ENOUGH
) -> NDArray[np.float64] | None:
    """Return *chances* with higher ones for the blocks that an extractor took for the article.

    The rules still apply to these blocks. None if no extractor found *enough* words, or most of those of a short page.
    """
    unlinked = words_of([block for block in article.blocks if (block.evidence or NOTHING).link_density < POINTER])
    enough = min(enough, max(FEW, MOST * unlinked))
    for extractor in EXTRACTORS:
        extracted = np.array([_is_extracted(block, extractor) for block in article.blocks], dtype=bool)
        if words_of([block for block, seen in zip(article.blocks, extracted, strict=True) if seen]) >= enough:
            return np.where(extracted, np.maximum(chances, TRUSTED), chances)
    return None


def _is_extracted(block: Block, extractor: str) -> bool:
    evidence = block.evidence or NOTHING
    return evidence.link_density < POINTER and evidence.marks.get(extractor, 0.0) >= CONFIRMED
