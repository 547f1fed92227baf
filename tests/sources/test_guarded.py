"""Fetching stays within bounds, whatever a server answers: against real servers on this machine."""

from __future__ import annotations

import gzip
import os
import socketserver
import threading
import time
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from httpcore import ConnectError, SyncBackend

from audiogen.errors import FetchError
from audiogen.model import Source
from audiogen.sources import guarded
from audiogen.sources.fetching import Fetcher, Limits
from audiogen.sources.guarded import PackedError, TooLargeError, is_public, unpacked

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE = b"<!doctype html><title>Ferry</title><p>The ferry left at noon.</p>"
NO_RULES = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def serving(answer: Callable[[socket.socket, str], None]) -> Iterator[str]:
    """A server that answers each request by hand; its address."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked = self.request.recv(65536).split(b" ")
            path = asked[1].decode() if len(asked) > 1 else ""
            try:
                answer(self.request, path)
            except OSError:
                return

    with _Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def page(body: bytes, **headers: str) -> bytes:
    result = {"Content-Type": "text/html", "Content-Length": str(len(body)), "Connection": "close"}
    result |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in result.items())
    return f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body


def fetch(folder: Path, url: str, **limits: object) -> bytes:
    result: dict[str, object] = {"pause": 0.0, "private": True, "longest": 20.0} | limits
    with Fetcher(folder / "fetched", Limits(**result)) as fetcher:  # type: ignore[arg-type]
        [found] = fetcher.fetch(Source(url, url=url))
    assert found.path
    return found.path.read_bytes()


# How long.


def slowly(sock: socket.socket, content: bytes, first: bytes = b"") -> None:
    sock.sendall(first)
    for place in range(len(content)):
        sock.sendall(content[place : place + 1])
        time.sleep(0.1)


SLOW: dict[str, Callable[[socket.socket, str], None]] = {
    "headers": lambda sock, path: sock.sendall(NO_RULES) if path == "/robots.txt" else slowly(sock, page(PAGE)),
    "robots.txt": lambda sock, path: slowly(sock, page(b"User-agent: *\n" * 50)),
    "the page": lambda sock, path: (
        sock.sendall(NO_RULES)
        if path == "/robots.txt"
        else slowly(sock, page(PAGE * 10)[-600:], page(PAGE * 10)[:-600])
    ),
    "nothing": lambda sock, path: time.sleep(8),
}


@pytest.mark.parametrize("name", SLOW)
def test_the_time_of_a_page_is_that_of_all_of_it(tmp_path: Path, name: str) -> None:
    with serving(SLOW[name]) as url:
        started = time.monotonic()
        with pytest.raises(FetchError, match="took longer than 1 seconds"):
            fetch(tmp_path, f"{url}/page", longest=1.0)
        assert time.monotonic() - started < 6, "each byte came in time, all of them would take a minute"


@pytest.mark.slow
def test_a_rest_that_a_server_asks_for_is_not_counted(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(sock: socket.socket, path: str) -> None:
        asked.append(path)
        if asked.count("/page") == 1 and path == "/page":
            sock.sendall(b"HTTP/1.1 503 Busy\r\nRetry-After: 2\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            sock.sendall(NO_RULES if path == "/robots.txt" else page(PAGE))

    with serving(answer) as url:
        assert fetch(tmp_path, f"{url}/page", longest=1.5) == PAGE


# How large.


def nested(content: bytes, layers: int) -> bytes:
    for _ in range(layers):
        content = gzip.compress(content, 6)
    return content


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_page_that_swells_when_it_is_unpacked_is_refused(tmp_path: Path, layers: int) -> None:
    bomb = nested(bytes(16 << 20), layers)

    def answer(sock: socket.socket, path: str) -> None:
        encoding = ", ".join(["gzip"] * layers)
        sock.sendall(NO_RULES if path == "/robots.txt" else page(bomb, Content_Encoding=encoding))

    with serving(answer) as url, pytest.raises(FetchError, match="larger than 1 MB"):
        fetch(tmp_path, f"{url}/page", largest=1 << 20)


def test_rules_that_swell_count_up_to_where_they_may(tmp_path: Path) -> None:
    rules = gzip.compress(b"User-agent: *\nDisallow: /private\n" + b"# more\n" * (1 << 20))

    def answer(sock: socket.socket, path: str) -> None:
        sock.sendall(page(rules, Content_Encoding="gzip") if path == "/robots.txt" else page(PAGE))

    with serving(answer) as url:
        assert fetch(tmp_path, f"{url}/page") == PAGE
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetch(tmp_path, f"{url}/private/page")


def deflated(content: bytes, *, wrapped: bool) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


PACKED: dict[str, tuple[str, bytes]] = {
    "not at all": ("", PAGE * 99),
    "named and not at all": ("identity", PAGE * 99),
    "gzip": ("gzip", gzip.compress(PAGE * 99)),
    "gzip in two parts": ("x-gzip", gzip.compress(PAGE * 50) + gzip.compress(PAGE * 49)),
    "gzip with a rest": ("gzip", gzip.compress(PAGE * 99) + b"\0\0"),
    "gzip in gzip": ("gzip, gzip", nested(PAGE * 99, 2)),
    "deflate": ("deflate", deflated(PAGE * 99, wrapped=True)),
    "deflate without its head": ("deflate", deflated(PAGE * 99, wrapped=False)),
}


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize("name", PACKED)
def test_what_is_packed_is_unpacked(name: str, size: int) -> None:
    encoding, content = PACKED[name]
    parts = [content[place : place + size] for place in range(0, len(content), size)]
    assert b"".join(unpacked(parts, encoding, 100_000)) == PAGE * 99


@pytest.mark.parametrize("over", [0, 1])
def test_a_page_may_be_as_large_as_the_limit_unpacked(over: int) -> None:
    parts = [gzip.compress(bytes(5000 + over))]
    if over:
        with pytest.raises(TooLargeError):
            list(unpacked(parts, "gzip", 5000))
    else:
        assert b"".join(unpacked(parts, "gzip", 5000)) == bytes(5000)


@pytest.mark.parametrize(
    ("encoding", "content"),
    [("br", PAGE), ("zstd", PAGE), ("gzip", PAGE), ("gzip,gzip,gzip,gzip", nested(PAGE, 4))],
)
def test_what_is_packed_otherwise_is_told(encoding: str, content: bytes) -> None:
    with pytest.raises(PackedError):
        list(unpacked([content], encoding, 1 << 20))


# To whom.


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.8.9.10", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("172.32.0.1", True),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.100.100.200", False),
        ("168.63.129.16", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False),
        ("2606:4700::5efe:10.0.0.1", False),
        ("2606:4700::200:5efe:10.0.0.1", False),
        ("2606:4700::5eff:a00:1", True),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("ff02::1", False),
        ("no address", False),
    ],
)
def test_addresses_of_private_networks_are_told_from_public_ones(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "017700000001", "127.1", "[::1]", "[::ffff:127.0.0.1]"],
)
def test_this_computer_is_not_asked_by_any_of_its_names(tmp_path: Path, host: str) -> None:
    asked: list[str] = []

    def answer(sock: socket.socket, path: str) -> None:
        asked.append(path)
        sock.sendall(NO_RULES if path == "/robots.txt" else page(PAGE))

    with serving(answer) as url, pytest.raises(FetchError) as caught:
        fetch(tmp_path, f"{url.replace('127.0.0.1', host)}/page", private=False, longest=5.0)
    assert asked == []
    assert "private network" in caught.value.message or host.startswith("[::")
    assert caught.value.final or host.startswith("[::")


def test_a_redirect_into_the_own_network_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first server counts as public here; the second does not."""
    asked: list[str] = []

    def inside(sock: socket.socket, path: str) -> None:
        asked.append(path)
        sock.sendall(page(b"secret"))

    with serving(inside) as secret:

        def outside(sock: socket.socket, path: str) -> None:
            moved = f"HTTP/1.1 302 Found\r\nLocation: {secret.replace('127.0.0.1', '127.0.0.2')}/x\r\n"
            sock.sendall(NO_RULES if path == "/robots.txt" else f"{moved}Content-Length: 0\r\n\r\n".encode())

        monkeypatch.setattr(guarded, "is_public", lambda address: address == "127.0.0.1")
        with serving(outside) as url, pytest.raises(FetchError, match=r"private network \(127\.0\.0\.2\)"):
            fetch(tmp_path, f"{url}/page", private=False)
    assert asked == []


