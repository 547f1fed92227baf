"""Train the model of plain-text captures: `python -m training.text_model --labelled DIR --read DIR... --news DIR...`.

A labelled folder has hand-labelled captures; pages that were read (`read_labels.json`) are rendered as captures, and
their lines get the labels of their blocks; so are labelled pages, in other ways than that of their captures, and news
pages. Everything is cross-validated by publisher, and what is judged is the whole cleaner: models, rules and refusals.
`--write` trains on all pages and keeps the model.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.models import TEXT
from audiogen.cleaner.models.word_weights import log_odds_of_terms, terms
from audiogen.cleaner.refusals import check
from audiogen.cleaner.text.clean import Opinion, decide, mean_chances, with_word_columns
from audiogen.cleaner.text.context import span_features
from audiogen.cleaner.text.features import columns
from audiogen.cleaner.text.second_look import second_features
from audiogen.errors import NotAnArticleError
from audiogen.model import Article, Block, Reason
from training.export import forest_of, measured_digest, provenance, write_model
from training.labels import FOLDS
from training.text_pages import (
    BODY,
    FREE,
    OTHER,
    TITLE,
    Page,
    labelled_again,
    labelled_captures,
    news_captures,
    rendered_captures,
)
from training.word_weights import Wording, around, learned

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Rows = Callable[[Page], NDArray[np.float64]]

COMMON: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.07, "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1,
    "lambda_l2": 5.0, "max_bin": 63, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip
BODY_TREES = {"num_leaves": 15, "min_data_in_leaf": 20}
TITLE_TREES = {"num_leaves": 7, "min_data_in_leaf": 10}
#: How many lines before the article and after it are all learned from, and the share of those farther off.
NEAR, FAR_SHARE = 25, 0.25
#: Fewest words of a line whose words are learned from.
LEAST_WORDS = 3
ROUNDS = {"body": 180, "second": 150, "title": 120}


def body_labels(page: Page) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what is heard, and how much each line counts: not at all where nobody knows."""
    label = np.array([kind == BODY for kind in page.kinds], dtype=float)
    weight = np.full(len(label), page.weight)
    weight[[kind in (FREE, TITLE) for kind in page.kinds]] = 0.0
    return label, weight


def title_labels(page: Page) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return which line is the headline; pages where it was not found do not count."""
    label = np.array([kind == TITLE for kind in page.kinds], dtype=float)
    return label, np.full(len(label), page.weight**0.5 * bool(label.any()))


def fit(
    pages: Sequence[Page],
    labels: Callable[[Page], tuple[NDArray[np.float64], NDArray[np.float64]]],
    trees: dict[str, int],
    rounds: int,
    rows: Rows,
) -> lgb.Booster:
    """Train one forest on *pages*."""
    tables, given, weights = [], [], []
    for page in pages:
        label, weight = thinned(page, *labels(page))
        counts = weight > 0
        tables.append(rows(page)[counts].astype(np.float32))
        given.append(label[counts])
        weights.append(weight[counts])
    data = lgb.Dataset(np.vstack(tables), np.concatenate(given), weight=np.concatenate(weights))
    return lgb.train(COMMON | trees, data, rounds)


def thinned(
    page: Page, label: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Keep a share of the lines far from the article, with the weight of all: menus and footers have many."""
    article = [place for place, kind in enumerate(page.kinds) if kind in (BODY, TITLE)] or [0]
    index = np.arange(len(label))
    far = (index < article[0] - NEAR) | (index > article[-1] + NEAR)
    kept = ~far | (index % round(1 / FAR_SHARE) == 0)
    return label, np.where(far, weight / FAR_SHARE, weight) * kept


def say(pages: Sequence[Page]) -> dict[str, float]:
    """Tell each page what its words say by weights that were learned from other folds, and give those of all pages.

    A page that is learned from gets such an opinion too, as it will be on pages that are met later.
    """
    words = [wording_of(page) for page in pages]
    for fold in range(FOLDS):
        weights = learned([worded for worded, page in zip(words, pages, strict=True) if page.fold != fold])
        for page, worded in zip(pages, words, strict=True):
            if page.fold == fold:
                page.log_odds = np.array([log_odds_of_terms(found, weights) for found in worded.terms])
    return learned(words)


def wording_of(page: Page) -> Wording:
    """Return what words are learned from, but for the shortest lines."""
    label, weight = body_labels(page)
    enough = np.array([len(line.words) >= LEAST_WORDS for line in page.lines])
    return Wording([terms(line.text) for line in page.lines], label, around(label, weight) & enough)


def body_rows(page: Page) -> NDArray[np.float64]:
    return with_word_columns(page.names, page.rows, page.log_odds)[1]


def second_rows(page: Page) -> NDArray[np.float64]:
    return np.hstack([body_rows(page), columns(second_features(page.body, page.lines, page.language))[1]])


def title_rows(page: Page) -> NDArray[np.float64]:
    return np.hstack([body_rows(page), columns(span_features(page.body, page.lines))[1]])


def train_body(pages: Sequence[Page]) -> lgb.Booster:
    return fit(pages, body_labels, BODY_TREES, ROUNDS["body"], body_rows)


def train_second(pages: Sequence[Page]) -> lgb.Booster:
    return fit(pages, body_labels, BODY_TREES, ROUNDS["second"], second_rows)


