"""Train the model of HTML pages: `python -m training.html_model --labelled DIR --read DIR... [--write]`.

A forest of boosted trees judges each block by its markup, its containers, its neighbours, and by what its words say,
which is learned first (`training/word_weights.py`). Pages that occur in two sets stand once. Cross-validation is by
page; `--folds` writes its predictions, by page, so that the cleaner can be judged on pages its model has not seen.
LightGBM and scikit-learn are needed for training only (`pip install -e '.[training]'`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.html.features import measure
from audiogen.cleaner.html.features.wording import word_columns
from audiogen.cleaner.lexis import house_names
from audiogen.cleaner.models import HTML
from audiogen.cleaner.models.word_weights import leaning, terms
from audiogen.errors import AudiogenError
from audiogen.readers.html import read_html
from training.export import forest_of, measured_digest, provenance, write_model
from training.labels import (
    PAGE_SIGNS,
    annotated,
    check_labels,
    kinds_by_lines,
    kinds_by_name,
    known_unfound,
    labelled_pages,
    read_labels,
    read_pages,
    tokens,
    unfound_lines,
    unfound_names,
)
from training.word_weights import Wording, around, learned, unseen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.html.features.columns import Table
    from audiogen.model import Article
    from training.labels import Page

    Truth = tuple[np.ndarray, np.ndarray]

SETTINGS: dict[str, Any] = {
    "objective": "binary", "learning_rate": 0.045, "num_leaves": 31, "min_data_in_leaf": 40, "feature_fraction": 0.2,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbosity": -1, "num_threads": 1, "seed": 7,
    "max_depth": 9, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
ROUNDS = 240
#: Share of the blocks that a quick look says nobody would read which are learned from; each counts for the others too.
EASY = 0.2
FOLDS = 5
#: What is heard, and what is not learned from: rules find the headline and the standfirst, the rest may go either way.
#: A byline may go either way too, but nobody misses it.
HEARD = "body"
FREE = frozenset({"neutral", "title", "dek"})
#: Weight of a block of fewer than four words, which is often met twice on a page.
SHORT = 0.3
#: How much more a block of a labelled folder counts, whose policy is the judge's own, than one of a read page.
LABELLED = 2.0
#: The same beside annotations.
LABELLED_ANNOTATED = 4.0


@dataclass(slots=True)
class Example:
    """A page ready to learn from."""

    name: str
    digest: str
    article: Article
    table: Table
    labels: np.ndarray
    weights: np.ndarray
    kinds: list[str]
    #: Whether it comes from a labelled folder.
    hand: bool
    #: Words of each block.
    terms: list[set[str]]
    #: Labels and weights as the page's annotation has them.
    second: tuple[np.ndarray, np.ndarray]

    def column(self, name: str) -> np.ndarray:
        """Give a column of the table by its name."""
        return self.table.values[:, self.table.names.index(name)]


def examples(labelled: Path, read: Sequence[Path]) -> list[Example]:
    """Read every page once; labelled folders go before pages that were read, and pages without labels are left out.

    Raises:
        LabelError: a label finds no block.
    """
    seen: set[str] = set()
    known = read_labels()
    expected = known_unfound()
    out, unfound = [], {}
    for page in [*labelled_pages(labelled), *(page for root in read for page in read_pages(root))]:
        if page.digest in seen or not (page.lines or page.digest[:PAGE_SIGNS] in known):
            continue
        seen.add(page.digest)
        names = known.get(page.digest[:PAGE_SIGNS], {})
        try:
            made = example(page, names)
        except AudiogenError as error:
            print(f"left out: {page.name}: {error}", file=sys.stderr)
            continue
        out.append(made)
        unfound[page.name] = unfound_of(page, names, made.article, expected.get(page.name, ()))
    check_labels(unfound)
    return out


def unfound_of(page: Page, names: Mapping[str, str], article: Article, expected: Sequence[int]) -> list[object]:
    """List a page's labels that find no block of it, but for the *expected* ones."""
    texts = [block.text for block in article.blocks]
    if not page.lines:
        return [*unfound_names(names, texts)]
    return [number for number in unfound_lines(page.lines, texts) if number not in expected]


