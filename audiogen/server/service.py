"""A server with all its parts, which the API and the web app use."""

from __future__ import annotations

import threading
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from audiogen.episodes.identity import key_of_location
from audiogen.server.accounts import Accounts
from audiogen.server.catalog import Catalog
from audiogen.server.checking import Checker
from audiogen.server.dispatcher import Dispatcher, Plan
from audiogen.server.following import fetch_episode, following, open_served
from audiogen.server.intake import Intake, key_of_address
from audiogen.server.jobs import Limits, Priority, Queue
from audiogen.server.logs import log_job
from audiogen.server.plays import PlayCounter
from audiogen.server.rates import Rates
from audiogen.server.renewing import Renewer
from audiogen.server.resources import Addresses, job_resource
from audiogen.server.retention import RetentionThread
from audiogen.server.sampling import Sampler
from audiogen.server.state import state_folder
from audiogen.server.webhooks import DELAYS, Hooks, WebhookSender, job_notifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from audiogen.episodes.library import Library
    from audiogen.server.jobs import Job
    from audiogen.settings import Fetch, Settings
    from audiogen.sources.fetching import Fetcher


@dataclass(slots=True)
class Service:
    """The server of one library."""

    #: The library, opened once, because reading the identities of ten thousand episodes takes a while.
    home: Library
    settings: Settings
    folder: Path
    queue: Queue
    accounts: Accounts
    hooks: Hooks
    catalog: Catalog
    intake: Intake
    dispatcher: Dispatcher
    sender: WebhookSender
    sampler: Sampler
    checker: Checker
    #: Counts plays; None if the setting `show.count_plays` is off.
    counter: PlayCounter | None = None
    #: Port that the server listens at; 0 if unknown.
    port: int = 0
    rates: Rates = field(default_factory=Rates)
    #: Open streams of episodes that are still being made.
    previews: int = 0
    #: Set when the server ends; streams to browsers end then.
    closing: threading.Event = field(default_factory=threading.Event)

    def addresses(self, server: str) -> Addresses:
        """Return the addresses of the library's pages for a client of *server* ("https://audio.example")."""
        key = self.accounts.feed_key()
        public = self.settings.show.base_url.rstrip("/") or server
        return Addresses(server, f"{public}/k/{key}" if key else public)

    def with_correction_priority(self, job: Job) -> Job:
        """Return a job with a higher priority if its article has an episode, so that it is a correction."""
        home = self.home
        keys = [key_of_location(job.location), key_of_address(job.url) if job.url and not job.external_id else ""]
        ties = [home.tied(key) for key in keys if key]
        known = any(tie is not None and home.find(tie.guid) is not None for tie in ties)
        return replace(job, priority=Priority.CORRECTION) if known else job


@contextmanager
def open_service(
    library: Path | str | Library,
    settings: Settings,
    *,
    plan: Plan | None = None,
    limits: Limits | None = None,
    fetcher: Callable[[Path], Fetcher] | None = None,
    server: str = "",
    port: int = 0,
    delays: tuple[float, ...] = DELAYS,
    executor: Executor | None = None,
) -> Iterator[Service]:
    """Start the parts of a library's server; they run until the context ends.

    *server* is the address in webhooks, if the show has no `base_url`; *fetcher* makes the `Fetcher` of a folder; an
    *executor*, such as a cluster's, runs the jobs instead of worker processes.
    """
    home = open_served(library)
    folder = state_folder(home.location)
    with ExitStack() as stack:
        queue = stack.enter_context(closing(Queue(folder / "jobs.sqlite", limits)))
        accounts = stack.enter_context(closing(Accounts(folder / "accounts.sqlite")))
        hooks = stack.enter_context(closing(Hooks(folder / "webhooks.sqlite", delays)))
        catalog, sender = Catalog(home.root), WebhookSender(hooks)

        def resource(job: Job) -> dict[str, Any]:
            return job_resource(job, catalog.contents(), service.addresses(server))

        ended = _end_handler(hooks, sender, resource)
        fetch = fetcher or partial(fetch_into, fetch=settings.fetch)
        plan = replace(plan or Plan(), article=settings.limits)
        made = partial(fetch_episode, home)
        dispatcher = Dispatcher(home.location, queue, folder, fetch, plan, ended, executor, made)
        counter = _counter(home, catalog, settings, stack)
        parts = (queue, accounts, hooks, catalog, Intake(dispatcher.uploads), dispatcher, sender)
        service = Service(home, settings, folder, *parts, Sampler(home.root), Checker(home.location), counter, port)
        stack.enter_context(following(home))
        for thread in (Renewer(home, catalog), RetentionThread(home), sender, dispatcher):
            thread.start()
            stack.callback(thread.close)
        stack.callback(service.closing.set)
        yield service


def _end_handler(
    hooks: Hooks, sender: WebhookSender, resource: Callable[[Job], dict[str, Any]]
) -> Callable[[Job], None]:
    """Return the function to call when a job has ended: it logs the job and queues its webhooks."""
    notify = job_notifier(hooks, resource)

    def ended(job: Job) -> None:
        notify(job)
        log_job(job)
        sender.wake()

    return ended


def _counter(home: Library, catalog: Catalog, settings: Settings, stack: ExitStack) -> PlayCounter | None:
    """Start to count plays, unless the setting `show.count_plays` is off."""
    if not settings.show.count_plays:
        return None
    counter = PlayCounter(catalog, home=home)
    counter.start()
    stack.callback(counter.close)
    return counter


def fetch_into(folder: Path, *, fetch: Fetch) -> Fetcher:
    """Return a `Fetcher` with the settings' limits."""
    from audiogen.sources.fetching import Fetcher
    from audiogen.sources.fetching import Limits as FetchLimits

    return Fetcher(folder, FetchLimits(**asdict(fetch)))
