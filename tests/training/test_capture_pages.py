"""Pages the captures' model learns from: loaded, corrected, shortened and dealt into folds."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from audiogen.readers.html import read_html
from tests.cleaner.lines import OTHER as SECOND
from tests.cleaner.lines import PARAGRAPH, THIRD
from training.capture_labels import BODY, FREE, OTHER, TITLE
from training.capture_pages import (
    FOLDS,
    Page,
    deal,
    gold_pages,
    make_page,
    opinions_by_text,
    overruled,
    rendered_pages,
    sites,
    style_of,
)
from training.render import STYLES, RenderedLine

if TYPE_CHECKING:
    from pathlib import Path

MENU = [f"Section number {number} of the house" for number in range(20)]
SENTENCES = [f"{PARAGRAPH} Day {number} was no warmer." for number in range(30)]


def capture(name: str, texts: list[str], kinds: list[str], *, gold: bool = True) -> Page:
    """Make a page of lines with their labels."""
    return make_page(name, texts, kinds, gold=gold)


def article(name: str, count: int, menu: list[str] = MENU) -> Page:
    """Make a page with a menu, a headline, *count* paragraphs and a long footer."""
    texts = [*menu, f"Headline of {name}", *SENTENCES[:count], *[f"Footer {name} {i}" for i in range(20)]]
    kinds = [*[OTHER] * len(menu), TITLE, *[BODY] * count, *[OTHER] * 20]
    return capture(name, texts, kinds)


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
    (page,) = gold_pages(tmp_path)
    assert page.gold
    assert page.kinds == [OTHER, TITLE, BODY, BODY]


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [(BODY, "* The quay", OTHER), (BODY, "The basin", BODY), (FREE, "The quay", FREE), (OTHER, "The quay", OTHER)],
)
def test_what_was_read_overrules_what_was_annotated(kind: str, text: str, found: str) -> None:
    line = RenderedLine(text, caption=False, aside=False, linked=0.0)
    assert overruled([line], [kind], {"quay"}, lambda words: words.lower().removeprefix("the ")) == [found]


def test_opinions_of_blocks_are_found_by_their_words() -> None:
    document = f"<html><body><article><h1>Ice</h1><p>{PARAGRAPH}</p><p>{SECOND}</p></article></body></html>"
    blocks = read_html(document).blocks
    thought = opinions_by_text(document, [0.1 * i for i in range(len(blocks))])
    assert len(thought) == len(blocks)
    assert max(thought.values()) == pytest.approx(0.1 * (len(blocks) - 1))


@pytest.mark.parametrize("opinions", [None, [], [0.5]], ids=["none", "empty", "of another reading"])
def test_opinions_that_do_not_fit_the_page_are_left(opinions: list[float] | None) -> None:
    assert opinions_by_text(f"<p>{PARAGRAPH}</p><p>{SECOND}</p><p>{THIRD}</p>", opinions) == {}


def test_a_page_is_always_rendered_in_the_same_style() -> None:
    names = [str(number) for number in range(200)]
    assert [style_of(name) for name in names] == [style_of(name) for name in names]
    assert {style_of(name) for name in names} == set(STYLES)


def test_pages_that_share_their_menus_are_of_one_site() -> None:
    other = [f"Part {number} of another house" for number in range(20)]
    one, two, three = sites([article("a", 3), article("b", 3, other), article("c", 3)])
    assert one == three != two


def test_pages_that_share_a_few_lines_are_of_two_sites() -> None:
    one, two = sites([article("a", 3, MENU[:5]), article("b", 3, MENU[:5])])
    assert one != two


def test_pages_of_one_site_are_in_one_fold() -> None:
    menus = [[f"Part {number} of house {house}" for number in range(20)] for house in range(6)]
    pages = [article(f"{house}-{i}", 4, menu) for house, menu in enumerate(menus) for i in range(2)]
    deal(pages)
    fold = {page.name: page.fold for page in pages}
    assert all(fold[f"{house}-0"] == fold[f"{house}-1"] for house in range(6))
    assert set(fold.values()) == set(range(FOLDS))


def test_folds_are_dealt_otherwise_by_another_seed() -> None:
    menus = [[f"Part {number} of house {house}" for number in range(20)] for house in range(9)]
    pages = [article(str(house), 2, menu) for house, menu in enumerate(menus)]
    deal(pages)
    first = [page.fold for page in pages]
    deal(pages)
    assert [page.fold for page in pages] == first
    deal(pages, seed=1)
    assert [page.fold for page in pages] != first


def test_compressed_pages_of_known_articles_become_labelled_captures(tmp_path: Path) -> None:
    root, hand = tmp_path / "extraction", tmp_path / "gold"
    (root / "set" / "html").mkdir(parents=True)
    hand.mkdir()
    (hand / "index.json").write_text(json.dumps([{"id": "x", "path": "html/known.html.gz"}]))
    texts = [PARAGRAPH, SECOND, THIRD]
    body = "".join(f"<p>{text}</p>" for text in texts)
    document = f"<html><body><nav><a href='/'>Home</a></nav><h1>The frozen harbour</h1>{body}</body></html>"
    entry = {"articleBody": "\n".join(texts), "title": "The frozen harbour"}
    (root / "set" / "ground-truth.json").write_text(json.dumps({"known": entry, "other": entry}))
    (root / "set" / "html" / "other.html.gz").write_bytes(gzip.compress(document.encode()))
    (page,) = rendered_pages(root, hand, {})
    assert page.name == "set/other"
    assert page.kinds == [OTHER, TITLE, BODY, BODY, BODY]
