"""Fetches pages by their addresses, politely and with limits, and keeps them in the library's cache.

A host gets one request at a time, with a pause after each; robots.txt is obeyed (RFC 9309); the size of a page and the
time for it are limited. A host for which the user has stored cookies gets them (`cookies.py`). Fetched pages stay in
the library and are not fetched again. Feeds are, with a conditional request, because they change.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import threading
import time
from collections import defaultdict, deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from audiogen import __version__
from audiogen.errors import FetchError
from audiogen.private import write_readable_by_owner
from audiogen.retrying import TRANSIENT_STATUSES, RetryPolicy, retry_after
from audiogen.sources.cookies import cookie_header, renew_cookies
from audiogen.untrusted import (
    is_charset,
    join_address,
    public_address,
    secrets_of,
    split_address,
    without_values,
)

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    import httpx

    from audiogen.model import Source
    from audiogen.sources.guarded import Clock

_log = logging.getLogger(__name__)
#: The user agent; robots.txt is matched with the part before the slash.
AGENT = f"audiogen/{__version__}"
_REDIRECTS = 10
#: Media types besides text that are accepted; the bytes decide what the file is. Servers send octet-stream if they do
#: not know the type.
_DOCUMENTS = frozenset({
    "application/pdf", "application/x-pdf", "application/epub+zip", "message/rfc822", "multipart/related",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/json",
    "application/x-webarchive", "application/octet-stream", "binary/octet-stream",
})  # fmt: skip
#: Status codes after which a retry cannot help.
_FINAL = frozenset((400, 401, 402, 403, 404, 405, 406, 410, 451))
#: Headers of conditional requests, and the stored facts that they send.
_CONDITIONS = {"if-none-match": "etag", "if-modified-since": "modified"}
#: Maximum length, in characters, of a server's or the network's error message in ours.
_LONGEST_REASON = 200
#: Maximum wait, in seconds, that a server may ask for by Retry-After (a longer one is an error until the next run) or
#: Crawl-delay.
_LONGEST_WAIT = 60.0
#: Maximum number of requests for an address.
_TRIES = 2
#: Number of bytes of robots.txt that are read (RFC 9309 requires at least 500 KiB).
_ROBOTS_LARGEST = 512 << 10


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of size, time and rate for fetching."""

    #: Maximum size of a page, in bytes.
    largest: int = 20 << 20
    #: Maximum time for a page, in seconds, from the request to the last byte.
    longest: float = 60.0
    #: Seconds between two requests to a host.
    pause: float = 1.0
    #: Number of hosts that are fetched from at the same time.
    hosts: int = 16
    #: Whether addresses of private networks (this computer, the router, the intranet) are fetched.
    private: bool = False
    #: Whether a browser, if installed, runs the scripts of pages without text, and whether it runs in its sandbox.
    browser: bool = True
    sandbox: bool = True


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """The content of a response."""

    content: bytes
    #: The final address, after redirects.
    url: str
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Fetches addresses in background threads, and keeps the pages in a cache folder."""

    def __init__(self, cache: Path, limits: Limits | None = None) -> None:
        """Use the folder *cache*, which is created when the first page is stored."""
        self._cache = cache
        self._limits = limits or Limits()
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[tuple[Future[list[Source]], Source]]] = defaultdict(deque)
        self._busy: set[str] = set()
        self._robots: dict[str, Any] = {}
        self._client: httpx.Client | None = None
        self._clock: Clock | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._closed = threading.Event()
        #: One browser runs at a time.
        self._rendering = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        if self._client is not None:
            self._client.close()

    def submit(self, source: Source) -> Future[list[Source]]:
        """Fetch a source's address in the background.

        The future's result is the source with the path of its page, or the sources that a feed lists. Its errors are
        `FetchError`, and `ReadError` for a broken feed.
        """
        future: Future[list[Source]] = Future()
        host = split_address(source.url).netloc.lower()
        if not host:
            future.set_exception(
                FetchError(source.url, f"{source.url} is no address of a page: it names no host.", final=True)
            )
            return future
        with self._lock:
            self._pool = self._pool or ThreadPoolExecutor(self._limits.hosts, thread_name_prefix="audiogen-fetch")
            self._waiting[host].append((future, source))
            if host not in self._busy:
                self._busy.add(host)
                self._pool.submit(self._serve, host)
        return future

    def fetch(self, source: Source) -> list[Source]:
        """Fetch a source's address now; return the source with the path of its page, or the sources of a feed.

        Raises:
            FetchError: The page cannot be fetched.
            ReadError: The feed is broken.
        """
        from audiogen.sources.feeds import feed_sources, is_feed

        kept = self._kept(source.url)
        memory = _stored_facts(kept)
        if memory.get("unfilled") or self.is_outdated(source):
            memory = {}
        elif kept.is_file() and not _is_feed_file(kept):
            return [replace(source, path=kept)]
        page = self._get(source.url, memory)
        content = page.content if page else kept.read_bytes()
        if page:
            filled, fault = self._filled(page)
            content = filled.content
            stored = _without_secrets(filled, source.url)
            self._keep(kept, stored, subscriber=_is_subscribed(source.url, page.url), unfilled=fault is not None)
            if fault is not None:
                raise fault
        if is_feed(content):
            return [replace(entry, origin=source.origin) for entry in feed_sources(content, source.url)]
        return [replace(source, path=kept)]

    def is_outdated(self, source: Source) -> bool:
        """Return whether a new request for an address may return more than the cached page.

        This is so if it was fetched without cookies that are stored now, or without a browser that is available now.
        """
        memory = _stored_facts(self._kept(source.url))
        if memory.get("unfilled") and self._limits.browser and _has_browser():
            return True
        return _is_subscribed(source.url, memory.get("url", "")) and not memory.get("subscriber")

    def _filled(self, page: FetchedPage) -> tuple[FetchedPage, FetchError | None]:
        """Return the page as a browser renders it if it has no text without scripts, and the error if that failed."""
        from audiogen.sources.browser import FEW, NONE, count_visible_letters, find_browser, how_to_install, render

        seen = count_visible_letters(page.content)
        if seen is None or seen >= FEW or not self._limits.browser:
            return page, None
        if find_browser() is None:
            message = f"{page.url} shows nothing until its scripts run, which takes a browser: {how_to_install()}"
            fault = FetchError(page.url, message, final=True)
        else:
            try:
                with self._rendering:
                    return replace(page, content=render(page.url, page.content, self._limits)), None
            except FetchError as error:
                fault = error
        # A little text may be all there is.
        return page, fault if seen < NONE else None

    def _serve(self, host: str) -> None:
        """Fetch the waiting addresses of one host, one after another, with pauses."""
        while True:
            with self._lock:
                if not self._waiting[host]:
                    self._busy.discard(host)
                    return
                future, source = self._waiting[host].popleft()
            if self._closed.is_set():
                future.cancel()
                continue
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self.fetch(source))
            except Exception as error:
                future.set_exception(error)

    def _kept(self, url: str) -> Path:
        """Return the path of an address in the cache."""
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        return self._cache.absolute() / name[:2] / f"{name}.html"

    def _keep(self, path: Path, page: FetchedPage, *, subscriber: bool, unfilled: bool) -> None:
        """Store a page and its facts in the cache, readable only by the user."""
        path.parent.mkdir(parents=True, exist_ok=True)
        facts: dict[str, object] = {"url": public_address(page.url), "etag": page.etag, "modified": page.modified}
        facts["fetched"] = int(time.time())
        facts |= {name: True for name, is_so in (("subscriber", subscriber), ("unfilled", unfilled)) if is_so}
        for target, content in ((path.with_suffix(".json"), json.dumps(facts).encode()), (path, page.content)):
            # A page may show what only its reader should see.
            write_readable_by_owner(target, content)

    def _get(self, url: str, memory: dict[str, str]) -> FetchedPage | None:
        """Fetch a page and follow redirects; None if the server says that the cached page is still valid.

        `robots.txt`, redirects and the body share the time limit of one page; pauses do not count.

        Raises:
            FetchError: The page cannot be fetched.
        """
        asked = url
        _, clock = self._open()
        with clock.running(self._limits.longest):
            for _ in range(_REDIRECTS):
                self._ask_robots(url)
                answer = self._request(url, memory)
                if isinstance(answer, str):
                    url = _followed(url, answer)
                else:
                    return answer
        raise FetchError(asked, f"{asked} leads from one address to the next without end.", final=True)

    def _request(self, url: str, memory: dict[str, str] | None = None) -> FetchedPage | str | None:
        """Send a request, and repeat it once after a pause if the server or the network fails."""
        import httpx

        from audiogen.sources.guarded import PrivateAddressError

        policy = RetryPolicy(_TRIES, self._limits.pause, _LONGEST_WAIT)
        for attempt in range(policy.tries):
            again = not policy.is_last(attempt)
            try:
                headers = _conditions(memory or {}) | _cookies(url)
                with self._open()[0].stream("GET", url, headers=headers) as response:
                    asked = retry_after(response.headers.get("retry-after"))
                    patient = asked is None or asked <= policy.longest_wait
                    if again and response.status_code in TRANSIENT_STATUSES and patient:
                        self._wait(policy.wait(attempt, asked))
                        continue
                    # Without what an address asks for: it may hold a key.
                    _log.debug("Fetched %s: answer %d.", public_address(url).partition("?")[0], response.status_code)
                    if response.status_code < 400:
                        renew_cookies(url, response.headers.get_list("set-cookie"))
                    return self._read(url, response)
            except PrivateAddressError as error:
                raise _private(url, error) from error
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                self._hold_time(url, error)
                _hold_address(url, error)
                if not again:
                    raise FetchError(url, f"{url} could not be fetched ({_reason(error)}). Try again later.") from error
            finally:
                self._wait(self._limits.pause)
        raise AssertionError("the last try returns or raises")

    def _read(self, url: str, response: httpx.Response) -> FetchedPage | str | None:
        """Return the page of a response, the target of a redirect, or None if the stored copy is still valid."""
        status = response.status_code
        if status == 304 and any(name in response.request.headers for name in _CONDITIONS):
            return None
        if response.has_redirect_location:
            return str(response.headers["location"])
        if status == 304 or status >= 400:
            what = {404: "is not there any more", 410: "is gone", 403: "may not be read", 401: "asks for a login"}
            reason = what.get(status, "was not given")
            raise FetchError(url, f"{url} {reason} (answer {status}).", final=status in _FINAL)
        kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
        is_document = kind in _DOCUMENTS
        if kind and not (is_document or kind.startswith("text/") or "html" in kind or kind.endswith(("/xml", "+xml"))):
            raise FetchError(url, f"{url} is no page of text, nor a document, but {kind}.", final=True)
        body = self._body(url, response)
        content = body if is_document else _in_utf8(body, response.charset_encoding)
        headers = response.headers
        return FetchedPage(content, str(response.url), headers.get("etag", ""), headers.get("last-modified", ""))

    def _body(self, url: str, response: httpx.Response) -> bytes:
        """Return the decompressed body of a response; FetchError if it is too large or cannot be decompressed."""
        from audiogen.sources.guarded import PackedError, TooLargeError, unpacked

        largest = self._limits.largest
        try:
            return b"".join(unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), largest))
        except TooLargeError:
            raise FetchError(url, f"{url} is larger than {largest >> 20} MB.", final=True) from None
        except PackedError as error:
            raise FetchError(url, f"{url} is packed in a way that is not read ({error}).", final=True) from error

    def _hold_time(self, url: str, error: Exception) -> None:
        """Check the time limit of the page; *error* is the cause of the exception.

        Raises:
            FetchError: The time is over.
        """
        _, clock = self._open()
        if clock.until is not None and time.monotonic() >= clock.until:
            raise FetchError(url, f"{url} took longer than {self._limits.longest:g} seconds.") from error

    def _ask_robots(self, url: str) -> None:
        """Check the host's robots.txt, and take its crawl delay over.

        Raises:
            FetchError: It disallows the address, or could not be fetched, which RFC 9309 treats as a complete disallow.
        """
        parts = split_address(url)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            self._robots[root] = self._load_robots(root)
        rules = self._robots[root]
        if rules is None:
            return
        if not rules.can_fetch(url, AGENT):
            raise FetchError(
                url, f"{parts.netloc.rpartition('@')[2]} asks programs not to read {url} (robots.txt).", final=True
            )
        with suppress(TypeError, ValueError):
            self._wait(min(float(rules.crawl_delay(AGENT)), _LONGEST_WAIT) - self._limits.pause)

    def _load_robots(self, root: str) -> Any:
        """Return the parsed robots.txt of a host; None if it has none."""
        import httpx
        from protego import Protego

        from audiogen.sources.guarded import PackedError, PrivateAddressError, TooLargeError, unpacked

        content = b""
        try:
            with self._open()[0].stream("GET", f"{root}/robots.txt", follow_redirects=True) as response:
                packed = response.headers.get("content-encoding", "")
                with suppress(TooLargeError, PackedError):
                    for part in unpacked(response.iter_raw(), packed, _ROBOTS_LARGEST):
                        content += part
        except PrivateAddressError as error:
            raise _private(root, error) from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            self._hold_time(root, error)
            _hold_address(root, error)
            raise FetchError(root, f"{root} could not be reached ({_reason(error)}). Try again later.") from error
        if response.status_code >= 500:
            raise FetchError(root, f"{root} cannot tell what it allows (answer {response.status_code}).")
        text = content[:_ROBOTS_LARGEST].decode("utf-8-sig", "replace")
        return Protego.parse(text) if response.status_code < 400 else None

    def _open(self) -> tuple[httpx.Client, Clock]:
        """Return the client, and the clock that limits its connections."""
        with self._lock:
            if self._client is None or self._clock is None:
                from audiogen.sources.guarded import Clock, open_client

                headers = {"user-agent": AGENT, "accept": "text/html,application/xhtml+xml,*/*;q=0.5"}
                limits, self._clock = self._limits, Clock()
                self._client = open_client(
                    self._clock, private=limits.private, headers=headers, timeout=min(30.0, limits.longest)
                )
            return self._client, self._clock

    def _wait(self, seconds: float) -> None:
        """Wait, without counting the time against the page's limit."""
        started = time.monotonic()
        self._rest(seconds)
        self._open()[1].put_off(time.monotonic() - started)

    def _rest(self, seconds: float) -> None:
        """Wait until the seconds are over or the fetcher is closed."""
        if seconds > 0:
            self._closed.wait(min(seconds, _LONGEST_WAIT))


