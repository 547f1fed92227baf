from __future__ import annotations

import pytest

from audiogen.errors import UnsupportedSourceError
from audiogen.readers.tree import DEEPEST, flatten_deep_elements, parse
from audiogen.readers.walk import Walk


def texts(markup: str) -> list[str]:
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    return [block.text for block in Walk().over(root)]


@pytest.mark.parametrize(
    "document", ["", "   ", "<!-- -->", "<?xml version='1.0'?>"], ids=["empty", "blank", "comment", "xml"]
)
def test_a_document_without_elements_has_no_tree_or_no_blocks(document: str) -> None:
    root = parse(document)
    assert root is None or Walk().over(root) == []


WITHOUT_TAGS = {
    "an article": "<title>Ice</title><article><p>One</p></article>",
    "an article behind a head's start": "<head><title>Ice</title><article><p>One</p></article>",
    "a main part": "<!doctype html><meta charset=utf-8><title>Ice</title><main><p>One</p></main>",
    "an element of its own": "<title>Ice</title><x-page><p>One</p></x-page>",
    "a header and text": "<title>Ice</title><header>One</header>Two<p>Three</p>",
    "a paragraph before a body": "<title>Ice</title><section><p>One</p></section><body>Two<p>Three</p></body>",
    "a head that is closed": "<head><title>Ice</title></head><article><p>One</p></article>",
}


@pytest.mark.parametrize("markup", WITHOUT_TAGS.values(), ids=WITHOUT_TAGS)
def test_a_page_that_leaves_out_the_tags_of_head_and_body_is_read_in_order(markup: str) -> None:
    root = parse(markup)
    assert root is not None
    expected = [word for word in ("One", "Two", "Three") if word in markup]
    assert [block.text for block in Walk().over(root)] == expected
    assert root.findtext("head/title") == "Ice"


def test_a_tag_with_endless_attributes_loses_them() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(60_000))
    root = parse(f"<div {attributes}><p>One</p></div>")
    assert root is not None
    assert [block.text for block in Walk().over(root)] == ["One"]


DEEP = {
    "divs that are closed": "<div>" * 30_000 + "{}" + "</div>" * 30_000,
    "divs that are not": "<div>" * 30_000 + "{}",
    "inline elements": "<b>" * 30_000 + "{}",
    "lists": "<ul><li>" * 15_000 + "{}",
    "layout tables": "<table><tr><td>" * 10_000 + "{}",
    "divs before and after": "<div>" * 3000 + "</div>" * 3000 + "{}" + "<div>" * 3000,
    "elements that need no end": "<div><br><img src='x'>" * 5000 + "{}",
}


@pytest.mark.parametrize("around", DEEP.values(), ids=DEEP)
def test_text_is_read_however_deep_it_stands(around: str) -> None:
    assert texts(around.format("<h1>One</h1><p>Two</p><p>Three</p>"))[:3] == ["One", "Two", "Three"]


def test_depth_that_cannot_be_taken_away_is_refused_by_its_name() -> None:
    with pytest.raises(UnsupportedSourceError, match="thousands deep"):
        parse("<html><body>" + "<o:p>" * 5000 + "<p>One</p>")


def test_an_ordinary_depth_is_left_as_it_is() -> None:
    page = "<div>" * DEEPEST + "<p>One</p>" + "</div>" * DEEPEST
    assert flatten_deep_elements(page) == page


def test_what_follows_the_end_of_the_document_is_read() -> None:
    root = parse("<html><body><header>One</header></body></html>\n<div><p>Two</p></div></BODY ></html>")
    assert root is not None
    assert [block.text for block in Walk().over(root)] == ["One", "Two"]


def test_deep_nesting_does_not_end_in_a_recursion_error() -> None:
    root = parse("<div>" * 100_000 + "<p>One</p>")
    assert root is None or isinstance(Walk().over(root), list)


SHADOWS = {
    "open": "<x-story><template shadowrootmode='open'><p>One</p></template></x-story>",
    "closed": "<x-story><template shadowrootmode=closed><p>One</p></template></x-story>",
    "as older programs wrote it": "<x-story><template shadowroot='open'><p>One</p></template></x-story>",
    "one in another": (
        "<x-a><template shadowrootmode=open><x-b><template shadowrootmode=open><p>One</p></template></x-b>"
        "</template></x-a>"
    ),
    "with its styles": "<x-a><template shadowrootmode=open><style>p{}</style><p>One</p></template></x-a>",
}


@pytest.mark.parametrize("markup", SHADOWS.values(), ids=SHADOWS)
def test_what_a_shadow_root_shows_is_a_part_of_the_page(markup: str) -> None:
    assert texts(markup + "<p>Two</p>") == ["One", "Two"]


def test_a_template_that_nothing_opens_shows_nothing() -> None:
    assert texts("<x-a><template><p>One</p></template></x-a><p>a shadowroot</p>") == ["a shadowroot"]


def test_the_errors_of_a_broken_page_are_not_counted_one_by_one() -> None:
    assert texts("<p>" + "&" * 50_000 + "</i>" * 50_000 + "One</p>")[0].endswith("One")


def test_elements_need_no_class_of_their_own() -> None:
    root = parse("<html><body><form><input name=a><select><option>x</select><label>l</label></form></body></html>")
    assert root is not None
    assert len({type(element) for element in root.iter()}) == 1
