"""Weak truth of pages: pieces of text that are decisive, wanted or not, or the lines that another program expects.

A *folder of pieces* has `truth.json` ({"kind/ID": {"with": [...], "without": [...]}} or {"lines": [...]}) and
`kind/ID.html.gz`. Blocks that hold no piece are not learned from.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audiogen.readers.encoding import decode
from training.labels import OTHER, Page, shingles, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

#: Share of a block's runs of words among the expected lines from which it is one of them, and under which it is none.
MOST, FEW = 0.5, 0.2
#: The kind of a block of which nothing is known.
UNKNOWN = "neutral"


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is known of a page: pieces that are heard, pieces that are not, and all lines of its text."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    def kinds(self, texts: Sequence[str]) -> list[str]:
        """Return the kind of each of a page's *texts*."""
        if self.lines:
            return _kinds_by_runs(self.lines, texts)
        return [self._kind(" ".join(text.split())) for text in texts]

    def _kind(self, text: str) -> str:
        if any(piece in text for piece in self.wanted):
            return "body"
        return OTHER if any(piece in text for piece in self.unwanted) else UNKNOWN


def pieces_pages(root: Path) -> Iterable[tuple[Page, Pieces]]:
    """Read a folder of pieces; pages of which nothing is told are left out."""
    for name, entry in json.loads((root / "truth.json").read_text(encoding="utf-8")).items():
        pieces = Pieces(
            *(tuple(" ".join(text.split()) for text in entry.get(key) or ()) for key in ("with", "without", "lines"))
        )
        if pieces != Pieces():
            data = (root / f"{name}.html.gz").read_bytes()
            address = entry.get("url", "").removeprefix("hard::") or name
            yield Page(f"{root.name}/{name}", decode(gzip.decompress(data)), address=address), pieces


def _kinds_by_runs(lines: Sequence[str], texts: Sequence[str]) -> list[str]:
    known = {shingle for line in lines for shingle in shingles(tokens(line))}
    return [_kind_by_runs(known, shingles(tokens(text))) for text in texts]


def _kind_by_runs(known: set[tuple[str, ...]], runs: Sequence[tuple[str, ...]]) -> str:
    share = sum(run in known for run in runs) / len(runs) if runs else MOST - FEW
    return "body" if share >= MOST else OTHER if share < FEW else UNKNOWN
