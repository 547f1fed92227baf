from __future__ import annotations

import pytest

from audiogen import read
from audiogen.readers.tree import parse
from audiogen.readers.walk import Walk

PLACE = '<!--$?--><template id="B:0"></template><p>Loading</p><!--/$-->'
PIECE = '<div hidden id="S:0"><p>Two</p></div>'
CALL = '<script>$RC("B:0","S:0")</script>'


def shown(markup: str) -> list[str]:
    """The page's lines, in order, those left out that its markup hides."""
    root = parse(f"<html><body>{markup}</body></html>")
    assert root is not None
    return [block.text for block in Walk().over(root) if not (block.evidence and block.evidence.marks.get("hidden"))]


PAGES = {
    "a piece and its call": f"<p>One</p>{PLACE}<p>Three</p>{PIECE}{CALL}",
    "no scripts": f"<p>One</p>{PLACE}<p>Three</p>{PIECE}",
    "no comments": f'<p>One</p><template id="B:0"></template><p>Three</p>{PIECE}',
    "an empty hidden attribute": f'<p>One</p>{PLACE}<p>Three</p><div hidden="" id="S:0"><p>Two</p></div>',
    "another number": (
        f'<p>One</p>{PLACE}<p>Three</p><div hidden id="S:a"><p>Two</p></div><script>$RC("B:0","S:a")</script>'
    ),
    "with its styles": f"""<p>One</p>{PLACE}<p>Three</p>{PIECE}<script>$RR("B:0","S:0",[["/a.css"]])</script>""",
    "a piece in a piece": (
        f'<p>One</p>{PLACE}<p>Three</p><div hidden id="S:0"><template id="P:1"></template></div>'
        '<div hidden id="S:1"><p>Two</p></div><script>$RS("S:1","P:1");$RC("B:0","S:0")</script>'
    ),
    "a place in a place": (
        '<p>One</p><!--$?--><template id="B:0"></template><div><!--$--><p>Wait</p><!--/$--></div><!--$--><i>a</i>'
        f"<!--/$--> moment<!--/$--><p>Three</p>{PIECE}{CALL}"
    ),
    "text between": f'<p>One</p><!--$?--><template id="B:0"></template>Loading<!--/$--><p>Three</p>{PIECE}{CALL}',
    "a place that is filled already": f"<p>One</p><!--$--><p>Two</p><!--/$--><p>Three</p>{PIECE.replace('Two', '')}",
}


@pytest.mark.parametrize("markup", PAGES.values(), ids=PAGES)
def test_what_came_late_stands_in_its_place(markup: str) -> None:
    assert shown(markup) == ["One", "Two", "Three"]


def test_a_piece_without_a_place_is_shown_where_it_stands() -> None:
    assert shown(f"<p>One</p>{PIECE}<p>Three</p>") == ["One", "Two", "Three"]


def test_a_piece_runs_on_in_the_sentence_around_it() -> None:
    page = '<p>The <template id="P:1"></template> is up.</p><div hidden id="S:1">tide</div>'
    assert shown(page) == ["The tide is up."]


def test_what_follows_a_piece_stays_where_it_is() -> None:
    assert shown(f"<p>One</p>{PLACE}<p>Three</p><div>{PIECE} Four</div>") == ["One", "Two", "Three", "Four"]


OTHERS = {
    "hidden by a person": '<p>One</p><div hidden id="S:x"><p>Two</p></div>',
    "hidden elsewhere": f'<p>One</p>{PIECE.replace("Two", "")}<div hidden id="menu"><p>Two</p></div>',
    "a name alone": '<p>One</p><div hidden id="Story"><p>Two</p></div>',
}


@pytest.mark.parametrize("markup", OTHERS.values(), ids=OTHERS)
def test_what_a_page_hides_for_other_reasons_stays_hidden(markup: str) -> None:
    assert shown(markup) == ["One"]


HOSTILE = {
    "a place in its own piece": '<div hidden id="S:0"><template id="B:0"></template><p>One</p></div>',
    "two pieces in each other's places": (
        '<div hidden id="S:0"><template id="B:1"></template><p>One</p></div>'
        '<div hidden id="S:1"><template id="B:0"></template></div>'
    ),
    "one name twice": f'{PLACE}<div hidden id="S:0"><p>One</p></div><div hidden id="S:0"></div>',
    "ends without a beginning": '<!--/$--><!--/$--><p>One</p><div hidden id="S:0"></div><!--$-->',
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_a_stream_that_makes_no_sense_keeps_its_words(markup: str) -> None:
    assert "One" in shown(markup)


def test_a_streamed_article_is_read() -> None:
    text = "For eleven years the clock over the harbour showed ten past four, and nobody set it right."
    page = (
        '<html><head><title>The clock is right | Quay Post</title></head><body><nav>Tides</nav><template id="B:0">'
        f'</template><footer>About us</footer><div hidden id="S:0"><h1>The clock is right</h1><p>{text}</p></div>'
    )
    article = read(page)
    assert article.title == "The clock is right"
    assert [block.text for block in article.blocks] == ["Tides", "The clock is right", text, "About us"]


def test_a_place_that_went_with_what_stood_around_it_takes_no_words_along() -> None:
    outer = '<!--$?--><template id="B:0"></template><div><template id="B:1"></template></div><!--/$-->'
    pieces = '<div hidden id="S:0"><p>One</p></div><div hidden id="S:1"><p>Two</p></div>'
    assert shown(outer + pieces) == ["One", "Two"]


def test_more_pieces_than_any_page_has_are_left_where_they_are() -> None:
    pieces = "".join(f'<div hidden id="S:{number:x}"><p>{number}</p></div>' for number in range(3000))
    places = "".join(f'<template id="B:{number:x}"></template>' for number in range(3000))
    assert shown(f"<p>One</p>{places}<p>Two</p>{pieces}")[1:1001] == [str(number) for number in range(1000)]
