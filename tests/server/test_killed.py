"""The real server, as `audiogen serve` starts it, killed in the middle of an article."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from audiogen.episodes.library import Library
from tests.batch.pile import page, paragraphs
from tests.server.conftest import finished, make_library, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def server(library: Path, **more: Any) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """Run `audiogen serve` over the library; gives the process, and a program of this machine."""
    command = [sys.executable, "-m", "audiogen", "serve", str(library), "--host", "127.0.0.1", "--port", "0"]
    environment = os.environ | {"AUDIOGEN_STATE": str(library.parent / "state")}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, **more
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip().removesuffix("/feed.xml")
        with httpx.Client(base_url=address, timeout=60) as client:
            yield process, client
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


@pytest.mark.slow
def test_a_killed_server_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    headers = {"content-type": "text/html"}
    with server(library) as (process, client):
        sent = client.post("/api/articles?id=7", content=page(7, text=paragraphs(7, 40)).encode(), headers=headers)
        job = sent.json()["jobs"][0]
        waiting = client.post("/api/articles?id=8", content=page(8).encode(), headers=headers).json()["jobs"][0]
        wait_for(lambda: client.get(f"/api/jobs/{job['id']}").json()["progress"]["spoken"])
        process.kill()
        process.wait(30)
    assert list(Library(library).manifests()) == []
    with server(library) as (process, client):
        result = [finished(client, one) for one in (job, waiting)]
        assert [(one["state"], one["outcome"]) for one in result] == [("done", "new")] * 2
        assert len(client.get("/api/jobs").json()["jobs"]) == 2
    assert process.returncode == 0
    assert len(list(Library(library).manifests())) == 2
    assert not list((library / ".audiogen").glob("ready-*"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_server_that_is_asked_to_end_does_so_with_a_page_still_watching(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    with server(library) as (process, client), client.stream("GET", "/api/events") as stream:
        assert next(stream.iter_lines()) == "retry: 2000"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, 143, -signal.SIGTERM)
