"""Boxes inside the text that link to other articles, to podcasts and to registration."""

from __future__ import annotations

import pytest

from audiogen.cleaner import clean
from audiogen.cleaner.html import related
from tests.cleaner.pages import PARAGRAPHS, make_article

TEASERS = (
    ("How brass wheels feel the weather", "A survey of ninety harbour clocks shows what moisture does to old gears."),
    ("Sand clocks return to the labs", "Physicists measure seconds again with grains that they count one by one."),
    ("The last keeper of the northern light", "He climbed four hundred steps each evening, and wrote down every ship."),
)


def cards(heading: str = "<h2>Related Articles</h2>", inside: str = "") -> str:
    """Make a box of linked headlines with a picture and a sentence each."""
    each = (
        f"<article class='card'><img src='/a.jpg'><h3><a href='/{name[:3]}'>{name}</a></h3><p>{text}</p></article>"
        for name, text in TEASERS
    )
    return f"<aside class='recommended'>{heading}{''.join(each)}{inside}</aside>"


PODCAST = (
    "<div class='podcast-box'><h3>Listen to our podcast</h3><p>In The Quay Hour our reporters talk each Friday of the "
    "week at sea.</p><a href='/p'>Apple Podcasts</a> <a href='/s'>Spotify</a></div>"
)
AVAILABLE = "<div><p>The Quay Hour: listen to the latest episode, wherever you get your podcasts.</p></div>"
WALL = (
    "<div class='wall'><h2>Create a free account to continue reading</h2><p>Register to read three articles a month. "
    "Already have an account? <a href='/l'>Log in</a></p><button>Register</button></div>"
)
BOXES = {
    "cards": cards(),
    "cards under a heading in a box of its own": cards("<div class='top'><h2>Related Articles</h2></div>"),
    "podcast": PODCAST,
    "podcast's last line": AVAILABLE,
    "registration": WALL,
}


def heard(box: str, place: int) -> list[str]:
    """List what is narrated of a page with a box in the text or behind it."""
    article = clean(make_article(box, place=place))  # type: ignore[arg-type]
    return [block.text for block in article.blocks]


@pytest.mark.parametrize("place", [2, 5], ids=["in the text", "behind it"])
@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_for_other_pages_is_not_heard(box: str, place: int) -> None:
    assert heard(box, place) == list(PARAGRAPHS)


def test_a_text_that_goes_on_under_such_a_heading_is_heard() -> None:
    whole = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    assert heard(f"<div><h2>Related Articles</h2>{whole}</div>", 2)[: len(PARAGRAPHS)] == list(PARAGRAPHS)


def test_a_box_holds_less_than_a_third_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "MAX_SHARE", 0.01)
    assert set(heard(cards(), 2)) > set(PARAGRAPHS)
