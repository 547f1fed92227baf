"""Tables of cases: rows of what is written and what is said, or a file of such pairs for whole sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent / "languages" / "english"


def cases(*pairs: tuple[str, str]) -> list[object]:
    """Make cases of what is written and what is said; what is written is the id."""
    assert len({written for written, _ in pairs}) == len(pairs), "a case is written twice"
    return [pytest.param(written, spoken, id=written) for written, spoken in pairs]


def sentences(name: str) -> list[object]:
    """Read pairs of lines, what is written and what is said, parted by an empty line."""
    pairs = [pair.split("\n") for pair in (HERE / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")]
    return [pytest.param(written, spoken, id=written[:50]) for written, spoken in pairs]
