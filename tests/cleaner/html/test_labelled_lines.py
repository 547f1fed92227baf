"""Lines behind a label are heard all or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.cleaner.html.clean import judge
from audiogen.cleaner.html.labelled_lines import MIN_LINKED, MIN_POINTERS
from tests.cleaner.blocks import make_block, make_case, prose, rule_of

if TYPE_CHECKING:
    from audiogen.model import Block

PLACES = [f"Northmouth{n}: Old Quay, New Quay, Bell Street and Mill Lane" for n in range(4)]


def rules(blocks: list[Block], chances: dict[str, float]) -> list[str]:
    page = make_case(*prose(4), *blocks, *prose()[4:], chances=chances)
    mine = {block.text for block in blocks}
    return [v.rule if v else "" for block, v in zip(page.blocks, judge(page), strict=True) if block.text in mine]


@pytest.mark.parametrize(("doubted", "count", "are_heard"), [(2, 4, True), (3, 4, False), (1, 3, False)])
def test_entries_of_which_two_are_heard_are_all_heard(doubted: int, count: int, are_heard: bool) -> None:
    entries = [
        make_block(text, inside=("div", "p"), density=0.6, elements=(90, 91 + n)) for n, text in enumerate(PLACES)
    ]
    found = rules(entries[:count], dict.fromkeys(PLACES[:doubted], 0.1))
    assert (found == [""] * count) is are_heard


def test_an_entry_that_is_links_alone_is_heard_among_its_like() -> None:
    entries = [
        make_block(text, inside=("div", "p"), density=0.6 if n else 0.9, elements=(90, 91 + n))
        for n, text in enumerate(PLACES)
    ]
    assert rules(entries, {}) == [""] * 4


POINTING = {
    "labelled headlines": (3, 0.4, 0.1, ": Why the clock was late", True),
    "behind a bar": (3, 0.4, 0.1, " | Why the clock was late", True),
    "two": (2, 0.4, 0.1, ": Why the clock was late", False),
    "hardly a link": (3, 0.39, 0.1, ": Why the clock was late", False),
    "links alone": (3, 1.0, 0.1, ": Why the clock was late", False),
    "to other outlets": (3, 0.4, 0.09, ": Why the clock was late", False),
    "a sentence": (3, 0.4, 0.1, ": the clock was late again.", False),
    "no label": (3, 0.4, 0.1, " and why the clock was late", False),
}


@pytest.mark.parametrize(("count", "density", "own", "end", "are_dropped"), POINTING.values(), ids=POINTING)
def test_three_labelled_headlines_in_one_element_are_pointers(
    count: int, density: float, own: float, end: str, are_dropped: bool
) -> None:
    lines = [
        make_block(f"NORTHMOUTH {n}{end}", inside=("ul", "li"), density=density, elements=(90, 91 + n), own_links=own)
        for n in range(count)
    ]
    assert (rules(lines, {}) == ["page.labelled-pointers"] * count) is are_dropped


@pytest.mark.parametrize(
    ("url", "label", "are_dropped"),
    [("", "NORTHMOUTH", True), ("", "Northmouth", False), ("https://quaypost.example/a", "NORTHMOUTH", False)],
    ids=["in capitals", "in small letters", "of a page with an address"],
)
def test_where_no_address_tells_whose_a_link_is_its_label_does(url: str, label: str, are_dropped: bool) -> None:
    lines = [
        make_block(f"{label}: Why the clock was late", inside=("ul", "li"), density=MIN_LINKED, elements=(90, 91 + n))
        for n in range(MIN_POINTERS)
    ]
    page = make_case(*prose(), *lines, url=url)
    assert (rule_of(page, lines[0].text) == "page.labelled-pointers") is are_dropped
