"""A labelled folder made of the project's own pages, as `training/README.md` tells how it is laid out."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from tests.quality.scores import Case, cases
from training.render import capture_lines

if TYPE_CHECKING:
    from pathlib import Path

#: How many pages: as many as words have to stand on before they are learned from, and some that are held out.
PAGES = 14


def label_pages(folder: Path, count: int = PAGES) -> Path:
    """Lay the first pages of `tests/quality` out with their labels."""
    # What only a script shows has no lines.
    chosen = [case for case in cases("html") if capture_lines(case.path.read_bytes())][:count]
    for name in ("pages", "labels"):
        (folder / name).mkdir(parents=True)
    (folder / "index.json").write_text(json.dumps([{"id": case.name} for case in chosen]), encoding="utf-8")
    for case in chosen:
        _label(folder, case)
    return folder


def _label(folder: Path, case: Case) -> None:
    page = case.path.read_bytes()
    lines = capture_lines(page)
    expected = case.expected
    kinds = {
        "title": [number for number, line in enumerate(lines, 1) if line == expected["title"]],
        "body": [number for number, line in enumerate(lines, 1) if line.lstrip("*+o- ") in case.lines],
    }
    (folder / "pages" / f"{case.name}.html.gz").write_bytes(gzip.compress(page, mtime=0))
    (folder / "pages" / f"{case.name}.txt").write_text("\n".join(lines), encoding="utf-8")
    (folder / "labels" / f"{case.name}.json").write_text(json.dumps(kinds), encoding="utf-8")
