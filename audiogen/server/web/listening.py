"""The queue, the list of all episodes, and an episode's page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from audiogen.episodes import listened, move, publish, remove, restore, unlistened, withdraw
from audiogen.errors import NoEpisodeError
from audiogen.server.accounts import Scope
from audiogen.server.api import call_of
from audiogen.server.plays import take_beacon
from audiogen.server.resources import episode_resource, plays_resource
from audiogen.server.web.pages import Visit, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.routing import Route

    from audiogen.episodes import Row
    from audiogen.server.service import Service

#: Number of episodes on a page.
_STEP = 100
#: States of an episode that has sound.
_HEARD = ("to listen", "listened", "draft")
#: Actions by name: the library's function, and the message after it.
_ACTIONS: dict[str, tuple[Callable[..., object], str]] = {
    "listened": (listened, "listened"),
    "unlistened": (unlistened, "unlistened"),
    "remove": (remove, "removed"),
    "restore": (restore, "restored"),
    "publish": (publish, "published"),
    "withdraw": (withdraw, "withdrawn"),
}


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        page(service, "/app/queue", _queue, Scope.READ),
        page(service, "/app/queue/{slug}", _move, Scope.ADMIN, "POST"),
        page(service, "/app/episodes", _list, Scope.READ),
        page(service, "/app/episodes/{slug}", _episode, Scope.READ),
        page(service, "/app/plays/{slug}", _played, Scope.READ, "POST"),
        page(service, "/app/episodes/{slug}/{action}", _act, Scope.ADMIN, "POST"),
    ]


async def _queue(visit: Visit) -> Response:
    """Return the page of the queue."""
    first = visit.number("from")

    def load() -> dict[str, Any]:
        contents = visit.service.catalog.contents()
        addresses = call_of(visit.service, visit.request, visit.caller).addresses
        rows = [contents.by_slug[slug] for slug in contents.queue]
        shown = rows[first : first + _STEP]
        return {
            "episodes": [episode_resource(row, contents.entries.get(row.slug), addresses) for row in shown],
            "seconds": sum(row.seconds for row in rows),
            "count": len(rows),
        }

    return visit.page("queue.html", **await run_in_threadpool(load), first=first, step=_STEP)


async def _list(visit: Visit) -> Response:
    """Return the page of all episodes, the last added first, or of those with some words and a state."""
    first, query = visit.number("from"), visit.request.query_params
    state, words = query.get("state", ""), query.get("q", "")[:200].casefold().split()

    def load() -> list[Row]:
        return [row for row in visit.service.catalog.contents().rows if _is_wanted(row, state, words)]

    rows = await run_in_threadpool(load)
    shown = rows[first : first + _STEP]
    return visit.page(
        "episodes.html", episodes=shown, count=len(rows), first=first, step=_STEP, q=" ".join(words), state=state
    )


def _is_wanted(row: Row, state: str, words: list[str]) -> bool:
    """Return whether an episode has the state and all the words."""
    text = f"{row.title} {row.site}".casefold() if words else ""
    return (row.state == state if state else row.state != "removed") and all(word in text for word in words)


async def _move(visit: Visit) -> Response:
    """Move an episode in the queue."""
    form = await visit.form()
    index, slug = str(form.get("place", "")), visit.request.path_params["slug"]
    if not index.isdecimal():
        return visit.refused(422, "A place in the queue is a number from 0.")
    try:
        await run_in_threadpool(_moved, visit, slug, int(index))
    except NoEpisodeError as error:
        return visit.refused(404, error.message)
    first = int(index) // _STEP * _STEP
    return visit.to(f"/app/queue?from={first}#{slug}" if first else f"/app/queue#{slug}")


def _moved(visit: Visit, slug: str, index: int) -> None:
    """Move an episode to an index in the queue."""
    entries = visit.service.catalog.public().entries
    move(visit.service.home, slug, index, by=visit.caller.name, entries=entries)


async def _episode(visit: Visit) -> Response:
    """Return the page of an episode, with its text to read along if it has sound."""
    slug = visit.request.path_params["slug"]

    def load() -> dict[str, Any] | None:
        contents = visit.service.catalog.contents()
        row = contents.by_slug.get(slug)
        if row is None:
            return None
        addresses = call_of(visit.service, visit.request, visit.caller).addresses
        manifest = visit.service.home.manifest(slug) if row.state in _HEARD else None
        return {
            "episode": episode_resource(row, contents.entries.get(slug), addresses),
            "paragraphs": paragraphs((manifest or {}).get("script", [])),
            "plays": plays_resource(visit.service.counter, slug) if row.state in _HEARD else None,
        }

    values = await run_in_threadpool(load)
    return visit.page("episode.html", **values) if values else visit.refused(404, "There is no such episode.")


def paragraphs(script: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the sentences of a script, grouped by paragraphs.

    >>> [len(group) for group in paragraphs([{"block": 0}, {"block": 0}, {"block": 1}])]
    [2, 1]
    """
    return [list(group) for _, group in groupby(script, lambda line: (line.get("block"), line.get("role")))]


async def _played(visit: Visit) -> Response:
    """Receive what the app's player reports as heard; the request guard refuses pages of other sites."""
    return await take_beacon(visit.service.counter, visit.request)


async def _act(visit: Visit) -> Response:
    """Do an action with an episode."""
    form = await visit.form()
    slug, action = visit.request.path_params["slug"], visit.request.path_params["action"]
    if action not in _ACTIONS:
        return visit.refused(404, "There is nothing of that name to do.")
    verb, notice = _ACTIONS[action]
    try:
        await run_in_threadpool(_done, verb, visit, slug)
    except NoEpisodeError as error:
        return visit.refused(404, error.message)
    back = "/app/queue" if form.get("back") == "/app/queue" else f"/app/episodes/{slug}"
    return visit.to(back, notice)


def _done(verb: Callable[..., object], visit: Visit, slug: str) -> None:
    """Call an action of the library."""
    verb(visit.service.home, slug, by=visit.caller.name)
