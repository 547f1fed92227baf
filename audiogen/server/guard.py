"""Checks each request to the API, the web app and the metrics, before any other code handles it.

The checks, in this order:

1. the Host header: another name than the server's own means that a foreign site's name leads here (DNS rebinding)
2. whether another site sent the request (`Origin`, `Sec-Fetch-Site`)
3. the caller: the owner of a token or session, or, while no password is set, anyone on this machine
4. if a browser changes something, the token against forged requests, which only audiogen's own pages contain (CSRF)
5. the size of the body
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import json
import re
import socket
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response

from audiogen.server.accounts import Caller, Scope, local_caller
from audiogen.server.rates import Rates, network_of
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Send
    from starlette.types import Scope as Asked

    from audiogen.server.accounts import Accounts

#: Prefixes of the paths that are checked; the others are public.
GUARDED = ("/api/", "/app/", "/metrics")
#: Methods that change nothing.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
#: Name of the session's cookie.
COOKIE = "audiogen_session"
#: Maximum size of a body, in bytes: that of the largest document, and the overhead of a form.
LARGEST_BODY = 66_000_000
#: Maximum size of a body from a client that is not logged in, which only sends a name and a password.
LARGEST_UNKNOWN = 64_000
#: Maximum wait for the next part of a body, in seconds.
_LONGEST_PAUSE = 60.0
#: Endings of names that are never resolved in the public network (RFC 6761, 6762, 8375, ICANN's `.internal`).
_LOCAL_ENDS = (".localhost", ".local", ".lan", ".home", ".internal", ".home.arpa", ".localdomain", ".test")
#: Headers that show that a proxy forwarded the request.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]{1,253})(?::([0-9]{1,5}))?")


class TooLargeError(Exception):
    """The body is larger than allowed."""

    def __init__(self, largest: int) -> None:
        super().__init__(largest)
        self.largest = largest


class TooSlowError(Exception):
    """The next part of the body did not come in time."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names of this server."""

    #: In addition to IP addresses, this machine's own name, and names of local networks.
    names: frozenset[str] = frozenset()

    def knows(self, host: str) -> bool:
        """Return whether a Host header names this server."""
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = match[1].lower().rstrip(".")
        if _address(name) is not None or "." not in name or name.endswith(_LOCAL_ENDS):
            return True
        return name in self.names or name == socket.gethostname().lower()


