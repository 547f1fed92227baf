"""The pages for the first password, login and logout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from audiogen.server.accounts import SESSION_DAYS, AccountError, Scope
from audiogen.server.guard import COOKIE, client_of, is_this_machine
from audiogen.server.web.pages import Visit, local_path, page

if TYPE_CHECKING:
    from starlette.routing import Route

    from audiogen.server.service import Service


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        page(service, "/app/first", _first_password, Scope.NOTHING),
        page(service, "/app/first", _set_first, Scope.NOTHING, "POST"),
        page(service, "/app/login", _login, Scope.NOTHING),
        page(service, "/app/login", _log_in, Scope.NOTHING, "POST"),
        page(service, "/app/logout", _log_out, Scope.NOTHING, "POST"),
    ]


async def _first_password(visit: Visit) -> Response:
    """Return the form for the first password.

    Redirect to the login once there is a user; otherwise refuse visitors from other machines with 403.
    """
    if await run_in_threadpool(visit.service.accounts.has_users):
        return visit.to("/app/login")
    if not is_this_machine(visit.request.scope, visit.request.headers):
        return visit.page("closed.html", 403)
    return visit.page("first.html", user="", fault="")


async def _set_first(visit: Visit) -> Response:
    """Set the first password."""
    if not is_this_machine(visit.request.scope, visit.request.headers):
        return visit.page("closed.html", 403)
    if await run_in_threadpool(visit.service.accounts.has_users):
        return visit.to("/app/login")
    form = await visit.form()
    user, password = str(form.get("user", "")).strip(), str(form.get("password", ""))
    if password != str(form.get("again", "")):
        return visit.page("first.html", 422, user=user, fault="The two passwords are not the same.")
    try:
        made = await run_in_threadpool(visit.service.accounts.set_first_password, user, password)
    except AccountError as error:
        return visit.page("first.html", 422, user=user, fault=str(error))
    return await _with_session(visit, user, "/app/add?said=first") if made else visit.to("/app/login")


async def _login(visit: Visit) -> Response:
    """Return the login form."""
    if not await run_in_threadpool(visit.service.accounts.has_users):
        return visit.to("/app/first")
    return visit.page("login.html", user="", fault="", next=local_path(visit.request.query_params.get("next", "")))


async def _log_in(visit: Visit) -> Response:
    """Check a name and a password.

    A forged login form could only log the user in under the forger's name; `Origin` reveals it.
    """
    form = await visit.request.form(max_files=0, max_fields=10, max_part_size=4096)
    user, password = str(form.get("user", "")).strip()[:64], str(form.get("password", ""))
    target, who, rates = local_path(str(form.get("next", ""))), client_of(visit.request.scope), visit.service.rates
    wait = max(rates.wait("password", who), rates.wait("password of", user))
    if wait:
        fault = f"Too many wrong passwords. Try again in {max(1, round(wait / 60))} minutes."
        answer = visit.page("login.html", 429, user=user, fault=fault, next=target)
        answer.headers["Retry-After"] = str(max(1, round(wait)))
        return answer
    # Counted before it is checked: tries that come at once would all be checked otherwise.
    rates.count("password", who)
    rates.count("password of", user)
    if not await run_in_threadpool(visit.service.accounts.check_password, user, password):
        return visit.page("login.html", 401, user=user, fault="Name or password is wrong.", next=target)
    rates.forget("password", who)
    rates.forget("password of", user)
    return await _with_session(visit, user, target)


async def _with_session(visit: Visit, user: str, target: str) -> Response:
    """Start a session, and redirect with its cookie."""
    secret = await run_in_threadpool(visit.service.accounts.log_in, user)
    answer = RedirectResponse(target, 303)
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=SESSION_DAYS * 86400,
        path="/",
        secure=visit.request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return answer


async def _log_out(visit: Visit) -> Response:
    """End the session."""
    await visit.form()
    if visit.caller.session:
        await run_in_threadpool(visit.service.accounts.log_out, visit.caller.session)
    answer = visit.to("/app/login", "out")
    answer.delete_cookie(COOKIE, path="/")
    return answer
