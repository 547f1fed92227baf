"""A lock in a store has one holder, and is free again when that one is done or dead."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.storage import lease
from audiogen.episodes.storage.lease import Lease

if TYPE_CHECKING:
    from collections.abc import Callable

    from audiogen.episodes.storage.objects import Objects

    Later = Callable[[float], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Set the clock of whoever looks at locks forward."""

    def move(seconds: float) -> None:
        monkeypatch.setattr(lease, "time", SimpleNamespace(time=lambda: time.time() + seconds))

    return move


def test_one_of_two_takes_a_lock(store: Objects) -> None:
    first, second = Lease(store, "locks/a"), Lease(store, "locks/a")
    assert first.take()
    assert not second.take()
    assert Lease(store, "locks/b").take()
    first.release()
    assert second.take()
    second.release()


def test_giving_back_what_was_not_taken_takes_nothing_from_its_holder(store: Objects) -> None:
    first, second = Lease(store, "locks/a"), Lease(store, "locks/a")
    assert first.take()
    assert not second.take()
    second.release()
    assert store.info("locks/a")
    first.release()
    assert store.listing() == {}


def test_a_dead_holders_lock_is_free_after_a_while(store: Objects, later: Later) -> None:
    dead = Lease(store, "locks/a")
    assert store.create("locks/a", dead._content())
    assert not Lease(store, "locks/a").take()
    later(lease.LENGTH + 1)
    heir = Lease(store, "locks/a")
    assert heir.take()
    assert not Lease(store, "locks/a").take()
    heir.release()
    assert store.listing() == {}


def test_of_many_heirs_one_takes_the_lock(store: Objects, later: Later) -> None:
    assert store.create("locks/a", Lease(store, "locks/a")._content())
    later(lease.LENGTH + 1)
    heirs = [Lease(store, "locks/a") for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        took = list(threads.map(Lease.take, heirs))
    assert took.count(True) == 1
    assert list(store.listing()) == ["locks/a"]
    heirs[took.index(True)].release()


def test_an_heir_that_died_on_the_way_is_followed_too(store: Objects, later: Later) -> None:
    dead, heir = Lease(store, "locks/a"), Lease(store, "locks/a")
    store.write("locks/a", dead._content())
    store.write(f"locks/a.after-{dead._holder}", heir._content())
    later(lease.LENGTH + 1)
    third = Lease(store, "locks/a")
    assert not third.take()
    assert third.take()
    third.release()


def test_an_heir_that_comes_late_does_not_rob_the_one_before(
    store: Objects, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both saw the dead holder; the first has taken its place before the second lays its claim."""
    dead, late = Lease(store, "locks/a"), Lease(store, "locks/a")
    store.write("locks/a", dead._content())
    later(lease.LENGTH + 1)
    first = Lease(store, "locks/a")
    claim, tried = store.create, []

    def slow(name: str, content: bytes) -> bool:
        tried.append(name)
        if name.endswith(dead._holder) and len(tried) == 2:
            assert first.take()
        return claim(name, content)

    monkeypatch.setattr(store, "create", slow)
    assert not late.take()
    assert json.loads(store.read("locks/a") or b"")["holder"] == first._holder
    first.release()


def test_a_lock_is_held_for_as_long_as_the_work_takes(store: Objects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LENGTH", 0.06)
    lock = Lease(store, "locks/a")
    assert lock.take()
    first = store.read("locks/a")
    while store.read("locks/a") == first:
        time.sleep(0.005)
    lock.release()
    assert store.read("locks/a") is None


@pytest.mark.parametrize("content", [b"", b"no JSON", b"[]", b'{"until": "soon"}'])
def test_a_lock_nobody_can_read_is_a_dead_ones(store: Objects, content: bytes) -> None:
    store.write("locks/a", content)
    heir = Lease(store, "locks/a")
    assert heir.take()
    heir.release()
    assert store.listing() == {}
