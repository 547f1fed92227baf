"""Fetching what is only an address: politely, within limits, and never twice.

One request at a time goes to a host, with a pause after it; robots.txt is kept (RFC 9309); a page may be so large and
take so long. A host that the user has kept cookies for gets them (`cookies.py`). What was fetched stays in the library,
and is not asked for again; only feeds are, since they change, and they are asked whether they did.
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
#: Our name as a user agent; robots.txt is asked about the part before the slash.
AGENT = f"audiogen/{__version__}"
_REDIRECTS = 10
#: Kinds of files besides text that are read like files of that kind; what they are, their bytes tell. Servers that do
#: not know a file's kind call it a stream of octets.
_DOCUMENTS = frozenset({
    "application/pdf", "application/x-pdf", "application/epub+zip", "message/rfc822", "multipart/related",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/json",
    "application/x-webarchive", "application/octet-stream", "binary/octet-stream",
})  # fmt: skip
#: Statuses after which another try would not help: gone, forbidden, behind a login, withheld for legal reasons.
_FINAL = frozenset((400, 401, 402, 403, 404, 405, 406, 410, 451))
#: What asks for a page only where it is another one than we remember, and what we remember of it.
_CONDITIONS = {"if-none-match": "etag", "if-modified-since": "modified"}
#: How much is told of what the network, or a server, says is wrong.
_LONGEST_REASON = 200
#: Longest that a server may make us wait, in seconds, by Retry-After (who asks for more is left for another run) or
#: Crawl-delay.
_LONGEST_WAIT = 60.0
#: How often an address is asked for.
_TRIES = 2
#: Bytes of robots.txt that count (RFC 9309 asks for 500 KiB at least).
_ROBOTS_LARGEST = 512 << 10


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how large, how fast."""

    #: Bytes of a page.
    largest: int = 20 << 20
    #: Seconds for a page, from the first byte asked to the last one read.
    longest: float = 60.0
    #: Seconds between two requests to a host.
    pause: float = 1.0
    #: Hosts that are asked at once.
    hosts: int = 16
    #: Whether addresses of private networks are fetched: one's own computer, the router, the intranet.
    private: bool = False
    #: Whether a browser, if there is one, fills in pages that only scripts fill; and whether it runs in its sandbox.
    browser: bool = True
    sandbox: bool = True


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What a server gave."""

    content: bytes
    #: Where it was in the end.
    url: str
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Fetches addresses in the background, and keeps what it got."""

    def __init__(self, cache: Path, limits: Limits | None = None) -> None:
        """Take the folder to keep pages in; it is made with the first one."""
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

        The result is the source with the file that its page is in, or the sources that a feed lists. Errors are
        `FetchError`, and `ReadError` of a broken feed.
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
        """Fetch a source's address now."""
        from audiogen.sources.feeds import feed_sources, is_feed

        kept = self._kept(source.url)
        memory = _memory(kept)
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
        """Return whether an address gives more now than what is kept of it.

        That was for everybody, and there are cookies of a subscriber's now; or it was to be filled in by scripts.
        """
        memory = _memory(self._kept(source.url))
        if memory.get("unfilled") and self._limits.browser and _has_browser():
            return True
        return _is_subscribed(source.url, memory.get("url", "")) and not memory.get("subscriber")

    def _filled(self, page: FetchedPage) -> tuple[FetchedPage, FetchError | None]:
        """Return a page as scripts fill it, where it holds nothing without them; and why that was not possible."""
        from audiogen.sources.browser import FEW, NONE, find_browser, how_to_install, letters_seen, render

        seen = letters_seen(page.content)
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
        """Fetch what is asked of one host, one after another, with a pause between."""
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
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        return self._cache.absolute() / name[:2] / f"{name}.html"

    def _keep(self, path: Path, page: FetchedPage, *, subscriber: bool, unfilled: bool) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        facts: dict[str, object] = {"url": public_address(page.url), "etag": page.etag, "modified": page.modified}
        facts["fetched"] = int(time.time())
        facts |= {name: True for name, is_so in (("subscriber", subscriber), ("unfilled", unfilled)) if is_so}
        for target, content in ((path.with_suffix(".json"), json.dumps(facts).encode()), (path, page.content)):
            # A page may show what only its reader should see.
            write_readable_by_owner(target, content)

    def _get(self, url: str, memory: dict[str, str]) -> FetchedPage | None:
        """Fetch a page, following redirects; return None if the server says that the page we have is current.

        All of it has the time of one page: `robots.txt`, redirects, headers and what is read. Only rests do not count.
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
        """Ask once, and once more after a while where the server or the way to it failed."""
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
        from audiogen.sources.guarded import PackedError, TooLargeError, unpacked

        largest = self._limits.largest
        try:
            return b"".join(unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), largest))
        except TooLargeError:
            raise FetchError(url, f"{url} is larger than {largest >> 20} MB.", final=True) from None
        except PackedError as error:
            raise FetchError(url, f"{url} is packed in a way that is not read ({error}).", final=True) from error

    def _hold_time(self, url: str, error: Exception) -> None:
        """Raise an error if the time is over.

        Raises:
            FetchError: it is.
        """
        _, clock = self._open()
        if clock.until is not None and time.monotonic() >= clock.until:
            raise FetchError(url, f"{url} took longer than {self._limits.longest:g} seconds.") from error

    def _ask_robots(self, url: str) -> None:
        """Keep to the host's robots.txt.

        Raises:
            FetchError: it asks us not to read the address, or cannot be had (which RFC 9309 tells us to take as a no).
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
        """Fetch and parse a host's robots.txt; None if it has none."""
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
        """Rest, and do not count it to the page's time."""
        started = time.monotonic()
        self._rest(seconds)
        self._open()[1].put_off(time.monotonic() - started)

    def _rest(self, seconds: float) -> None:
        if seconds > 0:
            self._closed.wait(min(seconds, _LONGEST_WAIT))


