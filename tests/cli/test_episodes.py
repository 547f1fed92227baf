"""`audiogen list`, `remove`, `listened`, `unlistened`, `move` and `publish`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from audiogen.episodes.actions.plays import Plays, Tally, file_of_plays, written_plays
from tests.episodes.actions.conftest import EPISODES
from tests.podcast.libraries import manifest, shelve

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
def library(tmp_path: Path) -> Path:
    root = tmp_path / "library"
    for slug, day in EPISODES:
        shelve(root, slug, manifest(slug, title=f"The {slug}") | {"added": f"{day}T08:00:00+00:00"})
    return root


def slugs(output: str) -> list[str]:
    return [row.split("\t")[0] for row in output.splitlines()]


@pytest.mark.usefixtures("library")
def test_list_gives_a_line_for_each_episode(audiogen: Run) -> None:
    done = audiogen("list", "library")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "quay\t2026-09-14\t8.2 min\tto listen\tThe Harrow Ledger\tThe quay"
    assert slugs(done.stdout) == ["quay", "mud", "ferry"]
    assert done.stderr == "3 episodes, 25 minutes.\n"


@pytest.mark.usefixtures("library")
def test_list_picks_by_state_and_tells_as_json(audiogen: Run) -> None:
    audiogen("listened", "library", "mud")
    audiogen("remove", "library", "ferry")
    assert slugs(audiogen("list", "library").stdout) == ["quay", "mud"]
    assert slugs(audiogen("list", "library", "--all").stdout) == ["quay", "mud", "ferry"]
    [result] = json.loads(audiogen("list", "library", "--state", "removed", "--json").stdout)
    assert (result["slug"], result["state"], result["title"]) == ("ferry", "removed", "The ferry")
    assert result["guid"].startswith("urn:uuid:")


def test_list_tells_of_a_broken_episode(audiogen: Run, library: Path) -> None:
    (library / "episodes" / "mud.json").write_text("{", encoding="utf-8")
    assert "mud\t-\t0.0 min\tits manifest cannot be read" in audiogen("list", "library").stdout


def test_a_library_without_episodes_lists_none(audiogen: Run, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    done = audiogen("list", "library")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.usefixtures("library")
def test_what_is_removed_leaves_the_feed_and_comes_back(audiogen: Run, tmp_path: Path) -> None:
    audiogen("init", "library", "--yes")
    audiogen("feed", "library", "--base-url", "https://a.example")
    assert audiogen("remove", "library", "mud").returncode == 0
    assert "mud.mp3" not in (tmp_path / "library" / "feed.xml").read_text(encoding="utf-8")
    assert audiogen("remove", "library", "mud", "--restore").stdout == "mud\n"
    assert "mud.mp3" in (tmp_path / "library" / "feed.xml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("library")
def test_the_queue_has_the_order_that_it_was_given(audiogen: Run) -> None:
    assert audiogen("move", "library", "quay", "1").stdout.split() == ["quay", "ferry", "mud"]
    audiogen("listened", "library", "ferry")
    assert slugs(audiogen("list", "library", "--queue").stdout) == ["quay", "mud"]
    assert [row["slug"] for row in json.loads(audiogen("queue", "library", "--json").stdout)] == ["quay", "mud"]
    audiogen("unlistened", "library", "ferry")
    assert slugs(audiogen("list", "library", "--queue").stdout) == ["quay", "ferry", "mud"]


@pytest.mark.usefixtures("library")
def test_a_draft_is_published_and_withdrawn(audiogen: Run) -> None:
    assert audiogen("publish", "library", "mud", "--withdraw").returncode == 0
    assert slugs(audiogen("list", "library", "--state", "draft").stdout) == ["mud"]
    assert audiogen("publish", "library", "mud").returncode == 0
    assert slugs(audiogen("list", "library", "--state", "draft").stdout) == []


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("remove", "library", "mut"), 2, "Did you mean mud?"),
        (("remove", "library", "mud", "nobody"), 1, "There is no episode called 'nobody'"),
        (("remove", "library", "mud", "--restore"), 2, "No episode called 'mud' was removed"),
        (("listened", "library", "nobody"), 2, "There is no episode"),
        (("unlistened", "library", "nobody"), 2, "There is no episode"),
        (("publish", "library", "nobody"), 2, "There is no episode"),
        (("move", "library", "nobody", "1"), 2, "There is no episode"),
        (("move", "library", "mud", "0"), 2, "'0' is not a whole number, at least 1"),
        (("move", "library", "mud"), 2, "Missing argument"),
        (("remove", "library"), 2, "Name episodes"),
        (("list", "gone"), 2, "does not exist"),
    ],
)
def test_what_cannot_be_done_says_so_in_a_sentence(
    audiogen: Run, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = audiogen(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_plays_tells_how_often_episodes_were_played(audiogen: Run, library: Path) -> None:
    assert (audiogen("plays", "library").stdout, audiogen("plays", "library").stderr) == ("", "0 plays.\n")
    played = Plays(Tally(2, 1, (2,) * 20), Tally(1, 1, (1,) * 20), "2026-11-30", {"2026-11-30": 3})
    path = library / file_of_plays("mud")
    path.parent.mkdir(parents=True)
    path.write_bytes(written_plays(played))
    done = audiogen("plays", "library")
    assert done.stdout == "mud\t3 plays\t2 by apps\t1 in the player\t2 to the end\tThe mud\n"
    assert done.stderr == "3 plays.\n"
    report = json.loads(audiogen("plays", "library", "mud", "--json").stdout)["mud"]
    assert (report["total"], report["player"]["parts"], report["days"]) == (3, [1] * 20, {"2026-11-30": 3})
    assert audiogen("plays", "library", "none").returncode == 2


def test_remove_takes_what_was_listened_to_so_many_days_ago(audiogen: Run, library: Path) -> None:
    audiogen("listened", "library", "mud", "quay")
    path = library / "state" / "listened.json"
    report = json.loads(path.read_text(encoding="utf-8"))
    report["mud"]["at"] = "2026-01-01T00:00:00+00:00"
    path.write_text(json.dumps(report), encoding="utf-8")
    done = audiogen("remove", "library", "--listened", "30")
    assert (done.returncode, done.stdout) == (0, "mud\n")
    assert slugs(audiogen("list", "library").stdout) == ["quay", "ferry"]
    assert audiogen("remove", "library", "--listened", "30").returncode == 0
    for wrong in ((), ("quay", "--listened", "1"), ("--listened", "1", "--restore")):
        assert audiogen("remove", "library", *wrong).returncode == 2


@pytest.mark.parametrize(("has", "told"), [("", True), ("episodes", False), ("audiogen.toml", False)])
def test_a_list_of_nothing_tells_where_there_is_no_library(audiogen: Run, tmp_path: Path, has: str, told: bool) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    if has == "episodes":
        (folder / has).mkdir()
    elif has:
        (folder / has).touch()
    done = audiogen("list", "other")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("0 episodes, 0 minutes.")
    assert ("There is no library in other yet: `audiogen batch … -o other` makes one." in done.stderr) is told
