"""A model's file is read whole, and refuses to judge by features that it did not learn from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.html import clean as page_cleaner
from audiogen.cleaner.models import HTML, TEXT
from audiogen.cleaner.models.model import features_digest, load
from audiogen.errors import ModelError
from audiogen.readers.text import read_text
from tests.cleaner.pages import PARAGRAPHS, make_article

if TYPE_CHECKING:
    from pathlib import Path

LEAF = {"column": [0], "threshold": [0.0], "left": [0], "right": [0], "value": [0.5]}
FEATURES = ("height", "width")


def write(path: Path, **changes: Any) -> Path:
    data = {
        "format": 1, "provenance": {"seed": 7}, "features": list(FEATURES),
        "features_digest": features_digest(FEATURES), "measured_digest": "sha256:0", "words": {"": 0.5},
        "forests": [{"names": [name], "depth": 1, "trees": [LEAF]} for name in FEATURES],
    }  # fmt: skip
    path.write_text(json.dumps(data | changes), encoding="utf-8")
    return path


def test_a_model_is_loaded_with_its_parts_in_order(tmp_path: Path) -> None:
    model = load(write(tmp_path / "a.json"))
    assert (model.features, dict(model.words), model.provenance["seed"]) == (FEATURES, {"": 0.5}, 7)
    assert [forest.names for forest in model.forests] == [("height",), ("width",)]
    assert model.forests[0].probability(("height",), np.zeros((1, 1), dtype=np.float32)) == pytest.approx(
        0.6225, abs=1e-4
    )


OTHERS = {
    "one missing": (("height",), "without width"),
    "one more": ((*FEATURES, "depth"), "with depth"),
    "many more": ((*FEATURES, "a", "b", "c", "d"), "with a, b, c and more"),
    "another order": (("width", "height"), "in another order"),
}


@pytest.mark.parametrize(("features", "words"), OTHERS.values(), ids=OTHERS)
def test_a_model_refuses_other_features_and_says_which(tmp_path: Path, features: tuple[str, ...], words: str) -> None:
    model = load(write(tmp_path / "a.json"))
    model.check(FEATURES)
    with pytest.raises(ModelError, match=words) as caught:
        model.check(features)
    assert caught.value.subject == tmp_path / "a.json"
    assert "repair the installation (docs/install.md)" in caught.value.message


FAULTS: dict[str, dict[str, Any]] = {
    "another format": {"format": 2},
    "names that were changed": {"features": ["width", "height"]},
}


@pytest.mark.parametrize("changes", FAULTS.values(), ids=FAULTS)
def test_a_file_with_a_fault_is_not_loaded(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match=r"a\.json"):
        load(write(tmp_path / "a.json", **changes))


def test_a_file_of_the_older_form_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="no model of format"):
        load(tmp_path / "a.json")


def test_a_page_is_not_judged_by_a_model_of_other_features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cleaner, "HTML", write(tmp_path / "html.json"))
    with pytest.raises(ModelError, match="trained on other features"):
        clean(make_article())


def test_a_capture_is_not_judged_by_a_model_of_other_features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.loads(TEXT.read_text(encoding="utf-8"))
    data["features"].append("another")
    data["features_digest"] = features_digest(data["features"])
    path = tmp_path / "text.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    monkeypatch.setattr("audiogen.cleaner.text.clean.TEXT", path)
    with pytest.raises(ModelError, match="without another"):
        clean(read_text("\n".join(PARAGRAPHS)))


@pytest.mark.parametrize("path", [HTML, TEXT], ids=["html", "text"])
def test_the_models_of_the_package_say_where_they_come_from(path: Path) -> None:
    model = load(path)
    assert {"inputs", "versions", "seed", "commit", "scores"} <= set(model.provenance)
    assert model.provenance.get("note") or (model.provenance["inputs"] and model.provenance["commit"])
