"""Connections that somebody holds open, and a server that has to end: real sockets, and a real process."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from audiogen.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Longest wait for what is sure to come, in seconds, on a machine that does much else.
PATIENCE = 120.0
HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
#: A server one of whose threads waits for good; it tells its port.
STUCK = """
import signal, socket, sys, threading, uvicorn
from audiogen.server import serving

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        threading.Thread(target=threading.Event().wait).start()
        await receive()
        await send({"type": "lifespan.startup.complete"})
        print("ready", flush=True)
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

# As the command line has it: a signal raises, so what ends the process is not the signal itself.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
serving.LONGEST_END = 0.1
listener = socket.create_server(("127.0.0.1", 0))
config = uvicorn.Config(app, http=serving.BoundedProtocol, log_level="critical")
serving.EndingServer(config).run(sockets=[listener])
"""


async def slow(scope: Any, receive: Any, send: Any) -> None:
    """Answer later than a head may come."""
    if scope["type"] == "http":
        await asyncio.sleep(2 * serving.LONGEST_HEAD)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"Done"})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with pytest.MonkeyPatch.context() as patch, socket.create_server(("127.0.0.1", 0)) as listener:
        patch.setattr(serving, "LONGEST_HEAD", 0.3)
        config = uvicorn.Config(slow, http=serving.BoundedProtocol, lifespan="off", log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(PATIENCE)


def received(connection: socket.socket, until: bytes | None) -> bytes:
    """Read until the other side ends the connection, or has sent *until*."""
    read = b""
    while until is None or until not in read:
        part = connection.recv(1000)
        if not part:
            break
        read += part
    return read


@pytest.mark.parametrize("begun", [b"", b"GET / HT", HEAD[:-2]], ids=["nothing", "half a line", "all but the end"])
def test_a_connection_whose_head_does_not_come_is_closed(begun: bytes, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(begun)
        assert received(connection, None) == b""


def test_a_slow_answer_is_waited_for_and_a_second_head_that_does_not_come_is_not(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        connection.sendall(HEAD)
        assert b"200 OK" in received(connection, b"Done")
        connection.sendall(HEAD[:20])
        assert received(connection, None) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes by no signal")
def test_a_server_whose_thread_is_stuck_ends_all_the_same() -> None:
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 128 + signal.SIGTERM
