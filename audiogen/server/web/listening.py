"""The queue of what is to be listened to, and an episode's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from audiogen.episodes import listened, move, publish, remove, restore, unlistened, withdraw
from audiogen.errors import NoEpisodeError
from audiogen.server.accounts import Scope
from audiogen.server.api import call_of
from audiogen.server.resources import episode_resource
from audiogen.server.web.pages import Visit, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.routing import Route

    from audiogen.server.service import Service

#: What can be done with an episode: the verb of the library, and what is said then.
_ACTIONS: dict[str, tuple[Callable[..., object], str]] = {
    "listened": (listened, "listened"),
    "unlistened": (unlistened, "unlistened"),
    "remove": (remove, "removed"),
    "restore": (restore, "restored"),
    "publish": (publish, "published"),
    "withdraw": (withdraw, "withdrawn"),
}


def routes(service: Service) -> list[Route]:
    """Make the routes."""
    return [
        page(service, "/app/queue", _queue, Scope.READ),
        page(service, "/app/queue/{slug}", _move, Scope.ADMIN, "POST"),
        page(service, "/app/episodes/{slug}", _episode, Scope.READ),
        page(service, "/app/episodes/{slug}/{action}", _act, Scope.ADMIN, "POST"),
    ]


async def _queue(visit: Visit) -> Response:
    def told() -> list[dict[str, Any]]:
        contents = visit.service.catalog.contents()
        addresses = call_of(visit.service, visit.request, visit.caller).addresses
        return [
            episode_resource(contents.by_slug[slug], contents.entries.get(slug), addresses) for slug in contents.queue
        ]

    episodes = await run_in_threadpool(told)
    return visit.page("queue.html", episodes=episodes, seconds=sum(one["duration"] for one in episodes))


async def _move(visit: Visit) -> Response:
    """Give an episode another place in the queue."""
    form = await visit.form()
    place, slug = str(form.get("place", "")), visit.request.path_params["slug"]
    if not place.isdecimal():
        return visit.refused(422, "A place in the queue is a number from 0.")
    try:
        await run_in_threadpool(_moved, visit, slug, int(place))
    except NoEpisodeError as error:
        return visit.refused(404, error.message)
    return visit.to(f"/app/queue#{slug}")


def _moved(visit: Visit, slug: str, place: int) -> None:
    move(visit.service.library, slug, place, by=visit.caller.name)


async def _episode(visit: Visit) -> Response:
    contents = await run_in_threadpool(visit.service.catalog.contents)
    row = contents.by_slug.get(visit.request.path_params["slug"])
    if row is None:
        return visit.refused(404, "There is no such episode.")
    addresses = call_of(visit.service, visit.request, visit.caller).addresses
    told = episode_resource(row, contents.entries.get(row.slug), addresses)
    return visit.page("episode.html", episode=told)


async def _act(visit: Visit) -> Response:
    await visit.form()
    slug, action = visit.request.path_params["slug"], visit.request.path_params["action"]
    if action not in _ACTIONS:
        return visit.refused(404, "There is nothing of that name to do.")
    verb, said = _ACTIONS[action]
    try:
        await run_in_threadpool(_done, verb, visit, slug)
    except NoEpisodeError as error:
        return visit.refused(404, error.message)
    return visit.to(f"/app/episodes/{slug}", said)


def _done(verb: Callable[..., object], visit: Visit, slug: str) -> None:
    verb(visit.service.library, slug, by=visit.caller.name)
