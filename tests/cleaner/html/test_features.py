"""What is measured of a block: each column by a block that shows it and one that does not."""

from __future__ import annotations

import numpy as np
import pytest

from audiogen.cleaner.html.features import measure
from audiogen.cleaner.html.features.columns import shift
from audiogen.cleaner.html.page import title_index
from audiogen.cleaner.models import HTML
from audiogen.cleaner.models.model import load
from audiogen.model import Article, Block, BlockKind
from tests.cleaner.blocks import PROSE, heading, make_block, prose
from tests.cleaner.pages import TITLE, make_article


def test_every_block_is_a_row_and_every_column_has_one_name() -> None:
    article = make_article()
    table = measure(article)
    assert table.values.shape == (len(article.blocks), len(table.names))
    assert len(set(table.names)) == len(table.names)
    assert np.isfinite(table.values).all()


def test_the_model_asks_only_for_columns_that_are_measured() -> None:
    names = set(measure(make_article()).names)
    assert all(set(forest.names) <= names for forest in load(HTML).forests)


def test_the_headline_is_found_among_the_blocks() -> None:
    article = make_article()
    assert article.blocks[title_index(article)].text == TITLE
    assert title_index(Article(title="Elsewhere", blocks=(Block("Here"),))) == -1


def test_a_block_without_evidence_can_be_measured() -> None:
    assert measure(Article(blocks=(Block("A line with nothing known about it."),))).values.shape[0] == 1


def test_a_neighbour_beyond_the_page_is_minus_one() -> None:
    column = np.array([1.0, 2.0, 3.0], dtype=np.float32)
    assert shift(column, 1).tolist() == [2.0, 3.0, -1.0]
    assert shift(column, -2).tolist() == [-1.0, -1.0, 1.0]


def column(name: str, *blocks: Block, **about: str) -> list[float]:
    """Measure an article of these blocks and give one column."""
    article = Article(
        title=about.get("title", ""), site=about.get("site", ""), url=about.get("url", ""), language="en",
        authors=tuple(filter(None, [about.get("author", "")])), blocks=blocks,
    )  # fmt: skip
    table = measure(article)
    return [round(float(value), 3) for value in table.values[:, table.names.index(name)]]


TEXTS = {
    "ends_sentence": ("The clock is right.", "The clock is right"),
    "ends_colon": ("What was found:", "What was found."),
    "question": ("Who filed the tooth?”", "Nobody filed it."),
    "starts_letter": ("The clock", "1911 was the year"),
    "starts_quote": ("“The clock", "The clock"),
    "starts_mark": ("© 2024", "2024"),
    "starts_lower": ("and so on", "And so on"),
    "exclamations": ("At last!", "At last."),
    "date": ("On 5.3.2024 it stopped", "On a Monday it stopped"),
    "address": ("See https://quay.example/a", "See the plan"),
    "picture_words": ("Photo courtesy of the museum", "A gift of the museum"),
    "bars": ("Home | News | Sport", "Home, news and sport"),
    "commas": ("Ice, wind, rain", "Ice and wind and rain"),
    "sentences": ("It stopped. It went on. ", "It stopped"),
    "digit_share": ("1911 1950", "a year"),
    "upper_share": ("THE QUAY POST", "The quay post"),
    "lower_share": ("the quay", "The Quay"),
    "we_share": ("We like our clock", "They like their clock"),
    "you_share": ("You know your clock", "They know their clock"),
    "self_share": ("I like my clock", "They like their clock"),
    "phrase_call_to_action": ("Sign up for our weekly newsletter", "He signed up for nothing"),
    "phrase_related": ("Read more: The bridge that hums", "He read more than he said"),
    "phrase_caption": ("Photo: The harbour at dawn", "The harbour at dawn was grey"),
    "hint_call_to_action": ("The newsletter came on Monday", "The ferry came on Monday"),
    "phrase_head": ("Related stories", "Stories of the quay"),
    "invites": ("Check out our guide to clocks", "The guide checked the clock"),
    "asks": ("Ready to sail?", "Did anybody sail?"),
    "aims": ("It is told in our podcast about clocks", "It is told in the harbour"),
}


@pytest.mark.parametrize(("name", "texts"), TEXTS.items(), ids=list(TEXTS))
def test_a_text_shows_in_its_column(name: str, texts: tuple[str, str]) -> None:
    shown, other = column(name, *(make_block(text) for text in texts))
    assert shown > other


