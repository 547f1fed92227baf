"""The figures of a page's blocks, a row for each block and a name for each column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.lexis import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audiogen.model import Article


@dataclass(slots=True)
class Table:
    """The figures of a page's blocks, a row for each block, with the columns' names."""

    names: tuple[str, ...]
    values: np.ndarray


class Columns:
    """The columns of an article as they are made, in the order of their making."""

    def __init__(self, article: Article, words: Mapping[str, float]) -> None:
        self.article = article
        self.blocks = article.blocks
        self.evidence = [block.evidence or NOTHING for block in article.blocks]
        #: Weights of words.
        self.words = words
        self.names: list[str] = []
        self.columns: list[np.ndarray] = []

    def add(self, name: str, values: Sequence[float] | np.ndarray) -> np.ndarray:
        """Keep a column and give it back as an array."""
        column = np.asarray(values, dtype=np.float32)
        self.names.append(name)
        self.columns.append(column)
        return column

    def get(self, name: str) -> np.ndarray:
        """Return a column by its name."""
        return self.columns[self.names.index(name)]

    def table(self) -> Table:
        """Put the columns together."""
        return Table(tuple(self.names), np.stack(self.columns, axis=1))


def shift(column: np.ndarray, step: int, beyond: float = -1.0) -> np.ndarray:
    """Return the column as the neighbour *step* blocks away has it, *beyond* the page's ends."""
    out = np.full(len(column), beyond, dtype=np.float32)
    if step < 0:
        out[-step:] = column[:step]
    else:
        out[:-step] = column[step:]
    return out


def prose_of(columns: Columns) -> np.ndarray:
    """Say how much prose a block is: its length where it is a sentence outside links, else nothing."""
    length = np.expm1(columns.get("characters"))
    sentence = columns.get("ends_sentence") * (columns.get("link_density") < 0.4) * (length > 70)
    return np.asarray(np.minimum(length, 800) * sentence / 100, dtype=np.float32)
