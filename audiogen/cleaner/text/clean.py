"""Cleans a plain-text capture: a trained model rates its lines, and rules with named reasons correct the result.

The model (`models/text.json`, made by `python -m training.text_model`) has three forests: the first rates each line,
the second rates it again with features of the first result, the third finds the headline. The article is the run of
lines with the highest total (`find_span`); phrases, repetition and form exclude other lines inside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.models import TEXT
from audiogen.cleaner.models.model import load
from audiogen.cleaner.models.word_weights import article_log_odds
from audiogen.cleaner.text.context import find_span, span_features
from audiogen.cleaner.text.features import columns, features, make_line, word_columns, words_of
from audiogen.cleaner.text.rescue import MIN_WORDS, find_note_paragraphs, prose_of, raise_chances
from audiogen.cleaner.text.rules import extend_span, find_title, is_sentence, judge, raise_following, raise_leading
from audiogen.cleaner.text.second_look import second_features
from audiogen.model import Removed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.models.forest import Forest
    from audiogen.cleaner.text.features import Line
    from audiogen.model import Article


@dataclass(frozen=True, slots=True)
class Opinion:
    """The model's probabilities for the lines of a capture."""

    #: Probability that the line is narrated.
    chances: NDArray[np.float64]
    #: Probability that it is the headline.
    title: NDArray[np.float64]


def clean_capture(article: Article) -> Article:
    """Return the capture with its headline, its standfirst and its narrated lines, and the others in the ledger.

    If almost nothing is left, or the capture is only a note, sentences get higher probabilities (`rescue`).
    """
    if not article.blocks:
        return article
    lines = [make_line(block, article.language) for block in article.blocks]
    opinion = rate_lines(lines, article.language)
    cleaned = decide(article, lines, opinion)
    prose = find_note_paragraphs(lines) or (prose_of(lines) if _count_words(cleaned) < MIN_WORDS else [])
    return decide(article, lines, replace(opinion, chances=raise_chances(opinion.chances, prose))) if prose else cleaned


def _count_words(article: Article) -> int:
    """Return the number of words in the article's blocks."""
    return sum(len(words_of(block.text)) for block in article.blocks)


def decide(article: Article, lines: Sequence[Line], opinion: Opinion) -> Article:
    """Return the article with its narrated *lines*, and the others in the ledger, by the model's probabilities."""
    chances, span = raise_leading(lines, opinion.chances, find_span(opinion.chances, lines), article.language)
    title = find_title(lines, opinion.title, span[0])
    chances = raise_following(lines, chances, span, article.language)
    span = extend_span(lines, chances, span, title)
    dek, verdicts = judge(lines, chances, title, span)
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


def rate_lines(lines: Sequence[Line], language: str) -> Opinion:
    """Return the model's probabilities for *lines*.

    Raises:
        ModelError: the model was trained on other features than this version measures.
    """
    model = load(TEXT)
    first, second, title = model.forests
    names, rows = with_word_columns(
        *features(lines, language), article_log_odds([line.text for line in lines], model.words)
    )
    chances = _evaluate(first, names, rows)
    more, seen = columns(second_features(chances, lines, language))
    model.check([*names, *more])
    again = _evaluate(second, [*names, *more], np.hstack([rows, seen]))
    more, context = columns(span_features(chances, lines))
    return Opinion(mean_chances(chances, again), _evaluate(title, [*names, *more], np.hstack([rows, context])))


def with_word_columns(
    names: list[str], rows: NDArray[np.float64], log_odds: NDArray[np.float64]
) -> tuple[list[str], NDArray[np.float64]]:
    """Return names and rows of the features with the columns of the log-odds by words added."""
    more, seen = columns(word_columns(log_odds))
    return [*names, *more], np.hstack([rows, seen])


def mean_chances(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of two probabilities in log-odds, which has fewer errors on unknown publishers than either.

    >>> mean_chances(np.array([0.5, 0.9]), np.array([0.5, 0.1])).round(2).tolist()
    [0.5, 0.5]
    """
    sure = [np.clip(opinion, 1e-4, 1 - 1e-4) for opinion in (first, second)]
    odds = sum(np.log(opinion / (1 - opinion)) for opinion in sure) / 2
    return np.asarray(1 / (1 + np.exp(-odds)))


def _evaluate(trees: Forest, names: list[str], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each row by one forest."""
    return trees.probability(names, rows.astype(np.float32))
