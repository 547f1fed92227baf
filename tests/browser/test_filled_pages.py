"""Pages that only scripts fill are read by a real browser, which reaches nothing that a page itself could not be at."""

from __future__ import annotations

import shutil
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from audiogen.errors import FetchError
from audiogen.model import Source
from audiogen.readers import read
from audiogen.sources import browser as filling
from audiogen.sources.browser import FEW, NONE, count_visible_letters, find_browser, render
from audiogen.sources.fetching import Fetcher, Limits
from tests.browser.conftest import need
from tests.sources.tls import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORY = "The ferry left at noon with forty people, and nobody on the quay thought that it would be the last one. "
SHELL = b"""<!doctype html><html lang="en"><head><title>The last ferry</title></head><body><div id="root">Loading</div>
<noscript>Please enable scripts.</noscript><script src="/app.js"></script></body></html>"""
APP = b"""fetch("/api/story").then((answer) => answer.json()).then((story) => {
  document.getElementById("root").innerHTML = `<article><h1>${story.title}</h1>`
    + story.lines.map((line) => `<p>${line}</p>`).join("") + '</article><img src="/picture.png">';
});"""
API = '{"title": "The last ferry", "lines": ["' + '", "'.join([STORY * 3] * 4) + '"]}'


def answer(host: str, path: str, cookies: str) -> tuple[int, dict[str, str], bytes]:
    made = {
        "/quay": ("text/html", SHELL),
        "/app.js": ("text/javascript", APP),
        "/api/story": ("application/json", API.encode()),
        "/plain": ("text/html", f"<p>{STORY * 20}</p><script>1</script>".encode()),
        "/short": ("text/html", f"<p>{STORY * 2}</p><script src='/none.js'></script>".encode()),
        "/empty": ("text/html", b"<p>Wait</p><script>while (true);</script>"),
    }
    kind, body = made.get(path, ("text/html", b""))
    return (200 if path in made else 404), {"Content-Type": kind}, body


@pytest.fixture(scope="module")
def site() -> Iterator[Server]:
    need(find_browser(), "Chromium, or the extra browser")
    with serving(answer) as server:
        yield server


def fetch(folder: Path, url: str, **limits: object) -> bytes:
    # The tests may run as root, as in containers.
    result: dict[str, object] = {"pause": 0.0, "private": True, "sandbox": False} | limits
    with Fetcher(folder / "fetched", Limits(**result)) as fetcher:  # type: ignore[arg-type]
        [found] = fetcher.fetch(Source(url, url=url))
    assert found.path
    return found.path.read_bytes()


def asked(site: Server) -> list[str]:
    return [path for _, path, _ in site.asked]


@pytest.mark.slow
def test_a_page_that_a_script_fills_is_read_as_the_browser_has_it(site: Server, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{site.port}/quay"
    content = fetch(tmp_path, url)
    article = read(content, url=url)
    assert article.title == "The last ferry"
    assert sum("nobody on the quay" in block.text for block in article.blocks) == 4
    # What no article needs is not asked for; what was filled in is kept.
    assert asked(site).count("/picture.png") == 0
    before = len(site.asked)
    assert fetch(tmp_path, url) == content
    assert len(site.asked) == before


HOSTILE = """<!doctype html><body><p id="out">wait</p><script>
const told = [], secret = "127.0.0.1:%d";
const tries = [
  fetch(`http://${secret}/secret`).then(() => told.push("reached")),
  fetch(`http://localhost:%d/secret`).then(() => told.push("reached")),
  fetch("http://169.254.169.254/latest/").then(() => told.push("reached")),
  fetch("file:///etc/passwd").then(() => told.push("reached")),
  new Promise((done, failed) => {
    const socket = new WebSocket(`ws://${secret}/`);
    socket.onopen = () => socket.send("in");
    socket.onmessage = () => told.push("reached");
    socket.onclose = failed;
    setTimeout(failed, 2000);
  }),
];
for (const tag of ["img", "iframe", "script"]) {
  const made = document.createElement(tag);
  made.src = `http://${secret}/secret`;
  document.body.append(made);
}
Promise.allSettled(tries).then((all) => {
  document.getElementById("out").textContent = `tried ${all.length}, reached ${told.length}`;
});
</script></body>"""


@pytest.mark.slow
def test_scripts_reach_no_address_of_the_own_network(site: Server) -> None:
    reached = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        def look() -> None:
            while True:
                try:
                    connection, peer = listener.accept()
                except OSError:
                    return
                reached.append(peer)
                connection.close()

        threading.Thread(target=look, daemon=True).start()
        limits = Limits(sandbox=False)
        content = render("https://paper.example/story", (HOSTILE % (port, port)).encode(), limits)
        assert b"tried 5, reached 0" in content
        assert reached == []
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.slow
def test_a_script_without_end_costs_the_time_of_a_page(site: Server, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="filled by scripts"):
        fetch(tmp_path, f"http://127.0.0.1:{site.port}/empty", longest=4.0)


def test_a_page_with_text_needs_no_browser(site: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filling, "render", lambda *_: pytest.fail("a browser was started"))
    assert STORY.encode() in fetch(tmp_path, f"http://127.0.0.1:{site.port}/plain")
    assert fetch(tmp_path, f"http://127.0.0.1:{site.port}/quay", browser=False) == SHELL


def test_where_the_browser_is_missing_the_command_is_told_and_a_little_text_is_taken(
    site: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"http://127.0.0.1:{site.port}/quay"
    with monkeypatch.context() as without:
        without.setattr(shutil, "which", lambda name: None)
        with pytest.raises(FetchError, match="takes a browser: apt install chromium") as result:
            fetch(tmp_path, url)
        assert result.value.final
        assert STORY.encode() in fetch(tmp_path, f"http://127.0.0.1:{site.port}/short")
        with Fetcher(tmp_path / "fetched", Limits()) as fetcher:
            assert not fetcher.is_outdated(Source(url, url=url))
    with Fetcher(tmp_path / "fetched", Limits()) as fetcher:
        assert fetcher.is_outdated(Source(url, url=url))


SCRIPT = "<script src='/a.js'></script>"


@pytest.mark.parametrize(
    ("page", "letters"),
    [
        (f"<p>{'a' * (FEW - 1)}</p>{SCRIPT}", FEW - 1),
        (f"<p>{'a' * NONE} <b>bc</b> d</p>{SCRIPT}", NONE + 3),
        (f"<p>{'河' * 9}。</p>{SCRIPT}", 9),
        (f"<style>p {{}}</style><noscript>Enable scripts</noscript><p>a</p>{SCRIPT}", 1),
        (f"<p>a</p><script type='application/json'>{'x' * 999}</script>{SCRIPT}", 1),
        (f"<p>a</p><script type='application/json'>{'x' * 1000}</script>{SCRIPT}", None),
        ("<p>a</p><script type='application/ld+json'>{}</script>", None),
        ("<p>a</p>", None),
        ("", None),
    ],
)
def test_what_a_page_shows_before_its_scripts_run_is_counted(page: str, letters: int | None) -> None:
    assert count_visible_letters(page.encode()) == letters
