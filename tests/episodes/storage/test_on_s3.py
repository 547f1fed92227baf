"""Piles, feeds and audits over a library in a bucket, against a real server of S3's protocol on this machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from audiogen import produce, produce_all
from audiogen.batch import work
from audiogen.batch.cluster import connect
from audiogen.cli import cli
from audiogen.episodes.storage import lease
from audiogen.episodes.storage.objects import Objects
from audiogen.errors import LibraryError, SettingsError
from tests.batch.conftest import statuses
from tests.batch.pile import make_pile, page, paragraphs
from tests.batch.test_cluster import address_of, cluster
from tests.episodes.storage.conftest import assert_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

    from audiogen.settings import Settings
    from tests.episodes.storage.conftest import Run, Versions

__all__ = ["cluster"]

SHOW = (
    '[show]\ntitle = "Heard"\ndescription = "Stories."\nauthor = "Mira"\nemail = "mira@ledger.example"\n'
    'base_url = "https://ledger.example/p"\n[speech]\nvoice = "tone"\ncache = false\n[audio]\nquality = "small"\n'
)


@pytest.mark.slow
def test_a_pile_is_done_once_and_what_changes_is_made_anew(
    run: Run, pile: Path, address: str, versions: Versions
) -> None:
    made = run(pile)
    assert statuses(made) == {"story-00000.html": "new", "story-00001.html": "new"}
    guids = assert_whole(address)
    assert [outcome.episode and outcome.episode.audio for outcome in made] == [
        f"{address}/episodes/{slug}.mp3" for slug in guids
    ]
    before = versions()
    assert set(statuses(run(pile)).values()) == {"done"}
    assert versions() == before, "a second run writes and removes nothing"

    (pile / "story-00000.html").write_text(page(0, text=paragraphs(50)), encoding="utf-8")
    assert statuses(run(pile)) == {"story-00000.html": "changed", "story-00001.html": "done"}
    assert assert_whole(address) == guids
    assert not Objects(address).info("episodes/house-0-and-its-neighbours.mp3")
    report = json.loads(Objects(address).read("episodes/house-0-and-its-neighbours.json") or b"")
    assert paragraphs(50)[0].split(".")[0] in report["script"][1]["written"]


@pytest.mark.slow
def test_another_machine_knows_what_was_done(
    run: Run, pile: Path, versions: Versions, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run(pile)
    before = versions()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setattr("audiogen.production.EpisodeMaker.prepare", None)
    assert set(statuses(run(pile)).values()) == {"done"}
    assert versions() == before


@pytest.mark.slow
def test_one_article_may_be_produced_into_a_bucket(
    address: str, tmp_path: Path, tones: Settings, versions: Versions
) -> None:
    settings = tones.with_flags(audio__quality="small")
    episode = produce(page(3), address, settings=settings)
    assert episode.audio == f"{address}/episodes/house-3-and-its-neighbours.mp3"
    assert episode.size == len(Objects(address).read("episodes/house-3-and-its-neighbours.mp3") or b"")
    before = versions()
    assert produce(page(3), address, settings=settings).audio == episode.audio
    # What keeps two runs apart comes and goes; nothing else does.
    assert {name for name, _ in versions() - before} <= {
        name for name, _ in versions() if name.partition(".audiogen/")[2].startswith("locks/")
    }


def test_a_bucket_that_is_not_there_stops_the_batch(keys: None, pile: Path, tones: Settings) -> None:
    with ThreadPoolExecutor(1) as executor, pytest.raises(LibraryError, match="s3://no-such-bucket"):
        list(produce_all([pile], "s3://no-such-bucket/library", executor, settings=tones))


def audiogen(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def one_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have the command work in a thread of this process: it takes seconds to start another."""
    with ThreadPoolExecutor(1) as executor:
        monkeypatch.setattr("audiogen.cli.batch._workers", lambda scheduler, jobs: nullcontext((executor, 1)))
        yield
        executor.submit(work.close).result()


