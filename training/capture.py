"""Train the model of plain-text captures: `python -m training.capture DATA [--write] [--opinions FILE]`.

DATA holds hand-labelled captures (`gold/pages/*.txt`, `gold/labels/*.json`, `gold/index.json`) and pages whose article
is known (`extraction/*/ground-truth.json`, `extraction/*/html/*.html.gz`). The latter are rendered as captures and
their lines labelled by alignment with the known article; captions, appeals and links that such annotations include by
accident are taken out by their markup. Everything is cross-validated by page; `--write` trains on all pages and keeps
the model.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import re
import unicodedata
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.capture import MODEL
from audiogen.cleaner.capture_context import opinions
from audiogen.cleaner.capture_lines import Line, columns, features, look
from audiogen.readers.text import read_text
from training.render import RenderedLine, capture_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

BODY, TITLE, FREE, UNSURE, OTHER = "body", "title", "free", "unsure", "other"
#: What each name in a label file means to us.
LABELS = {
    "neutral": FREE, "byline": FREE, "caption": OTHER, "cta": OTHER, "related": OTHER,
    "body": BODY, "dek": BODY, "title": TITLE,
}  # fmt: skip
FOLDS = 5
#: How much more a line labelled by hand counts.
GOLD = 8.0
#: Most lines of a rendered page that are learnt from; the rest of such pages is one long footer.
MOST_LINES = 600
#: Every so many rendered pages one loses its list markers, as browsers that copy without them would have it.
BARE_EVERY = 4
COMMON = {"objective": "binary", "learning_rate": 0.07, "feature_fraction": 0.4, "bagging_fraction": 0.8,
          "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63, "verbose": -1, "num_threads": 2, "seed": 1}  # fmt: skip
BODY_TREES = {"num_leaves": 15, "min_data_in_leaf": 20}
TITLE_TREES = {"num_leaves": 7, "min_data_in_leaf": 10}
ROUNDS = {"body": 180, "title": 120}
_MARKER = re.compile(r"\A(?:[*+o-]|\d+\.) ")


@dataclass
class Page:
    """A capture with its labels, and what was computed of it."""

    name: str
    #: Every line as it stands in the file.
    all: list[str]
    #: The lines that have text, their labels and places in `all`.
    lines: list[Line]
    kinds: list[str]
    places: list[int]
    gold: bool
    fold: int = 0
    names: list[str] = field(default_factory=list)
    rows: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    body: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    title: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def make_page(name: str, lines: Sequence[str], kinds: Sequence[str], *, gold: bool) -> Page:
    """Read *lines* as the reader does, and keep the labels of those that have text."""
    article = read_text("\n".join(["* x", "+ x", *lines]))
    language = article.language or "en"
    blocks = [read_text(f"* x\n{line}").blocks[1:2] for line in lines]
    places = [i for i, found in enumerate(blocks) if found]
    page = Page(
        name, list(lines), [look(blocks[i][0], language) for i in places], [kinds[i] for i in places], places, gold
    )
    page.names, page.rows = features(page.lines, language)
    return page


def gold_pages(root: Path) -> list[Page]:
    """Load the hand-labelled captures."""
    pages = []
    for entry in json.loads((root / "index.json").read_text()):
        name = entry["id"]
        lines = [line for line in (root / "pages" / f"{name}.txt").read_text().split("\n") if line]
        label = json.loads((root / "labels" / f"{name}.json").read_text())
        kinds = [OTHER] * len(lines)
        for key, meaning in LABELS.items():
            for number in _numbers(label.get(key)):
                kinds[number - 1] = meaning
        pages.append(make_page(name, lines, kinds, gold=True))
    return pages


def _numbers(value: Any) -> Iterable[int]:
    """Read "3-5,9" as 3, 4, 5 and 9."""
    for part in value if isinstance(value, list) else filter(None, re.split(r"[,\s]+", value or "")):
        first, _, last = str(part).partition("-")
        yield from range(int(first), int(last or first) + 1)


def rendered_pages(root: Path, hand_labelled: Path) -> list[Page]:
    """Render the pages whose article is known, without those that are labelled by hand."""
    known = {Path(entry["path"]).name.split(".")[0] for entry in json.loads((hand_labelled / "index.json").read_text())}
    pages = []
    for source in sorted(root.glob("*/ground-truth.json")):
        for key, entry in json.loads(source.read_text()).items():
            if key in known:
                continue
            document = gzip.decompress((source.parent / "html" / f"{key}.html.gz").read_bytes())
            rendered = capture_lines(document)[:MOST_LINES]
            kinds = align(
                rendered, entry.get("articleBody") or entry.get("main_content") or "", entry.get("title") or ""
            )
            if kinds:
                bare = zlib.crc32(key.encode()) % BARE_EVERY == 0
                lines = [_MARKER.sub("", line.text) if bare else line.text for line in rendered]
                pages.append(make_page(f"{source.parent.name}/{key}", lines, kinds, gold=False))
    return pages


def align(lines: Sequence[RenderedLine], truth: str, title: str) -> list[str] | None:
    """Label *lines* by the known article; None where too little of it is found in them."""
    cover = _cover(lines, truth)
    sure = [i for i, line in enumerate(lines) if len(_tokens(line.text)) >= 8 and cover[i] >= 0.8]
    if len(sure) < 3:
        return None
    kinds = [OTHER] * len(lines)
    for i in range(max(0, sure[0] - 3), min(len(lines), sure[-1] + 4)):
        if cover[i] >= 0.8:
            kinds[i] = BODY
    found = sum(len(_tokens(line.text)) for line, kind in zip(lines, kinds, strict=True) if kind == BODY)
    if found < 0.75 * len(_tokens(truth)):
        return None
    _mark_title(lines, kinds, _title_place(lines, sure[0], title))
    return _by_markup(lines, kinds)


def _cover(lines: Sequence[RenderedLine], truth: str) -> list[float]:
    """Give the share of each line that the known article holds."""
    known = _shingles(_tokens(truth))
    whole = {" ".join(_tokens(line)) for line in truth.split("\n")}
    flat = f" {' '.join(_tokens(truth))} "
    cover = []
    for line in lines:
        words = _tokens(_MARKER.sub("", line.text))
        mine, key = _shingles(words), " ".join(words)
        held = key in whole or (len(words) > 2 and f" {key} " in flat)
        cover.append(1.0 if words and held else sum(s in known for s in mine) / len(mine) if mine else 0.0)
    return cover


def _title_place(lines: Sequence[RenderedLine], first: int, title: str) -> int | None:
    want = " ".join(_tokens(title))
    places = []
    for i in range(first + 1):
        key = " ".join(_tokens(lines[i].text))
        if key and want and (key == want or (len(key) > 20 and (want.startswith(key) or key in want))):
            places.append(i)
    return places[-1] if places else None


def _mark_title(lines: Sequence[RenderedLine], kinds: list[str], place: int | None) -> None:
    if place is not None:
        kinds[:place] = [FREE if kind == BODY else kind for kind in kinds[:place]]
        kinds[place] = TITLE


def _by_markup(lines: Sequence[RenderedLine], kinds: list[str]) -> list[str]:
    """Take out of the body what its markup calls otherwise, unless much of it would go: then the names mislead."""
    body = [i for i, kind in enumerate(kinds) if kind == BODY]
    for sign in ("caption", "aside"):
        marked = [i for i in body if getattr(lines[i], sign)]
        for i in marked if len(marked) < 0.3 * len(body) else ():
            kinds[i] = OTHER
    for i in body:
        if lines[i].linked > 0.9 and len(lines[i].text.split()) > 3:
            kinds[i] = UNSURE if _MARKER.match(lines[i].text) else OTHER
    return kinds


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def _shingles(words: list[str], size: int = 4) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def body_labels(page: Page) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what is heard, and how much each line counts: not at all where nobody knows."""
    label = np.array([kind == BODY for kind in page.kinds], dtype=float)
    weight = np.full(len(label), GOLD if page.gold else 1.0)
    for i, (line, kind) in enumerate(zip(page.lines, page.kinds, strict=True)):
        doubtful = not page.gold and kind == BODY and line.match is not None and len(line.words) > 3
        if kind in (FREE, TITLE, UNSURE) or doubtful:
            weight[i] = 0.0
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
    rows: Callable[[Page], NDArray[np.float64]],
) -> lgb.Booster:
    """Train one forest on *pages*."""
    given = [labels(page) for page in pages]
    label, weight = (np.concatenate(part) for part in zip(*given, strict=True))
    counts = weight > 0
    table = np.vstack([rows(page) for page in pages])[counts]
    return lgb.train(COMMON | trees, lgb.Dataset(table, label[counts], weight=weight[counts]), rounds)


