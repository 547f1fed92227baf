"""A second look at a capture of which next to nothing would be heard: where its prose stands, the model's doubt aside.

A model that has seen few pages of a language or a kind may doubt a whole article. Sentences that stand together are no
menu and no listing, so they are heard before the capture is refused as empty.
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

#: Fewer heard words than these are next to nothing: with as few a capture may be refused (`refusals.TEASER_WORDS`).
NOTHING_HEARD = 25
#: A run of lines with more words of prose than these is an article.
PROSE_WORDS = 80
#: Most other lines, as captions and headings, between two paragraphs of one run.
BETWEEN = 4
#: Least share of paragraphs among the lines of such a run: in a listing as many headlines stand beside the teasers.
MOSTLY = 0.5
#: Chance that such prose is given: sure enough to hold the article together.
TRUSTED = 0.9
#: Signs of the small print, whatever language it is in.
_SMALL_PRINT = re.compile(r"©|\bcookies?\b|クッキー", re.IGNORECASE)


def note_of(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the paragraphs of a note: a text in which only the first line may be no sentence.

    Nothing around an article is in it, no menu, label or headline, so it is a text that somebody wrote and not a page
    that somebody saved: there is nothing to leave out.
    """
    if not all(_is_paragraph(line) for line in lines[1:]):
        return []
    return list(range(0 if _is_paragraph(lines[0]) else 1, len(lines)))


def prose_of(lines: Sequence[Line]) -> list[int]:
    """Return the indexes of the paragraphs in the run of lines with the most prose; none if it has too little."""
    best: list[int] = []
    most = PROSE_WORDS
    run: list[int] = []
    total = 0
    for index in (index for index, line in enumerate(lines) if _is_paragraph(line)):
        if run and index - run[-1] > BETWEEN + 1:
            run, total = [], 0
        run.append(index)
        total += len(lines[index].words)
        if total > most and len(run) > MOSTLY * (index - run[0] + 1):
            best, most = run[:], total
    return best


def _is_paragraph(line: Line) -> bool:
    """Return whether a line is a sentence that is no known nuisance; a long one may sound like an appeal."""
    known = line.match is not None or _SMALL_PRINT.search(line.text)
    return not known and (is_prose(line) or line.is_long)


def trusting(chance: NDArray[np.float64], indexes: Sequence[int]) -> NDArray[np.float64]:
    """Return an opinion of lines with the doubt about those in *indexes* set aside."""
    raised = chance.copy()
    raised[list(indexes)] = np.maximum(raised[list(indexes)], TRUSTED)
    return raised
