"""Train the model of plain-text captures: `python -m training.capture DATA [--write] [--opinions FILE]`.

DATA holds hand-labelled captures (`gold/pages/*.txt`, `gold/labels/*.json`, `gold/index.json`) and pages whose article
is known (`extraction/*/ground-truth.json`, `extraction/*/html/*.html.gz`). The latter are rendered as captures and
their lines labelled by alignment with the known article; captions, appeals and links that such annotations include by
accident are taken out by their markup and by the labels that were read (`read_labels.json`); with `--held FILE`, what
the model of HTML pages thinks of pages it has not seen (`python -m training.page_model --folds FILE`), lines of which
it thinks otherwise than the annotation count for nothing. Everything is cross-validated by site: pages that share
their menus are never on both sides. `--write` trains on all pages and keeps the model.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import pickle
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

from audiogen.cleaner.capture import MODEL, agreed
from audiogen.cleaner.capture_context import opinions
from audiogen.cleaner.capture_lines import Line, columns, features, look
from audiogen.cleaner.capture_second import second_look
from audiogen.errors import AudiogenError
from audiogen.readers.html import read_html
from audiogen.readers.text import read_text
from training.capture_labels import BODY, FREE, MARKER, OTHER, TITLE, UNSURE, align, doubted, kinds_of
from training.labels import decode, tokens
from training.page_model import READ_LABELS, text_hash
from training.render import STYLES, RenderedLine, Style, capture_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

FOLDS = 5
#: How much more a line labelled by hand counts.
GOLD = 16.0
#: Most lines of a rendered page that are learnt from; the rest of such pages is one long footer.
MOST_LINES = 600
#: Fewest and most lines of the article that a shortened page keeps, and how much its lines count.
SHORT, SHORT_COUNTS = (4, 12), 0.5
#: How many lines two pages share that have one site, and on how many pages such a line stands at most.
SAME_SITE, SITE_PAGES = 15, 12
COMMON = {"objective": "binary", "learning_rate": 0.07, "feature_fraction": 0.4, "bagging_fraction": 0.8,
          "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63, "verbose": -1, "num_threads": 1, "seed": 1}  # fmt: skip
BODY_TREES = {"num_leaves": 15, "min_data_in_leaf": 20}
TITLE_TREES = {"num_leaves": 7, "min_data_in_leaf": 10}
ROUNDS = {"body": 180, "second": 150, "title": 120}


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
    language: str = "en"
    #: The page of which this one is a shortened copy.
    origin: str = ""
    fold: int = 0
    names: list[str] = field(default_factory=list)
    rows: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    body: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    second: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    title: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))


def make_page(name: str, lines: Sequence[str], kinds: Sequence[str], *, gold: bool) -> Page:
    """Read *lines* as the reader does, and keep the labels of those that have text."""
    article = read_text("\n".join(["* x", "+ x", *lines]))
    language = article.language or "en"
    blocks = [read_text(f"* x\n{line}").blocks[1:2] for line in lines]
    places = [i for i, found in enumerate(blocks) if found]
    seen = [look(blocks[i][0], language) for i in places]
    page = Page(name, list(lines), seen, [kinds[i] for i in places], places, gold, language)
    page.names, page.rows = features(page.lines, language)
    return page


def gold_pages(root: Path) -> list[Page]:
    """Load the hand-labelled captures."""
    pages = []
    for entry in json.loads((root / "index.json").read_text()):
        name = entry["id"]
        lines = [line for line in (root / "pages" / f"{name}.txt").read_text().split("\n") if line]
        label = json.loads((root / "labels" / f"{name}.json").read_text())
        pages.append(make_page(name, lines, kinds_of(label, len(lines)), gold=True))
    return pages


def rendered_pages(root: Path, hand_labelled: Path, held: dict[str, list[float]]) -> list[Page]:
    """Render the pages whose article is known, without those that are labelled by hand.

    *held* has the HTML model's opinions by page, which are laid over the annotations.
    """
    known = {Path(entry["path"]).name.split(".")[0] for entry in json.loads((hand_labelled / "index.json").read_text())}
    read = json.loads(READ_LABELS.read_text())
    pages = []
    for source in sorted(root.glob("*/ground-truth.json")):
        for key, entry in json.loads(source.read_text()).items():
            if key in known:
                continue
            data = gzip.decompress((source.parent / "html" / f"{key}.html.gz").read_bytes())
            lines = capture_lines(data, style_of(key))[:MOST_LINES]
            kinds = align(lines, entry.get("articleBody") or entry.get("main_content") or "", entry.get("title") or "")
            if kinds:
                document = decode(data)
                digest = hashlib.sha256(document.encode("utf-8", "replace")).hexdigest()
                kinds = overruled(lines, kinds, set(read.get(digest[:16], {}).get("not", ())))
                kinds = doubted(lines, kinds, opinions_by_text(document, held.get(digest)))
                pages.append(make_page(f"{source.parent.name}/{key}", [line.text for line in lines], kinds, gold=False))
    return pages


def style_of(key: str) -> Style:
    """Deal the ways of copying to the pages, always the same to the same page."""
    return STYLES[zlib.crc32(key.encode()) % len(STYLES)]


def overruled(lines: Sequence[RenderedLine], kinds: Sequence[str], not_heard: set[str]) -> list[str]:
    """Take out of the body what a person read and found to be no part of it; *not_heard* holds hashes of texts."""
    return [
        OTHER if kind == BODY and text_hash(MARKER.sub("", line.text)) in not_heard else kind
        for line, kind in zip(lines, kinds, strict=True)
    ]


def opinions_by_text(document: str, opinions_: Sequence[float] | None) -> dict[str, float]:
    """Name what the model of HTML pages thinks of a page's blocks by their words; nothing where they do not fit."""
    if not opinions_:
        return {}
    try:
        blocks = read_html(document).blocks
    except AudiogenError:
        return {}
    if len(blocks) != len(opinions_):
        return {}
    found: dict[str, float] = {}
    for block, opinion in zip(blocks, opinions_, strict=True):
        key = " ".join(tokens(block.text))
        found[key] = max(opinion, found.get(key, 0.0))
    return found


