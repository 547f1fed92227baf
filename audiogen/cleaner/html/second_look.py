"""Raises the model's probabilities for a page that would be almost empty, by what other extractors found.

The other extractors are the page's JSON-LD and trafilatura. The reader marks on each block the share that they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.lexis import NOTHING, words_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audiogen.model import Article, Block

#: A page with fewer narrated words is cleaned again.
MIN_WORDS = 60
#: An extractor is trusted if it found at least this many words. If nothing at all would be narrated, the smaller number
#: (a paragraph) is enough.
MIN_EXTRACTED, MIN_EXTRACTED_IF_EMPTY = 80, 40
#: On a short page an extractor is trusted from this many words, if they are this share of the words outside links.
MIN_EXTRACTED_OF_SHORT, MIN_SHARE_OF_SHORT = 25, 0.5
#: The extractors, the most reliable first.
EXTRACTORS = ("json_ld", "trafilatura")
#: The share of a block's words from which an extractor has it, and the probability that the block then gets at least.
MIN_CONFIRMED, TRUSTED_CHANCE = 0.8, 0.72
#: Share of a block inside links from which it is a pointer, not prose.
POINTER = 0.5


def trust_extractors(
    article: Article, chances: NDArray[np.float64], enough: float = MIN_EXTRACTED
) -> NDArray[np.float64] | None:
    """Return *chances* with at least `TRUSTED_CHANCE` for the blocks that an extractor kept; None if too few are.

    The first extractor that kept *enough* words is used; on a short page, half of the words outside links are enough.
    The rules still apply to these blocks.
    """
    unlinked = words_of([block for block in article.blocks if (block.evidence or NOTHING).link_density < POINTER])
    enough = min(enough, max(MIN_EXTRACTED_OF_SHORT, MIN_SHARE_OF_SHORT * unlinked))
    for extractor in EXTRACTORS:
        extracted = np.array([_is_extracted(block, extractor) for block in article.blocks], dtype=bool)
        if words_of([block for block, seen in zip(article.blocks, extracted, strict=True) if seen]) >= enough:
            return np.where(extracted, np.maximum(chances, TRUSTED_CHANCE), chances)
    return None


def _is_extracted(block: Block, extractor: str) -> bool:
    """Return whether *extractor* kept a block that is not mostly links."""
    evidence = block.evidence or NOTHING
    return evidence.link_density < POINTER and evidence.marks.get(extractor, 0.0) >= MIN_CONFIRMED
