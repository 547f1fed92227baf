from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.cleaner import clean
from audiogen.cleaner.page import find_dek, opinions
from audiogen.errors import AudiogenError
from audiogen.model import BlockKind, Reason
from audiogen.readers.html import read_html
from tests.cleaner.pages import PARAGRAPHS, TITLE, make_article, make_page


def test_the_whole_article_is_heard_in_order() -> None:
    article = clean(make_article())
    assert article.title == TITLE
    assert [block.text for block in article.blocks] == list(PARAGRAPHS)


def test_the_headline_is_not_heard_twice() -> None:
    assert clean(make_article()).text.count(TITLE) == 1


NUISANCES = {
    "a caption": (
        "<figure><img src='c.jpg'><figcaption>The clock before it was cleaned</figcaption></figure>",
        "caption",
    ),
    "an appeal": ("<div class='promo'><p>Become a member today and support our work.</p></div>", "call to action"),
    "a pointer": ("<p><a href='/x'>The harbour master who never learned to swim</a></p>", "related"),
    "a named pointer": ("<p>Read more: <a href='/x'>The last lamp on the mole</a></p>", "related"),
    "an advertisement": ("<div class='ad-slot'>Advertisement</div>", "advertisement"),
    "a form": ("<form><label>Your town</label><select><option>Northmouth by the sea</option></select></form>", "form"),
    "a comment": (
        "<div class='comments'><p>My uncle always said that the clock was lying to us.</p></div>",
        "comments",
    ),
    "a placeholder": ("<p>{{related-box-for-this-article-here}}</p>", "boilerplate"),
    "hidden text": ("<div style='display:none'><h3>Nothing that anybody can see</h3></div>", "hidden"),
}


@pytest.mark.parametrize(("markup", "reason"), NUISANCES.values(), ids=NUISANCES)
def test_a_nuisance_goes_into_the_ledger_with_its_reason(markup: str, reason: str) -> None:
    article = clean(make_article(markup))
    assert [block.text for block in article.blocks] == list(PARAGRAPHS)
    assert reason in {entry.reason.value for entry in article.removed}


def test_every_block_is_heard_or_in_the_ledger() -> None:
    article = make_article(*(markup for markup, _ in NUISANCES.values()))
    cleaned = clean(article)
    assert len(cleaned.blocks) + len(cleaned.removed) == len(article.blocks)
    assert {entry.position for entry in cleaned.removed} <= set(range(len(article.blocks)))


def test_cleaning_again_changes_nothing() -> None:
    article = clean(make_article())
    assert clean(article) is article
    assert article.cleaned


def test_a_standfirst_is_told_from_the_text() -> None:
    page = make_page().replace("</h1>", "</h1><p class='standfirst'>Two apprentices found a missing tooth.</p>")
    article = clean(read_html(page))
    assert article.dek == "Two apprentices found a missing tooth."
    assert article.text.split("\n")[:2] == [TITLE, "Two apprentices found a missing tooth."]
    assert [block.text for block in article.blocks] == list(PARAGRAPHS)


def test_a_first_paragraph_that_the_page_repeats_as_its_description_is_no_standfirst() -> None:
    head = f"<meta name='description' content='{PARAGRAPHS[0]}'>"
    article = make_article(head=head)
    assert find_dek(article, opinions(article)) == -1
    assert clean(article).blocks[0].text == PARAGRAPHS[0]


def test_a_pull_quote_is_not_heard_beside_its_paragraph() -> None:
    article = clean(
        make_article(
            "<blockquote class='pullquote'><p>Since Monday the clock has shown the right tide</p></blockquote>"
        )
    )
    assert Reason.DUPLICATE in {entry.reason for entry in article.removed} or len(article.blocks) == len(PARAGRAPHS)


def test_a_heading_over_nothing_is_dropped_at_the_end() -> None:
    article = clean(make_article("<h2>Clocks nearby</h2>", place=5))  # type: ignore[arg-type]
    assert article.blocks[-1].text == PARAGRAPHS[-1]


def test_a_page_without_blocks_has_no_opinions() -> None:
    assert opinions(replace(make_article(), blocks=())).shape == (0,)


words = st.text(alphabet="abcdefgh <>/&;\"'=\n\0é字", max_size=40)
tags = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<b>", "<table><tr><td>", "</table>", "<ul><li>", "<br>", "<a href=x>", "<h2>"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(words, tags), max_size=30))
def test_no_page_crashes_and_every_block_is_accounted_for(parts: list[str]) -> None:
    try:
        article = read_html(make_page("".join(parts)))
    except AudiogenError:
        return
    cleaned = clean(article, force=True)
    own = [block for block in cleaned.blocks if block.kind is not BlockKind.STAND_IN]
    assert len(own) + len(cleaned.removed) == len(article.blocks)
    long = [block.text for block in own if len(block.text) > 80]
    assert len(long) == len(set(long))
    assert clean(cleaned) == cleaned
