"""What is measured of a block: each column by a block that shows it and one that does not."""

from __future__ import annotations

import numpy as np
import pytest

from audiogen.cleaner.html.features import measure
from audiogen.cleaner.html.features.columns import shift
from audiogen.cleaner.html.page import title_place
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
    assert article.blocks[title_place(article)].text == TITLE
    assert title_place(Article(title="Elsewhere", blocks=(Block("Here"),))) == -1


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


def test_the_house_is_counted_and_its_heading_reaches_down() -> None:
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