MARKED = {
    "bold": make_block("A line of the page", bold=1.0),
    "italic": make_block("A line of the page", italic=1.0),
    "hidden": make_block("A line of the page", hidden=1.0),
    "player": make_block("A line of the page", player=1.0),
    "centred": make_block("A line of the page", centred=1.0),
    "own_links": make_block("A line of the page", own_links=0.5),
    "pictures_before": make_block("A line of the page", pictures_before=1.0),
    "repeated": make_block("A line of the page", repeated=3.0),
    "trafilatura": make_block("A line of the page", trafilatura=1.0),
    "json_ld": make_block("A line of the page", json_ld=1.0),
    "table": make_block("A line of the page", table=7.0),
    "link_density": make_block("A line of the page", density=0.5),
    "kind_heading": heading("A line of the page"),
    "level": heading("A line of the page", 3),
    "kind_quote": make_block("A line of the page", BlockKind.QUOTE),
    "kind_list_item": make_block("A line of the page", BlockKind.LIST_ITEM),
    "kind_embed": make_block("A line of the page", BlockKind.EMBED),
    "tag_figcaption": make_block("A line of the page", inside=("figure", "figcaption")),
    "in_figure": make_block("A line of the page", inside=("figure", "figcaption")),
    "in_nav": make_block("A line of the page", inside=("nav", "ul", "li")),
    "own_caption": make_block("A line of the page", inside=("div", "p.wp-caption-text")),
    "near_related": make_block("A line of the page", inside=("div.related-posts", "p")),
    "path_comments": make_block("A line of the page", inside=("div#comments", "div", "div", "div", "p")),
    "depth": make_block("A line of the page", inside=("div", "div", "p")),
}


@pytest.mark.parametrize(("name", "block"), MARKED.items(), ids=list(MARKED))
def test_markup_shows_in_its_column(name: str, block: Block) -> None:
    shown, other = column(name, block, make_block("A line of the page"))
    assert shown > other


PLACES = {
    "index": [0, 1, 2, 3],
    "blocks": [1.609] * 4,
    "headings_after": [1, 1, 1, 0],
    "under_heading": [30, 30, 0, 1],
    "kind_heading+1": [0, 1, 0, -1],
    "kind_heading-1": [-1, 0, 0, 1],
    "kind_heading-2": [-1, -1, 0, 0],
}


@pytest.mark.parametrize(("name", "values"), PLACES.items(), ids=list(PLACES))
def test_a_place_is_measured_from_both_ends(name: str, values: list[float]) -> None:
    assert column(name, *prose(2), heading("Who filed it"), make_block(PROSE[3])) == values


def test_the_headline_and_its_parts_are_known() -> None:
    blocks = (heading(TITLE, 1), make_block("The tide clock"), make_block("The bell"))
    assert column("is_title", *blocks, title=TITLE) == [1, 0, 0]
    assert column("in_title", *blocks, title=TITLE) == [1, 1, 0]
    assert column("after_title", *blocks, title=TITLE) == [0, 1, 2]
    assert column("after_title", *blocks) == [-1000] * 3


def test_a_line_that_names_the_author_is_known() -> None:
    blocks = (make_block("By Ada Lind"), make_block("By the harbour"))
    assert column("author", *blocks, author="Ada Lind") == [1, 0]


def test_the_outlet_is_counted_and_its_heading_reaches_down() -> None:
    blocks = (make_block(PROSE[0]), heading("The Quay Post today"), make_block(PROSE[1]), heading("Bells"))
    assert column("site", *blocks, site="Quay Post") == [0, 1, 0, 0]
    assert column("under_site", *blocks, site="Quay Post") == [0, 1, 1, 0]


def test_a_head_of_other_stories_reaches_down() -> None:
    blocks = (make_block(PROSE[0]), heading("Related stories"), make_block(PROSE[1]), make_block(PROSE[2]))
    assert column("after_bad", *blocks) == [0, 1, 1, 1]
    assert column("after_bad_distance", *blocks)[1:] == [0, 1, 2]


