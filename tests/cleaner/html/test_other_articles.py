"""A file with several whole articles: the one whose headline is the page's is heard."""

from __future__ import annotations

import numpy as np
import pytest

from audiogen.cleaner.html.clean import decide
from audiogen.readers.html import read_html
from tests.cleaner.pages import PARAGRAPHS, TITLE, make_page

STORY = "The lighthouse at the end of the mole was sold in June to a couple who have never been to sea."
NEXT = f"<article id='next'><h2>A lighthouse changes hands</h2><p>{STORY}</p></article>"


def heard(page: str) -> tuple[str, dict[str, str]]:
    """Give what is heard of a page whose blocks the model is sure of, and the rule of each that is not."""
    article = read_html(page)
    cleaned = decide(article, np.full(len(article.blocks), 0.98))
    return cleaned.text, {entry.block.text: entry.rule for entry in cleaned.removed}


def test_the_next_story_below_the_article_is_not_heard() -> None:
    text, rules = heard(make_page(after=NEXT))
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert rules[STORY] == rules["A lighthouse changes hands"] == "page.other-article"


def test_a_story_above_the_article_is_not_heard() -> None:
    text, rules = heard(make_page(before=NEXT))
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert STORY not in text
    assert STORY in rules


def as_stories(*stories: str, level: int = 1) -> str:
    """Make a page of *stories* in elements that are articles by their class alone, under the article of the title."""
    own = f"<h1>{TITLE}</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    others = (f"<h{level}>A lighthouse changes hands</h{level}><p>{story}</p>" for story in stories)
    shown = "".join(f"<div class='story'>{story}</div>" for story in (own, *others))
    return f"<html lang='en'><head><title>{TITLE}</title></head><body><main>{shown}</main></body></html>"


def test_an_article_by_its_class_is_told_from_the_next_by_its_headline() -> None:
    text, rules = heard(as_stories(STORY))
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert rules[STORY] == "page.other-article"


def test_a_part_under_a_lower_heading_is_the_articles_own() -> None:
    assert STORY in heard(as_stories(STORY, level=2))[0]


ONE_TEXT = {
    "an element of its own inside the article": make_page(NEXT),
    "no heading of its own": make_page(after=f"<article><p>{STORY}</p></article>"),
    "a headline that stands in no article": make_page(after=NEXT).replace("<article><h1>", "<div><h1>"),
}


@pytest.mark.parametrize("page", ONE_TEXT.values(), ids=ONE_TEXT)
def test_what_is_a_part_of_the_text_is_heard(page: str) -> None:
    assert STORY in heard(page)[0]


@pytest.mark.parametrize(("paragraphs", "dropped"), [(3, False), (4, True)])
def test_an_article_of_a_few_lines_is_the_head_of_what_follows(paragraphs: int, dropped: bool) -> None:
    own = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:paragraphs])
    main = f"<main><article><h1>{TITLE}</h1>{own}</article>{NEXT}</main>"
    page = f"<html><head><title>{TITLE}</title></head><body>{main}</body></html>"
    assert (STORY not in heard(page)[0]) is dropped


def test_only_the_articles_under_headings_of_their_own_are_others() -> None:
    """A comment set as an article below another story is no part of it."""
    more = "Somebody else said that the lamp has not been lit since the day of the great storm."
    page = make_page(after=f"{NEXT}<article id='note'><p>{more}</p></article>")
    text, rules = heard(page)
    assert more in text
    assert rules[STORY] == "page.other-article"


def test_a_heading_between_the_articles_heads_none_of_them() -> None:
    page = make_page(after=f"<h2>Below</h2><article id='note'><p>{STORY}</p></article>")
    assert STORY in heard(page)[0]


def test_an_article_inside_the_other_falls_with_it() -> None:
    inner = "<article><p>The lamp was lit once more for them, on the day they moved in with their goats.</p></article>"
    page = make_page(after=NEXT.replace("</article>", f"{inner}</article>"))
    assert "goats" not in heard(page)[0]