def _private(url: str, error: Exception) -> FetchError:
    """Return the error for an address that leads into a private network."""
    reason = f"{url} leads into a private network ({error}), which is not read unless you allow it"
    return FetchError(url, f"{reason}: `private = true` under [fetch] in your own settings.", final=True)


def _followed(url: str, answer: str) -> str:
    """Return the address that a redirect leads to; FetchError if it is not an HTTP address."""
    following = join_address(url, answer)
    parts = split_address(following)
    if not parts.netloc or parts.scheme not in ("http", "https"):
        shown = repr(answer[:_LONGEST_REASON])
        raise FetchError(url, f"{url} leads to {shown}, which is no address of the web.", final=True)
    return following


def _without_secrets(page: FetchedPage, asked: str) -> FetchedPage:
    """Return the page without the secrets of its addresses, which its content may repeat.

    Feeds are exempt: the addresses of their entries may need them, and they are not stored.
    """
    from audiogen.sources.feeds import is_feed

    content = without_values(page.content, secrets_of(asked) | secrets_of(page.url))
    if content != page.content and is_feed(content):
        return replace(page, content=content, etag="", modified="")
    return replace(page, content=content)


def _is_feed_file(path: Path) -> bool:
    """Return whether a file is a feed, by its first 2,048 bytes."""
    from audiogen.sources.feeds import is_feed

    with path.open("rb") as file:
        return is_feed(file.read(2048))


