"""Addresses are fetched politely, within limits, and never twice: against a real server on this machine."""

from __future__ import annotations

import sys
import threading
import time
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from audiogen.errors import FetchError, ReadError
from audiogen.model import Source
from audiogen.readers import read
from audiogen.sources.fetching import Fetcher, Limits
from tests.readers.printed import make_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = b"<!doctype html><title>Ferry</title><p>The ferry left at noon.</p>"
FEED = b"""<rss version="2.0"><channel><title>T</title>
<item><title>One</title><link>http://127.0.0.1/one</link></item>
<item><title>Two</title><link>http://127.0.0.1/two</link></item></channel></rss>"""


class Site(ThreadingHTTPServer):
    """A small site that remembers who asked for what, and when."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.asked: list[tuple[str, float]] = []
        self.robots = b"User-agent: *\nDisallow: /private\nDisallow: /*.aspx$\n"
        self.robots_status = 200
        self.busy = 1

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.asked)


class Visit(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, time.monotonic()))
        status, headers, body = self.answer()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        html = {"Content-Type": "text/html"}
        if self.path == "/robots.txt":
            return self.server.robots_status, {"Content-Type": "text/plain"}, self.server.robots
        if self.path == "/feed":
            if self.headers.get("If-None-Match") == '"one"':
                return 304, {}, b""
            return 200, {"Content-Type": "application/rss+xml", "ETag": '"one"'}, FEED
        if self.path.startswith("/repeats"):
            links = f'<a href="{self.path}">{escape(self.path)}</a> <i data-from="{quote(self.path, safe="")}"></i>'
            return 200, html, PAGE + links.encode()
        if self.path.startswith("/own-feed"):
            if self.headers.get("If-None-Match"):
                return 304, {}, b""
            link = f"http://127.0.0.1{escape(self.path)}&amp;id=1".encode()
            return 200, {"Content-Type": "text/xml", "ETag": '"one"'}, FEED.replace(b"http://127.0.0.1/one", link)
        if self.path == "/busy" and self.server.busy:
            self.server.busy -= 1
            return 503, {"Retry-After": "0"}, b"busy"
        if self.path.startswith("/later/"):
            return 503, {"Retry-After": self.path.removeprefix("/later/").replace("_", " ")}, b"later"
        if self.path.startswith("/as/"):
            return 200, {"Content-Type": self.path.removeprefix("/as/").replace("_", " ")}, PAGE
        if self.path.startswith("/status/"):
            return int(self.path.removeprefix("/status/")), html, b"x"
        if self.path == "/latin":
            return (
                200,
                {"Content-Type": "text/html; charset=iso-8859-1"},
                "<p>Łódź? Zürich.</p>".encode("latin-1", "replace"),
            )
        answers = {
            "/moved": (301, {"Location": "/page"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/to-script": (302, {"Location": "javascript:alert(1)"}, b""),
            "/to-nothing": (302, {"Location": "//news.example:1:2/"}, b""),
            "/to-octal": (302, {"Location": "http://0177.0.0.1/"}, b""),
            "/to-ftp": (302, {"Location": "ftp://news.example/"}, b""),
            "/same": (304, {}, b""),
            "/punycode": (200, {"Content-Type": "text/html; charset=punycode"}, b"a" * 2000),
            "/to-private": (302, {"Location": "/private/x"}, b""),
            "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
            "/large": (200, html, b"x" * 3000),
            "/missing": (404, html, b"gone"),
            "/bad-feed": (200, {"Content-Type": "text/xml"}, b"<rss><channel><title>"),
            "/login": (401, html, b"who?"),
            "/broken": (500, html, b"oh"),
        }
        return answers.get(self.path, (200, html, PAGE))

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep quiet."""


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True)
        thread.start()
        yield site
        site.shutdown()
        thread.join()


@pytest.fixture
def fetcher(tmp_path: Path) -> Iterator[Fetcher]:
    with Fetcher(tmp_path / "fetched", Limits(largest=2000, longest=5, pause=0.0, private=True)) as fetcher:
        yield fetcher


def source(site: Site, path: str) -> Source:
    return Source(site.url(path), url=site.url(path), tags=("ships",))


def fetch(fetcher: Fetcher, site: Site, path: str) -> list[Source]:
    return fetcher.submit(source(site, path)).result(timeout=20)


def test_a_page_is_fetched_into_a_file_and_keeps_what_is_known_of_it(fetcher: Fetcher, site: Site) -> None:
    [found] = fetch(fetcher, site, "/page")
    assert found.path
    assert found.path.read_bytes() == PAGE
    assert (found.name, found.tags) == (site.url("/page"), ("ships",))