def test_a_name_that_means_another_address_by_then_leads_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is public when it is looked up; the connection that is made is looked at again."""
    asked: list[str] = []

    def answer(sock: socket.socket, path: str) -> None:
        asked.append(path)
        sock.sendall(page(PAGE))

    with serving(answer) as url:
        port = int(url.rpartition(":")[2])
        looked_up = {"rebound.example": ["93.184.216.34"]}
        monkeypatch.setattr(guarded, "_looked_up", lambda host, *_: looked_up[host])
        real = SyncBackend.connect_tcp

        def connect(backend: object, host: str, *rest: object, **named: object) -> object:
            assert host == "93.184.216.34", "the address that was looked at is the one that is asked"
            return real(SyncBackend(), "127.0.0.1", port, 5.0)

        monkeypatch.setattr(SyncBackend, "connect_tcp", connect)
        with pytest.raises(FetchError, match=r"private network \(127\.0\.0\.1\)"):
            fetch(tmp_path, "http://rebound.example/page", private=False)
    assert not any(asked), "it was hung up on before a word was said"


def test_a_proxy_is_asked_for_public_addresses_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def proxy(sock: socket.socket, path: str) -> None:
        asked.append(path)
        sock.sendall(NO_RULES if path.endswith("/robots.txt") else page(PAGE))

    with serving(proxy) as url:
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("http_proxy", url)
        names = {"ledger.example": ["93.184.216.34"], "inside.example": ["10.0.0.1"]}

        def look_up(host: str, *_: object) -> list[str]:
            if host not in names:
                raise ConnectError("only the proxy knows it")
            return names[host]

        monkeypatch.setattr(guarded, "_looked_up", look_up)
        assert fetch(tmp_path, "http://ledger.example/page", private=False) == PAGE
        assert fetch(tmp_path, "http://elsewhere.example/page", private=False) == PAGE
        with pytest.raises(FetchError, match="private network"):
            fetch(tmp_path, "http://inside.example/page", private=False)
    assert asked[1::2] == ["http://ledger.example/page", "http://elsewhere.example/page"]


def test_who_wants_the_intranet_says_so(tmp_path: Path) -> None:
    with serving(lambda sock, path: sock.sendall(NO_RULES if path == "/robots.txt" else page(PAGE))) as url:
        assert fetch(tmp_path, f"{url}/page", private=True) == PAGE
