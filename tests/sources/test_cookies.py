"""A subscriber's cookies go to their host over HTTPS, and nowhere else; nor are they in any file of ours."""

from __future__ import annotations

import logging
import stat
import sys
import time
from typing import TYPE_CHECKING

import pytest

from audiogen.errors import FetchError
from audiogen.model import Source
from audiogen.podcast import publish
from audiogen.sources import guarded
from audiogen.sources.cookies import (
    CookieError,
    cookie_header,
    forget_cookies,
    keep_cookies,
    kept_cookies,
    renew_cookies,
)
from audiogen.sources.fetching import Fetcher, Limits
from tests.batch.conftest import run
from tests.batch.pile import page, paragraphs
from tests.podcast.libraries import settings
from tests.sources.tls import Server, make_certificate, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.batch.conftest import Run

__all__ = ["run"]
SECRET = "hunter2swordfish"
PAPER, BELOW, OTHER = "paper.example", "www.paper.example", "other.example"
STUB = b"<!doctype html><title>The quay</title><article><h1>The quay</h1><p>Subscribe to read on.</p></article>"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's state folder."""
    monkeypatch.setenv("AUDIOGEN_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"), PAPER, BELOW, OTHER)


def answer(host: str, path: str, cookies: str) -> tuple[int, dict[str, str], bytes]:
    if path.startswith("/to/"):
        return 302, {"Location": path.removeprefix("/to/")}, b""
    if path == "/robots.txt":
        return 404, {}, b""
    if path.startswith("/renewed"):
        newer = {"Set-Cookie": f"sid={SECRET}-newer; Max-Age=3600; Path=/; Secure; HttpOnly"}
        return (403 if path.endswith("refused") else 200), newer, STUB
    whole = page(7, title="The quay", text=paragraphs(7, 6)).encode()
    return 200, {"ETag": '"one"', "Set-Cookie": "seen=1"}, whole if f"sid={SECRET}" in cookies else STUB


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that is all of the hosts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setattr(guarded, "_looked_up", lambda host, *_: ["127.0.0.1"])
    with serving(answer, certificate) as server:
        yield server


def fetch(folder: Path, url: str) -> bytes:
    with Fetcher(folder / "fetched", Limits(pause=0.0, private=True)) as fetcher:
        [found] = fetcher.fetch(Source(url, url=url))
    assert found.path
    return found.path.read_bytes()


def sent(server: Server) -> list[tuple[str, str]]:
    """Host and cookies of each request but those for robots.txt, which gets none."""
    assert not any(cookies for _, path, cookies in server.asked if path == "/robots.txt")
    return [(host, cookies) for host, path, cookies in server.asked if path != "/robots.txt"]


def test_cookies_go_to_their_host_and_those_below_it_and_to_no_other(server: Server, tmp_path: Path) -> None:
    keep_cookies(PAPER, f"Cookie: sid={SECRET}; theme=dark")
    assert b"Subscribe" not in fetch(tmp_path, f"https://{PAPER}:{server.port}/quay")
    assert b"Subscribe" not in fetch(tmp_path, f"https://{BELOW}:{server.port}/quay")
    assert b"Subscribe" in fetch(tmp_path, f"https://{OTHER}:{server.port}/quay")
    whole = f"sid={SECRET}; theme=dark"
    assert sent(server) == [(PAPER, whole), (BELOW, whole), (OTHER, "")]


def test_cookies_stay_behind_where_a_redirect_leads_to_another_host(server: Server, tmp_path: Path) -> None:
    keep_cookies(PAPER, f"sid={SECRET}")
    url = f"https://{PAPER}:{server.port}/to/https://{OTHER}:{server.port}/to/https://{BELOW}:{server.port}/quay"
    fetch(tmp_path, url)
    assert sent(server) == [(PAPER, f"sid={SECRET}"), (OTHER, ""), (BELOW, f"sid={SECRET}")]


def test_cookies_never_go_over_plain_http(server: Server, tmp_path: Path) -> None:
    keep_cookies(PAPER, f"sid={SECRET}")
    with serving(answer) as plain:
        fetch(tmp_path, f"http://{PAPER}:{plain.port}/quay")
        fetch(tmp_path, f"https://{PAPER}:{server.port}/to/http://{PAPER}:{plain.port}/ebb")
        assert SECRET not in str(plain.asked)
    assert sent(server) == [(PAPER, f"sid={SECRET}")]


def test_what_was_kept_for_everybody_is_fetched_again_for_a_subscriber_and_then_not_again(
    server: Server, tmp_path: Path
) -> None:
    url = f"https://{PAPER}:{server.port}/quay"
    assert fetch(tmp_path, url) == STUB
    keep_cookies(PAPER, f"sid={SECRET}")
    for _ in range(2):
        assert b"Subscribe" not in fetch(tmp_path, url)
    assert len(sent(server)) == 2


