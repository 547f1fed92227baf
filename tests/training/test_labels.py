"""Labels of pages: by the numbers of their lines, by the names of their blocks."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from tests.cleaner.lines import OTHER as SECOND
from tests.cleaner.lines import PARAGRAPH, THIRD
from training.labels import (
    FOLDS,
    OTHER,
    PAGE_SIGNS,
    Page,
    annotated,
    fold_of,
    kinds_by_lines,
    kinds_by_name,
    kinds_of,
    kinds_where_most_stands,
    labelled_pages,
    news_pages,
    publisher,
    read_labels,
    read_pages,
    text_names,
    tokens,
)
from training.pieces import pieces_pages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("label", "kinds"),
    [
        ({"body": "2-3"}, [OTHER, "body", "body", OTHER]),
        ({"body": "2-3", "title": "1"}, ["title", "body", "body", OTHER]),
        ({"dek": [2], "body": "3,4"}, [OTHER, "dek", "body", "body"]),
        ({"body": "1, 3", "caption": "2"}, ["body", "caption", "body", OTHER]),
        ({"body": "1-4", "neutral": "", "byline": None}, ["body"] * 4),
        ({"body": "1-4", "neutral": "2"}, ["body"] * 4),
        ({"neutral": "1", "byline": "2", "related": "3", "cta": "4"}, ["neutral", "byline", "related", "cta"]),
        ({"note": "The second line is odd."}, [OTHER] * 4),
        ({}, [OTHER] * 4),
    ],
    ids=["range", "title", "lists", "single numbers", "empty ones", "two kinds", "every kind", "a note", "nothing"],
)
def test_label_files_name_lines_by_number(label: dict[str, object], kinds: list[str]) -> None:
    assert kinds_of(label, 4) == kinds


def test_a_line_that_is_not_there_cannot_be_labelled() -> None:
    with pytest.raises(IndexError):
        kinds_of({"body": "5"}, 4)


def test_a_block_keeps_its_label_when_its_signs_change() -> None:
    (one,) = text_names(["The harbour’s frozen."])
    assert text_names(["  the  HARBOUR'S frozen!"]) == [one]
    assert text_names(["The harbour is frozen."]) != [one]


def test_blocks_that_are_alike_have_names_of_their_own() -> None:
    first, other, second = text_names(["Read on", "Tides", "Read on"])
    assert second == f"{first}#2"
    assert other != first


def test_blocks_get_the_kind_of_their_name() -> None:
    texts = ["Home", "Ice", PARAGRAPH, "Ice", SECOND]
    names = text_names(texts)
    labels = {"title": names[1], "body": f"{names[2]} {names[4]}"}
    assert kinds_by_name(labels, texts) == [OTHER, "title", "body", OTHER, "body"]


def test_annotations_are_told_by_where_they_differ_from_readers() -> None:
    texts = ["Home", PARAGRAPH, SECOND, "The quay in ice"]
    names = text_names(texts)
    labels = {"body": f"{names[1]} {names[2]}", "annotated": names[3], "missed": names[2]}
    assert kinds_by_name(labels, texts) == [OTHER, "body", "body", OTHER]
    assert annotated(labels, texts) == [False, True, False, True]


def test_blocks_get_the_kind_of_the_lines_that_hold_their_words() -> None:
    lines = [("Home", OTHER), (f"{PARAGRAPH} {SECOND}", "body"), ("The quay in ice on Monday", "caption")]
    blocks = ["Home", PARAGRAPH, SECOND, "The quay in ice", "Words that no line of the page has"]
    assert kinds_by_lines(lines, blocks) == [OTHER, "body", "body", "caption", OTHER]


def test_of_two_lines_alike_the_nearer_one_tells() -> None:
    lines = [("Ferries at the east quay", "related"), (PARAGRAPH, "body"), (SECOND, "body"), (THIRD, "body")]
    lines += [("Ferries at the east quay", "body")]
    blocks = ["Ferries at the east quay", PARAGRAPH, SECOND, THIRD, "Ferries at the east quay"]
    assert kinds_by_lines(lines, blocks) == ["related", "body", "body", "body", "body"]


def test_labelled_folders_and_folders_of_pages_are_read(tmp_path: Path) -> None:
    for name in ("pages", "labels", "html"):
        (tmp_path / name).mkdir()
    data = gzip.compress(f"<p>{PARAGRAPH}</p>".encode())
    (tmp_path / "index.json").write_text(json.dumps([{"id": "one"}, {"id": "a capture only"}]))
    (tmp_path / "pages" / "one.html.gz").write_bytes(data)
    (tmp_path / "pages" / "one.txt").write_text(f"Home\n\n{PARAGRAPH}\n")
    (tmp_path / "labels" / "one.json").write_text(json.dumps({"body": "2"}))
    (tmp_path / "ground-truth.json").write_text(json.dumps({"two": {}}))
    (tmp_path / "html" / "two.html.gz").write_bytes(data)
    (labelled,) = labelled_pages(tmp_path)
    assert labelled.lines == (("Home", OTHER), (PARAGRAPH, "body"))
    (read,) = read_pages(tmp_path)
    assert (read.name, read.lines) == (f"{tmp_path.name}/two", ())
    assert read.digest == labelled.digest


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<meta charset=windows-1251><p>\xcf\xee\xf0\xf2", "Порт"),
        ("<p>Порт".encode(), "Порт"),
        ("<meta charset=iso-8859-1><p>Порт".encode(), "Порт"),
        (b"<meta charset=iso-8859-1><p>\x84Hafen\x93", "„Hafen“"),
        (b"<p>caf\xe9", "café"),
        (b"<meta charset=no-such-one><p>ice", "ice"),
    ],
    ids=["declared", "UTF-8", "declared falsely", "declared too narrowly", "Western", "unknown"],
)
def test_pages_of_each_corpus_are_decoded_as_the_reader_does(tmp_path: Path, data: bytes, text: str) -> None:
    for folder in ("pages", "labels", "html"):
        (tmp_path / folder).mkdir()
    for path in ("pages/one.html.gz", "html/one.html.gz", "one.html.gz"):
        (tmp_path / path).write_bytes(gzip.compress(data))
    (tmp_path / "pages" / "one.txt").write_text(text)
    files = {
        "index": [{"id": "one"}],
        "labels/one": {"body": "1"},
        "cases": [{"id": "one", "title": "", "lines": [["paragraph", text]]}],
        "ground-truth": {"one": {}},
        "truth": {"one": {"with": [text]}},
    }
    for name, content in files.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    pages = [*labelled_pages(tmp_path), *news_pages(tmp_path), *read_pages(tmp_path)]
    pages += [page for page, _ in pieces_pages(tmp_path)]
    assert [page.document.endswith(text) for page in pages] == [True] * 4


def test_words_are_folded() -> None:
    assert tokens("The harbour’s ICE – 20 cm!") == ["the", "harbour's", "ice", "20", "cm"]


def test_the_labels_that_are_kept_hold_names_and_no_text() -> None:
    labels = read_labels()
    assert len(labels) > 300
    for page, kinds in labels.items():
        assert len(page) == PAGE_SIGNS
        assert set(kinds) <= {"title", "dek", "byline", "body", "neutral", "annotated", "missed"}
        for names in kinds.values():
            assert all(set(name) <= set("0123456789abcdef#") for name in names.split())


def test_a_page_is_named_by_its_content() -> None:
    assert Page("a", "<p>ice").digest == Page("b", "<p>ice").digest != Page("a", "<p>thaw").digest


CANONICAL = "<link rel='canonical' href='https://news.example.org/frost'>"
OG_URL = '<meta property="og:url" content="https://shop.example.com/frost">'


@pytest.mark.parametrize(
    ("document", "address", "message"),
    [
        (CANONICAL, "", "example.org"),
        (OG_URL, "", "example.com"),
        (CANONICAL, "https://www.example.net/copy", "example.org"),
        ("<link rel=canonical href='/frost'>", "https://www.example.co.uk/frost", "example.co.uk"),
        ("", "set/www.example.org-the-frost.html.gz", "example.org"),
        ("", "set/example.co.uk.frost.html.gz", "example.co.uk"),
    ],
    ids=["canonical", "og:url", "the page's own word first", "address", "file name", "file name with dots"],
)
def test_a_publisher_is_a_domain(document: str, address: str, message: str) -> None:
    assert publisher(Page("one", document, address=address)) == message


def test_a_page_that_tells_no_address_is_a_publisher_of_its_own() -> None:
    page = Page("one", "<p>Frost", address="html/0f3a.html.gz")
    assert publisher(page) == page.digest


def test_publishers_are_dealt_to_folds_by_their_names() -> None:
    names = [f"{number}.example" for number in range(200)]
    assert [fold_of(name) for name in names] == [fold_of(name) for name in names]
    assert {fold_of(name) for name in names} == set(range(FOLDS))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PARAGRAPH, "body"),
        ("Frost", "body"),
        ("Ice", OTHER),
        (PARAGRAPH + " " + " ".join(f"other{number}" for number in range(8)), "body"),
        (PARAGRAPH + " " + " ".join(f"other{number}" for number in range(20)), OTHER),
    ],
    ids=["whole", "a heading", "a word", "most of it", "half of it"],
)
def test_a_text_has_a_kind_where_most_of_it_stands_in_the_article(text: str, kind: str) -> None:
    assert kinds_where_most_stands([("Frost", "body"), (PARAGRAPH, "body")], [text]) == [kind]