def test_an_element_is_measured_by_what_it_holds() -> None:
    story = [make_block(text, inside=("div", "p"), elements=(10, 11 + n)) for n, text in enumerate(PROSE[:4])]
    links = [make_block("Home", inside=("ul", "li"), elements=(20, 21 + n), density=1.0) for n in range(3)]
    blocks = (*story, *links)
    assert column("in_main_80", *blocks) == [1] * 4 + [0] * 3
    assert column("parent_prose", *blocks)[0] == 1
    assert column("parent_prose", *blocks)[-1] == 0
    assert column("parent_linked", *blocks)[-1] == 1
    assert column("alike_count", *blocks)[0] == round(float(np.log1p(4)), 3)
    assert column("parent_blocks", *blocks)[-1] == round(float(np.log1p(3)), 3)


def test_captions_of_a_page_are_known_by_their_like() -> None:
    captions = [make_block("The clock", inside=("div", "p.c"), pictures_before=1.0) for _ in range(3)]
    assert column("pictured", *captions, *prose(3)) == [1, 1, 1, 0, 0, 0]


def story_and_menu() -> tuple[Block, ...]:
    """Make three paragraphs and a short line in one element, and a menu of three links in another, both in one."""
    story = [
        make_block(
            text, inside=("div.page", "div.body", "div.text", "p"), elements=(10, 11, 12, 13 + n), trafilatura=1.0
        )
        for n, text in enumerate([*PROSE[:3], "By Ada Lind"])
    ]
    menu = [
        make_block("Home", inside=("div.page", "ul", "li"), elements=(10, 20, 21 + n), density=1.0) for n in range(3)
    ]
    return (*story, *menu)


WHOLE = sum(map(len, PROSE[:3])) + len("By Ada Lind")
ALL = WHOLE + 3 * len("Home")


def logs(*counts: float) -> list[float]:
    return [round(float(np.log1p(count)), 3) for count in counts]


CONTAINERS = {
    # The element around the paragraphs, and around the links.
    "parent_size": logs(*[WHOLE] * 4, *[12] * 3),
    "parent_prose": [1] * 4 + [0] * 3,
    "parent_kept": [1] * 4 + [0] * 3,
    "parent_linked": [0] * 4 + [1] * 3,
    "parent_blocks": logs(*[4] * 4, *[3] * 3),
    # One further up: that of the links is the one around both.
    "grandparent_size": logs(*[WHOLE] * 4, *[ALL] * 3),
    "grandparent_prose": [1] * 7,
    "grandparent_kept": [1] * 4 + [round(WHOLE / ALL, 3)] * 3,
    "grandparent_linked": [0] * 4 + [round(12 / ALL, 3)] * 3,
    "grandparent_blocks": logs(*[4] * 4, *[7] * 3),
    "great_blocks": logs(*[7] * 7),
    "great_linked": [round(12 / ALL, 3)] * 7,
    # The innermost element that holds half of the prose.
    "in_main_50": [1] * 4 + [0] * 3,
    "below_main_50": [2] * 4 + [-1] * 3,
    "in_main_80": [1] * 4 + [0] * 3,
    "below_main_80": [2] * 4 + [-1] * 3,
    "biggest_prose": [1] * 7,
    # Blocks of the same markup.
    "alike_count": logs(*[4] * 4, *[3] * 3),
    "alike_prose": [1] * 4 + [0] * 3,
    "alike_kept": [1] * 4 + [-1] * 3,
    "alike_linked": [0] * 4 + [1] * 3,
    "inner_depth": [1] * 4 + [2] * 3,
    "inner_tag_ul": [0] * 4 + [1] * 3,
}


@pytest.mark.parametrize(("name", "values"), CONTAINERS.items(), ids=list(CONTAINERS))
def test_the_elements_around_a_block_are_measured(name: str, values: list[float]) -> None:
    assert column(name, *story_and_menu()) == values


def kept(text: str) -> Block:
    """Make a paragraph that trafilatura keeps."""
    return make_block(text, trafilatura=1.0)


#: A date, two paragraphs that trafilatura keeps, and a line that it keeps and that is too short to tell.
FRAMED = (make_block("12 May 2024"), kept(PROSE[0]), kept(PROSE[1]), kept("The end."))
SIZES = [len(block.text) for block in FRAMED]
PROSE_SIZE = SIZES[1] + SIZES[2]
SHARES = {
    "index_share": [0, 0.25, 0.5, 0.75],
    "text_before": [round(sum(SIZES[:n]) / sum(SIZES), 3) for n in range(4)],
    "after_first_kept": [-1, 0, 1, 2],
    "before_last_kept": [2, 1, 0, -1],
    "prose_near": [round(PROSE_SIZE / 100, 3)] * 4,
    "prose_after": [1, 1, round(SIZES[2] / PROSE_SIZE, 3), 0],
    "prose_before": [0, 0, round(SIZES[1] / PROSE_SIZE, 3), 1],
}


