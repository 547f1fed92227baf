"""What is heard of a plain-text capture: a trained opinion of its lines, bounded by rules that name their reason.

The model (`models/text.json`, made by `python -m training.text_model`) is asked three times: for its opinion of each
line, for another given that one, and for the headline. The article is the stretch of lines that the opinions hold
together; what the stretch holds besides the article is put aside by phrases, repetition and shape.
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
    """What the model thinks of a capture, a number for each line."""

    #: Chance that the line is heard.
    heard: NDArray[np.float64]
    #: Chance that it is the headline.
    title: NDArray[np.float64]


def clean_capture(article: Article) -> Article:
    """Find the headline and the article's lines; everything else goes into the ledger."""
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
    """Turn an opinion of an article's *lines* into what is heard and the ledger."""
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
    """Ask the model for its opinion of *lines*.

    Raises:
        ModelError: the model learned from other features than are measured.
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
    """Put what the lines' words say beside what is seen of them."""
    more, seen = columns(word_columns(log_odds))
    return [*names, *more], np.hstack([rows, seen])


def mean_opinion(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the middle of two opinions, in log-odds: on pages not seen it errs less than either.

    >>> mean_opinion(np.array([0.5, 0.9]), np.array([0.5, 0.1])).round(2).tolist()
    [0.5, 0.5]
    """
    sure = [np.clip(opinion, 1e-4, 1 - 1e-4) for opinion in (first, second)]
    odds = sum(np.log(opinion / (1 - opinion)) for opinion in sure) / 2
    return np.asarray(1 / (1 + np.exp(-odds)))


def _asked(trees: Forest, names: list[str], rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return trees.probability(names, rows.astype(np.float32))
