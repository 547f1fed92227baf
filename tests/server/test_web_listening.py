"""The queue, the list of episodes, sound and covers as the app gives them, and what makes it installable."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes import listened, withdraw
from audiogen.episodes.library import Library
from audiogen.episodes.state import LISTENED
from audiogen.server.retention import tidy
from tests.podcast.libraries import SOUND, shelve
from tests.server.conftest import Served, make_library, serving
from tests.server.test_web import token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    library = make_library(tmp_path_factory.mktemp("app") / "library")
    for number in range(101):
        shelve(library, f"tide-{number:03}", title=f"Tide {number}")
    shelve(library, "draft", title="Nobody heard of it")
    withdraw(library, "draft")
    with serving(library) as made:
        yield made


def test_sound_comes_by_ranges_and_that_of_drafts_too_but_to_nobody_else(app: Served) -> None:
    with app.client as client:
        part = client.get("/app/sound/draft", headers={"range": "bytes=2-9"})
        assert (part.status_code, part.content) == (206, SOUND[2:10])
        assert part.headers["content-type"] == "audio/mpeg"
        assert client.get("/app/sound/none").status_code == 404
        assert client.get("/app/cover/draft").headers["location"].startswith("/app/static/icon.svg")
        assert client.get("/app/cover/draft", follow_redirects=True).headers["content-type"] == "image/svg+xml"
    stranger = app.stranger()
    for path in ("/app/sound/draft", "/app/cover/draft", "/app/episodes"):
        assert stranger.get(path).status_code == 403


def test_a_long_queue_has_pages_and_an_episode_moves_from_one_to_the_other(app: Served) -> None:
    with app.client as client:
        first, second = client.get("/app/queue").text, client.get("/app/queue?from=100").text
        assert first.count("data-slug=") == 100
        assert second.count("data-slug=") == 1
        assert "101 episodes" in first
        assert client.get("/app/queue?from=x").text.count("data-slug=") == 100
        slug = app.service.catalog.contents().queue[0]
        form = {"csrf": token(first), "place": "100"}
        moved = client.post(f"/app/queue/{slug}", data=form)
        assert moved.headers["location"] == f"/app/queue?from=100#{slug}"
        assert app.service.catalog.contents().queue[100] == slug
        script = client.post(f"/app/queue/{slug}", data={**form, "place": "0"}, headers={"x-part": "1"})
        assert (script.status_code, script.headers["x-location"]) == (204, f"/app/queue#{slug}")


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"q": "tide 7"}, "Tide 7<", "Tide 8<"),
        ({"state": "draft"}, "Nobody heard of it", "Tide 7<"),
        ({"state": "removed"}, "No episode found", "Tide"),
    ],
)
def test_episodes_are_found_by_words_and_state(app: Served, query: dict[str, str], shown: str, hidden: str) -> None:
    with app.client as client:
        text = client.get("/app/episodes", params=query).text
    assert shown in text
    assert hidden not in text


def test_an_episodes_page_has_its_text_with_the_times_of_its_sentences(app: Served) -> None:
    with app.client as client:
        text = client.get("/app/episodes/tide-000").text
    script = json.loads((app.service.home.root / "episodes" / "tide-000.json").read_text(encoding="utf-8"))["script"]
    for line in script:
        assert f'<span data-at="{line["start"]}">{line["written"]}</span>' in text


def test_the_app_can_be_installed_and_shared_to(app: Served) -> None:
    with app.client as client:
        manifest = client.get("/app/static/app.webmanifest")
        assert manifest.headers["content-type"] == "application/manifest+json"
        data = manifest.json()
        for icon in data["icons"]:
            assert client.get(icon["src"]).status_code == 200
        share = data["share_target"]
        assert share["method"] == "GET"
        sent = dict.fromkeys(share["params"].values(), "https://ledger.example/x")
        assert ">https://ledger.example/x</textarea>" in client.get(share["action"], params=sent).text
        worker = client.get("/app/worker.js")
        assert worker.headers["content-type"].startswith("text/javascript")
        page = client.get("/app/add").text
        assert f"{app.url}/app/add?url=&#39;+encodeURIComponent(location.href)" in page
        assert "fetch" not in page


@pytest.mark.parametrize(("days", "gone"), [(0, []), (30, ["tide"]), (31, [])])
def test_what_was_listened_to_is_removed_after_the_days_that_the_show_tells(
    tmp_path: Path, days: int, gone: list[str]
) -> None:
    root = make_library(tmp_path / "library")
    text = (root / "audiogen.toml").read_text(encoding="utf-8")
    text = text.replace("[show]\n", f"[show]\nremove_listened_after = {days}\n")
    (root / "audiogen.toml").write_text(text, encoding="utf-8")
    for slug in ("tide", "ebb", "flood"):
        shelve(root, slug)
    for slug in ("tide", "ebb"):
        listened(root, slug)
    with Library(root).changing(LISTENED) as entries:
        entries["tide"]["at"] = (datetime.now(UTC) - timedelta(days=30, minutes=1)).isoformat()
        entries["flood"] = {"at": "some day"}
    assert tidy(root) == gone
    assert tidy(root) == []
    assert (root / "episodes" / "ebb.json").is_file()
    assert (root / "episodes" / "tide.json").is_file() is not bool(gone)
