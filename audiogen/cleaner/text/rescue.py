"""Raises the probabilities of a capture's sentences, if the capture would be almost empty or is only a note.

The model may doubt a whole article in a language or of a kind that was rare in its training. Successive sentences are
no menu and no listing, so they are narrated before the capture is refused as empty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.text.rules import is_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.text.features import Line

#: A capture with fewer narrated words is almost empty, and may be refused (`refusals.MAX_TEASER_WORDS`).
MIN_WORDS = 25
#: Most words of prose in a run of lines that is no article.
MIN_PROSE_WORDS = 80
#: Most other lines, such as captions and headings, between two paragraphs of one run.
MAX_BETWEEN = 4
#: The share of paragraphs in such a run is above this. In a listing, half of the lines are headlines.
MIN_PARAGRAPH_SHARE = 0.5
#: Least probability that such prose gets.
TRUSTED_CHANCE = 0.9
#: Signs of the small print in all languages.
_SMALL_PRINT = re.compile(r"©|\bcookies?\b|クッキー", re.IGNORECASE)


def find_note_paragraphs(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the paragraphs of a note, in which only the first line may be no sentence; or [].

    A text without menus, labels and headlines was written by the user, not saved from a page, so nothing is dropped.
    """
    if not all(_is_paragraph(line) for line in lines[1:]):
        return []
    return list(range(0 if _is_paragraph(lines[0]) else 1, len(lines)))


def prose_of(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the paragraphs in the run of lines with the most prose; [] if it has too little."""
    best: list[int] = []
    most = MIN_PROSE_WORDS
    run: list[int] = []
    total = 0
    for index in (index for index, line in enumerate(lines) if _is_paragraph(line)):
        if run and index - run[-1] > MAX_BETWEEN + 1:
            run, total = [], 0
        run.append(index)
        total += len(lines[index].words)
        if total > most and len(run) > MIN_PARAGRAPH_SHARE * (index - run[0] + 1):
            best, most = run[:], total
    return best


def _is_paragraph(line: Line) -> bool:
    """Return whether a line is a sentence without a phrase; a long one may have hints of an appeal."""
    known = line.match is not None or _SMALL_PRINT.search(line.text)
    return not known and (is_prose(line) or line.is_long)


def raise_chances(chance: NDArray[np.float64], indexes: Sequence[int]) -> NDArray[np.float64]:
    """Return *chance* with at least `TRUSTED_CHANCE` at *indexes*."""
    raised = chance.copy()
    raised[list(indexes)] = np.maximum(raised[list(indexes)], TRUSTED_CHANCE)
    return raised
