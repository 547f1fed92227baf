"""Lines that name the author and nothing else, and lines that say something of somebody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audiogen.cleaner.html.bylines import MAX_BYLINE_WORDS, MAX_PLACE_WORDS, veto_byline
from audiogen.model import Block, BlockKind
from tests.cleaner.blocks import make_block, make_case, prose

AUTHORS = ("Ida Brandt", "Olav Strand")


def rule(*lines: Block, language: str = "en", authors: tuple[str, ...] = AUTHORS) -> str:
    """Name the rule for the first of *lines*, which stand in an article."""
    text = prose()
    page = make_case(*text[:4], *lines, *text[4:], language=language)
    page = replace(page, article=replace(page.article, authors=authors))
    verdict = veto_byline(page, page.blocks.index(lines[0]))
    return verdict.rule if verdict else ""


BYLINES = {
    "Ida Brandt": "en",
    "By Ida Brandt": "en",
    "By Ida Brandt and Olav Strand": "en",
    "Ida Brandt, correspondent": "en",
    "By Ida Brandt in Lundhaven": "en",
    "Von Ida Brandt, Lundhaven": "de",
    "Ida Brandt und Olav Strand": "de",
    "Par Ida Brandt et Olav Strand": "fr",
}


@pytest.mark.parametrize(("text", "language"), BYLINES.items(), ids=BYLINES)
def test_a_line_of_the_authors_name_is_not_heard(text: str, language: str) -> None:
    assert rule(make_block(text), language=language) == "page.byline"


TEXT = {
    "a sentence": make_block("Ida Brandt has written it."),
    "somebody who speaks": make_block("Ida Brandt:"),
    "somebody else": make_block("Nils Aker"),
    "what the author did": make_block("Ida Brandt measured the wheel"),
    "a name and a place": make_block("Ida Brandt in Lundhaven"),
    "a heading": make_block("Ida Brandt", BlockKind.HEADING, inside=("h2",)),
    "an item of a list": make_block("Ida Brandt", BlockKind.LIST_ITEM, inside=("li",)),
}


@pytest.mark.parametrize("line", TEXT.values(), ids=TEXT)
def test_what_says_something_is_heard(line: Block) -> None:
    assert rule(line) == ""


def test_a_name_of_one_word_may_be_anything() -> None:
    assert rule(make_block("By Lundhaven"), authors=("Lundhaven",)) == ""


def test_a_name_that_stands_there_twice_is_a_speakers() -> None:
    question = make_block("Who filed the tooth of the wheel?")
    assert rule(make_block("Ida Brandt"), question, make_block("Ida Brandt")) == ""


def test_a_name_under_a_quotation_is_of_who_is_quoted() -> None:
    text = prose()
    page = make_case(*text, make_block("It will be right one day.", BlockKind.QUOTE), make_block("Ida Brandt"))
    page = replace(page, article=replace(page.article, authors=AUTHORS))
    assert veto_byline(page, len(page.blocks) - 1) is None


LIMITS = {
    "a place of so many words": ("By Ida Brandt " + "Lundhaven " * MAX_PLACE_WORDS, True),
    "a place of more": ("By Ida Brandt " + "Lundhaven " * (MAX_PLACE_WORDS + 1), False),
    "so many words": ("Ida Brandt, " + "editor " * (MAX_BYLINE_WORDS - 2), True),
    "more words": ("Ida Brandt, " + "editor " * (MAX_BYLINE_WORDS - 1), False),
}


@pytest.mark.parametrize(("text", "byline"), LIMITS.values(), ids=LIMITS)
def test_each_limit_has_both_its_sides(text: str, byline: bool) -> None:
    assert (rule(make_block(text.strip())) == "page.byline") is byline