def example(page: Page, names: Mapping[str, str]) -> Example:
    """Make a page ready, by its lines or by the labels that *names* has of its blocks."""
    article = read_html(page.document)
    texts = [block.text for block in article.blocks]
    kinds = kinds_by_lines(page.lines, texts) if page.lines else kinds_by_name(names, texts)
    sizes = np.array([1.0 if len(tokens(text)) >= 4 else SHORT for text in texts])
    sizes *= (100 / max(30, len(texts))) ** 0.5
    weights = sizes * [kind not in FREE for kind in kinds]
    labels = np.array([float(kind == HEARD) for kind in kinds])
    said = [terms(text, house_names(article)) for text in texts]
    table = measure(article)
    if page.lines:
        second = (labels, weights * LABELLED_ANNOTATED)
        return Example(page.name, page.digest, article, table, labels, weights * LABELLED, kinds, True, said, second)
    second = (np.array(annotated(names, texts), dtype=float), sizes)
    return Example(page.name, page.digest, article, table, labels, weights, kinds, False, said, second)


def train(pages: Sequence[Example], rounds: int = ROUNDS) -> tuple[dict[str, float], list[lgb.Booster]]:
    """Learn what words say, and train two forests that err in different places.

    The first learns what readers say of the blocks, and is told what their words say by weights learned from other
    pages; the second learns what annotations say, which are more generous, and knows no words.
    """
    words = [wording_of(page) for page in pages]
    names = list(pages[0].table.names)
    told = [rows(page, said) for page, said in zip(pages, unseen(words), strict=True)]
    first = grown(pages, told, [(page.labels, page.weights) for page in pages], names, rounds)
    others = wordless(names)
    columns = [names.index(name) for name in others]
    second = grown(
        pages, [page.table.values[:, columns] for page in pages], [page.second for page in pages], others, rounds
    )
    return learned(words), [first, second]


def wordless(names: Sequence[str]) -> list[str]:
    """Give the features that know nothing of words."""
    return [name for name in names if not name.startswith("wording")]


def grown(
    pages: Sequence[Example],
    tables: Sequence[np.ndarray],
    truths: Sequence[Truth],
    names: list[str],
    rounds: int,
) -> lgb.Booster:
    """Train one forest on *tables* of *pages* with their labels and weights."""
    data, labels, weights = [], [], []
    for page, table, truth in zip(pages, tables, truths, strict=True):
        keep, weight = thinned(page, truth)
        data.append(table[keep])
        labels.append(truth[0][keep])
        weights.append(weight[keep])
    whole = lgb.Dataset(
        np.concatenate(data), np.concatenate(labels), weight=np.concatenate(weights), feature_name=names
    )
    return lgb.train(SETTINGS, whole, rounds)


def chances(page: Example, said: NDArray[np.float64], forests: Sequence[lgb.Booster]) -> NDArray[np.float64]:
    """Give the mean of what the forests think of a page, as the cleaner does."""
    table, names = rows(page, said), page.table.names
    places = [[names.index(name) for name in forest.feature_name()] for forest in forests]
    return np.asarray(
        np.mean([forest.predict(table[:, own]) for forest, own in zip(forests, places, strict=True)], axis=0)
    )


def wording_of(page: Example) -> Wording:
    """Give what words are learned from."""
    return Wording(page.terms, page.labels, around(page.labels, page.weights))


def rows(page: Example, said: NDArray[np.float64]) -> NDArray[np.float32]:
    """Give the page's table with what its words say put in."""
    values = page.table.values.copy()
    for name, column in word_columns(said).items():
        values[:, page.table.names.index(name)] = column
    return values


