"""The features of a page's blocks for the model: text, markup, containers, neighbours, position.

All features are shares, counts or flags. Nothing depends on a site; the word lists are those of `lexis`, `phrases` and
`invitations`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.html.features.columns import Columns, Table
from audiogen.cleaner.html.features.containers import add_containers, add_signatures
from audiogen.cleaner.html.features.markup import add_marks, add_markup
from audiogen.cleaner.html.features.position import add_headings, add_neighbours, add_position
from audiogen.cleaner.html.features.wording import add_phrases, add_text, add_words
from audiogen.cleaner.models import HTML
from audiogen.cleaner.models.model import load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from audiogen.model import Article

#: The functions that add columns, in the order of the columns; later ones read the columns of earlier ones.
STEPS: tuple[Callable[[Columns], None], ...] = (
    add_text, add_marks, add_markup, add_phrases, add_words, add_position, add_containers, add_signatures, add_headings,
    add_neighbours,
)  # fmt: skip


def measure(article: Article, word_weights: Mapping[str, float] | None = None) -> Table:
    """Return the features of every block of *article*.

    By default, *word_weights* are those of the package's model.

    Raises:
        ModelError: the package's model cannot be loaded.
    """
    columns = Columns(article, load(HTML).words if word_weights is None else word_weights)
    for step in STEPS:
        step(columns)
    return columns.table()
