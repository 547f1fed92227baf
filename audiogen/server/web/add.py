"""Adding an article: an address, a text, or files. What is shared from elsewhere only fills in the form."""

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
    from starlette.responses import Response
    from starlette.routing import Route

    from audiogen.server.service import Service

_ADDRESS = re.compile(r"https?://\S+")


def routes(service: Service) -> list[Route]:
    """Make the routes."""
    return [page(service, "/app/add", _form, Scope.ADD), page(service, "/app/add", _add, Scope.ADD, "POST")]


async def _form(visit: Visit) -> Response:
    """Show the form, filled in with what a bookmarklet or another app's "share" brought."""
    told = visit.request.query_params
    return visit.page("add.html", what=shared(told.get("url", ""), told.get("text", "")), fault="", wished={})


def shared(url: str, text: str) -> str:
    """Give what was shared: the address, wherever an app put it; else the text.

    >>> shared("", "Look at this: https://ledger.example/ferry"), shared("", "A line of text.")
    ('https://ledger.example/ferry', 'A line of text.')
    """
    found = _ADDRESS.search(url) or _ADDRESS.search(text)
    return found[0] if found else text.strip()


async def _add(visit: Visit) -> Response:
    kind = visit.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in FORMS:
        # A bare document has no place for the token against forged requests; programs send theirs to the API.
        raise ForgedError
    try:
        jobs = await visit.service.intake.take(visit.request, visit.caller.name, visit.check)
        queued = await run_in_threadpool(queue_all, visit.service, jobs)
    except (IntakeError, ClientDisconnect) as error:
        told = error.message if isinstance(error, IntakeError) else "The rest of the form did not come."
        return visit.page("add.html", 422, what="", fault=told, wished={})
    except QueueFullError:
        return visit.page("add.html", 429, what="", fault="So many articles wait that no more are taken.", wished={})
    return visit.to(f"/app/jobs#job-{queued[0].id}") if len(queued) == 1 else visit.to("/app/jobs", "added")
