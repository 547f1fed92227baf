"""The pages that the captures' model learns from: captures labelled by hand, and pages rendered as captures.

None of it needs LightGBM. A page's fold is its site's: pages that share their menus are never on both sides.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.capture_lines import Line, features, look
from audiogen.errors import AudiogenError
from audiogen.readers.html import read_html
from audiogen.readers.text import read_text
from training.capture_labels import BODY, MARKER, OTHER, align, doubted, kinds_of
from training.labels import decode, tokens
from training.render import STYLES, RenderedLine, Style, capture_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

#: Labels of single blocks that were read, by page: hashes of those that are not heard.
READ_LABELS = Path(__file__).with_name("read_labels.json")
FOLDS = 5
#: A line that shows nothing, or a list marker alone.
_EMPTY = re.compile(r"\s*[*+o•◦▪-]?\s*")
#: Most lines of a rendered page that are learnt from; the rest of such pages is one long footer.
MOST_LINES = 600
#: How many lines two pages share that have one site, and on how many pages such a line stands at most.
SAME_SITE, SITE_PAGES = 15, 12


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
    blocks = list(article.blocks[2:])
    places = [i for i, line in enumerate(lines) if not _EMPTY.fullmatch(line)]
    if len(blocks) != len(places):  # a line without end was divided, or broken lines were joined
        found = [read_text(f"* x\n{line}").blocks[1:2] for line in lines]
        places = [i for i, each in enumerate(found) if each]
        blocks = [found[i][0] for i in places]
    seen = [look(block, language) for block in blocks]
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
                if not_heard := read.get(digest[:16], {}).get("not"):
                    from training.page_model import text_hash  # it needs LightGBM, and nothing else here does

                    kinds = overruled(lines, kinds, set(not_heard), text_hash)
                kinds = doubted(lines, kinds, opinions_by_text(document, held.get(digest)))
                pages.append(make_page(f"{source.parent.name}/{key}", [line.text for line in lines], kinds, gold=False))
    return pages


def style_of(key: str) -> Style:
    """Deal the ways of copying to the pages, always the same to the same page."""
    return STYLES[zlib.crc32(key.encode()) % len(STYLES)]


def overruled(
    lines: Sequence[RenderedLine], kinds: Sequence[str], not_heard: set[str], name: Callable[[str], str]
) -> list[str]:
    """Take out of the body what a person read and found to be no part of it; *name* gives what *not_heard* holds."""
    return [
        OTHER if kind == BODY and name(MARKER.sub("", line.text)) in not_heard else kind
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
    """Put the pages into folds, those of one site into the same."""
    site = sites(pages)
    numbers = sorted(set(site))
    fold = {
        numbers[index]: place % FOLDS
        for place, index in enumerate(np.random.RandomState(seed).permutation(len(numbers)))
    }
    for page, number in zip(pages, site, strict=True):
        page.fold = fold[number]
