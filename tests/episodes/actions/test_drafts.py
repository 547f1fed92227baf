"""A draft is shown nowhere until somebody publishes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from audiogen import episodes, produce
from audiogen.audit.publication import publication_faults, read_publication
from audiogen.errors import LibraryError
from audiogen.podcast import publish
from audiogen.server.public import build_app
from tests.batch.pile import make_pile
from tests.podcast.libraries import settings

if TYPE_CHECKING:
    from pathlib import Path

    from audiogen.settings import Settings


def feed(library: Path) -> bytes:
    publish(library, settings())
    return (library / "feed.xml").read_bytes()


def test_a_draft_is_in_no_feed_page_or_queue_until_it_is_published(library: Path) -> None:
    before = feed(library)
    episodes.withdraw(library, "mud", by="ada")
    assert b"/mud." not in feed(library)
    assert not (library / "episodes" / "mud.html").exists()
    assert "mud" not in (library / "index.html").read_text(encoding="utf-8")
    assert "mud" not in [entry.slug for entry in episodes.to_listen(library)]
    assert episodes.publish(library, "mud", by="ada")
    assert feed(library) == before
    assert not episodes.publish(library, "mud"), "it is no draft any more"
    log = (library / "state" / "log.jsonl").read_text(encoding="utf-8")
    assert [(row["did"], row["by"]) for row in map(json.loads, log.splitlines())] == [
        ("withdrawn", "ada"),
        ("published", "ada"),
    ]


def test_serve_shows_neither_its_page_nor_its_files(library: Path) -> None:
    episodes.withdraw(library, "mud")
    client = TestClient(build_app(library, settings()), base_url="http://127.0.0.1:8000")
    paths = ["episodes/mud.mp3", "episodes/mud.json", "episodes/mud.vtt", "episodes/mud.html", "oembed/mud.json"]
    assert {client.get(f"/{path}").status_code for path in paths} == {404}
    assert "mud" not in client.get("/feed.xml").text
    assert client.get("/state/drafts.json").status_code == 404
    episodes.publish(library, "mud")
    assert {client.get(f"/{path}").status_code for path in paths} == {200}
    assert "mud" in client.get("/feed.xml").text


def test_the_check_misses_no_draft_in_the_feed_and_tells_of_one_that_is_in_it(library: Path) -> None:
    feed(library)
    episodes.withdraw(library, "mud")
    report = json.loads((library / "episodes" / "mud.json").read_text(encoding="utf-8"))
    assert list(publication_faults(read_publication(library), "mud", report)) == [
        "It is a draft, and published: run `audiogen feed`."
    ]
    feed(library)
    assert list(publication_faults(read_publication(library), "mud", report)) == []


def test_where_nobody_can_tell_which_are_drafts_nothing_is_published(library: Path) -> None:
    (library / "state").mkdir()
    (library / "state" / "drafts.json").write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"drafts\.json cannot be read"):
        publish(library, settings())


@pytest.mark.parametrize(("setting", "state"), [(True, "draft"), (False, "to listen")])
def test_with_the_setting_every_new_episode_is_a_draft(
    tones: Settings, tmp_path: Path, setting: bool, state: str
) -> None:
    [page] = make_pile(tmp_path / "one", 1).iterdir()
    made = produce(page, tmp_path / "library", settings=tones.with_flags(show__drafts=setting))
    assert [(row.slug, row.state) for row in episodes.listing(tmp_path / "library")] == [(made.slug, state)]


def test_a_correction_of_what_is_published_stays_published(tones: Settings, tmp_path: Path) -> None:
    [page] = make_pile(tmp_path / "one", 1).iterdir()
    wanted = tones.with_flags(show__drafts=True)
    made = produce(page, tmp_path / "library", settings=wanted)
    episodes.publish(tmp_path / "library", made.slug)
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</p>", " It was corrected.</p>", 1), encoding="utf-8")
    produce(page, tmp_path / "library", settings=wanted)
    assert [row.state for row in episodes.listing(tmp_path / "library")] == ["to listen"]
