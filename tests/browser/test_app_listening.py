"""The queue and the player of the app, in a real browser."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.library import Library
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.settings import Settings
from tests.browser.conftest import ARABIC, ARTICLE, until
from tests.browser.test_app import open_app
from tests.server.conftest import Served, make_library, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Open = Callable[..., Page]

__all__ = ["open_app"]
NAMES = ("Ebb", "Flood", "Slack")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with three episodes that can be heard."""
    library = make_library(tmp_path_factory.mktemp("app") / "library")
    with EpisodeMaker(Settings().with_flags(speech__voice="tone", speech__cache=False)) as episode_maker:
        for name in NAMES:
            made = replace(ARTICLE, title=name, url=f"https://ledger.example/{name}", blocks=ARTICLE.blocks[:2])
            make_in_library(Library(library), episode_maker, made)
    with serving(library) as served:
        yield served


def titles(page: Page) -> list[str]:
    return page.locator(".queue h2").all_inner_texts()


def test_the_player_stays_while_one_browses_and_every_device_knows_the_place(open_app: Open, app: Served) -> None:
    page = open_app("/app/queue")
    page.evaluate("window.sameDocument = true")
    first = titles(page)[0]
    page.get_by_role("button", name=f"Play {first}").click()
    sound = page.locator("#player audio")
    until(lambda: sound.evaluate("audio => audio.currentTime > 1.5"), "it plays")
    page.get_by_role("link", name="Jobs").click()
    page.get_by_role("heading", name="Jobs", level=1).wait_for()
    assert page.evaluate("window.sameDocument")
    assert not sound.evaluate("audio => audio.paused")
    assert page.url.endswith("/app/jobs")
    page.go_back()
    page.get_by_role("heading", name="To listen", level=1).wait_for()
    sound.evaluate("audio => { audio.pause(); }")
    slug = app.service.catalog.contents().queue[0]
    # It is saved at the pause, unless it was within the last second.
    until(lambda: app.service.catalog.contents().by_slug[slug].position > 0.5, "the place is kept")
    place = app.service.catalog.contents().by_slug[slug].position
    other = open_app(f"/app/episodes/{slug}", width=1280)
    other.get_by_role("button", name="Play", exact=True).click()
    until(lambda: other.locator("#player audio").evaluate(f"audio => audio.currentTime >= {place}"), "it goes on there")
    # The line is marked at the next `timeupdate`, which a seek fires when it has ended.
    until(lambda: other.locator(".lines [aria-current]").count() == 1, "its line is marked")


def test_the_place_is_kept_where_one_stops_in_the_first_second(open_app: Open, app: Served) -> None:
    page = open_app("/app/queue")
    title = titles(page)[-1]
    slug = app.service.catalog.contents().queue[-1]
    page.get_by_role("button", name=f"Play {title}").click()
    sound = page.locator("#player audio")
    until(lambda: sound.evaluate("audio => !audio.paused && audio.readyState > 0"), "it plays")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        sound.evaluate("audio => { audio.pause(); audio.currentTime = 0.4; audio.play().then(() => audio.pause()); }")
    assert 0 < app.service.catalog.contents().by_slug[slug].position < 1


def test_what_is_heard_to_its_end_leaves_the_queue_and_the_next_one_plays(open_app: Open, app: Served) -> None:
    page = open_app("/app/queue")
    before = titles(page)
    page.get_by_role("button", name=f"Play {before[0]}").click()
    sound = page.locator("#player audio")
    until(lambda: sound.evaluate("audio => audio.duration > 0 && !audio.paused"), "it plays")
    sound.evaluate("audio => { audio.currentTime = audio.duration - 0.2; }")
    until(lambda: titles(page) == before[1:], "it has left the queue")
    until(lambda: page.locator("#player .title").inner_text() == before[1], "the next one plays")
    assert len(app.service.catalog.contents().queue) == len(before) - 1


