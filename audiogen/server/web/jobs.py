"""The list of jobs, which the script updates by server-sent events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from audiogen.server.accounts import Scope
from audiogen.server.api import ApiError, call_of, cancel_job, retry_job
from audiogen.server.resources import job_resource
from audiogen.server.web.pages import Visit, page

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from audiogen.server.service import Service

#: Number of jobs on the page.
_SHOWN = 60


def routes(service: Service) -> list[Route]:
    """Return the routes."""
    return [
        page(service, "/app/jobs", _list, Scope.READ),
        page(service, "/app/jobs/{id}", _row, Scope.READ),
        page(service, "/app/jobs/{id}/{action}", _act, Scope.ADD, "POST"),
    ]


async def _list(visit: Visit) -> Response:
    """Return the page with the latest jobs."""

    def load() -> list[dict[str, object]]:
        call = call_of(visit.service, visit.request, visit.caller)
        contents = visit.service.catalog.contents()
        return [job_resource(job, contents, call.addresses) for job in visit.service.queue.listed(count=_SHOWN)]

    return visit.page("jobs.html", jobs=await run_in_threadpool(load))


async def _row(visit: Visit) -> Response:
    """Return the HTML of one job; the script replaces that of the changed job."""
    job = await run_in_threadpool(visit.service.queue.find, visit.request.path_params["id"])
    if job is None:
        return visit.refused(404, "There is no such job.")
    call = call_of(visit.service, visit.request, visit.caller)
    resource = job_resource(job, await run_in_threadpool(visit.service.catalog.contents), call.addresses)
    return visit.page("job.html", job=resource)


async def _act(visit: Visit) -> Response:
    """Cancel a job, or try it again."""
    await visit.form()
    action, identifier = visit.request.path_params["action"], visit.request.path_params["id"]
    call = call_of(visit.service, visit.request, visit.caller, {"force": action == "force"})
    operation = {"cancel": cancel_job, "retry": retry_job, "force": retry_job}.get(action)
    if operation is None:
        return visit.refused(404, "There is nothing of that name to do.")
    try:
        await run_in_threadpool(operation, call)
    except ApiError as error:
        return visit.refused(error.status, error.detail)
    return visit.to(f"/app/jobs#job-{identifier}")
