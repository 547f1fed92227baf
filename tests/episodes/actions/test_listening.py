"""What is to be listened to, in which order, and up to where it was heard."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Any

import pytest

from audiogen import episodes
from audiogen.errors import NoEpisodeError
from audiogen.podcast.entries import read_index
from audiogen.podcast.playlist import PLAYLIST, playlist, queued

if TYPE_CHECKING:
    from pathlib import Path


def queue(library: Path) -> list[str]:
    return [entry.slug for entry in episodes.to_listen(library)]


def test_what_has_waited_longest_comes_first(library: Path) -> None:
    assert queue(library) == ["ferry", "mud", "quay"]


def test_what_was_listened_to_leaves_the_queue_and_comes_back_to_its_place(library: Path) -> None:
    episodes.listened(library, "mud", by="ada")
    assert queue(library) == ["ferry", "quay"]
    assert {row.slug: row.state for row in episodes.listing(library)}["mud"] == "listened"
    episodes.unlistened(library, "mud")
    assert queue(library) == ["ferry", "mud", "quay"]


def test_it_leaves_the_playlist_and_stays_in_the_main_feed(library: Path) -> None:
    entries = read_index(library).entries
    (library / PLAYLIST).write_text(playlist(entries), encoding="utf-8")
    episodes.listened(library, "mud")
    assert [entry.slug for entry in queued(library, entries) or []] == ["ferry", "quay"]
    assert [entry.slug for entry in read_index(library).entries] == ["ferry", "mud", "quay"]


@pytest.mark.parametrize(
    ("slug", "index", "order"),
    [
        ("quay", 0, ["quay", "ferry", "mud"]),
        ("ferry", 1, ["mud", "ferry", "quay"]),
        ("ferry", 99, ["mud", "quay", "ferry"]),
        ("mud", 1, ["ferry", "mud", "quay"]),
    ],
)
def test_an_episode_is_moved_to_its_index(library: Path, slug: str, index: int, order: list[str]) -> None:
    assert episodes.move(library, slug, index) == order
    assert queue(library) == order


def test_what_is_added_later_comes_behind_what_was_moved(library: Path) -> None:
    episodes.reorder(library, ["quay", "ferry"])
    assert queue(library) == ["quay", "ferry", "mud"]


def test_the_playback_position_is_kept_until_the_end_is_heard(library: Path) -> None:
    episodes.set_position(library, "quay", 123.45)
    assert episodes.played_until(library, "quay") == 123.5
    assert episodes.positions(library) == {"quay": 123.5}
    episodes.listened(library, "quay")
    assert episodes.played_until(library, "quay") == 0.0


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_what_is_no_position_is_refused(library: Path, seconds: float) -> None:
    with pytest.raises(ValueError, match="no position"):
        episodes.set_position(library, "quay", seconds)


def test_former_names_are_accepted_with_a_warning(library: Path) -> None:
    with pytest.warns(DeprecationWarning, match="`place_at` is called `set_position` now"):
        place_at: Any = episodes.place_at
    place_at(library, "quay", 2.0)
    with pytest.warns(DeprecationWarning, match="`place` is called `index` now"):
        assert episodes.move(library, "quay", place=0)[0] == "quay"
    assert episodes.played_until(library, "quay") == 2.0
    with pytest.raises(ValueError, match="no index"):
        episodes.move(library, "quay")


@pytest.mark.parametrize("verb", ["listened", "unlistened", "publish", "withdraw"])
def test_an_episode_that_is_not_there_is_told(library: Path, verb: str) -> None:
    with pytest.raises(NoEpisodeError):
        getattr(episodes, verb)(library, "nobody")


def _listen(library: Path, slug: str) -> None:
    for second in range(20):
        episodes.set_position(library, slug, second)


def test_two_processes_that_write_at_once_lose_nothing_of_each_other(library: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_listen, args=(library, slug)) for slug in ("ferry", "mud")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert episodes.positions(library) == {"ferry": 19.0, "mud": 19.0}
