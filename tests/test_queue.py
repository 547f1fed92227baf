"""Episodes that fit the time there is, as a playlist and as a feed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from lxml import etree

from audiogen.cli import cli
from audiogen.episodes.library import Library
from audiogen.podcast.playlist import playlist, queued
from audiogen.queue import candidates, pick, since

if TYPE_CHECKING:
    from pathlib import Path

#: Slug, minutes, tags, day published, day saved, read.
EPISODES = [
    ("bridge", 10, ["towns"], "2026-01-03", "2026-02-01", False),
    ("ferry", 20, ["ships", "towns"], "2026-01-01", "2026-02-03", False),
    ("gulls", 5, ["birds"], "2026-01-04", "2026-02-02", False),
    ("storm", 30, ["Ships"], "2026-01-02", None, None),
    ("tide", 8, ["ships"], "2026-01-05", "2026-01-01", True),
]


def put(
    library: Library, slug: str, minutes: int, tags: list[str], published: str, saved: str | None, read: bool | None
) -> None:
    guid = f"urn:uuid:{slug}"
    manifest = {
        "format": 1,
        "guid": guid,
        "slug": slug,
        "created": "2026-03-01T00:00:00+00:00",
        "revision": 1,
        "disclosure": {"text": "Made with AI.", "place": "end", "source_type": "x"},
        "article": {
            "title": f"The {slug}\nin two lines", "dek": "", "authors": [], "published": published, "modified": None,
            "site": "Ledger", "url": "", "language": "en", "image": "", "tags": tags,
        },
        "audio": {
            "file": f"{slug}.mp3", "type": "audio/mpeg", "bytes": 9, "sha256": "", "duration": minutes * 60.0,
        },
        "utterances": {"total": 0, "spoken": 0},
        "script": [],
    }  # fmt: skip
    if saved or read is not None:
        manifest["saved"] = {"at": saved, "read": read}
    with library.stage() as folder:
        (folder / f"{slug}.mp3").write_bytes(b"x" * 9)
        (folder / f"{slug}.json").write_text(json.dumps(manifest), encoding="utf-8")
        library.put(guid, slug, folder)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    library = Library(tmp_path / "library")
    for episode in EPISODES:
        put(library, *episode)
    return library.root


@pytest.mark.parametrize(
    ("order", "minutes", "slugs"),
    [
        ("saved", None, ["bridge", "gulls", "ferry", "storm"]),
        ("newest", None, ["gulls", "bridge", "storm", "ferry"]),
        ("oldest", None, ["ferry", "storm", "bridge", "gulls"]),
        ("shortest", None, ["gulls", "bridge", "ferry", "storm"]),
        ("longest", None, ["storm", "ferry", "bridge", "gulls"]),
        ("saved", 30, ["bridge", "gulls"]),
        ("longest", 45, ["storm", "bridge", "gulls"]),
        ("newest", 36, ["gulls", "bridge", "ferry"]),
        ("newest", 4, []),
    ],
)
def test_what_fits_is_picked_in_order(library: Path, order: str, minutes: float | None, slugs: list[str]) -> None:
    assert [entry.slug for entry in pick(candidates(library), minutes, order)] == slugs


def test_what_was_read_is_left_out_unless_asked_for(library: Path) -> None:
    assert "tide" not in {one.entry.slug for one in candidates(library)}
    assert "tide" in {one.entry.slug for one in candidates(library, read=True)}


@pytest.mark.parametrize(
    ("tags", "slugs"),
    [(["ships"], {"ferry", "storm"}), (["birds", "ships"], {"gulls", "ferry", "storm"}), (["none"], set())],
)
def test_a_tag_is_one_of_several_and_has_no_case(library: Path, tags: list[str], slugs: set[str]) -> None:
    assert {one.entry.slug for one in candidates(library, tags=tags)} == slugs


def test_a_shuffle_can_be_repeated(library: Path) -> None:
    found = candidates(library, read=True)
    orders = [[entry.slug for entry in pick(found, None, "shuffle", seed)] for seed in (1, 1, 2, 3)]
    assert orders[0] == orders[1]
    assert len({tuple(order) for order in orders}) > 1


def test_a_playlist_has_a_line_for_each_title(library: Path) -> None:
    entries = pick(candidates(library, tags=["birds"]), None, "saved")
    assert playlist(entries) == "#EXTM3U\n#EXTINF:300,Ledger - The gulls in two lines\nepisodes/gulls.mp3\n"


def test_the_command_writes_a_playlist_and_a_feed_of_its_own(library: Path, tmp_path: Path) -> None:
    (library / "audiogen.toml").write_text(
        '[show]\ntitle = "Heard"\ndescription = "Stories."\nauthor = "Mira"\nemail = "mira@ledger.example"\nbase_url = "https://ledger.example/p"\n'
    )
    runner = CliRunner()
    done = runner.invoke(cli, ["queue", str(library), "--minutes", "30", "--json"], catch_exceptions=False)
    assert done.exit_code == 0
    assert [entry["slug"] for entry in json.loads(done.stdout)] == ["bridge", "gulls"]
    assert f", in {library / 'queue.m3u8'}." in done.stderr
    assert "episodes/bridge.mp3" in (library / "queue.m3u8").read_text(encoding="utf-8")
    feed = etree.fromstring((library / "feeds" / "queue.xml").read_bytes())
    assert feed.xpath("//item/title/text()") == ["The bridge in two lines", "The gulls in two lines"]
    elsewhere = tmp_path / "train.m3u8"
    runner.invoke(cli, ["queue", str(library), "-o", str(elsewhere)], catch_exceptions=False)
    assert "\nlibrary/episodes/bridge.mp3\n" in elsewhere.read_text(encoding="utf-8")


def test_a_playlist_anywhere_leads_to_the_files_and_can_be_moved_with_them(library: Path, tmp_path: Path) -> None:
    (tmp_path / "lists" / "deep").mkdir(parents=True)
    for place in ("lists/deep/a.m3u8", "b.m3u8", "library/c.m3u8", "library/episodes/d.m3u8"):
        done = CliRunner().invoke(cli, ["queue", str(library), "-o", str(tmp_path / place)], catch_exceptions=False)
        assert done.exit_code == 0
        lines = (tmp_path / place).read_text(encoding="utf-8").splitlines()
        named = [line for line in lines if not line.startswith("#")]
        assert len(named) == 4
        assert all(((tmp_path / place).parent / line).is_file() for line in named)
        assert not any(line.startswith("/") for line in named)


def test_a_queue_has_no_more_than_was_asked_for(library: Path) -> None:
    done = CliRunner().invoke(cli, ["queue", str(library), "--count", "2", "--json"], catch_exceptions=False)
    assert [entry["slug"] for entry in json.loads(done.stdout)] == ["bridge", "gulls"]


NOW = datetime.fromisoformat("2026-11-30T00:30:00+02:00")


@pytest.mark.parametrize(
    ("text", "day"),
    [("today", "2026-11-30"), ("yesterday", "2026-11-29"), ("0d", "2026-11-30"), ("30d", "2026-10-31"),
     ("2026-03-01", "2026-03-01")],
)  # fmt: skip
def test_a_day_begins_at_midnight_where_one_is(text: str, day: str) -> None:
    assert since(text, NOW).isoformat() == f"{day}T00:00:00+02:00"


@pytest.mark.parametrize("text", ["", "d", "-1d", "1.5d", "tomorrow", "2026-13-01", "99999999d"])
def test_what_is_no_day_is_refused(library: Path, text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        since(text, NOW)
    if text:
        done = CliRunner().invoke(cli, ["queue", str(library), "--added", text])
        assert done.exit_code == 2
        assert "today, yesterday" in done.stderr


def test_only_what_was_added_since_is_picked(library: Path) -> None:
    # All were made at midnight of the first of March, in UTC; a remake of today does not count.
    path = library / "episodes" / "gulls.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(report | {"added": "2026-03-05T09:00:00+00:00"}), encoding="utf-8")
    path = library / "episodes" / "ferry.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(report | {"added": report["created"], "created": "2026-03-07T09:00:00+00:00"}), "utf-8")
    for day, slugs in {"2026-02-28": 4, "2026-03-02": 1, "2026-03-06": 0}.items():
        assert len(candidates(library, added=since(day, NOW))) == slugs


def test_the_playlist_remembers_the_queue_whatever_became_of_its_episodes(library: Path) -> None:
    entries = pick(candidates(library), None, "shortest")
    assert queued(library, entries) is None
    (library / "queue.m3u8").write_text(playlist(entries) + "episodes/gone.mp3\n../x.mp3\n", encoding="utf-8")
    assert queued(library, reversed(entries)) == entries
    assert queued(library, entries[1:]) == entries[1:]
    (library / "queue.m3u8").write_bytes(b"\xff\xfe")
    assert queued(library, entries) is None


def test_without_a_show_the_playlist_is_written_all_the_same(library: Path) -> None:
    done = CliRunner().invoke(cli, ["queue", str(library)], catch_exceptions=False)
    assert done.exit_code == 0
    assert "Only the playlist was written" in done.stderr
    assert (library / "queue.m3u8").is_file()
