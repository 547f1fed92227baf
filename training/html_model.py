"""Train the model of HTML pages: `python -m training.html_model --labelled DIR --news DIR --read DIR... [--write]`.

A forest of boosted trees judges each block by its markup, its containers, its neighbours, and by what its words say,
which is learned first (`training/word_weights.py`). Pages that occur in two sets stand once. Cross-validation is by
publisher; `--folds` writes its predictions, by page, so that the cleaner can be judged on pages its model has not seen.
LightGBM and scikit-learn are needed for training only (`pip install -e '.[training]'`).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.html.features import measure
from audiogen.cleaner.html.features.wording import word_columns
from audiogen.cleaner.lexis import outlet_names
from audiogen.cleaner.models import HTML
from audiogen.cleaner.models.word_weights import log_odds_of_terms, terms
from audiogen.errors import AudiogenError
from audiogen.readers.html import read_html
from training.export import forest_of, measured_digest, provenance, write_model
from training.labels import (
    FOLDS,
    PAGE_SIGNS,
    annotated,
    check_labels,
    fold_of,
    kinds_by_lines,
    kinds_by_name,
    kinds_where_most_stands,
    known_unfound,
    labelled_pages,
    news_pages,
    publisher,
    read_labels,
    read_pages,
    tokens,
    unfound_lines,
    unfound_names,
)
from training.pieces import pieces_pages
from training.word_weights import Wording, around, learned, unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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
#: What is heard, and what is not learned from: rules find the headline, the rest may go either way. The standfirst is
#: learned too, for where the rules miss it. A byline may go either way as well, but nobody misses it.
HEARD = frozenset({"body", "dek"})
FREE = frozenset({"neutral", "title"})
#: Weight of a block of fewer than four words, which is often met twice on a page.
SHORT = 0.3
#: How much a block counts by its corpus: labelled lines and news by their readers, pages read in another policy less,
#: decisive pieces, of which a page has four or five, as much as half a page of lines.
WEIGHTS = {"labelled": 2.0, "news": 2.0, "read": 0.5, "pieces": 0.6}
#: The same beside annotations.
ANNOTATED_WEIGHTS = {"labelled": 4.0, "news": 4.0, "read": 1.0, "pieces": 1.0}


#: The corpora, in the order in which a page that stands in two is taken.
FOLDERS = {
    "labelled": "folders of pages that are labelled line by line",
    "news": "folders of news pages with the lines of their articles",
    "read": "folders of pages whose blocks are labelled in read_labels.json",
    "pieces": "folders of pages of which decisive pieces are known",
}


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
    #: Its corpus: "labelled", "news", "read" or "pieces".
    corpus: str
    #: Of whom no page is judged by what was learned from another.
    fold: int
    #: Words of each block.
    terms: list[set[str]]
    #: Labels and weights as the page's annotation has them.
    second: tuple[np.ndarray, np.ndarray]

    def column(self, name: str) -> np.ndarray:
        """Return a column of the table by its name."""
        return self.table.values[:, self.table.names.index(name)]


@dataclass(frozen=True, slots=True)
class Corpora:
    """The folders that are learned from."""

    labelled: tuple[Path, ...] = ()
    news: tuple[Path, ...] = ()
    read: tuple[Path, ...] = ()
    pieces: tuple[Path, ...] = ()

    def pages(self) -> Iterator[tuple[str, Page, Callable[[Sequence[str]], list[str]]]]:
        """Yield each page with its corpus and what tells the kinds of its blocks, the surest labels first."""
        for root in self.labelled:
            yield from (("labelled", page, partial(kinds_by_lines, page.lines)) for page in labelled_pages(root))
        for root in self.news:
            yield from (("news", page, partial(kinds_where_most_stands, page.lines)) for page in news_pages(root))
        known = read_labels()
        for root in self.read:
            for page in read_pages(root):
                if names := known.get(page.digest[:PAGE_SIGNS]):
                    yield "read", page, partial(kinds_by_name, names)
        for root in self.pieces:
            yield from (("pieces", page, pieces.kinds) for page, pieces in pieces_pages(root))


def examples(corpora: Corpora) -> list[Example]:
    """Read every page once: what stands in two corpora is learned by the surer labels.

    Raises:
        LabelError: a label finds no block.
    """
    seen: set[str] = set()
    known, expected = read_labels(), known_unfound()
    out, unfound = [], {}
    for corpus, page, kinds in corpora.pages():
        if page.digest in seen:
            continue
        seen.add(page.digest)
        names = known.get(page.digest[:PAGE_SIGNS], {}) if corpus == "read" else {}
        try:
            made = example(corpus, page, kinds, names)
        except AudiogenError as error:
            print(f"left out: {page.name}: {error}", file=sys.stderr)
            continue
        out.append(made)
        if corpus in {"labelled", "read"}:
            unfound[page.name] = unfound_of(page, names, made.article, expected.get(page.name, ()))
    check_labels(unfound)
    return out


def unfound_of(page: Page, names: Mapping[str, str], article: Article, expected: Sequence[int]) -> list[object]:
    """List a page's labels that find no block of it, but for the *expected* ones."""
    texts = [block.text for block in article.blocks]
    if not page.lines:
        return [*unfound_names(names, texts)]
    return [number for number in unfound_lines(page.lines, texts) if number not in expected]


