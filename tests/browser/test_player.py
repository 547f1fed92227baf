"""The read-along player, in a real browser: what a listener does, and what is then heard and seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from audiogen.episodes.library import Library
from tests.browser.conftest import until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[..., Page]

EPISODE = "episodes/2026-09-14-the-dam-closes.html"
EMBED = "episodes/2026-09-14-the-dam-closes.embed.html"


@pytest.fixture
def script(root: Path) -> list[dict[str, Any]]:
    """The sentences of the episode with their times."""
    manifest = Library(root).manifest("2026-09-14-the-dam-closes")
    assert manifest is not None
    return list(manifest["script"])


def audio(page: Page, what: str) -> Any:
    return page.evaluate(f"document.querySelector('audio').{what}")


def lit(page: Page) -> str:
    """The sentence that is lit up, or nothing."""
    found: str = page.evaluate("document.querySelector('.s.now')?.textContent ?? ''")
    return found


def ready(page: Page) -> Page:
    until(lambda: audio(page, "readyState") >= 1, "the audio is known")
    return page


def test_the_disclosure_is_in_sight_beside_the_button_before_anything_plays(open_page: Open) -> None:
    for path, width in ((EPISODE, 1280), (EPISODE, 320), (EMBED, 320)):
        page = ready(open_page(path, width=width))
        button, result = page.locator(".play"), page.locator("#disclosure")
        assert audio(page, "paused")
        assert result.inner_text() == "This audio is created with AI assistance."
        near, box = button.bounding_box(), result.bounding_box()
        assert near is not None
        assert box is not None
        assert box["y"] < near["y"] + near["height"]
        assert 0 < box["x"] - (near["x"] + near["width"]) < 40
        described = button.evaluate(
            "node => document.getElementById(node.getAttribute('aria-describedby')).textContent"
        )
        assert described == result.inner_text()


def test_it_plays_and_stops(open_page: Open) -> None:
    page = ready(open_page(EPISODE))
    page.get_by_role("button", name="Play", exact=True).click()
    until(lambda: audio(page, "currentTime") > 0.3, "time goes on")
    page.get_by_role("button", name="Pause", exact=True).click()
    assert audio(page, "paused")
    assert page.locator(".time").inner_text() == f"0:{int(audio(page, 'currentTime')):02}"


def test_a_click_on_a_sentence_plays_from_it_and_lights_it_up(open_page: Open, script: list[dict[str, Any]]) -> None:
    page = ready(open_page(EPISODE))
    page.locator("#s7").click()
    until(lambda: not audio(page, "paused"), "it plays")
    page.evaluate("document.querySelector('audio').pause()")
    place = audio(page, "currentTime")
    assert place >= script[7]["start"] - 0.1
    spoken = max((line for line in script if line["start"] <= place + 0.03), key=lambda line: line["start"])
    until(lambda: lit(page) == spoken["written"], "the sentence is lit")


@pytest.mark.slow
def test_the_light_keeps_step_with_the_sound(open_page: Open, script: list[dict[str, Any]]) -> None:
    page = ready(open_page(EPISODE))
    # Time and light are read in one go, many times, while the sound runs through several sentences.
    seen = page.evaluate(
        """async () => {
          const audio = document.querySelector("audio"), seen = [];
          audio.playbackRate = 2;
          await audio.play();
          while (audio.currentTime < 12) {
            await new Promise(requestAnimationFrame);
            seen.push([audio.currentTime, document.querySelector(".s.now")?.id ?? ""]);
          }
          audio.pause();
          return seen;
        }"""
    )
    numbers = {name for _, name in seen}
    assert len(numbers) >= 4
    slack = 0.25  # a frame of a slow machine, at twice the speed
    for time, name in seen:
        if not name:
            assert time <= script[0]["start"] + slack
            continue
        place = int(name[1:])
        assert script[place]["start"] - slack <= time
        assert place + 1 == len(script) or time <= script[place + 1]["start"] + slack


def test_only_the_sentence_that_is_heard_is_lit(open_page: Open) -> None:
    page = ready(open_page(EPISODE))
    for number in (3, 9, 1):
        page.locator(f"#s{number}").click()
        page.locator(f"#s{number}.now").wait_for()
        assert page.locator(".s.now").count() == 1


def test_a_chapter_is_jumped_to_and_marked(open_page: Open, script: list[dict[str, Any]]) -> None:
    page = ready(open_page(EPISODE))
    page.get_by_role("link", name="What comes back").click()
    start = next(line["start"] for line in script if line["written"] == "What comes back")
    until(lambda: audio(page, "currentTime") >= start, "it is there")
    until(lambda: page.locator("[aria-current=true]").count() == 1, "it is marked")
    assert "What comes back" in page.locator("[aria-current=true]").inner_text()


def test_the_rate_changes_with_its_pitch_kept_and_is_remembered(open_page: Open) -> None:
    page = ready(open_page(EPISODE))
    for rate in ("0.75", "2", "1.5"):
        page.get_by_label("Speed").select_option(rate)
        assert audio(page, "playbackRate") == float(rate)
        assert audio(page, "preservesPitch") is True
    page.reload()
    assert audio(ready(page), "playbackRate") == 1.5


def test_the_place_is_remembered_and_can_be_left(open_page: Open) -> None:
    page = ready(open_page(EPISODE))
    page.evaluate("document.querySelector('audio').currentTime = 20")
    until(lambda: not audio(page, "seeking"), "it is there")
    page.reload()
    until(lambda: audio(ready(page), "currentTime") == pytest.approx(20, abs=0.2), "it is there again")
    assert "0:20" in page.locator(".status").inner_text()
    page.get_by_role("button", name="Start over").click()
    assert audio(page, "currentTime") == 0
    page.reload()
    assert audio(ready(page), "currentTime") == 0


def test_an_address_can_name_a_time(open_page: Open) -> None:
    page = ready(open_page(f"{EPISODE}#t=15.5"))
    until(lambda: audio(page, "currentTime") == 15.5, "it is there")


def test_everything_can_be_done_with_the_keyboard_alone(open_page: Open, script: list[dict[str, Any]]) -> None:
    page = ready(open_page(EPISODE))

    def focused() -> str:
        found: str = page.evaluate("document.activeElement.className || document.activeElement.id")
        return found

    while focused() != "play":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(lambda: not audio(page, "paused"), "it plays")
    page.keyboard.press("k")
    until(lambda: audio(page, "paused"), "it stops")
    at = audio(page, "currentTime")
    page.keyboard.press("ArrowRight")
    assert audio(page, "currentTime") == pytest.approx(at + 5, abs=0.1)
    page.keyboard.press("l")
    assert audio(page, "currentTime") == pytest.approx(at + 20, abs=0.1)
    page.keyboard.press("j")
    page.keyboard.press("ArrowLeft")
    assert audio(page, "currentTime") == pytest.approx(at, abs=0.1)
    page.keyboard.press("n")
    chapter = next(line["start"] for line in script if line["written"].startswith("A quiet machine"))
    assert audio(page, "currentTime") == pytest.approx(chapter, abs=0.1)
    page.keyboard.press(">")
    assert audio(page, "playbackRate") > 1
    page.keyboard.press("Home")
    assert audio(page, "currentTime") == 0


def test_sentences_are_chosen_with_the_arrows_and_played_with_enter(
    open_page: Open, script: list[dict[str, Any]]
) -> None:
    page = ready(open_page(EPISODE))
    assert page.locator(".s[tabindex]").count() == 1
    page.locator("#s0").focus()
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "s3"
    assert page.locator("#s3").get_attribute("role") == "button"
    page.keyboard.press("Enter")
    until(lambda: not audio(page, "paused"), "it plays")
    page.keyboard.press("k")
    assert script[3]["start"] - 0.1 <= audio(page, "currentTime") < script[3]["start"] + 5


def test_letters_typed_elsewhere_do_nothing(open_page: Open) -> None:
    page = ready(open_page(EPISODE))
    page.locator(".masthead .all").focus()
    for key in ("k", " ", "l", "ArrowRight"):
        page.keyboard.press(key)
    assert audio(page, "paused")
    assert audio(page, "currentTime") == 0


def test_the_slider_tells_the_time_in_words(open_page: Open) -> None:
    page = ready(open_page(EPISODE))
    slider = page.get_by_role("slider", name="Position")
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext", timeout=2000) is not None
    assert str(slider.get_attribute("aria-valuetext")).startswith("0:05 of ")


def test_the_system_is_told_what_plays(open_page: Open) -> None:
    page = ready(open_page(EPISODE))
    result = page.evaluate("[navigator.mediaSession.metadata.title, navigator.mediaSession.metadata.artist]")
    assert result == ["The dam closes", "Ada Merrin"]


def test_one_reading_gives_way_to_another(open_page: Open) -> None:
    first = ready(open_page(EPISODE))
    second = first.context.new_page()
    second.goto(first.url.replace(".html", ".embed.html"))
    ready(second)
    first.locator(".play").click()
    until(lambda: not audio(first, "paused"), "the first plays")
    second.locator(".play").click()
    until(lambda: audio(first, "paused") and not audio(second, "paused"), "the second alone plays")


def test_the_sentence_stays_in_sight_until_the_reader_scrolls_away(open_page: Open) -> None:
    page = ready(open_page(EPISODE, width=400, height=500))
    page.locator("#s1").click()
    page.evaluate("document.querySelector('audio').currentTime = 60")
    until(lambda: page.evaluate("scrollY") > 300, "the page goes along")
    page.mouse.move(200, 400)
    while page.evaluate("scrollY") > 0:
        page.mouse.wheel(0, -500)
        page.wait_for_timeout(50)
    page.locator(".follow").wait_for()
    assert page.evaluate("scrollY") == 0
    page.locator(".follow").click()
    until(lambda: page.evaluate("scrollY") > 300, "the page is back")


def test_without_a_script_the_audio_has_its_own_controls_and_the_text_is_there(open_page: Open) -> None:
    page = open_page(EPISODE, java_script_enabled=False)
    assert page.locator("audio").is_visible()
    assert not page.locator(".deck").is_visible()
    assert not page.locator(".play").is_visible()
    assert page.locator("#disclosure").is_visible()
    assert page.locator(".text .s").count() > 20


def test_a_sound_that_is_gone_is_said_so(open_page: Open, root: Path) -> None:
    page = ready(open_page(EPISODE))
    page.evaluate("document.querySelector('audio').dispatchEvent(new Event('error'))")
    assert page.locator(".status").inner_text() == "The audio could not be loaded."


@pytest.mark.slow
def test_a_library_opened_from_the_disk_plays(open_page: Open, root: Path) -> None:
    page = ready(open_page((root / EPISODE).as_uri()))
    page.locator("#s4").click()
    until(lambda: audio(page, "currentTime") > 5, "it plays")
    listed = open_page((root / "index.html").as_uri())
    listed.get_by_label("Search the episodes").fill("dam")
    until(lambda: listed.locator("#results li").count() == 1, "it is found")
