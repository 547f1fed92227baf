"""The common parts of the app's pages: template, content security policy, login, messages."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from audiogen.server.accounts import Caller, Scope
from audiogen.server.guard import is_same, is_this_machine
from audiogen.untrusted import split_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from jinja2 import Environment
    from starlette.datastructures import FormData
    from starlette.requests import Request

    from audiogen.server.service import Service

    Handler = Callable[["Visit"], Awaitable[Response]]

#: Nothing from elsewhere, nothing inline, in no frame.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "frame-src 'self'"
)
#: Media types of the files in `static`.
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}
#: Path and name of each part of the app, in the order of the navigation.
PARTS = (
    ("/app/queue", "To listen"),
    ("/app/add", "Add"),
    ("/app/jobs", "Jobs"),
    ("/app/episodes", "Episodes"),
    ("/app/show", "Show"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A request for a page of the app, with its caller."""

    service: Service
    request: Request
    caller: Caller

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page."""
        notice = messages().get(self.request.query_params.get("said", ""))
        values |= {
            "caller": self.caller,
            "csrf": self.caller.csrf,
            "parts": PARTS if self.caller.scope >= Scope.READ else (),
            "port": self.service.port or self.request.url.port or 80,
            "path": self.request.url.path,
            "notice": notice,
            "show": self.service.settings.show.title or "audiogen",
        }
        return HTMLResponse(render(template, **values), status, {"Content-Security-Policy": POLICY})

    def to(self, path: str, notice: str = "") -> Response:
        """Redirect to another page, with a message there.

        The script gets the address in a header, because a redirect does not show it the part after the hash.
        """
        before, hash_, part = path.partition("#")
        target = f"{before}{'&' if '?' in before else '?'}said={notice}" if notice else before
        target = f"{target}{hash_}{part}"
        if "x-part" in self.request.headers:
            return Response(status_code=204, headers={"X-Location": target})
        return RedirectResponse(target, 303)

    def refused(self, status: int, message: str) -> Response:
        """Return an error page with a message."""
        return self.page("message.html", status, heading="That did not work", message=message)

    def number(self, name: str) -> int:
        """Return a number in the query, from 0; 0 if it is missing or has more than nine digits."""
        text = self.request.query_params.get(name, "")
        return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0

    async def form(self) -> FormData:
        """Return the form of the request.

        Raises:
            ForgedError: Its token is not that of audiogen's own pages.
        """
        form = await self.request.form(max_files=0, max_fields=100, max_part_size=1 << 20)
        self.check(form)
        return form

    def check(self, form: FormData) -> None:
        """Check the form's token against forged requests.

        Raises:
            ForgedError: The token is wrong or missing.
        """
        if not is_same(str(form.get("csrf", "")), self.caller.csrf):
            raise ForgedError


class ForgedError(Exception):
    """A form with a wrong or an expired token."""


def page(service: Service, path: str, handler: Handler, scope: Scope, method: str = "GET") -> Route:
    """Return the route of a page that needs this scope; callers without it are redirected to the login."""

    async def answer(request: Request) -> Response:
        visit = Visit(service, request, request.state.caller)
        if visit.caller.scope < scope:
            return await _entrance(visit)
        try:
            return await handler(visit)
        except ForgedError:
            return visit.refused(403, "This form is too old, or another site made it. Load the page again.")

    return Route(path, answer, methods=[method])


async def _entrance(visit: Visit) -> Response:
    """Answer a caller who lacks the scope: redirect to the login or the first password, or refuse."""
    request = visit.request
    if visit.caller.scope is not Scope.NOTHING:
        return visit.refused(403, "Your scope does not reach so far.")
    if await run_in_threadpool(visit.service.accounts.has_users):
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        query = f"?next={_quoted(back)}" if request.method == "GET" else ""
        return RedirectResponse(f"/app/login{query}", 303)
    if is_this_machine(request.scope, request.headers):
        return RedirectResponse("/app/first", 303)
    return visit.page("closed.html", 403)


def _quoted(text: str) -> str:
    """Return a text percent-encoded for a query."""
    from urllib.parse import quote

    return quote(text, safe="/")


def local_path(text: str) -> str:
    """Return a path of the app, safe to redirect to; the start page for anything else.

    >>> local_path("/app/add?url=x"), local_path("//evil.example/app"), local_path("https://evil.example")
    ('/app/add?url=x', '/app/add', '/app/add')
    """
    plain = text.startswith("/app/") and "\\" not in text and text.isprintable()
    return text if plain and not split_address(text).netloc else "/app/add"


@cache
def environment() -> Environment:
    """Make the template environment; it escapes all values."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("audiogen.server.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["version"] = version()
    made.filters["length"] = length
    return made


def render(template: str, **values: Any) -> str:
    """Render a template."""
    return environment().get_template(template).render(**values)


def length(seconds: float) -> str:
    """Return a duration in hours and minutes.

    >>> length(20), length(492), length(7384)
    ('1 min', '8 min', '2 h 3 min')
    """
    minutes = max(1, round(seconds / 60))
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


@cache
def messages() -> dict[str, str]:
    """Load the messages that the app shows after an action, by code."""
    text = resources.files("audiogen.server.web").joinpath("messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def static_files() -> dict[str, bytes]:
    """Load style sheet and script."""
    folder = resources.files("audiogen.server.web").joinpath("static")
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


@cache
def version() -> str:
    """Return a digest of the static files: browsers fetch an address with another version again."""
    digest = hashlib.sha256()
    for name, content in sorted(static_files().items()):
        digest.update(name.encode() + content)
    return digest.hexdigest()[:12]


def static_file(request: Request) -> Response:
    """Answer with a file of `static`."""
    name = request.path_params["name"]
    kind = next((kind for ending, kind in TYPES.items() if name.endswith(ending)), None)
    content = static_files().get(name)
    if content is None or kind is None:
        return Response("Not found", 404)
    fresh = request.query_params.get("v") == version()
    kept = "public, max-age=31536000, immutable" if fresh else "no-cache"
    return Response(content, media_type=kind, headers={"Cache-Control": kept})


def worker_file(request: Request) -> Response:
    """Return the service worker; its path limits the folder that it may control."""
    return Response(static_files()["worker.js"], media_type=TYPES[".js"], headers={"Cache-Control": "no-cache"})
