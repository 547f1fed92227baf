"""What a first opinion lets be seen of a capture's lines."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from audiogen.cleaner.phrases import languages
from audiogen.cleaner.text.second_look import URGES_FILE, is_short, load_urges, second_features
from tests.cleaner.lines import OTHER, PARAGRAPH, THIRD, chances, line, lines

PLUG = "Nordkontor makes the tides readable for every captain"
PAGE = ("Nordkontor", "Why Nordkontor", PARAGRAPH, OTHER, PLUG, "© 2024 Nordkontor")
CHANCE = (0.1, 0.1, 0.9, 0.9, 0.6, 0.1)


def seen(
    name: str, page: tuple[str, ...] = PAGE, chance: tuple[float, ...] = CHANCE, language: str = "en"
) -> list[float]:
    """Look at *page* a second time, and give one column."""
    column = second_features(chances(*chance), lines(*page, language=language), language)[name]
    return [round(float(value), 3) for value in column]


def test_the_outlets_name_stands_in_menus_and_small_print() -> None:
    assert seen("names outside")[2:5] == [0.0, 0.0, 3.0]
    assert seen("names outside twice")[4] == 1.0
    assert seen("names small print")[4] == 1.0
    assert seen("names share outside")[4] == 0.75


def test_a_name_of_the_article_is_none_of_the_outlet() -> None:
    page = (PARAGRAPH, "Norhaven waits for the wind", OTHER, "Contact")
    chance = (0.9, 0.8, 0.9, 0.1)
    assert seen("names outside", page, chance)[1] == 0.0
    assert seen("names inside", page, chance)[1] == 1.0


def test_a_word_that_is_also_written_small_is_no_name() -> None:
    page = ("Ferries", "Ferries today", PARAGRAPH, "Ferries wait, and all ferries are full")
    assert seen("names outside", page, (0.1, 0.1, 0.9, 0.9))[3] == 0.0


def test_a_line_does_not_count_its_own_names() -> None:
    assert seen("names outside", ("Nordkontor", PARAGRAPH), (0.1, 0.9))[0] == 0.0


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("Flour and fuel", 1.0, 0.0),
        ("Ferry to Norhaven", 0.0, 1.0),
        ("Bakers", 0.0, 0.0),
    ],
    ids=["heading of what comes", "caption of what was", "neither"],
)
def test_a_short_line_shares_words_with_the_paragraph_under_or_over_it(text: str, after: float, before: float) -> None:
    page = (PARAGRAPH, text, OTHER)
    chance = (0.9, 0.8, 0.9)
    assert (seen("shared next", page, chance)[1], seen("shared before", page, chance)[1]) == (after, before)


def test_of_two_paragraphs_under_a_line_each_is_measured_by_itself() -> None:
    page = ("Flour and fuel", OTHER, PARAGRAPH)
    shared = [seen(name, page, (0.8, 0.9, 0.9))[0] for name in ("shared next", "shared later")]
    assert shared == [1.0, 0.0]


def test_where_no_paragraph_is_near_nothing_can_be_shared() -> None:
    page = (PARAGRAPH, *["Links"] * 10, OTHER)
    assert seen("shared before", page, (0.9, *[0.1] * 10, 0.9))[10] == -1.0
    assert seen("shared next", page, (0.9, *[0.1] * 10, 0.9))[1] == -1.0
    assert seen("shared later", page, (0.9, *[0.1] * 10, 0.9))[9] == -1.0


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("The first days", True),
        ("Wie geht es weiter?", False),
        ("Так замерз порт", True),
        ("Он замолчал.", False),
        ("Er sagte: „Nie wieder.“", False),
        ("Key points:", False),
        (" ".join(["word"] * 16), True),
        (" ".join(["word"] * 17), False),
    ],
)
def test_a_heading_or_caption_is_short_and_does_not_end(text: str, short: bool) -> None:
    assert is_short(line(text)) is short


def test_a_short_line_is_measured_against_the_others() -> None:
    page = (PARAGRAPH, "Keyboard", OTHER, "The slim edges of the new model seen from above", THIRD, "Sound", PARAGRAPH)
    chance = (0.9,) * 7
    assert seen("short", page, chance) == [0, 1, 0, 1, 0, 1, 0]
    assert seen("short length", page, chance)[0] == 1.0
    assert seen("to short length", page, chance)[3] == 10.0
    assert seen("short share", page, chance)[0] == pytest.approx(3 / 7, abs=1e-3)


def test_capitals_are_measured_against_the_other_short_lines() -> None:
    page = (PARAGRAPH, "What Pilots Know", OTHER, "What Bakers Want", THIRD, "what gulls like", PARAGRAPH)
    capitals = seen("to short capitals", page, (0.9,) * 7)
    assert capitals[1] == capitals[3] > 0 > capitals[5]


def test_gaps_count_lines_since_and_until_the_next_short_one() -> None:
    page = (PARAGRAPH, "The first days", OTHER, THIRD, "The last days", PARAGRAPH)
    chance = (0.9,) * 6
    assert seen("short since", page, chance) == [30, 30, 1, 2, 3, 1]
    assert seen("short until", page, chance) == [1, 3, 2, 1, 30, 30]


def test_a_list_item_does_not_say_how_short_lines_are() -> None:
    page = (PARAGRAPH, "* a map of all the quays of the town", "The first days", OTHER)
    assert seen("short length", page, (0.9,) * 4)[0] == 3.0


def test_a_line_sees_what_stands_next_to_it() -> None:
    page = (PARAGRAPH, "The first days", OTHER)
    assert seen("long -1", page, (0.9,) * 3) == [0, 1, 0]
    assert seen("long +1", page, (0.9,) * 3) == [0, 1, 0]
    assert seen("ended -1", page, (0.9,) * 3) == [0, 1, 0]


@pytest.mark.parametrize(
    ("text", "language", "first", "count"),
    [
        ("Discover the islands with us.", "en", 1, 1),
        ("Need a berth? Call the harbour office.", "en", 1, 2),
        ("The harbour froze. Nobody came.", "en", 0, 0),
        ("Don’t miss the fair.", "en", 1, 1),
        ("Підписуйтесь на наш канал.", "uk", 1, 1),
        ("Порт замерз. Читайте про це завтра.", "uk", 0, 1),
        ("Подписывайтесь на наш канал.", "ru", 1, 1),
        ("Порт замёрз на десять дней.", "ru", 0, 0),
        ("Entdecken Sie die Inseln.", "de", 1, 1),
        ("Der Hafen ist zu. Niemand kam.", "de", 0, 0),
        ("Découvrez les îles avec nous.", "fr", 1, 1),
        ("Le port a gelé. Personne n'est venu.", "fr", 0, 0),
        ("Descubre las islas con nosotros.", "es", 1, 1),
        ("El puerto se heló. Nadie vino.", "es", 0, 0),
        ("Descubra as ilhas connosco.", "pt", 1, 1),
        ("O porto gelou. Ninguém veio.", "pt", 0, 0),
        ("Scopri le isole con noi.", "it", 1, 1),
        ("Il porto è gelato. Nessuno è venuto.", "it", 0, 0),
        ("Sprawdź rozkład promów.", "pl", 1, 1),
        ("Port zamarzł. Nikt nie przyszedł.", "pl", 0, 0),
        ("Discover our islands.", "de", 1, 1),
        ("20 — 30", "en", 0, 0),
    ],
)
def test_sentences_that_urge_are_counted(text: str, language: str, first: int, count: int) -> None:
    assert seen("urges", (text,), (0.9,), language) == [first]
    assert seen("urges count", (text,), (0.9,), language) == [count]


def test_the_share_of_sentences_that_urge_is_given() -> None:
    assert seen("urges share", ("Call us. We are here. Nobody else is. Write soon.",), (0.9,)) == [0.25]


def test_every_language_of_the_phrases_has_words_that_urge() -> None:
    known = tomllib.loads(URGES_FILE.read_text(encoding="utf-8"))["urges"]
    assert set(known) == set(languages())
    for words in known.values():
        assert all(word == word.lower().strip() and " " not in word for word in words)
        assert len(words) == len(set(words))


def test_a_region_of_a_language_has_its_words_and_an_unknown_one_the_english() -> None:
    assert "abonnieren" in load_urges("de-CH")
    assert load_urges("fi") == load_urges("en")


@pytest.mark.parametrize("page", [("Home",), (PARAGRAPH,), ("* x", "…", "—")], ids=["menu", "paragraph", "signs"])
@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_every_column_has_a_figure_for_every_line(page: tuple[str, ...], chance: float) -> None:
    for column in second_features(chances(*[chance] * len(page)), lines(*page), "en").values():
        assert len(column) == len(page)
        assert np.isfinite(column).all()


#: A menu, two lines with names of the article, one without any name, the small print.
NAMED = ("Nordkontor Ot", "Pilots of Norhaven", "Norhaven freezes, Ot says", "ice everywhere", "© 2024 Nordkontor")
NAMES = {
    "names outside": [1, 0, 0, 0, 1],
    "names outside twice": [0, 0, 0, 0, 0],
    "names share outside": [0.5, 0, 0, 0, 0.5],
    "names inside": [0, 1, 1, 0, 0],
    "names small print": [1, 0, 0, 0, 1],
}


@pytest.mark.parametrize(("name", "values"), NAMES.items(), ids=list(NAMES))
def test_names_are_counted_in_other_lines(name: str, values: list[float]) -> None:
    """A name has three letters: "Ot" is none."""
    assert seen(name, NAMED, (0.1, 0.9, 0.9, 0.9, 0.1)) == values


def test_counts_of_names_have_a_bound() -> None:
    page = tuple(["Nordkontor"] * 23)
    assert seen("names outside", page, (0.1,) * 23) == [20.0] * 23


@pytest.mark.parametrize(("between", "shared"), [(6, 1.0), (7, -1.0)])
def test_a_paragraph_is_near_for_seven_lines(between: int, shared: float) -> None:
    page = ("Flour and fuel", *["Links"] * between, OTHER)
    assert seen("shared next", page, (0.9,) * len(page))[0] == shared
    assert seen("shared before", tuple(reversed(page)), (0.9,) * len(page))[-1] == shared


def test_the_second_paragraph_below_is_the_later_one() -> None:
    page = ("Ferry to Norhaven", OTHER, PARAGRAPH)
    assert seen("shared later", page, (0.9,) * 3) == [1.0, -1.0, -1.0]


@pytest.mark.parametrize(
    ("text", "share"),
    [("What pilots Know here", 1 / 3), ("what Of Know", 1.0), ("Word", 0.0), ("What ford Of Sand", 0.5)],
)
def test_capitals_are_of_later_words_with_more_than_three_letters(text: str, share: float) -> None:
    page = (PARAGRAPH, text, OTHER, "gulls like fish", THIRD)
    chance = (0.9, 0.1, 0.9, 0.9, 0.9)
    assert seen("to short capitals", page, chance)[1] == round(share, 3)


def test_a_line_is_the_articles_from_more_than_half() -> None:
    page = (PARAGRAPH, "The first days", OTHER)
    for chance, share in ((0.5, 0.0), (0.51, round(1 / 3, 3))):
        assert seen("short share", page, (0.9, chance, 0.9))[0] == share, chance


def test_a_line_sees_whether_the_one_before_ended() -> None:
    assert seen("ended -1", (PARAGRAPH, "The first days", OTHER), (0.9,) * 3) == [0, 1, 0]
