"""Train the model of plain-text captures: `python -m training.text_model --labelled DIR --read DIR... [--write]`.

A labelled folder has hand-labelled captures; pages that were read (`read_labels.json`) are rendered as captures, and
their lines get the labels of their blocks. Everything is cross-validated by site: pages that share their menus are
never on both sides. `--write` trains on all pages and keeps the model.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.models import TEXT
from audiogen.cleaner.models.word_weights import leanings, terms
from audiogen.cleaner.text.clean import mean_opinion, with_word_columns
from audiogen.cleaner.text.context import opinions
from audiogen.cleaner.text.features import columns
from audiogen.cleaner.text.second_look import second_look
from training.export import forest_of, measured_digest, provenance, write_model
from training.text_pages import BODY, FOLDS, FREE, OTHER, TITLE, Page, deal, labelled_captures, rendered_captures
from training.word_weights import Wording, around, learned, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    Rows = Callable[[Page, int], NDArray[np.float64]]

#: How much more a line labelled by hand counts.
GOLD = 16.0
COMMON: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.07, "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1,
    "lambda_l2": 5.0, "max_bin": 63, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip
BODY_TREES = {"num_leaves": 15, "min_data_in_leaf": 20}
TITLE_TREES = {"num_leaves": 7, "min_data_in_leaf": 10}
#: Fold of no page: nothing is held out.
NONE = -1
#: Fewest words of a line whose words are learned from.
LEAST_WORDS = 3
ROUNDS = {"body": 180, "second": 150, "title": 120}


def body_labels(page: Page) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what is heard, and how much each line counts: not at all where nobody knows."""
    label = np.array([kind == BODY for kind in page.kinds], dtype=float)
    weight = np.full(len(label), GOLD if page.gold else 1.0)
    weight[[kind in (FREE, TITLE) for kind in page.kinds]] = 0.0
    return label, weight


