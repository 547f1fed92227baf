"""Learn what words say of a block: whether it is an article's, or a caption, promotion, a pointer beside it.

A sparse logistic regression over words and pairs of words; only those are kept that several pages have, so that what is
learned is how outlets speak and not what one of them said.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.models.word_weights import log_odds_of_terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

#: Fewest pages that have a word which is learned from: with fewer, what pages are about is learned with how they speak.
PAGES = 8
#: How freely weights may grow; how much more a block counts that is not heard, of which there are fewer.
FREEDOM, UNHEARD = 2.0, 2.0
#: How many blocks before the article and after it have words to learn from.
BEFORE, AFTER = 6, 10


@dataclass(frozen=True, slots=True)
class Wording:
    """What a page's words teach."""

    #: Words of each block.
    terms: list[set[str]]
    #: 1 where it is heard.
    labels: NDArray[np.float64]
    #: Whether it is learned from.
    near: NDArray[np.bool_]


def around(labels: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Choose the blocks within the article and near it that count: far from it other evidence tells them."""
    heard = np.flatnonzero(labels > 0.5)
    near = np.zeros(len(labels), dtype=bool)
    if len(heard):
        near[max(0, heard[0] - BEFORE) : heard[-1] + AFTER] = True
    return near & (weights > 0)


def learned(pages: Sequence[Wording]) -> dict[str, float]:
    """Learn the weights of words; that of the empty one is what every block has."""
    # Two seconds to load, which who asks for a word's place alone need not wait for.
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    common = Counter(term for page in pages for term in set().union(*_taught(page)))
    column = {term: i for i, term in enumerate(sorted(term for term, count in common.items() if count >= PAGES))}
    if not column:
        return {"": 0.0}
    blocks = [found for page in pages for found in _taught(page)]
    # A set's order changes from run to run, and with it the last bits of what is learned.
    held = [sorted(column[term] for term in found if term in column) for found in blocks]
    # Figures in each row, and where rows begin: the form in which sparse matrices are given.
    figures = np.concatenate([np.full(len(row), len(found) ** -0.5) for row, found in zip(held, blocks, strict=True)])
    starts = np.concatenate([[0], np.cumsum([len(row) for row in held])])
    table = csr_matrix((figures, np.concatenate(held).astype(int), starts), shape=(len(blocks), len(column)))
    labels = np.concatenate([page.labels[page.near] for page in pages])
    model = LogisticRegression(
        C=FREEDOM, l1_ratio=1.0, class_weight={0: UNHEARD, 1: 1.0}, max_iter=200, solver="liblinear", random_state=1
    ).fit(table, labels)
    weights = {term: round(float(model.coef_[0, i]), 3) for term, i in column.items()}
    return {"": round(float(model.intercept_[0]), 3)} | {term: weight for term, weight in weights.items() if weight}


def _taught(page: Wording) -> list[set[str]]:
    return [found for found, near in zip(page.terms, page.near, strict=True) if near]


def unseen(pages: Sequence[Wording], parts: Sequence[int]) -> list[NDArray[np.float64]]:
    """Return the log-odds of each block by weights learned from other *parts*, as for pages outside the training set.

    *parts* names the part of each page; a publisher's pages are in one.
    """
    out = [np.zeros(0)] * len(pages)
    for part in sorted(set(parts)):
        others = [page for page, page_part in zip(pages, parts, strict=True) if page_part != part]
        weights = learned(others or pages)
        for place, page in enumerate(pages):
            if parts[place] == part:
                out[place] = np.array([log_odds_of_terms(found, weights) for found in page.terms])
    return out
