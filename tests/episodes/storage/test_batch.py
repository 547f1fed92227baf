"""A pile of articles becomes a library at an address, whatever kind of store that is."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from audiogen import produce_all
from audiogen.batch import work
from audiogen.episodes.storage import lease
from audiogen.episodes.storage.objects import Objects
from tests.batch.conftest import statuses
from tests.batch.pile import make_pile, page, paragraphs
from tests.episodes.storage.conftest import assert_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from audiogen.model import Outcome
    from audiogen.settings import Settings
    from tests.episodes.storage.conftest import Run


@pytest.fixture
def address(store: Objects) -> str:
    return store.address


def test_episodes_without_notes_of_batches_are_found_to_be_done(
    run: Run, pile: Path, address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run(pile)
    Objects(address).remove(".audiogen/batch.sqlite")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    before = Objects(address).listing("episodes")
    assert set(statuses(run(pile)).values()) == {"done"}
    assert Objects(address).listing("episodes") == before


def test_sound_that_was_removed_is_made_again(run: Run, pile: Path, address: str) -> None:
    run(pile)
    Objects(address).remove("episodes/house-1-and-its-neighbours.mp3")
    assert statuses(run(pile)) == {"story-00000.html": "done", "story-00001.html": "new"}
    assert len(assert_whole(address)) == 2


@pytest.mark.slow
def test_two_batches_at_once_share_the_work(address: str, pile: Path, tones: Settings) -> None:
    def go() -> list[Outcome]:
        with ThreadPoolExecutor(1) as executor:
            outcomes = list(produce_all([pile], address, executor, settings=tones.with_flags(audio__quality="small")))
            executor.submit(work.close).result()
        return outcomes

    with ThreadPoolExecutor(2) as both:
        first, second = both.submit(go), both.submit(go)
        result = [*statuses(first.result()).values(), *statuses(second.result()).values()]
    assert set(result) <= {"new", "done"}
    assert len(assert_whole(address)) == 2
    assert not [name for name in Objects(address).listing("episodes") if ".v2." in name], "none was made twice"


def killed(change: int, pile: Path, address: str, settings: Settings) -> bool:
    """Work through the pile in a process that dies before its *change*-th change of the store; tell if it did."""
    pid = os.fork()
    if pid == 0:
        try:
            _die_at(change)
            with ThreadPoolExecutor(1) as executor:
                list(produce_all([pile], address, executor, settings=settings))
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)


def _die_at(change: int) -> None:
    left = change

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def go(*given: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given)

        return go

    for name in ("write", "create", "put", "remove"):
        setattr(Objects, name, dying(getattr(Objects, name)))


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="takes a process that is a copy of this one")
def test_a_batch_killed_at_every_change_of_a_store_resumes(
    run: Run, tmp_path: Path, tones: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fsspec.config

    monkeypatch.setitem(fsspec.config.conf, "file", {"auto_mkdir": True})
    # Nobody waits for a lock of the dead.
    monkeypatch.setattr(lease, "LENGTH", -1.0)
    monkeypatch.setattr(lease, "LOOK", 0.0)
    monkeypatch.setattr(lease.Lease, "_renew", lambda lock: None)
    pile, settings = make_pile(tmp_path / "pile", 1), tones.with_flags(audio__quality="small")
    address = (tmp_path / "store").as_uri()
    run(pile)  # What is imported before the fork is not imported again in each child.
    change = 1
    while killed(change, pile, address, settings):
        assert_whole(address)
        change += 1
    assert change > 8
    [(slug, guid)] = assert_whole(address).items()
    (pile / "story-00000.html").write_text(page(0, text=paragraphs(50)), encoding="utf-8")
    change = 1
    while killed(change, pile, address, settings):
        change += 1
    assert change > 5
    assert assert_whole(address) == {slug: guid}
    manifest = Objects(address).read(f"episodes/{slug}.json") or b""
    assert paragraphs(50)[0].split(".")[0].encode() in manifest
    # One that died while it gave its lock back may have left it; it keeps nobody out.
    assert lease.Lease(Objects(address), f".audiogen/locks/{guid.removeprefix('urn:uuid:')}").take()
