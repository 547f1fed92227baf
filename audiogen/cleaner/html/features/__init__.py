"""What is measured of each block for the model: its text, its markup, its containers, its neighbours, its position.

Nothing here knows a site or a language beyond the word lists of `lexis`, `phrases` and `invitations`: all figures are
shares, counts and yes-or-no.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.cleaner.html.features.columns import Columns, Table
from audiogen.cleaner.html.features.containers import containers, signatures
from audiogen.cleaner.html.features.markup import marks, markup
from audiogen.cleaner.html.features.position import headings, neighbours, position
from audiogen.cleaner.html.features.wording import phrases, text, words
from audiogen.cleaner.models import HTML
from audiogen.cleaner.models.model import load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from audiogen.model import Article

#: The subjects in the order of their columns; the later ones look at columns of the earlier.
SUBJECTS: tuple[Callable[[Columns], None], ...] = (
    text, marks, markup, phrases, words, position, containers, signatures, headings, neighbours,
)  # fmt: skip


def measure(article: Article, word_weights: Mapping[str, float] | None = None) -> Table:
    """Measure every block of *article*; *word_weights* are those of the package where they are not given.

    Raises:
        ModelError: the package's model cannot be loaded.
    """
    columns = Columns(article, load(HTML).words if word_weights is None else word_weights)
    for subject in SUBJECTS:
        subject(columns)
    return columns.table()