@dataclass(slots=True)
class RequestGuard:
    """ASGI middleware: checks requests, and passes them to *app* with the caller in `scope["state"]`."""

    app: ASGIApp
    accounts: Accounts
    hosts: Hosts = field(default_factory=Hosts)
    rates: Rates = field(default_factory=Rates)
    #: Sites whose scripts may use the API with a token.
    origins: frozenset[str] = frozenset()
    largest: int = LARGEST_BODY

    async def __call__(self, scope: Asked, receive: Receive, send: Send) -> None:
        """Check one request, and answer it or pass it on."""
        if scope["type"] != "http" or not is_guarded(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        answer = self._preflight(scope, headers) or await self._refusal(scope, headers)
        send = self._with_headers(send, origin if origin in self.origins else "")
        if answer is not None:
            await answer(scope, receive, send)
            return
        known = scope["state"]["caller"].scope > Scope.NOTHING
        await self.app(scope, self._bounded(receive, self.largest if known else LARGEST_UNKNOWN), send)

    async def _refusal(self, scope: Asked, headers: Headers) -> Response | None:
        """Return the response to a refused request; otherwise set the caller in its state and return None."""
        if not self.hosts.knows(headers.get("host", "")):
            message = "This server does not go by that name. If it should: `audiogen serve --allow-host NAME`."
            return PlainTextResponse(message, 400)
        safe = scope["method"] in SAFE_METHODS
        if not safe and self._is_foreign(headers):
            return problem(403, "Another site sent this.")
        caller = await self._caller(scope, headers)
        if isinstance(caller, Response):
            return caller
        if not safe and not self._is_meant(scope, headers, caller):
            return problem(
                403, "The token against forged requests (X-CSRF-Token) is missing or old; load the page again."
            )
        length = headers.get("content-length", "")
        if length and (not length.isdecimal() or int(length) > self.largest):
            return too_large(None, TooLargeError(self.largest))
        scope.setdefault("state", {})["caller"] = caller
        return None

    def _is_foreign(self, headers: Headers) -> bool:
        """Return whether the headers show that a page of another site sent the request."""
        origin = headers.get("origin")
        if origin is not None and origin not in self.origins:
            return split_address(origin).netloc.lower() != headers.get("host", "").lower()
        return origin is None and headers.get("sec-fetch-site", "none") not in ("none", "same-origin")

    async def _caller(self, scope: Asked, headers: Headers) -> Caller | Response:
        """Return the caller by token, session or machine, or the response that refuses the token."""
        kind, _, secret = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return await asyncio.to_thread(self._by_token, scope, secret.strip())
        if session := _cookie(headers):
            found = await asyncio.to_thread(self.accounts.session, session)
            if found is not None:
                return found
        if is_this_machine(scope, headers) and not await asyncio.to_thread(self.accounts.has_users):
            return local_caller(self.accounts)
        return Caller()

    def _by_token(self, scope: Asked, secret: str) -> Caller | Response:
        """Return the caller of a token, or the response that refuses it.

        After too many wrong tokens from an address, any token from there is refused for a while.
        """
        who = client_of(scope)
        if wait := self.rates.wait("token", who):
            return problem(429, "Too many wrong tokens came from this address.", wait)
        found = self.accounts.token(secret)
        if found is None:
            self.rates.count("token", who)
            answer = problem(401, "This token is not known; it may have been revoked.")
            answer.headers["www-authenticate"] = 'Bearer error="invalid_token"'
            return answer
        return found

    def _is_meant(self, scope: Asked, headers: Headers, caller: Caller) -> bool:
        """Return whether one of audiogen's own pages sent a browser's request.

        Forms of the app are checked in `web`.
        """
        if not caller.is_browser or scope["path"].startswith("/app/"):
            return True
        if not caller.session and not any(name in headers for name in ("origin", "sec-fetch-site", "cookie")):
            # While no password is set, programs on this machine need no token. A browser would have sent one of these.
            return True
        return is_same(headers.get("x-csrf-token", ""), caller.csrf)

    def _bounded(self, receive: Receive, largest: int) -> Receive:
        """Limit the size of a body while it is received, whatever its header says."""
        size = 0

        async def bounded() -> Message:
            nonlocal size
            waiting = receive()
            message = await waiting if size < 0 else await _receive_in_time(waiting)
            if message["type"] == "http.request":
                size += len(message.get("body", b""))
                if size > largest:
                    raise TooLargeError(largest)
                if not message.get("more_body"):
                    # After the body, only a message that the client has disconnected is received.
                    size = -1
            return message

        return bounded

    def _preflight(self, scope: Asked, headers: Headers) -> Response | None:
        """Answer a preflight request (CORS): may scripts of another site use the API?"""
        if scope["method"] != "OPTIONS" or "access-control-request-method" not in headers:
            return None
        if headers.get("origin", "") not in self.origins:
            return problem(403, "Scripts of that site may not use this server; `--allow-origin` lets them.")
        allowed = {
            "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
            "access-control-allow-headers": "authorization, content-type, if-match",
            "access-control-max-age": "600",
        }
        return Response(status_code=204, headers=allowed)

    def _with_headers(self, send: Send, origin: str) -> Send:
        """Return a *send* that adds the security headers to each response."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("cache-control", "no-store")
                headers.setdefault("x-content-type-options", "nosniff")
                headers.setdefault("referrer-policy", "same-origin")
                headers.setdefault("x-frame-options", "DENY")
                headers.setdefault("cross-origin-resource-policy", "same-origin")
                headers.add_vary_header("Cookie, Authorization, Origin")
                if origin:
                    headers["access-control-allow-origin"] = origin
                    headers["cross-origin-resource-policy"] = "cross-origin"
            await send(message)

        return sending


async def _receive_in_time(waiting: Any) -> Message:
    """Wait for a message; TooSlowError if it does not come in time."""
    try:
        message: Message = await asyncio.wait_for(waiting, _LONGEST_PAUSE)
    except TimeoutError:
        raise TooSlowError from None
    return message


def is_guarded(path: str) -> bool:
    """Return whether requests to a path are checked."""
    return path in ("/api", "/app") or path.startswith(GUARDED)


def problem(status: int, detail: str, wait: float = 0.0, **more: Any) -> Response:
    """Return an error response (RFC 9457); *wait* is the number of seconds after which to try again."""
    body = {"title": _TITLES.get(status, "Error"), "status": status, "detail": detail, **more}
    headers = {"Retry-After": str(max(1, round(wait)))} if wait else {}
    content = json.dumps(body, ensure_ascii=False)
    return Response(content, status, headers, media_type="application/problem+json")


_TITLES = {
    400: "Bad request", 401: "Who are you?", 403: "Not allowed", 404: "Not found", 405: "Method not allowed",
    408: "Too slow", 409: "Conflict", 413: "Too large", 415: "Kind not read", 422: "Not understood",
    429: "Too many", 503: "Not now",
}  # fmt: skip


def too_large(request: object, error: Exception) -> Response:
    """Return the response to a request with a body that is too large; the rest of it is not read."""
    largest = error.largest if isinstance(error, TooLargeError) else LARGEST_BODY
    limit = f"{largest // 1_000_000} MB" if largest >= 1_000_000 else f"{largest // 1_000} kB"
    answer = problem(413, f"What was sent is larger than {limit}.")
    answer.headers["connection"] = "close"
    return answer


def too_slow(request: object, error: Exception) -> Response:
    """Return the response to a request with a body that stopped arriving."""
    answer = problem(408, "The rest of the body did not come.")
    answer.headers["connection"] = "close"
    return answer


def needs(scope: Scope, caller: Caller) -> Response | None:
    """Return an error response if the caller lacks a scope, else None."""
    if caller.scope >= scope:
        return None
    if caller.scope is Scope.NOTHING:
        message = "Log in, or send a token: `Authorization: Bearer …`."
        answer = problem(401, message)
        answer.headers["www-authenticate"] = "Bearer"
        return answer
    return problem(403, f"This takes a token of scope {scope.name.lower()}.")


def is_this_machine(scope: Asked, headers: Headers) -> bool:
    """Return whether a request comes from this machine itself, and not through a proxy."""
    client = scope.get("client")
    address = _address(client[0]) if client else None
    match = _HOST.fullmatch(headers.get("host", ""))
    if address is None or match is None or any(name in headers for name in _FORWARDED):
        return False
    named = _address(match[1].lower())
    local_name = match[1].lower() == "localhost" or (named is not None and named.is_loopback)
    return address.is_loopback and local_name


def client_of(scope: Asked) -> str:
    """Return the key that a client's attempts are counted under: its network."""
    client = scope.get("client")
    return network_of(client[0]) if client else "nobody"


def is_same(sent: str, expected: str) -> bool:
    """Compare secrets in constant time."""
    return bool(expected) and hmac.compare_digest(sent.encode("utf-8", "replace"), expected.encode())


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return a host name as an IP address; None if it is a name."""
    try:
        parsed = ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None
    return (parsed.ipv4_mapped or parsed) if parsed.version == 6 else parsed


def _cookie(headers: Headers) -> str:
    """Return the value of the session's cookie, or ""."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie is not None else ""
