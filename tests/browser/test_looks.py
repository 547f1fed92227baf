"""Pages fit every screen and every reader: widths, light and dark, both directions, and axe-core's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.podcast.embed import HEIGHT
from tests.browser.conftest import served, until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Open = Callable[..., Page]

PAGES = {
    "list": "index.html",
    "episode": "episodes/2026-09-14-the-dam-closes.html",
    "right to left": "episodes/2026-09-01-lnhr-ldhy-d-la-lmdynh.html",
    "embed": "episodes/2026-09-14-the-dam-closes.embed.html",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing(open_page: Open, axe: str, path: str, scheme: str) -> None:
    page = open_page(path, color_scheme=scheme, width=400, bypass_csp=True)
    for summary in page.locator("summary").all():
        summary.click()
    if page.locator("#s2").count():
        page.locator("#s2").click()
        until(lambda: page.locator(".s.now").count() == 1, "a sentence is lit")
    page.evaluate(axe)
    # In the dark only colours are others.
    rules = ", runOnly: ['color-contrast']" if scheme == "dark" else ""
    # The snippet's frame is a text there, and the page in its frame is checked by itself.
    found = page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{rules}}})")
    result = [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found["violations"]]
    assert result == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_is_wider_than_the_screen(open_page: Open, path: str) -> None:
    page = open_page(path)
    for width in (320, 375, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_OVER_THE_EDGE) == []


_OVER_THE_EDGE = """() => [...document.querySelectorAll(".player *, .subscribe *, .text *, h1")].filter((node) => {
          const box = node.getBoundingClientRect();
          return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
        }).map((node) => node.className || node.tagName)"""


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_what_is_tapped_is_large_enough(open_page: Open, path: str) -> None:
    """WCAG 2.2, 2.5.8: at least 24 pixels, links within a text aside."""
    page = open_page(path, width=320)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, select, input, .apps a, .chapters a, summary")].map((node) => {
          const box = node.getBoundingClientRect();
          return [node.className || node.tagName, box.width, box.height];
        }).filter(([, width, height]) => height && (width < 24 || height < 24))"""
    )
    assert small == []


def test_a_page_reads_from_right_to_left_and_its_times_from_left_to_right(open_page: Open) -> None:
    page = open_page(PAGES["right to left"], width=640)
    play, result = page.locator(".play").bounding_box(), page.locator(".label").bounding_box()
    assert play is not None
    assert result is not None
    assert play["x"] > result["x"]
    until(lambda: page.evaluate("document.querySelector('audio').readyState") >= 1, "the audio is known")
    page.evaluate("document.querySelector('audio').currentTime = 1")
    start, end = page.locator(".time").bounding_box(), page.locator(".total").bounding_box()
    assert start is not None
    assert end is not None
    assert start["x"] < end["x"]


def test_the_text_is_not_hidden_by_the_player_on_a_low_screen(open_page: Open) -> None:
    page = open_page(PAGES["episode"], width=640, height=320)
    assert page.evaluate("getComputedStyle(document.querySelector('.stage')).position") == "static"


def test_motion_is_spared_who_asks_for_it(open_page: Open) -> None:
    page = open_page(PAGES["episode"], reduced_motion="reduce", width=400, height=500)
    page.locator("#s1").click()
    page.evaluate("document.querySelector('audio').currentTime = 60")
    until(lambda: page.locator(".follow").is_visible(), "the way is offered, not taken")


def test_the_search_finds_by_title_outlet_and_author(open_page: Open) -> None:
    page = open_page("index.html")
    field = page.get_by_label("Search the episodes")
    for words, count in (("dam", 1), ("HARROW merrin", 1), ("النهر", 1), ("nothing of the kind", 0)):
        field.fill(words)
        page.get_by_text(f"{count} found").wait_for()
        assert page.locator("#results li").count() == count
    field.fill("")
    until(lambda: page.locator("#entries").is_visible(), "the list is back")


def test_a_found_episode_can_be_opened(open_page: Open) -> None:
    page = open_page("index.html")
    page.get_by_label("Search the episodes").fill("dam")
    page.locator("#results a").click()
    page.wait_for_url("**/episodes/*.html")