@pytest.mark.parametrize(("name", "values"), SHARES.items(), ids=list(SHARES))
def test_a_place_is_measured_by_what_is_around_it(name: str, values: list[float]) -> None:
    assert column(name, *FRAMED) == values


def test_no_distance_from_the_prose_is_longer_than_sixty() -> None:
    lines = [make_block(f"Line {number}") for number in range(70)]
    before = column("after_first_kept", *lines, kept(PROSE[0]))
    after = column("before_last_kept", kept(PROSE[0]), *lines)
    assert before == [max(-60, number - 70) for number in range(71)]
    assert after == [max(-60, -number) for number in range(71)]
    assert column("before_last_kept", *lines)[:11] == [60] * 10 + [59]
    assert column("after_first_kept", *lines)[-11:] == [59] + [60] * 10


def test_prose_is_near_for_four_blocks_to_each_side() -> None:
    lines = [make_block(f"Line {number}") for number in range(6)]
    size = round(len(PROSE[0]) / 100, 3)
    assert column("prose_near", *lines, kept(PROSE[0]), *lines) == [0, 0, *[size] * 9, 0, 0]


BAD = (make_block("Home"), heading("Related stories"), make_block(PROSE[0]), heading("The tooth"), make_block(PROSE[1]))
UNDER = {
    "under_bad": [0, 1, 1, 0, 0],
    "under_heading": [30, 0, 1, 0, 1],
    "after_bad": [0, 1, 1, 1, 1],
    "after_bad_distance": [30, 0, 1, 2, 3],
    "headings_after": [2, 2, 1, 1, 0],
}


@pytest.mark.parametrize(("name", "values"), UNDER.items(), ids=list(UNDER))
def test_the_nearest_heading_is_measured(name: str, values: list[float]) -> None:
    assert column(name, *BAD) == values


@pytest.mark.parametrize(("name", "most"), [("under_heading", 30), ("after_bad_distance", 30)])
def test_a_heading_is_far_from_thirty_blocks(name: str, most: int) -> None:
    lines = [make_block(f"Line {number}") for number in range(40)]
    assert column(name, heading("Related stories"), *lines) == [min(number, most) for number in range(41)]


def test_more_than_twenty_headings_are_twenty() -> None:
    assert column("headings_after", *[heading(f"Bell {number}") for number in range(22)])[:4] == [20, 20, 20, 19]


def test_a_long_line_is_no_head_of_other_stories() -> None:
    """A paragraph may begin like one."""
    for size, after in ((59, 1), (60, 0)):
        head = "Related stories: " + "x" * (size - len("Related stories: "))
        assert column("after_bad", make_block(head), make_block(PROSE[0]))[1] == after, size


def test_a_line_of_three_letters_is_no_part_of_the_headline() -> None:
    blocks = (make_block("The"), make_block("tide"), make_block("x" * 400))
    assert column("in_title", *blocks, title=TITLE) == [0, 1, 0]
    assert column("is_title", make_block("x" * 399), make_block("x" * 400), title="x" * 399) == [1, 0]


def test_a_line_that_trafilatura_half_keeps_is_kept() -> None:
    for share, after in ((0.4, 1), (0.5, 0)):
        blocks = (make_block(PROSE[0], trafilatura=share), kept(PROSE[1]))
        assert column("before_last_kept", *blocks) == [1, 0]
        assert column("after_first_kept", *blocks)[1] == 1 - after, share
    for size, first in ((60, -1), (61, 0)):
        assert column("after_first_kept", kept("x" * size), kept(PROSE[1]))[0] == first, size


def test_a_page_without_prose_has_no_outer_elements_to_leave_out() -> None:
    menu = [make_block("Home", inside=("div.menu", "p"), elements=(10, 11 + n)) for n in range(3)]
    assert column("inner_depth", *menu) == [0, 0, 0]
    assert column("inner_depth", make_block(PROSE[0], inside=("p",), elements=(20,)), *menu)[1:] == [2, 2, 2]


