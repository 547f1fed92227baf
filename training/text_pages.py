"""The pages that the captures' model learns from: labelled captures, and labelled, news and read pages rendered so.

None of it needs LightGBM. A page's fold is its publisher's (`labels.publisher`).
"""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.text.features import Line, features, make_line
from audiogen.errors import AudiogenError
from audiogen.readers.html import read_html
from audiogen.readers.text import read_text
from training.labels import (
    PAGE_SIGNS,
    fold_of,
    kinds_by_lines,
    kinds_by_name,
    kinds_of,
    kinds_where_most_stands,
    labelled_pages,
    news_pages,
    publisher,
    read_labels,
    read_pages,
)
from training.labels import Page as SavedPage
from training.render import STYLES, Style, capture_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

#: What a line is to the captures' model; what may go either way is not learned from, but for bylines, which nobody
#: misses.
BODY, TITLE, FREE, OTHER = "body", "title", "free", "other"
MEANING = {"body": BODY, "dek": BODY, "title": TITLE, "neutral": FREE}
#: A list marker or number at a line's beginning, as captures have it.
MARKER = re.compile(r"\A(?:[*+o•◦▪-]|\d+\.) ")
#: How much a line counts: of a labelled capture, of a labelled page rendered otherwise, of news, of a read page.
LABELLED_WEIGHT, AGAIN_WEIGHT, NEWS_WEIGHT, READ_WEIGHT = 16.0, 4.0, 4.0, 1.0
#: A line that shows nothing, or a list marker alone.
_EMPTY = re.compile(r"\s*[*+o•◦▪-]?\s*")
#: How many lines after the article are learned from; the rest is a long footer.
FOOTER = 200


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
    #: Whether it is a capture labelled by hand, as it is judged.
    gold: bool
    language: str = "en"
    publisher: str = ""
    weight: float = READ_WEIGHT
    names: list[str] = field(default_factory=list)
    rows: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)))
    #: What the words of each line say by weights that were learned from other folds.
    log_odds: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    body: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    second: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    title: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    @property
    def fold(self) -> int:
        """Return the fold in which the page is held out."""
        return fold_of(self.publisher)


def make_page(
    name: str,
    lines: Sequence[str],
    kinds: Sequence[str],
    *,
    gold: bool,
    publisher: str = "",
    weight: float = READ_WEIGHT,
) -> Page:
    """Read *lines* as the reader does, and keep the labels of those that have text."""
    article = read_text("\n".join(["* x", "+ x", *lines]))
    language = article.language or "en"
    blocks = list(article.blocks[2:])
    places = [i for i, line in enumerate(lines) if not _EMPTY.fullmatch(line)]
    if len(blocks) != len(places):  # a line without end was divided, or broken lines were joined
        found = [read_text(f"* x\n{line}").blocks[1:2] for line in lines]
        places = [i for i, each in enumerate(found) if each]
        blocks = [found[i][0] for i in places]
    seen = [make_line(block, language) for block in blocks]
    page = Page(name, list(lines), seen, [kinds[i] for i in places], places, gold, language, publisher or name, weight)
    page.names, page.rows = features(page.lines, language)
    return page


def labelled_captures(root: Path) -> list[Page]:
    """Load the captures of a labelled folder."""
    publishers = {page.name: publisher(page) for page in labelled_pages(root)}
    pages = []
    for entry in json.loads((root / "index.json").read_text()):
        name = entry["id"]
        lines = [line for line in (root / "pages" / f"{name}.txt").read_text().split("\n") if line]
        kinds = kinds_of(json.loads((root / "labels" / f"{name}.json").read_text()), len(lines))
        of = publishers.get(name) or publisher(SavedPage(name, "\n".join(lines), address=entry.get("path", "")))
        pages.append(make_page(name, lines, meanings(kinds), gold=True, publisher=of, weight=LABELLED_WEIGHT))
    return pages


def labelled_again(root: Path) -> list[Page]:
    """Render the pages of a labelled folder in other ways than the converter's, in which they were labelled."""
    pages = []
    for saved in labelled_pages(root):
        style = style_of(saved.name)
        if style != STYLES[0]:
            lines = capture_lines(saved.document, style)
            bare = [(MARKER.sub("", line), kind) for line, kind in saved.lines]
            kinds = kinds_by_lines(bare, [MARKER.sub("", line) for line in lines])
            pages += made(saved, f"{saved.name} ({style.name})", lines, kinds, AGAIN_WEIGHT)
    return pages


def news_captures(root: Path) -> list[Page]:
    """Render news pages, of which the article's lines are told and nothing else."""
    pages = []
    for saved in news_pages(root):
        lines = capture_lines(saved.document, style_of(saved.name))
        kinds = kinds_where_most_stands(saved.lines, [MARKER.sub("", line) for line in lines])
        pages += made(saved, saved.name, lines, kinds, NEWS_WEIGHT)
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
    kinds = kinds_by_lines(blocks, [MARKER.sub("", line) for line in lines])
    return next(iter(made(saved, saved.name, lines, kinds, READ_WEIGHT)), None)


def made(saved: SavedPage, name: str, lines: Sequence[str], kinds: Sequence[str], weight: float) -> list[Page]:
    """Make a capture of a page's rendered *lines* without the most of its footer; none where no article is shown."""
    meant = meanings(kinds)
    if BODY not in meant:
        return []
    end = len(meant) - meant[::-1].index(BODY) + FOOTER
    return [make_page(name, lines[:end], meant[:end], gold=False, publisher=publisher(saved), weight=weight)]


def style_of(key: str) -> Style:
    """Deal the ways of copying to the pages, always the same to the same page."""
    return STYLES[zlib.crc32(key.encode()) % len(STYLES)]
