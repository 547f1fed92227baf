"""What is heard already is not heard again."""

from __future__ import annotations

from audiogen.cleaner.html.clean import judge
from audiogen.model import BlockKind, Reason
from tests.cleaner.blocks import PROSE, make_block, make_case, prose, rule_of


def test_a_second_copy_is_not_heard() -> None:
    page = make_case(*prose(), make_block(PROSE[2]))
    judged = [verdict.rule if verdict else "" for verdict in judge(page)]
    assert judged == ["page.title", *[""] * 8, "page.duplicate"]


def test_a_quote_pulled_out_of_a_paragraph_is_not_heard() -> None:
    quote = make_block("one tooth filed away", BlockKind.QUOTE)
    longer = make_block("measured every wheel of it and found one tooth filed away", BlockKind.QUOTE)
    assert rule_of(make_case(*prose(4), longer, *prose()[4:]), longer.text) == "page.pull-quote"
    assert rule_of(make_case(*prose(4), quote, *prose()[4:]), quote.text) == ""


def test_a_captions_second_copy_is_a_caption() -> None:
    text = "The clock on its new bracket, a week after it was hung there"
    page = make_case(*prose(4), make_block(text), make_block(text, inside=("figure", "figcaption")), *prose()[4:])
    assert [v.reason for v in judge(page)[5:7] if v] == [Reason.CAPTION] * 2
