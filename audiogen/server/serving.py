"""Time limits for connections and for the end of the server, which uvicorn leaves to a proxy."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from uvicorn import Server
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio
    from types import FrameType

#: Timeout for a request's header, in seconds, from the connection or from the header's first byte.
LONGEST_HEAD = 20.0
#: Time after a signal after which the process ends in any case, in seconds.
LONGEST_END = 20.0


class BoundedProtocol(H11Protocol):
    """Closes connections with a header that does not arrive in time.

    uvicorn would wait forever, and a few hundred such connections are all that a process can open (slowloris).
    """

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the timeout for the first header."""
        super().connection_made(transport)
        self._watch_head()

    def data_received(self, data: bytes) -> None:
        """Handle bytes, and stop the timeout when the header is complete."""
        super().data_received(data)
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timeout."""
        self._stop_watching()
        super().connection_lost(exc)

    def _watch_head(self) -> None:
        """Start the timeout if a header is expected, or stop it if a request is being answered."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_watching()
        elif self._late is None:
            self._late = self.loop.call_later(LONGEST_HEAD, self._close)

    def _stop_watching(self) -> None:
        """Stop the timeout."""
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        """Close the connection."""
        self._late = None
        if not self.transport.is_closing():
            self.transport.close()


class EndingServer(Server):
    """A server that ends within a bounded time after a signal, even if a thread is waiting."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; after the timeout, the process exits."""
        if not self.should_exit:
            timer = threading.Timer(LONGEST_END, os._exit, (128 + sig,))
            timer.daemon = True
            timer.start()
        super().handle_exit(sig, frame)
