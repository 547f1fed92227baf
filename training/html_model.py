"""Train the model that tells what is heard: `python -m training.html_model --labelled DIR --read DIR... -o FILE`.

A forest of boosted trees judges each block by its markup, its containers, its neighbours, and by what its words say,
which is learned first (`training/word_weights.py`). Pages that occur in two sets stand once. Cross-validation is by
page; `--folds` writes its predictions, by page, so that the cleaner can be judged on pages its model has not seen.
LightGBM and scikit-learn are needed for training only.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.html.features import measure
from audiogen.cleaner.html.features.wording import word_columns
from audiogen.cleaner.lexis import house_names
from audiogen.cleaner.models.word_weights import WEIGHTS, leaning, terms
from audiogen.errors import AudiogenError
from audiogen.readers.html import read_html
from training.labels import (
    PAGE_SIGNS,
    annotated,
    kinds_by_lines,
    kinds_by_name,
    labelled_pages,
    read_labels,
    read_pages,
    tokens,
)
from training.word_weights import Wording, around, learned, unseen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.html.features.columns import Table
    from audiogen.model import Article
    from training.labels import Page

    Truth = tuple[np.ndarray, np.ndarray]

SETTINGS = {
    "objective": "binary", "learning_rate": 0.045, "num_leaves": 31, "min_data_in_leaf": 40, "feature_fraction": 0.2,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbosity": -1, "num_threads": 1, "seed": 7,
    "max_depth": 9,
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
    """Read every page once; labelled folders go before pages that were read, and pages without labels are left out."""
    seen: set[str] = set()
    known = read_labels()
    out = []
    for page in [*labelled_pages(labelled), *(page for root in read for page in read_pages(root))]:
        if page.digest in seen or not (page.lines or page.digest[:PAGE_SIGNS] in known):
            continue
        seen.add(page.digest)
        try:
            out.append(example(page, known.get(page.digest[:PAGE_SIGNS], {})))
        except AudiogenError:
            continue
    return out


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


def train(pages: Sequence[Example]) -> tuple[dict[str, float], list[lgb.Booster]]:
    """Learn what words say, and train two forests that err in different places.

    The first learns what readers say of the blocks, and is told what their words say by weights learned from other
    pages; the second learns what annotations say, which are more generous, and knows no words.
    """
    words = [wording_of(page) for page in pages]
    names = list(pages[0].table.names)
    told = [rows(page, said) for page, said in zip(pages, unseen(words), strict=True)]
    first = grown(pages, told, [(page.labels, page.weights) for page in pages], names)
    wordless = [name for name in names if not name.startswith("wording")]
    columns = [names.index(name) for name in wordless]
    second = grown(pages, [page.table.values[:, columns] for page in pages], [page.second for page in pages], wordless)
    return learned(words), [first, second]


def grown(
    pages: Sequence[Example], tables: Sequence[np.ndarray], truths: Sequence[Truth], names: list[str]
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
    return lgb.train(SETTINGS, whole, ROUNDS)


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


def opinions(pages: Sequence[Example]) -> list[np.ndarray]:
    """Say what the forests think of each page when they have not seen it."""
    fold = folds(pages)
    out: list[np.ndarray] = [np.zeros(0)] * len(pages)
    for number in range(FOLDS):
        weights, forests = train([page for page, own in zip(pages, fold, strict=True) if own != number])
        for place in map(int, np.flatnonzero(fold == number)):
            said = np.array([leaning(found, weights) for found in pages[place].terms])
            out[place] = chances(pages[place], said, forests)
    return out


def kept(model: lgb.Booster) -> dict[str, Any]:
    """Write a forest as plain lists."""
    dump = model.dump_model()
    names = dump["feature_names"]
    trees, depth = [], 1
    for tree in dump["tree_info"]:
        nodes: dict[str, list[float]] = {"column": [], "threshold": [], "left": [], "right": [], "value": []}
        depth = max(depth, _lay(tree["tree_structure"], nodes))
        trees.append(nodes)
    used = sorted(
        {
            int(column)
            for tree in trees
            for index, (column, left) in enumerate(zip(tree["column"], tree["left"], strict=True))
            if left != index
        }
    )
    place = {column: index for index, column in enumerate(used)}
    for tree in trees:
        tree["column"] = [place.get(int(column), 0) for column in tree["column"]]
    return {"names": [names[column] for column in used], "depth": depth, "trees": trees}


def _lay(node: dict[str, Any], nodes: dict[str, list[float]]) -> int:
    place = len(nodes["column"])
    for key in nodes:
        nodes[key].append(0)
    if "leaf_value" in node and "split_feature" not in node:
        nodes["value"][place] = round(node["leaf_value"], 5)
        nodes["left"][place] = nodes["right"][place] = place
        return 0
    nodes["column"][place] = node["split_feature"]
    nodes["threshold"][place] = float(f"{node['threshold']:.6g}")
    nodes["left"][place] = len(nodes["column"])
    left = _lay(node["left_child"], nodes)
    nodes["right"][place] = len(nodes["column"])
    return 1 + max(left, _lay(node["right_child"], nodes))


def evaluate(pages: Sequence[Example], opinions: Sequence[np.ndarray]) -> str:
    """Sum up how the opinions agree with the labels."""
    parts = []
    for hand in (True, False):
        wrong, total, perfect, count = 0, 0, 0, 0
        for page, opinion in zip(pages, opinions, strict=True):
            if page.hand is not hand:
                continue
            sure = page.weights > page.weights.max() * 0.5
            errors = int(((opinion > 0.5) != (page.labels > 0.5))[sure].sum())
            wrong, total, perfect, count = wrong + errors, total + int(sure.sum()), perfect + (errors == 0), count + 1
        parts.append(
            f"{'labelled' if hand else 'read'}: {wrong} of {total} wrong, {perfect} of {count} pages without error"
        )
    return "; ".join(parts)


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, required=True)
    parser.add_argument("--read", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--words", type=Path, default=WEIGHTS, help="where the weights of words are written")
    parser.add_argument("--folds", type=Path)
    arguments = parser.parse_args()
    pages = examples(arguments.labelled, arguments.read)
    if arguments.folds:
        held = opinions(pages)
        print("cross-validated:", evaluate(pages, held))
        told = {page.digest: [round(float(x), 4) for x in opinion] for page, opinion in zip(pages, held, strict=True)}
        arguments.folds.write_text(json.dumps(told))
    if arguments.output:
        weights, forests = train(pages)
        arguments.output.write_text(json.dumps([kept(forest) for forest in forests], separators=(",", ":")))
        arguments.words.write_text(json.dumps(weights, separators=(",", ":"), ensure_ascii=False))


if __name__ == "__main__":
    main()
