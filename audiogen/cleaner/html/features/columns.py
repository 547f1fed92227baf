"""A table of features: a row for each block, a named column for each feature."""

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
    """The features of a page's blocks: column names, and an array with a row for each block."""

    names: tuple[str, ...]
    values: np.ndarray


class Columns:
    """A builder of the feature table of an article: columns are added one by one."""

    def __init__(self, article: Article, words: Mapping[str, float]) -> None:
        self.article = article
        self.blocks = article.blocks
        self.evidence = [block.evidence or NOTHING for block in article.blocks]
        #: Weights of words.
        self.words = words
        self.names: list[str] = []
        self.columns: list[np.ndarray] = []

    def add(self, name: str, values: Sequence[float] | np.ndarray) -> np.ndarray:
        """Append a column of one value for each block; return it as an array of `float32`."""
        column = np.asarray(values, dtype=np.float32)
        self.names.append(name)
        self.columns.append(column)
        return column

    def get(self, name: str) -> np.ndarray:
        """Return the column with the given name."""
        return self.columns[self.names.index(name)]

    def table(self) -> Table:
        """Return the table of all columns added so far."""
        return Table(tuple(self.names), np.stack(self.columns, axis=1))


def shift(column: np.ndarray, step: int, beyond: float = -1.0) -> np.ndarray:
    """Return a column in which each row has the value of the row *step* further down.

    Rows without such a neighbour have the value *beyond*.
    """
    out = np.full(len(column), beyond, dtype=np.float32)
    if step < 0:
        out[-step:] = column[:step]
    else:
        out[:-step] = column[step:]
    return out


def prose_weights(columns: Columns) -> np.ndarray:
    """Return for each block its length in hundreds of characters (at most 8) if it is an unlinked sentence, else 0."""
    length = np.expm1(columns.get("characters"))
    sentence = columns.get("ends_sentence") * (columns.get("link_density") < 0.4) * (length > 70)
    return np.asarray(np.minimum(length, 800) * sentence / 100, dtype=np.float32)
