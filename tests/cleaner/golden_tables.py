"""The golden tables: every figure that is measured of nine pages written for the project, a file for each page.

A file has a line for each column: its name, a tab, and its values from the page's first block to its last, where
`0*12` is twelve zeros. `python -m tests.cleaner.golden_tables` writes the files anew, after a change that is meant to
change what is measured; the models have to be trained again then (`training/README.md`).

What the trained models think is no part of the tables: words have the weights of `WORDS`, and the first opinion of a
capture's lines is `opinion_by_length`.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from audiogen.cleaner.html.features import measure
from audiogen.cleaner.models.word_weights import article_log_odds
from audiogen.cleaner.text.clean import with_word_columns
from audiogen.cleaner.text.context import span_features
from audiogen.cleaner.text.features import columns, features, make_line
from audiogen.cleaner.text.second_look import second_features
from audiogen.readers import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audiogen.cleaner.text.features import Line

    Columns = dict[str, list[float]]

FOLDER = Path(__file__).parent / "golden"
QUALITY = Path(__file__).parent.parent / "quality"
PAGES = (
    "html/blog-with-code.html", "html/company-blog-with-plugs.html", "html/magazine-interview.html",
    "html/newspaper-membership-appeal.html", "html/old-table-layout.html", "html/ukrainian-news.html",
    "text/essay-with-comments.txt", "text/guide-with-house-plugs.txt", "text/italian-news-with-tags.txt",
)  # fmt: skip
#: Weights of words that are none of a model's, so that the tables outlive a training.
WORDS = {
    "": 0.5,
    "the": 1.0,
    "of": 0.75,
    "our": -2.0,
    "HOUSE": -3.0,
    "!": -1.5,
    "?": -0.5,
    "0": 0.25,
    "di": 1.0,
    "на": 1.0,
}
#: Significant digits of a value: as many as hardly depend on the processor.
DIGITS = 5


def table_of(path: str) -> Columns:
    """Measure a page of `QUALITY`."""
    names, values = _of_page(path) if path.endswith(".html") else _of_capture(path)
    return {
        name: [float(f"{value:.{DIGITS}g}") for value in column] for name, column in zip(names, values.T, strict=True)
    }


def _of_page(path: str) -> tuple[Sequence[str], NDArray[np.float32]]:
    table = measure(read(QUALITY / path), WORDS)
    return table.names, table.values


def _of_capture(path: str) -> tuple[Sequence[str], NDArray[np.float64]]:
    article = read(QUALITY / path)
    lines = [make_line(block, article.language) for block in article.blocks]
    names, rows = with_word_columns(
        *features(lines, article.language), article_log_odds([line.text for line in lines], WORDS)
    )
    opinion = opinion_by_length(lines)
    second, more = columns(second_features(opinion, lines, article.language))
    assert set(span_features(opinion, lines)) <= set(second)
    return [*names, *second], np.hstack([rows, more])


def opinion_by_length(lines: Sequence[Line]) -> NDArray[np.float64]:
    """Think of each line as a model might: the longer it is, the likelier it is heard."""
    return np.array([min(0.95, 0.05 + 0.04 * len(line.words)) for line in lines])


def written(table: Columns) -> str:
    """Write a table down."""
    return "".join(f"{name}\t{_packed(values)}\n" for name, values in table.items())


def _packed(values: Sequence[float]) -> str:
    runs = [(f"{value:.{DIGITS}g}", len(list(run))) for value, run in groupby(values)]
    return " ".join(value if count == 1 else f"{value}*{count}" for value, count in runs)


def load(path: str) -> Columns:
    """Load the table that was written down of a page."""
    lines = file_of(path).read_text(encoding="utf-8").splitlines()
    return {name: _unpacked(values) for name, _, values in (line.partition("\t") for line in lines)}


def _unpacked(values: str) -> list[float]:
    out: list[float] = []
    for run in values.split():
        value, _, count = run.partition("*")
        out += [float(value)] * int(count or 1)
    return out


def file_of(path: str) -> Path:
    """Give the file of a page's table."""
    return (FOLDER / path).with_suffix(".tsv")


def main() -> None:
    """Write all tables."""
    for path in PAGES:
        file_of(path).write_text(written(table_of(path)), encoding="utf-8")


if __name__ == "__main__":
    main()
