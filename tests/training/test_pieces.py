"""Blocks that hold a decisive piece are learned from, and the others are not."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from training.pieces import Pieces, pieces_pages

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = (
    "The clock on the quay had been wrong for so long that the ferries had learned to sail by its errors.",
    "Read more about the clocks of the coast in our guide to the harbours.",
    "Nobody has said who filed it.",
)
PIECES = {
    "wanted": (Pieces(wanted=("the ferries had learned",)), ["body", "neutral", "neutral"]),
    "unwanted": (Pieces(unwanted=("Read more about",)), ["neutral", "chrome", "neutral"]),
    "both in one block": (Pieces(wanted=("the clocks",), unwanted=("Read more",)), ["neutral", "body", "neutral"]),
    "all lines": (Pieces(lines=(TEXTS[0], TEXTS[2])), ["body", "chrome", "body"]),
    "a part of a line": (
        Pieces(lines=("so long that the ferries had learned to sail by",)),
        ["neutral", "chrome", "chrome"],
    ),
    "nothing": (Pieces(), ["neutral"] * 3),
}


@pytest.mark.parametrize(("pieces", "kinds"), PIECES.values(), ids=PIECES)
def test_blocks_are_what_their_pieces_say(pieces: Pieces, kinds: list[str]) -> None:
    assert pieces.kinds(TEXTS) == kinds


def test_pages_of_which_nothing_is_told_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    for name in ("one", "two"):
        (tmp_path / "web" / f"{name}.html.gz").write_bytes(gzip.compress(b"<p>The clock</p>"))
    truth = {"web/one": {"url": "https://quay.example/one", "with": ["The  clock"]}, "web/two": {"with": []}}
    (tmp_path / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    ((page, pieces),) = pieces_pages(tmp_path)
    assert (page.name, page.address) == (f"{tmp_path.name}/web/one", "https://quay.example/one")
    assert pieces == Pieces(wanted=("The clock",))
