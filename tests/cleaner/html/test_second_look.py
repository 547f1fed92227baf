"""A page of prose of which next to nothing would be heard is looked at again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from audiogen.cleaner.html import clean
from audiogen.cleaner.html.clean import clean_page
from audiogen.cleaner.html.second_look import (
    trust_extractors,
)
from audiogen.model import Article, Block, Evidence
from tests.cleaner.pages import PARAGRAPHS, make_article

if TYPE_CHECKING:
    from numpy.typing import NDArray

PATH = ("html", "body", "p")


def doubting(article: Article) -> NDArray[np.float64]:
    """Doubt every block."""
    return np.full(len(article.blocks), 0.05)


#: Words of a page that no witness has.
OTHERS = 200


def witnessed(words: int, density: float = 0.0, share: float = 0.8, others: int = OTHERS) -> Article:
    """Make an article of so many *words*, of which a witness has a *share*, and of *others* that it does not have."""
    evidence = Evidence(PATH, density, {"trafilatura": share}, (1, 2, 3))
    blocks = [
        Block(" ".join([word] * n), evidence=e) for word, n, e in (("tide", words, evidence), ("ebb", others, None))
    ]
    return Article(title="The clock", blocks=tuple(blocks), format="html")


def test_the_article_is_heard_though_the_model_doubts_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clean, "rate_blocks", doubting)
    assert [block.text for block in clean_page(make_article()).blocks] == list(PARAGRAPHS)


WITNESSES = {
    "enough prose": (witnessed(80), True),
    "too little": (witnessed(79), False),
    "links": (witnessed(80, density=0.5), False),
    "hardly a link": (witnessed(80, density=0.49), True),
    "a part of it": (witnessed(80, share=0.79), False),
}


@pytest.mark.parametrize(("article", "is_trusted"), WITNESSES.values(), ids=WITNESSES)
def test_witnesses_are_trusted_for_prose_alone(article: Article, is_trusted: bool) -> None:
    trusted = trust_extractors(article, doubting(article))
    assert (trusted is not None and bool(trusted[0] >= 0.43)) is is_trusted


@pytest.mark.parametrize(
    ("words", "expected", "is_heard"),
    [(40, 0, True), (39, 0, False), (40, 1, False)],
    ids=["a paragraph", "less", "a paragraph beside what is heard"],
)
def test_a_paragraph_is_enough_where_nothing_would_be_heard(
    words: int, expected: int, is_heard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tuple(Block("Ebb.", evidence=Evidence(PATH)) for _ in range(expected))
    article = witnessed(words)
    article = replace(article, blocks=(*article.blocks, *beside))
    monkeypatch.setattr(clean, "rate_blocks", lambda page: np.array([0.05, 0.05] + [0.95] * expected))
    assert (article.blocks[0] in clean_page(article).blocks) is is_heard


@pytest.mark.parametrize(
    ("words", "others", "is_trusted"),
    [(25, 25, True), (24, 0, False), (25, 26, False)],
    ids=["half of the page", "hardly a sentence", "less than half"],
)
def test_most_of_a_short_page_is_enough(words: int, others: int, is_trusted: bool) -> None:
    article = witnessed(words, others=others)
    assert (trust_extractors(article, doubting(article)) is not None) is is_trusted


@pytest.mark.parametrize(("words", "is_again"), [(59, True), (60, False)])
def test_only_a_page_of_which_little_is_heard_is_looked_at_again(
    words: int, is_again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = Block(" ".join(["ebb"] * words), evidence=Evidence(PATH))
    article = witnessed(80)
    article = replace(article, blocks=(*article.blocks, heard))
    monkeypatch.setattr(clean, "rate_blocks", lambda page: np.array([0.05, 0.05, 0.95]))
    assert (len(clean_page(article).blocks) == 2) is is_again
