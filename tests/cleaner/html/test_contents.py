"""A list of what the article holds is not heard before the headings themselves are."""

from __future__ import annotations

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.html.contents import contents_indexes
from audiogen.model import Block, BlockKind, Reason
from tests.cleaner.blocks import heading, make_block
from tests.cleaner.pages import PARAGRAPHS, make_article

HEADS = ("The missing tooth", "Who filed it", "What the fishermen say")


def entry(text: str, number: int = 61, *, within: int = 60, density: float = 1.0) -> Block:
    return make_block(
        text, BlockKind.LIST_ITEM, inside=("ul", "li", "a"), elements=(within, number), density=density
    )  # fmt: skip


def entries(*texts: str) -> list[Block]:
    return [entry(text, 61 + n) for n, text in enumerate(texts)]


OTHERS = ("The bridge that hums", "Soups for winter")
BELOW = [heading(text) for text in HEADS]
LISTS = {
    "all of them": (entries(*HEADS), 3),
    "numbered": (entries("1. The missing tooth", "2. Who filed it", "3. What the fishermen say"), 3),
    "in capitals": (entries("THE MISSING TOOTH", "WHO FILED IT"), 2),
    "with one of its own": (entries(*HEADS, "Comments"), 4),
    "half of them other pages": (entries("The missing tooth", "The bridge that hums", "Soups for winter"), 0),
    "one entry": (entries("The missing tooth"), 0),
    "two entries": (entries(*HEADS[:2]), 2),
    "three of five": (entries(*HEADS, *OTHERS), 5),
    "two of four": (entries(*HEADS[:2], *OTHERS), 0),
    "links of nearly all its words": ([entry(text, density=0.8) for text in HEADS], 3),
    "links of fewer words": ([entry(text, density=0.79) for text in HEADS], 0),
    "no links": ([entry(text, density=0.0) for text in HEADS], 0),
    "no list": ([make_block(text, density=1.0) for text in HEADS], 0),
}


@pytest.mark.parametrize(("blocks", "count"), LISTS.values(), ids=LISTS)
def test_a_list_of_links_to_headings_below_is_one_of_contents(blocks: list[Block], count: int) -> None:
    assert contents_indexes([*blocks, *BELOW]) == frozenset(range(count))


def test_a_list_after_the_headings_is_none() -> None:
    assert contents_indexes([*BELOW, *entries(*HEADS)]) == frozenset()


def test_lists_inside_one_another_are_one() -> None:
    inner = make_block("Who filed it", BlockKind.LIST_ITEM, inside=("ul", "li", "ul", "li", "a"),
                       elements=(60, 62, 63, 64), density=1.0)  # fmt: skip
    assert contents_indexes([entry("The missing tooth"), inner, *BELOW]) == {0, 1}


def test_headings_are_heard_where_they_stand() -> None:
    links = "".join(f"<li><a href='#s{n}'>{text}</a></li>" for n, text in enumerate(HEADS))
    heads = [f"<h2 id='s{n}'>{text}</h2><p>{PARAGRAPHS[n][:-1]}, or so they say.</p>" for n, text in enumerate(HEADS)]
    article = clean(make_article(f"<p>In this article</p><ul>{links}</ul>", *heads))
    heard = [block.text for block in article.blocks]
    assert [text for text in heard if text in HEADS] == list(HEADS)
    assert all(heard.count(text) == 1 for text in HEADS)
    removed = [entry for entry in article.removed if entry.block.text in HEADS]
    assert [(entry.reason, entry.rule) for entry in removed] == [(Reason.NAVIGATION, "page.contents")] * 3