def example(
    corpus: str, page: Page, kinds_of: Callable[[Sequence[str]], list[str]], names: Mapping[str, str]
) -> Example:
    """Make a page ready; *names* are the labels of its blocks, for a page that was read."""
    article = read_html(page.document)
    texts = [block.text for block in article.blocks]
    kinds = kinds_of(texts)
    sizes = np.array([1.0 if len(tokens(text)) >= 4 else SHORT for text in texts])
    sizes *= (100 / max(30, len(texts))) ** 0.5
    if corpus == "pieces":
        sizes = np.ones(len(texts))
    weights = sizes * [kind not in FREE for kind in kinds]
    labels = np.array([float(kind in HEARD) for kind in kinds])
    second = (labels, weights * ANNOTATED_WEIGHTS[corpus])
    if names:
        second = (np.array(annotated(names, texts), dtype=float), sizes * ANNOTATED_WEIGHTS[corpus])
    return Example(
        name=page.name,
        digest=page.digest,
        article=article,
        table=measure(article),
        labels=labels,
        weights=weights * WEIGHTS[corpus],
        kinds=kinds,
        corpus=corpus,
        fold=fold_of(publisher(page)),
        terms=[terms(text, outlet_names(article)) for text in texts],
        second=second,
    )


def train(pages: Sequence[Example], rounds: int = ROUNDS) -> tuple[dict[str, float], list[lgb.Booster]]:
    """Learn what words say, and train two forests that err in different places.

    The first learns what readers say of the blocks, and is told what their words say by weights learned from other
    pages; the second learns what annotations say, which are more generous, and knows no words.
    """
    words = [wording_of(page) for page in pages]
    names = list(pages[0].table.names)
    tables = [
        rows(page, log_odds) for page, log_odds in zip(pages, unseen(words, [page.fold for page in pages]), strict=True)
    ]
    first = grown(pages, tables, [(page.labels, page.weights) for page in pages], names, rounds)
    others = wordless(names)
    columns = [names.index(name) for name in others]
    second = grown(
        pages, [page.table.values[:, columns] for page in pages], [page.second for page in pages], others, rounds
    )
    return learned(words), [first, second]


def wordless(names: Sequence[str]) -> list[str]:
    """Return the features that know nothing of words."""
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


def chances(page: Example, log_odds: NDArray[np.float64], forests: Sequence[lgb.Booster]) -> NDArray[np.float64]:
    """Return the mean of what the forests think of a page, as the cleaner does."""
    table, names = rows(page, log_odds), page.table.names
    places = [[names.index(name) for name in forest.feature_name()] for forest in forests]
    return np.asarray(
        np.mean([forest.predict(table[:, columns]) for forest, columns in zip(forests, places, strict=True)], axis=0)
    )


def wording_of(page: Example) -> Wording:
    """Return what words are learned from."""
    return Wording(page.terms, page.labels, around(page.labels, page.weights))


def rows(page: Example, log_odds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the page's table with what its words say put in."""
    values = page.table.values.copy()
    for name, column in word_columns(log_odds).items():
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


def opinions(pages: Sequence[Example], rounds: int = ROUNDS) -> list[np.ndarray]:
    """Say what the forests think of each page when they have seen none of its publisher's."""
    fold = np.array([page.fold for page in pages])
    out: list[np.ndarray] = [np.zeros(0)] * len(pages)
    for number in range(FOLDS):
        if not (fold == number).any():
            continue
        weights, forests = train([page for page, of_page in zip(pages, fold, strict=True) if of_page != number], rounds)
        for place in map(int, np.flatnonzero(fold == number)):
            log_odds = np.array([log_odds_of_terms(found, weights) for found in pages[place].terms])
            out[place] = chances(pages[place], log_odds, forests)
    return out


def evaluate(pages: Sequence[Example], opinions: Sequence[np.ndarray]) -> dict[str, float]:
    """Sum up by corpus how the opinions agree with the labels: blocks that are wrong, and pages without an error."""
    figures: dict[str, float] = {}
    for name in WEIGHTS:
        pairs = zip(pages, opinions, strict=True)
        wrong = [_wrong(page, opinion) for page, opinion in pairs if page.corpus == name]
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
    sure = page.weights > page.weights.max(initial=0) * 0.5
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
        forests=[forest_of(forest, columns) for forest, columns in zip(forests, (names, wordless(names)), strict=True)],
        provenance=provenance([(page.name, input_digest(page)) for page in pages], SETTINGS["seed"], scores),
    )


def input_digest(page: Example) -> str:
    """Name a page and its labels by their content."""
    return hashlib.sha256(f"{page.digest} {' '.join(page.kinds)}".encode()).hexdigest()


def main() -> None:
    """Cross-validate, report, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, folders in FOLDERS.items():
        parser.add_argument(f"--{name}", type=Path, nargs="+", default=(), help=folders, required=name == "labelled")
    parser.add_argument("--write", type=Path, nargs="?", const=HTML, help="train on all pages; keep the model (here)")
    parser.add_argument("--folds", type=Path, help="keep the cross-validated opinions in a file")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="trees of each forest")
    arguments = parser.parse_args()
    pages = examples(Corpora(*(tuple(getattr(arguments, name)) for name in FOLDERS)))
    held = opinions(pages, arguments.rounds)
    scores = evaluate(pages, held)
    print(json.dumps(scores, indent=1))
    if arguments.folds:
        by_digest = {
            page.digest: [round(float(x), 4) for x in opinion] for page, opinion in zip(pages, held, strict=True)
        }
        arguments.folds.write_text(json.dumps(by_digest), encoding="utf-8")
    if arguments.write:
        write(pages, arguments.write, scores, arguments.rounds)


if __name__ == "__main__":
    main()
