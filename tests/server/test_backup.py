"""A library's folder is its backup: a copy of it, without our notes and the server's own data, is the library again."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from audiogen.episodes import edit, edit_of, listened, remove, set_position, withdraw
from audiogen.episodes.actions.plays import plays_of
from tests.podcast.libraries import shelve
from tests.server.conftest import make_library, serving

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("ebb", "flood", "quay", "river", "tide")


def test_a_copy_of_the_folder_has_all_that_was_made_and_said(tmp_path: Path) -> None:
    library = make_library(tmp_path / "first" / "library")
    for slug in NAMES:
        shelve(library, slug)
    with serving(library) as served, served.client as client:
        listened(library, "ebb", by="Mira")
        set_position(library, "flood", 12.5)
        withdraw(library, "quay")
        remove(library, "river")
        edit(library, "tide", tags=["sea"], by="Mira")
        client.post("/plays/flood", json=[[0, 30]], headers={"user-agent": "Mozilla/5.0 Firefox/140"})
        before = {slug: client.get(f"/api/episodes/{slug}").json() for slug in NAMES}
        guids = re.findall("<guid.*?</guid>", client.get("/feed.xml").text)
    assert plays_of(library, "flood").total == 1, "written when the server ended"

    copy = tmp_path / "second" / "library"
    shutil.copytree(library, copy, ignore=shutil.ignore_patterns(".audiogen"))
    with serving(copy) as served, served.client as client:
        after = {slug: client.get(f"/api/episodes/{slug}").json() for slug in NAMES}
        assert re.findall("<guid.*?</guid>", client.get("/feed.xml").text) == guids != []
        assert {slug: result["state"] for slug, result in after.items()} == {
            "ebb": "listened", "flood": "to listen", "quay": "draft", "river": "removed", "tide": "to listen",
        }  # fmt: skip
        for slug in NAMES:
            for key in ("guid", "title", "state", "added", "duration", "position", "note"):
                assert after[slug][key] == before[slug][key], (slug, key)
        assert after["flood"]["plays"]["total"] == 1
        assert client.post("/api/episodes/river/restore").json()["state"] == "to listen"
    assert edit_of(copy, "tide") == edit_of(library, "tide")
    assert edit_of(copy, "tide").tags == ("sea",)
