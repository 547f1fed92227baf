"""A small model of captures is trained on captures of the project, from the labelled folder to the model's file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audiogen.cleaner.models.model import load
from audiogen.cleaner.text.clean import clean_capture
from audiogen.readers.text import read_text
from tests.cleaner.lines import OTHER, PARAGRAPH, THIRD
from tests.training.labelled import label_pages
from training.text_pages import labelled_captures

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def text_model() -> Any:
    """Import what trains where it is used: LightGBM takes seconds, for which all who collect tests would wait."""
    return pytest.importorskip("training.text_model", reason="LightGBM is not installed", exc_type=ImportError)


@pytest.fixture(scope="module")
def models(text_model: Any, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Train twice from the same folder."""
    folder = label_pages(tmp_path_factory.mktemp("labelled"))
    paths = [tmp_path_factory.mktemp("models") / name for name in ("one.json", "two.json")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_model, "ROUNDS", {"body": 24, "second": 12, "title": 6})
        for path in paths:
            pages = labelled_captures(folder)
            words = text_model.say(pages)
            text_model.cross_validate(pages)
            text_model.write(pages, path, words, text_model.report(pages))
    return paths


@pytest.mark.slow
def test_the_same_captures_give_the_same_bytes(models: list[Path]) -> None:
    assert models[0].read_bytes() == models[1].read_bytes()


def test_the_cleaner_judges_a_capture_by_what_was_trained(models: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audiogen.cleaner.text.clean.TEXT", models[0])
    page = "\n".join(
        ["Northern Post", "* Home", "* News", "The harbour is frozen", PARAGRAPH, OTHER, THIRD, "* Contact"]
    )
    heard = [block.text for block in clean_capture(read_text(page)).blocks]
    assert {PARAGRAPH, OTHER} <= set(heard)
    assert "Home" not in heard


def test_the_file_says_from_what_it_was_trained(text_model: Any, models: list[Path]) -> None:
    provenance = load(models[0]).provenance
    assert len(provenance["inputs"]) == provenance["scores"]["labelled pages"]
    assert provenance["seed"] == text_model.COMMON["seed"]
