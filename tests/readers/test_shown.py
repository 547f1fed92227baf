from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from audiogen.readers.html import read_html
from audiogen.readers.shown import Shown, choose_authors, choose_date, find_shown, labelled_day, signed, signed_day

HEADLINE = "The harbour clock is right again"
TEXT = (
    "For eleven years the clock over the harbour showed ten past four, and the fishermen of the town had long agreed "
    "to read it as a joke about the tide rather than as the time of day."
)
AUTHORS = {
    "a line": (["By Ana Ruiz"], ("Ana Ruiz",)),
    "two people": (["By Ana Ruiz and Tom Lee"], ("Ana Ruiz", "Tom Lee")),
    "a label over the name": (["Written by", "Ana Ruiz"], ("Ana Ruiz",)),
    "a label that is glued on": (["ByAna Ruiz"], ("Ana Ruiz",)),
    "a role and a day": (["By Ana Ruiz ⋅ Harbour Editor ⋅ Updated May 6, 2021"], ("Ana Ruiz",)),
    "a bare name over a day": (["Ana Ruiz", "23.07.2025 · 6 min read"], ("Ana Ruiz",)),
    "a bare name over a role": (["Ana Ruiz", "Tech Writer"], ("Ana Ruiz",)),
    "a bare phrase": (["Harbour News", "Tide tables"], ()),
    "words of the page": (["Harbour Clock", "4 May 2021"], ()),
    "a bare name over a day and other marks": (
        ["Ana Ruiz", "May 4, 2021 | Last updated on May 5, 2021 | 6 min read", "Authors: Tom Lee"],
        ("Ana Ruiz",),
    ),
    "a user's name": (["by gullwatcher"], ("gullwatcher",)),
    "a method": (["by the hand of a gull"], ()),
    "the one who wrote, not the one who changed": (["Updated by Tom Lee", "By Ana Ruiz"], ("Ana Ruiz",)),
    "a desk": (["By the Quay Post Team"], ()),
    "an instruction": (["By clicking you agree"], ()),
    "German": (["Von Jana Feld"], ("Jana Feld",)),
    "Ukrainian": (["Автор: Олена Гай"], ("Олена Гай",)),
}


@pytest.mark.parametrize(("lines", "authors"), AUTHORS.values(), ids=AUTHORS)
def test_the_author_stands_at_the_headline(lines: list[str], authors: tuple[str, ...]) -> None:
    assert find_shown(["Menu", HEADLINE, *lines, TEXT], 1).authors == authors


FOURTH, FIFTH = date(2021, 5, 4), date(2021, 5, 5)
DAYS = {
    "bare": (["May 4, 2021"], FOURTH, None),
    "a label": (["Published on 4 May 2021 in Harbour"], FOURTH, None),
    "a label over it": (["Posted on", "May 4, 2021", "Updated at", "May 5, 2021"], FOURTH, FIFTH),
    "only the change": (["Updated May 5, 2021"], None, FIFTH),
    "both in a line": (["May 4, 2021 | Updated May 5, 2021"], FOURTH, FIFTH),
    "both, the change first": (["Updated May 5, 2021. Published May 4, 2021"], FOURTH, FIFTH),
    "German": (["Veröffentlicht am 4. Mai 2021, aktualisiert 5. Mai 2021"], FOURTH, FIFTH),
    "a day that is told": (["The clock had stopped on May 4, 2021, when a gull sat on its hand"], None, None),
    "far below": ([*["Tide"] * 9, "May 4, 2021"], None, None),
    "under a box about the author, with its label": ([*["Tide"] * 9, "Updated: May 5, 2021"], None, FIFTH),
    "too far below, with its label": ([*["Tide"] * 14, "Updated: May 5, 2021"], None, None),
}


@pytest.mark.parametrize(("lines", "published", "modified"), DAYS.values(), ids=DAYS)
def test_the_day_stands_at_the_headline(lines: list[str], published: date | None, modified: date | None) -> None:
    shown = find_shown(["Menu", HEADLINE, *lines, TEXT], 1)
    assert (shown.published, shown.modified) == (published, modified)


def test_the_day_may_stand_over_the_headline() -> None:
    assert find_shown(["OCTOBER 13, 2025", HEADLINE, TEXT], 1).published == date(2025, 10, 13)


def test_without_the_headline_nothing_is_shown() -> None:
    assert find_shown(["By Ana Ruiz", "May 4, 2021"], None) == Shown()


MOVED = datetime(2024, 8, 7, 12, tzinfo=UTC)
DATE_CHOICES = {
    "the site moved later": (MOVED, Shown(published=date(2013, 12, 30)), date(2013, 12, 30)),
    "a time zone apart": (MOVED, Shown(published=date(2024, 8, 6)), MOVED),
    "a later day is shown": (MOVED, Shown(published=date(2024, 9, 1)), MOVED),
    "only a late change is shown": (MOVED, Shown(modified=date(2024, 9, 1)), date(2024, 9, 1)),
    "only a correction is shown": (MOVED, Shown(modified=date(2024, 8, 14)), MOVED),
    "a change is shown that was before": (MOVED, Shown(modified=date(2024, 8, 6)), date(2024, 8, 6)),
    "day and month changed about": (MOVED, Shown(published=date(2024, 7, 8)), MOVED),
    "nothing is said": (None, Shown(published=date(2024, 9, 1)), date(2024, 9, 1)),
    "only a change is shown, nothing is said": (None, Shown(modified=date(2024, 9, 1)), date(2024, 9, 1)),
    "both are shown": (MOVED, Shown(published=date(2024, 8, 1), modified=date(2024, 9, 1)), date(2024, 8, 1)),
    "nothing is shown": (MOVED, Shown(), MOVED),
    "nothing at all": (None, Shown(), None),
}