def title_labels(page: Page) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give which line is the headline; pages where it was not found do not count."""
    label = np.array([kind == TITLE for kind in page.kinds], dtype=float)
    return label, np.full(len(label), (4.0 if page.gold else 1.0) * bool(label.any()))


def fit(
    pages: Sequence[Page],
    labels: Callable[[Page], tuple[NDArray[np.float64], NDArray[np.float64]]],
    trees: dict[str, int],
    rounds: int,
    rows: Rows,
    fold: int,
) -> lgb.Booster:
    """Train one forest on *pages*, as they are seen while *fold* is held out."""
    given = [labels(page) for page in pages]
    label, weight = (np.concatenate(part) for part in zip(*given, strict=True))
    counts = weight > 0
    table = np.vstack([rows(page, fold) for page in pages])[counts]
    return lgb.train(COMMON | trees, lgb.Dataset(table, label[counts], weight=weight[counts]), rounds)


def say(pages: Sequence[Page]) -> dict[str, float]:
    """Tell each page what its words say by weights that were not learned from it, for each fold that is held out.

    Gives the weights that all pages teach.
    """
    for fold in (*range(FOLDS), NONE):
        taught = [page for page in pages if page.fold != fold]
        for page, said in zip(taught, unseen([wording_of(page) for page in taught]), strict=True):
            page.said[fold] = said
        weights = learned([wording_of(page) for page in taught])
        for page in pages:
            if page.fold == fold:
                page.said[fold] = leanings([line.text for line in page.lines], weights)
    return weights


def wording_of(page: Page) -> Wording:
    """Give what words are learned from, but for the shortest lines."""
    label, weight = body_labels(page)
    enough = np.array([len(line.words) >= LEAST_WORDS for line in page.lines])
    return Wording([terms(line.text) for line in page.lines], label, around(label, weight) & enough)


def body_rows(page: Page, fold: int) -> NDArray[np.float64]:
    return with_word_columns(page.names, page.rows, page.said[fold])[1]


def second_rows(page: Page, fold: int) -> NDArray[np.float64]:
    return np.hstack([body_rows(page, fold), columns(second_look(page.body, page.lines, page.language))[1]])


def title_rows(page: Page, fold: int) -> NDArray[np.float64]:
    return np.hstack([body_rows(page, fold), columns(opinions(page.body, page.lines))[1]])


def train_body(pages: Sequence[Page], fold: int = NONE) -> lgb.Booster:
    return fit(pages, body_labels, BODY_TREES, ROUNDS["body"], body_rows, fold)


def train_second(pages: Sequence[Page], fold: int = NONE) -> lgb.Booster:
    return fit(pages, body_labels, BODY_TREES, ROUNDS["second"], second_rows, fold)


def train_title(pages: Sequence[Page], fold: int = NONE) -> lgb.Booster:
    return fit(pages, title_labels, TITLE_TREES, ROUNDS["title"], title_rows, fold)


def held_out(
    pages: Sequence[Page], train: Callable[[Sequence[Page], int], lgb.Booster], rows: Rows
) -> list[NDArray[np.float64]]:
    """Give the opinion of each page of a model that has not seen its fold."""
    folds = sorted({page.fold for page in pages})
    models = {fold: train([page for page in pages if page.fold != fold], fold) for fold in folds}
    return [np.asarray(models[page.fold].predict(rows(page, page.fold))) for page in pages]


def cross_validate(pages: Sequence[Page]) -> None:
    """Give every page the opinions of models that have not seen its site."""
    for page, opinion in zip(pages, held_out(pages, train_body, body_rows), strict=True):
        page.body = opinion
    for page, opinion in zip(pages, held_out(pages, train_second, second_rows), strict=True):
        page.second = opinion
    for page, opinion in zip(pages, held_out(pages, train_title, title_rows), strict=True):
        page.title = opinion


def report(pages: Sequence[Page]) -> dict[str, float]:
    """Sum up how the cross-validated opinions agree with the labels, on lines of four words and more."""
    figures: dict[str, float] = {}
    for name, gold in (("labelled", True), ("rendered", False)):
        chosen = [page for page in pages if page.gold is gold]
        titled = [page for page in chosen if TITLE in page.kinds]
        wrong = [_wrong(page) for page in chosen]
        if wrong:
            figures |= {
                f"{name} headlines right": sum(page.kinds[int(page.title.argmax())] == TITLE for page in titled),
                f"{name} headlines": len(titled),
                f"{name} lines leaked": sum(leaks for leaks, _ in wrong),
                f"{name} lines lost": sum(lost for _, lost in wrong),
                f"{name} pages without error": wrong.count((0, 0)),
                f"{name} pages": len(wrong),
            }
    return figures


def _wrong(page: Page) -> tuple[int, int]:
    heard = mean_opinion(page.body, page.second) >= 0.5
    told = [
        (kind, is_heard)
        for kind, is_heard, line in zip(page.kinds, heard, page.lines, strict=True)
        if len(line.words) > 3
    ]
    return sum(kind == OTHER and is_heard for kind, is_heard in told), sum(
        kind == BODY and not is_heard for kind, is_heard in told
    )


def main() -> None:
    """Cross-validate, report, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--read", type=Path, nargs="*", default=[])
    parser.add_argument("--write", type=Path, nargs="?", const=TEXT, help="train on all pages; keep the model (here)")
    parser.add_argument("--opinions", type=Path, help="keep the cross-validated opinions in a file")
    args = parser.parse_args()
    pages = labelled_captures(args.labelled) + rendered_captures(args.read)
    deal(pages)
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
    names = with_word_columns(page.names, page.rows, page.said[NONE])[0]
    second = columns(second_look(page.body, page.lines, page.language))[0]
    write_model(
        path,
        features=[*names, *second],
        measured_digest=measured_digest("text"),
        words=words,
        forests=[
            forest_of(train_body(pages), names),
            forest_of(train_second(pages), [*names, *second]),
            forest_of(train_title(pages), [*names, *columns(opinions(page.body, page.lines))[0]]),
        ],
        provenance=provenance([(page.name, input_digest(page)) for page in pages], COMMON["seed"], scores),
    )


def input_digest(page: Page) -> str:
    """Name a capture and its labels by their content."""
    told = [f"{line.text}\t{kind}" for line, kind in zip(page.lines, page.kinds, strict=True)]
    return hashlib.sha256("\n".join(told).encode("utf-8", "replace")).hexdigest()


if __name__ == "__main__":
    main()
