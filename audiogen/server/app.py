"""The whole application: request guard, API, web app, health, and the public pages of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette

from audiogen.errors import LibraryError
from audiogen.server import api, health, web
from audiogen.server.guard import Hosts, RequestGuard, TooLargeError, TooSlowError, too_large, too_slow
from audiogen.server.public import PublicSite, public_routes, unreachable
from audiogen.untrusted import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp

    from audiogen.server.service import Service


def build_server(service: Service, *, hosts: Iterable[str] = (), origins: Iterable[str] = ()) -> ASGIApp:
    """Make the ASGI application. *hosts* are its names besides local ones; scripts of *origins* may use the API."""
    site = PublicSite(service.catalog, service.settings, service.home, service.counter)
    routes = [
        *health.routes(service),
        *api.routes(service),
        *web.routes(service),
        *public_routes(site, service.accounts.feed_key),
    ]
    names = {*hosts, host_of(service.settings.show.base_url)} - {""}
    return RequestGuard(
        Starlette(
            routes=routes,
            exception_handlers={TooLargeError: too_large, TooSlowError: too_slow, LibraryError: unreachable},
        ),
        service.accounts,
        Hosts(frozenset(name.lower() for name in names)),
        service.rates,
        frozenset(origins),
    )
