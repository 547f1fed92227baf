"""What is heard of a plain-text capture, and the laws that hold for any."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiogen.cleaner import clean
from audiogen.cleaner.models import TEXT
from audiogen.cleaner.models.model import load
from audiogen.cleaner.text.clean import Opinion, clean_capture, decide, mean_chances, rate_lines
from audiogen.cleaner.text.features import make_line
from audiogen.cleaner.text.rules import MIN_REPEATED_DISTANCE
from audiogen.model import Article, Reason
from audiogen.readers.text import read_text
from tests.cleaner.lines import OTHER, PARAGRAPH

CAPTURES = sorted((Path(__file__).parents[2] / "quality" / "text").glob("*.txt"))
LINES = [line for path in CAPTURES for line in path.read_text(encoding="utf-8").splitlines() if line]
NEWS = CAPTURES[[path.stem for path in CAPTURES].index("news-with-appeals")].read_text(encoding="utf-8")


def words(article: Article) -> Counter[str]:
    """Count the words of an article, heard or in the ledger."""
    blocks = [*article.blocks, *(entry.block for entry in article.removed)]
    return Counter(word for block in blocks for word in block.text.split())


def cleaned(document: str) -> Article:
    """Read and clean *document* whatever it is."""
    return clean(read_text(document), force=True)


def chances(document: str) -> str:
    """Give what is heard of *document*."""
    return cleaned(document).text


def test_the_headline_is_heard_once() -> None:
    article = cleaned(NEWS)
    assert article.title == "Harbour freezes for the first time in thirty years, pilots say"
    assert article.text.count(article.title) == 1
    assert [entry.rule for entry in article.removed if entry.reason is Reason.TITLE] == ["capture.title"]


def test_the_ledger_keeps_every_line_in_its_place() -> None:
    page = read_text(NEWS)
    article = clean(page)
    assert all(page.blocks[entry.position] == entry.block for entry in article.removed)
    assert len(article.blocks) + len(article.removed) == len(page.blocks)


def test_a_breadcrumb_that_ends_in_the_headline_is_not_it() -> None:
    title = "Harbour freezes for the first time in thirty years, pilots say"
    article = cleaned(NEWS.replace(title, f"Home » Harbour » {title}\n{title}"))
    assert article.title == title


def test_the_headline_in_a_list_of_links_is_not_heard_again() -> None:
    title = "Harbour freezes for the first time in thirty years, pilots say"
    assert chances(f"{NEWS}\n* {title}").count(title) == 1


def test_a_paragraph_that_is_repeated_is_heard_once() -> None:
    paragraph = "A plane with medicine landed on the frozen lagoon on Thursday"
    assert NEWS.count(paragraph) == 1
    line = next(line for line in NEWS.splitlines() if line.startswith(paragraph))
    article = cleaned(NEWS.replace(line, f"{line}\n{line}"))
    assert article.text.count(paragraph) == 1
    assert Reason.DUPLICATE in {entry.reason for entry in article.removed}


def test_a_teaser_cut_off_at_the_end_is_not_heard() -> None:
    last = "Forecasters expect the cold to hold until the end of the month"
    line = next(line for line in NEWS.splitlines() if line.startswith(last))
    teaser = "What the ice could mean for the winter fair"
    start = "The winter fair on the islands may be put off for the first time since the war, according to people who…"
    article = cleaned(NEWS.replace(line, f"{line}\n{teaser}\n{start}"))
    assert last in article.text
    assert teaser not in article.text
    assert "may be put off" not in article.text


@pytest.mark.parametrize(
    "line",
    [
        "{{banner id=17}}",
        "Here is what the islands paid for their bread that winter »",
        "Share on Facebook",
        "Advertisement",
    ],
)
def test_a_nuisance_between_paragraphs_is_not_heard(line: str) -> None:
    first = next(text for text in NEWS.splitlines() if text.startswith("Ice twenty"))
    assert line not in chances(NEWS.replace(first, f"{first}\n{line}"))


@pytest.mark.parametrize("marker", ["* ", "• ", ""], ids=["stars", "dots", "none"])
def test_list_markers_of_the_menu_may_be_missing(marker: str) -> None:
    document = NEWS.replace("* ", marker)
    assert chances(document) == chances(NEWS)


def test_empty_lines_between_paragraphs_change_nothing() -> None:
    assert chances("\n\n".join(NEWS.splitlines())) == chances(NEWS)


def test_an_article_without_blocks_stays_as_it_is() -> None:
    assert clean_capture(Article(format="text")) == Article(format="text")


def test_a_single_sentence_is_heard_or_named() -> None:
    article = cleaned("The harbour froze in the third week of January, and no ferry left it.")
    assert words(article)["harbour"] == 1


def test_the_model_has_two_forests_for_lines_and_one_for_headlines() -> None:
    first, second, title = load(TEXT).forests
    assert "vocabulary" in first.names
    assert not any(name.startswith("opinion") for name in first.names)
    assert any(name.startswith("names") for name in second.names)
    assert any(name.startswith("opinion") for name in title.names)


@pytest.mark.parametrize(
    ("first", "second", "middle"),
    [(0.5, 0.5, 0.5), (0.9, 0.1, 0.5), (0.9, 0.9, 0.9), (1.0, 0.5, 0.99), (0.0, 0.5, 0.01)],
)
def test_two_opinions_meet_in_the_middle_of_their_odds(first: float, second: float, middle: float) -> None:
    assert mean_chances(np.array([first]), np.array([second]))[0] == pytest.approx(middle, abs=0.005)


def test_an_opinion_becomes_an_article_and_a_ledger() -> None:
    page = read_text("\n".join(["Home", "The frozen harbour", PARAGRAPH, OTHER, "Contact"]))
    lines = [make_line(block, page.language) for block in page.blocks]
    article = decide(page, lines, Opinion(np.array([0.0, 0.1, 0.9, 0.9, 0.0]), np.array([0.0, 0.9, 0.0, 0.0, 0.0])))
    assert article.title == "The frozen harbour"
    assert [block.text for block in article.blocks] == [PARAGRAPH, OTHER]
    assert [(entry.position, entry.rule) for entry in article.removed] == [
        (0, "phrases.en.navigation.whole"),
        (1, "capture.title"),
        (4, "phrases.en.navigation.whole"),
    ]


def test_the_models_opinion_has_a_figure_for_every_line() -> None:
    page = read_text(NEWS)
    opinion = rate_lines([make_line(block, "en") for block in page.blocks], "en")
    assert len(opinion.chances) == len(opinion.title) == len(page.blocks)
    assert ((opinion.chances >= 0) & (opinion.chances <= 1)).all()


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Take a capture of the project apart and put it together wrongly."""
    lines = draw(st.sampled_from(CAPTURES)).read_text(encoding="utf-8").splitlines()
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines)))
        noise = draw(
            st.one_of(st.sampled_from(LINES), st.text(max_size=80), st.sampled_from(["", "\x00", "*", "…", "<p>"]))
        )
        lines[at : at + draw(st.integers(0, 3))] = [noise]
    return "\n".join(lines)


@settings(max_examples=25, deadline=None)
@given(mutated())
def test_every_word_of_a_capture_is_heard_or_in_the_ledger(document: str) -> None:
    page = read_text(document)
    article = clean(page, force=True)
    assert words(article) == Counter(word for block in page.blocks for word in block.text.split())


@settings(max_examples=20, deadline=None)
@given(mutated())
def test_nothing_long_is_heard_twice_close_together(document: str) -> None:
    """What the model is certain of may be repeated far from there, as in minutes."""
    written = [line.strip() for line in document.splitlines() if line.strip()]
    for line, count in Counter(chances(document).splitlines()).items():
        places = [index for index, each in enumerate(written) if each == line]
        near = any(after - before <= MIN_REPEATED_DISTANCE for before, after in pairwise(places))
        assert count == 1 or len(line.split()) <= 5 or not near, line


@settings(max_examples=20, deadline=None)
@given(mutated())
def test_cleaning_again_changes_nothing(document: str) -> None:
    article = cleaned(document)
    assert clean(article) == article


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=400))
def test_no_text_is_too_strange(document: str) -> None:
    page = read_text(document)
    article = clean(page, force=True) if page.blocks else page
    assert len(article.blocks) + len(article.removed) == len(page.blocks)