def _private(url: str, error: Exception) -> FetchError:
    reason = f"{url} leads into a private network ({error}), which is not read unless you allow it"
    return FetchError(url, f"{reason}: `private = true` under [fetch] in your own settings.", final=True)


def _followed(url: str, answer: str) -> str:
    """Return the address that a redirect leads to."""
    following = join_address(url, answer)
    parts = split_address(following)
    if not parts.netloc or parts.scheme not in ("http", "https"):
        shown = repr(answer[:_LONGEST_REASON])
        raise FetchError(url, f"{url} leads to {shown}, which is no address of the web.", final=True)
    return following


def _without_secrets(page: FetchedPage, asked: str) -> FetchedPage:
    """Remove the secrets of the addresses by which a page was fetched from what it repeats of them.

    A feed's entries may need them: it is asked for again in full.
    """
    from audiogen.sources.feeds import is_feed

    content = without_values(page.content, secrets_of(asked) | secrets_of(page.url))
    if content != page.content and is_feed(content):
        return replace(page, content=content, etag="", modified="")
    return replace(page, content=content)


def _is_feed_file(path: Path) -> bool:
    from audiogen.sources.feeds import is_feed

    with path.open("rb") as file:
        return is_feed(file.read(2048))


def _has_browser() -> bool:
    from audiogen.sources.browser import find_browser

    return find_browser() is not None


def _cookies(url: str) -> dict[str, str]:
    header = cookie_header(url)
    return {"cookie": header} if header else {}


def _is_subscribed(*urls: str) -> bool:
    """Return whether the user's cookies went to one of the addresses."""
    return any(map(cookie_header, urls))


def _memory(path: Path) -> dict[str, str]:
    """Recall how the kept page was marked by its server."""
    try:
        facts: dict[str, str] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if path.is_file() else {}


def _conditions(memory: dict[str, str]) -> dict[str, str]:
    return {name: value for name, mark in _CONDITIONS.items() if (value := memory.get(mark))}


def _in_utf8(content: bytes, charset: str | None) -> bytes:
    """Convert a page to UTF-8 if only the header names its charset."""
    if not charset or not is_charset(charset) or charset.lower().replace("-", "") in ("utf8", "usascii", "ascii"):
        return content
    try:
        return b"\xef\xbb\xbf" + content.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return content


def _hold_address(url: str, error: Exception) -> None:
    """Tell of an address that nothing can be asked of: the one that was asked, or one that an answer leads to.

    Raises:
        FetchError: it is why the request ended.
    """
    import httpx

    by_type = isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL | UnicodeError)
    if by_type or (isinstance(error, httpx.RemoteProtocolError) and "location header" in str(error)):
        what = f"{url} is no address that can be fetched, or leads to one ({_reason(error)})."
        raise FetchError(url, what, final=True) from error


def _reason(error: Exception) -> str:
    """Say what an error of the network is, without the system's number for it, and without all that a server sent."""
    reason = re.sub(r"\[Errno -?\d+\] ", "", str(error)) or type(error).__name__
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}…"