def test_nothing_is_fetched_twice_not_even_by_another_run(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    fetch(fetcher, site, "/page")
    fetch(fetcher, site, "/page")
    with Fetcher(tmp_path / "fetched", Limits(private=True)) as another:
        fetch(another, site, "/page")
    assert site.count("/page") == 1


def test_a_feed_gives_its_entries_and_is_asked_whether_it_changed(fetcher: Fetcher, site: Site) -> None:
    first = fetch(fetcher, site, "/feed")
    again = fetch(fetcher, site, "/feed")
    assert [entry.url for entry in first] == ["http://127.0.0.1/one", "http://127.0.0.1/two"]
    assert again == first
    assert site.count("/feed") == 2


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/repeats?id=7&token=4f3a%2f91c27bd0", False),
        ("/repeats?gift=Xq7%26Zt91Lm", False),
        ("/repeats?token=harbour", True),
        ("/repeats?id=4f3a91c27bd0&page=2", True),
    ],
)
def test_a_page_is_kept_without_the_secrets_of_its_own_address(
    fetcher: Fetcher, site: Site, path: str, kept: bool
) -> None:
    [found] = fetch(fetcher, site, path)
    assert found.path is not None
    value = path.rpartition("=")[2] if "id=4" not in path else "4f3a91c27bd0"
    content = found.path.read_text(encoding="utf-8")
    assert any(form in content for form in (value, unquote(value), quote(value, safe=""))) == kept
    assert "The ferry left at noon." in content
    if sys.platform != "win32":
        assert found.path.stat().st_mode & 0o077 == 0, "its owner alone reads it"


def test_the_entries_of_a_feed_keep_the_secrets_that_the_file_has_not(fetcher: Fetcher, site: Site) -> None:
    path = "/own-feed?token=4f3a91c27bd0"
    first, again = fetch(fetcher, site, path), fetch(fetcher, site, path)
    assert first[0].url == again[0].url == f"http://127.0.0.1{path}&id=1"
    stored = [file.read_bytes() for file in fetcher._cache.rglob("*") if file.is_file()]
    assert not [content for content in stored if b"4f3a91c27bd0" in content]


@pytest.mark.parametrize("path", ["/private/page", "/to-private", "/page.aspx"])
def test_robots_txt_is_kept_through_redirects_and_wildcards(fetcher: Fetcher, site: Site, path: str) -> None:
    with pytest.raises(FetchError, match=r"robots\.txt") as caught:
        fetch(fetcher, site, path)
    assert caught.value.final
    assert site.count("/private/x") == site.count("/private/page") == site.count("/page.aspx") == 0


def test_robots_txt_is_asked_for_once(fetcher: Fetcher, site: Site) -> None:
    for path in ("/one", "/two", "/three"):
        fetch(fetcher, site, path)
    assert site.count("/robots.txt") == 1


def test_a_host_without_robots_txt_allows_all(fetcher: Fetcher, site: Site) -> None:
    site.robots_status = 404
    assert fetch(fetcher, site, "/private/page")[0].path


def test_a_host_that_cannot_tell_what_it_allows_is_left_alone(fetcher: Fetcher, site: Site) -> None:
    site.robots_status = 503
    with pytest.raises(FetchError, match="what it allows") as caught:
        fetch(fetcher, site, "/page")
    assert not caught.value.final
    assert site.count("/page") == 0


@pytest.mark.parametrize(
    ("path", "message", "final"),
    [
        ("/missing", "is not there any more", True),
        ("/login", "asks for a login", True),
        ("/broken", "answer 500", False),
        ("/picture", "image/png", True),
        ("/large", "larger", True),
        ("/loop", "without end", True),
        ("/to-script", "no address", True),
        ("/to-octal", "no address", True),
        ("/to-ftp", "no address of the web", True),
        ("/same", "answer 304", False),
        ("/to-nothing", "no address", True),
    ],
)
def test_what_cannot_be_had_is_told(fetcher: Fetcher, site: Site, path: str, message: str, final: bool) -> None:
    with pytest.raises(FetchError, match=message) as caught:
        fetch(fetcher, site, path)
    assert caught.value.final is final
    assert caught.value.subject == site.url(path)


def test_a_redirect_is_followed_and_kept_under_the_address_that_was_asked(fetcher: Fetcher, site: Site) -> None:
    [found] = fetch(fetcher, site, "/moved")
    assert found.path
    assert found.path.read_bytes() == PAGE
    fetch(fetcher, site, "/moved")
    assert site.count("/moved") == 1


