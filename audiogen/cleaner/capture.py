"""What is heard of a plain-text capture: a trained opinion of its lines, bounded by rules that name their reason.

The model (`capture.json`, made by `python -m training.capture`) is asked three times: for its opinion of each line, for
another given that one, and for the headline. The article is the stretch of lines that the opinions hold together; what
the stretch holds besides the article is put aside by phrases, repetition and shape.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner import forest
from audiogen.cleaner.capture_context import opinions, stretch
from audiogen.cleaner.capture_lines import columns, features, look, wording
from audiogen.cleaner.capture_rules import carry_on, is_sentence, judge, refine_title, widen
from audiogen.cleaner.capture_second import second_look
from audiogen.cleaner.wording import leanings, weights
from audiogen.model import Removed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.capture_lines import Line
    from audiogen.model import Article

MODEL = Path(__file__).with_name("capture.json")
#: What words say in captures, which have no house's name and more captions.
WORDS = Path(__file__).with_name("capture_wording.json")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model thinks of a capture, a number for each line."""

    #: Chance that the line is heard.
    heard: NDArray[np.float64]
    #: Chance that it is the headline.
    title: NDArray[np.float64]


def clean_capture(article: Article) -> Article:
    """Find the headline and the article's lines; everything else goes into the ledger."""
    if not article.blocks:
        return article
    lines = [look(block, article.language) for block in article.blocks]
    return decide(article, lines, ask(lines, article.language))


def decide(article: Article, lines: Sequence[Line], opinion: Opinion) -> Article:
    """Turn an opinion of an article's *lines* into what is heard and the ledger."""
    span = stretch(opinion.heard, lines)
    title = refine_title(lines, opinion.title, span[0])
    heard = carry_on(lines, opinion.heard, span, article.language)
    span = widen(lines, heard, span, title)
    dek, verdicts = judge(lines, heard, title, span)
    if all(verdict is not None for verdict in verdicts) and is_sentence(lines[title]):
        verdicts[title], title = None, -1
    return replace(
        article,
        title=lines[title].text if title >= 0 else article.title,
        dek=lines[dek].text if dek >= 0 else article.dek,
        blocks=tuple(block for block, verdict in zip(article.blocks, verdicts, strict=True) if verdict is None),
        removed=tuple(
            Removed(block, verdict.reason, verdict.rule, place)
            for place, (block, verdict) in enumerate(zip(article.blocks, verdicts, strict=True))
            if verdict is not None
        ),
    )


def ask(lines: Sequence[Line], language: str) -> Opinion:
    """Ask the model for its opinion of *lines*."""
    first, second, title = forest.load(MODEL)
    names, rows = told(*features(lines, language), leanings([line.text for line in lines], weights(WORDS)))
    heard = _asked(first, names, rows)
    more, seen = columns(second_look(heard, lines, language))
    again = _asked(second, [*names, *more], np.hstack([rows, seen]))
    more, context = columns(opinions(heard, lines))
    return Opinion(agreed(heard, again), _asked(title, [*names, *more], np.hstack([rows, context])))


def told(
    names: list[str], rows: NDArray[np.float64], said: NDArray[np.float64]
) -> tuple[list[str], NDArray[np.float64]]:
    """Put what the lines' words say beside what is seen of them."""
    more, seen = columns(wording(said))
    return [*names, *more], np.hstack([rows, seen])


def agreed(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the middle of two opinions, in log-odds: on pages not seen it errs less than either.

    >>> agreed(np.array([0.5, 0.9]), np.array([0.5, 0.1])).round(2).tolist()
    [0.5, 0.5]
    """
    sure = [np.clip(opinion, 1e-4, 1 - 1e-4) for opinion in (first, second)]
    odds = sum(np.log(opinion / (1 - opinion)) for opinion in sure) / 2
    return np.asarray(1 / (1 + np.exp(-odds)))


def _asked(trees: forest.Forest, names: list[str], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return trees.probability(names, rows.astype(np.float32))