@pytest.mark.slow
@pytest.mark.usefixtures("one_worker")
def test_commands_take_an_address(pile: Path, address: str, versions: Versions, tmp_path: Path) -> None:
    store = Objects(address)
    started = audiogen("init", address, "--title", "Heard", "--author", "Mira", "--yes")
    assert started.stdout == f"{address}/audiogen.toml\n"
    assert b'title = "Heard"' in (store.read("audiogen.toml") or b"")
    with pytest.raises(SettingsError, match="there already"):
        audiogen("init", address, "--yes")
    store.write("audiogen.toml", SHOW.encode())
    batch = audiogen("batch", pile, "-o", address, "--jobs", "1")
    assert batch.exit_code == 0, batch.output
    assert f"{address}/episodes/house-0-and-its-neighbours.mp3" in batch.stdout
    assert f"Log: {address}/.audiogen/batch.log" in batch.stderr
    assert b"House 1 and its neighbours" in (store.read("feed.xml") or b"")
    assert b"story-00001.html" in (store.read(".audiogen/batch.log") or b"")
    assert store.info("episodes/house-0-and-its-neighbours.html")
    assert_whole(address)

    before = versions()
    assert audiogen("feed", address).exit_code == 0
    assert versions() == before, "a feed of nothing new is not written again"

    check = audiogen("check", address, "--json")
    assert json.loads(check.stdout)["good"], check.stdout
    store.write("episodes/house-0-and-its-neighbours.mp3", b"no sound")
    assert audiogen("check", address).exit_code == 1

    queue = audiogen("queue", address, "--minutes", "60", "--order", "oldest")
    assert queue.exit_code == 0
    assert b"episodes/house-1-and-its-neighbours.mp3" in (store.read("queue.m3u8") or b"")
    assert b"House 1" in (store.read("feeds/queue.xml") or b"")
    assert audiogen("queue", address, "-o", tmp_path / "mine.m3u8").exit_code == 0
    written = (tmp_path / "mine.m3u8").read_text(encoding="utf-8")
    assert f"\n{address}/episodes/house-1-and-its-neighbours.mp3\n" in written


@pytest.mark.usefixtures("one_worker")
def test_a_dry_run_writes_nothing(pile: Path, address: str, versions: Versions) -> None:
    Objects(address).write("audiogen.toml", SHOW.encode())
    before = versions()
    dry = audiogen("batch", pile, "-o", address, "--dry-run")
    assert "Would be done: 2 new." in dry.stderr
    assert versions() == before


@pytest.mark.slow
@pytest.mark.parametrize("expected", [0, 1, 2])
def test_a_batch_killed_in_the_middle_resumes(
    run: Run, tmp_path: Path, address: str, versions: Versions, monkeypatch: pytest.MonkeyPatch, expected: int
) -> None:
    """It is killed with all its workers: before the first line, after it, or after the second."""
    pile = make_pile(tmp_path / "long", 6)
    command = [sys.executable, "-m", "audiogen", "batch", str(pile), "-o", address, "--jobs", "2"]
    command += ["--voice", "tone", "--quality", "small", "--no-cache", "--no-feed"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as batch:
        assert batch.stdout
        for _ in range(expected):
            assert batch.stdout.readline().startswith("new\t")
        os.killpg(batch.pid, signal.SIGKILL)
    assert len(assert_whole(address)) >= expected
    # The dead hold their locks for a while; to those who come now it is later.
    late = SimpleNamespace(time=lambda: __import__("time").time() + lease.LENGTH + 1)
    monkeypatch.setattr(lease, "time", late)
    outcomes = run(pile)
    assert len(outcomes) == 6
    assert set(statuses(outcomes).values()) <= {"new", "done"}
    assert len(assert_whole(address)) == 6
    before = versions()
    assert set(statuses(run(pile)).values()) == {"done"}
    assert versions() == before


@pytest.mark.slow
def test_machines_of_a_cluster_write_to_the_bucket_themselves(
    keys: None, cluster: list[subprocess.Popen[bytes]], tmp_path: Path, address: str, tones: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    put: list[str] = []
    monkeypatch.setattr(Objects, "put", lambda store, files: put.extend(files))
    pile, settings = make_pile(tmp_path / "long", 6), tones.with_flags(audio__quality="small")
    with connect(address_of(tmp_path)) as (executor, size):
        outcomes = list(produce_all([pile], address, executor, settings=settings, jobs=size))
    assert set(statuses(outcomes).values()) == {"new"}
    assert len(assert_whole(address)) == 6
    assert put == [], "no sound went through the machine that drives the batch"
