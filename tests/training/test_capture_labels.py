"""Labels for the lines of captures, from hand labels and from articles that are known."""

from __future__ import annotations

import pytest

from tests.cleaner.lines import OTHER as SECOND
from tests.cleaner.lines import PARAGRAPH, THIRD
from training.capture_labels import BODY, FREE, OTHER, TITLE, UNSURE, align, doubted, kinds_of
from training.render import RenderedLine

HEADLINE = "Harbour freezes for the first time in thirty years"
ARTICLE = "\n".join([PARAGRAPH, SECOND, THIRD])


def rendered(text: str, *, caption: bool = False, aside: bool = False, linked: float = 0.0) -> RenderedLine:
    """Make a line as rendering gives it."""
    return RenderedLine(text, caption, aside, linked)


def page(*between: RenderedLine) -> list[RenderedLine]:
    """Put lines between the second and the third paragraph of an article with a menu and a footer."""
    head = ["Home", "Weather", HEADLINE, PARAGRAPH, SECOND]
    return [*map(rendered, head), *between, *map(rendered, [THIRD, "Contact", "© 2024 Northern Post"])]


@pytest.mark.parametrize(
    ("label", "kinds"),
    [
        ({"body": "2-3"}, [OTHER, BODY, BODY, OTHER]),
        ({"body": "2-3", "title": "1"}, [TITLE, BODY, BODY, OTHER]),
        ({"dek": [2], "body": "3,4"}, [OTHER, BODY, BODY, BODY]),
        ({"body": "1, 3", "caption": "2"}, [BODY, OTHER, BODY, OTHER]),
        ({"body": "1-4", "neutral": "", "byline": None}, [BODY] * 4),
        ({"neutral": "1", "byline": "2", "related": "3", "cta": "4"}, [FREE, FREE, OTHER, OTHER]),
        ({}, [OTHER] * 4),
    ],
    ids=["range", "title", "lists", "single numbers", "empty ones", "what may go either way", "nothing"],
)
def test_label_files_name_lines_by_number(label: dict[str, object], kinds: list[str]) -> None:
    assert kinds_of(label, 4) == kinds


def test_lines_of_the_known_article_are_its_body() -> None:
    assert align(page(), ARTICLE, HEADLINE) == [OTHER, OTHER, TITLE, BODY, BODY, BODY, OTHER, OTHER]


@pytest.mark.parametrize("title", ["HARBOUR FREEZES FOR THE FIRST TIME IN THIRTY YEARS", f"{HEADLINE} | Northern Post"])
def test_the_headline_is_found_by_its_words(title: str) -> None:
    kinds = align(page(), ARTICLE, title)
    assert kinds is not None
    assert kinds[2] == TITLE


@pytest.mark.parametrize("title", ["", "Another headline entirely"])
def test_a_headline_that_is_not_there_is_none(title: str) -> None:
    kinds = align(page(), ARTICLE, title)
    assert kinds is not None
    assert TITLE not in kinds


def test_what_stands_over_the_headline_is_not_its_body_for_sure() -> None:
    lines = [rendered("No ferry left."), *page()]
    kinds = align(lines, f"No ferry left.\n{ARTICLE}", HEADLINE)
    assert kinds is not None
    assert BODY not in kinds[:3]


@pytest.mark.parametrize("truth", ["", "A text of which nothing is on the page, not a word of it anywhere."])
def test_a_page_without_its_article_is_of_no_use(truth: str) -> None:
    assert align(page(), truth, HEADLINE) is None


def test_a_page_with_little_of_its_article_is_of_no_use() -> None:
    assert align(page(), f"{ARTICLE}\n{'More of it stands elsewhere. ' * 60}", HEADLINE) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (rendered("Ferries at the east quay on Tuesday", caption=True), OTHER),
        (rendered("Ferries at the east quay on Tuesday", aside=True), OTHER),
        (rendered("Ferries at the east quay on Tuesday", linked=1.0), OTHER),
        (rendered("* Ferries at the east quay on Tuesday", linked=1.0), UNSURE),
        (rendered("Ferries at the east quay on Tuesday", linked=0.5), BODY),
        (rendered("Ferries at the east quay on Tuesday"), BODY),
        (rendered("1. Ferries at the east quay on Tuesday"), BODY),
        (rendered("Seagulls that the article does not mention"), OTHER),
    ],
    ids=["caption", "aside", "link", "linked item", "half a link", "plain", "numbered", "not in the article"],
)
def test_markup_corrects_what_an_annotation_calls_the_body(line: RenderedLine, kind: str) -> None:
    kinds = align(page(line), f"{ARTICLE}\nFerries at the east quay on Tuesday", HEADLINE)
    assert kinds is not None
    assert kinds[5] == kind


def test_markup_that_would_take_most_of_the_article_misleads() -> None:
    lines = [RenderedLine(line.text, caption=False, aside=True, linked=0.0) for line in page()]
    kinds = align(lines, ARTICLE, HEADLINE)
    assert kinds is not None
    assert kinds.count(BODY) == 3


@pytest.mark.parametrize(
    ("kind", "opinion", "found"),
    [
        (BODY, 0.1, UNSURE),
        (BODY, 0.5, BODY),
        (BODY, 0.9, BODY),
        (OTHER, 0.9, UNSURE),
        (OTHER, 0.5, OTHER),
        (OTHER, 0.1, OTHER),
        (TITLE, 0.1, TITLE),
        (FREE, 0.9, FREE),
    ],
)
def test_a_label_that_another_opinion_contradicts_is_unsure(kind: str, opinion: float, found: str) -> None:
    assert doubted([rendered("* The Quay!")], [kind], {"the quay": opinion}) == [found]


def test_a_line_of_which_there_is_no_other_opinion_keeps_its_label() -> None:
    assert doubted([rendered("The quay")], [BODY], {"the basin": 0.0}) == [BODY]
