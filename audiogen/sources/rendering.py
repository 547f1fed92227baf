"""Runs the scripts of one page in Chromium and writes its HTML to stdout; a program that `browser.py` starts.

The browser's proxy, for loopback too, is an address where nothing listens, and each request of the page is intercepted.
Requests that an article may need (scripts and their data) are made here, by the client with limits. All others are
refused: pictures, sound, styles, frames, sockets, workers. So the IP address of each connection is checked, and the
user's cookies are sent only to the page's own host.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audiogen.sources.cookies import cookie_header, renew_cookies
from audiogen.sources.fetching import AGENT
from audiogen.sources.guarded import Clock, open_client, unpacked
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    import httpx
    from playwright.sync_api import Page, Request, Route

#: Resource types that may contain the article.
_KINDS = frozenset({"script", "xhr", "fetch"})
_METHODS = frozenset({"GET", "HEAD", "POST"})
#: Maximum number of requests of a page.
_MAX_REQUESTS = 200
#: Maximum number of redirects of a request.
_REDIRECTS = 5
#: Maximum wait for the network to become idle, in seconds.
_QUIET = 15.0
#: Request headers that are set here, or that belong to a connection.
_OURS = frozenset({"host", "cookie", "accept-encoding", "content-length", "connection", "user-agent"})
_DROPPED = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})
#: Flags that send all traffic, loopback too, to a proxy where nothing listens.
_FLAGS = (
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",
    "--no-first-run",
    "--dns-prefetch-disable",
)
_NOWHERE = "http://127.0.0.1:9"


@dataclass(slots=True)
class Loader:
    """Answers the requests of one page."""

    url: str
    content: bytes
    client: httpx.Client
    #: Number of bytes that may still be loaded.
    left: int
    requests: int = 0
    #: Whether the page itself was delivered.
    given: bool = False

    def answer(self, route: Route, request: Request) -> None:
        """Answer a request: with the page itself, with a fetched resource, or with a refusal."""
        if not self.given and request.is_navigation_request() and request.frame.parent_frame is None:
            self.given = True
            route.fulfill(status=200, body=self.content, content_type="text/html")
            return
        self.requests += 1
        if (
            request.resource_type not in _KINDS
            or request.method not in ("GET", "HEAD", "POST")
            or self.requests > _MAX_REQUESTS
        ):
            route.abort()
            return
        try:
            route.fulfill(**self._fetched(request))
        except Exception:
            # A private address, too much, or what a server or the way to it does wrong: the scripts are told that.
            route.abort()

    def _fetched(self, request: Request) -> dict[str, Any]:
        """Fetch a resource with redirects and cookies; return the arguments of `Route.fulfill`."""
        url, method, body = request.url, request.method, request.post_data_buffer
        for _ in range(_REDIRECTS):
            headers = {name: value for name, value in request.headers.items() if name.lower() not in _OURS}
            cookies = self._cookies(url)
            with self.client.stream(method, url, headers=headers | cookies, content=body) as response:
                if cookies and response.status_code < 400:
                    renew_cookies(url, response.headers.get_list("set-cookie"))
                if response.has_redirect_location and response.next_request is not None:
                    url, method, body = str(response.next_request.url), response.next_request.method, None
                    continue
                packed = response.headers.get("content-encoding", "")
                content = b"".join(unpacked(response.iter_raw(), packed, self.left))
            self.left -= len(content)
            kept = {name: value for name, value in response.headers.items() if name.lower() not in _DROPPED}
            return {"status": response.status_code, "headers": kept, "body": content}
        raise ValueError("it leads from one address to the next without end")

    def _cookies(self, url: str) -> dict[str, str]:
        """Return the user's cookies for an address on the page's own host; none for other hosts."""
        same = split_address(url).netloc.lower() == split_address(self.url).netloc.lower()
        header = cookie_header(url) if same else ""
        return {"cookie": header} if header else {}


def main() -> None:
    """Read an order (JSON) from stdin, and write the rendered page to stdout."""
    order = json.loads(sys.stdin.buffer.read())
    longest = float(order["longest"])
    clock = Clock()
    client = open_client(
        clock, private=bool(order["private"]), headers={"user-agent": AGENT}, timeout=min(30.0, longest)
    )
    loader = Loader(order["url"], base64.b64decode(order["content"]), client, int(order["largest"]))
    with client, clock.running(longest):
        content = _rendered(loader, order, time.monotonic() + longest)
    if len(content) > int(order["largest"]):
        raise SystemExit("it is too large then")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def _rendered(loader: Loader, order: dict[str, Any], until: float) -> bytes:
    """Load a page in Chromium with the *loader* and return its HTML; *until* is the deadline (monotonic clock)."""
    from playwright.sync_api import Error, sync_playwright

    if order["sandbox"] and hasattr(os, "geteuid") and os.geteuid() == 0:
        raise SystemExit(
            "Chromium has no sandbox for root; run audiogen as another user, or, where a container is sandbox enough, "
            "set `sandbox = false` under [fetch] in your own settings"
        )
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                **({"executable_path": order["program"]} if order["program"] else {"channel": "chrome"}),
                args=list(_FLAGS),
                chromium_sandbox=bool(order["sandbox"]),
                proxy={"server": _NOWHERE},
            )
            context = browser.new_context(service_workers="block", accept_downloads=False, ignore_https_errors=False)
            context.route("**/*", lambda route, request: loader.answer(route, request))
            context.route_web_socket("**/*", lambda socket: socket.close())
            content = _content(context.new_page(), loader.url, until)
            browser.close()
            return content
    except Error as error:
        raise SystemExit(" ".join(error.message.split())[:300]) from error


def _content(page: Page, url: str, until: float) -> bytes:
    """Return the HTML of a page when its network is idle, or when the deadline *until* has passed."""
    from contextlib import suppress

    from playwright.sync_api import TimeoutError as TooLongError

    def left(most: float) -> float:
        return 1000 * max(0.1, min(most, until - time.monotonic()))

    # A dialog would stop the scripts.
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.goto(url, wait_until="domcontentloaded", timeout=left(1e6))
    with suppress(TooLongError):
        page.wait_for_load_state("networkidle", timeout=left(_QUIET))
    return page.content().encode("utf-8", "replace")


if __name__ == "__main__":
    main()
