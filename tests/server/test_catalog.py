"""The library as the server last read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audiogen.episodes import listened, move, place_at, publish, remove, withdraw
from audiogen.podcast.entries import read_index
from audiogen.server.catalog import Catalog
from tests.podcast.libraries import shelve
from tests.server.conftest import make_library

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import pytest


def test_what_people_say_of_episodes_is_known_without_reading_manifests_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_library(tmp_path / "library")
    for slug in ("tide", "ebb", "flood"):
        shelve(root, slug)
    catalog, read = Catalog(root), []

    def counting(*args: Any, **options: Any) -> Any:
        read.append(1)
        return read_index(*args, **options)

    monkeypatch.setattr("audiogen.server.catalog.read_index", counting)
    assert set(catalog.contents().queue) == {"tide", "ebb", "flood"}
    place_at(root, "tide", 7.5)
    assert catalog.contents().by_slug["tide"].position == 7.5
    listened(root, "ebb")
    move(root, "flood", 0)
    assert catalog.contents().queue == ("flood", "tide")
    withdraw(root, "flood")
    contents = catalog.contents()
    assert contents.by_slug["flood"].state == "draft"
    assert contents.queue == ("tide",)
    assert "flood" in contents.entries
    assert sorted(contents.by_address.values()) == ["ebb", "tide"]
    publish(root, "flood")
    assert catalog.contents().queue == ("flood", "tide")
    assert len(read) == 1
    remove(root, "tide")
    shelve(root, "slack")
    contents = catalog.contents()
    assert (contents.by_slug["tide"].state, contents.by_slug["slack"].state) == ("removed", "to listen")
    assert set(contents.by_address.values()) == {"ebb", "flood", "slack"}
    assert len(read) == 2
