"""Tables of cases: a file of "written => spoken" lines, or of pairs of lines for whole sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent / "languages" / "english"


def table(name: str) -> list[object]:
    """Read the cases of a table; each is its own id."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.rpartition(" => ") for line in lines]
    return [pytest.param(written, spoken, id=written) for written, _, spoken in pairs]


def sentences(name: str) -> list[object]:
    """Read pairs of lines, what is written and what is said, parted by an empty line."""
    pairs = [pair.split("\n") for pair in (HERE / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")]
    return [pytest.param(written, spoken, id=written[:50]) for written, spoken in pairs]