def body_rows(page: Page) -> NDArray[np.float64]:
    return page.rows


def title_rows(page: Page) -> NDArray[np.float64]:
    return np.hstack([page.rows, columns(opinions(page.body, page.lines))[1]])


def train_body(pages: Sequence[Page]) -> lgb.Booster:
    return fit(pages, body_labels, BODY_TREES, ROUNDS["body"], body_rows)


def train_title(pages: Sequence[Page]) -> lgb.Booster:
    return fit(pages, title_labels, TITLE_TREES, ROUNDS["title"], title_rows)


def cross_validate(pages: list[Page]) -> None:
    """Give every page the opinion of a model that has not seen it."""
    for number, index in enumerate(np.random.RandomState(0).permutation(len(pages))):
        pages[index].fold = number % FOLDS
    for fold in range(FOLDS):
        model = train_body([page for page in pages if page.fold != fold])
        for page in pages:
            if page.fold == fold:
                page.body = np.asarray(model.predict(body_rows(page)))
    for fold in range(FOLDS):
        model = train_title([page for page in pages if page.fold != fold])
        for page in pages:
            if page.fold == fold:
                page.title = np.asarray(model.predict(title_rows(page)))


def exported(model: lgb.Booster, names: Sequence[str]) -> dict[str, Any]:
    """Turn a trained forest into what `audiogen.cleaner.forest` reads."""
    trees = [_tree(info["tree_structure"]) for info in model.dump_model()["tree_info"]]
    used = sorted({column for tree in trees for column, left, i in _nodes(tree) if left != i})
    for tree in trees:
        tree["column"] = [used.index(column) if left != i else 0 for column, left, i in _nodes(tree)]
    return {"names": [names[column] for column in used], "trees": trees, "depth": max(map(_depth, trees))}