def shortened(page: Page) -> Page | None:
    """Cut a page to a short note with a small menu and footer; nothing where the article is short already.

    Short articles are rare among the pages, but not among captures; without them the model takes the lower half of
    a short page for its footer.
    """
    body = [i for i, kind in enumerate(page.kinds) if kind == BODY]
    keep = SHORT[0] + zlib.crc32(page.name.encode()) % (SHORT[1] - SHORT[0])
    if len(body) < keep + SHORT[0]:
        return None
    first = min(body[0], page.kinds.index(TITLE)) if TITLE in page.kinds else body[0]
    chosen = [*range(max(0, first - SHORT[1]), body[keep]), *range(body[-1] + 1, min(len(page.kinds), body[-1] + 16))]
    texts = [page.all[page.places[i]] for i in chosen]
    short = make_page(f"{page.name}/short", texts, [page.kinds[i] for i in chosen], gold=page.gold)
    short.origin = page.name
    return short


def body_labels(page: Page) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give what is heard, and how much each line counts: not at all where nobody knows."""
    label = np.array([kind == BODY for kind in page.kinds], dtype=float)
    weight = np.full(len(label), (GOLD if page.gold else 1.0) * (SHORT_COUNTS if page.origin else 1.0))
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


def second_rows(page: Page) -> NDArray[np.float64]:
    return np.hstack([page.rows, columns(second_look(page.body, page.lines, page.language))[1]])


def title_rows(page: Page) -> NDArray[np.float64]:
    return np.hstack([page.rows, columns(opinions(page.body, page.lines))[1]])


def train_body(pages: Sequence[Page]) -> lgb.Booster:
    return fit(pages, body_labels, BODY_TREES, ROUNDS["body"], body_rows)


def train_second(pages: Sequence[Page]) -> lgb.Booster:
    return fit(pages, body_labels, BODY_TREES, ROUNDS["second"], second_rows)


def train_title(pages: Sequence[Page]) -> lgb.Booster:
    return fit(pages, title_labels, TITLE_TREES, ROUNDS["title"], title_rows)


def sites(pages: Sequence[Page]) -> list[int]:
    """Number the sites of *pages*: pages that share many lines have one."""
    where: dict[str, set[int]] = defaultdict(set)
    for place, page in enumerate(pages):
        for line in page.lines:
            if len(line.words) >= 2:
                where[line.text.lower()].add(place)
    shared = Counter(pair for found in where.values() if len(found) < SITE_PAGES for pair in combinations(found, 2))
    site = list(range(len(pages)))
    for (one, other), count in shared.items():
        if count >= SAME_SITE and site[one] != site[other]:
            old, new = site[other], site[one]
            site = [new if number == old else number for number in site]
    return site


def deal(pages: Sequence[Page], seed: int = 0) -> None:
    """Put the pages into folds, those of one site into the same, and copies to what they are copies of."""
    whole = [page for page in pages if not page.origin]
    site = sites(whole)
    numbers = sorted(set(site))
    fold = {
        numbers[index]: place % FOLDS
        for place, index in enumerate(np.random.RandomState(seed).permutation(len(numbers)))
    }
    for page, number in zip(whole, site, strict=True):
        page.fold = fold[number]
    known = {page.name: page.fold for page in whole}
    for page in pages:
        page.fold = known[page.origin or page.name]


def held_out(
    pages: Sequence[Page],
    train: Callable[[Sequence[Page]], lgb.Booster],
    rows: Callable[[Page], NDArray[np.float64]],
) -> list[NDArray[np.float64]]:
    """Give the opinion of each page of a model that has not seen its fold."""
    folds = sorted({page.fold for page in pages})
    models = {fold: train([page for page in pages if page.fold != fold]) for fold in folds}
    return [np.asarray(models[page.fold].predict(rows(page))) for page in pages]


def cross_validate(pages: Sequence[Page]) -> None:
    """Give every page the opinions of models that have not seen its site."""
    deal(pages)
    for page, opinion in zip(pages, held_out(pages, train_body, body_rows), strict=True):
        page.body = opinion
    for page, opinion in zip(pages, held_out(pages, train_second, second_rows), strict=True):
        page.second = opinion
    for page, opinion in zip(pages, held_out(pages, train_title, title_rows), strict=True):
        page.title = opinion


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


def report(pages: Sequence[Page]) -> str:
    """Sum up how the cross-validated opinions agree with the labels, on lines of four words and more."""
    parts = []
    for gold in (True, False):
        chosen = [page for page in pages if page.gold is gold and not page.origin]
        titled = [page for page in chosen if TITLE in page.kinds]
        right = sum(page.kinds[int(page.title.argmax())] == TITLE for page in titled)
        wrong = [_wrong(page) for page in chosen]
        leaks, lost = (sum(count) for count in zip(*wrong, strict=True))
        parts.append(
            f"{'labelled by hand' if gold else 'rendered'}: {right} of {len(titled)} headlines, "
            f"{leaks} lines leak, {lost} are lost, {wrong.count((0, 0))} of {len(chosen)} pages without error"
        )
    return "\n".join(parts)


def _wrong(page: Page) -> tuple[int, int]:
    heard = agreed(page.body, page.second) >= 0.5
    told = [
        (kind, is_heard)
        for kind, is_heard, line in zip(page.kinds, heard, page.lines, strict=True)
        if len(line.words) > 3
    ]
    return sum(kind == OTHER and is_heard for kind, is_heard in told), sum(
        kind == BODY and not is_heard for kind, is_heard in told
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--held", type=Path, help="what the model of HTML pages thinks, by page")
    parser.add_argument("--write", type=Path, nargs="?", const=MODEL, help="train on all pages; keep the model (here)")
    parser.add_argument("--opinions", type=Path, help="keep the cross-validated opinions in a file")
    args = parser.parse_args()
    held = json.loads(args.held.read_text()) if args.held else {}
    pages = gold_pages(args.data / "gold") + rendered_pages(args.data / "extraction", args.data / "gold", held)
    pages += [short for page in list(pages) if (short := shortened(page)) is not None]
    cross_validate(pages)
    print(report(pages))
    if args.opinions:
        args.opinions.write_bytes(pickle.dumps(pages))
    if args.write:
        write(pages, args.write)


def write(pages: Sequence[Page], path: Path) -> None:
    """Train on all pages, the later forests on what the first thought of pages it had not seen."""
    names, page = pages[0].names, pages[0]
    second = columns(second_look(page.body, page.lines, page.language))[0]
    title = columns(opinions(page.body, page.lines))[0]
    forests = [
        exported(train_body(pages), names),
        exported(train_second(pages), [*names, *second]),
        exported(train_title(pages), [*names, *title]),
    ]
    path.write_text(json.dumps(forests, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
