"""The address of a library on the local network: what `serve` answers at, and feeds name where no other is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audiogen.settings import Settings

#: Where `serve` listens unless told otherwise.
PORT = 8000


def reachable(host: str = "0.0.0.0") -> str:
    """Name the address by which others reach a server that listens at *host*."""
    import socket

    if host not in ("0.0.0.0", "::"):
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: it only asks the system which way packets to elsewhere would go (RFC 5737's network).
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def with_address(settings: Settings, library: object) -> tuple[Settings, bool]:
    """Fill in where `serve` would show a library that is a folder and has no address; tell whether that was so."""
    from pathlib import Path

    if settings.show.base_url or not isinstance(library, Path):
        return settings, False
    return settings.with_flags(show__base_url=f"http://{reachable()}:{PORT}", show__private=True), True
