"""What is measured of a page is what the models learned from: no figure changes unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.cleaner.models import HTML, TEXT
from audiogen.cleaner.models.model import load as load_model
from tests.cleaner.golden_tables import PAGES, load, table_of, written
from training.export import measured_digest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", PAGES)
def test_every_column_of_a_page_has_the_values_that_were_written_down(path: str) -> None:
    known, now = load(path), table_of(path)
    assert list(now) == list(known)
    changed = [name for name in known if now[name] != pytest.approx(known[name], rel=2e-4, abs=1e-6)]
    assert changed == []


@pytest.mark.parametrize(("path", "kind"), [(HTML, "html"), (TEXT, "text")], ids=["html", "text"])
def test_a_model_learned_from_what_is_measured_today(path: Path, kind: str) -> None:
    model = load_model(path)
    page = next(page for page in PAGES if page.startswith(kind))
    assert model.features == tuple(load(page))
    assert model.measured_digest == measured_digest(kind)


def test_a_run_of_equal_values_is_written_once() -> None:
    assert written({"a": [0.0, 0.0, 0.5], "b": [1.0, 2.0, 2.0]}) == "a\t0*2 0.5\nb\t1 2*2\n"
