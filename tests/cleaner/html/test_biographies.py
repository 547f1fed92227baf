"""Who wrote the article is not heard behind its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.cleaner.blocks import make_block, make_case, prose, rule_of

if TYPE_CHECKING:
    from audiogen.model import Block

BIOGRAPHY = "Ada Lind sails the northern coast and has written three books on clocks."
MORE = "She lives in a lighthouse with two dogs and a barometer that was never right."


def rule(*blocks: Block, text: str = BIOGRAPHY, author: str = "Ada Lind", chance: float = 0.95) -> str:
    """Judge a page by *author*; the model gives `MORE` a *chance*."""
    page = make_case(*blocks, chances={MORE: chance})
    return rule_of(replace(page, article=replace(page.article, authors=(author,))), text)


def test_a_last_paragraph_that_begins_with_the_authors_name_is_not_heard() -> None:
    assert rule(*prose(), make_block(BIOGRAPHY)) == "page.biography"


OTHERS = {
    "somebody else's name": {"author": "Bo Roe"},
    "one name alone": {"author": "Ada"},
}


@pytest.mark.parametrize("about", OTHERS.values(), ids=OTHERS)
def test_a_paragraph_about_somebody_else_is_heard(about: dict[str, str]) -> None:
    assert rule(*prose(), make_block(BIOGRAPHY), **about) == ""  # type: ignore[arg-type]


def test_what_the_author_says_is_heard() -> None:
    result = "Ada Lind: I never sailed by that clock, and I never will."
    assert rule(*prose(), make_block(result), text=result) == ""


@pytest.mark.parametrize(("after", "found"), [(2, True), (3, False)])
def test_only_the_last_paragraphs_are_looked_at(after: int, found: bool) -> None:
    assert (rule(*prose(5), make_block(BIOGRAPHY), *prose()[5 : 5 + after]) != "") is found


@pytest.mark.parametrize(("before", "found"), [(4, False), (5, True)])
def test_a_note_of_a_few_lines_has_no_biography(before: int, found: bool) -> None:
    assert (rule(*prose(before), make_block(BIOGRAPHY)) != "") is found


@pytest.mark.parametrize(("times", "found"), [(2, True), (3, False)])
def test_an_article_about_its_author_is_heard_to_its_end(times: int, found: bool) -> None:
    named = [make_block(f"Captain Lind was there on day {day} and said nothing at all.") for day in range(times)]
    assert (rule(*prose(5), *named, make_block(BIOGRAPHY)) != "") is found


@pytest.mark.parametrize(("chance", "found"), [(0.89, True), (0.91, False)])
def test_what_follows_it_is_heard_where_the_model_is_sure(chance: float, found: bool) -> None:
    blocks = [*prose(), make_block(BIOGRAPHY), make_block(MORE)]
    assert (rule(*blocks, text=MORE, chance=chance) != "") is found


def test_a_correction_behind_it_is_heard() -> None:
    correction = "Correction: an earlier version said that the clock was slow."
    page = [*prose(), make_block(BIOGRAPHY), make_block(correction)]
    assert rule(*page, text=correction) == ""
