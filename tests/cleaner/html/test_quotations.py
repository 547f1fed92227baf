"""A quotation that stands apart is heard whole, with the name of who is quoted, or not at all."""

from __future__ import annotations

import pytest

from audiogen.model import Block, BlockKind
from tests.cleaner.blocks import make_block, make_case, prose, rule_of

BOLD, REST = (
    "It was the file of my uncle.",
    "He kept it in a drawer with the almanacs, and he was never late for anything in his life.",
)


def quotation(by: str, tag: str = "figcaption.author") -> list[Block]:
    quote = make_block("A clock that is wrong is right twice a day, and ours was not.", BlockKind.QUOTE,
                       inside=("figure", "blockquote", "p"), elements=(80, 81, 82))  # fmt: skip
    return [quote, make_block(by, inside=("figure", tag), elements=(80, 83))]


def test_who_is_quoted_is_heard_after_the_quotation() -> None:
    assert rule_of(make_case(*prose(4), *quotation("Ada Lind Harbour Museum"), *prose()[4:]), "Ada Lind") == ""


@pytest.mark.parametrize(
    "blocks",
    [
        quotation("The clock after it was cleaned and hung in its old place on the quay"),
        [make_block("Ada Lind Harbour Museum", inside=("figure", "figcaption"), elements=(90, 91))],
        quotation("Photo: Ada Lind"),
    ],
    ids=["long", "no quotation", "a credit"],
)
def test_a_caption_is_no_attribution(blocks: list[Block]) -> None:
    page = make_case(*prose(4), *blocks, *prose()[4:])
    assert rule_of(page, blocks[-1].text) != ""


def two_parts(frame: str = "figure", *, quote: bool = True) -> list[Block]:
    """Make a quotation in two parts: its first sentence in bold, and the rest beside it in the same frame."""
    kind, tag = (BlockKind.QUOTE, "blockquote") if quote else (BlockKind.PARAGRAPH, "div")
    return [
        make_block(BOLD, kind, inside=(frame, tag, "p"), elements=(80, 81, 82)),
        make_block(REST, inside=(frame, "p"), elements=(80, 83)),
    ]


PARTS = {
    "a part of a quotation that is heard": (two_parts(), {BOLD: 0.1}, ""),
    "a quotation of which less is heard": (two_parts(), {REST: 0.1}, "page.tag.figure"),
    "a figure without a quotation": (two_parts(quote=False), {BOLD: 0.1}, "page.tag.figure"),
    "outside a frame": (two_parts("aside"), {BOLD: 0.1}, "page.model"),
}


@pytest.mark.parametrize(("blocks", "chances", "rule"), PARTS.values(), ids=PARTS)
def test_a_quotation_is_heard_whole(blocks: list[Block], chances: dict[str, float], rule: str) -> None:
    page = make_case(*prose(4), *blocks, *prose()[4:], chances=chances)
    assert rule_of(page, next(iter(chances))) == rule


@pytest.mark.parametrize(("words", "heard"), [(1, False), (2, True), (9, True), (10, False)])
def test_an_attribution_has_a_few_words(words: int, heard: bool) -> None:
    by = " ".join(["Lind"] * words)
    assert (rule_of(make_case(*prose(4), *quotation(by), *prose()[4:]), by) == "") is heard


@pytest.mark.parametrize(("more", "heard"), [(0, False), (1, True)])
def test_more_of_a_quotation_is_heard_than_not(more: int, heard: bool) -> None:
    """As much as is not heard is not more."""
    part = "Nobody filed it"
    blocks = [
        make_block(part, BlockKind.QUOTE, inside=("blockquote", "p"), elements=(80, 81)),
        make_block(f"A clock is lat{'e' * (more + 1)}", BlockKind.QUOTE, inside=("blockquote", "p"), elements=(80, 82)),
    ]
    page = make_case(*prose(4), *blocks, *prose()[4:], chances={part: 0.1})
    assert (rule_of(page, part) == "") is heard


def test_an_appeal_in_a_quotation_that_is_heard_is_none_of_it() -> None:
    appeal = "Sign up for our newsletter"
    blocks = [
        make_block(REST, BlockKind.QUOTE, inside=("blockquote", "p"), elements=(80, 81)),
        make_block(appeal, BlockKind.QUOTE, inside=("blockquote", "p"), elements=(80, 82)),
    ]
    assert rule_of(make_case(*prose(4), *blocks, *prose()[4:], chances={appeal: 0.1}), appeal) != ""


def test_an_attribution_may_stand_two_blocks_below_the_quotation() -> None:
    quote, by = quotation("Ada Lind Harbour Museum")
    more = make_block(REST, inside=("figure", "p"), elements=(80, 84))
    far = make_block("It was always so, he says.", inside=("figure", "p"), elements=(80, 85))
    for between, rule in (([more], ""), ([more, far], "page.tag.figcaption")):
        page = make_case(*prose(4), quote, *between, by, *prose()[4:])
        assert rule_of(page, by.text) == rule, len(between)


def test_an_attribution_stands_in_the_frame_of_the_quotation() -> None:
    quote, _ = quotation("x")
    other = make_block("Ada Lind Harbour Museum", inside=("figure", "figcaption"), elements=(90, 91))
    assert rule_of(make_case(*prose(4), quote, other, *prose()[4:]), other.text) == "page.tag.figcaption"
