"""`audiogen serve`: a library on the local network."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audiogen.cli.nearby import PORT, reachable

if TYPE_CHECKING:
    import socket


@click.command()
@click.argument("library", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--host", default="0.0.0.0", show_default=True, help="Address to listen at; 127.0.0.1 keeps it here.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0 takes a free one.")
def serve(library: Path, host: str, port: int) -> None:
    """Show LIBRARY on the local network until Ctrl-C, and a code to point a phone at.

    Feed and pages are made for the address they are asked at; nothing is written.

    \b
    Example:
        audiogen serve ~/Podcasts/articles --port 8080
        audiogen serve ~/Podcasts/articles --host 127.0.0.1
    """
    import uvicorn

    from audiogen.server.public import build_app
    from audiogen.settings import load_settings

    settings = load_settings(library)
    if not any((library / "episodes").glob("*.json")):
        click.echo(f"There are no episodes in {library} yet; what `audiogen batch` puts in is shown at once.", err=True)
    with _listen(host, port) as listener:
        _tell(f"http://{reachable(host)}:{listener.getsockname()[1]}/")
        config = uvicorn.Config(build_app(library, settings), log_level="warning", server_header=False)
        # It ends in an orderly way at Ctrl-C, and then raises what Ctrl-C is to others.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    import socket

    from audiogen.errors import FeedError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FeedError(f"{host}:{port}", f"Cannot listen at {host}:{port} ({reason}). Try another --port.") from error


def _tell(page: str) -> None:
    from audiogen.podcast.qr import qr_text

    click.echo(f"{page}feed.xml")
    click.echo(qr_text(f"{page}feed.xml"), err=True)
    click.echo(f"Listen at {page} or subscribe to {page}feed.xml; Ctrl-C ends.", err=True)
