"""All routes of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from audiogen.server.web import add, entry, jobs, listening, review, show, sound
from audiogen.server.web.pages import static_file, worker_file

if TYPE_CHECKING:
    from starlette.requests import Request

    from audiogen.server.service import Service


def routes(service: Service) -> list[Route]:
    """Return the routes of the app."""
    return [
        Route("/app", _begin),
        Route("/app/", _begin),
        Route("/app/static/{name}", static_file),
        Route("/app/worker.js", worker_file),
        *entry.routes(service),
        *add.routes(service),
        *jobs.routes(service),
        *review.routes(service),
        *listening.routes(service),
        *sound.routes(service),
        *show.routes(service),
    ]


async def _begin(request: Request) -> Response:
    """Redirect to the start page."""
    return RedirectResponse("/app/add", 303)
