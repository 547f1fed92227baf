"""What follows an article's end is not heard: the sources it lists, and the feed of another article's."""

from __future__ import annotations

import pytest

from audiogen.cleaner.html.clean import judge
from audiogen.model import Block, BlockKind
from tests.cleaner.blocks import PROSE, heading, make_block, make_case, prose, rule_of

ENTRIES = {
    "a book": "Lind, A. (1911). The tides of Northmouth. Quay Press.",
    "an article": "Lind A, Roe B. On brass and salt. The Clockmaker 1984;12(3):44-51.",
    "an address": "Harbour board: https://board.example/tides",
    "a German one": "Lind, Ada: Gezeiten im Norden. Abgerufen am 4. Mai",
    "a page": "Roe, Brass and salt, p. 44",
    "a note": "It was a very small file. ↩",
}
END = {"Read next": 0.1}
FEED = "Long in the shadow of its neighbour, the lighthouse of Northmouth has been painted in seven colours."


def item(text: str) -> Block:
    return make_block(text, BlockKind.LIST_ITEM, inside=("ol", "li"))


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("make", [make_block, item], ids=["paragraph", "item"])
def test_the_sources_of_an_article_are_not_heard(make: type[Block], text: str) -> None:
    page = make_case(*prose(), heading("References"), make(text), make(ENTRIES["a book"]))
    assert [rule_of(page, known) for known in ("References", text)] == ["page.sources"] * 2


KEPT = {
    "prose under such a head": ("Sources", make_block("The pilots are the best of them, and they never agree.")),
    "a list under another head": ("Sources of light", item("Northmouth, 1911")),
    "nothing but a line that says so": ("The clocks", item("Northmouth, 1911")),
}


@pytest.mark.parametrize(("head", "block"), KEPT.values(), ids=KEPT)
def test_what_only_sounds_like_a_list_of_sources_is_heard(head: str, block: Block) -> None:
    page = make_case(*prose(), heading(head), block, *(make_block(f"And so on: {text}") for text in PROSE))
    assert [rule_of(page, text) for text in (head, block.text)] == ["", ""]


def test_what_stands_after_the_next_heading_is_heard() -> None:
    page = make_case(
        *prose(), heading("Sources"), item(ENTRIES["a book"]), heading("How it was found"), make_block(FEED)
    )
    assert [rule_of(page, text) for text in (ENTRIES["a book"], FEED)] == ["page.sources", ""]


def shifted(text: str, inside: tuple[str, ...] = ("div.card", "p.summary"), outside: int = 90) -> Block:
    """Make a block beside the article's element."""
    return make_block(text, inside=inside, elements=(outside, outside + 1))


def article(count: int = len(PROSE)) -> list[Block]:
    return [
        make_block(text, inside=("div.story", "p"), elements=(50, 51 + place))
        for place, text in enumerate(PROSE[:count])
    ]


def test_what_follows_the_end_in_another_element_is_not_heard() -> None:
    page = make_case(*article(), heading("Read next"), shifted(FEED), chances=END)
    assert rule_of(page, FEED) == "page.after-end"
    assert [rule_of(page, text) for text in PROSE] == [""] * len(PROSE)


FOLLOWS = {
    "no end is told": (article(), heading("What was found next"), shifted(FEED)),
    "in the same element": (
        article(), heading("Read next"), make_block(FEED, inside=("div.story", "p"), elements=(50, 70)),
    ),
    "marked as what is heard before": (article(), heading("Read next"), shifted(FEED, ("div.story", "p"))),
    "built in numbered pieces": (
        [*article(), shifted("And they sailed.", ("div.piece-1", "p"), 60)],
        heading("Read next"),
        shifted(FEED, ("div.piece-2", "p")),
    ),
    "too little before": (article(5), heading("Read next"), shifted(FEED)),
    "the end inside the article": (
        article(),
        make_block("Read next", BlockKind.HEADING, inside=("div.story", "h2"), elements=(50, 69)),
        shifted(FEED),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "head", "after"), FOLLOWS.values(), ids=FOLLOWS)
