"""Listening to an article while it is spoken, in a real browser."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.library import Library
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.server.jobs import State
from audiogen.settings import Settings
from tests.batch.pile import page as article_page
from tests.browser.conftest import ARTICLE, until
from tests.browser.test_app import open_app
from tests.server.conftest import PATIENCE, Served, held, make_library, queued, working
from tests.server.test_preview import being_spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    Open = Callable[..., Page]

__all__ = ["open_app"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a library with an episode that can be heard."""
    library = make_library(tmp_path_factory.mktemp("app") / "library")
    with EpisodeMaker(Settings().with_flags(speech__voice="tone", speech__cache=False)) as episode_maker:
        make_in_library(Library(library), episode_maker, ARTICLE)
    with working(library) as served:
        yield served


def test_an_article_is_heard_while_it_is_spoken_and_its_file_takes_over_at_the_same_place(
    open_app: Open, app: Served, tmp_path: Path
) -> None:
    (slug,) = app.service.catalog.contents().queue
    with being_spoken(app, tmp_path, 1) as (job, go_on):
        page = open_app("/app/jobs")
        page.get_by_role("button", name="Listen now").click()
        sound = page.locator("#player audio")
        until(lambda: sound.evaluate("audio => audio.currentTime > 1"), "it is heard", PATIENCE)
        assert sound.evaluate("audio => audio.src").endswith(f"/app/preview/{job.id}")
        assert page.get_by_role("button", name="Listen now").get_attribute("aria-pressed") == "true"
        assert not go_on.is_set()
        sound.evaluate(
            """audio => {
              audio.addEventListener("emptied", () => { window.left = window.heard; });
              audio.addEventListener("timeupdate", () => { window.heard = audio.currentTime; });
              audio.addEventListener("seeked", () => { window.sought = audio.currentTime; });
            }"""
        )
        app.service.queue.change(job.id, state=State.DONE, slug=slug, finished=time.time())
    until(lambda: sound.evaluate("audio => audio.src").endswith(f"/app/sound/{slug}"), "the file takes over", PATIENCE)
    until(lambda: sound.evaluate("audio => audio.readyState > 1 && audio.currentTime > window.left"), "it goes on", 60)
    left, sought = page.evaluate("[window.left, window.sought]")
    assert left > 1
    assert sought == pytest.approx(left, abs=1)
    assert page.locator("#player .title").inner_text() == ARTICLE.title
    page.get_by_role("button", name="Close").click()


def test_a_job_that_is_cancelled_closes_the_player_and_says_so(open_app: Open, app: Served) -> None:
    with held(app.service.queue, "dam"):
        job = queued(app.service.queue, app.service.folder, article_page(9), location="dam")
        page = open_app("/app/jobs")
        row = page.locator(f"#job-{job.id}")
        row.get_by_role("button", name="Listen now").click()
        assert page.locator("#player").is_visible()
        row.get_by_role("button", name="Cancel").click()
        until(lambda: page.locator("#player").is_hidden(), "the player closes", PATIENCE)
        until(lambda: "cancelled" in page.locator("#told").inner_text(), "it is said")
