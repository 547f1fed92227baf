"""What `audiogen serve` takes: first sound, listeners beside making, a large library, memory.

    python -m benchmarks.serve [first listeners library] [--episodes N] [--listeners N] [--voice NAME]

A real server in a process of its own, on the loopback alone, with folders that are removed at the end. Seconds are
those of the clock, and on a machine that does something else, too, of little worth: beside them stand the processor's,
of the server and of its workers, and ratios within the run.

- first: an article of five minutes is sent to a server that just started, to one whose form was opened before, and to
  one that works already; how long until its first sound comes in the stream of the app's player.
- listeners: each asks for 64 kB of an episode every ten seconds while two articles are made; in turns with two that
  are made while nobody listens.
- library: the pages of the app in an empty library and in a large one, the page after an episode was added, and how
  long adding an article takes in each (a voice of tones: what is measured is the library).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from operator import attrgetter
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import httpx

from benchmarks.articles import make_page
from benchmarks.feed import shelve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Words of an article of five minutes.
_WORDS = 700
#: Bytes that a listener asks for, and seconds between two of its requests.
_RANGE, _RHYTHM = 64 * 1024, 10.0
#: Times that making is measured with and without listeners.
_ROUNDS = 2
#: Times that a page is asked for.
_TRIES = 10
#: Longest that anything may take, in seconds.
_PATIENCE = 1800.0
_PAGES = (
    *("/app/add", "/app/jobs", "/app/queue", "/app/queue?from=9000", "/app/episodes", "/app/episodes?q=mill+1234"),
    *("/app/episodes/{slug}", "/app/show", "/app/show/voices", "/app/show/lexicon", "/app/show/audit", "/app/show/log"),
)
_TOML = """[show]
title = "Many"
description = "Articles."
[speech]
cache = false
{voice}
"""
_seeds = count(1)


@dataclass(frozen=True)
class Running:
    """A server that runs."""

    client: httpx.Client
    pid: int
    library: Path

    @property
    def address(self) -> tuple[str, int]:
        """Host and port."""
        return self.client.base_url.host, int(self.client.base_url.port or 80)

    def cpu(self) -> tuple[float, float]:
        """Processor seconds of the server and of its workers."""
        server = _cpu(self.pid)
        return server, sum(_cpu(pid) for pid in _children(self.pid))

    def memory(self) -> float:
        """Resident megabytes of the server."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def send(self) -> str:
        """Send an article that nobody sent before; give its job."""
        seed = next(_seeds)
        answer = self.client.post(
            f"/api/articles?id={seed}", content=make_page(seed, _WORDS).encode(), headers={"content-type": "text/html"}
        )
        return str(answer.json()["jobs"][0]["id"])

    def finish(self, *jobs: str) -> list[dict[str, Any]]:
        """Wait until the jobs have ended."""
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            resources: list[dict[str, Any]] = [self.client.get(f"/api/jobs/{job}").json() for job in jobs]
            if all(job["finished"] for job in resources):
                wrong = [job for job in resources if job["state"] != "done"]
                assert not wrong, wrong
                return resources
            time.sleep(0.05)
        raise AssertionError("the articles were not made")


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if path.read_text().rpartition(")")[2].split()[1] == str(parent):
                found.append(int(path.parent.name))
    return found


