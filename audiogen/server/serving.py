"""How the server takes connections, and how it ends: what uvicorn leaves to a proxy in front of it."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from uvicorn import Server
from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio
    from types import FrameType

#: Longest that a request's head may take to come whole, in seconds, from the connection or from the head's first byte.
LONGEST_HEAD = 20.0
#: Seconds after a signal to end in which everything has to have ended.
LONGEST_END = 20.0


class BoundedProtocol(H11Protocol):
    """Closes connections whose head does not come.

    uvicorn waits for it for good; a few hundred such connections are all that a process may open (slowloris).
    """

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._watch_head()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and stop waiting where the head is whole."""
        super().data_received(data)
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_watching()
        super().connection_lost(exc)

    def _watch_head(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop_watching()
        elif self._late is None:
            self._late = self.loop.call_later(LONGEST_HEAD, self._close)

    def _stop_watching(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self._late = None
        if not self.transport.is_closing():
            self.transport.close()


class EndingServer(Server):
    """Ends in bounded time after a signal, whatever a thread is waiting for."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; what has not ended by then is ended with the process."""
        if not self.should_exit:
            timer = threading.Timer(LONGEST_END, os._exit, (128 + sig,))
            timer.daemon = True
            timer.start()
        super().handle_exit(sig, frame)