def test_the_feeds_address_can_be_copied(open_page: Open, site: str) -> None:
    page = open_page("index.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    until(lambda: page.get_by_role("button", name="Copied").count() == 1, "it says so")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/feed.xml"


def test_the_embed_fits_the_frame_it_asks_for(open_page: Open) -> None:
    page = open_page(PAGES["embed"], height=HEIGHT)
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert page.evaluate("document.documentElement.scrollHeight") <= HEIGHT


def test_dates_are_written_as_the_language_does(open_page: Open) -> None:
    page = open_page("index.html", locale="en-GB")
    until(lambda: "2026" in page.locator("#entries time").first.inner_text(), "it is written")
    assert page.locator("#entries time").first.inner_text() == "September 14, 2026"


@pytest.mark.slow
def test_an_episode_is_played_from_the_list_and_goes_on_on_its_page(open_page: Open) -> None:
    page = open_page("index.html", width=1280)
    page.get_by_role("button", name="Play: The dam closes").click()
    playing = page.get_by_role("button", name="Pause: The dam closes")
    playing.wait_for()
    item = page.locator("#entries li", has=playing)
    until(lambda: (item.locator(".length").inner_text() or "").startswith("0:04"), "its time is shown")
    playing.click()
    page.get_by_role("button", name="Play: The dam closes").wait_for()
    page.get_by_role("link", name="The dam closes").click()
    page.get_by_text("Continues where you stopped").wait_for()


def test_an_episode_that_the_search_found_is_played_in_place_of_the_one_before(open_page: Open) -> None:
    page = open_page("index.html", width=1280)
    page.locator("#entries .play").nth(1).click()
    page.locator("#entries .playing").wait_for()
    page.get_by_label("Search the episodes").fill("dam")
    page.locator("#results").get_by_role("button", name="Play: The dam closes").click()
    page.locator("#results").get_by_role("button", name="Pause: The dam closes").wait_for()
    assert page.locator("#entries .playing").count() == 0


def test_the_list_is_as_wide_as_the_box_above_it_and_a_length_never_stands_alone(open_page: Open) -> None:
    page = open_page("index.html", width=1280)
    boxes = [page.locator(what).bounding_box() for what in (".subscribe", "#entries")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["width"] == boxes[1]["width"]
    for width in (320, 360, 375):
        page.set_viewport_size({"width": width, "height": 800})
        tops = page.evaluate(
            """() => [...document.querySelectorAll(".when")].map(
                (when) => [...when.children].map((part) => part.getBoundingClientRect().top)
            )"""
        )
        assert tops == [[top] * 2 for top, _ in tops]


@pytest.mark.parametrize("path", [PAGES["episode"], PAGES["embed"], PAGES["right to left"]])
def test_the_length_stands_beside_the_last_word_of_its_label(open_page: Open, path: str) -> None:
    page = open_page(path)
    for width in (320, 340, 360, 375, 390, 414):
        page.set_viewport_size({"width": width, "height": 800})
        last, length = page.evaluate(_LINES_OF_THE_LABEL)
        assert last == pytest.approx(length, abs=3), width


#: The bottom of the label's last word, and that of the length.
_LINES_OF_THE_LABEL = """() => {
  const words = document.querySelector(".label").firstChild, range = document.createRange();
  range.setStart(words, words.data.trimEnd().length - 1);
  range.setEnd(words, words.data.trimEnd().length);
  return [range, document.querySelector(".label .length")].map((part) => part.getBoundingClientRect().bottom);
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_rows_of_both_directions_have_their_buttons_in_one_column(open_page: Open, width: int) -> None:
    page = open_page("index.html", width=width)
    rows = page.locator("#entries li")
    assert {row.locator("h3").evaluate("head => getComputedStyle(head).direction") for row in rows.all()} == {
        "ltr",
        "rtl",
    }
    for part in (".play", "img"):
        places = {box["x"] for row in rows.all() if (box := row.locator(part).bounding_box())}
        assert len(places) <= 1
    page.get_by_label("Search the episodes").fill("النهر")
    found = page.locator("#results li")
    found.wait_for()
    assert found.locator("h3").evaluate("head => getComputedStyle(head).direction") == "rtl"
    assert found.evaluate("row => getComputedStyle(row).direction") == "ltr"


def test_an_english_disclosure_is_marked_as_english_on_a_page_of_another_language(open_page: Open) -> None:
    page = open_page(PAGES["right to left"])
    assert page.locator("#disclosure").get_attribute("lang") == "en"
    assert page.locator(".text .disclosure .s").get_attribute("lang") == "en"
    assert page.locator("html").get_attribute("lang") == "ar"


def test_a_page_that_is_not_there_says_so_off_the_edges(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{site}/nothing")
    box = page.get_by_role("heading", name="Nothing here").bounding_box()
    page.close()
    assert box
    assert min(box["x"], box["y"]) >= 16


def test_an_empty_library_says_that_it_is_empty_and_has_no_search(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_text("There are no episodes yet.").wait_for()
        assert page.get_by_label("Search the episodes").count() == 0
        page.close()
