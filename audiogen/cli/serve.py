"""`audiogen serve`: a library for listeners, and the app and API that add to it."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from audiogen.cli import library_option
from audiogen.cli.nearby import PORT, reachable
from audiogen.cli.parameters import Whole
from audiogen.episodes.storage import EPISODES

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    import uvicorn
    from starlette.types import ASGIApp

    from audiogen.episodes.library import Library
    from audiogen.settings import Settings

#: Seconds that requests which are being answered may take when the server ends.
_LAST_ANSWERS = 3


@click.command()
@click.argument("library", type=library_option.existing_library)
@click.option("--host", default="0.0.0.0", show_default=True, help="Address to listen at; 127.0.0.1 keeps it here.")
@click.option("--port", type=Whole(0, 65535), default=PORT, show_default=True, help="0 takes a free one.")
@click.option("--workers", type=Whole(1, 64), help="Articles made at once: 1, or what the cluster takes.")
@click.option("--scheduler", metavar="ADDRESS", help="Give the work to a Dask cluster: tcp://host:8786.")
@click.option("--read-only", is_flag=True, help="Only show the library: no app, no API, nothing written.")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A name that the app and API answer to.")
@click.option("--allow-origin", "origins", multiple=True, metavar="URL", help="A site whose scripts may use the API.")
@click.option("--proxy", default="127.0.0.1", show_default=True, metavar="ADDRESSES", help="Proxies that are believed.")
@click.option("--set-password", "user", metavar="NAME", help="Ask for NAME's password first, and keep it.")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--verbose", is_flag=True, help="Log each request.")
@click.option("--quiet", is_flag=True, help="Log failures alone.")
def serve(
    library: Path | str,
    host: str,
    port: int,
    workers: int | None,
    scheduler: str | None,
    read_only: bool,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    proxy: str,
    user: str | None,
    log_format: str,
    verbose: bool,
    quiet: bool,
) -> None:
    """Show LIBRARY on the local network until Ctrl-C, and a code to point a phone at.

    Feed and pages are made for the address they are asked at. The app under /app/ and the API under /api/ add to the
    library and change it; until a password is set they answer to this machine alone. LIBRARY is a folder, or the
    address of a bucket, s3://bucket/library. See docs/server.md.

    \b
    Example:
        audiogen serve ~/Podcasts/articles --port 8080
        audiogen serve ~/Podcasts/articles --host 127.0.0.1
    """
    from audiogen.server.following import open_served
    from audiogen.server.logs import configure
    from audiogen.settings import load_settings

    home = open_served(library)
    settings = load_settings(home.root)
    if not any((home.root / EPISODES).glob("*.json")):
        click.echo(f"There are no episodes in {library} yet; what `audiogen batch` puts in is shown at once.", err=True)
    if user is not None:
        _set_password(library, user)
    configure(log_format, verbose=verbose, quiet=quiet)
    with _cluster(None if read_only else scheduler) as (executor, size), _listen(host, port) as listener:
        taken = listener.getsockname()[1]
        page = f"http://{reachable(host)}:{taken}/"
        work = _Work(workers or size, executor)
        with _application(home, settings, page, taken, work, hosts, origins, read_only=read_only) as (app, more):
            server = _server(app, proxy)
            # uvicorn ends in an orderly way at Ctrl-C, and raises KeyboardInterrupt afterwards. Ctrl-C is the usual end
            # as soon as the user is told of it.
            with suppress(KeyboardInterrupt):
                _print_addresses(page, more)
                server.run(sockets=[listener])


def _server(app: ASGIApp, proxy: str) -> uvicorn.Server:
    """Load what answers requests."""
    import uvicorn

    from audiogen.server.logs import RequestLog
    from audiogen.server.serving import BoundedProtocol, EndingServer

    config = uvicorn.Config(
        RequestLog(app),
        log_level="warning",
        server_header=False,
        forwarded_allow_ips=proxy,
        timeout_graceful_shutdown=_LAST_ANSWERS,
        http=BoundedProtocol,
    )
    return EndingServer(config)


@dataclass(frozen=True, slots=True)
class _Work:
    """Who makes articles: so many at once, by an executor where there is one."""

    workers: int
    executor: Executor | None = None


@contextmanager
def _cluster(scheduler: str | None) -> Iterator[tuple[Executor | None, int]]:
    """Connect to a cluster, where one is named; else there is one place, of our own."""
    if not scheduler:
        yield None, 1
        return
    from audiogen.batch.cluster import connect

    with connect(scheduler) as connected:
        yield connected


@contextmanager
def _application(
    home: Library,
    settings: Settings,
    page: str,
    port: int,
    work: _Work,
    hosts: tuple[str, ...],
    origins: tuple[str, ...],
    *,
    read_only: bool,
) -> Iterator[tuple[ASGIApp, str]]:
    """Open what answers, with what is to be said of it.

    Where nothing of the server's own can be kept, the library is shown all the same.
    """
    from audiogen.server.following import following
    from audiogen.server.public import build_app

    if read_only:
        with following(home):
            yield build_app(home, settings), ""
        return
    from audiogen.server.app import build_server
    from audiogen.server.dispatcher import Plan
    from audiogen.server.service import open_service

    with ExitStack() as stack:
        try:
            plan, server = Plan(workers=work.workers, warm=True), page.rstrip("/")
            opened = open_service(home, settings, plan=plan, server=server, port=port, executor=work.executor)
            service = stack.enter_context(opened)
        except OSError as error:
            reason = error.strerror or str(error)
            stack.enter_context(following(home))
            yield build_app(home, settings), f"It is only shown: what the server keeps cannot be written ({reason})."
            return
        who = "with a password" if service.accounts.has_users() else "from this machine, until a password is set"
        yield (
            build_server(service, hosts=hosts, origins=origins),
            f"Add articles at {_app(page, port, open_=not service.accounts.has_users())} ({who}).",
        )


def _app(page: str, port: int, *, open_: bool) -> str:
    """Return the app's address: while it is this machine's alone, that by which this machine reaches itself."""
    return f"http://127.0.0.1:{port}/app/" if open_ else f"{page}app/"


def _set_password(library: Path | str, user: str) -> None:
    """Ask for a user's password; without a terminal it is the first line of stdin.

    Raises:
        click.UsageError: it will not do.
    """
    from audiogen.cli.access import ask_password
    from audiogen.server.accounts import AccountError, Accounts
    from audiogen.server.state import state_folder

    accounts = Accounts(state_folder(library) / "accounts.sqlite")
    try:
        accounts.set_password(user, ask_password(sys.stdin.isatty()))
    except AccountError as error:
        raise click.UsageError(str(error)) from error
    finally:
        accounts.close()


def _listen(host: str, port: int) -> socket.socket:
    """Open the server's socket."""
    import socket

    from audiogen.errors import FeedError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # It tells an unknown name by a class of its own, `create_server` by numbers that differ between systems.
        socket.getaddrinfo(host, port, family)
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise FeedError(f"{host}:{port}", f"Cannot listen at {host}:{port}: {_why_not(host, error)}") from error


def _why_not(host: str, error: OSError) -> str:
    """Say why nobody can listen at an address of this machine, and what to try."""
    import errno
    import socket

    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine. Try --host 0.0.0.0 for all of its addresses."
    if error.errno == errno.EADDRINUSE:
        return "another program uses this port. Try another --port, or --port 0 for a free one."
    return f"{(error.strerror or str(error)).partition(' (while')[0]}. Try another --port."


def _print_addresses(page: str, more: str = "") -> None:
    from audiogen.podcast.qr import qr_text

    click.echo(f"{page}feed.xml")
    click.echo(qr_text(f"{page}feed.xml"), err=True)
    if more:
        click.echo(more, err=True)
    click.echo(f"Listen at {page} or subscribe to {page}feed.xml; Ctrl-C ends.", err=True)
