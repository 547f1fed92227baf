"""What words say is learned from pages, and judged on others."""

from __future__ import annotations

import numpy as np

from audiogen.cleaner.models.word_weights import log_odds_of_terms, terms
from training.word_weights import AFTER, BEFORE, PAGES, Wording, around, learned, unseen

PLUG = "Contact us today for a free quote"
PROSE = "The pilots said that the ice held"
NEUTRAL = "Harbour number"


def page(number: int, *, near: bool = True) -> Wording:
    """Make a page with prose, a plug, and a name of its own."""
    texts = [
        f"{PROSE}, day {number}.",
        f"The ferries of house{number} lay still.",
        PLUG,
        NEUTRAL,
        f"Name{number} {PLUG}",
    ]
    labels = np.array([1.0, 1.0, 0.0, float(number % 2), 0.0])
    return Wording([terms(text) for text in texts], labels, np.full(len(texts), near))


PAGES_OF = [page(number) for number in range(12)]


def test_words_of_plugs_lean_away_and_words_of_prose_towards() -> None:
    known = learned(PAGES_OF)
    assert log_odds_of_terms(terms("Contact us for a quote"), known) < -0.5
    assert log_odds_of_terms(terms("The pilots of the ferries lay still"), known) > 0.5


def test_only_what_several_pages_say_is_learned() -> None:
    known = learned(PAGES_OF)
    assert not any(term.startswith(("name1", "house1")) for term in known)
    assert set(known) <= {
        "",
        *terms(f"{PROSE} day 0."),
        *(term for page in PAGES_OF for term in set().union(*page.terms)),
    }


def test_few_pages_teach_no_words() -> None:
    assert learned(PAGES_OF[: PAGES - 1]) == {"": 0.0}


def test_blocks_far_from_the_article_teach_nothing() -> None:
    far = [page(number, near=False) for number in range(12)]
    assert learned([*PAGES_OF, *far]) == learned(PAGES_OF)


def test_learning_twice_gives_the_same() -> None:
    assert learned(PAGES_OF) == learned(PAGES_OF)


def test_a_page_is_judged_by_what_others_taught() -> None:
    # One page alone has plugs that the others call prose: judged by the others, its plugs are prose.
    odd = page(99)
    odd = Wording([*odd.terms, *(terms("Book your ferry trip") for _ in range(5))], np.zeros(10), np.full(10, True))
    others = [
        Wording([*each.terms, terms("Book your ferry trip")], np.append(each.labels, 1.0), np.append(each.near, True))
        for each in PAGES_OF
    ]
    result = unseen([odd, *others], [0, *(1 + place % 3 for place in range(len(others)))])
    assert [len(each) for each in result] == [10, *[6] * 12]
    assert (result[0][5:] > 0).all()


def test_blocks_near_the_article_are_learned_from_if_they_count() -> None:
    labels = np.zeros(40)
    labels[15:20] = 1
    weights = np.ones(40)
    weights[17] = 0
    assert np.flatnonzero(around(labels, weights)).tolist() == [
        place for place in range(15 - BEFORE, 19 + AFTER) if place != 17
    ]


def test_a_page_without_an_article_has_nothing_near_it() -> None:
    assert not around(np.zeros(5), np.ones(5)).any()
