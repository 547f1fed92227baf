"""The reason by tag, by class and by kind: what stands in the ledger of a block that the model does not hear."""

from __future__ import annotations

import pytest

from audiogen.cleaner.html.reasons import GROUPS, KINDS, TAGS, find_reason
from audiogen.model import Block, BlockKind, Evidence, Reason


def make(
    text: str = "Some line of the page", *path: str, kind: BlockKind = BlockKind.PARAGRAPH, **marks: float
) -> Block:
    density = marks.pop("density", 0.0)
    return Block(text, kind, evidence=Evidence(("body", *path), link_density=density, marks=marks))


CASES = {
    "hidden": (make(hidden=1.0), Reason.HIDDEN),
    "a table": (make(kind=BlockKind.TABLE), Reason.TABLE),
    "what it says": (make("Sign up for our weekly newsletter"), Reason.CALL_TO_ACTION),
    "its tag": (make("Some line", "figure", "figcaption"), Reason.CAPTION),
    "its class": (make("Some line", "div.related-posts", "p"), Reason.RELATED),
    "the innermost first": (make("Some line", "div.related-posts", "p.byline"), Reason.BYLINE),
    "links": (make("Some line of links", "div", "p", density=0.9), Reason.NAVIGATION),
    "nothing": (make("Some line", "div", "p"), Reason.BOILERPLATE),
}


@pytest.mark.parametrize(("block", "reason"), CASES.values(), ids=CASES)
def test_the_reason_is_the_surest_sign(block: Block, reason: Reason) -> None:
    assert find_reason(block, "en")[0] is reason


def test_a_block_without_evidence_has_a_reason_too() -> None:
    assert find_reason(Block("Some line"), "en") == (Reason.BOILERPLATE, "page.model")


CLASSES = {
    "p.wp-caption-text": Reason.CAPTION,
    "span.photographer": Reason.CREDIT,
    "div.reader-comments": Reason.COMMENTS,
    "div.cookie-banner": Reason.DISCLAIMER,
    "div.ad-slot": Reason.ADVERTISEMENT,
    "div.sponsored": Reason.ADVERTISEMENT,
    "div.tagcloud": Reason.TAGS,
    "div.social-share": Reason.SHARE,
    "div.author-bio": Reason.BIOGRAPHY,
    "div.byline": Reason.BYLINE,
    "div.related-posts": Reason.RELATED,
    "div.most-read": Reason.RELATED,
    "ul.breadcrumbs": Reason.NAVIGATION,
    "div.newsletter-signup": Reason.CALL_TO_ACTION,
    "div.donate": Reason.CALL_TO_ACTION,
    "div.searchbox": Reason.FORM,
    "div.twitter-tweet": Reason.EMBED,
    "div.jwplayer": Reason.EMBED,
    "span.timestamp": Reason.DATE,
    "div.teaser": Reason.FEED,
    "div.slideshow": Reason.CAPTION,
    "ol.footnotes": Reason.REFERENCES,
    "div.toc": Reason.NAVIGATION,
    "span.kicker": Reason.LABEL,
    "div.colophon": Reason.NAVIGATION,
    "div.rail": Reason.FEED,
    "div.woocommerce": Reason.ADVERTISEMENT,
}


def made(*path: str, kind: BlockKind = BlockKind.PARAGRAPH, text: str = "A line of the page about the quay") -> Block:
    return Block(text, kind, evidence=Evidence(("html", *path)))


@pytest.mark.parametrize(("segment", "reason"), CLASSES.items())
def test_a_class_tells_the_reason(segment: str, reason: Reason) -> None:
    found, rule = find_reason(made("body", segment, "p"), "en")
    assert found is reason
    assert rule.startswith("page.markup.")
    assert rule.removeprefix("page.markup.") in GROUPS


@pytest.mark.parametrize(("tag", "reason"), TAGS.items())
def test_a_tag_tells_the_reason(tag: str, reason: Reason) -> None:
    assert find_reason(made("body", tag, "p"), "en") == (reason, f"page.tag.{tag}")


@pytest.mark.parametrize(("kind", "reason"), KINDS.items())
def test_a_kind_tells_the_reason_before_any_class(kind: BlockKind, reason: Reason) -> None:
    assert find_reason(made("body", "div.newsletter", kind=kind), "en")[0] is reason


WORDS = {
    "en": ("Sign up for our weekly newsletter", Reason.CALL_TO_ACTION),
    "de": ("Lesen Sie auch: Der Hafen im Winter", Reason.RELATED),
    "fr": ("Publicité", Reason.ADVERTISEMENT),
    "uk": ("Читайте також: Гавань узимку", Reason.RELATED),
    "": ("Поделиться", Reason.SHARE),
}


@pytest.mark.parametrize(("language", "case"), WORDS.items())
def test_words_tell_the_reason_before_tag_and_class(language: str, case: tuple[str, Reason]) -> None:
    text, reason = case
    assert find_reason(made("body", "div.byline", "time", text=text), language)[0] is reason


def test_the_body_itself_tells_nothing() -> None:
    block = Block("A line of the page about the quay", evidence=Evidence(("html.newsletter",)))
    assert find_reason(block, "en") == (Reason.BOILERPLATE, "page.model")


@pytest.mark.parametrize(("density", "reason"), [(0.9, Reason.NAVIGATION), (0.5, Reason.BOILERPLATE)])
def test_links_tell_where_nothing_else_does(density: float, reason: Reason) -> None:
    block = Block("A line of the page about the quay", evidence=Evidence(("html", "body", "div"), density))
    assert find_reason(block, "en")[0] is reason