@pytest.mark.parametrize(("message", "shown", "expected"), DATE_CHOICES.values(), ids=DATE_CHOICES)
def test_the_earlier_day_is_the_articles(message: datetime | None, shown: Shown, expected: object) -> None:
    assert choose_date(message, shown, structured_data_only=True) == expected
    if shown.modified is None or shown.published is not None:
        assert choose_date(message, shown) == expected


def test_a_day_that_people_can_see_is_not_given_up_for_that_of_a_change() -> None:
    assert choose_date(MOVED, Shown(modified=date(2024, 9, 1)), structured_data_only=False) == MOVED


ANA, TOM = ("Ana Ruiz",), ("Tom Lee",)
CHOSEN = {
    "what is said": (ANA, TOM, TOM, ANA),
    "what is shown rather than a user's name": (("ana99",), TOM, (), TOM),
    "what is shown rather than the outlet": (("Quay Post",), ANA, (), ANA),
    "the outlet where nobody is shown": (("Quay Post",), (), TOM, ("Quay Post",)),
    "what is shown": ((), ANA, TOM, ANA),
    "a byline elsewhere": ((), (), TOM, TOM),
    "nobody": ((), (), (), ()),
}


@pytest.mark.parametrize(("message", "shown", "elsewhere", "expected"), CHOSEN.values(), ids=CHOSEN)
def test_people_are_chosen_over_users_and_outlets(
    message: tuple[str, ...], shown: tuple[str, ...], elsewhere: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert choose_authors(message, shown, elsewhere, site="Quay Post") == expected


def test_a_signature_at_the_foot_names_the_author() -> None:
    assert signed([HEADLINE, TEXT, "Written by Ana Ruiz and Tom Lee"]) == ("Ana Ruiz", "Tom Lee")
    assert signed([HEADLINE, TEXT]) == ()


def test_a_labelled_day_counts_wherever_it_stands() -> None:
    assert labelled_day([HEADLINE, TEXT, "May 3, 2021", "Last updated: May 4, 2021"]) == FOURTH
    assert labelled_day([HEADLINE, TEXT]) is None


SIGNATURES = {
    "under the name": ([TEXT, "Ana Ruiz", "May 4, 2021"], FOURTH),
    "after a role": ([TEXT, "By Ana Ruiz", "Harbour editor", "May 4, 2021"], FOURTH),
    "of somebody else": ([TEXT, "Tom Lee", "May 4, 2021"], None),
    "in a sentence": (["Ana Ruiz", "The clock had stopped on May 4, 2021, as everybody knows"], None),
    "too far off": (["Ana Ruiz", "Tide", "Weather", "May 4, 2021"], None),
}


@pytest.mark.parametrize(("lines", "day"), SIGNATURES.values(), ids=SIGNATURES)
def test_a_day_may_stand_with_the_authors_signature(lines: list[str], day: date | None) -> None:
    assert signed_day(lines, ANA) == day
    assert signed_day(lines, ()) is None


def test_a_page_without_a_word_to_machines_has_author_and_day() -> None:
    body = f"<h1>{HEADLINE}</h1><div>By</div><div>Ana Ruiz</div><div>May 4, 2021</div><p>{TEXT}</p><p>{TEXT[::-1]}</p>"
    article = read_html(f"<html><head><title>{HEADLINE} | Quay Post</title></head><body>{body}</body></html>")
    assert (article.authors, article.published, article.modified) == (("Ana Ruiz",), FOURTH, None)


MACHINES = {
    "JSON-LD alone": (
        '<script type="application/ld+json">{"@type": "Article", "datePublished": "2015-04-06"}</script>',
        FIFTH,
    ),
    "a tag": ('<meta property="article:published_time" content="2015-04-06">', date(2015, 4, 6)),
    "JSON-LD and the address": (
        '<script type="application/ld+json">{"@type": "Article", "datePublished": "2015-04-06"}</script>'
        '<link rel="canonical" href="https://quay.example/2015/04/06/clock">',
        date(2015, 4, 6),
    ),
}


@pytest.mark.parametrize(("head", "published"), MACHINES.values(), ids=MACHINES)
def test_a_page_goes_under_the_day_it_shows_where_only_json_ld_has_another(head: str, published: date) -> None:
    article = read_html(f"<html><head>{head}</head><body><h1>{HEADLINE}</h1><p>Updated May 5, 2021</p><p>{TEXT}</p>")
    assert (article.published, article.modified) == (published, FIFTH)


def test_the_day_is_looked_for_at_the_main_heading_rather_than_at_a_teaser_of_the_same_name() -> None:
    menu = f"<p>{HEADLINE}</p><p>May 1, 2021</p>" + "<p>Tides</p>" * 20
    article = read_html(f"<html><body>{menu}<h1>{HEADLINE}</h1><p>May 4, 2021</p><p>{TEXT}</p>")
    assert article.published == FOURTH


def test_a_page_that_shows_only_its_last_change_is_of_that_day() -> None:
    body = f"<h1>{HEADLINE}</h1><p>Updated May 5, 2021</p><p>{TEXT}</p>"
    article = read_html(f"<html><head><title>{HEADLINE}</title></head><body>{body}</body></html>")
    assert (article.published, article.modified) == (FIFTH, FIFTH)
