"""The review of an episode in a real browser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes import edit_of
from audiogen.episodes.library import Library
from audiogen.model import Block, Reason, Removed
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.settings import Settings
from tests.browser.conftest import ARTICLE, until
from tests.browser.test_app import open_app
from tests.server.conftest import Served, make_library, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    Open = Callable[..., Page]

__all__ = ["open_app"]
APPEAL = "Subscribe to our letter about the river."


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with one episode, of which a paragraph is not heard."""
    library = make_library(tmp_path_factory.mktemp("app") / "library")
    removed = Removed(Block(APPEAL), Reason.CALL_TO_ACTION, "appeal", 1)
    article = replace(ARTICLE, title="Ebb", blocks=ARTICLE.blocks[:2], removed=(removed,))
    with EpisodeMaker(Settings().with_flags(speech__voice="tone", speech__cache=False)) as episode_maker:
        make_in_library(Library(library), episode_maker, article)
    with serving(library) as served:
        yield served


@pytest.mark.slow
def test_two_tabs_overrule_and_the_second_is_told(open_app: Open, browser: Browser, app: Served, axe: str) -> None:
    slug = app.service.catalog.contents().rows[0].slug
    path = f"/app/episodes/{slug}/review"
    tabs = [open_app(path, width=1280, bypass_csp=True)]
    # Of its own, since browsers write into the console that an answer was 409.
    other = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=True)
    tabs.append(other.new_page())
    tabs[1].goto(f"{app.url}{path}")
    for page in tabs:
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    first, second = tabs
    heard, unheard = (first.locator(f".review .{kind}").first.bounding_box() for kind in ("heard", "unheard"))
    assert heard
    assert unheard
    assert unheard["x"] >= heard["x"] + heard["width"], "side by side on a desktop"
    first.get_by_role("button", name=f"Read this aloud: {APPEAL}").press("Enter")
    first.locator(".said", has_text="Saved.").wait_for()
    assert first.locator(".review .unheard").count() == 0
    assert edit_of(app.service.home.root, slug).revision == 1
    second.get_by_role("button", name="Leave this out").first.click()
    second.locator(".fault", has_text="meanwhile").wait_for()
    assert edit_of(app.service.home.root, slug).revision == 1
    other.close()


def test_a_word_that_is_clicked_is_asked_for_tried_and_saved(open_app: Open, app: Served) -> None:
    slug = app.service.catalog.contents().rows[0].slug
    page = open_app(f"/app/episodes/{slug}/review")
    word = page.get_by_label("Word", exact=True)
    page.locator(".review .heard .text").first.click(position={"x": 20, "y": 12})
    assert word.input_value() == page.locator(".review .heard .text").first.inner_text().split()[0]
    page.keyboard.type("moomoo")
    with page.expect_response("**/try?text=moomoo") as result:
        page.get_by_role("button", name="Listen").click()
    assert result.value.ok
    until(lambda: page.locator("#told").inner_text() == "Said: moomoo", "it is said", 60)
    before = edit_of(app.service.home.root, slug).revision
    page.get_by_role("button", name="Save and speak").last.click()
    page.locator(".said", has_text="Saved").wait_for()
    edit = edit_of(app.service.home.root, slug)
    assert (edit.revision, list(edit.say.values())) == (before + 1, ["moomoo"])
