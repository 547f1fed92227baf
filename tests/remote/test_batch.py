"""A pile of articles becomes a library at an address, whatever kind of store that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.remote.store import Store
from tests.batch.conftest import statuses
from tests.remote.conftest import assert_whole

if TYPE_CHECKING:
    from pathlib import Path

    from tests.remote.conftest import Run


@pytest.fixture
def address(store: Store) -> str:
    return store.address


def test_episodes_without_notes_of_batches_are_found_to_be_done(
    run: Run, pile: Path, address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run(pile)
    Store(address).remove(".audiogen/batch.sqlite")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    before = Store(address).listing("episodes")
    assert set(statuses(run(pile)).values()) == {"done"}
    assert Store(address).listing("episodes") == before


def test_sound_that_was_removed_is_made_again(run: Run, pile: Path, address: str) -> None:
    run(pile)
    Store(address).remove("episodes/house-1-and-its-neighbours.mp3")
    assert statuses(run(pile)) == {"story-00000.html": "done", "story-00001.html": "new"}
    assert len(assert_whole(address)) == 2