def test_what_may_be_the_article_going_on_is_heard(before: list[Block], head: Block, after: Block) -> None:
    assert rule_of(make_case(*before, head, after, chances=END), FEED) == ""


def test_headings_over_nothing_at_the_end_are_not_heard() -> None:
    page = make_case(*prose(), heading("Clocks nearby"), heading("More of them"))
    assert [v.rule for v in judge(page)[-2:] if v] == ["page.orphan-heading"] * 2


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Score: 4.5 out of 5", True),
        ("Our rating: 8/10", True),
        ("Wertung: 7,5 von 10", True),
        ("Note : 16 sur 20", True),
        ("Оцінка: 4 з 5", True),
        ("More than 5 of them", False),
        ("Matches of 24/7 radio", False),
        ("10 out of 300 clocks", False),
    ],
)
def test_what_a_review_gives_is_heard_as_its_last_line(text: str, heard: bool) -> None:
    page = make_case(*prose(), heading(text))
    assert (judge(page)[-1] is None) == heard


@pytest.mark.parametrize(("before", "rule"), [(7, ""), (8, "page.after-end")])
def test_an_end_is_believed_after_a_text_of_some_length(before: int, rule: str) -> None:
    assert rule_of(make_case(*article(before), heading("Read next"), shifted(FEED), chances=END), FEED) == rule


@pytest.mark.parametrize(("share", "rule"), [(0.86, ""), (0.94, "page.after-end")])
def test_the_articles_element_holds_nearly_all_of_it(share: float, rule: str) -> None:
    inside = article()
    size = sum(len(block.text) for block in inside)
    beside = make_block("x" * round(size / share - size), inside=("div.lead", "p"), elements=(40, 41))
    page = make_case(beside, *inside, heading("Read next"), shifted(FEED), chances=END)
    assert rule_of(page, FEED) == rule


@pytest.mark.parametrize(("heads", "rule"), [(19, "page.after-end"), (20, "")])
def test_only_so_many_ends_are_tried(heads: int, rule: str) -> None:
    inside = [
        make_block("Read next", BlockKind.HEADING, inside=("div.story", "h2"), elements=(50, 200 + n))
        for n in range(heads)
    ]
    page = make_case(*article(), *inside, heading("Read next"), shifted(FEED), chances=END)
    assert rule_of(page, FEED) == rule


@pytest.mark.parametrize(("entries", "rule"), [(2, ""), (3, "page.sources")])
def test_most_of_what_stands_under_the_head_is_an_entry(entries: int, rule: str) -> None:
    result = [make_block(f"{text} And so on.") for text in PROSE[: 5 - entries]]
    page = make_case(*prose(), heading("Sources"), *(item(f"Quay Press, {n}.") for n in range(entries)), *result)
    assert rule_of(page, "Quay Press, 0.") == rule


@pytest.mark.parametrize(("length", "rule"), [(599, "page.sources"), (600, "")])
def test_an_entry_has_a_length(length: int, rule: str) -> None:
    entry = ENTRIES["a book"].ljust(length, "x")
    assert rule_of(make_case(*prose(), heading("Sources"), make_block(entry)), entry) == rule


def test_the_first_paragraph_is_no_head_of_sources() -> None:
    first = make_block("References", BlockKind.HEADING, inside=("h2",), level=2)
    page = make_case(first, *prose())
    assert [rule_of(page, text) for text in PROSE] == [""] * len(PROSE)


def test_a_score_among_the_last_headings_is_heard_and_what_is_above_it() -> None:
    page = make_case(*prose(), heading("The verdict"), heading("4 out of 5"), heading("Clocks nearby"))
    assert [verdict and verdict.rule for verdict in judge(page)[-3:]] == [None, None, "page.orphan-heading"]


@pytest.mark.parametrize(("entries", "others", "rule"), [(3, 2, "page.sources"), (3, 3, "")])
def test_six_of_ten_under_the_head_are_entries(entries: int, others: int, rule: str) -> None:
    told = [make_block(f"{text} And so on.") for text in PROSE[:others]]
    page = make_case(*prose(), heading("Sources"), *(item(f"Quay Press, {n}.") for n in range(entries)), *told)
    assert rule_of(page, "Quay Press, 0.") == rule
