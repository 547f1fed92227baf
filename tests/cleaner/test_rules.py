from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.cleaner import rules
from audiogen.cleaner.page import judge, look, opinions
from tests.cleaner.pages import make_article

if TYPE_CHECKING:
    from audiogen.cleaner.verdicts import Verdict


def verdict_of(markup: str, text: str, **around: str) -> Verdict | None:
    article = make_article(markup, **around)
    page = look(article, opinions(article))
    place = next(place for place, block in enumerate(article.blocks) if text in block.text)
    return judge(page)[place]


RULES = {
    "comments": (
        "<div id='comment-12'><p>It was never slow in my day, whatever they say.</p></div>",
        "never slow",
        "page.comments",
    ),
    "caption": (
        "<figure><figcaption>The clock on its new bracket</figcaption></figure>",
        "new bracket",
        "page.tag.figcaption",
    ),
    "centred": (
        "<div><img src='c.jpg'></div><p style='text-align:center'>The clock after it was cleaned</p>",
        "after it was cleaned",
        "page.centred-after-picture",
    ),
    "pointer": (
        "<p><a href='/x'>A lighthouse for sale and nobody to buy it</a></p>",
        "lighthouse for sale",
        "page.pointer",
    ),
    "bracketed": ("<p>(<a href='/x'>How the quay was built</a> in one summer.)</p>", "How the quay", "page.pointer"),
    "placeholder": ("<p>[gallery ids='1,2' columns='3']</p>", "[gallery", "page.placeholder"),
    "noscript": (
        "<noscript><p>Please turn on scripts to see the tide table on this page.</p></noscript>",
        "tide table",
        "page.tag.noscript",
    ),
    "control": ("<select><option>Choose your nearest harbour here</option></select>", "nearest harbour", "page.tag."),
    "hidden": ("<div hidden><h3>Folded away for nobody at all</h3></div>", "Folded away", "page.hidden"),
}


@pytest.mark.parametrize(("markup", "text", "rule"), RULES.values(), ids=RULES)
def test_a_rule_is_named_in_the_verdict(markup: str, text: str, rule: str) -> None:
    verdict = verdict_of(markup, text)
    assert verdict is not None
    assert verdict.rule.startswith(rule) or verdict.rule.startswith("phrases.")


def test_what_stands_before_the_headline_is_not_heard() -> None:
    teaser = "<p>A whole paragraph of another story that the page shows above this one, for it is newer.</p>"
    verdict = verdict_of("", "newer", before=teaser)
    assert verdict is not None


def test_prose_between_heard_paragraphs_is_heard_even_if_the_model_doubts_it() -> None:
    article = make_article()
    chances = opinions(article)
    doubted = next(place for place, block in enumerate(article.blocks) if "filed away" in block.text)
    chances[doubted] = 0.3
    assert judge(look(article, chances))[doubted] is None


def test_prose_that_the_model_is_sure_against_is_not_rescued() -> None:
    article = make_article()
    chances = opinions(article)
    doubted = next(place for place, block in enumerate(article.blocks) if "filed away" in block.text)
    chances[doubted] = 0.01
    assert judge(look(article, chances))[doubted] is not None


def test_a_correction_after_the_article_is_heard() -> None:
    text = "Correction: An earlier version of this article said that the clock was made of iron."
    assert verdict_of("", "made of iron", after=f"<div><p>{text}</p></div>") is None


def test_an_ordinary_paragraph_has_no_veto() -> None:
    article = make_article()
    page = look(article, opinions(article))
    place = next(place for place, block in enumerate(article.blocks) if "pendulum" in block.text)
    assert rules.veto(page, place) is None