def test_an_element_with_half_of_the_prose_is_left_out() -> None:
    """The numbers of the two are those of their elements alone, the other one is around neither."""
    text = PROSE[0]
    for copies, depth in ((1, 0), (2, 1)):
        blocks = [make_block(text, inside=("p",), elements=(10 + n,)) for n in range(copies + 1)]
        assert column("inner_depth", *blocks) == [depth] * (copies + 1), copies


SENTENCES = {
    "prose": (make_block("x" * 70 + "."), 0.71),
    "sixty-nine letters": (make_block("x" * 68 + "."), 0),
    "no sentence": (make_block("x" * 71), 0),
    "links": (make_block("x" * 70 + ".", density=0.4), 0),
    "hardly links": (make_block("x" * 70 + ".", density=0.39), 0.71),
    "a long paragraph": (make_block("x" * 1000 + "."), 8),
}


@pytest.mark.parametrize(("block", "amount"), SENTENCES.values(), ids=SENTENCES)
def test_prose_is_sentences_outside_links(block: Block, amount: float) -> None:
    assert column("prose_near", block) == [amount]


def test_a_caption_is_short_and_has_like_ones() -> None:
    def of(count: int, words: int) -> list[float]:
        text = " ".join(["tide"] * words)
        return column("pictured", *[make_block(text, inside=("p.c",), pictures_before=1.0) for _ in range(count)])

    assert of(2, 4) == [-1] * 2
    assert of(3, 4) == [1] * 3
    assert of(3, 44) == [1] * 3
    assert of(3, 45) == [0] * 3
    plain = make_block("The clock", inside=("p.c",))
    assert column("pictured", *[make_block("The clock", inside=("p.c",), pictures_before=1.0)] * 3, plain) == [0.75] * 4


TEXT_FIGURES = {
    "words": ("Two hands, one tooth", logs(4)),
    "characters": ("Two hands", logs(9)),
    "word_length": ("a bcd", [2]),
    "lower_share": ("the Quay", [0.5]),
    "upper_share": ("QUAY A post", [0.333]),
    "digit_share": ("12 a", [0.5]),
    "commas": ("a, b, c", logs(2)),
    "sentences": ("A. B! C? D", logs(3)),
    "bars": ("a | b • c · d » e", [4]),
    "exclamations": ("a! b!!", [3]),
    "date": ("in 1911 or 2024, on 5.3.24 at 12:30", [4]),
    "address": ("https://a www.b c.com d.org @e", [5]),
    "picture_words": ("photo courtesy of Getty", [3]),
    "we_share": ("our clock", [0.5]),
    "you_share": ("your clock is", [0.333]),
    "self_share": ("my old clock is", [0.25]),
}


@pytest.mark.parametrize(("name", "text", "values"), [(n, *v) for n, v in TEXT_FIGURES.items()], ids=list(TEXT_FIGURES))
def test_a_text_has_its_figures(name: str, text: str, values: list[float]) -> None:
    assert column(name, make_block(text)) == values


def test_a_text_without_words_has_figures() -> None:
    for name in ("word_length", "lower_share", "upper_share", "digit_share", "we_share"):
        assert column(name, make_block("…")) == [0], name


@pytest.mark.parametrize(
    ("name", "inside", "shown"),
    [
        ("tag_figcaption", ("figure", "figcaption"), 1),
        ("tag_figcaption", ("figcaption", "p"), 1),
        ("tag_figcaption", ("figcaption", "p", "b"), 0),
        ("own_caption", ("p.caption",), 1),
        ("own_caption", ("div.caption", "p"), 0),
        ("near_caption", ("div.caption", "p"), 1),
        ("near_caption", ("div.caption", "div", "p"), 1),
        ("near_caption", ("div.caption", "div", "div", "p"), 0),
        ("near_caption", ("p.caption",), 0),
        ("path_caption", ("div.caption", "div", "div", "p"), 1),
    ],
)
def test_tags_and_names_are_seen_as_far_as_the_column_says(name: str, inside: tuple[str, ...], shown: int) -> None:
    assert column(name, make_block("A line of the page", inside=inside)) == [shown]


def test_what_is_not_known_of_a_block_is_told_from_nothing() -> None:
    block = make_block("A line of the page")
    known = {"bold": 0, "own_links": 0, "repeated": 1, "trafilatura": -1, "json_ld": -1, "description": -1, "table": 0}
    assert {name: column(name, block)[0] for name in known} == known
