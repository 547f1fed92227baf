"""A speech server on loopback that speaks OpenAI's protocol and has every fault a real one may have."""

from __future__ import annotations

import io
import json
import threading
import time
import wave
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import numpy

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds of sound for each character.
PACE = 0.03


def speech(text: str, rate: int) -> bytes:
    """Hum as long as the text, as PCM."""
    period = numpy.arange(rate // 200) * 2 * numpy.pi * 200 / rate
    frames = round(PACE * len(text) * rate)
    tone = (3000 * numpy.sin(period)).astype("<i2").tobytes()
    return (tone * (frames // len(period) + 1))[: 2 * frames]


def wav(pcm: bytes, rate: int) -> bytes:
    """Put PCM into a WAV file."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return sound.getvalue()


def mp3(pcm: bytes, rate: int) -> bytes:
    """Put PCM into an MP3."""
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_bit_rate(64)
    encoder.silence()
    return bytes(encoder.encode(pcm) + encoder.flush())


@dataclass
class Plan:
    """What the server will do, and what it was asked."""

    #: Faults of the next answers, in order; then all goes well.
    faults: deque[str] = field(default_factory=deque)
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0
    rate: int = 24_000
    delay: float = 0.0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    plan: Plan

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.path == "/v1/audio/voices":
            self._send(200, "application/json", json.dumps({"voices": ["alba", {"id": "bruno"}]}).encode())
        else:
            self._send(404, "application/json", b"{}")

    def do_POST(self) -> None:
        plan = self.plan
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with plan.lock:
            plan.requests.append(body)
            plan.keys.append(self.headers.get("Authorization"))
            plan.times.append(time.monotonic())
            plan.under_way += 1
            plan.most_under_way = max(plan.most_under_way, plan.under_way)
            fault = plan.faults.popleft() if plan.faults else ""
        try:
            time.sleep(plan.delay)
            self._answer(body, fault)
        finally:
            with plan.lock:
                plan.under_way -= 1

    def _answer(self, body: dict[str, Any], fault: str) -> None:
        error = {"error": {"message": "The server is not well", "type": "x"}}
        if fault.isdigit():
            self._send(int(fault), "application/json", json.dumps(error).encode())
        elif fault == "429 wait":
            self._send(429, "application/json", json.dumps(error).encode(), {"Retry-After": "1"})
        elif fault == "voice":
            self._send(400, "application/json", json.dumps({"error": {"message": "No such voice: zoe"}}).encode())
        elif fault == "page":
            self._send(503, "text/html", b"<h1>Bad gateway</h1>")
        elif fault == "hang":
            time.sleep(1.5)
            self.close_connection = True
        elif fault == "refuse":
            self.connection.close()
        else:
            self._sound(body, fault)

    def _sound(self, body: dict[str, Any], fault: str) -> None:
        pcm = speech(body["input"], self.plan.rate)
        kind = body["response_format"]
        content = {"wav": wav(pcm, self.plan.rate), "pcm": pcm, "mp3": mp3(pcm, self.plan.rate)}[kind]
        if fault == "cut body":
            self.send_response(200)
            self.send_header("Content-Type", f"audio/{kind}")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) // 2])
            self.wfile.flush()
            self.connection.close()
            return
        if fault == "cut sound":
            content = content[: len(content) // 2 + 1]
        if fault == "streamed":
            content = content[:4] + b"\xff\xff\xff\xff" + content[8:40] + b"\xff\xff\xff\xff" + content[44:]
        if fault == "json in place":
            content = b'{"detail": "later"}'
        self._send(200, "application/json" if fault == "wrong type" else f"audio/{kind}", content)

    def _send(self, status: int, kind: str, content: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the tests."""


@contextmanager
def speech_server() -> Iterator[Plan]:
    """Run the server for as long as it takes."""
    plan = Plan()
    handler = type("PlannedHandler", (Handler,), {"plan": plan})
    server = Server(("127.0.0.1", 0), handler)
    plan.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield plan
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
