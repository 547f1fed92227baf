from __future__ import annotations

import json

import numpy as np
import pytest

from audiogen.cleaner.features import fold, groups, hinted, measure, said, segment_mask, segment_tag, shift, title_place
from audiogen.cleaner.page import MODEL
from audiogen.model import Article, Block, Reason
from tests.cleaner.pages import TITLE, make_article


def has(segment: str, group: str) -> bool:
    return bool(segment_mask(segment) >> groups().index(group) & 1)


NAMES = {
    "camel case": ("div.relatedPosts", "related"),
    "double underscore": ("div.card__newsletter-signup", "appeal"),
    "an id": ("section#comments", "comments"),
    "a whole name": ("p.wp-caption-text", "caption"),
    "a role": ("div@banner", "header"),
}


@pytest.mark.parametrize(("segment", "group"), NAMES.values(), ids=NAMES)
def test_a_class_name_belongs_to_the_groups_of_its_words(segment: str, group: str) -> None:
    assert has(segment, group)


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert not has("div.shadow", "advertisement")
    assert not has("p.paywall", "appeal")


def test_a_segment_gives_its_tag() -> None:
    assert segment_tag("div.story#main@main") == "div"


def test_every_block_is_a_row_and_every_column_has_one_name() -> None:
    article = make_article()
    table = measure(article)
    assert table.values.shape == (len(article.blocks), len(table.names))
    assert len(set(table.names)) == len(table.names)
    assert np.isfinite(table.values).all()


def test_the_model_asks_only_for_columns_that_are_measured() -> None:
    names = set(measure(make_article()).names)
    assert all(set(forest["names"]) <= names for forest in json.loads(MODEL.read_text()))


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


def test_typography_does_not_tell_texts_apart() -> None:
    assert fold("It’s – “Here”!") == fold("it's here")


def test_phrases_are_asked_once_for_each_line() -> None:
    found = said("en", "Sign up for our weekly newsletter")
    assert found is not None
    assert found.reason is Reason.CALL_TO_ACTION
    assert said("en", "Sign up for our weekly newsletter") is found
    assert said("en", "word " * 1000) is None
    assert isinstance(hinted("en", "our newsletter"), frozenset)
