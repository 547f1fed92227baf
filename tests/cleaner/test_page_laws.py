"""Laws of cleaned pages over generated ones, the ledger, and how the standfirst and the landmarks are found."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.cleaner import clean
from audiogen.cleaner.page import decide, find_dek, judge, look
from audiogen.errors import AudiogenError
from audiogen.model import Article, Block, BlockKind, Reason
from audiogen.readers.html import read_html
from tests.cleaner.blocks import PROSE, TITLE, heading, make_block, make_case, prose, rule_of
from tests.cleaner.pages import PARAGRAPHS, make_article, make_page

NOISE = (
    "<figure><img src='c.jpg'><figcaption>The clock before it was cleaned</figcaption></figure>",
    "<div class='promo'><p>Become a member today and support our work.</p></div>",
    "<p>Read more: <a href='/x'>The last lamp on the mole</a></p>",
    "<div class='ad-slot'>Advertisement</div>",
    "<h2>What was found</h2><p>A tooth was found to be missing from the third wheel, and nobody could say why.</p>",
    "<ul><li>Weigh the oil before it is poured</li><li>Wind it on the first of the month</li></ul>",
    "<blockquote><p>It was never wrong, we were late.</p></blockquote>",
    "<table><tr><td>Monday</td><td>4.1</td></tr><tr><td>Tuesday</td><td>4.3</td></tr></table>",
    "<p>Check out our <a href='/guide'>guide to the tides</a> of the coast.</p>",
    "<div class='comments'><p>My uncle always said that the clock was lying to us.</p></div>",
    f"<p>{PARAGRAPHS[4]}</p>",
    "<nav><ul><li><a href='#a'>What was found</a></li><li><a href='#b'>Who filed it</a></li></ul></nav>",
    "<pre><code>wind(clock)</code></pre>",
    "<p>\\[ h = a \\cos t \\]</p>",
    "<p>",
    "</div>",
)


def words(blocks: tuple[Block, ...]) -> Counter[str]:
    """Count the words of blocks that are the page's own."""
    return Counter(word for block in blocks if block.kind is not BlockKind.STAND_IN for word in block.text.split())


@st.composite
def pages(draw: st.DrawFn) -> Article:
    """Draw a page with noise inside, before and after its text."""
    inside = draw(st.lists(st.sampled_from(NOISE), max_size=6))
    after = "".join(draw(st.lists(st.sampled_from(NOISE), max_size=3)))
    return read_html(make_page(*inside, after=after, place=draw(st.integers(0, 5))))


@settings(max_examples=16, deadline=None)
@given(pages())
def test_every_word_is_heard_or_in_the_ledger(page: Article) -> None:
    article = clean(page, force=True)
    assert words(article.blocks) + words(tuple(entry.block for entry in article.removed)) == words(page.blocks)


@settings(max_examples=16, deadline=None)
@given(pages())
def test_the_ledger_is_in_order_with_every_block_in_its_place(page: Article) -> None:
    article = clean(page, force=True)
    places = [entry.position for entry in article.removed]
    assert places == sorted(set(places))
    assert all(page.blocks[entry.position] == entry.block for entry in article.removed)
    kept = [block for place, block in enumerate(page.blocks) if place not in set(places)]
    assert [block for block in article.blocks if block.kind is not BlockKind.STAND_IN] == kept


@settings(max_examples=12, deadline=None)
@given(pages())
def test_nothing_long_is_heard_twice(page: Article) -> None:
    heard = [block.text for block in clean(page, force=True).blocks if len(block.text) > 60]
    assert len(heard) == len(set(heard))


@settings(max_examples=10, deadline=None)
@given(pages())
def test_cleaning_again_changes_nothing(page: Article) -> None:
    article = clean(page, force=True)
    assert clean(article) == article
    assert clean(page, force=True) == article


@settings(max_examples=12, deadline=None)
@given(pages())
def test_every_entry_has_a_reason_of_the_list_and_a_rule(page: Article) -> None:
    for entry in clean(page, force=True).removed:
        assert entry.reason in Reason
        assert entry.rule.split(".")[0] in {"page", "phrases", "site"}


@settings(max_examples=12, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=9, max_size=9))
def test_whatever_the_model_thinks_every_block_is_accounted_for(chances: list[float]) -> None:
    page = make_case(*prose())
    article = decide(page.article, np.array(chances))
    assert len(article.blocks) + len(article.removed) == len(page.blocks)
    assert {entry.position for entry in article.removed} >= {0}


