"""The library as the server last read it."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from audiogen.episodes import (
    listened,
    listing,
    move,
    publish,
    remove,
    restore,
    set_position,
    to_listen,
    unlistened,
    withdraw,
)
from audiogen.episodes.state import REMOVED, read_state, replace_file
from audiogen.errors import AudiogenError
from audiogen.podcast import entries
from audiogen.podcast.entries import read_index
from audiogen.server.catalog import Catalog
from tests.podcast.libraries import SOUND, manifest, shelve
from tests.server.conftest import make_library

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any


def test_only_what_has_changed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_library(tmp_path / "library")
    for slug in ("tide", "ebb", "flood"):
        shelve(root, slug)
    catalog, read, really = Catalog(root), list[str](), entries._read

    def counting(slug: str, files: Any) -> Any:
        read.append(slug)
        return really(slug, files)

    monkeypatch.setattr(entries, "_read", counting)
    assert set(catalog.contents().queue) == {"tide", "ebb", "flood"}
    set_position(root, "tide", 7.5)
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
    assert sorted(read) == ["ebb", "flood", "tide"]
    remove(root, "tide")
    shelve(root, "slack")
    contents = catalog.contents()
    assert (contents.by_slug["tide"].state, contents.by_slug["slack"].state) == ("removed", "to listen")
    assert set(contents.by_address.values()) == {"ebb", "flood", "slack"}
    assert read[3:] == ["slack"]
    put(root, "ebb", "The ebb, corrected")
    assert catalog.contents().by_slug["ebb"].title == "The ebb, corrected"
    assert read[3:] == ["slack", "ebb"]


def put(root: Path, slug: str, title: str) -> None:
    """Put an episode in as audiogen does: a file takes the place of another, none is written over."""
    data = manifest(slug, title=title)
    for name, content in ((f"{slug}.mp3", SOUND), (f"{slug}.json", json.dumps(data).encode())):
        replace_file(root / "episodes" / name, content)


#: What happens to an episode of a library, by people, by audiogen and by a hand in the folder.
_EVENTS: dict[str, Callable[[Path, str], object]] = {
    "shelve": lambda root, slug: put(root, slug, f"{slug} {len(list(root.rglob('*')))}"),
    "listened": listened,
    "unlistened": unlistened,
    "play": lambda root, slug: set_position(root, slug, 7.5),
    "first": lambda root, slug: move(root, slug, 0),
    "withdraw": withdraw,
    "publish": publish,
    "remove": remove,
    "restore": restore,
    "lose the sound": lambda root, slug: (root / "episodes" / f"{slug}.mp3").unlink(),
    "damage": lambda root, slug: replace_file(root / "episodes" / f"{slug}.json", b"{"),
    "lose the manifest": lambda root, slug: (root / "episodes" / f"{slug}.json").unlink(),
}
_SLUGS = ("tide", "ebb", "flood")


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([("first", "tide"), ("remove", "tide")])
@given(st.lists(st.tuples(st.sampled_from(sorted(_EVENTS)), st.sampled_from(_SLUGS)), max_size=8))
def test_what_was_read_piece_by_piece_is_what_is_read_at_once(tmp_path: Path, events: list[tuple[str, str]]) -> None:
    root = make_library(tmp_path / "library")
    try:
        for slug in _SLUGS[:2]:
            shelve(root, slug)
        catalog = Catalog(root)
        for name, slug in (("play", "ebb"), *events):
            with suppress(AudiogenError, OSError):
                _EVENTS[name](root, slug)
            now, fresh = catalog.contents(), Catalog(root, keeps=False).contents()
            assert (now.rows, now.by_slug, now.entries) == (fresh.rows, fresh.by_slug, fresh.entries)
            assert (now.by_address, now.queue) == (fresh.by_address, fresh.queue)
            assert list(now.rows) == listing(root)
            assert now.queue == tuple(
                entry.slug for entry in to_listen(root) if entry.slug not in read_state(root, REMOVED)
            )
            assert catalog.public() == read_index(root)
    finally:
        shutil.rmtree(root)


def test_feeds_and_pages_are_made_anew_only_for_what_they_show(tmp_path: Path) -> None:
    root = make_library(tmp_path / "library")
    shelve(root, "tide")
    catalog = Catalog(root)
    public = catalog.public()
    set_position(root, "tide", 7.5)
    listened(root, "tide")
    assert catalog.public() is public
    withdraw(root, "tide")
    assert catalog.public().entries == ()
    assert catalog.contents().entries.keys() == {"tide"}
