"""A small model is trained on pages of the project, from the labelled folder to the model's file."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from audiogen.cleaner.html.features import measure
from audiogen.cleaner.models.model import load
from audiogen.readers.html import read_html
from tests.cleaner.pages import PARAGRAPHS, make_page
from tests.training.labelled import label_pages
from training import labels
from training.labels import LabelError

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 12


@pytest.fixture(scope="module")
def html_model() -> Any:
    """Import what trains where it is used: LightGBM takes seconds, for which all who collect tests would wait."""
    return pytest.importorskip("training.html_model", reason="LightGBM is not installed", exc_type=ImportError)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return label_pages(tmp_path_factory.mktemp("labelled"))


@pytest.fixture(scope="module")
def model(html_model: Any, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "html.json"
    pages = html_model.examples(html_model.Corpora(labelled=(folder,)))
    html_model.write(pages, path, html_model.evaluate(pages, html_model.opinions(pages, rounds=2)), rounds=ROUNDS)
    return path


@pytest.mark.slow
def test_what_was_trained_tells_paragraphs_from_menus(model: Path) -> None:
    article = read_html(make_page())
    trained = load(model)
    table = measure(article, trained.words)
    trained.check(table.names)
    chances = np.mean([forest.probability(table.names, table.values) for forest in trained.forests], axis=0)
    heard = [chance for block, chance in zip(article.blocks, chances, strict=True) if block.text in PARAGRAPHS]
    others = [
        chance for block, chance in zip(article.blocks, chances, strict=True) if block.text.startswith(("Home", "©"))
    ]
    assert min(heard) > max(others)


def test_the_same_pages_give_the_same_bytes(html_model: Any, model: Path, folder: Path, tmp_path: Path) -> None:
    pages = html_model.examples(html_model.Corpora(labelled=(folder,)))
    html_model.write(pages, tmp_path / "again.json", load(model).provenance["scores"], rounds=ROUNDS)
    assert (tmp_path / "again.json").read_bytes() == model.read_bytes()


def test_the_file_says_from_what_it_was_trained(html_model: Any, model: Path, folder: Path) -> None:
    provenance = load(model).provenance
    names = [entry["id"] for entry in json.loads((folder / "index.json").read_text(encoding="utf-8"))]
    assert [line.split()[0] for line in provenance["inputs"]] == names
    assert {"lightgbm", "scikit-learn", "numpy", "trafilatura", "python"} <= set(provenance["versions"])
    assert provenance["seed"] == html_model.SETTINGS["seed"]
    assert provenance["scores"]["labelled pages"] == len(names)
    assert provenance["scores"]["labelled blocks"] > provenance["scores"]["labelled blocks wrong"]


def test_a_changed_label_is_another_input(html_model: Any, folder: Path) -> None:
    page = html_model.examples(html_model.Corpora(labelled=(folder,)))[0]
    before = html_model.input_digest(page)
    page.kinds[0] = "neutral"
    assert html_model.input_digest(page) != before


def test_a_label_that_finds_no_block_fails_the_training(html_model: Any, tmp_path: Path) -> None:
    folder = label_pages(tmp_path / "labelled", count=2)
    path = sorted((folder / "pages").glob("*.txt"))[1]
    lines = path.read_text(encoding="utf-8").splitlines()
    kinds = json.loads((folder / "labels" / f"{path.stem}.json").read_text(encoding="utf-8"))
    lines[kinds["body"][0] - 1] = "A sentence that stands nowhere on the page at all."
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(LabelError, match=f"{path.stem}: {kinds['body'][0]}$"):
        html_model.examples(html_model.Corpora(labelled=(folder,)))


def test_a_line_that_is_known_to_stand_in_no_block_does_not(
    html_model: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = label_pages(tmp_path / "labelled", count=1)
    (path,) = (folder / "pages").glob("*.txt")
    kinds = json.loads((folder / "labels" / f"{path.stem}.json").read_text(encoding="utf-8"))
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[kinds["body"][0] - 1] = "A sentence that stands nowhere on the page at all."
    path.write_text("\n".join(lines), encoding="utf-8")
    known = tmp_path / "unfound.json"
    known.write_text(json.dumps({path.stem: [kinds["body"][0]]}), encoding="utf-8")
    monkeypatch.setattr(labels, "KNOWN_UNFOUND", known)
    assert len(html_model.examples(html_model.Corpora(labelled=(folder,)))) == 1


def test_pages_of_one_publisher_are_in_one_fold(html_model: Any, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "pages").mkdir(parents=True)
    cases = []
    for number in range(4):
        address = f"https://www.quaypost{number % 2}.com/story-{number}"
        head = f"<link rel='canonical' href='{address}'>"
        page = make_page(f"<p>Story number {number} has a sentence of its own.</p>", head=head)
        (folder / "pages" / f"{number}.html.gz").write_bytes(gzip.compress(page.encode()))
        lines = [["paragraph", text] for text in PARAGRAPHS]
        cases.append({"id": str(number), "url": address, "title": "The tide clock is right again", "lines": lines})
    (folder / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    pages = html_model.examples(html_model.Corpora(news=(folder,)))
    assert [page.corpus for page in pages] == ["news"] * 4
    assert pages[0].fold == pages[2].fold
    assert pages[1].fold == pages[3].fold
    heard = [block.text for block, label in zip(pages[0].article.blocks, pages[0].labels, strict=True) if label]
    assert heard == list(PARAGRAPHS)


def test_a_page_in_two_corpora_is_learned_by_the_surer_labels(html_model: Any, tmp_path: Path) -> None:
    folder = label_pages(tmp_path / "labelled", count=2)
    pieces = tmp_path / "pieces"
    (pieces / "web").mkdir(parents=True)
    copied = sorted((folder / "pages").glob("*.html.gz"))[0]
    (pieces / "web" / "one.html.gz").write_bytes(copied.read_bytes())
    (pieces / "truth.json").write_text(json.dumps({"web/one": {"with": ["a piece"], "without": []}}), encoding="utf-8")
    pages = html_model.examples(html_model.Corpora(labelled=(folder,), pieces=(pieces,)))
    assert [page.corpus for page in pages] == ["labelled"] * 2
