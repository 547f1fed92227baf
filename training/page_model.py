"""Train the model that tells a page's heard blocks: `python -m training.page_model --hand DIR --bodies DIR... -o FILE`.

A forest of boosted trees judges each block by itself, its markup, its containers and its neighbours. Pages that
occur in two sets are kept together and stand once. Cross-validation is by page; `--folds` writes its predictions, by
page, so that the cleaner can be judged on pages its model has not seen. LightGBM is needed for training only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.contents import contents_places
from audiogen.cleaner.features import Table, measure
from audiogen.errors import AudiogenError
from audiogen.readers.html import read_html
from training.labels import bodies, hand_labelled, label, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audiogen.model import Article

SETTINGS = {
    "objective": "binary", "learning_rate": 0.045, "num_leaves": 31, "min_data_in_leaf": 40, "feature_fraction": 0.2,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbosity": -1, "num_threads": 1, "seed": 7,
    "max_depth": 9,
}  # fmt: skip
ROUNDS = 240
#: Share of the blocks that a quick look says nobody would read which are learned from; each counts for the others too.
EASY = 0.2
FOLDS = 5
#: Labels of single blocks that were read, by page and block.
READ_LABELS = Path(__file__).with_name("read_labels.json")
#: How much more a block counts whose label was read.
READ = 3.0
#: Reasons whose phrases no hand-labelled body ever holds.
NEVER = (
    "caption",
    "credit",
    "related",
    "call_to_action",
    "copyright",
    "byline",
    "comments",
    "advertisement",
    "disclaimer",
)
#: How much more a hand-labelled block counts than one aligned to a body.
HAND = 4.0


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
    hand: bool

    def column(self, name: str) -> np.ndarray:
        """Give a column of the table by its name."""
        return self.table.values[:, self.table.names.index(name)]


def examples(hand: Path, body_sets: Sequence[Path]) -> list[Example]:
    """Read every page once; hand labels go before bodies."""
    seen: set[str] = set()
    out = []
    for page in [*hand_labelled(hand), *(page for root in body_sets for page in bodies(root))]:
        digest = hashlib.sha256(page.document.encode("utf-8", "replace")).hexdigest()
        if digest in seen:
            continue
        seen.add(digest)
        try:
            article = read_html(page.document)
        except AudiogenError:
            continue
        labels, weights, kinds = label(page, [block.text for block in article.blocks])
        scale = (100 / max(30, len(labels))) ** 0.5 * (HAND if page.lines else 1.0)
        table = measure(article)
        example = Example(
            page.name, digest, article, table, np.array(labels), np.array(weights) * scale, kinds, bool(page.lines)
        )
        out.append(example if example.hand else with_hand_policy(with_read_labels(example)))
    return out


def with_hand_policy(page: Example) -> Example:
    """Bring labels that come from a body nearer to the policy of the hand labels.

    Bodies count captions, appeals and pointers to other stories as they happen to be annotated; hand labels never do.
    A list of contents has the words of the headings below it, and so looks like a part of the body.
    """
    get = page.column
    said = np.max([get(f"phrase_{name}") for name in NEVER], axis=0) > 0
    caption = (get("in_figcaption") + get("own_caption")) > 0
    pointer = (get("link_density") > 0.75) & (get("kind_paragraph") > 0)
    contents = np.zeros(len(page.labels), dtype=bool)
    contents[list(contents_places(page.article.blocks))] = True
    wrong = (page.labels > 0.5) & (said | caption | contents)
    page.labels[wrong] = 0.0
    page.weights[wrong] *= 0.5
    page.weights[(page.labels > 0.5) & pointer] = 0.0
    return page


def text_hash(text: str) -> str:
    """Name a block by its words, so that a label outlives a change in the reader."""
    return hashlib.sha256(" ".join(tokens(text)).encode()).hexdigest()[:12]


def with_read_labels(page: Example) -> Example:
    """Lay labels that were read one by one over those that come from a body; the file holds no text.

    "not" is what no narrator reads, "yes" what the body and a narrator have, "add" what only the body lacks.
    """
    read = json.loads(READ_LABELS.read_text()).get(page.digest[:16], {})
    known = {name: kind for kind in ("yes", "not", "add") for name in read.get(kind, ())}
    for place, block in enumerate(page.article.blocks):
        kind = known.get(text_hash(block.text))
        if kind == "not":
            page.labels[place] = 0.0
            page.weights[place] *= READ
        elif kind == "add" or (kind == "yes" and page.labels[place] > 0.5):
            page.labels[place] = 1.0
            page.weights[place] *= READ / 2
    return page


def train(pages: Sequence[Example]) -> lgb.Booster:
    """Train a forest on *pages*."""
    data, labels, weights = [], [], []
    for page in pages:
        keep, weight = thinned(page)
        data.append(page.table.values[keep])
        labels.append(page.labels[keep])
        weights.append(weight[keep])
    names = list(pages[0].table.names)
    whole = lgb.Dataset(
        np.concatenate(data), np.concatenate(labels), weight=np.concatenate(weights), feature_name=names
    )
    return lgb.train(SETTINGS, whole, ROUNDS)


def thinned(page: Example) -> tuple[np.ndarray, np.ndarray]:
    """Choose the blocks to learn from: of short, linked or far-off ones a share, with the weight of all."""
    get = page.column
    easy = (page.labels < 0.5) & (get("in_main_80") == 0) & (get("trafilatura") < 0.5)
    generator = np.random.default_rng(int(page.digest[:8], 16))
    weights = np.where(easy, page.weights / EASY, page.weights)
    return (~easy | (generator.random(len(easy)) < EASY)) & (page.weights > 0), weights


def folds(pages: Sequence[Example]) -> np.ndarray:
    """Deal the pages into folds; a page's fold depends on nothing but its content."""
    return np.array([int(page.digest[:8], 16) % FOLDS for page in pages])


def opinions(pages: Sequence[Example]) -> list[np.ndarray]:
    """Say what a forest thinks of each page when it has not seen it."""
    fold = folds(pages)
    out: list[np.ndarray] = [np.zeros(0)] * len(pages)
    for number in range(FOLDS):
        model = train([page for page, own in zip(pages, fold, strict=True) if own != number])
        for place in map(int, np.flatnonzero(fold == number)):
            out[place] = np.asarray(model.predict(pages[place].table.values))
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
            f"{'hand' if hand else 'bodies'}: {wrong} of {total} wrong, {perfect} of {count} pages without error"
        )
    return "; ".join(parts)


def main() -> None:
    """Train, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hand", type=Path, required=True)
    parser.add_argument("--bodies", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--folds", type=Path)
    arguments = parser.parse_args()
    pages = examples(arguments.hand, arguments.bodies)
    if arguments.folds:
        held = opinions(pages)
        print("cross-validated:", evaluate(pages, held))
        told = {page.digest: [round(float(x), 4) for x in opinion] for page, opinion in zip(pages, held, strict=True)}
        arguments.folds.write_text(json.dumps(told))
    if arguments.output:
        arguments.output.write_text(json.dumps([kept(train(pages))], separators=(",", ":")))


if __name__ == "__main__":
    main()