def _has_browser() -> bool:
    """Return whether a browser is available."""
    from audiogen.sources.browser import find_browser

    return find_browser() is not None


def _cookies(url: str) -> dict[str, str]:
    """Return the request header with the user's cookies for an address, or none."""
    header = cookie_header(url)
    return {"cookie": header} if header else {}


def _is_subscribed(*urls: str) -> bool:
    """Return whether the user's cookies went to one of the addresses."""
    return any(map(cookie_header, urls))


def _stored_facts(path: Path) -> dict[str, str]:
    """Return the stored facts of a cached page: its final address, validators and flags; empty if there are none."""
    try:
        facts: dict[str, str] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if path.is_file() else {}


def _conditions(memory: dict[str, str]) -> dict[str, str]:
    """Return the headers of a conditional request for a page with the facts *memory*."""
    return {name: value for name, mark in _CONDITIONS.items() if (value := memory.get(mark))}


def _in_utf8(content: bytes, charset: str | None) -> bytes:
    """Return a page in UTF-8 if only the response header names its charset; otherwise unchanged."""
    if not charset or not is_charset(charset) or charset.lower().replace("-", "") in ("utf8", "usascii", "ascii"):
        return content
    try:
        return b"\xef\xbb\xbf" + content.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return content


def _hold_address(url: str, error: Exception) -> None:
    """Check whether a request failed because an address, the requested one or a redirect's target, is invalid.

    Raises:
        FetchError: It did.
    """
    import httpx

    by_type = isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL | UnicodeError)
    if by_type or (isinstance(error, httpx.RemoteProtocolError) and "location header" in str(error)):
        what = f"{url} is no address that can be fetched, or leads to one ({_reason(error)})."
        raise FetchError(url, what, final=True) from error


def _reason(error: Exception) -> str:
    """Return the message of a network error, shortened, and without the system's error number."""
    reason = re.sub(r"\[Errno -?\d+\] ", "", str(error)) or type(error).__name__
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}…"