def test_a_server_that_is_busy_is_asked_again_a_while_later(fetcher: Fetcher, site: Site) -> None:
    assert fetch(fetcher, site, "/busy")[0].path
    assert site.count("/busy") == 2


def test_a_charset_that_only_the_header_tells_is_not_lost(fetcher: Fetcher, site: Site) -> None:
    [found] = fetch(fetcher, site, "/latin")
    assert found.path
    assert "Zürich" in found.path.read_text(encoding="utf-8-sig")


def test_a_charset_that_no_page_is_in_is_not_believed(fetcher: Fetcher, site: Site) -> None:
    # Decoding a megabyte of it takes minutes.
    [found] = fetch(fetcher, site, "/punycode")
    assert found.path
    assert found.path.read_bytes() == b"a" * 2000


def test_what_robots_txt_forbids_is_told_without_secrets(fetcher: Fetcher, site: Site) -> None:
    address = site.url("/private/x").replace("//", "//ada:hunter2@")
    with pytest.raises(FetchError, match="asks programs not to read") as caught:
        fetcher.fetch(Source(address, url=address))
    assert "hunter2" not in str(caught.value)


def test_one_request_at_a_time_goes_to_a_host_with_a_pause_after_it(tmp_path: Path, site: Site) -> None:
    with Fetcher(tmp_path / "fetched", Limits(pause=0.2, private=True)) as fetcher:
        futures = [fetcher.submit(source(site, f"/{number}")) for number in range(3)]
        for future in futures:
            future.result(timeout=20)
    times = [when for path, when in site.asked if path != "/robots.txt"]
    assert all(later - earlier >= 0.2 for earlier, later in pairwise(times))


def test_a_host_that_is_not_there_is_told(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match=r"could not be reached \(Connection refused\)"):
        fetcher.submit(Source("x", url="http://127.0.0.1:9/page")).result(timeout=20)


def test_a_broken_feed_is_told(fetcher: Fetcher, site: Site) -> None:
    with pytest.raises(ReadError, match="broken feed"):
        fetch(fetcher, site, "/bad-feed")


def test_closing_lets_go_of_what_has_not_begun(tmp_path: Path, site: Site) -> None:
    with Fetcher(tmp_path / "fetched", Limits(pause=30, private=True)) as fetcher:
        first = fetcher.submit(source(site, "/first"))
        second = fetcher.submit(source(site, "/second"))
        assert not second.done()
        # Leaving the block ends the pause at once.
    assert second.cancelled() or second.done()
    assert first.done()


@pytest.mark.parametrize(
    ("status", "final"),
    [
        (400, True),
        (402, True),
        (403, True),
        (405, True),
        (410, True),
        (451, True),
        (408, False),
        (500, False),
        (502, False),
    ],
)
def test_what_is_gone_for_good_is_told_from_what_may_come_again(
    fetcher: Fetcher, site: Site, status: int, final: bool
) -> None:
    with pytest.raises(FetchError, match=f"answer {status}") as caught:
        fetch(fetcher, site, f"/status/{status}")
    assert caught.value.final is final


@pytest.mark.parametrize(
    ("message", "times"),
    [("0", 2), ("Fri,_06_Sep_2024_06:13:00_GMT", 2), ("soon", 2), ("3600", 1), ("Fri,_06_Sep_2094_06:13:00_GMT", 1)],
)
def test_a_server_that_says_when_is_not_asked_before(fetcher: Fetcher, site: Site, message: str, times: int) -> None:
    with pytest.raises(FetchError, match="answer 503") as caught:
        fetch(fetcher, site, f"/later/{message}")
    assert not caught.value.final
    assert site.count(f"/later/{message}") == times


@pytest.mark.parametrize(
    ("kind", "taken"),
    [
        ("text/html", True),
        ("TEXT/HTML;_charset=UTF-8", True),
        ("application/xhtml+xml", True),
        ("text/plain", True),
        ("text/markdown", True),
        ("application/rss+xml", True),
        ("application/pdf", True),
        ("application/octet-stream", True),
        ("message/rfc822", True),
        ("application/json", True),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", True),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
        ("application/zip", False),
        ("audio/mpeg", False),
        ("image/png", False),
    ],
)
def test_pages_are_texts_or_documents(fetcher: Fetcher, site: Site, kind: str, taken: bool) -> None:
    if taken:
        assert fetch(fetcher, site, f"/as/{kind}")[0].path
    else:
        with pytest.raises(FetchError, match="no page of text") as caught:
            fetch(fetcher, site, f"/as/{kind}")
        assert caught.value.final