@contextmanager
def serving(folder: Path, voice: str = "", episodes: int = 0) -> Iterator[Running]:
    """Run `audiogen serve` over a library of its own."""
    library = folder / "library"
    (library / "episodes").mkdir(parents=True)
    named = f'voice = "{voice}"' if voice else ""
    (library / "audiogen.toml").write_text(_TOML.format(voice=named), encoding="utf-8")
    for number in range(episodes):
        shelve(library, number)
    command = [sys.executable, "-m", "audiogen", "serve", str(library), "--host", "127.0.0.1", "--port", "0", "--quiet"]
    environment = os.environ | {"AUDIOGEN_STATE": str(folder / "state")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip().removesuffix("/feed.xml")
        with httpx.Client(base_url=address, timeout=_PATIENCE) as client:
            yield Running(client, process.pid, library)
    finally:
        process.terminate()
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def fresh() -> Path:
    """Make a folder of our own."""
    return Path(tempfile.mkdtemp(prefix="audiogen-serve-"))


# First sound.


def measure_first(voice: str) -> None:
    """Print how long the first sound of an article takes."""
    print(f"\n{'first sound of five minutes':<44} {'seconds':>8} {'CPU s till then':>16} {'all spoken':>11}")
    with serving(fresh(), voice) as server:
        _print_first("a server that just started", server)
        _print_first("a worker that is running", server)
        _print_first("again", server)
    with serving(fresh(), voice) as server:
        server.client.get("/app/add")
        _wait_for_quiet(server)
        _print_first("the form was opened before", server)


def _wait_for_quiet(server: Running) -> None:
    """Wait until the worker has loaded its voice: until it has taken no processor time for two seconds."""
    before = -1.0
    while (now := server.cpu()[1]) != before or not now:
        before = now
        time.sleep(2)


def _print_first(name: str, server: Running) -> None:
    started, before = time.monotonic(), sum(server.cpu())
    job = server.send()
    with server.client.stream("GET", f"/app/preview/{job}") as stream:
        pieces = stream.iter_bytes()
        next(pieces)
        first, spent = time.monotonic() - started, sum(server.cpu()) - before
        for _ in pieces:
            pass
    whole = time.monotonic() - started
    server.finish(job)
    print(f"{name:<44} {first:>8.2f} {spent:>16.2f} {whole:>11.1f}")


# Listeners.


@dataclass(frozen=True)
class Making:
    """What two articles took: seconds, and processor seconds of the server and of its workers."""

    seconds: float
    server: float
    workers: float


@dataclass
class Heard:
    """What listeners noticed."""

    #: Seconds until the first byte of each answer.
    waited: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def _listen(number: int, server: Running, path: str, size: int, heard: Heard, ends: asyncio.Event) -> None:
    """Ask for a part of the sound every ten seconds, beginning somewhere in the first ten."""
    chance = random.Random(number)
    with suppress(TimeoutError):
        await asyncio.wait_for(ends.wait(), chance.random() * _RHYTHM)
    while not ends.is_set():
        start = chance.randrange(max(1, size - _RANGE))
        try:
            heard.waited.append(await _asked(server, path, start))
        except (OSError, EOFError, ValueError) as error:
            heard.errors.append(f"{type(error).__name__}: {error}")
        with suppress(TimeoutError):
            await asyncio.wait_for(ends.wait(), _RHYTHM)


async def _asked(server: Running, path: str, start: int) -> float:
    """Ask for a part of the sound over a connection of its own; give the seconds until the first byte of the answer."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection(*server.address)
    try:
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {server.address[0]}:{server.address[1]}\r\nConnection: close\r\n"
            f"Range: bytes={start}-{start + _RANGE - 1}\r\n\r\n".encode()
        )
        head = await reader.readuntil(b"\r\n\r\n")
        waited, lines = time.monotonic() - began, head.decode().lower().split("\r\n")
        length = next(int(line.split(":")[1]) for line in lines if line.startswith("content-length"))
        await reader.readexactly(length)
    finally:
        writer.close()
    if " 206" not in lines[0] or length != _RANGE:
        raise ValueError(lines[0])
    return waited


async def _listen_all(server: Running, path: str, size: int, listeners: int) -> tuple[Heard, Making]:
    """Have two articles made while so many listen; give what they noticed."""
    heard, ends = Heard(), asyncio.Event()
    tasks = [asyncio.create_task(_listen(number, server, path, size, heard, ends)) for number in range(listeners)]
    if listeners:
        await asyncio.sleep(_RHYTHM)
    making = await asyncio.to_thread(_made, server)
    ends.set()
    await asyncio.gather(*tasks)
    return heard, making


def _made(server: Running) -> Making:
    began, (before, workers) = time.monotonic(), server.cpu()
    server.finish(server.send(), server.send())
    seconds, now = time.monotonic() - began, server.cpu()
    return Making(seconds, now[0] - before, now[1] - workers)


def measure_listeners(voice: str, listeners: int) -> None:
    """Print what listeners wait for, and how much slower two articles are made beside them."""
    alone, beside, heard = [], [], Heard()
    with serving(fresh(), voice) as server:
        server.finish(server.send())
        sound = max(server.library.glob("episodes/*.mp3"), key=lambda path: path.stat().st_size)
        path, size = f"/episodes/{sound.name}", sound.stat().st_size
        for _ in range(_ROUNDS):
            alone.append(asyncio.run(_listen_all(server, path, size, 0))[1])
            more, making = asyncio.run(_listen_all(server, path, size, listeners))
            beside.append(making)
            heard.waited += more.waited
            heard.errors += more.errors
    _print_listeners(listeners, heard, alone, beside)


def _print_listeners(listeners: int, heard: Heard, alone: list[Making], beside: list[Making]) -> None:
    ordered = sorted(heard.waited)
    print(f"\n{listeners} listeners, {_RANGE // 1024} kB each every {_RHYTHM:.0f} s")
    print(f"  answers {len(ordered)}, errors {len(heard.errors)} {heard.errors[:3]}")
    slow = ordered[len(ordered) * 99 // 100]
    print(f"  first byte: median {1000 * median(ordered):.1f} ms, of a hundred the slowest {1000 * slow:.0f} ms")
    for name, runs in (("nobody listens", alone), ("with listeners", beside)):
        seconds, server, workers = (median(map(key, runs)) for key in _PARTS)
        print(f"  two articles, {name}: {seconds:.1f} s; CPU s of the server {server:.2f}, of the worker {workers:.2f}")
    clock, work = (median(map(key, beside)) / median(map(key, alone)) for key in (_PARTS[0], _PARTS[2]))
    print(f"  slower by the clock {clock:.2f} times, by the worker's processor time {work:.2f} times")


_PARTS: tuple[Callable[[Making], float], ...] = (
    attrgetter("seconds"),
    attrgetter("server"),
    attrgetter("workers"),
)


# A large library.


def measure_library(episodes: int) -> None:
    """Print what pages and adding take in an empty library and in a large one."""
    for size in (0, episodes):
        with serving(fresh(), "tone", size) as server:
            print(f"\n{size} episodes: memory at rest {server.memory():.0f} MB")
            started, before = time.monotonic(), server.cpu()[0]
            server.client.get("/app/episodes")
            print(f"  first page, without an index {_elapsed(server, started, before)}")
            for page in _PAGES if size else ():
                _print_page(server, page.format(slug="1999-01-02-article-1"))
            _print_added(server, size)
            print(f"  memory after that {server.memory():.0f} MB")


def _print_page(server: Running, page: str) -> None:
    """Print the best of ten by the clock, since others waited for something else, and the mean of the processor's."""
    times, before = [], server.cpu()[0]
    for _ in range(_TRIES):
        started = time.monotonic()
        answer = server.client.get(page)
        times.append(time.monotonic() - started)
        assert answer.status_code == 200, (page, answer.status_code)
    spent = (server.cpu()[0] - before) / _TRIES
    print(f"  {page:<42} {1000 * min(times):>7.0f} ms {1000 * spent:>7.0f} CPU ms")


def _print_added(server: Running, size: int) -> None:
    """Print how long adding takes, and the page that comes after an episode that somebody else put in."""
    server.finish(server.send())
    times, work = [], []
    for _ in range(5):
        started, before = time.monotonic(), sum(server.cpu())
        server.finish(server.send())
        times.append(time.monotonic() - started)
        work.append(sum(server.cpu()) - before)
    typical, spent = median(times), median(work)
    print(f"  add an article: {typical:.2f} s, CPU {spent:.2f} s; at best {min(times):.2f} s, CPU {min(work):.2f} s")
    runs = []
    for number in range(3):
        shelve(server.library, size + number)
        started, before = time.monotonic(), server.cpu()[0]
        server.client.get("/app/episodes")
        runs.append((time.monotonic() - started, server.cpu()[0] - before))
    print(
        f"  the page after one was added: {1000 * min(runs)[0]:.0f} ms, {1000 * min(run[1] for run in runs):.0f} CPU ms"
    )


def _elapsed(server: Running, started: float, before: float) -> str:
    return f"{time.monotonic() - started:.2f} s, CPU {server.cpu()[0] - before:.2f} s"


def main() -> None:
    """Measure what is asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", default=["first", "listeners", "library"])
    parser.add_argument("--episodes", type=int, default=10_000)
    parser.add_argument("--listeners", type=int, default=500)
    parser.add_argument("--voice", default="", help="instead of the default, for first and listeners")
    arguments = parser.parse_args()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    if "first" in arguments.rows:
        measure_first(arguments.voice)
    if "listeners" in arguments.rows:
        measure_listeners(arguments.voice, arguments.listeners)
    if "library" in arguments.rows:
        measure_library(arguments.episodes)


if __name__ == "__main__":
    main()