def _nodes(tree: dict[str, list[Any]]) -> Iterable[tuple[int, int, int]]:
    return [(column, left, i) for i, (column, left) in enumerate(zip(tree["column"], tree["left"], strict=True))]


def _tree(root: dict[str, Any]) -> dict[str, list[Any]]:
    tree: dict[str, list[Any]] = {key: [] for key in ("column", "threshold", "left", "right", "value")}

    def add(node: dict[str, Any]) -> int:
        place = len(tree["value"])
        for values in tree.values():
            values.append(0)
        if "leaf_value" in node:
            tree["left"][place] = tree["right"][place] = place
            tree["value"][place] = round(node["leaf_value"], 4)
        else:
            tree["column"][place] = node["split_feature"]
            tree["threshold"][place] = float(f"{node['threshold']:.6g}")
            tree["left"][place] = add(node["left_child"])
            tree["right"][place] = add(node["right_child"])
        return place

    add(root)
    return tree


def _depth(tree: dict[str, list[Any]]) -> int:
    depth = {0: 0}
    for i, (left, right) in enumerate(zip(tree["left"], tree["right"], strict=True)):
        if left != i:
            depth[left] = depth[right] = depth[i] + 1
    return max(depth.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="train on all pages and keep the model")
    parser.add_argument("--opinions", type=Path, help="keep the cross-validated opinions in a file")
    args = parser.parse_args()
    pages = gold_pages(args.data / "gold") + rendered_pages(args.data / "extraction", args.data / "gold")
    cross_validate(pages)
    for gold in (True, False):
        titled = [page for page in pages if page.gold is gold and TITLE in page.kinds]
        right = sum(page.kinds[int(page.title.argmax())] == TITLE for page in titled)
        print(f"{'labelled by hand' if gold else 'rendered'}: {right} of {len(titled)} headlines")
    if args.opinions:
        args.opinions.write_bytes(pickle.dumps(pages))
    if args.write:
        more = columns(opinions(pages[0].body, pages[0].lines))[0]
        forests = [exported(train_body(pages), pages[0].names), exported(train_title(pages), [*pages[0].names, *more])]
        MODEL.write_text(json.dumps(forests, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
