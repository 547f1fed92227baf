from __future__ import annotations

import pytest

from audiogen.model import Block, BlockKind, Evidence
from audiogen.readers.headline import find_headline, headline_index, strip_site, without_capitals


def heading(text: str, level: int = 1, density: float = 0.0) -> Block:
    return Block(text, BlockKind.HEADING, level, evidence=Evidence(("body", "div", f"h{level}"), density))


def test_the_heading_that_agrees_with_the_page_is_the_headline() -> None:
    blocks = [heading("The Quay Post", 1), heading("Latest", 2), heading("The clock is right", 1)]
    assert find_headline(["The clock is right | The Quay Post"], blocks) == "The clock is right"


def test_the_visible_words_win_over_the_tab_title() -> None:
    assert (
        find_headline(["The clock is right again"], [heading("The clock is right, again")])
        == "The clock is right, again"
    )


def test_a_linked_teaser_is_no_headline() -> None:
    blocks = [heading("The clock is right", 3, density=1.0), heading("The clock is right", 1)]
    assert find_headline(["The clock is right"], blocks) == "The clock is right"


def test_without_a_heading_the_pages_title_loses_the_sites_name() -> None:
    assert find_headline(["The clock is right - The Quay Post"], [], "The Quay Post") == "The clock is right"


def test_without_titles_the_first_heading_serves() -> None:
    assert find_headline([], [heading("The clock", 2)]) == "The clock"
    assert find_headline([], []) == ""


def test_the_main_heading_wins_over_a_title_reworded_for_search_engines() -> None:
    blocks = [heading("Why the harbour clock tells the truth"), heading("Harbour clock repair in 2024", 2)]
    assert find_headline(["Harbour clock repair in 2024: the best tips"], blocks) == blocks[0].text


def test_a_main_heading_about_something_else_is_passed_over() -> None:
    blocks = [heading("Our little harbour journal"), heading("Bees are back", 2)]
    assert find_headline(["Bees are back"], blocks) == "Bees are back"


@pytest.mark.parametrize("name", ["The Quay Post", "quaypost.example"])
def test_the_sites_name_in_a_main_heading_is_no_headline(name: str) -> None:
    titles = [f"{name} - Bees are back to stay"]
    assert find_headline(titles, [heading(name), heading("Bees are back to stay", 3)], name) == "Bees are back to stay"


def test_a_title_element_in_the_body_is_no_heading() -> None:
    stray = Block("Bees are back 2024", BlockKind.PARAGRAPH, evidence=Evidence(("body", "title")))
    assert find_headline(["Bees are back 2024"], [heading("The bees are back in town"), stray]) == (
        "The bees are back in town"
    )


def test_a_section_that_turns_the_titles_words_about_is_no_headline() -> None:
    blocks = [heading("Clocks"), heading("The 3 best harbour clock repair jobs of 2023", 2)]
    titles = ["The 3 best clock repair harbour jobs of 2023 | Quay Post"]
    assert find_headline(titles, blocks, "Quay Post") == "The 3 best clock repair harbour jobs of 2023"


def test_a_heading_that_goes_on_where_the_title_is_cut_is_the_headline() -> None:
    whole = "Why the harbour clock of our town tells the truth again after all these years of doubt"
    assert find_headline([whole[:48].rsplit(" ", 1)[0]], [heading(whole, 2)]) == whole


def test_a_standfirst_marked_as_a_main_heading_is_no_headline() -> None:
    long = "Learn why the harbour clock tells the truth and " + "what the gulls, the tide and the town make of it, " * 4
    title = "Does the harbour clock tell the truth?"
    assert find_headline([title], [heading(long)]) == title


CLOCK = "The clock is right"
INDEXES = {
    "the main heading": ([heading(CLOCK, 3, 1.0), heading("Tides", 2), heading(CLOCK, 1)], 2),
    "the first of equals": ([heading(CLOCK, 2), heading(CLOCK, 2)], 0),
    "a line": ([heading("Tides", 2), Block(CLOCK)], 1),
    "another main heading": (
        [heading("Tides", 1), heading("All about the clock", 1), heading("Gulls and the tide", 1)],
        1,
    ),
    "none": ([heading("Tides", 1), heading("All about the clock", 2)], None),
}


@pytest.mark.parametrize(("blocks", "index"), INDEXES.values(), ids=INDEXES)
def test_the_headlines_block_is_found(blocks: list[Block], index: int | None) -> None:
    assert headline_index(CLOCK, blocks) == index


CAPITALS = {
    "as the page's title writes it": ("NASA LOOKS UP", ["NASA looks up"], "NASA looks up"),
    "with the site's name behind it": ("NASA LOOKS UP", ["NASA looks up - Quay Post"], "NASA looks up"),
    "the first that is not in capitals": ("NASA LOOKS UP", ["NASA LOOKS UP", "NASA looks up!"], "NASA looks up!"),
    "other words": ("NASA LOOKS UP", ["NASA looks up again"], "NASA LOOKS UP"),
    "no title": ("NASA LOOKS UP", [], "NASA LOOKS UP"),
    "not in capitals": ("NASA Looks up", ["NASA looks up"], "NASA Looks up"),
    "Ukrainian": ("ГОДИННИК ПІШОВ", ["Годинник пішов | Причал"], "Годинник пішов"),
    "no letters": ("2024", ["2024"], "2024"),
}


@pytest.mark.parametrize(("headline", "titles", "expected"), CAPITALS.values(), ids=CAPITALS)
def test_a_headline_in_capitals_is_written_as_the_page_writes_it_elsewhere(
    headline: str, titles: list[str], expected: str
) -> None:
    assert without_capitals(headline, titles, "Quay Post") == expected


TITLES = {
    "a bar": ("Bees are back | The Daily Hive", "The Daily Hive", "Bees are back"),
    "a dash": ("Bees are back – The Daily Hive", "The Daily Hive", "Bees are back"),
    "at the beginning": ("The Daily Hive: Bees are back", "", "The Daily Hive: Bees are back"),
    "a dash of its own": ("Bees - and wasps - are back", "The Daily Hive", "Bees - and wasps - are back"),
    "no site known": ("Bees are back after all these years | Hive", "", "Bees are back after all these years"),
}


@pytest.mark.parametrize(("title", "site", "expected"), TITLES.values(), ids=TITLES)
def test_only_the_sites_name_is_stripped(title: str, site: str, expected: str) -> None:
    assert strip_site(title, site) == expected