@pytest.mark.slow
def test_a_batch_makes_what_was_refused_before_and_the_secret_is_in_no_file_and_no_log(
    server: Server, run: Run, library: Path, home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"https://{PAPER}:{server.port}/quay"
    allowed = settings().with_flags(
        fetch__private=True, speech__voice="tone", speech__cache=False, audio__quality="small"
    )
    assert [outcome.status for outcome in run(url, settings=allowed)] == ["refused"]
    keep_cookies(PAPER, f"sid={SECRET}")
    assert [outcome.status for outcome in run(url, settings=allowed)] == ["new"]
    publish(library, allowed)
    assert (library / "feed.xml").is_file()
    for path in tmp_path.rglob("*"):
        if path.is_file() and not path.is_relative_to(home):
            assert SECRET.encode() not in path.read_bytes(), path
    assert SECRET not in caplog.text


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_a_failure_tells_nothing_of_the_cookies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_cookies(PAPER, f"sid={SECRET}")
    monkeypatch.setattr(guarded, "_looked_up", lambda host, *_: ["127.0.0.1"])
    with pytest.raises(FetchError) as failed:
        fetch(tmp_path, f"https://{PAPER}:9/quay")
    result = [str(failed.value), repr(failed.value.__cause__), repr(kept_cookies())]
    assert SECRET not in "".join(result)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_the_user_can_read_them(home: Path) -> None:
    keep_cookies(PAPER, f"sid={SECRET}")
    assert stat.S_IMODE((home / "cookies.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


LATER, PAST = int(time.time()) + 86400, int(time.time()) - 86400


def line(domain: str, name: str, *, below: str = "TRUE", path: str = "/", expires: object = LATER) -> str:
    return "\t".join((domain, below, path, "TRUE", str(expires), name, "1"))


def test_of_a_browsers_cookies_only_those_of_the_host_are_kept() -> None:
    text = "\n".join(
        (
            "# Netscape HTTP Cookie File",
            line(".paper.example", "above"),
            f"#HttpOnly_{line('www.paper.example', 'own', below='FALSE')}",
            line("shop.www.paper.example", "below", below="FALSE"),
            line("paper.example", "not_below", below="FALSE"),
            line("img.paper.example", "beside"),
            line(".other.example", "other"),
            line("www.paper.example", "old", expires=PAST),
            line("www.paper.example", "session", expires=0),
            line("www.paper.example", "section", path="/news"),
        )
    )
    kept = keep_cookies(BELOW, text)
    assert [cookie.name for cookie in kept.cookies] == ["above", "own", "below", "session", "section"]
    assert kept.expires == LATER


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://www.paper.example", "above own session"),
        ("https://WWW.Paper.Example/", "above own session"),
        ("https://www.paper.example:8443/news", "above own section session"),
        ("https://www.paper.example/news/2", "above own section session"),
        ("https://www.paper.example/newsletter", "above own session"),
        ("https://shop.www.paper.example/", "above below session"),
        ("https://paper.example/", ""),
        ("https://xwww.paper.example/", ""),
        ("https://www.paper.example.evil.example/", ""),
        ("https://evil.example/www.paper.example", ""),
        ("https://www.paper.example@evil.example/", ""),
        ("http://www.paper.example/", ""),
        ("//www.paper.example/", ""),
        ("https://", ""),
        ("https://[::1]/", ""),
    ],
)
def test_each_cookie_goes_where_it_belongs(url: str, names: str) -> None:
    lines = [line(".paper.example", "above"), line(BELOW, "own", below="FALSE")]
    lines += [line(f"shop.{BELOW}", "below", below="FALSE"), line(BELOW, "session", expires=0)]
    keep_cookies(BELOW, "\n".join([*lines, line(BELOW, "section", path="/news")]))
    assert sorted(part.partition("=")[0] for part in cookie_header(url).split("; ") if part) == names.split()


def test_a_cookie_that_its_host_renews_goes_along_from_then_on(
    server: Server, tmp_path: Path, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    keep_cookies(PAPER, f"sid={SECRET}; theme=dark")
    with pytest.raises(FetchError):
        fetch(tmp_path, f"https://{PAPER}:{server.port}/renewed-and-refused")
    fetch(tmp_path, f"https://{PAPER}:{server.port}/renewed")
    fetch(tmp_path, f"https://{BELOW}:{server.port}/quay")
    before, after = f"sid={SECRET}; theme=dark", f"sid={SECRET}-newer; theme=dark"
    assert sent(server) == [(PAPER, before), (PAPER, before), (BELOW, after)]
    assert "seen" not in (home / "cookies.json").read_text(), "none is added"
    assert SECRET not in caplog.text
    assert not [path for path in (tmp_path / "fetched").rglob("*") if path.is_file() and SECRET in path.read_text()]


@pytest.mark.parametrize(
    ("url", "answer", "value"),
    [
        ("https://paper.example/a", "sid=new", "new"),
        ("https://www.paper.example/", "sid=new; Domain=.paper.example; Path=/", "new"),
        ("https://paper.example/", "sid=new; Expires=Fri, 31 Dec 2060 23:59:59 GMT", "new"),
        ("https://paper.example/", "sid=new; Domain=other.example", "old"),
        ("https://paper.example/", "sid=", "old"),
        ("https://paper.example/", "sid=gone; Max-Age=0", "old"),
        ("https://paper.example/", "sid=gone; Max-Age=-5; Expires=Fri, 31 Dec 2060 23:59:59 GMT", "old"),
        ("https://paper.example/", "sid=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "old"),
        ("https://paper.example/", "sid=new; Max-Age=soon", "old"),
        ("https://paper.example/", "sid=" + "x" * 20_000, "old"),
        ("https://paper.example/", "sid=n\x01w", "old"),
        ("https://paper.example/", "sid", "old"),
        ("https://paper.example/", "other=new", "old"),
        ("http://paper.example/", "sid=new", "old"),
        ("https://other.example/", "sid=new", "old"),
    ],
)
def test_only_what_was_kept_for_a_host_is_renewed_and_by_that_host(url: str, answer: str, value: str) -> None:
    keep_cookies(PAPER, "sid=old; theme=dark")
    keep_cookies(OTHER, "theme=light")
    assert renew_cookies(url, ["seen=1; Path=/", answer]) is (value != "old")
    assert [(one.name, one.value) for one in kept_cookies()[PAPER].cookies] == [("sid", value), ("theme", "dark")]
    assert [(one.name, one.value) for one in kept_cookies()[OTHER].cookies] == [("theme", "light")]


def test_of_two_cookies_of_one_name_the_one_of_the_path_is_renewed() -> None:
    keep_cookies(PAPER, "\n".join([line(PAPER, "sid"), line(PAPER, "sid", path="/plus")]))
    assert renew_cookies("https://paper.example/plus/a", ["sid=new; Path=/plus; Max-Age=60"])
    kept = {one.path: one for one in kept_cookies()[PAPER].cookies}
    assert {path: one.value for path, one in kept.items()} == {"/": "1", "/plus": "new"}
    assert kept["/plus"].expires <= time.time() + 60


def test_a_cookie_that_has_ended_goes_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_cookies(PAPER, line(PAPER, "sid"))
    for now, header in ((LATER - 1, "sid=1"), (LATER, "")):
        monkeypatch.setattr(time, "time", lambda now=now: now)
        assert cookie_header(f"https://{PAPER}/") == header


@pytest.mark.parametrize(
    "host", ["", "com", "co.uk", "github.io", "paper example", "https://paper.example", "a..b", "-a.b.example"]
)
def test_what_is_no_host_of_a_paper_keeps_none(host: str) -> None:
    with pytest.raises(CookieError):
        keep_cookies(host, f"sid={SECRET}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        SECRET,
        f"sid={SECRET}\x07",
        f"s id={SECRET}",
        f"sid={SECRET}é",
        f"sid={SECRET * 2000}",
        pytest.param(line(OTHER, SECRET), id="of another host"),
    ],
)
def test_what_is_no_cookie_is_told_without_repeating_it(text: str, home: Path) -> None:
    with pytest.raises(CookieError) as result:
        keep_cookies(PAPER, text)
    assert SECRET not in str(result.value)
    assert not (home / "cookies.json").exists()


def test_cookies_are_replaced_and_forgotten() -> None:
    keep_cookies(PAPER, "one=1; two=2")
    keep_cookies("Zeitung-für.example", "sid=1")
    keep_cookies(f"{PAPER.upper()}.", "three=3")
    assert cookie_header(f"https://{PAPER}/") == "three=3"
    assert cookie_header("https://zeitung-für.example/a") == "sid=1"
    assert list(kept_cookies()) == [PAPER, "xn--zeitung-fr-ieb.example"]
    assert (forget_cookies(PAPER), forget_cookies(PAPER)) == (True, False)
    assert cookie_header(f"https://{PAPER}/") == ""


def test_a_damaged_file_stops_the_fetch_and_sends_nothing(home: Path, tmp_path: Path) -> None:
    keep_cookies(PAPER, f"sid={SECRET}")
    (home / "cookies.json").write_text(f'{{"paper.example": "{SECRET}"', encoding="utf-8")
    with pytest.raises(FetchError, match="damaged") as result:
        fetch(tmp_path, f"https://{PAPER}:9/quay")
    assert SECRET not in str(result.value)
