"""Addresses in place of files: fetched from a real server on this machine, as politely as a batch does."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from audiogen.sources import fetching
from audiogen.sources.fetching import Limits
from tests.cli.pages import LOGIN, SENTENCES, make_page, write_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from tests.cli.conftest import Run

CHEAPLY = ("--voice", "tone", "--quality", "small", "--no-cache")
NOTE = f"# The lock opens\n\n{' '.join(SENTENCES)}\n\nMore of it: [the canal](https://canal.example/).\n"
FEED = """<rss version="2.0"><channel><title>T</title>
<item><title>One</title><link>http://127.0.0.1/one</link></item>
<item><title>Two</title><link>http://127.0.0.1/two</link></item></channel></rss>"""


TYPES = {
    "html": "text/html", "txt": "text/plain", "md": "text/markdown", "xml": "application/rss+xml", "png": "image/png",
}  # fmt: skip


class Folder(SimpleHTTPRequestHandler):
    """Gives out the files of a folder, and keeps in mind what was asked for."""

    def __init__(self, *arguments: Any, asked: list[str], **named: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def guess_type(self, path: Any) -> str:
        """The types of the system's table differ from one system to the next."""
        return TYPES[str(path).rpartition(".")[2]]

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


class Site:
    """A folder, and the address that it is reached at."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, list[str]()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Folder, directory=str(folder), asked=self.asked))

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/{name}"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /private\n")
    made = Site(folder)
    monkeypatch.setattr(fetching, "Limits", partial(Limits, largest=1 << 20, pause=0.0))
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def test_an_address_becomes_an_mp3(audiogen: Run, site: Site) -> None:
    write_page(site.folder)
    done = audiogen("narrate", site.url("lock.html"), *CHEAPLY, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    manifest = json.loads(done.stdout)
    assert [line["written"] for line in manifest["script"]][1:-1] == list(SENTENCES)
    assert site.asked == ["/robots.txt", "/lock.html"]


def test_the_address_is_known_where_the_page_does_not_tell_it(audiogen: Run, site: Site) -> None:
    (site.folder / "plain.html").write_text(make_page().replace("canonical", "next"))
    shown = json.loads(audiogen("text", site.url("plain.html"), "--json").stdout)
    assert shown["article"]["url"] == site.url("plain.html")
    named = json.loads(audiogen("text", site.url("plain.html"), "--json", "--url", "https://a.example/b").stdout)
    assert named["article"]["url"] == "https://a.example/b"


def test_a_feed_without_entries_is_told_and_asked_again_at_the_next_run(audiogen: Run, site: Site) -> None:
    (site.folder / "feed.xml").write_text("<rss version='2.0'><channel><title>T</title></channel></rss>")
    for _ in range(2):
        done = audiogen("batch", site.url("feed.xml"), "-o", "library", "--voice", "tone", "--jobs", "1", "--json")
        [row] = map(json.loads, done.stdout.splitlines())
        assert (done.returncode, row["status"]) == (0, "refused")
        assert "has no entries" in row["error"]["message"]
    assert site.asked.count("/feed.xml") == 2


def test_addresses_and_files_are_made_in_the_order_that_they_were_asked_for(
    audiogen: Run, site: Site, tmp_path: Path
) -> None:
    write_page(site.folder, title="Over the wire")
    write_page(tmp_path, title="From the disk")
    address = site.url("lock.html")
    done = audiogen("narrate", address, "lock.html", address, "-", *CHEAPLY, stdin=make_page("Down the pipe"))
    assert done.stderr == ""
    assert done.stdout.split() == ["over-the-wire.mp3", "from-the-disk.mp3", "over-the-wire.mp3", "down-the-pipe.mp3"]
    assert site.asked.count("/lock.html") == 1


def test_text_shows_what_is_at_an_address(audiogen: Run, site: Site) -> None:
    write_page(site.folder)
    done = audiogen("text", site.url("lock.html"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["The lock opens", *SENTENCES]


def test_what_is_at_an_address_is_told_by_its_bytes(audiogen: Run, site: Site) -> None:
    (site.folder / "lock.md").write_text(NOTE)
    lines = audiogen("text", site.url("lock.md")).stdout.splitlines()
    assert lines == ["The lock opens", " ".join(SENTENCES), "More of it: the canal."]


def test_a_redirect_is_followed(audiogen: Run, site: Site) -> None:
    (site.folder / "story").mkdir()
    write_page(site.folder / "story", "index.html")
    assert audiogen("text", site.url("story")).stdout.startswith("The lock opens\n")
    assert site.asked == ["/robots.txt", "/story", "/story/"]


@pytest.mark.parametrize("command", [("text",), ("narrate", *CHEAPLY)], ids=["text", "narrate"])
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.html", "is not there any more (answer 404)"),
        ("private/lock.html", "asks programs not to read"),
        ("large.html", "is larger than 1 MB"),
        ("feed.xml", "is a feed, not an article; `audiogen batch http"),
        ("login.html", "This is not an article but a login page"),
        ("picture.png", "is no page of text, nor a document, but image/png"),
    ],
)
def test_what_cannot_be_had_is_told_in_a_sentence(
    audiogen: Run, site: Site, command: tuple[str, ...], path: str, message: str
) -> None:
    (site.folder / "large.html").write_text(make_page() + "x" * (1 << 20))
    (site.folder / "feed.xml").write_text(FEED)
    (site.folder / "login.html").write_text(LOGIN)
    (site.folder / "picture.png").write_bytes(b"\x89PNG")
    done = audiogen(*command, site.url(path))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("audiogen: ")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/", "http://[", "https://", "HTTP://127.0.0.1:9/x"])
def test_an_address_where_nobody_is_fails_alone(audiogen: Run, tmp_path: Path, address: str) -> None:
    write_page(tmp_path)
    done = audiogen("narrate", address, "lock.html", *CHEAPLY)
    assert (done.returncode, done.stdout) == (1, "the-lock-opens.mp3\n")
    assert done.stderr.startswith("audiogen: ")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_of_several_sources_the_one_that_failed_is_named(audiogen: Run, tmp_path: Path) -> None:
    write_page(tmp_path)
    (tmp_path / "login.html").write_text(LOGIN)
    done = audiogen("narrate", "login.html", "lock.html", *CHEAPLY)
    assert done.stderr.startswith("audiogen: login.html: This is not an article but a login page")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("ftp://tide.example/a", "ftp://tide.example/a can't be fetched"),
        ("www.tide.example", "https://www.tide.example."),
    ],
)
def test_what_was_meant_for_an_address_is_told(audiogen: Run, asked: str, message: str) -> None:
    for command in ("narrate", "text"):
        done = audiogen(command, asked)
        assert done.returncode == 2
        assert message in done.stderr


CLOSED = {
    "a document": (("text", "-"), 1, "Nothing came on stdin"),
    "a list": (("batch", "-", "-o", "library"), 0, "No article was found"),
    "a list to be tried again": (("batch", "--retry", "-", "-o", "library"), 0, "No article was found"),
    "a password": (("access", "password", "library", "mira"), 2, "A password has 8"),
    "cookies": (("cookies", "add", "paper.example"), 2, "There are no cookies"),
}


@pytest.mark.parametrize(("arguments", "code", "message"), CLOSED.values(), ids=CLOSED)
def test_a_stdin_that_was_closed_holds_nothing(
    audiogen: Run,
    arguments: tuple[str, ...],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AUDIOGEN_STATE", str(tmp_path / "state"))
    (tmp_path / "library" / "episodes").mkdir(parents=True)
    done = audiogen(*arguments, stdin=None)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_stdin_that_the_shell_closed_holds_nothing(tmp_path: Path) -> None:
    """What Python makes of it when it starts is what the test above gives to each command."""
    arguments, code, message = CLOSED["a document"]
    given = ["-m", "audiogen", *arguments]
    start = f"import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, *{given!r}])"
    done = subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
