"""Adding an article: an address, a text, or files. Content that is shared from elsewhere only fills in the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from audiogen.server.accounts import Scope
from audiogen.server.api import queue_all
from audiogen.server.intake import FORMS, IntakeError
from audiogen.server.jobs import QueueFullError
from audiogen.server.web.pages import ForgedError, Visit, page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.responses import Response
    from starlette.routing import Route

    from audiogen.server.service import Service

_ADDRESS = re.compile(r"https?://\S+")


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [page(service, "/app/add", _form, Scope.ADD), page(service, "/app/add", _add, Scope.ADD, "POST")]


async def _form(visit: Visit) -> Response:
    """Return the form, filled in with the content from a bookmarklet or another app's "share"."""
    query = visit.request.query_params
    # While somebody pastes, a worker loads its voice.
    visit.service.dispatcher.expect()
    return await _shown(visit, 200, shared(query.get("url", ""), query.get("text", "")))


async def _shown(visit: Visit, status: int = 200, what: str = "", fault: str = "") -> Response:
    """Return the page with the form; *fault* is an error message."""
    base = f"{visit.request.url.scheme}://{visit.request.headers.get('host', '')}"
    voices = await run_in_threadpool(voice_names, visit.service.home.root)
    return visit.page(
        "add.html", status, what=what, fault=fault, voices=voices, bookmarklet=bookmarklet(f"{base}/app/add")
    )


def bookmarklet(address: str) -> str:
    """Return the address of a bookmark that opens this page with another page's address; it fetches nothing.

    >>> bookmarklet("https://audio.example/app/add")
    "javascript:void(location.href='https://audio.example/app/add?url='+encodeURIComponent(location.href))"
    """
    return f"javascript:void(location.href='{address}?url='+encodeURIComponent(location.href))"


def voice_names(library: Path) -> list[str]:
    """Return the names of the voices with cards, including the library's."""
    from audiogen.engines.voices import load_cards

    # What tests speak with is no voice that anybody looks for.
    return sorted(name for name in load_cards((library / "voices",)) if name != "tone")


def shared(url: str, text: str) -> str:
    """Return the shared content: the address in either field, otherwise the text.

    >>> shared("", "Look at this: https://ledger.example/ferry"), shared("", "A line of text.")
    ('https://ledger.example/ferry', 'A line of text.')
    """
    found = _ADDRESS.search(url) or _ADDRESS.search(text)
    return found[0] if found else text.strip()


async def _add(visit: Visit) -> Response:
    """Queue the articles in the form."""
    kind = visit.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in FORMS:
        # A bare document has no place for the token against forged requests; programs send theirs to the API.
        raise ForgedError
    try:
        jobs = await visit.service.intake.take(visit.request, visit.caller.name, visit.check)
        queued = await run_in_threadpool(queue_all, visit.service, jobs)
    except (IntakeError, ClientDisconnect) as error:
        fault = error.message if isinstance(error, IntakeError) else "The rest of the form did not come."
        return await _shown(visit, 422, fault=fault)
    except QueueFullError:
        return await _shown(visit, 429, fault="So many articles wait that no more are taken.")
    return visit.to(f"/app/jobs#job-{queued[0].id}") if len(queued) == 1 else visit.to("/app/jobs", "added")
