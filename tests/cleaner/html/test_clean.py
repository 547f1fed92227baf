"""Laws of cleaned pages over generated ones, the ledger, and how the standfirst and the landmarks are found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.cleaner import clean
from audiogen.cleaner.html.clean import clean_page, decide, find_dek, judge, look, rate_blocks
from audiogen.errors import AudiogenError
from audiogen.model import Article, Block, BlockKind, Reason
from audiogen.readers.html import read_html
from tests.cleaner.blocks import PROSE, heading, make_block, make_case, prose, rule_of
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
    assert find_dek(article, rate_blocks(article)) == -1
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
    assert rate_blocks(replace(make_article(), blocks=())).shape == (0,)


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
    assert clean(cleaned) == cleaned


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
    f"<div class='again'><p>{PARAGRAPHS[4]}</p></div>",
    "<nav><ul><li><a href='#a'>What was found</a></li><li><a href='#b'>Who filed it</a></li></ul></nav>",
    "<pre><code>wind(clock)</code></pre>",
    "<p>\\[ h = a \\cos t \\]</p>",
    "<p>",
    "</div>",
)


def count_words(blocks: tuple[Block, ...]) -> Counter[str]:
    """Count the words of blocks that are the page's own."""
    return Counter(word for block in blocks if block.kind is not BlockKind.STAND_IN for word in block.text.split())


@st.composite
def pages(draw: st.DrawFn) -> Article:
    """Draw a page with noise inside, before and after its text."""
    inside = draw(st.lists(st.sampled_from(NOISE), max_size=6, unique=True))
    after = "".join(draw(st.lists(st.sampled_from(NOISE), max_size=3, unique=True)))
    return read_html(make_page(*inside, after=after, place=draw(st.integers(0, 5))))


@settings(max_examples=16, deadline=None)
@given(pages())
def test_every_word_is_heard_or_in_the_ledger(page: Article) -> None:
    article = clean(page, force=True)
    assert count_words(article.blocks) + count_words(tuple(entry.block for entry in article.removed)) == count_words(
        page.blocks
    )


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
def test_any_page_is_cleaned_once(page: Article) -> None:
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


def test_the_only_paragraph_of_a_post_is_no_standfirst() -> None:
    post = make_block(f"{PROSE[7]} So be it.", description=1.0)
    page = make_case(post, make_block("Share this"), chances={"Share": 0.02})
    assert find_dek(page.article, page.chances) == -1
    assert [block.text for block in decide(page.article, page.chances).blocks] == [post.text]


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


def sized(length: int, mark: str = "x", **about: Any) -> Block:
    """Make a paragraph of a length in characters that is no other's."""
    return make_block(mark * (length - 1) + ".", **about)


SURE_LINES = {
    "likely enough": (81, 0.7, True),
    "less likely": (81, 0.69, False),
    "too short": (80, 0.98, False),
}


@pytest.mark.parametrize(("length", "chance", "first"), SURE_LINES.values(), ids=SURE_LINES)
def test_the_text_begins_with_a_long_paragraph_that_is_surely_heard(length: int, chance: float, first: bool) -> None:
    page = make_case(make_block("By Ada Lind"), sized(length), chances={"x": chance})
    assert page.first == (2 if first else 3)


@pytest.mark.parametrize("early", [2, 3])
def test_a_headline_under_some_of_the_text_is_the_head_of_a_section(early: int) -> None:
    article = Article(title=TITLE, format="html", blocks=(*prose(early), heading(TITLE, 1), *prose()[early:]))
    assert look(article, np.full(9, 0.98)).title == (early if early < 3 else -1)


@pytest.mark.parametrize(("after", "titled"), [(210, False), (211, True)])
def test_most_of_the_text_stands_after_a_headline(after: int, titled: bool) -> None:
    """Of three hundred characters and more, more than seven of ten."""
    blocks = (sized(90), heading(TITLE, 1), sized(after, "y"))
    assert look(Article(title=TITLE, format="html", blocks=blocks), np.full(3, 0.98)).titled is titled


DEK = "Two apprentices found a missing tooth in it."
DEK_LIMITS: dict[str, tuple[list[Block], bool]] = {
    "four words": ([make_block("Two apprentices, one tooth", inside=("p.dek",))], True),
    "three words": ([make_block("Apprentices, one tooth", inside=("p.dek",))], False),
    "eighty words": ([make_block(" ".join(["tide"] * 80), inside=("p.dek",))], True),
    "eighty-one words": ([make_block(" ".join(["tide"] * 81), inside=("p.dek",))], False),
    "few links": ([make_block(DEK, inside=("p.dek",), density=0.29)], True),
    "links": ([make_block(DEK, inside=("p.dek",), density=0.3)], False),
    "called so two elements up": ([make_block(DEK, inside=("div.dek", "p"))], True),
    "called so three elements up": ([make_block(DEK, inside=("div.dek", "div", "p"))], False),
    "nearly the description": ([make_block(DEK, inside=("div", "h3"), description=0.9)], True),
    "hardly the description": ([make_block(DEK, inside=("div", "h3"), description=0.89)], False),
    "a description of six words": ([make_block(" ".join(DEK.split()[:6]), inside=("h3",), description=1.0)], False),
    "a description of seven words": ([make_block(" ".join(DEK.split()[:7]), inside=("h3",), description=1.0)], True),
    "the seventh line": ([*[make_block(f"Line {n}") for n in range(6)], make_block(DEK, inside=("p.dek",))], True),
    "the eighth line": ([*[make_block(f"Line {n}") for n in range(7)], make_block(DEK, inside=("p.dek",))], False),
    "behind the first paragraph": ([make_block(PROSE[7]), make_block(DEK, inside=("p.dek",))], False),
    "behind a paragraph that is not heard": ([make_block("z" * 100), make_block(DEK, inside=("p.dek",))], True),
    "behind a heading": ([make_block("y" * 100, BlockKind.HEADING), make_block(DEK, inside=("p.dek",))], True),
    "behind a short line": ([sized(80), make_block(DEK, inside=("p.dek",))], True),
    "behind a line": ([sized(81), make_block(DEK, inside=("p.dek",))], False),
}  # fmt: skip


