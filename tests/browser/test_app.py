"""The app in a real browser, and a publisher's page that finds its player."""

from __future__ import annotations

import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from audiogen.server.jobs import Job, State
from tests.batch.pile import page as article_page
from tests.browser.conftest import until
from tests.podcast.libraries import shelve
from tests.server.conftest import Served, make_library, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page

    Open = Callable[..., Page]

PAGES = (
    *("/app/first", "/app/add", "/app/jobs", "/app/queue", "/app/episodes", "/app/episodes/river", "/api/docs"),
    *("/app/show", "/app/show/voices", "/app/show/lexicon", "/app/show/audit", "/app/show/log"),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with two episodes, and jobs that ended in each way."""
    library = make_library(tmp_path_factory.mktemp("app") / "library")
    for slug in ("river", "lake"):
        shelve(library, slug)
    with serving(library) as made:
        for name, state, error in (("Ice", State.REFUSED, "NotAnArticleError"), ("Snow", State.FAILED, "CrashError")):
            ended = Job("", name, name, state=state, finished=time.time(), error=error, message="It says why.")
            made.service.queue.add(ended)
        yield made


@pytest.fixture
def open_app(browser: Browser, app: Served) -> Iterator[Open]:
    """Open a page of the app; what goes wrong in it or asks anything of another host fails the test."""
    contexts, wrong = [], []

    def opened(path: str, *, width: int = 360, **context: object) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 740}, **context))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda result: wrong.append(result.text) if result.type == "error" else None)
        page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(app.url) else None)
        page.goto(f"{app.url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_axe_finds_nothing_in_the_app_and_nothing_is_wider_than_a_phone(
    open_app: Open, app: Served, axe: str, scheme: str
) -> None:
    page = open_app(PAGES[0], color_scheme=scheme, bypass_csp=True)
    for path in PAGES:
        page.goto(f"{app.url}{path}")
        for summary in page.locator("summary").all()[:5]:
            summary.click()
        page.evaluate(axe)
        # In the dark only colours are others.
        rules = ", runOnly: ['color-contrast']" if scheme == "dark" else ""
        found = page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{rules}}})")
        result = [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in found["violations"]]
        assert (path, result) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_job_is_seen_on_its_way_without_loading_the_page_again(open_app: Open, app: Served) -> None:
    page = open_app("/app/jobs")
    page.evaluate("window.sameDocument = true")
    until(page.locator("[data-live]").count, "the page watches")
    with app.client as client:
        client.post("/api/articles", content=article_page(1).encode(), headers={"content-type": "text/html"})
    row = page.locator(".job", has_text="House 1 and its neighbours")
    until(lambda: row.count() and "done" in (row.get_attribute("class") or ""), "it is done", 60)
    assert page.evaluate("window.sameDocument")
    row.get_by_role("link").click()
    page.get_by_role("heading", level=1, name="House 1 and its neighbours").wait_for()
    assert page.evaluate("window.sameDocument")


def test_an_article_is_added_with_the_keyboard_alone(open_app: Open, app: Served) -> None:
    page = open_app("/app/add?text=Look%20https%3A%2F%2Fledger.example%2Fx")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.locator("textarea").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("A text that was typed\n\nIt has two paragraphs. They are short, but whole.\n")
    page.get_by_role("button", name="Add").press("Enter")
    page.wait_for_url("**/app/jobs#job-*")
    assert page.locator(".job").first.is_visible()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Another site on this machine: its address, and the folder it shows."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", tmp_path
        server.shutdown()
        thread.join()


@pytest.mark.slow
def test_one_script_finds_the_player_of_the_page_it_stands_on_and_shows_nothing_without_one(
    browser: Browser, app: Served, publisher: tuple[str, Path]
) -> None:
    base, folder = publisher
    page_of = (
        '<!doctype html><title>x</title><link rel="canonical" href="{}"><article><h1>x</h1><p>The text.</p></article>'
        f'<script async src="{app.url}/embed.js"></script>'
    )
    (folder / "river.html").write_text(page_of.format("https://ledger.example/river"), encoding="utf-8")
    (folder / "none.html").write_text(page_of.format("https://ledger.example/none"), encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{base}/river.html")
    frame = page.locator("article > iframe")
    until(frame.count, "the player")
    assert frame.get_attribute("src") == f"{app.url}/episodes/river.embed.html"
    assert "Listen to this article" in (frame.get_attribute("title") or "")
    assert page.evaluate("document.querySelector('article > iframe').nextElementSibling.tagName") == "P"
    with page.expect_response("**/embed.json?*"):
        page.goto(f"{base}/none.html")
    page.wait_for_load_state("networkidle")
    assert page.locator("iframe").count() == 0
    context.close()
    assert httpx.get(f"{app.url}/embed.js").headers["access-control-allow-origin"] == "*"


@pytest.mark.slow
def test_a_hostile_title_is_text_on_every_page_even_where_no_policy_forbids_scripts(
    open_app: Open, app: Served
) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\" onmouseover='alert(3)"
    result: dict[str, Any] = {
        "title": hostile,
        "dek": hostile,
        "site": hostile,
        "authors": [hostile],
        "tags": [hostile],
    }
    shelve(app.service.home.root, "hostile", **result)
    app.service.queue.add(
        Job("", hostile, "hostile", state=State.FAILED, finished=time.time(), error="CrashError", message=hostile)
    )
    page = open_app("/app/queue", bypass_csp=True)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    seen = ("/app/queue", "/app/jobs", "/app/episodes", "/app/episodes/hostile", "/app/episodes/hostile/review")
    for path in (*seen, "/app/show/log", "/", "/episodes/hostile.html", "/episodes/hostile.embed.html"):
        page.goto(f"{app.url}{path}")
        shown = page.locator("body").inner_text()
        assert "<script>alert(1)</script>" in shown or path == "/app/show/log", path
        page.evaluate(
            "for (const one of document.querySelectorAll('body *')) one.dispatchEvent(new Event('mouseover'))"
        )
    assert dialogs == []
