from __future__ import annotations

import pytest

from audiogen.cleaner.reasons import reason_of
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
    assert reason_of(block, "en")[0] is reason


def test_a_block_without_evidence_has_a_reason_too() -> None:
    assert reason_of(Block("Some line"), "en") == (Reason.BOILERPLATE, "page.model")
