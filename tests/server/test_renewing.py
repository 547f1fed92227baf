"""A feed that lies on disk is renewed when the library changes; one that does not is not made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audiogen.server.catalog import Catalog
from audiogen.server.renewing import Renewer, renew
from tests.podcast.libraries import shelve
from tests.server.conftest import make_library, wait_for

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_feed_on_disk_is_written_again_when_an_episode_comes(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    shelve(library, "river")
    renewer = Renewer(library, Catalog(library), interval=0.05)
    renew(library)
    feed = library / "feed.xml"
    assert feed.read_text(encoding="utf-8").count("<item>") == 1
    renewer.start()
    shelve(library, "lake")
    wait_for(lambda: feed.read_text(encoding="utf-8").count("<item>") == 2)
    renewer.close()


def test_no_feed_is_written_where_nobody_publishes_one(tmp_path: Path) -> None:
    library = make_library(tmp_path / "library")
    catalog = Catalog(library)
    renewer = Renewer(library, catalog, interval=0.02)
    renewer.start()
    before = catalog.stamp()
    shelve(library, "river")
    wait_for(lambda: catalog.stamp() != before)
    renewer.close()
    assert not (library / "feed.xml").exists()
