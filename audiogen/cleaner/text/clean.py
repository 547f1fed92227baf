"""Cleans a plain-text capture: a trained model rates its lines, and rules with named reasons correct its opinion.

The model (`models/text.json`, made by `python -m training.text_model`) has three forests: the first rates each line,
the second rates it again with the first opinion as a feature, the third finds the headline. The article is the run of
lines with the highest total (`stretch`); phrases, repetition and form exclude other lines inside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.models import TEXT
from audiogen.cleaner.models.model import load
from audiogen.cleaner.models.word_weights import article_log_odds
from audiogen.cleaner.text.context import opinions, stretch
from audiogen.cleaner.text.features import columns, features, take_apart, word_columns, words_of
from audiogen.cleaner.text.rescue import NOTHING_HEARD, note_of, prose_of, trusting
from audiogen.cleaner.text.rules import carry_on, is_sentence, judge, lead_in, refine_title, widen
from audiogen.cleaner.text.second_look import second_look
from audiogen.model import Removed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.models.forest import Forest
    from audiogen.cleaner.text.features import Line
    from audiogen.model import Article


@dataclass(frozen=True, slots=True)
class Opinion:
    """The model's opinion of a capture: a probability for each line."""

    #: Probability that the line is narrated.
    heard: NDArray[np.float64]
    #: Probability that it is the headline.
    title: NDArray[np.float64]


def clean_capture(article: Article) -> Article:
    """Return the capture with its headline and the article's lines; all other lines go into the ledger."""
    if not article.blocks:
        return article
    lines = [take_apart(block, article.language) for block in article.blocks]
    opinion = ask_models(lines, article.language)
    cleaned = decide(article, lines, opinion)
    prose = note_of(lines) or (prose_of(lines) if _words(cleaned) < NOTHING_HEARD else [])
    return decide(article, lines, replace(opinion, heard=trusting(opinion.heard, prose))) if prose else cleaned


def _words(article: Article) -> int:
    return sum(len(words_of(block.text)) for block in article.blocks)


def decide(article: Article, lines: Sequence[Line], opinion: Opinion) -> Article:
    """Return the article with its narrated *lines* and the ledger of the others, by an opinion."""
    heard, span = lead_in(lines, opinion.heard, stretch(opinion.heard, lines), article.language)
    title = refine_title(lines, opinion.title, span[0])
    heard = carry_on(lines, heard, span, article.language)
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
            Removed(block, verdict.reason, verdict.rule, index)
            for index, (block, verdict) in enumerate(zip(article.blocks, verdicts, strict=True))
            if verdict is not None
        ),
    )


def ask_models(lines: Sequence[Line], language: str) -> Opinion:
    """Return the model's opinion of *lines*.

    Raises:
        ModelError: the model was trained on other features than this version measures.
    """
    model = load(TEXT)
    first, second, title = model.forests
    names, rows = with_word_columns(
        *features(lines, language), article_log_odds([line.text for line in lines], model.words)
    )
    heard = _asked(first, names, rows)
    more, seen = columns(second_look(heard, lines, language))
    model.check([*names, *more])
    again = _asked(second, [*names, *more], np.hstack([rows, seen]))
    more, context = columns(opinions(heard, lines))
    return Opinion(mean_opinion(heard, again), _asked(title, [*names, *more], np.hstack([rows, context])))


def with_word_columns(
    names: list[str], rows: NDArray[np.float64], log_odds: NDArray[np.float64]
) -> tuple[list[str], NDArray[np.float64]]:
    """Add the columns of the log-odds by words to the other features."""
    more, seen = columns(word_columns(log_odds))
    return [*names, *more], np.hstack([rows, seen])


def mean_opinion(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of two opinions, in log-odds: outside the training set it errs less than either.

    >>> mean_opinion(np.array([0.5, 0.9]), np.array([0.5, 0.1])).round(2).tolist()
    [0.5, 0.5]
    """
    sure = [np.clip(opinion, 1e-4, 1 - 1e-4) for opinion in (first, second)]
    odds = sum(np.log(opinion / (1 - opinion)) for opinion in sure) / 2
    return np.asarray(1 / (1 + np.exp(-odds)))


def _asked(trees: Forest, names: list[str], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return trees.probability(names, rows.astype(np.float32))