@pytest.mark.parametrize("noise", NOISE[:4] + NOISE[8:10], ids=range(6))
@pytest.mark.parametrize("place", [1, 3, 5])
def test_the_article_is_whole_wherever_a_nuisance_stands(noise: str, place: int) -> None:
    article = clean(read_html(make_page(noise, place=place)))
    assert [block.text for block in article.blocks] == list(PARAGRAPHS)


DEKS = {
    "by its class": (make_block("Two apprentices found a missing tooth.", inside=("p.standfirst",)), True),
    "by its parent's class": (make_block("Two apprentices found a tooth.", inside=("div.article-dek", "p")), True),
    "by the description": (
        make_block("Two apprentices have found a missing tooth in it.", inside=("div", "h3"), description=1.0),
        True,
    ),
    "a short line": (make_block("A missing tooth", inside=("p.standfirst",)), False),
    "a line of links": (make_block("Two apprentices found a tooth.", inside=("p.dek",), density=0.8), False),
    "an essay": (make_block(" ".join(PROSE), inside=("p.standfirst",)), False),
    "nothing says so": (make_block("Two apprentices found a missing tooth."), False),
    "its first paragraph": (make_block(f"{PROSE[7]} So be it.", description=1.0), False),
}


@pytest.mark.parametrize(("block", "found"), DEKS.values(), ids=DEKS)
def test_a_standfirst_is_known_by_its_markup_or_the_description(block: Block, found: bool) -> None:
    page = make_case(block, *prose(7))
    assert (find_dek(page.article, page.chances) == 1) is found


def test_without_a_headline_there_is_no_standfirst() -> None:
    page = make_case(make_block("Two apprentices found a tooth.", inside=("p.dek",)), *prose(), title="Another title")
    assert find_dek(page.article, page.chances) == -1


def test_a_line_after_the_text_is_no_standfirst() -> None:
    page = make_case(*prose(2), make_block("Two apprentices found a tooth.", inside=("p.dek",)), *prose()[2:])
    assert find_dek(page.article, page.chances) == -1


def test_the_landmarks_of_a_page() -> None:
    page = make_case(make_block("By Ada Lind"), *prose())
    assert (page.title, page.first, page.titled) == (0, 2, True)


def test_a_headline_that_is_no_heading_hides_nothing_before_it() -> None:
    article = Article(title=TITLE, format="html", blocks=(*prose(), make_block(TITLE)))
    assert not look(article, np.full(9, 0.98)).titled


def test_a_headline_below_the_text_hides_nothing_before_it() -> None:
    article = Article(title=TITLE, format="html", blocks=(*prose(), heading(TITLE, 1)))
    assert not look(article, np.full(9, 0.98)).titled


@pytest.mark.parametrize("markup", ["<p>" * 3000, "<div>" * 3000 + "x", "\0" * 1000, "&amp;" * 2000, "<table>" * 500])
def test_a_hostile_page_ends_in_an_article_or_a_refusal(markup: str) -> None:
    try:
        article = clean(read_html(make_page(markup)), force=True)
    except AudiogenError:
        return
    assert article.cleaned
    assert make_article().title == article.title


def test_a_line_of_the_text_that_says_the_headline_hides_nothing_before_it() -> None:
    early, section = make_block("The quay in a hundred years."), heading(TITLE)
    article = Article(title=TITLE, format="html", blocks=(early, *prose(4), section, *prose()[4:]))
    page = look(article, np.full(len(article.blocks), 0.98))
    assert (page.title, page.titled, page.dek) == (-1, False, -1)
    assert judge(page) == [None] * len(article.blocks)


AROUND = {
    "a menu that was never closed": {"inside": ("nav", "p")},
    "a copy for browsers without scripts": {"inside": ("noscript", "p")},
    "a page that shows itself later": {"hidden": 1.0},
}


@pytest.mark.parametrize("about", AROUND.values(), ids=AROUND)
def test_what_is_around_the_whole_text_says_nothing_of_it(about: dict[str, Any]) -> None:
    short, line = "On the tooth", "It was found in a drawer of the harbour board, wrapped in a page of the almanac."
    around = [make_block(text, **about) for text in (*PROSE, line)]
    subhead = make_block(short, BlockKind.HEADING, **about)
    whole = make_case(*around[:4], subhead, *around[4:], chances={line: 0.7})
    assert [rule_of(whole, text) for text in (short, line)] == ["", ""]
    part = make_case(*prose(), subhead, around[-1], chances={line: 0.7})
    assert rule_of(part, line) in {"page.tag.nav", "page.tag.noscript", "page.hidden"}
