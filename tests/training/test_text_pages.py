"""Pages the captures' model learns from: loaded, corrected, shortened and dealt into folds."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from audiogen.readers.html import read_html
from tests.cleaner.lines import OTHER as SECOND
from tests.cleaner.lines import PARAGRAPH, THIRD
from training.labels import PAGE_SIGNS, text_names
from training.labels import Page as SavedPage
from training.render import STYLES
from training.text_pages import (
    BODY,
    FREE,
    OTHER,
    TITLE,
    Page,
    labelled_again,
    labelled_captures,
    make_page,
    meanings,
    news_captures,
    rendered,
    rendered_captures,
    style_of,
)

if TYPE_CHECKING:
    from pathlib import Path


def capture(name: str, texts: list[str], kinds: list[str], *, gold: bool = True) -> Page:
    """Make a page of lines with their labels."""
    return make_page(name, texts, kinds, gold=gold)


def test_a_page_keeps_the_labels_of_lines_that_have_text() -> None:
    page = capture("a", ["Home", "*", PARAGRAPH], [OTHER, FREE, BODY])
    assert [line.text for line in page.lines] == ["Home", PARAGRAPH]
    assert page.kinds == [OTHER, BODY]
    assert page.places == [0, 2]
    assert page.rows.shape == (2, len(page.names))


def test_a_page_is_read_in_its_own_language() -> None:
    text = "Der Hafen ist zu, und niemand weiß, wann die Fähren wieder fahren und was die Inseln bis dahin essen."
    assert capture("a", [text] * 3, [BODY] * 3).language == "de"


def test_captures_labelled_by_hand_are_loaded(tmp_path: Path) -> None:
    for name in ("pages", "labels"):
        (tmp_path / name).mkdir()
    (tmp_path / "index.json").write_text(json.dumps([{"id": "one", "path": "one.html.gz"}]))
    (tmp_path / "pages" / "one.txt").write_text(f"Home\n\nThe frozen harbour\n{PARAGRAPH}\n{SECOND}\n")
    (tmp_path / "labels" / "one.json").write_text(json.dumps({"title": "2", "body": "3-4"}))
    (page,) = labelled_captures(tmp_path)
    assert page.gold
    assert page.kinds == [OTHER, TITLE, BODY, BODY]


def test_a_page_is_always_rendered_in_the_same_style() -> None:
    names = [str(number) for number in range(200)]
    assert [style_of(name) for name in names] == [style_of(name) for name in names]
    assert {style_of(name) for name in names} == set(STYLES)


def read_folder(tmp_path: Path, documents: dict[str, str]) -> Path:
    """Write a folder of pages."""
    root = tmp_path / "set"
    (root / "html").mkdir(parents=True)
    (root / "ground-truth.json").write_text(json.dumps({name: {} for name in documents}))
    for name, document in documents.items():
        (root / "html" / f"{name}.html.gz").write_bytes(gzip.compress(document.encode()))
    return root


def page_of(*paragraphs: str) -> str:
    """Make a page with a menu, a headline, paragraphs and a caption."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html><body><nav><a href='/'>Home</a></nav><article><h1>The frozen harbour</h1>{body}"
        "<figure><figcaption>The quay in ice on Monday</figcaption></figure></article></body></html>"
    )


def labels_of(document: str, kinds: dict[str, str]) -> dict[str, str]:
    """Label the blocks of *document* that have a kind among *kinds*, by their texts."""
    texts = [block.text for block in read_html(document).blocks]
    names: dict[str, list[str]] = {}
    for text, name in zip(texts, text_names(texts), strict=True):
        if text in kinds:
            names.setdefault(kinds[text], []).append(name)
    return {kind: " ".join(found) for kind, found in names.items()}