def test_the_queue_is_ordered_by_dragging_and_by_the_keyboard(open_app: Open, app: Served) -> None:
    page = open_app("/app/queue")
    first, second = titles(page)[:2]
    handle, below = page.locator(".handle").nth(0), page.locator(".queue > li").nth(1)
    box, target = handle.bounding_box(), below.bounding_box()
    assert box
    assert target
    page.mouse.move(box["x"] + 5, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, target["y"] + target["height"] - 5, steps=4)
    page.mouse.up()
    until(lambda: titles(page)[:2] == [second, first], "it was dragged down")
    page.wait_for_url("**/app/queue#*")
    slugs = app.service.catalog.contents()
    assert slugs.by_slug[slugs.queue[0]].title == second
    page.get_by_role("button", name=f"Move {first} up").press("Enter")
    until(lambda: titles(page)[:2] == [first, second], "it was moved up")
    down = page.get_by_role("button", name=f"Move {first} down")
    down.press("Enter")
    until(lambda: titles(page)[:2] == [second, first], "it was moved down")
    until(
        lambda: page.evaluate("document.activeElement.closest('li')?.querySelector('h2').textContent") == first,
        "who moves it stands on it still",
    )


@pytest.mark.slow
def test_players_tell_the_server_what_was_heard_and_the_episodes_page_shows_it(open_app: Open, app: Served) -> None:
    [slug] = [row.slug for row in app.service.catalog.contents().rows if row.title == "Slack"]
    heard = "async audio => { audio.playbackRate = 8; await audio.play(); }"
    # Each is a player of its own; all of them are one listener.
    for path in (f"/episodes/{slug}.html", f"/episodes/{slug}.embed.html", f"/app/episodes/{slug}"):
        # By its own name, HeadlessChrome, nobody listens.
        page = open_app(path, user_agent="Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0 Safari/537.36")
        if path.startswith("/app"):
            page.get_by_role("button", name="Play", exact=True).click()
        sound = page.locator("#player audio")
        with page.expect_response(lambda answer: "/plays/" in answer.url) as result:
            sound.evaluate(heard)
            until(partial(sound.evaluate, "audio => audio.currentTime > 3.5"), "it plays")
            sound.evaluate("audio => audio.pause()")
        assert result.value.status == 204
    counter = app.service.counter
    assert counter is not None
    until(lambda: counter.plays(slug).player.plays == 1, "it is counted")
    played = counter.plays(slug)
    assert (played.total, played.player.parts[0], played.player.parts[-1]) == (1, 1, 0)
    page = open_app(f"/app/episodes/{slug}")
    assert page.get_by_role("heading", name="1 play").is_visible()
    assert page.locator(".plays svg rect").count() == 20


@pytest.mark.slow
def test_axe_finds_nothing_while_something_is_played(open_app: Open, axe: str) -> None:
    for scheme in ("light", "dark"):
        page = open_app("/app/queue", color_scheme=scheme, bypass_csp=True)
        page.locator("[data-play]").first.click()
        page.locator("#player").wait_for()
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("path", ["/app/queue", "/app/episodes"])
def test_an_outlets_name_from_right_to_left_leaves_the_length_in_its_order(
    browser: Browser, tmp_path: Path, path: str
) -> None:
    library = make_library(tmp_path / "library")
    with EpisodeMaker(Settings().with_flags(speech__voice="tone", speech__cache=False)) as episode_maker:
        make_in_library(Library(library), episode_maker, ARABIC)
    with serving(library) as served:
        page = browser.new_page()
        page.goto(f"{served.url}{path}")
        row = page.locator("li p.soft", has_text=ARABIC.site).first
        name, length = row.evaluate(_NAME_AND_LENGTH)
        page.close()
    assert name["right"] <= length["left"]


#: The box of an outlet's name, and that of the length behind it, as in "1 min".
_NAME_AND_LENGTH = """(row) => {
  const text = [...row.childNodes].find((node) => node.nodeType === 3 && /\\d+ (min|s)/.test(node.data));
  const found = /\\d+ (min|s)/.exec(text.data), range = document.createRange();
  range.setStart(text, found.index);
  range.setEnd(text, found.index + found[0].length);
  return [row.querySelector("bdi"), range].map((part) => part.getBoundingClientRect().toJSON());
}"""