@pytest.mark.parametrize(("before", "found"), DEK_LIMITS.values(), ids=DEK_LIMITS)
def test_each_limit_of_a_standfirst_has_both_its_sides(before: list[Block], found: bool) -> None:
    page = make_case(*before, *prose(5), chances={"z": 0.42})
    assert (find_dek(page.article, page.chances) == len(before)) is found


def test_a_paragraph_that_the_model_hardly_hears_begins_the_text() -> None:
    for chance, found in ((0.42, 2), (0.43, -1)):
        page = make_case(make_block("z" * 100), make_block(DEK, inside=("p.dek",)), *prose(5), chances={"z": chance})
        assert find_dek(page.article, page.chances) == found, chance


#: A line that the description says, and what stands below it.
ALIKE = {
    "in the same element": (("div.a", "p"), (10, 11), ("div.b", "p"), (10, 12), False),
    "marked the same": (("div.a", "p"), (10, 11), ("div.a", "p"), (20, 21), False),
    "by another tag": (("div.a", "h3"), (10, 11), ("div.a", "p"), (10, 12), True),
    "in another element that is marked otherwise": (("div.a", "p"), (10, 11), ("div.b", "p"), (20, 21), True),
}


@pytest.mark.parametrize(("inside", "elements", "below", "numbers", "found"), ALIKE.values(), ids=ALIKE)
def test_a_described_line_among_its_like_is_no_standfirst(
    inside: tuple[str, ...], elements: tuple[int, ...], below: tuple[str, ...], numbers: tuple[int, ...], found: bool
) -> None:
    line = make_block(f"{DEK} So they say.", inside=inside, elements=elements, description=1.0)
    text = [make_block(text, inside=below, elements=numbers) for text in PROSE[:3]]
    page = make_case(line, *text)
    assert (find_dek(page.article, page.chances) == 1) is found


def test_only_a_paragraph_of_some_length_is_such_a_like() -> None:
    for length, found in ((60, 1), (61, -1)):
        line = make_block(DEK, inside=("div.a", "p"), description=1.0)
        page = make_case(
            line, sized(length, inside=("div.a", "p")), *[make_block(text, inside=("h4",)) for text in PROSE]
        )
        assert find_dek(page.article, page.chances) == found, length


#: What is around the text as a share of it, in hundredths: a tag, a hidden element, captions, links, a template's text.
SIGNS: dict[str, tuple[dict[str, Any], int, str]] = {
    "a tag": ({"inside": ("nav", "p")}, 50, "nav"),
    "hidden": ({"hidden": 1.0}, 90, "hidden"),
    "captions": ({"centred": 1.0, "pictures_before": 1.0}, 50, "captioned"),
    "links": ({"density": 0.76}, 50, "linked"),
}


@pytest.mark.parametrize(("about", "share", "sign"), SIGNS.values(), ids=SIGNS)
def test_what_is_around_most_of_the_text_is_a_sign_of_the_page(about: dict[str, Any], share: int, sign: str) -> None:
    for hundredths, shown in ((share, False), (share + 1, True)):
        inside = [sized(100, "abcdefghijklmnopqrstuvwxyz"[n % 26], **about) for n in range(hundredths)]
        outside = [sized(100) for _ in range(100 - hundredths)]
        assert (sign in make_case(*inside, *outside).around) is shown, hundredths


def test_a_sign_wants_all_that_makes_it() -> None:
    for about in ({"centred": 1.0}, {"pictures_before": 1.0}, {"density": 0.75}, {"inside": ("p.nav",)}):
        around = make_case(*[make_block(text, **about) for text in PROSE]).around
        assert around == {"body", "main", "article", "p"}, about


def test_an_element_with_most_of_the_text_is_the_pages_own() -> None:
    inside = [
        make_block(text, inside=("div", "p"), elements=(50, 51 + n)) for n, text in enumerate(["a" * 99, "b" * 99])
    ]
    for length, outer in ((198, False), (197, True)):
        assert (50 in make_case(*inside, sized(length)).outer) is outer, length


@pytest.mark.parametrize(("witnessed", "heard"), [(8, 8), (0, 1)])
def test_a_second_look_counts_where_more_is_heard(witnessed: int, heard: int, monkeypatch: pytest.MonkeyPatch) -> None:
    page = make_case(*[make_block(text, json_ld=float(n < witnessed)) for n, text in enumerate(PROSE)])
    monkeypatch.setattr("audiogen.cleaner.html.clean.rate_blocks", lambda article: np.array([0.9, 0.9, *[0.05] * 7]))
    assert len(clean_page(page.article).blocks) == heard