def test_pages_that_were_read_become_labelled_captures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = page_of(PARAGRAPH, SECOND, THIRD)
    root = read_folder(tmp_path, {"read": document, "again": document, "unread": page_of(PARAGRAPH)})
    kinds = {"The frozen harbour": "title", PARAGRAPH: "dek", SECOND: "body", THIRD: "neutral"}
    labels = {SavedPage("", document).digest[:PAGE_SIGNS]: labels_of(document, kinds)}
    monkeypatch.setattr("training.text_pages.read_labels", lambda: labels)
    (page,) = rendered_captures([root])
    assert page.name == "set/read"
    assert page.kinds == [OTHER, TITLE, BODY, BODY, FREE, OTHER]


@pytest.mark.parametrize(
    "document",
    [
        "",
        page_of("No block of it is labelled as the body."),
        "<html><body><nav><a href='/'>Home</a></nav></body></html>",
    ],
    ids=["refused", "without a body", "without an article"],
)
def test_a_page_without_a_body_teaches_nothing(document: str) -> None:
    assert rendered(SavedPage("page", document), {"title": "1234567"}) is None


def test_what_a_kind_of_the_label_files_means() -> None:
    kinds = ["title", "dek", "body", "byline", "neutral", "caption", "cta", "related", "chrome"]
    assert meanings(kinds) == [TITLE, BODY, BODY, OTHER, FREE, OTHER, OTHER, OTHER, OTHER]


def labelled_folder(tmp_path: Path, address: str, count: int = 1) -> Path:
    """Write a labelled folder of pages of one address."""
    document = page_of(PARAGRAPH, SECOND).replace(
        "<body>", f"<head><link rel='canonical' href='{address}'></head><body>"
    )
    names = [str(number) for number in range(count)]
    for folder in ("pages", "labels"):
        (tmp_path / folder).mkdir()
    (tmp_path / "index.json").write_text(json.dumps([{"id": name} for name in names]))
    for name in names:
        (tmp_path / "pages" / f"{name}.html.gz").write_bytes(gzip.compress(document.encode()))
        (tmp_path / "pages" / f"{name}.txt").write_text(
            f"* Home\nThe frozen harbour\n{PARAGRAPH}\n{SECOND}\nThe quay in ice on Monday\n"
        )
        (tmp_path / "labels" / f"{name}.json").write_text(json.dumps({"title": "2", "body": "3-4", "caption": "5"}))
    return tmp_path


def test_captures_of_one_publisher_are_in_one_fold(tmp_path: Path) -> None:
    pages = labelled_captures(labelled_folder(tmp_path, "https://www.example.org/one", 3))
    assert {page.publisher for page in pages} == {"example.org"}
    assert len({page.fold for page in pages}) == 1


def test_labelled_pages_are_rendered_as_other_programs_copy_them(tmp_path: Path) -> None:
    pages = labelled_again(labelled_folder(tmp_path, "https://www.example.org/one", 6))
    assert len(pages) == sum(style_of(str(number)) != STYLES[0] for number in range(6)) > 0
    for page in pages:
        assert page.kinds == [OTHER, TITLE, BODY, BODY, OTHER]
        assert (page.gold, page.publisher) == (False, "example.org")


def test_news_pages_are_labelled_by_the_lines_of_their_articles(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    document = page_of(PARAGRAPH, SECOND, THIRD, f"Read more: {PARAGRAPH[:40]} and what became of it later in the year")
    (tmp_path / "pages" / "one.html.gz").write_bytes(gzip.compress(document.encode()))
    case = {
        "id": "one", "url": "https://news.example.org/1", "title": "The frozen harbour",
        "lines": [["summary", PARAGRAPH], ["paragraph", SECOND]], "neutral": [THIRD],
    }  # fmt: skip
    (tmp_path / "cases.json").write_text(json.dumps([case]))
    (page,) = news_captures(tmp_path)
    assert page.kinds == [OTHER, TITLE, BODY, BODY, FREE, OTHER, OTHER][: len(page.kinds)]
    assert page.publisher == "example.org"