MAIL = b"From: Ruth <r@x.example>\nTo: All <a@x.example>\nSubject: Ice\nMessage-ID: <1@x.example>\n\nIt froze.\n"


@pytest.mark.parametrize(
    ("kind", "body", "form"),
    [
        pytest.param("message/rfc822", MAIL, "mail", id="a mail"),
        pytest.param("application/octet-stream", MAIL, "mail", id="a mail that the server does not know"),
        pytest.param("application/pdf", make_lines(["The harbour froze in the third week."]), "pdf", id="a PDF"),
        pytest.param(
            "application/pdf;_charset=iso-8859-1", make_lines(["The harbour froze."]), "pdf", id="a PDF with a charset"
        ),
        pytest.param("application/json", b'{"title": "Ice", "text": "The harbour froze."}', "json", id="a CMS's"),
    ],
)
def test_a_document_at_an_address_is_read_as_a_file_of_its_kind(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, kind: str, body: bytes, form: str
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PAGE", body)
    with Fetcher(tmp_path / "fetched", Limits(pause=0.0, private=True)) as fetcher:
        path = fetch(fetcher, site, f"/as/{kind}")[0].path
    assert path is not None
    assert path.read_bytes() == body
    assert read(path, url="https://x.example/a").format == form


def test_a_document_that_is_too_large_is_not_taken(
    fetcher: Fetcher, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "PAGE", b"%PDF-1.7" + bytes(3000))
    with pytest.raises(FetchError, match="larger than"):
        fetch(fetcher, site, "/as/application/pdf")


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        (b"", "/page", True),
        (b"User-agent: *\nDisallow:\n", "/page", True),
        (b"User-agent: *\nDisallow: /\n", "/page", False),
        (b"User-agent: *\nDisallow: /\nAllow: /news/\n", "/news/ferry", True),
        (b"User-agent: *\nDisallow: /\nUser-agent: audiogen\nAllow: /\n", "/page", True),
        (b"User-agent: audiogen\nDisallow: /\n", "/page", False),
        (b"User-agent: GPTBot\nDisallow: /\n", "/page", True),
        (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /private\r\n", "/private/x", False),
        (b"<!doctype html><p>Not found", "/page", True),
        (b"\xff\xfe\x00" * 100, "/page", True),
        (b"# remarks\n" * 60_000 + b"User-agent: *\nDisallow: /\n", "/page", True),
    ],
)
def test_robots_txt_is_read_as_it_is_meant(
    fetcher: Fetcher, site: Site, robots: bytes, path: str, allowed: bool
) -> None:
    site.robots = robots
    if allowed:
        assert fetch(fetcher, site, path)[0].path
    else:
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetch(fetcher, site, path)
    assert site.count(path) == allowed


def test_a_pause_that_robots_txt_asks_for_is_made(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site.robots = b"User-agent: *\nCrawl-delay: 7\n"
    rests: list[float] = []
    monkeypatch.setattr(Fetcher, "_rest", lambda fetcher, seconds: rests.append(seconds))
    with Fetcher(tmp_path / "fetched", Limits(pause=2.0, private=True)) as fetcher:
        fetch(fetcher, site, "/page")
    assert rests == [5.0, 2.0], "what is missing before, and the usual pause after"


@pytest.mark.parametrize("length", [1999, 2000, 2001])
def test_a_page_may_be_as_large_as_the_limit(
    fetcher: Fetcher, site: Site, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    monkeypatch.setattr("tests.sources.test_fetching.PAGE", b"x" * length)
    if length <= 2000:
        assert fetch(fetcher, site, "/page")[0].path
    else:
        with pytest.raises(FetchError, match="larger than"):
            fetch(fetcher, site, "/page")


def test_a_page_that_was_half_written_by_a_kill_is_fetched_again(fetcher: Fetcher, site: Site, tmp_path: Path) -> None:
    [found] = fetch(fetcher, site, "/page")
    assert found.path
    found.path.rename(found.path.with_name(f".{found.path.name}.123"))
    assert fetch(fetcher, site, "/page")[0].path == found.path
    assert site.count("/page") == 2


def test_who_asks_says_who_it_is(fetcher: Fetcher, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    answer = Visit.answer

    def note(visit: Visit) -> tuple[int, dict[str, str], bytes]:
        seen.append(str(visit.headers["User-Agent"]))
        return answer(visit)

    monkeypatch.setattr(Visit, "answer", note)
    fetch(fetcher, site, "/page")
    assert len(seen) == 2
    assert all(name.startswith("audiogen/") for name in seen)
