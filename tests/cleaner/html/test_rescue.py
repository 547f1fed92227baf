"""Prose that the model doubts is heard where its neighbours are, and a correction always."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.cleaner.html.clean import clean_page, judge, look, rate_blocks
from tests.cleaner.blocks import PROSE, make_block, make_case, prose, rule_of
from tests.cleaner.pages import make_article

if TYPE_CHECKING:
    from audiogen.model import Block


def test_prose_between_heard_paragraphs_is_heard_even_if_the_model_doubts_it() -> None:
    article = make_article()
    chances = rate_blocks(article)
    doubted = next(place for place, block in enumerate(article.blocks) if "filed away" in block.text)
    chances[doubted] = 0.3
    assert judge(look(article, chances))[doubted] is None


def test_prose_that_the_model_is_sure_against_is_not_rescued() -> None:
    article = make_article()
    chances = rate_blocks(article)
    doubted = next(place for place, block in enumerate(article.blocks) if "filed away" in block.text)
    chances[doubted] = 0.01
    assert judge(look(article, chances))[doubted] is not None


def test_a_correction_after_the_article_is_heard() -> None:
    text = "Correction: An earlier version of this article said that the clock was made of iron."
    article = clean_page(make_article(after=f"<div><p>{text}</p></div>"))
    assert text in [block.text for block in article.blocks]


LINE = "The hands were gilded in 1911 by a man who owed the board a favour."


RESCUES = {
    "between its like": (0.25, 4, LINE, ""),
    "between its like, at least": (0.21, 4, LINE, ""),
    "between its like, less": (0.19, 4, LINE, "page.model"),
    "after the last, at least": (0.36, 8, LINE, ""),
    "after the last, less": (0.34, 8, LINE, "page.model"),
    "nine words": (0.39, 4, "The tooth was filed by nobody in this town.", ""),
    "eight words": (0.39, 4, "The tooth was filed by nobody known here.", "page.model"),
    "hardly likely": (0.15, 4, LINE, "page.model"),
    "after the last": (0.39, 8, LINE, ""),
    "after the last, doubted": (0.3, 8, LINE, "page.model"),
    "before the first, with a dateline": (0.25, 0, f"NORTHMOUTH (QP) - {LINE}", ""),
    "before the first, with a place and an outlet": (0.25, 0, f"Northmouth (Quay Post) {LINE}", ""),
    "before the first, doubted": (0.19, 0, LINE, "page.model"),
    "before the first, a standfirst": (0.21, 0, LINE, ""),
    "a standfirst of eight words": (0.21, 0, "The tooth was filed by nobody known here.", ""),
    "a standfirst of seven words": (0.21, 0, "The tooth was filed by nobody here.", "page.model"),
    "a standfirst without an end": (0.21, 0, "The tooth was filed by nobody who is known here", "page.model"),
    "no sentence": (0.39, 4, "The hands and the wheels and the brass and the bell and the tooth", "page.model"),
    "short": (0.39, 4, "Nobody knows who filed it.", "page.model"),
    "an appeal by its words": (
        0.39,
        4,
        "Our newsletter tells the members of this club more of the clock.",
        "page.model",
    ),
}


@pytest.mark.parametrize(("chance", "place", "text", "rule"), RESCUES.values(), ids=RESCUES)
def test_doubted_prose_is_heard_by_its_neighbours(chance: float, place: int, text: str, rule: str) -> None:
    page = make_case(*prose()[:place], make_block(text), *prose()[place:], chances={text: chance})
    assert rule_of(page, text) == rule


CORRECTIONS = {
    "en": "Correction: an earlier version said that the clock was made of iron.",
    "en, a word before": "Clarification on the bell: it was cast in 1911.",
    "de": "Korrektur: In einer früheren Fassung war die Uhr aus Eisen.",
    "fr": "Rectificatif : l'horloge est en laiton.",
    "es": "Corrección: el reloj es de latón.",
    "it": "Rettifica: l'orologio è di ottone.",
    "pt": "Correção: o relógio é de latão.",
    "pl": "Sprostowanie: zegar jest z mosiądzu.",
    "ru": "Поправка: часы сделаны из латуни.",
    "uk": "Виправлення: годинник зроблено з латуні.",
}


@pytest.mark.parametrize("text", CORRECTIONS.values(), ids=CORRECTIONS)
def test_a_correction_is_heard_however_doubted(text: str) -> None:
    page = make_case(*prose(), make_block(text, inside=("footer", "div", "p")), chances={text: 0.05})
    assert rule_of(page, text) == ""


def test_a_correction_by_a_reader_is_a_comment() -> None:
    text = "Correction: it was my uncle who filed the tooth."
    assert rule_of(make_case(*prose(), make_block(text, inside=("div#comments", "p")), chances={text: 0.05}), text)


NO = {
    "an answer": ("No.", ("p",), "page.model", True),
    "an answer in quotation marks": ("“Not now!”", ("p",), "page.model", True),
    "an answer that a menu knows": ("Yes.", ("p",), "", True),
    "four words": ("No, not at all.", ("p",), "page.model", False),
    "no sentence": ("Yes", ("p",), "page.model", False),
    "in an element of another kind": ("No.", ("div.menu", "p"), "page.model", False),
}


@pytest.mark.parametrize(("text", "inside", "doubt", "is_heard"), NO.values(), ids=NO)
def test_a_sentence_of_a_word_or_two_is_heard_among_paragraphs(
    text: str, inside: tuple[str, ...], doubt: str, is_heard: bool
) -> None:
    chances = {text: 0.1} if doubt else {}
    page = make_case(*prose(4), make_block(text, inside=inside), *prose()[4:], chances=chances)
    assert (rule_of(page, text) == "") is is_heard


def test_such_a_sentence_outside_the_article_is_not_heard() -> None:
    page = make_case(*prose(), make_block("No."), chances={"No.": 0.1})
    assert rule_of(page, "No.") != ""


CALLED = {
    "nothing": (("div", "p"), ""),
    "a caption": (("div.image-caption", "p"), "page.markup.caption"),
    "an appeal": (("div.newsletter", "p"), "page.markup.appeal"),
}


@pytest.mark.parametrize(("inside", "rule"), CALLED.values(), ids=CALLED)
def test_a_standfirst_is_called_nothing_else(inside: tuple[str, ...], rule: str) -> None:
    page = make_case(make_block(LINE, inside=inside), *prose(), chances={LINE: 0.3})
    assert rule_of(page, LINE) == rule


def test_one_standfirst_is_heard() -> None:
    second = "The town had forgotten him before the year was out."
    page = make_case(make_block(LINE), make_block(second), *prose(), chances={LINE: 0.3, second: 0.3})
    assert [rule_of(page, LINE), rule_of(page, second)] == ["", "page.model"]


def test_what_stands_far_behind_the_headline_is_no_standfirst() -> None:
    between = [make_block(f"Share {n}") for n in range(8)]
    page = make_case(*between, make_block(LINE), *prose(), chances={LINE: 0.3, "Share": 0.01})
    assert rule_of(page, LINE) == "page.model"


def test_every_correction_is_heard_and_every_answer_among_them() -> None:
    """One that is heard ends no look at those behind it."""
    first, second = "Correction: the clock is of brass.", "Correction: the bell is of bronze."
    page = make_case(*prose(), make_block(first), make_block(second), chances={"Correction": 0.05})
    assert [rule_of(page, text) for text in (first, second)] == ["", ""]
    answers = [make_block("Yes."), make_block("Not now."), make_block("It was dark, said the pilot of the ferry.")]
    page = make_case(*prose(4), answers[0], make_block("Menu"), answers[1], *answers[2:], *prose()[4:],
                     chances={"Menu": 0.1, "Yes": 0.1, "Not": 0.1})  # fmt: skip
    assert [rule_of(page, text) == "" for text in ("Yes.", "Not now.", "Menu")] == [True, True, False]


#: Kinds of doubted prose between its like that is not rescued.
NOT_PLAIN = {
    "prose": ({}, ""),
    "behind a picture": ({"pictures_before": 1.0}, "page.model"),
    "hidden": ({"hidden": 1.0}, "page.hidden"),
    "few links": ({"density": 0.39}, ""),
    "links": ({"density": 0.4}, "page.model"),
}


@pytest.mark.parametrize(("about", "rule"), NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_doubted_prose_is_rescued_where_nothing_speaks_against_it(about: dict[str, float], rule: str) -> None:
    block = make_block(LINE, **about)  # type: ignore[arg-type]
    assert rule_of(make_case(*prose(4), block, *prose()[4:], chances={LINE: 0.3}), LINE) == rule


@pytest.mark.parametrize(("beside", "rule"), [(2, "page.model"), (3, "")])
def test_an_element_is_the_articles_from_three_heard_blocks(beside: int, rule: str) -> None:
    """The three elements around a block are looked at, the article's is further up."""

    def deep(text: str, number: int) -> Block:
        return make_block(text, inside=("div", "div", "div", "p"), elements=(50, 51, 52, number))

    inside = [deep(text, 53 + n) for n, text in enumerate(PROSE[:beside])]
    far = [make_block(f"So: {text}") for text in PROSE]
    page = make_case(*far, *inside[:1], deep(LINE, 90), *inside[1:], chances={LINE: 0.25})
    assert rule_of(page, LINE) == rule


ANSWERS = {
    "behind a paragraph of some length": ("x" * 40 + ".", ""),
    "behind a short one": ("x" * 39 + ".", "phrases"),
}


@pytest.mark.parametrize(("before", "rule"), ANSWERS.values(), ids=ANSWERS)
def test_an_answer_stands_beside_a_paragraph(before: str, rule: str) -> None:
    other = [make_block(text, inside=("section", "p")) for text in PROSE]
    page = make_case(*other[:4], make_block(before), make_block("No."), *other[4:], chances={"No.": 0.1})
    assert (rule_of(page, "No.") == "") is (rule == "")


@pytest.mark.parametrize(("question", "heard"), [("Was it late?", True), ("It was late.", False)])
def test_the_last_word_of_an_article_may_be_an_answer(question: str, heard: bool) -> None:
    page = make_case(*prose(), make_block(question), make_block("No."), chances={"No.": 0.1})
    assert (rule_of(page, "No.") == "") is heard
