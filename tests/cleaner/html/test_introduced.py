"""Lists under a line that announces them, and lists that lead round the site."""

from __future__ import annotations

import pytest

from audiogen.cleaner.html.introduced import MAX_ITEMS, MIN_INTRODUCTION_WORDS
from audiogen.model import Block, BlockKind
from tests.cleaner.blocks import make_block, make_case, prose, rule_of

LINE = "Several rules of the harbour speak of clocks. See:"


def items(count: int = 2, around: int = 80) -> list[Block]:
    return [make_item(f"Rules of the quay, part {n}", around, n) for n in range(1, count + 1)]


def make_item(text: str, around: int = 80, number: int = 19) -> Block:
    elements = (around, around + number)
    return make_block(text, BlockKind.LIST_ITEM, inside=("ul", "li"), elements=elements, density=1.0)


def judged(line: Block, listed: list[Block], chance: float = 0.9) -> str:
    """Name the rule that silences the first item of a list of links under a line, of which the model doubts each."""
    text = prose()
    page = make_case(*text[:3], line, *listed, *text[3:], chances={"Rules": 0.1, "Subscribe": 0.1, line.text: chance})
    return rule_of(page, listed[0].text)


def test_a_list_of_links_is_heard_where_the_article_announces_it() -> None:
    assert judged(make_block(LINE), items()) == ""


OTHERS = {
    "nothing announces it": make_block("Several rules of the harbour speak of clocks."),
    "a pointer announces it": make_block("Read more about the clocks of the harbour:"),
    "a heading announces it": make_block(LINE, BlockKind.HEADING, inside=("h3",)),
    "an element of its own announces it": make_block(LINE, inside=("div", "p"), elements=(70, 71)),
}


@pytest.mark.parametrize("line", OTHERS.values(), ids=OTHERS)
def test_a_list_of_links_is_not_heard_where(line: Block) -> None:
    assert judged(line, items()) == "page.links"


LIMITS = {
    "as many items": (make_block(LINE), items(MAX_ITEMS), 0.9, True),
    "more items": (make_block(LINE), items(MAX_ITEMS + 1), 0.9, False),
    "a sure line": (make_block(LINE), items(), 0.76, True),
    "an unsure line": (make_block(LINE), items(), 0.74, False),
    "a line of so many words": (make_block(" ".join(["The"] * MIN_INTRODUCTION_WORDS) + ":"), items(), 0.9, True),
    "a line of fewer words": (make_block(" ".join(["The"] * (MIN_INTRODUCTION_WORDS - 1)) + ":"), items(), 0.9, False),
}


@pytest.mark.parametrize(("line", "listed", "chance", "heard"), LIMITS.values(), ids=LIMITS)
def test_each_limit_has_both_its_sides(line: Block, listed: list[Block], chance: float, heard: bool) -> None:
    assert (judged(line, listed, chance) == "") is heard


def test_what_an_item_says_counts() -> None:
    assert judged(make_block(LINE), [*items(), make_item("Subscribe to our newsletter")]) == "page.links"
