"""The pages that the captures' model learns from: labelled captures, and read pages rendered as captures.

None of it needs LightGBM. A page's fold is its site's: pages that share their menus are never on both sides.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.text.features import Line, features, take_apart
from audiogen.errors import AudiogenError
from audiogen.readers.html import read_html
from audiogen.readers.text import read_text
from training.labels import PAGE_SIGNS, kinds_by_lines, kinds_by_name, kinds_of, read_labels, read_pages
from training.render import STYLES, Style, capture_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from training.labels import Page as SavedPage

#: What a line is to the captures' model; what may go either way is not learned from, but for bylines, which nobody
#: misses.
BODY, TITLE, FREE, OTHER = "body", "title", "free", "other"
MEANING = {"body": BODY, "dek": BODY, "title": TITLE, "neutral": FREE}
#: A list marker or number at a line's beginning, as captures have it.
MARKER = re.compile(r"\A(?:[*+o•◦▪-]|\d+\.) ")
FOLDS = 5
#: A line that shows nothing, or a list marker alone.
_EMPTY = re.compile(r"\s*[*+o•◦▪-]?\s*")
#: How many lines after the article are learned from; the rest is a long footer.
FOOTER = 200
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
    #: What the words of each line say, by the fold that is held out.
    said: dict[int, NDArray[np.float64]] = field(default_factory=dict)
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
    seen = [take_apart(block, language) for block in blocks]
    page = Page(name, list(lines), seen, [kinds[i] for i in places], places, gold, language)
    page.names, page.rows = features(page.lines, language)
    return page


def labelled_captures(root: Path) -> list[Page]:
    """Load the captures of a labelled folder."""
    pages = []
    for entry in json.loads((root / "index.json").read_text()):
        name = entry["id"]
        lines = [line for line in (root / "pages" / f"{name}.txt").read_text().split("\n") if line]
        kinds = kinds_of(json.loads((root / "labels" / f"{name}.json").read_text()), len(lines))
        pages.append(make_page(name, lines, meanings(kinds), gold=True))
    return pages


def meanings(kinds: Iterable[str]) -> list[str]:
    """Tell what the kinds of a label file are to us."""
    return [MEANING.get(kind, OTHER) for kind in kinds]


def rendered_captures(roots: Iterable[Path]) -> list[Page]:
    """Render the pages that were read, each once, as captures; their lines get the labels of their blocks."""
    known = read_labels()
    pages: dict[str, Page] = {}
    for saved in (page for root in roots for page in read_pages(root)):
        labels = known.get(saved.digest[:PAGE_SIGNS])
        if labels and saved.digest not in pages and (page := rendered(saved, labels)):
            pages[saved.digest] = page
    return list(pages.values())


def rendered(saved: SavedPage, labels: Mapping[str, str]) -> Page | None:
    """Render a read page; None for one that is refused, or whose article no rendering shows."""
    try:
        texts = [block.text for block in read_html(saved.document).blocks]
    except AudiogenError:
        return None
    lines = capture_lines(saved.document, style_of(saved.name))
    blocks = list(zip(texts, kinds_by_name(labels, texts), strict=True))
    kinds = meanings(kinds_by_lines(blocks, [MARKER.sub("", line) for line in lines]))
    if BODY not in kinds:
        return None
    end = len(kinds) - kinds[::-1].index(BODY) + FOOTER
    return make_page(saved.name, lines[:end], kinds[:end], gold=False)


def style_of(key: str) -> Style:
    """Deal the ways of copying to the pages, always the same to the same page."""
    return STYLES[zlib.crc32(key.encode()) % len(STYLES)]


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