def thinned(page: Example, truth: Truth) -> tuple[np.ndarray, np.ndarray]:
    """Choose the blocks to learn from: of short, linked or far-off ones a share, with the weight of all."""
    get = page.column
    labels, given = truth
    easy = (labels < 0.5) & (get("in_main_80") == 0) & (get("trafilatura") < 0.5)
    generator = np.random.default_rng(int(page.digest[:8], 16))
    weights = np.where(easy, given / EASY, given)
    return (~easy | (generator.random(len(easy)) < EASY)) & (given > 0), weights


def folds(pages: Sequence[Example]) -> np.ndarray:
    """Deal the pages into folds; a page's fold depends on nothing but its content."""
    return np.array([int(page.digest[:8], 16) % FOLDS for page in pages])


def opinions(pages: Sequence[Example], rounds: int = ROUNDS) -> list[np.ndarray]:
    """Say what the forests think of each page when they have not seen it."""
    fold = folds(pages)
    out: list[np.ndarray] = [np.zeros(0)] * len(pages)
    for number in range(FOLDS):
        weights, forests = train([page for page, own in zip(pages, fold, strict=True) if own != number], rounds)
        for place in map(int, np.flatnonzero(fold == number)):
            said = np.array([leaning(found, weights) for found in pages[place].terms])
            out[place] = chances(pages[place], said, forests)
    return out


def evaluate(pages: Sequence[Example], opinions: Sequence[np.ndarray]) -> dict[str, float]:
    """Sum up how the opinions agree with the labels: blocks that are wrong, and pages without an error."""
    figures: dict[str, float] = {}
    for name, hand in (("labelled", True), ("read", False)):
        wrong = [_wrong(page, opinion) for page, opinion in zip(pages, opinions, strict=True) if page.hand is hand]
        if wrong:
            figures |= {
                f"{name} blocks wrong": sum(errors for errors, _ in wrong),
                f"{name} blocks": sum(total for _, total in wrong),
                f"{name} pages without error": sum(errors == 0 for errors, _ in wrong),
                f"{name} pages": len(wrong),
            }
    return figures


def _wrong(page: Example, opinion: np.ndarray) -> tuple[int, int]:
    """Count a page's blocks of four words and more: those judged wrongly, and all."""
    sure = page.weights > page.weights.max() * 0.5
    return int(((opinion > 0.5) != (page.labels > 0.5))[sure].sum()), int(sure.sum())


def write(pages: Sequence[Example], path: Path, scores: Mapping[str, float], rounds: int = ROUNDS) -> None:
    """Train on all *pages* and keep the model, with its *scores* on pages that were held out."""
    words, forests = train(pages, rounds)
    names = list(pages[0].table.names)
    write_model(
        path,
        features=names,
        measured_digest=measured_digest("html"),
        words=words,
        forests=[forest_of(forest, own) for forest, own in zip(forests, (names, wordless(names)), strict=True)],
        provenance=provenance([(page.name, input_digest(page)) for page in pages], SETTINGS["seed"], scores),
    )


def input_digest(page: Example) -> str:
    """Name a page and its labels by their content."""
    return hashlib.sha256(f"{page.digest} {' '.join(page.kinds)}".encode()).hexdigest()


def main() -> None:
    """Cross-validate, report, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--read", type=Path, nargs="*", default=[])
    parser.add_argument("--write", type=Path, nargs="?", const=HTML, help="train on all pages; keep the model (here)")
    parser.add_argument("--folds", type=Path, help="keep the cross-validated opinions in a file")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="trees of each forest")
    arguments = parser.parse_args()
    pages = examples(arguments.labelled, arguments.read)
    held = opinions(pages, arguments.rounds)
    scores = evaluate(pages, held)
    print(json.dumps(scores, indent=1))
    if arguments.folds:
        told = {page.digest: [round(float(x), 4) for x in opinion] for page, opinion in zip(pages, held, strict=True)}
        arguments.folds.write_text(json.dumps(told), encoding="utf-8")
    if arguments.write:
        write(pages, arguments.write, scores, arguments.rounds)


if __name__ == "__main__":
    main()