def train_title(pages: Sequence[Page]) -> lgb.Booster:
    return fit(pages, title_labels, TITLE_TREES, ROUNDS["title"], title_rows)


def held_out(
    pages: Sequence[Page], train: Callable[[Sequence[Page]], lgb.Booster], rows: Rows
) -> list[NDArray[np.float64]]:
    """Return the opinion of each page of a model that has not seen its fold."""
    folds = sorted({page.fold for page in pages})
    models = {fold: train([page for page in pages if page.fold != fold]) for fold in folds}
    return [np.asarray(models[page.fold].predict(rows(page))) for page in pages]


def cross_validate(pages: Sequence[Page]) -> None:
    """Give every page the opinions of models that have not seen its site."""
    for page, opinion in zip(pages, held_out(pages, train_body, body_rows), strict=True):
        page.body = opinion
    for page, opinion in zip(pages, held_out(pages, train_second, second_rows), strict=True):
        page.second = opinion
    for page, opinion in zip(pages, held_out(pages, train_title, title_rows), strict=True):
        page.title = opinion


def report(pages: Sequence[Page]) -> dict[str, float]:
    """Sum up what the cleaner makes of pages by the cross-validated opinions, on lines of four words and more."""
    figures: dict[str, float] = {}
    for name, gold in (("labelled", True), ("rendered", False)):
        chosen = [page for page in pages if page.gold is gold]
        results = [heard_of(page) for page in chosen]
        if results:
            figures |= {
                f"{name} headlines right": sum(result.title for result in results),
                f"{name} headlines": sum(TITLE in page.kinds for page in chosen),
                f"{name} lines leaked": sum(result.leaked for result in results),
                f"{name} lines lost": sum(result.lost for result in results),
                f"{name} pages refused": sum(result.refused for result in results),
                f"{name} pages without error": sum(result.right for result in results),
                f"{name} pages": len(results),
            }
    return figures


@dataclass(frozen=True, slots=True)
class Result:
    """What the cleaner makes of a capture."""

    #: Lines heard that should not be, and lines not heard that should.
    leaked: int
    lost: int
    refused: bool
    #: Whether the headline is the labelled one.
    title: bool

    @property
    def right(self) -> bool:
        """Return whether all that should be heard is, and nothing else."""
        return not (self.leaked or self.lost or self.refused)


def heard_of(page: Page) -> Result:
    """Let the cleaner decide by the opinions that *page* has, and compare: models, rules and refusals."""
    blocks = tuple(Block(line.text) for line in page.lines)
    article = Article(blocks=blocks, language=page.language, format="text")
    cleaned = decide(article, page.lines, Opinion(mean_chances(page.body, page.second), page.title))
    try:
        check(article, cleaned)
        refused = False
    except NotAnArticleError:
        refused = True
    removed = {entry.position: entry.reason for entry in cleaned.removed}
    outcomes = [
        (kind, not refused and removed.get(place, Reason.TITLE) is Reason.TITLE)
        for place, (kind, line) in enumerate(zip(page.kinds, page.lines, strict=True))
        if len(line.words) > 3
    ]
    titles = {line.text for kind, line in zip(page.kinds, page.lines, strict=True) if kind == TITLE}
    return Result(
        leaked=sum(kind == OTHER and heard for kind, heard in outcomes),
        lost=sum(kind == BODY and not heard for kind, heard in outcomes),
        refused=refused,
        title=cleaned.title in titles,
    )


def main() -> None:
    """Cross-validate, report, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--read", type=Path, nargs="*", default=[])
    parser.add_argument("--news", type=Path, nargs="*", default=[])
    parser.add_argument("--write", type=Path, nargs="?", const=TEXT, help="train on all pages; keep the model (here)")
    parser.add_argument("--opinions", type=Path, help="keep the cross-validated opinions in a file")
    args = parser.parse_args()
    pages = labelled_captures(args.labelled) + rendered_captures(args.read)
    pages += [page for root in args.news for page in news_captures(root)] + labelled_again(args.labelled)
    weights = say(pages)
    cross_validate(pages)
    scores = report(pages)
    print(json.dumps(scores, indent=1))
    if args.opinions:
        args.opinions.write_bytes(pickle.dumps(pages))
    if args.write:
        write(pages, args.write, weights, scores)


def write(
    pages: Sequence[Page],
    path: Path,
    words: Mapping[str, float],
    scores: Mapping[str, float],
) -> None:
    """Train on all pages, the later forests on what the first thought of pages it had not seen, and keep the model."""
    page = pages[0]
    names = with_word_columns(page.names, page.rows, page.log_odds)[0]
    second = columns(second_features(page.body, page.lines, page.language))[0]
    write_model(
        path,
        features=[*names, *second],
        measured_digest=measured_digest("text"),
        words=words,
        forests=[
            forest_of(train_body(pages), names),
            forest_of(train_second(pages), [*names, *second]),
            forest_of(train_title(pages), [*names, *columns(span_features(page.body, page.lines))[0]]),
        ],
        provenance=provenance([(page.name, input_digest(page)) for page in pages], COMMON["seed"], scores),
    )


def input_digest(page: Page) -> str:
    """Name a capture and its labels by their content."""
    lines = [f"{line.text}\t{kind}" for line, kind in zip(page.lines, page.kinds, strict=True)]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()


if __name__ == "__main__":
    main()
