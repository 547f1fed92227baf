"""What is heard already is not heard again."""

from __future__ import annotations

import pytest

from audiogen.cleaner.html.clean import judge
from audiogen.cleaner.lexis import fold
from audiogen.model import BlockKind, Reason
from tests.cleaner.blocks import PROSE, make_block, make_case, prose, rule_of


def test_a_second_copy_in_another_element_is_not_heard() -> None:
    page = make_case(*prose(), make_block(PROSE[2], inside=("div.narrow", "p")))
    judged = [verdict.rule if verdict else "" for verdict in judge(page)]
    assert judged == ["page.title", *[""] * 8, "page.duplicate"]


def test_what_is_said_twice_in_one_kind_of_element_is_heard_twice() -> None:
    page = make_case(*prose(), make_block(PROSE[2]))
    assert [verdict.rule if verdict else "" for verdict in judge(page)] == ["page.title", *[""] * 9]


def test_a_quote_pulled_out_of_a_paragraph_is_not_heard() -> None:
    quote = make_block("one tooth filed away", BlockKind.QUOTE)
    longer = make_block("measured every wheel of it and found one tooth filed away", BlockKind.QUOTE)
    assert rule_of(make_case(*prose(4), longer, *prose()[4:]), longer.text) == "page.pull-quote"
    assert rule_of(make_case(*prose(4), quote, *prose()[4:]), quote.text) == ""


def test_a_paragraph_is_heard_whose_words_are_pulled_out_before_it() -> None:
    result = "The tide is a clock of its own, and it was never late in four hundred years"
    quote = make_block(result, BlockKind.QUOTE, inside=("aside", "blockquote", "p"))
    page = make_case(*prose(4), quote, make_block(result), *prose()[4:])
    judged = [v.rule if v else "" for block, v in zip(page.blocks, judge(page), strict=True) if block.text == result]
    assert judged.count("") == 1


def test_a_quote_that_is_set_out_twice_is_heard() -> None:
    quote = make_block("Oil the wheels as in the section on the pendulum", BlockKind.QUOTE, inside=("blockquote", "p"))
    other = make_block(f"{quote.text}, and then wind the clock", BlockKind.QUOTE, inside=("aside", "blockquote", "p"))
    twice = make_case(*prose(3), quote, *prose()[3:6], quote, *prose()[6:])
    assert [block.text for block, verdict in zip(twice.blocks, judge(twice), strict=True) if not verdict].count(
        quote.text
    ) == 2
    assert rule_of(make_case(*prose(3), quote, *prose()[3:6], other, *prose()[6:]), quote.text) == "page.pull-quote"


def test_a_captions_second_copy_is_a_caption() -> None:
    text = "The clock on its new bracket, a week after it was hung there"
    page = make_case(*prose(4), make_block(text), make_block(text, inside=("figure", "figcaption")), *prose()[4:])
    assert [v.reason for v in judge(page)[5:7] if v] == [Reason.CAPTION] * 2


COPIES = {
    "sixty letters": ("The hands of the clock were gilded in the year of the floods.", [""] * 2),
    "sixty-two letters": ("The hands of the clock were gilded in the year of the flooding.", ["", "page.duplicate"]),
}


@pytest.mark.parametrize(("text", "rules"), COPIES.values(), ids=COPIES)
def test_only_a_line_of_some_length_is_a_copy(text: str, rules: list[str]) -> None:
    assert (len(fold(text)) > 60) == bool(rules[1])
    page = make_case(*prose(4), make_block(text), *prose()[4:], make_block(text, inside=("div.narrow", "p")))
    found = [verdict for block, verdict in zip(page.blocks, judge(page), strict=True) if block.text == text]
    assert [verdict.rule if verdict else "" for verdict in found] == rules


def test_only_a_quote_of_some_length_is_pulled_out() -> None:
    words = fold(PROSE[1])
    for length, rule in ((40, ""), (41, "page.pull-quote")):
        borders = [0, *(place + 1 for place, letter in enumerate(words) if letter == " ")]
        start = next(place for place in borders if words[place + length : place + length + 1] == " ")
        quote = make_block(words[start : start + length], BlockKind.QUOTE)
        assert len(fold(quote.text)) == length
        assert rule_of(make_case(*prose(4), quote, *prose()[4:]), quote.text) == rule
