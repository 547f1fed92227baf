"""A real browser in front of a real library: Debian's Chromium, driven by Playwright, on the loopback alone.

Where there is no Chromium the tests are skipped and say so; with AUDIOGEN_REQUIRE_BROWSER=1, as in CI, they fail.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.library import Library
from audiogen.model import Article, Block, BlockKind
from audiogen.podcast import publish
from audiogen.production import EpisodeMaker, make_in_library
from audiogen.settings import Settings
from tests.podcast.libraries import SHOW
from tests.tones import CALM, tones_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

#: Names that systems have for it.
_NAMES = ("chromium", "chromium-browser", "google-chrome")
#: No sandbox (CI runs as root), no picture card, and nothing of its own over the network.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder. A browser takes seconds to start, so these tests are slow ones."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


def need(found: object, what: str) -> None:
    """Skip where *found* is nothing, unless the browser is required."""
    if found:
        return
    if os.environ.get("AUDIOGEN_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{what} is missing, and AUDIOGEN_REQUIRE_BROWSER=1 asks for it")
    pytest.skip(f"{what} is missing: the pages are not looked at in a browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    need(program, "Chromium (apt-get install chromium)")
    driver = pytest.importorskip("playwright.sync_api")
    with driver.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which tells where a page shuts somebody out; it comes with a package of the tests."""
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def sentences(count: int, text: str) -> str:
    """Repeat a text, numbered, so that no two sentences are the same."""
    return " ".join(f"{text} {number}." for number in range(count))


ARTICLE = Article(
    title="The dam closes",
    dek="A river town waits for the water.",
    authors=("Ada Merrin",),
    site="The Harrow Ledger",
    url="https://ledger.example/dam",
    language="en",
    published=datetime(2026, 9, 14, 6, 30, tzinfo=UTC),
    tags=("Rivers",),
    cleaned=True,
    # Each of its chapters lasts more than a minute.
    blocks=(
        Block(sentences(22, "The gates were opened on morning number")),
        Block("A quiet machine", BlockKind.HEADING, 2),
        *(Block(sentences(4, f"In year {year} nobody noticed when it stopped at place")) for year in range(4)),
        Block("What comes back", BlockKind.HEADING, 2),
        Block("salmon above the old dam;", BlockKind.LIST_ITEM, 1),
        Block("a great deal of mud.", BlockKind.LIST_ITEM, 1),
        Block(sentences(22, "Rivers remember, she said for time")),
    ),
)
ARABIC = Article(
    title="النهر الذي عاد إلى المدينة",
    dek="بعد قرن خلف السد، يعود الماء.",
    authors=("ليلى حسن",),
    site="صحيفة الوادي",
    url="https://wadi.example/nahr",
    language="ar",
    published=date(2026, 9, 1),
    cleaned=True,
    blocks=(
        Block("في صباح فتح البوابات وقف الناس على الجسر. جاء الصوت متأخرا."),
        Block("ما الذي يعود", BlockKind.HEADING, 2),
        Block("يتوقع العلماء عودة الأسماك خلال عام واحد."),
    ),
)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two spoken articles, published."""
    root = tmp_path_factory.mktemp("library")
    settings = replace(Settings().with_flags(speech__voice="tone", speech__cache=False), show=SHOW)
    with tones_of(CALM), EpisodeMaker(settings) as episode_maker:
        for article in (ARTICLE, ARABIC):
            make_in_library(Library(root), episode_maker, article)
    publish(root, settings)
    return root


@contextmanager
def served(root: Path) -> Iterator[str]:
    """Serve the library at *root* as `audiogen serve` does; gives its address."""
    import uvicorn

    from audiogen.server.public import build_app

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(build_app(root, Settings(show=SHOW)), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def site(root: Path) -> Iterator[str]:
    """The library's address."""
    with served(root) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the library; what goes wrong in it or asks anything of another host fails the test."""
    contexts, wrong = [], []

    def opened(path: str, *, width: int = 1280, height: int = 800, **context: object) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **context))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda result: wrong.append(result.text) if result.type == "error" else None)
        page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith((site, "file:")) else None)
        page.goto(path if "://" in path else f"{site}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def until(holds: Callable[[], object], what: str, seconds: float = 10) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.02)
