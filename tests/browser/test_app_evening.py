"""An evening with the app: a page is shared from a phone, heard, mended by a word, marked as heard, and gone."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from click.testing import CliRunner

from audiogen.cli import cli
from tests.batch.pile import page as article
from tests.browser.conftest import until
from tests.browser.test_app import open_app
from tests.server.conftest import Served, fetcher, make_library, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    Open = Callable[..., Page]

__all__ = ["open_app"]


@pytest.fixture(scope="module")
def paper() -> Iterator[str]:
    """The address of a story of a paper on this machine."""

    class Paper(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = article(7).encode() if self.path == "/story.html" else b""
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Paper)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/story.html"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of an empty library, which fetches from this machine, too."""
    with serving(make_library(tmp_path_factory.mktemp("evening") / "library"), fetcher=fetcher) as made:
        yield made


def to_listen(app: Served) -> str:
    """The feed of what is to be listened to."""
    return httpx.get(f"{app.url}/feeds/queue.xml").text


def manifest(app: Served, slug: str) -> dict[str, Any]:
    return app.service.home.manifest(slug) or {}


@pytest.mark.slow
def test_a_page_is_shared_heard_mended_and_gone(open_app: Open, app: Served, paper: str) -> None:
    # As a phone shares: the address in the text, a title beside it.
    page = open_app(f"/app/add?title=House+7&text=Read+this:+{paper}")
    assert page.get_by_role("textbox").first.input_value() == paper
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url("**/app/jobs#job-*")
    until(lambda: len(app.service.catalog.contents().queue) == 1, "it is made", 120)
    [slug] = app.service.catalog.contents().queue
    assert CliRunner().invoke(cli, ["queue", str(app.service.home.root)]).exit_code == 0
    assert slug in to_listen(app)

    page.goto(f"{app.url}/app/queue")
    title = page.locator(".queue h2").inner_text()
    page.get_by_role("button", name=f"Play {title}").click()
    sound = page.locator("#player audio")
    until(lambda: sound.evaluate("audio => audio.currentTime > 0.2"), "it is heard")
    sound.evaluate("audio => audio.pause()")

    page.goto(f"{app.url}/app/episodes/{slug}/review")
    page.locator(".review .heard .text").first.click(position={"x": 20, "y": 12})
    page.keyboard.type("moomoo")
    page.get_by_role("button", name="Save and speak").last.click()
    page.locator(".said", has_text="Saved").wait_for()
    until(
        lambda: (app.service.home.manifest(slug) or {}).get("edit", {}).get("revision") == 1, "it is spoken anew", 120
    )
    script = (app.service.home.manifest(slug) or {})["script"]
    assert any("moomoo" in line["spoken"] for line in script)
    assert not any("moomoo" in line["written"] for line in script)

    page.goto(f"{app.url}/app/episodes/{slug}")
    page.get_by_role("button", name="Listened", exact=True).click()
    until(lambda: not app.service.catalog.contents().queue, "it is marked as heard")
    page.goto(f"{app.url}/app/queue")
    assert page.locator(".queue h2").count() == 0
    assert slug not in to_listen(app)
    assert slug in httpx.get(f"{app.url}/feed.xml").text, "of what was heard already only that feed is free"
