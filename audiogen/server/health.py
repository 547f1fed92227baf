"""Health checks of the server, and metrics for Prometheus."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from audiogen.errors import AudiogenError
from audiogen.server.accounts import Scope
from audiogen.server.guard import needs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from audiogen.server.service import Service

#: Seconds for which the result of a health check is used again.
_LOOKED_EVERY = 10.0


def routes(service: Service) -> list[Route]:
    """Return the routes: `/healthz` for everyone, `/metrics` for callers with the scope to read."""

    found: list[tuple[float, list[str]]] = []

    async def healthz(request: Request) -> Response:
        # Anybody may send requests, and a check writes to the disk.
        if not found or time.monotonic() - found[0][0] > _LOOKED_EVERY:
            found[:] = [(time.monotonic(), await run_in_threadpool(check, service))]
        faults = found[0][1]
        return JSONResponse({"status": "fault" if faults else "ok", "faults": faults}, 503 if faults else 200)

    async def metrics(request: Request) -> Response:
        refusal = needs(Scope.READ, request.state.caller)
        return refusal if refusal is not None else await run_in_threadpool(_metrics, service)

    return [Route("/healthz", healthz), Route("/metrics", metrics)]


def check(service: Service) -> list[str]:
    """Return what prevents articles from being made; empty if all is well."""
    faults = []
    try:
        service.home.storage.try_writing()
    except (AudiogenError, OSError):
        faults.append("the library cannot be written")
    try:
        service.queue.counts()
    except Exception:
        faults.append("the queue cannot be read")
    return faults


def _metrics(service: Service) -> Response:
    """Return the metrics in the format of Prometheus."""
    from prometheus_client import CollectorRegistry, generate_latest
    from prometheus_client.registry import Collector

    class Figures(Collector):
        def collect(self) -> Iterator[Any]:
            return figures(service)

    registry = CollectorRegistry(auto_describe=False)
    registry.register(Figures())
    return Response(generate_latest(registry), media_type="text/plain; version=0.0.4; charset=utf-8")


def figures(service: Service) -> Iterator[Any]:
    """Return the metrics of the queue and its outcomes."""
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    queue = service.queue
    jobs = GaugeMetricFamily("audiogen_jobs", "Jobs by state.", labels=["state"])
    for state, number in queue.counts().items():
        jobs.add_metric([state], number)
    yield jobs
    failures = GaugeMetricFamily("audiogen_job_failures", "Jobs refused or failed, by kind of error.", labels=["kind"])
    for kind, number in queue.failures().items():
        failures.add_metric([kind], number)
    yield failures
    oldest = queue.oldest_waiting()
    age = max(0.0, time.time() - oldest) if oldest else 0.0
    yield GaugeMetricFamily("audiogen_queue_age_seconds", "Age of the job that waits longest.", value=age)
    yield CounterMetricFamily(
        "audiogen_speech_seconds", "Seconds of speech made by jobs.", value=queue.spoken_seconds()
    )
    deliveries = GaugeMetricFamily("audiogen_webhook_deliveries", "Webhook deliveries by state.", labels=["state"])
    for state, number in service.hooks.counts().items():
        deliveries.add_metric([state], number)
    yield deliveries
    episodes = len(service.catalog.contents().entries)
    yield GaugeMetricFamily("audiogen_episodes", "Episodes in the library.", value=episodes)
    if service.counter is not None:
        plays = service.counter.total()
        yield CounterMetricFamily("audiogen_plays", "Plays of episodes, by apps and in players.", value=plays)
    workers = sum(1 for worker in service.dispatcher.workers if worker.pid)
    yield GaugeMetricFamily("audiogen_worker_processes", "Worker processes that are running.", value=workers)
